"""POST /besoins/reconnaitre, /situation/extraire, /orientation."""

from __future__ import annotations

from fastapi import APIRouter, Request

from api.dependances import Aujourdhui, LaBase, LeDialogue, LesReglages
from api.mesures.compter import count_orientation
from api.orientation.schemas import (
    BesoinReconnu,
    DemandeExtraction,
    DemandeOrientation,
    DemandeTexte,
    Extraction,
    OrientationJson,
    Reconnaissance,
)
from api.orientation.services import orient_to_json, read_jour
from api.textes import clean_texte
from knowledge import build_situation, read_faits
from knowledge.errors import CritereInconnu

router = APIRouter(tags=["orientation"])


@router.post("/besoins/reconnaitre", summary="Reconnaître les besoins dans un message")
async def recognize_besoins(
    demande: DemandeTexte, dialogue: LeDialogue, reglages: LesReglages
) -> Reconnaissance:
    """Les besoins reconnus dans le message, le plus probable d'abord."""
    texte = clean_texte(demande.texte, maximum=reglages.texte_max)
    lu = await dialogue.parse(texte)
    intention = lu.get("intent") or ""
    return Reconnaissance(
        besoins=[
            BesoinReconnu(id=besoin["id"], score=round(besoin["score"], 4))
            for besoin in lu.get("besoins", [])
        ],
        hors_sujet=bool(lu.get("hors_sujet", intention == "hors_sujet")),
        langue=lu.get("langue") or "fr",
        urgence=intention.removeprefix("urgence_") if intention.startswith("urgence_") else None,
    )


@router.post("/situation/extraire", summary="Lire les faits d'un message")
def extract_situation(
    demande: DemandeExtraction, base: LaBase, reglages: LesReglages, jour: Aujourdhui
) -> Extraction:
    """Les faits lus dans le message ; rien n'est inventé."""
    if demande.question is not None and demande.question not in base.referentiels.criteres:
        raise CritereInconnu.among(demande.question, base.referentiels.criteres)
    texte = clean_texte(demande.texte, maximum=reglages.texte_max)
    lus = read_faits(texte, base=base, question=demande.question, jour=jour)
    return Extraction(
        faits=dict(lus.faits), a_preciser={cle: list(choix) for cle, choix in lus.a_preciser.items()}
    )


@router.post("/orientation", summary="Orienter une personne")
def orient(
    request: Request, demande: DemandeOrientation, base: LaBase, aujourd_hui: Aujourdhui
) -> OrientationJson:
    """Les dispositifs avec leurs raisons, les parcours, la prochaine question."""
    situation = build_situation(base, demande.situation)
    resultat = orient_to_json(
        base,
        demande.besoins,
        situation,
        jour=read_jour(demande.date, aujourd_hui=aujourd_hui),
        limite=demande.limite,
        passees=demande.questions_passees,
        indisponibles=demande.indisponibles,
    )
    count_orientation(
        request, demande.besoins, situation.code_departement, resultat, passees=demande.questions_passees
    )
    return resultat
