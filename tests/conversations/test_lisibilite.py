"""How easy the fixed sentences of the dialogue are to read: Flesch's formula as set for French by Kandel and Moles.

100 is very easy, 60 is ordinary prose, 30 is a text for specialists. Very short sentences are left out of the formula:
one long word is enough to spoil them, and nobody is lost in five words.
"""

from __future__ import annotations

import re
from itertools import chain

import pytest
import textstat

from knowledge import Base
from tests.bot.phrases_fixes import list_phrases

FACILITE_MOYENNE = 85.0
FACILITE_DE_CHACUNE = 55.0
MOTS_NOTES = 8
MOTS_MAXIMUM = 25

_TROU = re.compile(r"\{\w+\}")
_FIN_DE_PHRASE = re.compile(r"(?<=[.!?])\s+|\n")
_MOT = re.compile(r"[\w'’-]+")


def read_phrases(texte: str) -> list[str]:
    """The sentences of a reply, blanks left out."""
    morceaux = _FIN_DE_PHRASE.split(_TROU.sub("", texte))
    return [morceau.strip(" •.:") for morceau in morceaux if _MOT.search(morceau)]


def count_mots(phrase: str) -> int:
    return len(_MOT.findall(phrase))


def note_facilite(phrase: str) -> float:
    textstat.set_lang("fr")
    return float(textstat.flesch_reading_ease(phrase))


@pytest.fixture(scope="module")
def phrases(base: Base) -> list[str]:
    """All the sentences said by the dialogue itself, each once."""
    return list(dict.fromkeys(chain.from_iterable(map(read_phrases, list_phrases(base)))))


def test_la_formule_distingue_le_simple_du_complique() -> None:
    simple = "Vous pouvez appeler le matin pour parler à une personne."
    complique = "L'éligibilité conditionnelle nécessite préalablement une contractualisation individualisée."
    assert note_facilite(simple) > FACILITE_DE_CHACUNE > note_facilite(complique)


def test_les_phrases_sont_faciles_a_lire_en_moyenne(phrases: list[str]) -> None:
    notes = [note_facilite(phrase) for phrase in phrases if count_mots(phrase) >= MOTS_NOTES]
    assert len(notes) > 50
    assert sum(notes) / len(notes) >= FACILITE_MOYENNE


def test_aucune_phrase_n_est_difficile(phrases: list[str]) -> None:
    longues = [phrase for phrase in phrases if count_mots(phrase) >= MOTS_NOTES]
    difficiles = {phrase: note for phrase in longues if (note := note_facilite(phrase)) < FACILITE_DE_CHACUNE}
    assert difficiles == {}


def test_aucune_phrase_n_est_trop_longue(phrases: list[str]) -> None:
    assert [phrase for phrase in phrases if count_mots(phrase) > MOTS_MAXIMUM] == []
