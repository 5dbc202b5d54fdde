"""How a page of the space is made: in French, never kept by a shared cache, a page too when a sheet does not exist."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import date
from typing import Any, TypeVar

from fastapi import Request, Response
from fastapi.routing import APIRoute

from api.prescripteurs.demande import Demande, parse_parametres, read_demande
from api.prescripteurs.dessin import write_nom_court
from api.prescripteurs.filtres import list_options
from api.prescripteurs.recherche import Moteur, build_moteur
from knowledge import Base, FicheIntrouvable, is_perime

T = TypeVar("T")


def build_page(
    request: Request, modele: str, *, base: Base, jour: date, statut: int = 200, **valeurs: Any
) -> Response:
    """A page of the space. An address may hold facts about a person: nothing on the way keeps the page."""
    reponse: Response = request.app.state.rendu.build_page(
        request,
        f"prescripteurs/{modele}",
        langue="fr",
        statut=statut,
        base=base,
        referentiels=base.referentiels,
        jour=jour,
        nom_court=write_nom_court,
        est_perime=lambda source: bool(source) and is_perime(source, jour),
        **valeurs,
    )
    reponse.headers["Cache-Control"] = "private, no-store"
    return reponse


class RouteDePage(APIRoute):
    """A route whose "not found" is a page with the nearest sheet, not a problem detail."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler of the route, with its "not found" turned into a page."""
        suite = super().get_route_handler()

        async def repondre(request: Request) -> Response:
            try:
                return await suite(request)
            except FicheIntrouvable as erreur:
                state = request.app.state
                return build_page(
                    request,
                    "introuvable.html",
                    base=state.base,
                    jour=state.aujourd_hui(),
                    statut=404,
                    proche=erreur.proche,
                )

        return repondre


def get_moteur(request: Request, base: Base) -> Moteur:
    """The search index of this base."""
    return _keep(request, base, "moteur_prescripteurs", build_moteur)


def get_options(request: Request, base: Base) -> dict[str, list[tuple[str, str]]]:
    """The choices of each filter in this base: see ``list_options``."""
    return _keep(request, base, "options_prescripteurs", list_options)


def _keep(request: Request, base: Base, nom: str, build: Callable[[Base], T]) -> T:
    """What is made of the base, at the first use only."""
    connu: tuple[Base, T] | None = getattr(request.app.state, nom, None)
    if connu is None or connu[0] is not base:
        connu = (base, build(base))
        setattr(request.app.state, nom, connu)
    return connu[1]


def read_adresse(request: Request, base: Base, jour: date) -> Demande:
    """The query in the address of the page."""
    return read_demande(parse_parametres(request.url.query), base=base, jour=jour)
