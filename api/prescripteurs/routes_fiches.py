"""The pages of the sheets, of the comparison and of the parcours types."""

from __future__ import annotations

from datetime import date
from typing import Any

from fastapi import APIRouter, Request, Response

from api.catalogue.parameters import IdFiche, Mots
from api.dependances import Aujourdhui, LaBase
from api.fichiers import build_fichier
from api.prescripteurs.demande import parse_parametres, read_demande
from api.prescripteurs.exemples import (
    LIENS,
    build_pdf_exemple,
    list_exemples,
    list_publics,
    order_etapes,
    write_adresse,
    write_texte,
)
from api.prescripteurs.fiches import (
    COMPARES_MAX,
    build_vue,
    list_fiches,
    list_vues,
    split_ids,
    write_condition,
)
from api.prescripteurs.pages import build_page, get_moteur, get_options, read_adresse
from api.prescripteurs.recherche import GENRES
from api.prescripteurs.services import list_resume
from knowledge import (
    Base,
    build_situation,
    get_dispositif,
    get_formation,
    get_parcours_type,
    search_formations,
)


def add_fiches(router: APIRouter) -> None:
    """Add the list of sheets, each sheet and the comparison."""

    @router.get("/fiches")
    def read_fiches(request: Request, base: LaBase, jour: Aujourdhui) -> Response:
        return build_page(
            request, "fiches.html", base=base, jour=jour, **_list_catalogue(request, base, jour)
        )

    @router.get("/dispositifs/{identifiant}")
    def read_dispositif(
        identifiant: IdFiche, request: Request, base: LaBase, jour: Aujourdhui, departement: str = ""
    ) -> Response:
        demande = read_adresse(request, base, jour)
        vue = build_vue(
            get_dispositif(base, identifiant), demande, base=base, jour=jour, departement=departement
        )
        return build_page(
            request,
            "fiche.html",
            base=base,
            jour=jour,
            vue=vue,
            departement=departement,
            dire_condition=lambda condition: write_condition(condition, base),
        )

    @router.get("/formations/{identifiant}")
    def read_formation(identifiant: IdFiche, request: Request, base: LaBase, jour: Aujourdhui) -> Response:
        fiche = get_formation(base, identifiant)
        dispositif = base.catalogue.dispositifs.get(fiche.dispositif or "")
        demande = read_adresse(request, base, jour)
        return build_page(
            request,
            "formation.html",
            base=base,
            jour=jour,
            fiche=fiche,
            dispositif=dispositif,
            vue=build_vue(dispositif, demande, base=base, jour=jour) if dispositif else None,
            dire_condition=lambda condition: write_condition(condition, base),
        )

    @router.get("/comparer")
    def read_comparer(request: Request, base: LaBase, jour: Aujourdhui) -> Response:
        parametres = parse_parametres(request.url.query)
        ids = [cle for nom, valeur in parametres if nom == "ids" for cle in valeur.split(",") if cle]
        demande = read_demande(parametres, base=base, jour=jour)
        dispositifs, formations = split_ids(ids, base)
        return build_page(
            request,
            "comparer.html",
            base=base,
            jour=jour,
            vues=list_vues(dispositifs, demande, base=base, jour=jour),
            formations=[get_formation(base, cle) for cle in formations],
            en_trop=len(set(ids)) > COMPARES_MAX,
            demande=demande,
            dire_condition=lambda condition: write_condition(condition, base),
        )


def _list_catalogue(request: Request, base: Base, jour: date) -> dict[str, Any]:
    parametres = parse_parametres(request.url.query)
    champs = dict(parametres)
    demande = read_demande(parametres, base=base, jour=jour)
    genre = champs.get("genre", "") if champs.get("genre", "") in GENRES else ""
    rome = champs.get("rome", "").upper()
    formations = []
    if genre == "formation" and not demande.q:
        niveau = int(demande.filtres.niveau) if demande.filtres.niveau.isdecimal() else None
        formations = search_formations(
            base,
            rome=rome or None,
            besoin=demande.filtres.pour or None,
            niveau=niveau,
            territoire=demande.filtres.territoire or None,
        )
    return {
        "demande": demande,
        "genre": genre,
        "rome": rome,
        "metier": base.metiers.get(rome),
        "genres": GENRES,
        "options": get_options(request, base),
        "trouvailles": get_moteur(request, base).search(demande.q, limite=60, genre=genre),
        "fiches": list_fiches(demande, base=base),
        "formations": formations,
        "termes": base.entraide.termes if genre == "terme" and not demande.q else (),
    }


def add_exemples(router: APIRouter) -> None:
    """Add the parcours types, as pages and as files."""

    @router.get("/parcours-types")
    def read_exemples(
        request: Request, base: LaBase, jour: Aujourdhui, besoin: str = "", public: str = "", q: Mots = None
    ) -> Response:
        return build_page(
            request,
            "parcours_types.html",
            base=base,
            jour=jour,
            besoin=besoin,
            public=public,
            q=q or "",
            publics=[(nom, nom) for nom in list_publics(base)],
            exemples=list_exemples(base, besoin=besoin, public=public, q=q or ""),
            adresse_de=write_adresse,
        )

    @router.get("/parcours-types/{identifiant}.txt")
    def download_texte(identifiant: IdFiche, base: LaBase, jour: Aujourdhui) -> Response:
        exemple = get_parcours_type(base, identifiant)
        return build_fichier(write_texte(exemple, base, jour=jour), f"{exemple.id}.txt", est_public=True)

    @router.get("/parcours-types/{identifiant}.pdf")
    def download_pdf(identifiant: IdFiche, base: LaBase, jour: Aujourdhui) -> Response:
        exemple = get_parcours_type(base, identifiant)
        return build_fichier(
            build_pdf_exemple(exemple, base, jour=jour), f"{exemple.id}.pdf", est_public=True
        )

    @router.get("/parcours-types/{identifiant}")
    def read_exemple(identifiant: IdFiche, request: Request, base: LaBase, jour: Aujourdhui) -> Response:
        exemple = get_parcours_type(base, identifiant)
        return build_page(
            request,
            "parcours_type.html",
            base=base,
            jour=jour,
            exemple=exemple,
            etapes=order_etapes(exemple),
            resume=list_resume(build_situation(base, exemple.situation), base),
            adresse=write_adresse(exemple),
            liens=LIENS,
        )
