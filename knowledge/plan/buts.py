"""What a parcours must reach: the acquis that the needs imply and that the situation does not have yet."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge.model import Situation
from knowledge.referentiel import Referentiels
from knowledge.rules.conditions import evaluate_regle

_SEUIL_PREQUALIFICATION = 2
"""Up to this level, a qualification is prepared by an "accès à la qualification" step (Pacte l.12044-12046)."""


def find_buts(besoins: Iterable[str], situation: Situation, referentiels: Referentiels) -> tuple[str, ...]:
    """Ids of acquis to reach one after the other, in the natural order (bases, project, qualification, job).

    Needs led alongside (housing, income…) are not in it: see ``find_buts_paralleles``. Acquis that the situation already
    gives are left out, unless nothing would be left.
    """
    voulus: dict[str, int] = {}
    for identifiant in besoins:
        besoin = referentiels.besoins[identifiant]
        if not besoin.en_parallele:
            voulus.update((but, referentiels.acquis[but].phase) for but in besoin.buts)
    niveau = situation.niveau_diplome
    if "qualification" in voulus and niveau is not None and niveau <= _SEUIL_PREQUALIFICATION:
        voulus["prequalification"] = referentiels.acquis["prequalification"].phase
    ordonnes = sorted(voulus, key=lambda but: (voulus[but], list(voulus).index(but)))
    restants = [but for but in ordonnes if not has_acquis(but, situation, referentiels)]
    return tuple(restants or ordonnes[-1:])


def find_buts_paralleles(besoins: Iterable[str], referentiels: Referentiels) -> tuple[tuple[str, str], ...]:
    """(besoin, acquis) pairs handled beside the main steps, in the order the needs were given."""
    return tuple(
        (identifiant, but)
        for identifiant in dict.fromkeys(besoins)
        if referentiels.besoins[identifiant].en_parallele
        for but in referentiels.besoins[identifiant].buts
    )


def has_acquis(acquis: str, situation: Situation, referentiels: Referentiels) -> bool:
    """Whether the known facts already give this acquis; an unknown fact gives nothing."""
    regle = referentiels.acquis[acquis].acquis_si
    return regle is not None and evaluate_regle(regle, situation, referentiels.criteres) is True
