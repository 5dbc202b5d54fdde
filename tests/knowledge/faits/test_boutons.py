"""What a button carries, checked against its criterion."""

from __future__ import annotations

import pytest

from knowledge import Base, read_reponse
from knowledge.model import Valeur


@pytest.mark.parametrize(
    ("critere", "valeur", "attendu"),
    [
        ("rsa", "oui", True),
        ("rsa", "false", False),
        ("age_ans", "20", 20),
        ("niveau_diplome", "0", 0),
        ("contrat_accompagnement", "CER", "CER"),
        ("code_insee", "93066", "93066"),
        ("code_departement", "2A", "2A"),
    ],
)
def test_un_bouton_donne_sa_valeur(base: Base, critere: str, valeur: str, attendu: Valeur) -> None:
    lue = read_reponse(base, critere, valeur)

    assert (lue, type(lue)) == (attendu, type(attendu))


@pytest.mark.parametrize(
    ("critere", "valeur"),
    [
        ("rsa", "peut-être"),
        ("age_ans", "-3"),
        ("age_ans", "300"),
        ("niveau_diplome", "9"),
        ("contrat_accompagnement", "autre"),
        ("code_insee", "00000"),
        ("inconnu", "oui"),
        ("rsa", ""),
    ],
)
def test_une_valeur_hors_liste_n_est_pas_lue(base: Base, critere: str, valeur: str) -> None:
    assert read_reponse(base, critere, valeur) is None
