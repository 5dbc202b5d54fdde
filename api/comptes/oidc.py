"""Login through an OpenID Connect provider, when one is configured: the two pages the browser goes through."""

from __future__ import annotations

import secrets

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.comptes.acces import RoutePage, choose_suite
from api.comptes.fournisseur import FauteOidc, Fournisseur, Identification
from api.comptes.jetons import name_cookie, put_cookie, put_session, read_session, remove_cookie
from api.comptes.journal import trace
from api.comptes.roles import Role
from api.comptes.services import find_by_courriel, read_courriel
from api.comptes.sessions import open_session
from api.comptes.tables import Compte
from api.config import FournisseurOidc, Reglages
from api.dependances import LesReglages
from api.limites import check_debit
from api.problemes import Probleme
from api.stockage import LaSession
from api.stockage.session import read_maintenant

router = APIRouter(prefix="/prescripteurs", route_class=RoutePage, include_in_schema=False)

_COOKIE = "passerelle_oidc"
_DUREE = 600
_ABANDON = "La connexion n'a pas abouti. Recommencez, ou connectez-vous avec un mot de passe."
_SANS_COMPTE = "Aucun compte n'est ouvert à cette adresse. Demandez à un administrateur de le créer."


@router.get("/connexion/fournisseur")
def leave(request: Request, reglages: LesReglages, suite: str = "") -> Response:
    """Send the browser to the provider, with a state, a nonce and a PKCE challenge that only it can redeem."""
    oidc = _get_oidc(reglages)
    check_debit(request, "connexions", "20/minute")
    depart = {
        "state": secrets.token_urlsafe(24),
        "nonce": secrets.token_urlsafe(24),
        "verifier": secrets.token_urlsafe(48),
        "suite": suite,
    }
    try:
        with Fournisseur(oidc, retour=_build_retour(request, reglages)) as fournisseur:
            adresse = fournisseur.build_depart(depart)
    except FauteOidc:
        raise Probleme(503, _ABANDON, attendre=30) from None
    reponse = RedirectResponse(adresse, status_code=303)
    put_cookie(request, reponse, _COOKIE, _sign(reglages).dumps(depart), duree=_DUREE)
    return reponse


@router.get("/connexion/fournisseur/retour")
def come_back(
    request: Request, reglages: LesReglages, db_session: LaSession, state: str = "", code: str = ""
) -> Response:
    """Redeem the code, check the signed identity, open a session under a new token."""
    oidc = _get_oidc(reglages)
    check_debit(request, "connexions", "20/minute")
    depart = _read_depart(request, reglages)
    if not code or not secrets.compare_digest(depart["state"].encode(), state.encode()):
        raise Probleme(403, _ABANDON)
    try:
        with Fournisseur(oidc, retour=_build_retour(request, reglages)) as fournisseur:
            identification = fournisseur.identify(code, depart)
    except FauteOidc:
        raise Probleme(403, _ABANDON) from None
    compte = find_compte_oidc(db_session, identification, oidc)
    jeton = open_session(db_session, compte, ancien=read_session(request))
    trace(db_session, compte.courriel, "connexion", oidc.nom)
    reponse = RedirectResponse(choose_suite(depart["suite"]), status_code=303)
    put_session(request, reponse, jeton)
    remove_cookie(request, reponse, _COOKIE)
    return reponse


def find_compte_oidc(db_session: Session, identification: Identification, oidc: FournisseurOidc) -> Compte:
    """The account of an identity: the one already linked, else the one of its checked address, else a new one.

    Raises:
        Probleme: 403 when there is no active account and the settings open none by themselves.
    """
    sujet = f"{oidc.issuer}#{identification.sujet}"
    compte = db_session.scalar(select(Compte).where(Compte.sujet_oidc == sujet))
    if compte is None and identification.courriel and identification.est_verifie:
        courriel = read_courriel(identification.courriel)
        compte = find_by_courriel(db_session, courriel)
        # An account linked to somebody else is not taken over by who has received the address since.
        if compte is not None and compte.sujet_oidc is not None:
            raise Probleme(403, _SANS_COMPTE)
        if compte is None and oidc.role_defaut in [role.value for role in Role]:
            compte = Compte(
                courriel=courriel, role=oidc.role_defaut, cree_le=read_maintenant(), est_actif=True
            )
            compte.doit_changer = False
            db_session.add(compte)
            trace(db_session, oidc.nom, "compte créé", f"{courriel} ({oidc.role_defaut})")
    if compte is None or not compte.est_actif:
        raise Probleme(403, _SANS_COMPTE)
    compte.sujet_oidc = sujet
    db_session.flush()
    return compte


def _get_oidc(reglages: Reglages) -> FournisseurOidc:
    if reglages.oidc is None:
        raise Probleme(404, "Cette adresse n'existe pas.")
    return reglages.oidc


def _build_retour(request: Request, reglages: Reglages) -> str:
    base = (reglages.adresse_publique or str(request.base_url)).rstrip("/")
    return f"{base}/prescripteurs/connexion/fournisseur/retour"


def _sign(reglages: Reglages) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(reglages.secret, salt="oidc")


def _read_depart(request: Request, reglages: Reglages) -> dict[str, str]:
    try:
        lu: dict[str, str] = _sign(reglages).loads(
            request.cookies.get(name_cookie(request, _COOKIE), ""), max_age=_DUREE
        )
    except BadSignature:
        raise Probleme(403, _ABANDON) from None
    return lu
