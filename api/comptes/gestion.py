"""Pages of the administrators: accounts and audit log."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from api.comptes.acces import Identite, LeFormulaire, RoutePage, build_page, require_role
from api.comptes.journal import list_traces
from api.comptes.roles import Role
from api.comptes.services import (
    change_actif,
    change_role,
    create_compte,
    get_compte,
    list_comptes,
    reset_mot_de_passe,
)
from api.problemes import Probleme
from api.stockage import LaSession

router = APIRouter(prefix="/prescripteurs", route_class=RoutePage, include_in_schema=False)
LAdministrateur = Annotated[Identite, Depends(require_role("administrateur"))]


@router.get("/comptes")
def read_comptes(request: Request, identite: LAdministrateur, db_session: LaSession) -> Response:
    """Every account, and the form for a new one."""
    return _build_comptes(request, identite, db_session)


@router.post("/comptes")
def add_compte(
    request: Request, identite: LAdministrateur, formulaire: LeFormulaire, db_session: LaSession
) -> Response:
    """A new account, and its password for the first login, shown once."""
    courriel = formulaire.get("courriel")
    try:
        compte, provisoire = create_compte(
            db_session, courriel, formulaire.get("role"), qui=identite.courriel
        )
    except Probleme as probleme:
        return _build_comptes(
            request, identite, db_session, erreur=probleme.detail, statut=probleme.statut, courriel=courriel
        )
    return _build_comptes(request, identite, db_session, provisoire=(compte.courriel, provisoire))


@router.post("/comptes/{identifiant}/role")
def send_role(
    request: Request,
    identifiant: int,
    identite: LAdministrateur,
    formulaire: LeFormulaire,
    db_session: LaSession,
) -> Response:
    """Give another role."""
    change_role(
        db_session, get_compte(db_session, identifiant), formulaire.get("role"), qui=identite.courriel
    )
    return _build_comptes(request, identite, db_session, message="Le rôle est changé.")


@router.post("/comptes/{identifiant}/actif")
def send_actif(
    request: Request,
    identifiant: int,
    identite: LAdministrateur,
    formulaire: LeFormulaire,
    db_session: LaSession,
) -> Response:
    """Deactivate, or open again."""
    est_actif = formulaire.get("actif") == "oui"
    change_actif(db_session, get_compte(db_session, identifiant), est_actif=est_actif, qui=identite.courriel)
    message = "Le compte est réactivé." if est_actif else "Le compte est désactivé : il ne peut plus entrer."
    return _build_comptes(request, identite, db_session, message=message)


@router.post("/comptes/{identifiant}/reinitialiser")
def reset_compte(
    request: Request,
    identifiant: int,
    identite: LAdministrateur,
    formulaire: LeFormulaire,
    db_session: LaSession,
) -> Response:
    """A new password for one login, shown once."""
    compte = get_compte(db_session, identifiant)
    provisoire = reset_mot_de_passe(db_session, compte, qui=identite.courriel)
    return _build_comptes(request, identite, db_session, provisoire=(compte.courriel, provisoire))


@router.get("/journal")
def read_journal(request: Request, identite: LAdministrateur, db_session: LaSession) -> Response:
    """The audit log of the last twelve months, newest first."""
    return build_page(
        request,
        "prescripteurs/journal.html",
        identite=identite,
        rubrique="connexion",
        traces=list_traces(db_session),
    )


def _build_comptes(
    request: Request,
    identite: Identite,
    db_session: LaSession,
    *,
    statut: int = 200,
    message: str = "",
    erreur: str = "",
    courriel: str = "",
    provisoire: tuple[str, str] | None = None,
) -> Response:
    return build_page(
        request,
        "prescripteurs/comptes.html",
        identite=identite,
        statut=statut,
        rubrique="connexion",
        comptes=list_comptes(db_session),
        roles=list(Role),
        message=message,
        erreur=erreur,
        courriel=courriel,
        provisoire=provisoire,
    )
