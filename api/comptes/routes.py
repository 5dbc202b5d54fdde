"""Pages of the accounts: login, logout, one's own account."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.responses import RedirectResponse

from api.comptes.acces import (
    Identite,
    LeFormulaire,
    QuiPeutEtre,
    RoutePage,
    build_page,
    choose_suite,
    require_role,
)
from api.comptes.gestion import router as gestion
from api.comptes.jetons import put_session, read_session, remove_session
from api.comptes.journal import trace
from api.comptes.oidc import router as oidc
from api.comptes.services import authenticate, change_mot_de_passe, get_compte
from api.comptes.sessions import close_session, open_session
from api.dependances import LesReglages
from api.limites import check_debit
from api.stockage import LaSession

router = APIRouter(prefix="/prescripteurs", route_class=RoutePage, include_in_schema=False)

_MON_COMPTE = "/prescripteurs/compte"
_REFUS = "L'adresse ou le mot de passe n'est pas le bon. Vérifiez les deux, puis recommencez."
LePrescripteur = Annotated[Identite, Depends(require_role("prescripteur"))]


def install_comptes(app: FastAPI) -> None:
    """Add the pages of the accounts to the application."""
    for pages in (router, gestion, oidc):
        app.include_router(pages)


@router.get("/connexion")
def read_connexion(
    request: Request, reglages: LesReglages, identite: QuiPeutEtre, suite: str = ""
) -> Response:
    """The login page; who is logged in already goes on."""
    if identite is not None:
        return RedirectResponse(choose_suite(suite) if suite else _MON_COMPTE, status_code=303)
    return _build_connexion(request, reglages, suite=suite)


@router.post("/connexion")
def connect(
    request: Request, reglages: LesReglages, formulaire: LeFormulaire, db_session: LaSession
) -> Response:
    """Open a session under a new token; the same answer whatever is wrong."""
    courriel = formulaire.get("courriel").casefold()[:254]
    check_debit(request, "connexions", "20/minute")
    check_debit(request, "connexions-compte", "10/minute", cle=f"compte {courriel}")
    check_debit(request, "connexions-compte-heure", "60/hour", cle=f"compte {courriel}")
    suite = formulaire.get("suite")
    compte = authenticate(db_session, courriel, formulaire.get_brut("mot_de_passe"))
    if compte is None:
        trace(db_session, "inconnu", "connexion refusée")
        return _build_connexion(request, reglages, suite=suite, courriel=courriel, erreur=_REFUS)
    jeton = open_session(db_session, compte, ancien=read_session(request))
    trace(db_session, compte.courriel, "connexion")
    reponse = RedirectResponse(_MON_COMPTE if compte.doit_changer else choose_suite(suite), status_code=303)
    put_session(request, reponse, jeton)
    return reponse


@router.post("/deconnexion")
def disconnect(
    request: Request, identite: QuiPeutEtre, formulaire: LeFormulaire, db_session: LaSession
) -> Response:
    """Close the session, here and in the browser."""
    if identite is not None:
        close_session(db_session, identite.jeton)
        trace(db_session, identite.courriel, "déconnexion")
    reponse = RedirectResponse("/prescripteurs/connexion", status_code=303)
    remove_session(request, reponse)
    return reponse


@router.get("/compte")
def read_compte(request: Request, identite: LePrescripteur) -> Response:
    """One's own account."""
    return build_page(
        request, "prescripteurs/compte.html", identite=identite, rubrique="connexion", erreur=""
    )


@router.post("/compte/mot-de-passe")
def send_mot_de_passe(
    request: Request, identite: LePrescripteur, formulaire: LeFormulaire, db_session: LaSession
) -> Response:
    """Change one's own password."""
    check_debit(request, "mots-de-passe", "5/minute", cle=f"compte {identite.id}")
    erreur = change_mot_de_passe(
        db_session,
        get_compte(db_session, identite.id),
        actuel=formulaire.get_brut("actuel"),
        nouveau=formulaire.get_brut("nouveau"),
        jeton=identite.jeton,
    )
    return build_page(
        request,
        "prescripteurs/compte.html",
        identite=identite,
        statut=422 if erreur else 200,
        rubrique="connexion",
        erreur=erreur or "",
        fait=not erreur,
    )


def _build_connexion(
    request: Request, reglages: LesReglages, *, suite: str, courriel: str = "", erreur: str = ""
) -> Response:
    return build_page(
        request,
        "prescripteurs/connexion.html",
        identite=None,
        statut=401 if erreur else 200,
        rubrique="connexion",
        suite=choose_suite(suite),
        courriel=courriel,
        erreur=erreur,
        fournisseur=reglages.oidc.nom if reglages.oidc else "",
    )
