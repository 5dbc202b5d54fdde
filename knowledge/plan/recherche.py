"""Best-first search of chains of steps.

A node is (goals left, situation so far, steps so far); its cost only grows, so the first complete chain popped is one of
the cheapest, and chains come out in order of cost. Invariants, checked by the properties in the tests:

* a step is taken only when its verdict in the situation reached so far is not "no";
* the next goal aimed at is always the first one left, so that phases never go backwards;
* a step appears once in a chain; an enabling step is inserted only when it changes the one criterion that blocks.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

from knowledge.model import Articulation, Dispositif, Situation, StatutLien, Verdict
from knowledge.referentiel import Referentiels
from knowledge.rules.carnet import Note
from knowledge.rules.conditions import evaluate_regle, iter_tests
from knowledge.rules.evaluate import is_proposable
from knowledge.search import PARTOUT, Index

_CANDIDATS_MAX = 10
_NOEUDS_MAX = 1500


@dataclass(frozen=True, slots=True, kw_only=True)
class Poids:
    """How a kind of parcours weighs its steps; higher is worse. ``exige_lien`` forbids links nobody wrote."""

    etape: float = 10.0
    indetermine: float = 3.0
    prioritaire: float = -2.0
    besoin_absent: float = 4.0
    sur_mesure: float = -1.5
    autre_metier: float = 25.0
    pas_encore_sur: float = 4.0
    sans_lien: float = 3.0
    souhaite: float = 1.0
    etabli: float = -2.0
    non_paye: float = 0.0
    but_manque: float = 60.0


POIDS = {
    "recommande": Poids(),
    "court": Poids(etape=40.0, sans_lien=0.0, souhaite=0.0),
    "soutenu": Poids(sans_lien=15.0, souhaite=10.0, etabli=-6.0, pas_encore_sur=20.0, indetermine=6.0),
    "paye": Poids(non_paye=30.0),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Maillon:
    """A step of a chain: the record, the goals it reaches, the situation before it, the link from the previous step."""

    dispositif: Dispositif
    acquis: tuple[str, ...]
    avant: Situation
    lien: Articulation | None
    statut: StatutLien | None
    rend_possible: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chaine:
    """A complete chain; ``manques`` are the goals for which nothing was found."""

    cout: float
    maillons: tuple[Maillon, ...]
    manques: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Monde:
    """What a search needs to know: the catalogue's index, the rules, the day, the needs and what is unavailable."""

    index: Index
    referentiels: Referentiels
    jour: date
    besoins: tuple[str, ...]
    indisponibles: frozenset[str] = frozenset()


def search_chaines(
    monde: Monde, buts: Sequence[str], situation: Situation, *, nature: str, nombre: int
) -> list[Chaine]:
    """The ``nombre`` cheapest distinct chains that reach ``buts`` in order; [] when there is no goal."""
    if not buts:
        return []
    poids = POIDS[nature]
    ordre = count()
    file: list[tuple[float, int, tuple[str, ...], Situation, tuple[Maillon, ...], tuple[str, ...]]] = []
    heapq.heappush(file, (0.0, next(ordre), tuple(buts), situation, (), ()))
    trouvees: list[Chaine] = []
    vues: set[tuple[str, ...]] = set()
    connues: dict[tuple[str, Situation], list[_Possible]] = {}
    for _ in range(_NOEUDS_MAX):
        if not file or len(trouvees) >= nombre:
            break
        cout, _, restants, ici, maillons, manques = heapq.heappop(file)
        if not restants:
            signature = tuple(maillon.dispositif.id for maillon in maillons)
            if signature and signature not in vues:
                vues.add(signature)
                trouvees.append(Chaine(cout=cout, maillons=maillons, manques=manques))
            continue
        but, suite = restants[0], restants[1:]
        faits = {maillon.dispositif.id for maillon in maillons}
        candidats = _find_candidats(monde, but, restants, ici, maillons, poids, connues)
        for surcout, nouveaux in candidats[:_CANDIDATS_MAX]:
            if any(maillon.dispositif.id in faits for maillon in nouveaux):
                continue
            acquis = {gagne for maillon in nouveaux for gagne in maillon.acquis}
            apres = apply_effets(nouveaux[-1].dispositif, nouveaux[-1].avant)
            reste = tuple(autre for autre in restants if autre not in acquis)
            heapq.heappush(
                file, (cout + surcout, next(ordre), reste, apres, maillons + tuple(nouveaux), manques)
            )
        if not candidats:
            heapq.heappush(
                file, (cout + poids.but_manque, next(ordre), suite, ici, maillons, (*manques, but))
            )
    return trouvees


def apply_effets(dispositif: Dispositif, situation: Situation) -> Situation:
    """The situation once the step is done."""
    faits = {effet.critere: effet.valeur for effet in dispositif.effets if effet.critere}
    return situation.with_faits(faits) if faits else situation


def _find_candidats(
    monde: Monde,
    but: str,
    restants: Sequence[str],
    situation: Situation,
    maillons: tuple[Maillon, ...],
    poids: Poids,
    connues: dict[tuple[str, Situation], list[_Possible]],
) -> list[tuple[float, list[Maillon]]]:
    """Ways to reach ``but`` from here, cheapest first: one step, or an enabling step and then it.

    What does not depend on the previous step is computed once for a goal and a situation (``connues``).
    """
    cle = (but, situation)
    if cle not in connues:
        connues[cle] = _find_possibles(monde, but, situation, poids)
    precedent = maillons[-1].dispositif if maillons else None
    candidats = []
    for possible in connues[cle]:
        lien, statut = (
            (None, StatutLien.DEDUIT) if possible.prealable else find_lien(precedent, possible.dispositif)
        )
        maillon = Maillon(
            dispositif=possible.dispositif,
            acquis=_acquis_utiles(possible.dispositif, restants),
            avant=possible.avant,
            lien=lien,
            statut=statut,
        )
        cout = possible.cout + (_cout_du_lien(statut, poids) if precedent is not None else 0.0)
        candidats.append((max(cout, 0.1), _with_prealable(maillon, possible, situation)))
    candidats.sort(key=lambda candidat: (candidat[0], candidat[1][-1].dispositif.id))
    return candidats


