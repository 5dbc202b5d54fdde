"""A département is understood however it is said."""

from __future__ import annotations

import pytest

from knowledge.territoires import Territoires


@pytest.mark.parametrize(
    ("texte", "code"),
    [
        ("93", "93"),
        ("9-3", "93"),
        ("9 3", "93"),
        ("neuf trois", "93"),
        ("le quatre-vingt-treize", "93"),
        ("Seine-Saint-Denis", "93"),
        ("seine st denis", "93"),
        ("sein saint denis", "93"),
        ("dans le 91", "91"),
        ("essone", "91"),
        ("val d'oise", "95"),
        ("quatre vingt quinze", "95"),
        ("soixante dix sept", "77"),
        ("hauts de seine", "92"),
        ("2A", "2A"),
        ("971", "971"),
        ("reunion", "974"),
        ("93200", "93"),
        ("20200", "2B"),
        ("1", "01"),
        ("Paris", "75"),
    ],
)
def test_un_departement_est_compris(territoires: Territoires, texte: str, code: str) -> None:
    departement = territoires.find_departement(texte)
    assert departement is not None
    assert departement.code == code


@pytest.mark.parametrize(
    "texte", ["", "bonjour", "je ne sais pas", "99", "20", "Saint-Denis", "x" * 20_000, "😀"]
)
def test_ce_qui_n_est_pas_un_departement_n_est_pas_devine(territoires: Territoires, texte: str) -> None:
    assert territoires.find_departement(texte) is None
