"""The composition root of the edge: ``create_app`` builds everything and passes it on; importing does nothing."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date

import httpx
from fastapi import FastAPI
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from api.avis.routes import router as avis
from api.catalogue.routes import router as catalogue
from api.comptes.routes import install_comptes
from api.config import Reglages
from api.conversations.routes import router as conversations
from api.dialogue import Dialogue
from api.documents.routes import router as documents
from api.limites import Limiteur
from api.mesures.compter import install_mesures, keep_writing
from api.orientation.routes import router as orientation
from api.partages.routes import router as partages
from api.pilotage.routes import install_pilotage
from api.prescripteurs.routes import install_prescripteurs
from api.problemes import install_problemes
from api.protections import install_protections
from api.remises.routes import install_remises
from api.sante.routes import router as sante
from api.stockage import Stockage
from api.web.routes import install_web
from knowledge import Base, load_base

PREFIXE = "/api/v1"
_DESCRIPTION = """Passerelle oriente les personnes en recherche d'emploi à partir de leurs besoins.
Une clé absente d'une situation veut dire « pas su », jamais « non »."""

_ENTRE_DEUX_PURGES = 3600.0
_journal = logging.getLogger(__name__)


def _prepare(stockage: Stockage) -> None:
    """Make the tables; without its database the service still orients, and says what it cannot keep."""
    try:
        stockage.prepare()
    except SQLAlchemyError:
        _journal.warning(
            "La base n'a pas répondu au départ : rien ne pourra être gardé tant qu'elle est absente."
        )


async def _entretenir(stockage: Stockage) -> None:
    """Erase what has expired, every hour."""
    while True:
        await asyncio.sleep(_ENTRE_DEUX_PURGES)
        try:
            await run_in_threadpool(stockage.purge)
        except SQLAlchemyError:
            _journal.warning("La base n'a pas répondu : ce qui a expiré sera effacé dans une heure.")


def create_app(
    reglages: Reglages | None = None,
    *,
    base: Base | None = None,
    aujourd_hui: Callable[[], date] = date.today,
) -> FastAPI:
    """The application. ``base`` and ``aujourd_hui`` can be given by tests; else files and today's date are read."""
    reglages = reglages or Reglages.from_environnement()
    stockage = Stockage(reglages.base_url)

    @asynccontextmanager
    async def vivre(app: FastAPI) -> AsyncIterator[None]:
        # The dialogue is on the loopback: a proxy of the machine's environment must not stand between.
        async with httpx.AsyncClient(
            base_url=reglages.adresse_bot, timeout=reglages.delai_bot, trust_env=False
        ) as client:
            app.state.dialogue = Dialogue(client)
            app.state.base = base or await run_in_threadpool(load_base)
            gc.freeze()  # the base never dies: walking it again at each collection would cost 50 ms to some requests
            await run_in_threadpool(_prepare, stockage)
            entretien = asyncio.create_task(_entretenir(stockage))
            mesures = asyncio.create_task(keep_writing(app.state.mesures))
            yield
            entretien.cancel()
            mesures.cancel()
            await asyncio.gather(entretien, mesures, return_exceptions=True)
            stockage.close()

    app = FastAPI(
        title="Passerelle",
        description=_DESCRIPTION,
        version="1.0.0",
        lifespan=vivre,
        openapi_url=f"{PREFIXE}/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.state.reglages = reglages
    app.state.stockage = stockage
    app.state.limiteur = Limiteur(reglages.redis_url, facteur=reglages.facteur_debits)
    app.state.aujourd_hui = aujourd_hui
    install_mesures(app)
    install_problemes(app)
    install_protections(app)
    for router in (catalogue, orientation, conversations, sante, partages, documents, avis):
        app.include_router(router, prefix=PREFIXE)
    install_web(app)
    install_prescripteurs(app)
    install_comptes(app)
    install_remises(app)
    install_pilotage(app)
    return app
