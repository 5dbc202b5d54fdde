"""Server-side sessions: a random token for the browser, its digest for us; two hours idle, eight hours at most."""

from __future__ import annotations

import secrets
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from api.comptes.jetons import digest
from api.comptes.tables import Compte, SessionCompte
from api.stockage.session import read_maintenant

DUREE = timedelta(hours=8)
INACTIVITE = timedelta(hours=2)
# Writing at each page would slow everything down: idleness is known to the minute.
_PAS = timedelta(minutes=1)


def open_session(db_session: Session, compte: Compte, *, ancien: str = "") -> str:
    """A new token for this account; the session the browser had before is closed (no session fixation)."""
    if ancien:
        close_session(db_session, ancien)
    jeton, maintenant = secrets.token_urlsafe(32), read_maintenant()
    db_session.add(
        SessionCompte(
            empreinte=digest(jeton), compte_id=compte.id, vue_le=maintenant, expire_le=maintenant + DUREE
        )
    )
    compte.connecte_le = maintenant
    db_session.flush()
    return jeton


def find_compte(db_session: Session, jeton: str) -> Compte | None:
    """The active account of a token; None when it is unknown, expired, idle for too long, or deactivated."""
    if not jeton:
        return None
    maintenant = read_maintenant()
    ligne = db_session.get(SessionCompte, digest(jeton))
    if ligne is None or ligne.expire_le <= maintenant or ligne.vue_le + INACTIVITE <= maintenant:
        return None
    compte = db_session.get(Compte, ligne.compte_id)
    if compte is None or not compte.est_actif:
        return None
    if maintenant - ligne.vue_le > _PAS:
        ligne.vue_le = maintenant
    return compte


def close_session(db_session: Session, jeton: str) -> None:
    """Close one session; an unknown token changes nothing."""
    db_session.execute(delete(SessionCompte).where(SessionCompte.empreinte == digest(jeton)))


def close_sessions(db_session: Session, compte: Compte, *, sauf: str = "") -> None:
    """Close the sessions of an account (new role, new password, deactivation), but the one of ``sauf``."""
    siennes = delete(SessionCompte).where(SessionCompte.compte_id == compte.id)
    db_session.execute(siennes.where(SessionCompte.empreinte != digest(sauf)))


def count_sessions(db_session: Session, compte: Compte) -> int:
    """How many sessions of an account are kept."""
    lignes = select(SessionCompte.empreinte).where(SessionCompte.compte_id == compte.id)
    return len(list(db_session.scalars(lignes)))
