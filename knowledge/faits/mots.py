"""Words of a message: folded, common short forms written out, numbers in digits, raw spelling kept beside."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge.faits.chiffres import read_nombre
from knowledge.lecture import read_yaml
from knowledge.territoires.normalisation import fold

LONGUEUR_MAX = 5000  # characters read: the cost of a message stays bounded
FIN_DE_PHRASE = ". "
PAUSE = ","

_SIGLE = re.compile(r"\b(?:[A-Za-z]\.){2,}(?:[A-Za-z]\b)?")
_CODE_ENTRE_PARENTHESES = re.compile(
    r"[,(]\s*(\d{2,3}|2[AaBb]|\d{5})\s*(?:\)|(?=,|$|\.))"
)  # « Saint-Denis (93) »
_MOTS = re.compile(
    r"(?P<date>\d{1,2}[/.\-]\d{1,2}[/.\-](?:\d{4}|\d{2})(?!\d))"
    r"|(?P<age>\d{1,3})(?=(?:ans?|piges|balais|mois|anos|years?)\b)"
    r"|(?P<mot>[^\W_]+)"
    r"|(?P<fin>[.!?\n…•]+)"
    r"|(?P<pause>[,;()«»\"–—|]|\s-\s|(?<=\d)\s*/\s*(?=[a-z]))"
    r"|(?P<plus>\+)"
)


@dataclass(frozen=True, slots=True)
class Mot:
    """A word: ``lu`` is compared (digits for numbers, empty inside a number), ``nom`` is kept for places, ``brut`` is what was typed."""  # noqa: E501

    lu: str
    nom: str
    brut: str


@lru_cache(maxsize=16)
def load_donnees(nom: str) -> Mapping[str, Any]:
    """One data file of this folder, read once at first use."""
    donnees: Mapping[str, Any] = read_yaml(Path(__file__).parent / f"{nom}.yml")
    return donnees


@lru_cache(maxsize=1)
def _load_formes() -> tuple[dict[str, str], dict[tuple[str, ...], list[str]], frozenset[str], frozenset[str]]:
    donnees = load_donnees("formes")
    mots = {fold(cle): valeur for cle, valeur in donnees["mots"].items()}
    # « né », « jé » lose their accent like the words typed: one table for both.
    suites = {tuple(cle.split()): valeur.split() for cle, valeur in donnees["suites"].items()}
    return mots, suites, frozenset(donnees["g_devant"]), frozenset(donnees["o_devant"])


def read_mots(texte: str) -> list[Mot]:
    """The words of a text in order; ``FIN_DE_PHRASE`` and ``PAUSE`` stand between them as words of their own."""
    lus: list[Mot] = []
    texte = _SIGLE.sub(lambda m: m.group().replace(".", "") + " ", texte[:LONGUEUR_MAX].replace("_", " "))
    texte = _CODE_ENTRE_PARENTHESES.sub(r" \1 ", texte)
    for trouve in _MOTS.finditer(texte):
        genre, brut = trouve.lastgroup, trouve.group()
        if genre == "fin":
            lus.append(Mot(FIN_DE_PHRASE, FIN_DE_PHRASE, "?" if "?" in brut else brut[0]))
        elif genre == "pause":
            lus.append(Mot(PAUSE, PAUSE, ","))
        elif genre == "plus":
            lus.append(Mot("plus", "plus", "+"))
        elif genre == "date":
            lus.append(Mot(re.sub(r"[.\-]", "/", brut), brut, brut))
        elif plie := fold(brut):
            lus.append(Mot(plie, plie, brut))
    return _write_nombres(_write_suites(_write_formes(lus)))


def _write_formes(mots: list[Mot]) -> list[Mot]:
    formes, _, g_devant, o_devant = _load_formes()
    ecrits: list[Mot] = []
    for position, mot in enumerate(mots):
        suivant = mots[position + 1].lu if position + 1 < len(mots) else ""
        if mot.lu == "g" and (suivant in g_devant or suivant.isdigit()):
            forme = "j ai"
        elif mot.lu == "o" and suivant in o_devant:
            forme = "au"
        elif mot.brut.isupper() and mot.lu in {"but"}:
            forme = "iutbut"  # the diploma, never the everyday word
        else:
            forme = formes.get(mot.lu, "")
        if not forme:
            ecrits.append(mot)
            continue
        for rang, partie in enumerate(forme.split()):
            ecrits.append(Mot(partie, partie, mot.brut if rang == 0 else ""))
    return ecrits


def _write_suites(mots: list[Mot]) -> list[Mot]:
    _, suites, _, _ = _load_formes()
    premiers = {suite[0] for suite in suites}
    ecrits: list[Mot] = []
    position = 0
    while position < len(mots):
        if mots[position].lu in premiers:
            for suite, forme in suites.items():
                if tuple(mot.lu for mot in mots[position : position + len(suite)]) == suite:
                    ecrits += [Mot(partie, partie, mots[position].brut) for partie in forme]
                    position += len(suite)
                    break
            else:
                ecrits.append(mots[position])
                position += 1
        else:
            ecrits.append(mots[position])
            position += 1
    return ecrits


def _write_nombres(mots: list[Mot]) -> list[Mot]:
    lus = [mot.lu for mot in mots]
    ecrits: list[Mot] = []
    position = 0
    while position < len(mots):
        valeur, taille = read_nombre(lus, position)
        if taille:
            ecrits.append(Mot(str(valeur), mots[position].nom, mots[position].brut))
            ecrits += [Mot("", mot.nom, mot.brut) for mot in mots[position + 1 : position + taille]]
            position += taille
        else:
            ecrits.append(mots[position])
            position += 1
    return ecrits
