"""Reading stays quick on any text: no pattern may explode."""

from __future__ import annotations

import time

import pytest

from knowledge import Base, read_faits
from tests.conftest import JOUR

COURT, LONG = 60, 5000  # characters: a clause of a dozen words, and the longest message
RAPPORT_MAX = 2000  # some hundreds of times at most in practice; an exploding pattern does not end


def _mesure(base: Base, texte: str) -> float:
    """The best of three readings, in seconds."""
    durees = []
    for _ in range(3):
        debut = time.perf_counter()
        read_faits(texte, base=base, jour=JOUR)
        durees.append(time.perf_counter() - debut)
    return min(durees)


@pytest.mark.parametrize(
    "motif",
    [
        "a ",
        "1 ",
        "en fait ",
        "depuis ",
        "pas 3 ans mais ",
        "j'ai 23 ans et je habite a saint ",
        ",",
        "je ne suis pas suivi par ",
        "x",
        "ans dans ",
    ],
)
def test_le_cout_d_un_texte_repete_suit_sa_longueur(base: Base, motif: str) -> None:
    court, long = (motif * LONG)[:COURT], f"j'ai 2 enfants et 3 chats {motif * LONG}"[:LONG]

    assert _mesure(base, long) < RAPPORT_MAX * _mesure(base, court)
