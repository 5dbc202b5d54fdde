"""The value carried by a button, checked against its criterion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.conversion import find_faute_de_valeur
from knowledge.model import Valeur

if TYPE_CHECKING:
    from knowledge.orientation import Base

_BOOLEENS = {"oui": True, "true": True, "1": True, "non": False, "false": False, "0": False}


def read_reponse(base: Base, critere: str, valeur: str) -> Valeur | None:
    """The typed value of a button payload (« oui », « 20 », « CER », « 93066 »); None when it is not allowed.

    A commune is known by its INSEE code: given under ``commune``, the code becomes the official name.

    Source: referentiels/criteres.yml.
    """
    regle = base.referentiels.criteres.get(critere)
    texte = valeur.strip()
    if regle is None or not texte:
        return None
    lue: Valeur = texte
    if regle.type == "booleen":
        if texte.lower() not in _BOOLEENS:
            return None
        lue = _BOOLEENS[texte.lower()]
    elif regle.type == "entier":
        if not (texte.isascii() and texte.isdigit()):
            return None
        lue = int(texte)
    if critere == "code_insee" and base.territoires.get_commune(texte) is None:
        return None
    if critere == "code_departement" and base.territoires.find_departement(texte) is None:
        return None
    return None if find_faute_de_valeur(regle, lue) else lue
