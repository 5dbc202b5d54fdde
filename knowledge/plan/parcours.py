"""The few parcours worth showing: recommended, shortest, best supported, paid throughout; obstacles alongside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from knowledge.model import Parcours, Situation, Verdict
from knowledge.plan.buts import find_buts, find_buts_paralleles
from knowledge.plan.couts import PAYES, is_sur_mesure
from knowledge.plan.monde import Chaine, Maillon, Monde, find_lien, iter_pour_acquis
from knowledge.plan.presentation import Presentation
from knowledge.plan.recherche import Recherche

_NATURES = ("court", "soutenu", "paye")
_RANG = {Verdict.ELIGIBLE: 0, Verdict.INDETERMINE: 1}

_DOUTE_MAX = 2.0
"""In bits: a step true of fewer than one person in four is not shown as another possibility."""

_SURCOUT_MAX = 25.0
"""Beyond it another possibility is too far from the recommended one to be offered beside it: about two steps more."""

_SURCOUT_PROCHE = 11.0
"""The same for a substitute of a later step: it must be nearly as good, or the two parcours say the same thing."""

Choix = tuple[str, Chaine]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultatPlan:
    """The parcours, and the goals nothing leads to."""

    parcours_list: tuple[Parcours, ...]
    buts_manques: tuple[str, ...]


def plan_parcours(
    monde: Monde, situation: Situation, presentation: Presentation, *, nombre: int = 4
) -> ResultatPlan:
    """At most ``nombre`` distinct parcours, the recommended one first; their steps can be done in the order shown.

    Each kind of parcours gives its cheapest chain; the same steps are shown once. When kinds agree, the recommended chain
    without one of its steps is shown as another possibility. Steps for obstacles (income, transport, children, housing,
    health, rights) go alongside in every parcours.
    """
    buts = find_buts(monde.besoins, situation, monde.referentiels)
    chaines = _find_chaines(monde, buts, situation, nombre)
    if not chaines:
        chaines = [("recommande", Chaine(cout=0.0, maillons=(), manques=buts))]
    parcours = [
        presentation.to_parcours(
            chaine, nature=nature, situation=situation, paralleles=_find_paralleles(monde, situation, chaine)
        )
        for nature, chaine in chaines
    ]
    return ResultatPlan(
        parcours_list=tuple(parcours_ for parcours_ in parcours if parcours_.etapes),
        buts_manques=chaines[0][1].manques,
    )


def signature(monde: Monde, situation: Situation) -> tuple[str, ...]:
    """Ids of the steps of the recommended parcours, without presenting it: what a new answer may change."""
    buts = find_buts(monde.besoins, situation, monde.referentiels)
    chaine = Recherche(monde=monde, nature="recommande").search(buts, situation)
    return chaine.ids if chaine else ()


def _find_chaines(monde: Monde, buts: tuple[str, ...], situation: Situation, nombre: int) -> list[Choix]:
    recherche = Recherche(monde=monde, nature="recommande")
    conseillee = recherche.search(buts, situation)
    if conseillee is None:
        return []
    trouvees: list[Choix] = [("recommande", conseillee)]
    voie = find_buts(monde.besoins, situation, monde.referentiels, autre_voie=True)
    par_l_autre_voie = recherche.search(voie, situation) if set(voie) != set(buts) else None
    candidates = chain(
        _iter_natures(monde, situation),
        [("autre", par_l_autre_voie)] if par_l_autre_voie else [],
        (("autre", autre) for autre in _iter_autres(recherche, buts, situation, conseillee)),
    )
    for nature, chaine in candidates:
        if _is_nouvelle(monde, chaine, trouvees):
            trouvees.append((nature, chaine))
        if len(trouvees) == nombre:
            break
    return trouvees


def _iter_natures(monde: Monde, situation: Situation) -> Iterator[Choix]:
    """The cheapest chain of each kind beside the recommended one."""
    for nature in _NATURES:
        vises = find_buts(monde.besoins, situation, monde.referentiels, certificat=nature == "soutenu")
        chaine = Recherche(monde=monde, nature=nature).search(vises, situation)
        if chaine is not None and (nature != "paye" or _is_paye(chaine)):
            yield nature, chaine


def _is_nouvelle(monde: Monde, chaine: Chaine, trouvees: list[Choix]) -> bool:
    """Whether a chain is worth showing beside the others: other steps, no goal given up, nothing far-fetched."""
    conseillee = trouvees[0][1]
    if len(chaine.manques) > len(conseillee.manques):
        return False
    if any(set(chaine.ids) == set(vue.ids) for _, vue in trouvees):
        return False
    deja = set(conseillee.ids)
    return all(
        maillon.dispositif.id in deja or not _is_improbable(monde, maillon) for maillon in chaine.maillons
    )


def _is_improbable(monde: Monde, maillon: Maillon) -> bool:
    """Whether a step rests on something true of few people and not known of this one."""
    return monde.index.carnet.find(maillon.dispositif, maillon.avant, monde.jour).doute > _DOUTE_MAX


def _iter_autres(
    recherche: Recherche, buts: tuple[str, ...], situation: Situation, conseillee: Chaine
) -> Iterator[Chaine]:
    """What to do when steps of the recommended chain are closed, full or not wanted.

    First other ways to begin, each without the first steps of those before it; then the recommended chain without one of
    its later steps. The registration at France Travail is nobody's choice: the step after it counts as the first.
    """
    sautes: set[str] = set()
    suivante: Chaine | None = conseillee
    while suivante is not None and suivante.cout <= conseillee.cout + _SURCOUT_MAX:
        if suivante is not conseillee:
            yield suivante
        premier = next((etape for etape in suivante.ids if etape not in recherche.inscriptions), None)
        if premier is None:
            break
        sautes.add(premier)
        suivante = recherche.search(buts, situation, sauf=sautes)
    for identifiant in conseillee.ids[1:]:
        autre = recherche.search(buts, situation, sauf=(identifiant,))
        if autre is not None and autre.cout <= conseillee.cout + _SURCOUT_PROCHE:
            yield autre


def _is_paye(chaine: Chaine) -> bool:
    return all(maillon.dispositif.remuneration.statut in PAYES for maillon in chaine.maillons)


def _find_paralleles(
    monde: Monde, situation: Situation, chaine: Chaine
) -> tuple[tuple[str, Maillon | None], ...]:
    """For each need handled alongside, its best step; None when only a contact can be given."""
    choisis: list[tuple[str, Maillon | None]] = []
    for besoin, but in find_buts_paralleles(monde.besoins, situation, monde.referentiels):
        etapes = _rank_paralleles(monde, situation, besoin, but, chaine)
        choisis += [(besoin, etape) for etape in etapes] or [(besoin, None)]
    return tuple(choisis)


def _rank_paralleles(
    monde: Monde, situation: Situation, besoin: str, but: str, chaine: Chaine
) -> list[Maillon]:
    """The best step for an obstacle, and the door open to all beside it when the best one has something to check."""
    notes = []
    for dispositif in iter_pour_acquis(monde, but, situation.code_departement):
        note = monde.index.carnet.find(dispositif, situation, monde.jour)
        if note.verdict is not Verdict.NON_ELIGIBLE:
            cle = (
                besoin not in dispositif.ids_besoins,
                _RANG[note.verdict],
                not note.prioritaire,
                not is_sur_mesure(dispositif),
                dispositif.id,
            )
            notes.append((cle, dispositif))
    ranges = [dispositif for _, dispositif in sorted(notes, key=lambda note: note[0])]
    gardes = ranges[:1]
    if gardes and gardes[0].conditions:
        gardes += [fiche for fiche in ranges[1:] if all(c.regle is None for c in fiche.conditions)][:1]
    maillons = []
    for dispositif in gardes:
        liens = [find_lien(maillon.dispositif, dispositif) for maillon in chaine.maillons]
        lien, statut = next(((lien, statut) for lien, statut in liens if lien is not None), (None, None))
        maillons.append(
            Maillon(dispositif=dispositif, acquis=(but,), avant=situation, lien=lien, statut=statut)
        )
    return maillons
