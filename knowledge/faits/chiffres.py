"""Numbers written in words (« thirty five » too), up to ninety-nine: ages and lengths are rarely longer; the months."""

from __future__ import annotations

from collections.abc import Sequence

MOIS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
)  # fmt: skip
_UNITES = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9,
    "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7, "eight": 8, "nine": 9,
}  # fmt: skip
_DIZAINES = {
    "vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
}  # fmt: skip
_DURABLES = frozenset({"ans", "mois", "semaines", "semaine"})


def read_nombre(mots: Sequence[str], position: int) -> tuple[int, int]:
    """The number that starts at ``position`` and how many words it takes; (0, 0) when there is none.

    « un » alone is an article: it counts only before a length of time.

    >>> read_nombre(["vingt", "et", "un", "ans"], 0), read_nombre(["un", "cap"], 0)
    ((21, 3), (0, 0))
    """
    mot = mots[position]
    if mot == "quatre" and mots[position + 1 : position + 2] in (["vingt"], ["vingts"]):
        return _add_unite(mots, position, 80, 2, jusqu_a=19)
    if mot in _DIZAINES:
        dizaine = _DIZAINES[mot]
        return _add_unite(mots, position, dizaine, 1, jusqu_a=19 if dizaine == 60 else 9)
    if mot in ("un", "une"):
        suivant = mots[position + 1] if position + 1 < len(mots) else ""
        return (1, 1) if suivant in _DURABLES else (0, 0)
    if mot == "dix":
        return _add_unite(mots, position, 10, 1, jusqu_a=9)
    return (_UNITES[mot], 1) if mot in _UNITES else (0, 0)


def _add_unite(
    mots: Sequence[str], position: int, base: int, taille: int, *, jusqu_a: int
) -> tuple[int, int]:
    """Add the word after the tens: « vingt trois », « vingt et un », « soixante dix sept »."""
    suite = position + taille
    if mots[suite : suite + 1] == ["et"] and mots[suite + 1 : suite + 2] in (["un"], ["une"], ["onze"]):
        return base + _UNITES[mots[suite + 1]], taille + 2
    unite = _UNITES.get(mots[suite], 0) if suite < len(mots) else 0
    if base == 10 and unite < 7:
        return base, taille
    if not unite or unite > jusqu_a or (mots[suite] in ("un", "une") and base != 80):
        return base, taille
    if unite == 10 and suite + 1 < len(mots) and 7 <= _UNITES.get(mots[suite + 1], 0) <= 9:
        return base + 10 + _UNITES[mots[suite + 1]], taille + 2
    return base + unite, taille + 1
