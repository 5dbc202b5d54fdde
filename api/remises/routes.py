"""The page of a handover. The code travels in the body of the requests only, never in an address."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Request, Response

from api.comptes.acces import (
    Identite,
    LeFormulaire,
    QuiPeutEtre,
    RoutePage,
    build_page,
    require_role,
)
from api.comptes.journal import trace
from api.dependances import Aujourdhui, LaBase
from api.fichiers import build_fichier
from api.mesures.compter import CODE_OUVERT, FICHE, RESULTAT_RENDU, count
from api.orientation.schemas import OrientationJson
from api.orientation.services import orient_to_json
from api.partages.services import NOTE_MAX, update_partage
from api.problemes import Probleme
from api.remises.dossier import (
    BESOINS_SENSIBLES,
    Dossier,
    check_version,
    list_caches,
    list_sensibles,
    open_dossier,
)
from api.remises.fiche import build_fiche
from api.stockage import LaSession
from api.web.formulaire import list_faits
from knowledge import Base

router = APIRouter(prefix="/prescripteurs/remise", route_class=RoutePage, include_in_schema=False)
LePrescripteur = Annotated[Identite, Depends(require_role("prescripteur"))]
_SANS_BESOIN = "Gardez au moins un besoin : c'est lui qui donne le parcours."


def install_remises(app: FastAPI) -> None:
    """Add the page to the application."""
    app.include_router(router)


@router.get("")
def read_remise(request: Request, identite: QuiPeutEtre) -> Response:
    """Where the code is typed."""
    return _build_code(request, identite)


@router.post("")
def open_code(
    request: Request,
    identite: QuiPeutEtre,
    formulaire: LeFormulaire,
    base: LaBase,
    jour: Aujourdhui,
    db_session: LaSession,
) -> Response:
    """What the code opens; or the same page after a correction, with the result computed again."""
    try:
        dossier = open_dossier(request, formulaire, db_session, base=base, jour=jour)
    except Probleme as probleme:
        if probleme.statut != 404:
            raise
        return _build_code(request, identite, erreur=probleme.detail, code=formulaire.get("code")[:40])
    if not formulaire.get("relu"):
        count(request, CODE_OUVERT)
    return _build_dossier(request, identite, dossier, base=base, jour=jour)


@router.post("/fiche")
def print_fiche(
    request: Request,
    identite: QuiPeutEtre,
    formulaire: LeFormulaire,
    base: LaBase,
    jour: Aujourdhui,
    db_session: LaSession,
) -> Response:
    """The fiche de prescription of what the form says now; nothing is kept."""
    dossier = open_dossier(request, formulaire, db_session, base=base, jour=jour)
    resultat = find_resultat(dossier, base=base, jour=jour)
    contenu = build_fiche(
        dossier, resultat, base=base, jour=jour, prescripteur=identite.courriel if identite else ""
    )
    count(request, FICHE)
    return build_fichier(contenu, "fiche-de-prescription.pdf")


@router.post("/rendre")
def give_back(
    request: Request,
    identite: LePrescripteur,
    formulaire: LeFormulaire,
    base: LaBase,
    jour: Aujourdhui,
    db_session: LaSession,
) -> Response:
    """Write the corrected answers and the note under the same code, for the person to see when she reopens it."""
    dossier = open_dossier(request, formulaire, db_session, base=base, jour=jour)
    check_version(dossier, formulaire)
    if not dossier.demande.besoins or dossier.demande.fautes:
        return _build_dossier(request, identite, dossier, base=base, jour=jour)
    update_partage(db_session, dossier.code, dossier.to_contenu())
    trace(db_session, identite.courriel, "résultat rendu", "avec une note" if dossier.note else "sans note")
    count(request, RESULTAT_RENDU)
    return build_page(
        request,
        "prescripteurs/remise_rendue.html",
        identite=identite,
        rubrique="remise",
        code=dossier.code,
        note=dossier.note,
        expire_le=dossier.expire_le,
    )


def find_resultat(dossier: Dossier, *, base: Base, jour: date) -> OrientationJson:
    """The engine's answer to what the form says, the same one as everywhere.

    Raises:
        Probleme: 422 without any need.
    """
    if not dossier.demande.besoins:
        raise Probleme(422, _SANS_BESOIN)
    return orient_to_json(
        base,
        dossier.demande.besoins,
        dossier.to_situation(base),
        jour=jour,
        passees=dossier.demande.passees,
        indisponibles=dossier.contenu.indisponibles,
    )


def _build_code(request: Request, identite: Identite | None, *, erreur: str = "", code: str = "") -> Response:
    return build_page(
        request,
        "prescripteurs/remise.html",
        identite=identite,
        statut=404 if erreur else 200,
        rubrique="remise",
        erreur=erreur,
        code=code,
    )


def _build_dossier(
    request: Request, identite: Identite | None, dossier: Dossier, *, base: Base, jour: date
) -> Response:
    resultat = find_resultat(dossier, base=base, jour=jour) if dossier.demande.besoins else None
    return build_page(
        request,
        "prescripteurs/remise_dossier.html",
        identite=identite,
        statut=200 if resultat is not None and not dossier.demande.fautes else 422,
        rubrique="remise",
        dossier=dossier,
        demande=dossier.demande,
        resultat=resultat,
        erreur="" if resultat is not None else _SANS_BESOIN,
        faits=list_faits(dossier.to_situation(base), base=base),
        sensibles=list_sensibles(base),
        a_taire=bool(
            list_sensibles(base).intersection(dossier.demande.faits)
            or BESOINS_SENSIBLES.intersection(dossier.demande.besoins)
        ),
        caches=list_caches(dossier.demande),
        referentiels=base.referentiels,
        note_max=NOTE_MAX,
    )
