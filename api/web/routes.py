"""The jobseeker's pages: home and conversation, plain form, frame for other sites, static files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.middleware.gzip import GZipMiddleware

from api.avis.services import CONSERVATION_JOURS
from api.dependances import Aujourdhui, LaBase, LeDialogue, LesReglages
from api.dialogue import Dialogue
from api.orientation.services import to_question_json
from api.partages.services import DUREES_JOURS
from api.problemes import Probleme
from api.textes import clean_texte
from api.web.avis import add_avis
from api.web.formulaire import Saisie, apply_action, find_question, list_faits, read_saisie, to_situation
from api.web.garder import add_garder
from api.web.pages import RouteDePage, build_resultat, install_introuvable, list_accueil, read_corps
from api.web.rendu import Rendu, load_rendu
from api.web.statiques import Statiques, load_statiques
from knowledge import (
    SCORE_BESOIN_DIT,
    Base,
    QuestionSuivante,
    find_secours,
    get_question_suivante,
    read_faits,
)

DOSSIER = Path(__file__).parent


def install_web(app: FastAPI) -> None:
    """Add the pages to the application, and compress every answer worth it (a result is 56 kB, 6 kB compressed)."""
    statiques = load_statiques(DOSSIER / "static")
    app.state.rendu = load_rendu(DOSSIER, statiques)
    app.include_router(create_router(app.state.rendu, statiques))
    install_introuvable(app)
    app.add_middleware(GZipMiddleware, minimum_size=1024)


def create_router(rendu: Rendu, statiques: Statiques) -> APIRouter:
    """The router of the pages, from the templates and static files read once."""
    router = APIRouter(include_in_schema=False, route_class=RouteDePage)
    _add_pages(router, rendu)
    _add_formulaire(router, rendu)
    add_garder(router, rendu)
    add_avis(router, rendu)
    _add_fichiers(router, statiques)
    return router


def _add_pages(router: APIRouter, rendu: Rendu) -> None:
    @router.get("/")
    def read_accueil(request: Request, base: LaBase) -> Response:
        return rendu.build_page(request, "accueil.html", integre=False, **list_accueil(base))

    @router.get("/integration")
    def read_integration(request: Request, base: LaBase, reglages: LesReglages) -> Response:
        cadres = ("'self'", *reglages.origines_widget)
        return rendu.build_page(request, "accueil.html", integre=True, cadres=cadres, **list_accueil(base))

    @router.get("/integrer")
    def read_integrer(request: Request, reglages: LesReglages) -> Response:
        adresse = str(request.base_url).rstrip("/")
        return rendu.build_page(
            request, "integrer.html", langue="fr", adresse=adresse, origines=reglages.origines_widget
        )

    @router.get("/vos-donnees")
    def read_donnees(request: Request, reglages: LesReglages) -> Response:
        return rendu.build_page(
            request,
            "donnees.html",
            langue="fr",
            conversation_jours=reglages.conversation_jours,
            avis_mois=round(12 * CONSERVATION_JOURS / 365),
            durees=DUREES_JOURS,
        )

    @router.get("/accessibilite")
    def read_accessibilite(request: Request, reglages: LesReglages) -> Response:
        contact = reglages.contact_accessibilite
        return rendu.build_page(request, "accessibilite.html", langue="fr", contact=contact)


def _add_formulaire(router: APIRouter, rendu: Rendu) -> None:
    @router.get("/parcours")
    def read_besoins(request: Request, base: LaBase) -> Response:
        return _build_besoins(rendu, request, base, Saisie())

    @router.post("/parcours")
    async def send_parcours(
        request: Request, base: LaBase, dialogue: LeDialogue, reglages: LesReglages, jour: Aujourdhui
    ) -> Response:
        saisie = read_saisie(await read_corps(request), base=base)
        if not saisie.besoins and saisie.texte:
            texte = clean_texte(saisie.texte, maximum=reglages.texte_max)
            saisie, urgence = await _recognize(texte, base=base, dialogue=dialogue, saisie=saisie, jour=jour)
            message = "formulaire.compris" if saisie.besoins else "formulaire.non_compris"
            return _build_besoins(
                rendu, request, base, saisie, message="" if urgence else message, urgence=urgence
            )
        if not saisie.besoins or saisie.action == "besoins:changer":
            erreur = "formulaire.erreur.besoin" if saisie.action == "besoins" else ""
            return _build_besoins(rendu, request, base, replace(saisie, erreur=erreur))
        saisie = apply_action(saisie, base=base, jour=jour)
        return await run_in_threadpool(_build_suite, rendu, request, base, saisie, jour)


def _add_fichiers(router: APIRouter, statiques: Statiques) -> None:
    @router.get("/sw.js")
    def read_service_worker(request: Request) -> Response:
        reponse = statiques.build_reponse(request, "sw.js", immuable=False)
        reponse.headers["Cache-Control"] = "no-cache"
        return reponse

    @router.get("/favicon.ico")
    def read_favicon() -> Response:
        return RedirectResponse(statiques.get_url("icone.svg"), status_code=308)

    @router.get("/static/{chemin:path}")
    def read_statique(request: Request, chemin: str) -> Response:
        empreinte, _, reste = chemin.partition("/")
        if empreinte == statiques.empreinte:
            return statiques.build_reponse(request, reste, immuable=True)
        # An address without fingerprint (the widget's), or with an old one (a page opened before an update).
        chemin = reste if chemin not in statiques.fichiers and reste in statiques.fichiers else chemin
        return statiques.build_reponse(request, chemin, immuable=False)


def _build_besoins(
    rendu: Rendu,
    request: Request,
    base: Base,
    saisie: Saisie,
    *,
    message: str = "",
    urgence: str = "",
) -> Response:
    return rendu.build_page(
        request,
        "parcours_besoins.html",
        statut=422 if saisie.erreur else 200,
        saisie=saisie,
        message=message,
        secours=find_secours(base, urgence) if urgence else None,
        **list_accueil(base),
    )


async def _recognize(
    texte: str, *, base: Base, dialogue: Dialogue, saisie: Saisie, jour: date
) -> tuple[Saisie, str]:
    """Needs and facts read in free text, for the person to check; and the kind of emergency, or an empty string."""
    try:
        lu = await dialogue.parse(texte)
    except Probleme:
        lu = {}
    intention = lu.get("intent") or ""
    est_urgence = intention.startswith("urgence_")
    urgence = intention.removeprefix("urgence_").replace("_", "-") if est_urgence else ""
    besoins = tuple(
        besoin["id"]
        for besoin in lu.get("besoins", [])
        if besoin["id"] in base.referentiels.besoins and besoin["score"] >= SCORE_BESOIN_DIT
    )
    lus = read_faits(texte, base=base, jour=jour).faits
    faits = {cle: valeur for cle, valeur in lus.items() if valeur is not None}
    return replace(saisie, besoins=besoins, faits=saisie.faits | faits), urgence


def _build_suite(rendu: Rendu, request: Request, base: Base, saisie: Saisie, jour: date) -> Response:
    """The next question, or the result."""
    situation = to_situation(saisie, base=base)
    reposee = saisie.action == "reposer" or saisie.erreur or saisie.communes
    question: QuestionSuivante | None
    if reposee and saisie.question:
        question = get_question_suivante(base, saisie.question)
    else:
        question = find_question(saisie, situation, base=base, jour=jour)
    if question is None:
        return build_resultat(rendu, request, base, saisie, jour)
    return rendu.build_page(
        request,
        "parcours_question.html",
        statut=422 if saisie.erreur else 200,
        question=to_question_json(question),
        saisie=saisie,
        faits=list_faits(situation, base=base),
        **list_accueil(base),
    )
