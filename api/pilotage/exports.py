"""Files to take away: CSV that a spreadsheet cannot execute, YAML of the filed sentences."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from api.mesures.tables import PhraseIncomprise
from api.pilotage.chiffres import Tableau

HORS_SUJET = "hors-sujet"
_FORMULES = ("=", "+", "-", "@", "\t", "\r", "\n")


def protect(cellule: object) -> str:
    """A cell that a spreadsheet reads as text: what begins like a formula gets an apostrophe before.

    >>> protect("=1+1"), protect(" @SUM(A1)"), protect("bonjour"), protect(12)
    ("'=1+1", "' @SUM(A1)", 'bonjour', '12')
    """
    texte = str(cellule)
    debut = texte.lstrip(" \u00a0\ufeff")
    return f"'{texte}" if debut.startswith(_FORMULES) or texte.startswith(_FORMULES) else texte


def write_csv(entetes: Sequence[str], lignes: Iterable[Sequence[object]]) -> str:
    """A CSV as French spreadsheets open it: semicolons, and the mark of UTF-8 at the start."""
    tampon = io.StringIO()
    plume = csv.writer(tampon, delimiter=";", quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    for ligne in (entetes, *lignes):
        plume.writerow([protect(cellule) for cellule in ligne])
    return "\ufeff" + tampon.getvalue()


def write_tableau(tableau: Tableau) -> str:
    """A table of the page, with the same hidden figures."""
    lignes = [(*cle, chiffre.texte) for cle, chiffre in tableau.lignes]
    return write_csv((*tableau.entetes, "Nombre"), lignes)


def write_yaml(phrases: Iterable[PhraseIncomprise]) -> str:
    """The filed sentences as training data, to be read over then added by hand to ``data/nlu``."""
    par_intention: dict[str, list[str]] = {}
    for phrase in phrases:
        if phrase.besoin:
            intention = phrase.besoin.replace("-", "_")
            par_intention.setdefault(intention, []).append(_neutral(phrase.texte))
    morceaux = [
        '# Phrases classées par l\'équipe. À relire, puis à ajouter à la main dans data/nlu.\nversion: "3.1"\nnlu:'
    ]
    for intention, exemples in sorted(par_intention.items()):
        morceaux.append(f"- intent: {intention}\n  examples: |")
        morceaux += [f"    - {exemple}" for exemple in exemples]
    if not par_intention:
        morceaux[0] += " []"
    return "\n".join(morceaux) + "\n"


def _neutral(texte: str) -> str:
    """The sentence without the signs that mark entities and synonyms in training data."""
    return " ".join("".join(" " if signe in "[](){}|<>" else signe for signe in texte).split())
