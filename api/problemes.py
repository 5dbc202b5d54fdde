"""Errors as RFC 9457 problem details, in French."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from knowledge import BesoinInconnu, CritereInconnu, ErreurPasserelle, ErreurSituation, FicheIntrouvable

TYPE_MEDIA = "application/problem+json"
_TITRES = {
    400: "Demande incorrecte",
    404: "Introuvable",
    405: "Méthode non permise",
    413: "Message trop long",
    415: "Format non accepté",
    422: "Demande incomplète ou incorrecte",
    429: "Trop de demandes",
    500: "Erreur de notre côté",
    503: "Service en préparation",
}


class Probleme(Exception):
    """An error to be answered as it is; ``detail`` is a French sentence for the person."""

    def __init__(self, statut: int, detail: str, *, attendre: int | None = None, **complements: Any) -> None:
        super().__init__(detail)
        self.statut = statut
        self.detail = detail
        self.attendre = attendre
        self.complements = complements


def build_reponse(probleme: Probleme) -> JSONResponse:
    """The problem as a response, with ``Retry-After`` when waiting helps."""
    contenu = {
        "type": "about:blank",
        "title": _TITRES.get(probleme.statut, "Erreur"),
        "status": probleme.statut,
        "detail": probleme.detail,
        **probleme.complements,
    }
    entetes = {"Retry-After": str(probleme.attendre)} if probleme.attendre else None
    return JSONResponse(contenu, status_code=probleme.statut, media_type=TYPE_MEDIA, headers=entetes)


def install_problemes(app: FastAPI) -> None:
    """Make every error of the application a problem detail."""

    @app.exception_handler(Probleme)
    async def _probleme(_: Request, erreur: Probleme) -> JSONResponse:
        return build_reponse(erreur)

    @app.exception_handler(ErreurPasserelle)
    async def _passerelle(_: Request, erreur: ErreurPasserelle) -> JSONResponse:
        return build_reponse(to_probleme(erreur))

    @app.exception_handler(RequestValidationError)
    async def _validation(_: Request, erreur: RequestValidationError) -> JSONResponse:
        return build_reponse(Probleme(422, describe_validation(erreur)))

    @app.exception_handler(HTTPException)
    async def _http(_: Request, erreur: HTTPException) -> JSONResponse:
        details = {404: "Cette adresse n'existe pas.", 405: "Cette méthode n'est pas permise ici."}
        return build_reponse(
            Probleme(erreur.status_code, details.get(erreur.status_code, str(erreur.detail)))
        )

    @app.exception_handler(Exception)
    async def _inattendue(_: Request, __: Exception) -> JSONResponse:
        return build_reponse(
            Probleme(500, "Une erreur est survenue de notre côté. Réessayez dans un instant.")
        )


def to_probleme(erreur: ErreurPasserelle) -> Probleme:
    """The HTTP status that fits an error of the core."""
    if isinstance(erreur, CritereInconnu):
        return Probleme(422, str(erreur), cle=erreur.critere, proche=erreur.proche)
    if isinstance(erreur, ErreurSituation):
        return Probleme(422, str(erreur), cle=erreur.critere)
    if isinstance(erreur, BesoinInconnu):
        return Probleme(422, str(erreur), besoin=erreur.besoin, proche=erreur.proche)
    if isinstance(erreur, FicheIntrouvable):
        return Probleme(404, str(erreur), proche=erreur.proche)
    return Probleme(500, "Une erreur est survenue de notre côté. Réessayez dans un instant.")


_MESSAGES = {
    "missing": "il manque",
    "string_too_long": "le texte est trop long :",
    "string_too_short": "le texte est vide :",
    "extra_forbidden": "ce champ n'existe pas :",
    "json_invalid": "le JSON est mal écrit",
    "date_from_datetime_parsing": "la date doit être écrite AAAA-MM-JJ :",
    "date_parsing": "la date doit être écrite AAAA-MM-JJ :",
}


def describe_validation(erreur: RequestValidationError) -> str:
    """The faults of a request as one French sentence."""
    fautes = []
    for detail in erreur.errors():
        lieu = ".".join(str(part) for part in detail["loc"] if part not in ("body", "query", "path"))
        message = _MESSAGES.get(detail["type"], "valeur incorrecte :")
        fautes.append(f"{message} {lieu}".strip())
    return "La demande ne peut pas être lue : " + " ; ".join(fautes) + "."
