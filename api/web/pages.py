"""What the jobseeker's pages share: problems shown as pages, forms read, the result page."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import date
from typing import Any
from urllib.parse import parse_qs

from fastapi import FastAPI, Request, Response
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from api.mesures.compter import count_orientation
from api.orientation.services import orient_to_json
from api.problemes import Probleme, to_probleme
from api.web.formulaire import Saisie, list_faits, to_situation
from api.web.rendu import Rendu
from knowledge import Base, ErreurPasserelle

_CORPS_MAX = 64 * 1024
_CHAMPS_MAX = 200


class RouteDePage(APIRoute):
    """A route whose problems are shown as a page, with a way back; the API answers problem details instead."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler of the route, around which problems become pages."""
        suite = super().get_route_handler()

        async def handle(request: Request) -> Response:
            try:
                return await suite(request)
            except ErreurPasserelle as erreur:
                return _build_probleme(request, to_probleme(erreur))
            except Probleme as probleme:
                return _build_probleme(request, probleme)

        return handle


def install_introuvable(app: FastAPI) -> None:
    """Show an unknown address as a page to a browser; programs still receive the problem details set before."""
    suite: Any = app.exception_handlers[HTTPException]

    @app.exception_handler(HTTPException)
    async def _introuvable(request: Request, erreur: HTTPException) -> Response:
        if erreur.status_code != 404 or "text/html" not in request.headers.get("accept", ""):
            reponse: Response = await suite(request, erreur)
            return reponse
        return _build_probleme(request, Probleme(404, "Cette adresse n'existe pas. Repartez de l'accueil."))


def _build_probleme(request: Request, probleme: Probleme) -> Response:
    rendu: Rendu = request.app.state.rendu
    reponse = rendu.build_page(request, "probleme.html", statut=probleme.statut, detail=probleme.detail)
    if probleme.attendre:
        reponse.headers["Retry-After"] = str(probleme.attendre)
    return reponse


async def read_corps(request: Request) -> bytes:
    """The body of a form.

    Raises:
        Probleme: 413 beyond 64 kB.
    """
    corps = await request.body()
    if len(corps) > _CORPS_MAX:
        raise Probleme(413, "L'envoi est trop gros. Raccourcissez votre message.")
    return corps


class Champs:
    """The fields of a form, each as a stripped text; empty when absent."""

    def __init__(self, corps: bytes) -> None:
        try:
            self._lus = parse_qs(corps.decode("utf-8"), max_num_fields=_CHAMPS_MAX)
        except ValueError:
            raise Probleme(
                400, "Ce formulaire ne peut pas être lu. Revenez à l'accueil et recommencez."
            ) from None

    def get(self, nom: str) -> str:
        """The first value of the field."""
        return self._lus.get(nom, [""])[0].strip()

    def get_nombre(self, nom: str, *, defaut: int) -> int:
        """A small whole number; ``defaut`` when the field is absent or is not one."""
        valeur = self.get(nom)
        return int(valeur) if valeur.isdecimal() and len(valeur) < 4 else defaut


def list_accueil(base: Base) -> dict[str, Any]:
    """Needs by family and emergency numbers, as the templates show them."""
    contacts = [contact for secours in base.entraide.secours.values() for contact in secours.contacts]
    urgences = {contact.telephone: contact for contact in contacts if contact.telephone}
    familles = list(base.referentiels.besoins_par_famille.items())
    return {"familles": familles, "urgences": list(urgences.values())}


def build_resultat(
    rendu: Rendu, request: Request, base: Base, saisie: Saisie, jour: date, **valeurs: Any
) -> Response:
    """The page of the result; ``partage`` among ``valeurs`` says that it was opened with a code."""
    situation = to_situation(saisie, base=base)
    resultat = orient_to_json(
        base,
        saisie.besoins,
        situation,
        jour=jour,
        passees=saisie.passees,
        indisponibles=saisie.indisponibles,
    )
    count_orientation(request, saisie.besoins, situation.code_departement, resultat, passees=saisie.passees)
    contexte: dict[str, Any] = {
        "partage": None,
        "saisie": saisie,
        "faits": list_faits(situation, base=base),
        "resultat": resultat.model_dump(mode="json"),
        "besoins": dict(base.referentiels.besoins),
        "jour": jour,
        **list_accueil(base),
        **valeurs,
    }
    return rendu.build_page(request, "parcours_resultat.html", **contexte)
