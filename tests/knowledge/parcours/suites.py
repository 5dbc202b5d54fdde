"""What the tests of this folder share: a person built from facts, and the steps of the parcours proposed to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from knowledge import Base, Orientation, Parcours, build_situation, orienter

EN_ILE_DE_FRANCE = {"code_departement": "75"}
"""The documents are about Île-de-France: a person lives there unless the test says where."""


def orienter_une_personne(
    base: Base, besoins: Iterable[str], faits: Mapping[str, Any], jour: date
) -> Orientation:
    """The answer of the engine to a person of Île-de-France."""
    return orienter(base, list(besoins), build_situation(base, {**EN_ILE_DE_FRANCE, **faits}), jour=jour)


def to_principales(parcours: Parcours) -> list[str]:
    """Ids of the steps done one after the other."""
    return [etape.dispositif.id for etape in parcours.etapes if not etape.en_parallele]


def to_toutes(parcours: Parcours) -> list[str]:
    """Ids of all the steps, those led alongside included."""
    return [etape.dispositif.id for etape in parcours.etapes]


def is_suite(attendue: Sequence[str], obtenue: Iterable[str]) -> bool:
    """Whether the expected steps stand in this order among those obtained.

    >>> is_suite(["a", "c"], ["a", "b", "c"]), is_suite(["c", "a"], ["a", "b", "c"])
    (True, False)
    """
    reste = iter(obtenue)
    return all(etape in reste for etape in attendue)


def describe(orientation: Orientation) -> str:
    """The parcours obtained, one a line, for the message of a failing test."""
    return "\n".join(
        f"{parcours.nature} : "
        + " → ".join(("// " if e.en_parallele else "") + e.dispositif.id for e in parcours.etapes)
        for parcours in orientation.parcours_list
    )
