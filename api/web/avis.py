"""« Cela vous a-t-il aidé ? » and « Signaler une erreur » as plain forms."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from api.avis.routes import check_debit_avis, check_fiche
from api.avis.services import Genre, Reponse, create_avis, create_signalement
from api.dependances import LaBase
from api.stockage import LaSession
from api.web.formulaire import Saisie, read_saisie
from api.web.pages import Champs, list_accueil, read_corps
from api.web.rendu import Rendu
from knowledge import Base


def add_avis(router: APIRouter, rendu: Rendu) -> None:
    """Add the two forms and their thanks."""

    @router.post("/avis")
    async def send_avis(request: Request, base: LaBase, db_session: LaSession) -> Response:
        corps = await read_corps(request)
        champs, saisie = Champs(corps), read_saisie(corps, base=base)
        choisie = champs.get("avis")
        if choisie not in {reponse.value for reponse in Reponse}:
            return _build_avis(rendu, request, base, saisie, vue="avis")
        check_debit_avis(request)
        await run_in_threadpool(
            create_avis,
            db_session,
            reponse=Reponse(choisie),
            phrase=champs.get("phrase"),
            langue=rendu.choose_langue(request),
        )
        return _build_avis(rendu, request, base, saisie, vue="merci")

    @router.post("/signaler")
    async def send_signalement(request: Request, base: LaBase, db_session: LaSession) -> Response:
        corps = await read_corps(request)
        champs, saisie = Champs(corps), read_saisie(corps, base=base)
        fiche, genre = check_fiche(base, champs.get("fiche")), champs.get("genre")
        if genre not in {connu.value for connu in Genre}:
            manque = bool(champs.get("envoi"))
            return _build_avis(rendu, request, base, saisie, vue="signaler", fiche=fiche, manque=manque)
        check_debit_avis(request)
        await run_in_threadpool(
            create_signalement, db_session, genre=Genre(genre), fiche=fiche, phrase=champs.get("phrase")
        )
        return _build_avis(rendu, request, base, saisie, vue="merci_signaler")


def _build_avis(
    rendu: Rendu,
    request: Request,
    base: Base,
    saisie: Saisie,
    *,
    vue: str,
    fiche: str | None = None,
    manque: bool = False,
) -> Response:
    return rendu.build_page(
        request,
        "avis.html",
        statut=422 if manque else 200,
        vue=vue,
        fiche=fiche or "",
        nom=find_nom(base, fiche),
        manque=manque,
        saisie=saisie,
        genres=[genre.value for genre in Genre],
        **list_accueil(base),
    )


def find_nom(base: Base, fiche: str | None) -> str:
    """The name of a sheet, of a dispositif or of a formation; empty when there is none."""
    if fiche and fiche in base.catalogue.dispositifs:
        return base.catalogue.dispositifs[fiche].nom
    formation = base.catalogue.formations.get(fiche or "")
    return getattr(formation, "intitule", "") or ""
