"""Passerelle's core: what the base knows, and what it answers to a situation. Pure; no web, no dialogue."""

from knowledge.catalogue_model import Catalogue, Formation, ParcoursType, Site
from knowledge.consultation import (
    find_commune,
    find_parcours_types,
    find_sites,
    get_formation,
    normalize,
    search_formations,
)
from knowledge.errors import (
    BesoinInconnu,
    CritereInconnu,
    ErreurCatalogue,
    ErreurPasserelle,
    ErreurSituation,
    FicheIntrouvable,
    ValeurInvalide,
)
from knowledge.loader import load_catalogue, load_referentiels
from knowledge.model import (
    Contact,
    Dispositif,
    Etape,
    Evaluation,
    Orientation,
    Parcours,
    QuestionSuivante,
    Raison,
    Situation,
    Source,
    Valeur,
    Verdict,
    criteres_de_situation,
)
from knowledge.orientation import (
    Base,
    build_base,
    build_situation,
    check_besoins,
    complete_situation,
    find_contacts,
    get_dispositif,
    load_base,
    orienter,
)
from knowledge.plan.presentation import is_perime, write_duree
from knowledge.referentiel import Referentiels, to_niveau
from knowledge.rules.evaluate import evaluate_eligibilite
from knowledge.rules.phrases import describe_condition, describe_fait
from knowledge.search import order_contacts

__all__ = [
    "Base",
    "BesoinInconnu",
    "Catalogue",
    "Contact",
    "CritereInconnu",
    "Dispositif",
    "ErreurCatalogue",
    "ErreurPasserelle",
    "ErreurSituation",
    "Etape",
    "Evaluation",
    "FicheIntrouvable",
    "Formation",
    "Orientation",
    "Parcours",
    "ParcoursType",
    "QuestionSuivante",
    "Raison",
    "Referentiels",
    "Site",
    "Situation",
    "Source",
    "Valeur",
    "ValeurInvalide",
    "Verdict",
    "build_base",
    "build_situation",
    "check_besoins",
    "complete_situation",
    "criteres_de_situation",
    "describe_condition",
    "describe_fait",
    "evaluate_eligibilite",
    "find_commune",
    "find_contacts",
    "find_parcours_types",
    "find_sites",
    "get_dispositif",
    "get_formation",
    "is_perime",
    "load_base",
    "load_catalogue",
    "load_referentiels",
    "normalize",
    "order_contacts",
    "orienter",
    "search_formations",
    "to_niveau",
    "write_duree",
]
