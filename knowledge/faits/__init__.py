"""Facts read in free text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from knowledge.model import Valeur


@dataclass(frozen=True, slots=True, kw_only=True)
class Lecture:
    """What was read."""

    faits: Mapping[str, Valeur | None] = field(default_factory=dict)
    a_preciser: Mapping[str, tuple[dict[str, str], ...]] = field(default_factory=dict)


def read_faits(texte: str, *, base: Any, question: str | None = None, jour: date) -> Lecture:
    """Facts of a message."""
    faits: dict[str, Valeur | None] = {}
    m = re.search(r"\b(\d{1,2})\s*ans\b", texte) or (
        re.search(r"^\s*(\d{1,2})\s*$", texte) if question == "age_ans" else None
    )
    if m:
        faits["age_ans"] = int(m.group(1))
    lieux = base.territoires.reperer_lieux(texte, tout_le_texte_est_un_lieu=question == "commune")
    if lieux.communes and not lieux.ambigu:
        faits["commune"] = lieux.communes[0].commune.nom
        faits["code_insee"] = lieux.communes[0].commune.code_insee
        faits["code_departement"] = lieux.communes[0].commune.code_departement
    elif lieux.departement:
        faits["code_departement"] = lieux.departement.code
    if question == "niveau_diplome" and re.search(r"aucun|pas de dipl|sans", texte):
        faits["niveau_diplome"] = 0
    return Lecture(faits=faits)


def read_reponse(base: Any, critere: str, valeur: str) -> Valeur | None:
    """Value of a button."""
    c = base.referentiels.criteres.get(critere)
    if c is None:
        return None
    if c.type == "booleen":
        return {"oui": True, "non": False}.get(valeur)
    if c.type == "entier":
        return int(valeur) if valeur.isdigit() else None
    return valeur
