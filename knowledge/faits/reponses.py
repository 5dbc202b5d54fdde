"""Short answers: the value of a button, « oui », « non », « aucun »."""

from __future__ import annotations

import re
from typing import Any

from knowledge.conversion import find_faute_de_valeur
from knowledge.model import Valeur

_OUI = re.compile(
    r"^(?:oui|ouais|ui|yes|si|sim|exact\w*|tout a fait|bien sur|absolument|carrement|ok|d accord|oui \w.*|ben oui.*|نعم)$"
)
_NON = re.compile(r"^(?:non|nan|no|nao|nope|pas du tout|jamais|pas encore|aucune?|non \w.*|ben non.*|لا)$")


def read_reponse(base: Any, critere: str, valeur: str) -> Valeur | None:
    """Value of a button's payload, checked; None when it is not a possible answer."""
    connu = base.referentiels.criteres.get(critere)
    if connu is None:
        return None
    lue: Valeur | None = valeur
    if connu.type == "booleen":
        lue = {"oui": True, "true": True, "non": False, "false": False}.get(valeur.lower())
    elif connu.type == "entier":
        lue = int(valeur) if re.fullmatch(r"\d{1,4}", valeur) else None
    if lue is None or find_faute_de_valeur(connu, lue):
        return None
    if critere == "code_insee" and base.territoires.get_commune(str(lue)) is None:
        return None
    return lue


def read_oui_non(plie: str) -> bool | None:
    """« oui » or « non » as the whole answer; None for anything else."""
    if _OUI.match(plie):
        return True
    if _NON.match(plie):
        return False
    return None
