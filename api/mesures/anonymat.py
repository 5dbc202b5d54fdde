"""A sentence without what could name a person: digits, addresses, links, names."""

from __future__ import annotations

import re
from collections.abc import Callable

_VIDE = "…"
_ADRESSE = re.compile(r"\S+@\S+|\b(?:https?://|www\.)\S+", re.IGNORECASE)
_CHIFFRES = re.compile(r"\S*\d\S*(?:[ .-]+\d+)*")
# « je m'appelle karim benali » names a person without a capital; up to three words follow.
_PRESENTATION = re.compile(
    r"\b(m['’ ]?appel+e?|mon (?:nom|pr[ée]nom)(?: de famille)?(?: est| c'est)?|moi c'est"
    r"|je suis (?:m\.|mme|madame|monsieur)|my name is|me llamo|meu nome [ée]|madame|monsieur|mme|mr?\.)"
    r"\s+[^\s,.;!?]+(?:\s+(?!et\b|je\b|j'|and\b|y\b|e\b)[^\s,.;!?]+){0,2}",
    re.IGNORECASE,
)
_MOT = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_LONGUEUR_MAX = 200
_MOTS_MIN = 2


def anonymize(texte: str, *, is_connu: Callable[[str], bool]) -> str | None:
    """The sentence without names; None when too little is left, or when names could not be seen.

    A word with a capital is kept only when ``is_connu`` says that it is an ordinary word. Scripts without capitals
    (Arabic, Chinese…) are left out: nothing there tells a name from another word.

    >>> anonymize("Je m'appelle Karim Benali, j'ai 34 ans et je veux conduire", is_connu={"je"}.__contains__)
    "Je m'appelle …, j'ai … ans et je veux conduire"
    >>> anonymize("Karim 0601020304", is_connu=set().__contains__) is None
    True
    """
    texte = " ".join(texte.split())[: 2 * _LONGUEUR_MAX]
    lettres = [signe for signe in texte if signe.isalpha()]
    if not lettres or any(signe.lower() == signe.upper() for signe in lettres):
        return None
    texte = _ADRESSE.sub(_VIDE, texte)
    texte = _PRESENTATION.sub(lambda trouve: f"{trouve[1]} {_VIDE}", texte)
    texte = _CHIFFRES.sub(_VIDE, texte)
    texte = _MOT.sub(lambda trouve: _hide_nom(trouve[0], is_connu), texte)
    texte = re.sub(rf"{_VIDE}(?:[ -]*{_VIDE})+", _VIDE, texte)[:_LONGUEUR_MAX].strip()
    return texte if len(_MOT.findall(texte)) >= _MOTS_MIN else None


def _hide_nom(mot: str, is_connu: Callable[[str], bool]) -> str:
    """An unknown word with a capital becomes an ellipsis; « J'habite » keeps its first part."""
    if not any(signe.isupper() for signe in mot):
        return mot
    parts = re.split(r"([’'-])", mot)
    return "".join(
        part if not any(s.isupper() for s in part) or len(part) == 1 or is_connu(part.lower()) else _VIDE
        for part in parts
    )
