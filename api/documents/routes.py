"""POST /documents/parcours.pdf, /parcours.txt, /rappel.ics: what is known travels in the body, nothing in an address."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from api.dependances import Aujourdhui, LaBase, LeDialogue, LesReglages
from api.documents.demande import (
    DemandeDocument,
    DemandeRappel,
    check_debit_documents,
    clean_code,
    find_parcours,
    pick_etape,
)
from api.documents.parcours import build_pdf_parcours
from api.documents.rappel import build_rappel
from api.documents.texte import write_texte
from api.fichiers import build_fichier
from api.partages.contenu import build_lien, get_adresse

router = APIRouter(prefix="/documents", tags=["documents"])

NOMS = {"pdf": "mon-parcours.pdf", "txt": "mon-parcours.txt", "ics": "rappel-passerelle.ics"}


@router.post("/parcours.pdf", summary="Un parcours sur une page A4", response_class=Response)
async def send_pdf(
    request: Request,
    demande: DemandeDocument,
    base: LaBase,
    dialogue: LeDialogue,
    reglages: LesReglages,
    jour: Aujourdhui,
) -> Response:
    """Les étapes, ce qu'il faut vérifier, qui appeler, et un QR code."""
    check_debit_documents(request)
    parcours = await find_parcours(demande, base=base, dialogue=dialogue, jour=jour)
    adresse, code = get_adresse(request, reglages), clean_code(demande.code)
    lien = build_lien(adresse, code) if code else adresse
    contenu = await run_in_threadpool(build_pdf_parcours, parcours, jour=jour, lien=lien, code=code)
    return build_fichier(contenu, NOMS["pdf"])


@router.post("/parcours.txt", summary="Un parcours en 480 signes", response_class=Response)
async def send_texte(
    request: Request,
    demande: DemandeDocument,
    base: LaBase,
    dialogue: LeDialogue,
    reglages: LesReglages,
    jour: Aujourdhui,
) -> Response:
    """Un texte court, pour un message."""
    check_debit_documents(request)
    parcours = await find_parcours(demande, base=base, dialogue=dialogue, jour=jour)
    code = clean_code(demande.code)
    lien = build_lien(get_adresse(request, reglages), code) if code else ""
    texte = write_texte(parcours, lien=lien)
    return build_fichier(texte, NOMS["txt"])


@router.post("/rappel.ics", summary="Un rappel pour appeler", response_class=Response)
async def send_rappel(
    request: Request, demande: DemandeRappel, base: LaBase, dialogue: LeDialogue, jour: Aujourdhui
) -> Response:
    """Un rappel pour l'agenda de la personne, au jour qu'elle choisit."""
    check_debit_documents(request)
    parcours = await find_parcours(demande, base=base, dialogue=dialogue, jour=jour)
    etape = pick_etape(parcours, demande.etape)
    contenu = build_rappel(etape, jour=demande.date, heure=demande.heure)
    return build_fichier(contenu, NOMS["ics"])
