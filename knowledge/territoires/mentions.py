"""The département a sentence names, by its name or by its number."""

from __future__ import annotations

import re

from knowledge.territoires.departements import ChercheurDepartements
from knowledge.territoires.indices import NOMS_DEPARTEMENTS_COURANTS, NUMERO_FRANCILIEN, NUMERO_SUR, UNITES
from knowledge.territoires.lieux import Departement

_LIEN_FORT = re.compile(r"(?:departement (?:de|du|des)|(?:habite|suis|vis) dans)(?: (?:le|la|les|l))?$")
_CODE = re.compile(r"\d\d|2[ab]|97\d")


def named_departement(nom: str, avant: str, departements: ChercheurDepartements) -> Departement | None:
    """The département of this exact name; « nord » or « lot » only when the words before announce a place."""
    departement = departements.noms.get(nom)
    if departement is None or nom == "paris":
        return None
    if nom in NOMS_DEPARTEMENTS_COURANTS:
        return departement if _LIEN_FORT.search(avant) else None
    return departement


def numbered_departement(cle: str, departements: ChercheurDepartements) -> Departement | None:
    """« dans le 93 », « du 9 3 », « dans le neuf trois »; never a number that counts something."""
    for motif in (NUMERO_SUR, NUMERO_FRANCILIEN):
        for trouve in motif.finditer(cle):
            if departement := departements.by_code(trouve.group("code")):
                return departement
    lettres = departements.spelled_pattern.search(cle)
    return departements.find(lettres.group(1), orthographe=False) if lettres else None


def departement_after(suite: list[str], departements: ChercheurDepartements) -> Departement | None:
    """« Saint-Denis 93 »: the number right after a name, unless it counts something (``suite``: next two words)."""
    if not suite or (len(suite) > 1 and suite[1] in UNITES):
        return None
    return departements.by_code(suite[0]) if _CODE.fullmatch(suite[0]) else None
