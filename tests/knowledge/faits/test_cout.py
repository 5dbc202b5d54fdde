"""Reading stays quick on any text: no pattern may explode."""

from __future__ import annotations

import time

import pytest

from knowledge import Base, read_faits
from tests.conftest import JOUR

SECONDES_MAX = 1.0  # ten times what a slow machine needs; an exploding pattern takes minutes


@pytest.mark.parametrize(
    "motif",
    ["a ", "1 ", "j'ai 23 ans et je habite a saint ", ",", "je ne suis pas suivi par ", "x", "ans dans "],
)
def test_un_texte_repete_se_lit_vite(base: Base, motif: str) -> None:
    debut = time.perf_counter()

    read_faits((motif * 5000)[:5000], base=base, jour=JOUR)

    assert time.perf_counter() - debut < SECONDES_MAX