@dataclass(frozen=True, slots=True, kw_only=True)
class _Possible:
    """A step that can be taken for a goal in a situation, with its cost before any link is looked at."""

    dispositif: Dispositif
    prealable: Dispositif | None
    avant: Situation
    cout: float


def _find_possibles(monde: Monde, but: str, situation: Situation, poids: Poids) -> list[_Possible]:
    """The cheapest steps for a goal, bounded so that a larger catalogue does not widen the search."""
    possibles = []
    for dispositif in iter_pour_acquis(monde, but, situation.code_departement):
        prealable, ici = None, situation
        note = monde.index.carnet.find(dispositif, ici, monde.jour)
        if note.verdict is Verdict.NON_ELIGIBLE:
            prealable = _find_prealable(monde, dispositif, ici) if note.rompues == 1 else None
            if prealable is None:
                continue
            ici = apply_effets(prealable, situation)
            note = monde.index.carnet.find(dispositif, ici, monde.jour)
            if note.verdict is Verdict.NON_ELIGIBLE:
                continue
        cout = _cout_de_l_etape(monde, dispositif, ici, note, poids)
        cout += poids.etape * 0.5 if prealable is not None else 0.0
        possibles.append(_Possible(dispositif=dispositif, prealable=prealable, avant=ici, cout=cout))
    possibles.sort(key=lambda possible: (possible.cout, possible.dispositif.id))
    return possibles[: 2 * _CANDIDATS_MAX]


def _with_prealable(maillon: Maillon, possible: _Possible, situation: Situation) -> list[Maillon]:
    """The step, after the one that makes it possible when there is one."""
    if possible.prealable is None:
        return [maillon]
    avant = Maillon(
        dispositif=possible.prealable,
        acquis=(),
        avant=situation,
        lien=None,
        statut=None,
        rend_possible=possible.dispositif.nom,
    )
    return [avant, maillon]


def _acquis_utiles(dispositif: Dispositif, restants: Sequence[str]) -> tuple[str, ...]:
    donnes = {effet.acquis for effet in dispositif.effets}
    return tuple(but for but in restants if but in donnes)


def iter_pour_acquis(monde: Monde, acquis: str, departement: str | None) -> Iterator[Dispositif]:
    """Records in force that bring ``acquis`` in this département, or anywhere when it is not known."""
    index = monde.index
    if departement is None:
        fiches = index.par_acquis_seul.get(acquis, ())
    else:
        fiches = index.par_acquis.get((acquis, departement), ()) + index.par_acquis.get((acquis, PARTOUT), ())
    for dispositif in fiches:
        if dispositif.id not in monde.indisponibles and is_proposable(dispositif, monde.jour):
            yield dispositif


def _find_prealable(monde: Monde, dispositif: Dispositif, situation: Situation) -> Dispositif | None:
    """A step that changes the criterion blocking ``dispositif`` and that the person can take; None otherwise."""
    for condition in dispositif.conditions:
        if condition.regle is None or not condition.en_vigueur(monde.jour):
            continue
        if evaluate_regle(condition.regle, situation, monde.referentiels.criteres) is not False:
            continue
        criteres = {test.critere for test in iter_tests(condition.regle)}
        if "inscrit_france_travail" in criteres:
            for autre in iter_pour_acquis(monde, "inscription", situation.code_departement):
                return autre
    return None


def find_lien(
    precedent: Dispositif | None, suivant: Dispositif
) -> tuple[Articulation | None, StatutLien | None]:
    """The link the source writes between two steps, with its status; ``DEDUIT`` when only their effects chain."""
    if precedent is None:
        return None, None
    for lien in precedent.articulations:
        if lien.vers == suivant.id:
            return lien, lien.statut
    return None, StatutLien.DEDUIT


def is_sur_mesure(dispositif: Dispositif) -> bool:
    """Whether the record is made for some people only (an age, a level, an aid), beyond the place of living."""
    return any(condition.regle is not None and condition.lieu is None for condition in dispositif.conditions)


def _cout_de_l_etape(
    monde: Monde, dispositif: Dispositif, situation: Situation, note: Note, poids: Poids
) -> float:
    cout = poids.etape + poids.indetermine * note.doute
    if note.prioritaire:
        cout += poids.prioritaire
    if not set(dispositif.ids_besoins) & set(monde.besoins):
        cout += poids.besoin_absent
    if note.verdict is Verdict.ELIGIBLE and is_sur_mesure(dispositif):
        cout += poids.sur_mesure
    if dispositif.rome and situation.code_rome not in dispositif.rome:
        cout += poids.autre_metier
    if dispositif.etat != "en_vigueur":
        cout += poids.pas_encore_sur
    if dispositif.remuneration.statut not in ("oui", "selon_situation"):
        cout += poids.non_paye
    return cout


def _cout_du_lien(statut: StatutLien | None, poids: Poids) -> float:
    couts = {
        StatutLien.ETABLI: poids.etabli,
        StatutLien.PRIORITAIRE: poids.etabli,
        StatutLien.SOUHAITE: poids.souhaite,
    }
    return couts.get(statut or StatutLien.DEDUIT, poids.sans_lien)
