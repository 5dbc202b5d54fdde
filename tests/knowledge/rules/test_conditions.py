"""Three-valued logic: unknown is never "no"."""

from __future__ import annotations

import pytest

from knowledge import Situation, load_referentiels
from knowledge.rules.conditions import evaluate_regle
from tests.builders import un_groupe, un_test, une_situation

CRITERES = load_referentiels().criteres
JEUNE = un_test("age_ans", "entre", 16, 25)
AU_RSA = un_test("rsa", "egal", True)


@pytest.mark.parametrize(("age", "attendu"), [(15, False), (16, True), (25, True), (26, False), (None, None)])
def test_les_bornes_d_age_sont_comprises(age: int | None, attendu: bool | None) -> None:
    assert evaluate_regle(JEUNE, une_situation(age_ans=age), CRITERES) is attendu


@pytest.mark.parametrize(("niveau", "attendu"), [("A1", True), ("A2", True), ("B1", False), (None, None)])
def test_un_choix_ordonne_se_compare_par_son_rang(niveau: str | None, attendu: bool | None) -> None:
    regle = un_test("niveau_francais", "au_plus", "A2")
    assert evaluate_regle(regle, Situation(niveau_francais=niveau), CRITERES) is attendu


@pytest.mark.parametrize(
    ("mode", "age", "rsa", "attendu"),
    [
        ("toutes", 22, None, None),
        ("toutes", 30, None, False),
        ("toutes", 22, True, True),
        ("une_de", 22, None, True),
        ("une_de", 30, None, None),
        ("une_de", 30, False, False),
        ("aucune_de", 30, False, True),
        ("aucune_de", 22, None, False),
        ("aucune_de", 30, None, None),
    ],
)
def test_un_groupe_suit_la_logique_a_trois_valeurs(
    mode: str, age: int, rsa: bool | None, attendu: bool | None
) -> None:
    regle = un_groupe(mode, JEUNE, AU_RSA)
    assert evaluate_regle(regle, Situation(age_ans=age, rsa=rsa), CRITERES) is attendu


def test_un_fait_faux_n_est_pas_un_fait_inconnu() -> None:
    assert evaluate_regle(AU_RSA, Situation(rsa=False), CRITERES) is False
    assert evaluate_regle(AU_RSA, Situation(), CRITERES) is None
