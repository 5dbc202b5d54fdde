"""The cases of a record leave no condition untried: each criterion on both sides of its bounds, and unknown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge import Base, load_catalogue
from knowledge.model import Dispositif, Test
from knowledge.rules.conditions import iter_tests

CAS = Path(__file__).parent.parent / "cases"
FICHES = [
    fiche
    for fiche in load_catalogue().dispositifs.values()
    if any(condition.regle is not None for condition in fiche.conditions)
]
toutes_les_fiches = pytest.mark.parametrize("fiche", FICHES, ids=lambda fiche: fiche.id)


def _lire(fiche: Dispositif) -> dict[str, Any]:
    chemin = CAS / f"{fiche.id}.yml"
    assert chemin.exists(), f"écrivez tests/knowledge/cases/{fiche.id}.yml"
    cas: dict[str, Any] = yaml.safe_load(chemin.read_text(encoding="utf-8"))
    return cas


def _valeurs(cas: dict[str, Any], critere: str) -> list[Any]:
    """The values the cases give a criterion, the one of the base included."""
    changees = [ligne["sauf"][critere] for ligne in cas["cas"] if critere in ligne["sauf"]]
    return [*changees, cas["base"].get(critere)]


def _tests(fiche: Dispositif) -> Iterator[Test]:
    for condition in fiche.conditions:
        yield from iter_tests(condition.regle)


@toutes_les_fiches
def test_chaque_critere_est_essaye_sans_etre_connu(fiche: Dispositif) -> None:
    cas = _lire(fiche)
    oublies = {test.critere for test in _tests(fiche) if None not in _valeurs(cas, test.critere)}
    assert not oublies


@toutes_les_fiches
def test_chaque_borne_est_essayee_des_deux_cotes(base: Base, fiche: Dispositif) -> None:
    cas = _lire(fiche)
    for test in _tests(fiche):
        if base.referentiels.criteres[test.critere].type != "entier":
            continue
        vues = set(_valeurs(cas, test.critere))
        for borne, dehors in _bornes(test):
            assert {borne, dehors} <= vues, f"{test.critere} : essayez {borne} et {dehors}"


@toutes_les_fiches
def test_chaque_choix_est_essaye_dedans_et_dehors(base: Base, fiche: Dispositif) -> None:
    cas = _lire(fiche)
    for test in _tests(fiche):
        if base.referentiels.criteres[test.critere].type == "entier":
            continue
        vues = {valeur for valeur in _valeurs(cas, test.critere) if valeur is not None}
        assert vues & set(test.valeurs), f"{test.critere} : essayez une valeur admise"
        assert vues - set(test.valeurs), f"{test.critere} : essayez une valeur refusée"


def _bornes(test: Test) -> list[tuple[int, int]]:
    """(last value inside, first value outside) for each bound of a test on a whole number."""
    valeurs = [int(valeur) for valeur in test.valeurs]
    if test.operateur == "au_plus":
        return [(valeurs[0], valeurs[0] + 1)]
    if test.operateur == "au_moins":
        return [(valeurs[0], valeurs[0] - 1)]
    if test.operateur == "entre":
        return [(valeurs[0], valeurs[0] - 1), (valeurs[1], valeurs[1] + 1)]
    return [(valeur, valeur + 1) for valeur in valeurs]
