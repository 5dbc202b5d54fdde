"""The few parcours worth showing: recommended, shortest, best supported, paid throughout; obstacles alongside."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.model import Parcours, Situation, Verdict
from knowledge.plan.buts import find_buts, find_buts_paralleles
from knowledge.plan.presentation import Presentation
from knowledge.plan.recherche import Chaine, Maillon, Monde, iter_pour_acquis, search_chaines
from knowledge.rules.evaluate import evaluate_verdict, is_prioritaire

_NATURES = ("recommande", "court", "soutenu", "paye")
_RANG = {Verdict.ELIGIBLE: 0, Verdict.INDETERMINE: 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultatPlan:
    """The parcours, and the goals nothing leads to."""

    parcours_list: tuple[Parcours, ...]
    buts_manques: tuple[str, ...]


def plan_parcours(
    monde: Monde, situation: Situation, presentation: Presentation, *, nombre: int = 3
) -> ResultatPlan:
    """At most ``nombre`` distinct parcours, the recommended one first; their steps can be done in the order shown.

    Each kind of parcours gives its cheapest chain; the same steps are shown once. Steps for obstacles (income, transport,
    children, housing, health, rights) go alongside in every parcours.
    """
    buts = find_buts(monde.besoins, situation, monde.referentiels)
    paralleles = _find_paralleles(monde, situation)
    chaines = _find_chaines(monde, buts, situation, nombre)
    if not chaines:
        chaines = [("recommande", Chaine(cout=0.0, maillons=(), manques=buts))]
    parcours = [
        presentation.to_parcours(chaine, nature=nature, situation=situation, paralleles=paralleles)
        for nature, chaine in chaines
    ]
    return ResultatPlan(
        parcours_list=tuple(parcours_ for parcours_ in parcours if parcours_.etapes),
        buts_manques=chaines[0][1].manques,
    )


def signature(monde: Monde, situation: Situation) -> tuple[str, ...]:
    """Ids of the steps of the recommended parcours, without presenting it: what a new answer may change."""
    buts = find_buts(monde.besoins, situation, monde.referentiels)
    chaines = search_chaines(monde, buts, situation, nature="recommande", nombre=1)
    return tuple(maillon.dispositif.id for chaine in chaines for maillon in chaine.maillons)


def _find_chaines(
    monde: Monde, buts: tuple[str, ...], situation: Situation, nombre: int
) -> list[tuple[str, Chaine]]:
    trouvees: list[tuple[str, Chaine]] = []
    vues: set[tuple[str, ...]] = set()
    for nature in _NATURES:
        for chaine in search_chaines(monde, buts, situation, nature=nature, nombre=1):
            ids = tuple(maillon.dispositif.id for maillon in chaine.maillons)
            if nature == "paye" and not _is_paye(chaine):
                continue
            if ids not in vues:
                vues.add(ids)
                trouvees.append((nature, chaine))
    return trouvees[:nombre]


def _is_paye(chaine: Chaine) -> bool:
    return all(
        maillon.dispositif.remuneration.statut in ("oui", "selon_situation") for maillon in chaine.maillons
    )


def _find_paralleles(monde: Monde, situation: Situation) -> tuple[tuple[str, Maillon | None], ...]:
    """For each need handled alongside, its best step; None when only a contact can be given."""
    choisis: list[tuple[str, Maillon | None]] = []
    for besoin, but in find_buts_paralleles(monde.besoins, monde.referentiels):
        notes = []
        for dispositif in iter_pour_acquis(monde, but, situation.code_departement):
            verdict, _ = evaluate_verdict(dispositif.conditions, situation, monde.referentiels, monde.jour)
            if verdict is not Verdict.NON_ELIGIBLE:
                prioritaire = is_prioritaire(dispositif, situation, monde.referentiels, monde.jour)
                notes.append(
                    (
                        besoin not in dispositif.ids_besoins,
                        _RANG[verdict],
                        not prioritaire,
                        dispositif.id,
                        dispositif,
                    )
                )
        meilleur = min(notes, key=lambda note: note[:4])[4] if notes else None
        maillon = (
            Maillon(dispositif=meilleur, acquis=(but,), avant=situation, lien=None, statut=None)
            if meilleur
            else None
        )
        choisis.append((besoin, maillon))
    return tuple(choisis)
