"""What is taken out of a message before it is kept: numbers that identify a person, details of health.

Numbers are removed before anything reads the message; a message about health is understood, then replaced by a note when
the conversation is written down. Both times the person is told. The words are in ``confidentialite.yml``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from knowledge.territoires.normalisation import fold

_REGLES = Path(__file__).with_suffix(".yml")
# An IBAN; thirteen digits or more (social security number, bank card); a telephone number; an e-mail address.
_NUMEROS = re.compile(
    r"\b[A-Za-z]{2}\d{2}(?:[ ]?[A-Za-z0-9]{4}){3,7}(?:[ ]?[A-Za-z0-9]{1,3})?\b"
    r"|\b\d(?:[ .\-]?\d|[ .\-]?[ABab](?=[ .\-]?\d)){12,}\b"
    r"|(?<!\d)(?:\+33|0033|0)[ .\-]?[1-9](?:[ .\-]?\d{2}){4}(?!\d)"
    r"|\b[\w.+\-]+@[\w\-]+\.[\w.\-]+\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidentialite:
    """The rules, read once; ``avis`` are the sentences said to the person, by kind."""

    avis: dict[str, str]
    retire: dict[str, str]
    sante: re.Pattern[str]

    def remove_numeros(self, texte: str) -> tuple[str, bool]:
        """The text without identifying numbers and addresses, and whether there were any."""
        propre, nombre = _NUMEROS.subn(self.retire["numeros"], texte)
        return propre, nombre > 0

    def has_sante(self, texte: str) -> bool:
        """Whether the message gives details of someone's health."""
        return self.sante.search(fold(texte)) is not None

    def clean_evenement(self, evenement: dict[str, Any]) -> dict[str, Any]:
        """An event of the conversation as it may be kept; every copy of the text of a message is replaced."""
        if evenement.get("event") != "user" or not self.has_sante(evenement.get("text") or ""):
            return evenement
        note = self.retire["sante"]
        return {
            **evenement,
            "text": note,
            "parse_data": {**(evenement.get("parse_data") or {}), "text": note},
        }


def load_confidentialite() -> Confidentialite:
    """The rules from their file."""
    regles = yaml.safe_load(_REGLES.read_text(encoding="utf-8"))
    mots = "|".join(re.escape(mot) for mot in regles["sante"])
    return Confidentialite(avis=regles["avis"], retire=regles["retire"], sante=re.compile(rf"\b(?:{mots})\b"))
