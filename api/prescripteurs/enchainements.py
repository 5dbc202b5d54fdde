"""Ways through the links between dispositifs, from a start (a dispositif or a situation) to a need."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from api.prescripteurs.demande import Demande
from knowledge import Articulation, Base, Dispositif, Verdict, normalize

_LONGUEUR_MAX = 4
_CHEMINS_MAX = 12
_PRIX = {"etabli": 0, "prioritaire": 0, "souhaite": 2, "deduit": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One link: from, to, and what the source says of it."""

    de: Dispositif
    vers: Dispositif
    articulation: Articulation


@dataclass(frozen=True, slots=True, kw_only=True)
class Chemin:
    """Links that follow each other."""

    passages: tuple[Passage, ...]

    @property
    def fiches(self) -> tuple[Dispositif, ...]:
        """The dispositifs, in order."""
        return (self.passages[0].de, *(passage.vers for passage in self.passages))


def list_passages(base: Base, *, statuts: Collection[str]) -> list[Passage]:
    """Every link of these statuses, in the order of the catalogue."""
    fiches = base.catalogue.dispositifs
    return [
        Passage(de=fiche, vers=fiches[articulation.vers], articulation=articulation)
        for fiche in fiches.values()
        for articulation in fiche.articulations
        if articulation.statut.value in statuts and articulation.vers in fiches
    ]


def list_relies(base: Base) -> list[Dispositif]:
    """The dispositifs that at least one link joins to another, in name order."""
    fiches = base.catalogue.dispositifs
    ids = {cle for fiche in fiches.values() for a in fiche.articulations for cle in (fiche.id, a.vers)}
    return sorted((fiches[cle] for cle in ids if cle in fiches), key=lambda fiche: normalize(fiche.nom))


def find_departs(demande: Demande, *, base: Base, jour: date) -> list[str]:
    """Where a situation can start: the dispositifs it does not close; empty when nothing is known of it."""
    if not demande.faits:
        return []
    situation = demande.to_situation(base)
    return [
        fiche.id
        for fiche in base.catalogue.dispositifs.values()
        if (not demande.besoins or set(demande.besoins) & set(fiche.ids_besoins))
        and base.index.carnet.find(fiche, situation, jour).verdict is not Verdict.NON_ELIGIBLE
    ]


def find_arrivees(but: str, base: Base) -> list[str] | None:
    """Dispositifs where the need ``but`` is met: those that bring what it looks for, else those that answer it.

    None without need.
    """
    if not but:
        return None
    fiches = [fiche for fiche in base.catalogue.dispositifs.values() if but in fiche.ids_besoins]
    buts = set(base.referentiels.besoins[but].buts)
    apportent = [fiche.id for fiche in fiches if any(effet.acquis in buts for effet in fiche.effets)]
    return apportent or [fiche.id for fiche in fiches]


def find_chemins(
    passages: Sequence[Passage],
    *,
    departs: Collection[str],
    arrivees: Collection[str] | None,
    fermes: Collection[str],
) -> list[Chemin]:
    """The best ways from one of ``departs`` to one of ``arrivees``: sure links first, then short; a dozen at most.

    Without ``arrivees``, the links that leave the starts. ``fermes`` are dispositifs that the person cannot enter.
    """
    suites: dict[str, list[Passage]] = {}
    for passage in passages:
        if passage.vers.id not in fermes:
            suites.setdefault(passage.de.id, []).append(passage)
    trouves: list[Chemin] = []
    file: list[tuple[Passage, ...]] = [(p,) for depart in departs for p in suites.get(depart, [])]
    while file:
        chemin = file.pop()
        dernier = chemin[-1].vers
        if arrivees is None or dernier.id in arrivees:
            trouves.append(Chemin(passages=chemin))
        elif len(chemin) < _LONGUEUR_MAX:
            vus = {chemin[0].de.id, *(passage.vers.id for passage in chemin)}
            file += [(*chemin, suite) for suite in suites.get(dernier.id, []) if suite.vers.id not in vus]
    trouves.sort(key=_rank)
    return trouves[:_CHEMINS_MAX]


def _rank(chemin: Chemin) -> tuple[int, int, str]:
    prix = sum(_PRIX[passage.articulation.statut.value] for passage in chemin.passages)
    return (prix + len(chemin.passages), len(chemin.passages), "-".join(fiche.id for fiche in chemin.fiches))


def find_fermes(demande: Demande, *, base: Base, jour: date) -> list[str]:
    """Dispositifs that what is known of the person closes for a reason that no step changes (the age, the place)."""
    if not demande.faits:
        return []
    situation = demande.to_situation(base)
    return [
        fiche.id
        for fiche in base.catalogue.dispositifs.values()
        if any(
            raison.verdict is Verdict.NON_ELIGIBLE and raison.critere in {"age_ans", "code_departement"}
            for raison in base.index.carnet.evaluate(fiche, situation, jour).raisons
        )
    ]
