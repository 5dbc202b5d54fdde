"""The shape of the catalogue files, checked field by field: the editor's guide as code."""

from __future__ import annotations

from pydantic import BaseModel

from knowledge.fichiers.communs import (
    ConditionFichier,
    ContactFichier,
    MentionFichier,
    Reference,
    RegleFichier,
    SourceLocale,
    Valeur,
)
from knowledge.fichiers.dispositif import (
    ArticulationFichier,
    DispositifFichier,
    DureeFichier,
    EffetFichier,
    ReponseFichier,
    TerritoireFichier,
)
from knowledge.fichiers.formation import FormationFichier, OffreFichier
from knowledge.fichiers.organismes import OrganismesFichier, SiteFichier
from knowledge.fichiers.parcours_type import EtapeTypeFichier, ParcoursTypeFichier
from knowledge.fichiers.regles_entree import RegleEntreeFichier, ReglesEntreeFichier

SCHEMAS: dict[str, type[BaseModel]] = {
    "dispositif": DispositifFichier,
    "organismes": OrganismesFichier,
    "formation": FormationFichier,
    "parcours_type": ParcoursTypeFichier,
    "regles_entree": ReglesEntreeFichier,
}

__all__ = [
    "SCHEMAS",
    "ArticulationFichier",
    "ConditionFichier",
    "ContactFichier",
    "DispositifFichier",
    "DureeFichier",
    "EffetFichier",
    "EtapeTypeFichier",
    "FormationFichier",
    "MentionFichier",
    "OffreFichier",
    "OrganismesFichier",
    "ParcoursTypeFichier",
    "Reference",
    "RegleEntreeFichier",
    "RegleFichier",
    "ReglesEntreeFichier",
    "ReponseFichier",
    "SiteFichier",
    "SourceLocale",
    "TerritoireFichier",
    "Valeur",
]
