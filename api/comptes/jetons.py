"""Cookies and form tokens: the session's token, the double-submit token of forms sent before a session."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from fastapi import Request, Response
from itsdangerous import BadSignature, URLSafeTimedSerializer

_SESSION = "passerelle_session"
_FORMULAIRE = "passerelle_formulaire"
_DUREE_FORMULAIRE = 2 * 3600


def is_sur(request: Request) -> bool:
    """Whether cookies must be kept to https: the request came by https, or the settings say that the site does."""
    return bool(request.app.state.reglages.https) or request.url.scheme == "https"


def name_cookie(request: Request, nom: str) -> str:
    """The name of a cookie; with https the browser itself refuses one set by another host (``__Host-``)."""
    return f"__Host-{nom}" if is_sur(request) else nom


def put_cookie(request: Request, reponse: Response, nom: str, valeur: str, *, duree: int | None) -> None:
    """Set a cookie that scripts cannot read and other sites cannot send with their forms."""
    reponse.set_cookie(
        name_cookie(request, nom),
        valeur,
        max_age=duree,
        path="/",
        httponly=True,
        samesite="lax",
        secure=is_sur(request),
    )


def remove_cookie(request: Request, reponse: Response, nom: str) -> None:
    """Take a cookie away from the browser."""
    reponse.delete_cookie(
        name_cookie(request, nom), path="/", httponly=True, samesite="lax", secure=is_sur(request)
    )


def read_session(request: Request) -> str:
    """The session's token, empty when the browser sent none."""
    return request.cookies.get(name_cookie(request, _SESSION), "")


def put_session(request: Request, reponse: Response, jeton: str) -> None:
    """Give the session's token to the browser, until it is closed or the session expires."""
    put_cookie(request, reponse, _SESSION, jeton, duree=None)


def remove_session(request: Request, reponse: Response) -> None:
    """Take the session's token away from the browser."""
    remove_cookie(request, reponse, _SESSION)


def digest(jeton: str) -> str:
    """What the database keeps of a token of 256 random bits; a fast digest is enough for those."""
    return hashlib.sha256(jeton.encode()).hexdigest()


def derive_csrf(jeton: str) -> str:
    """The form token of a session: known only to who holds the session, and says nothing of its token."""
    return hmac.new(jeton.encode(), b"formulaire", hashlib.sha256).hexdigest()


def check_csrf_session(jeton: str, recu: str) -> bool:
    """Whether a form belongs to this session."""
    return hmac.compare_digest(derive_csrf(jeton).encode(), recu.encode())


def read_formulaire(request: Request) -> str:
    """The double-submit token this browser already has, when it is ours and less than two hours old; else a new one."""
    connu = request.cookies.get(name_cookie(request, _FORMULAIRE), "")
    signataire = _signer(request)
    if _is_ours(signataire, connu):
        return connu
    return signataire.dumps(secrets.token_urlsafe(24))


def put_formulaire(request: Request, reponse: Response, jeton: str) -> None:
    """Give the double-submit token to the browser."""
    put_cookie(request, reponse, _FORMULAIRE, jeton, duree=_DUREE_FORMULAIRE)


def check_formulaire(request: Request, recu: str) -> bool:
    """Whether the form carries the token of this browser's cookie, signed by us."""
    connu = request.cookies.get(name_cookie(request, _FORMULAIRE), "")
    return hmac.compare_digest(connu.encode(), recu.encode()) and _is_ours(_signer(request), connu)


def _signer(request: Request) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(request.app.state.reglages.secret, salt="formulaire")


def _is_ours(signataire: URLSafeTimedSerializer, jeton: str) -> bool:
    try:
        signataire.loads(jeton, max_age=_DUREE_FORMULAIRE)
    except BadSignature:
        return False
    return True
