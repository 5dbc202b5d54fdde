"""The pages of the prescripteurs' space. A route reads the address, calls a service, renders a template."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import RedirectResponse

from api.dependances import Aujourdhui, LaBase
from api.prescripteurs.demande import parse_parametres, read_demande
from api.prescripteurs.dessin import STATUTS, draw_carte
from api.prescripteurs.enchainements import (
    find_arrivees,
    find_chemins,
    find_departs,
    find_fermes,
    list_passages,
    list_relies,
)
from api.prescripteurs.exemples import (
    PROFIL,
    list_champs,
)
from api.prescripteurs.pages import RouteDePage, build_page, get_moteur, get_options, read_adresse
from api.prescripteurs.recherche import GENRES
from api.prescripteurs.routes_fiches import add_exemples, add_fiches
from api.prescripteurs.services import find_resultat, list_resume
from knowledge import Base

PREFIXE = "/prescripteurs"


def install_prescripteurs(app: FastAPI) -> None:
    """Add the pages of the space to the application."""
    router = APIRouter(prefix=PREFIXE, include_in_schema=False, route_class=RouteDePage)
    _add_recherche(router)
    _add_enchainements(router)
    add_fiches(router)
    add_exemples(router)
    app.include_router(router)


def _add_recherche(router: APIRouter) -> None:
    @router.get("")
    def read_recherche(request: Request, base: LaBase, jour: Aujourdhui) -> Response:
        reponse = _list_reponse(request, base, jour)
        champs = _list_formulaire(request, base)
        return build_page(request, "recherche.html", base=base, jour=jour, **reponse, **champs)

    @router.get("/resultats")
    def read_resultats(request: Request, base: LaBase, jour: Aujourdhui) -> Response:
        reponse = _list_reponse(request, base, jour)
        return build_page(request, "_resultats.html", base=base, jour=jour, **reponse)

    @router.get("/")
    def read_racine() -> Response:
        return RedirectResponse(PREFIXE, status_code=308)


def _list_reponse(request: Request, base: Base, jour: date) -> dict[str, Any]:
    """What the results show."""
    demande = read_adresse(request, base, jour)
    return {
        "demande": demande,
        "trouvailles": get_moteur(request, base).search(demande.q, limite=12) if demande.q else [],
        "genres": GENRES,
        "resultat": find_resultat(demande, base=base, jour=jour),
        "resume": list_resume(demande.to_situation(base), base),
    }


def _list_formulaire(request: Request, base: Base) -> dict[str, Any]:
    """What the form offers."""
    return {
        "options": get_options(request, base),
        "metiers": [x.titre for x in get_moteur(request, base).documents if x.genre == "metier"],
    }


def _add_enchainements(router: APIRouter) -> None:
    @router.get("/enchainements")
    def read_enchainements(request: Request, base: LaBase, jour: Aujourdhui) -> Response:
        parametres = parse_parametres(request.url.query)
        champs = dict(parametres)
        exemple = base.catalogue.parcours_types.get(champs.get("depart", "").removeprefix(PROFIL))
        demande = read_demande(parametres if exemple is None else list_champs(exemple), base=base, jour=jour)
        statuts = [valeur for nom, valeur in parametres if nom == "statut" and valeur in STATUTS] or STATUTS
        passages = list_passages(base, statuts=statuts)
        depart = champs.get("depart", "") if champs.get("depart", "") in base.catalogue.dispositifs else ""
        but = champs.get("but", "") if champs.get("but", "") in base.referentiels.besoins else ""
        if exemple is not None:
            depart = f"{PROFIL}{exemple.id}"
        departs = [depart] if depart and exemple is None else find_departs(demande, base=base, jour=jour)
        chemins = find_chemins(
            passages,
            departs=departs,
            arrivees=find_arrivees(but, base),
            fermes=find_fermes(demande, base=base, jour=jour),
        )
        return build_page(
            request,
            "enchainements.html",
            base=base,
            jour=jour,
            demande=demande,
            resume=list_resume(demande.to_situation(base), base),
            statuts=statuts,
            depart=depart,
            but=but,
            passages=passages,
            chemins=chemins,
            profils=[(f"{PROFIL}{cle}", x.titre) for cle, x in base.catalogue.parcours_types.items()],
            relies=[(fiche.id, fiche.nom) for fiche in list_relies(base)],
            adresse_depart=lambda cle: _write_depart(parametres, cle),
            dessin=draw_carte(base, statuts=statuts),
            allumes={(p.de.id, p.vers.id) for chemin in chemins for p in chemin.passages},
            boites_allumees={f.id for chemin in chemins for f in chemin.fiches}
            | ({depart} if depart else set()),
        )


def _write_depart(parametres: list[tuple[str, str]], depart: str) -> str:
    """The same map, starting from another dispositif."""
    champs = [(nom, valeur) for nom, valeur in parametres if nom != "depart"]
    return f"{PREFIXE}/enchainements?{urlencode([*champs, ('depart', depart)])}#chemins"
