"""Recognise a département: its number in figures or in words, its name, with the ways people say them."""

from __future__ import annotations

import re

from rapidfuzz import fuzz, process

from knowledge.territoires.lieux import Departement
from knowledge.territoires.normalisation import normalise

SEUIL_ORTHOGRAPHE = 86  # ratio of rapidfuzz under which two département names are not the same word
LONGUEUR_MAX = 80
_UNITES = (  # noqa: SIM905
    "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize "
    "dix-sept dix-huit dix-neuf"
).split()
_DIZAINES = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 80: "quatre vingt"}
_AUTOUR = re.compile(
    r"^(?:(?:je|j|suis|habite|vis|viens|dans|en|de|du|des|d|le|la|les|l|a|au|aux|"
    r"departement|dept|dep|numero|sur|c est)\s+)+"
)
_CHIFFRES_SEPARES = re.compile(r"^9 ?7 ?([1-6])$|^(\d) (\d)$")


def say_number(nombre: int) -> str:
    """A number from 0 to 99 in words, without hyphens or accents, « et » kept.

    >>> say_number(93)
    'quatre vingt treize'
    """
    if nombre < 20:
        return _UNITES[nombre].replace("-", " ")
    dizaine = nombre // 10 * 10
    if dizaine in (70, 90):
        dizaine -= 10
    reste = nombre - dizaine
    if reste == 0:
        return _DIZAINES[dizaine]
    liaison = " et " if reste in (1, 11) and dizaine != 80 else " "
    return f"{_DIZAINES[dizaine]}{liaison}{say_number(reste)}"


class ChercheurDepartements:
    """Finds a département from what was typed. Built once from the list of départements."""

    def __init__(self, departements: dict[str, Departement]) -> None:
        self._departements = departements
        self.noms = {normalise(d.nom): d for d in departements.values()}
        self.noms |= {nom.removeprefix("la "): d for nom, d in self.noms.items() if nom.startswith("la ")}
        self._en_lettres = {lettres: d for d in departements.values() for lettres in _spellings(d.code)}
        formes = sorted((forme for forme in self._en_lettres if " " in forme), key=len, reverse=True)
        self.spelled_pattern = re.compile(
            rf"\b(?:dans le|du|le) ({'|'.join(formes)})(?= |$)(?! (?:ans|mois|euros))"
        )

    def find(self, texte: str, *, orthographe: bool = True) -> Departement | None:
        """The one département the text names, or None.

        ``orthographe=False`` refuses typing errors. A postal code gives its département.
        """
        if len(texte) > LONGUEUR_MAX:
            return None
        cle = normalise(texte)
        nue = _AUTOUR.sub("", cle)
        for essai in (cle, nue):
            trouve = self.by_code(essai) or self.noms.get(essai) or self._en_lettres.get(essai)
            if trouve:
                return trouve
        if not orthographe or len(nue) < 5:
            return None
        proche = process.extractOne(nue, self.noms.keys(), scorer=fuzz.ratio, score_cutoff=SEUIL_ORTHOGRAPHE)
        return self.noms[proche[0]] if proche else None

    def by_code(self, texte: str) -> Departement | None:
        """The département of « 93 », « 9 3 », « 2a », « 971 », « 1 » or of a postal code, already normalised."""
        separes = _CHIFFRES_SEPARES.match(texte)
        if separes:
            texte = texte.replace(" ", "")
        code = texte.upper()
        if code.isdigit() and len(code) == 1:
            code = f"0{code}"
        if code.isdigit() and len(code) == 5:
            return self._by_code_postal(code)
        return self._departements.get(code)

    def _by_code_postal(self, code: str) -> Departement | None:
        if code.startswith("20"):  # the postal codes of Corsica kept the number it had before 1976
            return self._departements["2A" if code < "20200" else "2B"]
        return self._departements.get(code[:3]) or self._departements.get(code[:2])


def _spellings(code: str) -> list[str]:
    """The spoken forms of a code: « quatre vingt treize », « neuf trois », « deux a », « neuf sept un »."""
    if code in ("2A", "2B"):
        return [f"deux {code[1].lower()}"]
    chiffres = " ".join(_UNITES[int(chiffre)] for chiffre in code)
    if len(code) == 3:
        return [chiffres, f"neuf cent {say_number(int(code[1:]))}"]
    formes = [say_number(int(code)), chiffres]
    if code.startswith("0"):
        formes.append(f"zero {say_number(int(code))}")
    return [*formes, formes[0].replace(" et ", " "), formes[0].replace("quatre vingt", "quatre vingts")]
