"""The dialogue over HTTP, on the loopback only: ``python -m bot.server``.

The port opens at once; Rasa loads behind it, and ``GET /sante`` says how far it is. No message text is ever logged.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import time
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.confidentialite import load_confidentialite
from bot.langues import LANGUES, Traducteur, build_traducteurs

HOTE = "127.0.0.1"
MODELE_PAR_DEFAUT = "models/passerelle.tar.gz"
_TEXTE_MAX = 5000
_REPONSES_GARDEES = 2000
_ESSAIS = {
    "j'ai du mal à m'exprimer en français": "parler_francais",
    "je cherche du travail": "trouver_un_emploi",
    "bonjour": "saluer",
}
_SECONDES_D_ARRET = 3
_LONGUE_ABSENCE = 6 * 3600.0
_RETOUR: dict[str, Any] = {
    "texte": "Vous revoilà. J'ai gardé vos réponses : nous reprenons là où nous en étions.",
    "boutons": [
        {"libelle": "Voir ce que vous avez compris", "choix": "/demander_recapitulatif"},
        {"libelle": "Tout recommencer", "choix": "/recommencer"},
    ],
    "charge_utile": None,
}


@dataclass(slots=True)
class Cerveau:
    """The loaded agent, or why it is not there yet."""

    modele: Path
    agent: Any = None
    store: Any = None
    etape: str = "démarrage"
    erreur: str | None = None
    confidentialite: Any = None
    traducteurs: dict[str, Traducteur] = field(default_factory=dict)
    deja: OrderedDict[tuple[str, str], asyncio.Future[list[dict[str, Any]]]] = field(
        default_factory=OrderedDict
    )


def load(cerveau: Cerveau) -> None:
    """Load Rasa, the model and the base (several seconds, in a thread); failures are kept as a French sentence."""
    try:
        _load(cerveau)
    except Exception as erreur:
        logging.getLogger(__name__).error("chargement impossible : %s", type(erreur).__name__)
        cerveau.erreur = (
            cerveau.erreur or f"Le modèle ne se charge pas ({type(erreur).__name__}). Lancez make entrainer."
        )


def _load(cerveau: Cerveau) -> None:
    if not cerveau.modele.exists():
        cerveau.erreur = f"Le modèle {cerveau.modele} manque. Lancez make entrainer."
        return
    cerveau.etape = "chargement de Rasa"
    from rasa.core.agent import Agent
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.WARNING)
    from actions.base import get_base
    from bot.accelerations import install_accelerations
    from bot.actions_en_processus import ActionsEnProcessus
    from bot.stores import ConversationStore, build_lock_store
    from knowledge import load_traductions

    install_accelerations()
    cerveau.etape = "chargement de la base de connaissances"
    get_base()
    cerveau.etape = "chargement du modèle"
    agent = Agent.load(
        str(cerveau.modele), action_endpoint=ActionsEnProcessus(), lock_store=build_lock_store()
    )
    agent.tracker_store = ConversationStore(agent.domain)
    agent.processor.tracker_store = agent.tracker_store
    agent.action_endpoint.selective_domain = True
    cerveau.store = agent.tracker_store
    cerveau.confidentialite = load_confidentialite()
    cerveau.traducteurs = build_traducteurs(load_traductions())
    cerveau.etape = "vérification du modèle"
    ecarts = asyncio.run(_check(agent))
    if ecarts:
        cerveau.erreur = "Le modèle ne comprend pas les phrases d'essai. Lancez make entrainer."
        return
    gc.collect()
    gc.freeze()  # the model never dies: walking it again at each collection would cost 100 ms to some messages
    cerveau.agent = agent
    cerveau.etape = "prêt"


async def _check(agent: Any) -> list[str]:
    """Sentences that a loaded model must understand; a model can load untrained without a word."""
    return [
        texte
        for texte, attendu in _ESSAIS.items()
        if (await agent.parse_message(texte))["intent"]["name"] != attendu
    ]


def build_probleme(statut: int, detail: str, **suite: Any) -> JSONResponse:
    """An error with a French sentence."""
    return JSONResponse({"status": statut, "detail": detail, **suite}, status_code=statut)


def read_attente(cerveau: Cerveau) -> JSONResponse | None:
    """The answer while nothing can be said yet; None once the agent is there."""
    if cerveau.agent is not None:
        return None
    if cerveau.erreur:
        return build_probleme(503, cerveau.erreur, etat="erreur")
    return build_probleme(503, "Le dialogue se prépare.", etat="demarrage", etape=cerveau.etape)


async def read_sante(request: Request) -> JSONResponse:
    """State of the process."""
    cerveau: Cerveau = request.app.state.cerveau
    return read_attente(cerveau) or JSONResponse({"etat": "ok", "modele": cerveau.modele.name})


async def parse(request: Request) -> JSONResponse:
    """What a text means: intent, ranking, needs, language."""
    cerveau: Cerveau = request.app.state.cerveau
    attente = read_attente(cerveau)
    if attente is not None:
        return attente
    texte = neutralise((await request.json()).get("texte") or "")
    if len(texte) > _TEXTE_MAX:
        return build_probleme(413, "Le message est trop long.")
    texte, _ = cerveau.confidentialite.remove_numeros(texte)
    return JSONResponse(to_reconnaissance(await cerveau.agent.parse_message(texte)))


def to_reconnaissance(lu: dict[str, Any]) -> dict[str, Any]:
    """What the edge and the measures need of a message read by Rasa: intent, ranking, needs, whether none applies."""
    intention = lu["intent"]["name"] or ""
    besoins = [] if intention == "hors_sujet" else lu.get("besoins") or []
    return {
        "intent": intention,
        "ranking": lu.get("intent_ranking") or [],
        "besoins": besoins,
        "hors_sujet": intention == "hors_sujet" or (not besoins and not intention.startswith("urgence_")),
        "langue": lu.get("langue") or "fr",
    }


def neutralise(texte: str) -> str:
    """The text without the leading « / » that Rasa would read as an intent of ours."""
    return texte.strip().lstrip("/").strip() or "…"


async def send_message(request: Request) -> JSONResponse:
    """A text of the person, or a payload issued by our edge; the answer of the dialogue."""
    cerveau: Cerveau = request.app.state.cerveau
    attente = read_attente(cerveau)
    if attente is not None:
        return attente
    identifiant = request.path_params["identifiant"]
    demande = await request.json()
    if len(demande.get("texte") or "") > _TEXTE_MAX:
        return build_probleme(413, "Le message est trop long.")
    if not demande.get("id_message"):
        return JSONResponse({"messages": await answer(cerveau, identifiant, demande)})
    cle = (identifiant, str(demande["id_message"]))
    if cle in cerveau.deja:
        return JSONResponse({"messages": await asyncio.shield(cerveau.deja[cle])})
    attendue: asyncio.Future[list[dict[str, Any]]] = asyncio.get_running_loop().create_future()
    cerveau.deja[cle] = attendue
    while len(cerveau.deja) > _REPONSES_GARDEES:
        cerveau.deja.popitem(last=False)
    try:
        messages = await answer(cerveau, identifiant, demande)
    except BaseException:
        # The same message sent again must be handled, not answered with this failure.
        cerveau.deja.pop(cle, None)
        attendue.cancel()
        raise
    attendue.set_result(messages)
    return JSONResponse({"messages": messages})


async def answer(cerveau: Cerveau, identifiant: str, demande: dict[str, Any]) -> list[dict[str, Any]]:
    """What Passerelle answers, in the language of the conversation, warnings about personal data first."""
    charge, texte = demande.get("charge"), neutralise(demande.get("texte") or "")
    avis = []
    if not charge:
        texte, numeros = cerveau.confidentialite.remove_numeros(texte)
        genres = [("numeros", numeros), ("sante", cerveau.confidentialite.has_sante(texte))]
        avis = [cerveau.confidentialite.avis[genre] for genre, trouve in genres if trouve]
    revient = not charge and cerveau.store.read_absence(identifiant) > _LONGUE_ABSENCE
    if demande.get("langue") in LANGUES:
        await set_langue(cerveau, identifiant, demande["langue"])
    reponses = await cerveau.agent.handle_text(charge or texte, sender_id=identifiant)
    messages = [{"texte": phrase, "boutons": [], "charge_utile": None} for phrase in avis]
    messages += [_RETOUR] if revient else []
    messages += [to_message(reponse) for reponse in reponses or []]
    traducteur = cerveau.traducteurs.get(cerveau.store.read_langue(identifiant))
    return [traducteur.traduire_message(message) for message in messages] if traducteur else messages


async def set_langue(cerveau: Cerveau, identifiant: str, langue: str) -> None:
    """Follow the language of the page when it changes; one said in the conversation stays until then."""
    from rasa.shared.core.events import SlotSet

    if cerveau.store.read_langue_de_la_page(identifiant) == langue:
        return
    async with cerveau.agent.lock_store.lock(identifiant):
        tracker = await cerveau.agent.processor.fetch_tracker_with_initial_session(identifiant)
        if tracker.get_slot("langue_page") == langue:
            return
        tracker.update(SlotSet("langue_page", langue))
        tracker.update(SlotSet("langue", langue))
        await cerveau.agent.processor.save_tracker(tracker)


def to_message(reponse: dict[str, Any]) -> dict[str, Any]:
    """A message of Rasa in our own words."""
    return {
        "texte": reponse.get("text") or "",
        "boutons": [
            {"libelle": bouton["title"], "choix": bouton["payload"]}
            for bouton in reponse.get("buttons") or []
        ],
        "charge_utile": reponse.get("custom"),
    }


async def read_conversation(request: Request) -> JSONResponse:
    """The last exchanges and what was understood."""
    cerveau: Cerveau = request.app.state.cerveau
    attente = read_attente(cerveau)
    if attente is not None:
        return attente
    tracker = await cerveau.store.retrieve(request.path_params["identifiant"])
    if tracker is None:
        return JSONResponse({"existe": False, "messages": []})
    from knowledge import criteres_de_situation

    slots = tracker.current_slot_values()
    situation = {cle: slots[cle] for cle in criteres_de_situation() if slots.get(cle) is not None}
    lus = cerveau.store.read_messages(request.path_params["identifiant"])
    messages = [message for evenement in lus if (message := to_passe(evenement))]
    traducteur = cerveau.traducteurs.get(slots.get("langue") or "fr")
    if traducteur is not None:
        messages = [
            traducteur.traduire_message(message) if message["auteur"] == "passerelle" else message
            for message in messages
        ]
    return JSONResponse(
        {"existe": True, "messages": messages, "situation": situation, "besoins": slots.get("besoins") or []}
    )


def to_passe(evenement: dict[str, Any]) -> dict[str, Any] | None:
    """A past message of the person or of Passerelle; None for the press of a button."""
    texte, horodatage = evenement.get("text") or "", evenement.get("timestamp")
    if evenement["event"] == "user":
        if texte.startswith("/"):
            return None
        return {"auteur": "personne", "texte": texte, "boutons": [], "horodatage": horodatage}
    donnees = {**(evenement.get("data") or {}), "text": texte}
    return {"auteur": "passerelle", **to_message(donnees), "horodatage": horodatage}


async def forget(request: Request) -> Response:
    """Erase the conversation."""
    cerveau: Cerveau = request.app.state.cerveau
    attente = read_attente(cerveau)
    if attente is not None:
        return attente
    identifiant = request.path_params["identifiant"]
    async with cerveau.agent.lock_store.lock(identifiant):
        await cerveau.store.delete(identifiant)
    for cle in [cle for cle in cerveau.deja if cle[0] == identifiant]:
        cerveau.deja.pop(cle, None)
    return Response(status_code=204)


async def refuse(request: Request, erreur: Exception) -> JSONResponse:
    """An unexpected failure: said plainly, its kind logged, never the message."""
    logging.getLogger(__name__).error("erreur du dialogue : %s", type(erreur).__name__)
    return build_probleme(
        500, "Le dialogue a rencontré une erreur. Votre message n'est pas perdu : renvoyez-le."
    )


def create_app(modele: Path) -> Starlette:
    """The application; loading starts with it, in the background."""

    @asynccontextmanager
    async def vivre(app: Starlette) -> AsyncIterator[None]:
        tache = asyncio.get_running_loop().run_in_executor(None, load, app.state.cerveau)
        yield
        tache.cancel()

    app = Starlette(
        routes=[
            Route("/sante", read_sante),
            Route("/parse", parse, methods=["POST"]),
            Route("/conversations/{identifiant}/messages", send_message, methods=["POST"]),
            Route("/conversations/{identifiant}", read_conversation, methods=["GET"]),
            Route("/conversations/{identifiant}", forget, methods=["DELETE"]),
        ],
        exception_handlers={Exception: refuse},
        lifespan=vivre,
    )
    app.state.cerveau = Cerveau(modele=modele)
    return app


def main() -> None:
    """Serve until told to stop."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    # Set before numpy is imported: for matrices as small as a message's, a second thread waits more than it works.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    debut = time.monotonic()
    app = create_app(Path(os.environ.get("PASSERELLE_MODELE") or MODELE_PAR_DEFAUT))
    port = int(os.environ.get("PASSERELLE_BOT_PORT") or 8001)
    uvicorn.run(
        app,
        host=HOTE,
        port=port,
        ws="none",
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=_SECONDES_D_ARRET,
    )
    logging.getLogger(__name__).info("arrêt après %.0f s", time.monotonic() - debut)


if __name__ == "__main__":
    main()
