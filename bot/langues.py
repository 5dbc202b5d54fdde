"""Fixed sentences in the person's language, at the edge of the dialogue: questions, buttons, replies, emergencies.

The dialogue speaks French; what leaves it is compared with the list of translated sentences of ``knowledge``. A sentence
with a blank (« C'est noté : {faits}. ») is matched around the blank; the facts and needs it holds are translated as well.
Results, names and contacts stay in French: they are what a person will have to say or read at a counter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

LANGUES = ("fr", "en", "ar", "es", "pt")
_TROU = re.compile(r"\{(\w+)\}")
_PUCE = "• "
_VIRGULE = ", "


class Traducteur:
    """French sentences to one other language; what is not in the list stays as it is."""

    def __init__(self, phrases: Mapping[str, str]) -> None:
        self._exactes = dict(phrases)
        self._modeles = [
            (_build_motif(francaise), traduite)
            for francaise, traduite in phrases.items()
            if _TROU.search(francaise)
        ]
        self.traduire = lru_cache(maxsize=2000)(self._traduire)

    def traduire_message(self, message: dict[str, Any]) -> dict[str, Any]:
        """A message with its text and its buttons translated; choices are never touched."""
        boutons = [{**bouton, "libelle": self.traduire(bouton["libelle"])} for bouton in message["boutons"]]
        return {**message, "texte": self.traduire(message["texte"]), "boutons": boutons}

    def _traduire(self, texte: str) -> str:
        entiere = self._find(texte)
        if entiere is not None:
            return entiere
        if "\n" in texte:
            return "\n".join(self._traduire(ligne) for ligne in texte.split("\n"))
        if texte.startswith(_PUCE):
            return _PUCE + self._traduire(texte.removeprefix(_PUCE))
        return texte

    def _find(self, texte: str) -> str | None:
        if texte in self._exactes:
            return self._exactes[texte]
        for motif, traduite in self._modeles:
            trouve = motif.fullmatch(texte)
            if trouve is not None:
                return self._fill(traduite, trouve.groupdict())
        return None

    def _fill(self, modele: str, contenus: Mapping[str, str]) -> str:
        """The blanks filled again; the fixed sentences they hold (needs, facts, labels of lines) are translated too."""
        return _TROU.sub(lambda trou: self._traduire_contenu(contenus.get(trou[1], "")), modele)

    def _traduire_contenu(self, texte: str) -> str:
        """What a blank holds: a text, or facts one after the other, some of which hold a comma themselves."""
        entier = self._traduire(texte)
        if entier != texte or _VIRGULE not in texte or "\n" in texte:
            return entier
        return _VIRGULE.join(self._traduire_liste(texte.split(_VIRGULE)))

    def _traduire_liste(self, morceaux: list[str]) -> list[str]:
        """The shortest sentences known that follow one another; a piece that begins none stays as it is."""
        if not morceaux:
            return []
        for fin in range(1, len(morceaux) + 1):
            traduit = self._find(_VIRGULE.join(morceaux[:fin]))
            if traduit is not None:
                return [traduit, *self._traduire_liste(morceaux[fin:])]
        return [morceaux[0], *self._traduire_liste(morceaux[1:])]


def _build_motif(francaise: str) -> re.Pattern[str]:
    """A pattern that reads the blanks of a sentence."""
    morceaux = _TROU.split(francaise)
    motif = "".join(
        re.escape(morceau) if rang % 2 == 0 else f"(?P<{morceau}>.+)" for rang, morceau in enumerate(morceaux)
    )
    # A sentence of one line must not swallow the lines around it: « {contact}. En cas de danger. » ends a longer message.
    return re.compile(motif, re.DOTALL if "\n" in francaise else 0)


def build_traducteurs(traductions: Mapping[str, Mapping[str, str]]) -> dict[str, Traducteur]:
    """A translator by language code; none for French."""
    return {langue: Traducteur(phrases) for langue, phrases in traductions.items()}
