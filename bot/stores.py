"""Memory of conversations and their locks.

The stock tracker store keeps every event for ever and walks them all at each turn: turn 200 costs thirteen times turn 1.
This one keeps what the dialogue needs (slots, active form, the last two exchanges) in one row per conversation, rewritten
at each turn in one commit, and the last messages apart, for a person who comes back. Both are forgotten after some days.
The stock lock polls every second; this one wakes at once.
"""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections import OrderedDict
from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager
from typing import Any

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LockStore
from rasa.core.tracker_store import SerializedTrackerAsText, TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import Column, Float, Integer, MetaData, String, Table, Text, delete, select
from sqlalchemy.exc import SQLAlchemyError

from bot.confidentialite import load_confidentialite
from knowledge.store.engine import open_engine

JOURS_PAR_DEFAUT = 30
_ECHANGES_GARDES = 2
_MESSAGES_GARDES = 60
_DEJA_ECRITS = "_passerelle_deja_ecrits"
_LANGUES_GARDEES = 10_000
_MENAGE_TOUS_LES = 600.0

_METADONNEES = MetaData()
_CONVERSATIONS = Table(
    "conversation",
    _METADONNEES,
    Column("id", String(64), primary_key=True),
    Column("vue_le", Float, nullable=False, index=True),
    Column("contenu", Text, nullable=False),
)
_MESSAGES = Table(
    "conversation_message",
    _METADONNEES,
    Column("rang", Integer, primary_key=True, autoincrement=True),
    Column("conversation_id", String(64), nullable=False, index=True),
    Column("contenu", Text, nullable=False),
)


class ConversationStore(TrackerStore, SerializedTrackerAsText):
    """One row per conversation: the slots and the last exchanges, as JSON. Expires after ``jours``."""

    def __init__(
        self,
        domain: Domain | None,
        host: str | None = None,
        event_broker: Any = None,
        url: str | None = None,
        jours: float | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(domain, event_broker)
        self._engine = open_engine(url)
        _METADONNEES.create_all(self._engine)
        jours = jours or float(os.environ.get("PASSERELLE_CONVERSATION_JOURS", JOURS_PAR_DEFAUT))
        self._duree = jours * 86_400
        self._dernier_menage = 0.0
        self._confidentialite = load_confidentialite()
        self._langues: OrderedDict[str, tuple[str, str | None]] = OrderedDict()

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation, or None when it does not exist or has expired."""
        requete = select(_CONVERSATIONS.c.contenu, _CONVERSATIONS.c.vue_le).where(
            _CONVERSATIONS.c.id == sender_id
        )
        with self._engine.connect() as connexion:
            ligne = connexion.execute(requete).first()
        if ligne is None or time.time() - ligne.vue_le > self._duree:
            return None
        evenements = [Event.from_parameters(donnees) for donnees in json.loads(ligne.contenu)]
        tracker = DialogueStateTracker.from_events(
            sender_id,
            [evenement for evenement in evenements if evenement is not None],
            self.domain.slots if self.domain else None,
            domain=self.domain,
        )
        setattr(tracker, _DEJA_ECRITS, len(tracker.events))
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Write the conversation, in one commit."""
        contenu = json.dumps([self._clean_evenement(e) for e in prune_events(tracker)], ensure_ascii=False)
        nouveaux = [
            {
                "conversation_id": tracker.sender_id,
                "contenu": json.dumps(self._clean_evenement(evenement), ensure_ascii=False),
            }
            for evenement in list(tracker.events)[getattr(tracker, _DEJA_ECRITS, 0) :]
            if isinstance(evenement, UserUttered | BotUttered)
        ]
        with self._engine.begin() as connexion:
            ligne = {"vue_le": time.time(), "contenu": contenu}
            connue = _CONVERSATIONS.update().where(_CONVERSATIONS.c.id == tracker.sender_id).values(ligne)
            if not connexion.execute(connue).rowcount:
                connexion.execute(_CONVERSATIONS.insert().values(id=tracker.sender_id, **ligne))
            if nouveaux:
                connexion.execute(_MESSAGES.insert(), nouveaux)
        setattr(tracker, _DEJA_ECRITS, len(tracker.events))
        self._note_langue(tracker)
        self._clean()

    def _clean_evenement(self, evenement: Event) -> dict[str, Any]:
        """An event as it is kept: without what the person should not have told, and without the ranking of intents."""
        donnees = self._confidentialite.clean_evenement(evenement.as_dict())
        if isinstance(evenement, UserUttered):
            lu = donnees.get("parse_data") or {}
            donnees["parse_data"] = {cle: lu[cle] for cle in ("intent", "entities", "text") if cle in lu}
        return donnees

    def read_messages(self, sender_id: str) -> list[dict[str, Any]]:
        """The last messages of both sides, as events, oldest first; empty when there is no such conversation."""
        requete = (
            select(_MESSAGES.c.contenu)
            .where(_MESSAGES.c.conversation_id == sender_id)
            .order_by(_MESSAGES.c.rang.desc())
            .limit(_MESSAGES_GARDES)
        )
        with self._engine.connect() as connexion:
            lus = [json.loads(contenu) for contenu in connexion.execute(requete).scalars()]
        return lus[::-1]

    def _note_langue(self, tracker: DialogueStateTracker) -> None:
        self._langues[tracker.sender_id] = (
            tracker.get_slot("langue") or "fr",
            tracker.get_slot("langue_page"),
        )
        self._langues.move_to_end(tracker.sender_id)
        while len(self._langues) > _LANGUES_GARDEES:
            self._langues.popitem(last=False)

    def read_langue(self, sender_id: str) -> str:
        """Language of the conversation as last written by this process; "fr" when it wrote none lately."""
        return self._langues.get(sender_id, ("fr", None))[0]

    def read_langue_de_la_page(self, sender_id: str) -> str | None:
        """Language of the page the person last wrote from, None when this process does not remember it."""
        return self._langues.get(sender_id, ("fr", None))[1]

    def read_absence(self, sender_id: str) -> float:
        """Seconds since the conversation was last written; 0 for a new one."""
        requete = select(_CONVERSATIONS.c.vue_le).where(_CONVERSATIONS.c.id == sender_id)
        with self._engine.connect() as connexion:
            vue_le = connexion.execute(requete).scalar()
        return time.time() - vue_le if vue_le is not None else 0.0

    async def keys(self) -> Iterable[str]:
        """Ids of the conversations kept."""
        with self._engine.connect() as connexion:
            return list(connexion.execute(select(_CONVERSATIONS.c.id)).scalars())

    async def delete(self, sender_id: str) -> None:
        """Forget a conversation at once."""
        with self._engine.begin() as connexion:
            connexion.execute(delete(_MESSAGES).where(_MESSAGES.c.conversation_id == sender_id))
            connexion.execute(delete(_CONVERSATIONS).where(_CONVERSATIONS.c.id == sender_id))
        self._langues.pop(sender_id, None)

    def _clean(self) -> None:
        """Erase what has expired, now and then."""
        maintenant = time.time()
        if maintenant - self._dernier_menage < _MENAGE_TOUS_LES:
            return
        self._dernier_menage = maintenant
        try:
            with self._engine.begin() as connexion:
                perimees = select(_CONVERSATIONS.c.id).where(
                    _CONVERSATIONS.c.vue_le < maintenant - self._duree
                )
                connexion.execute(delete(_MESSAGES).where(_MESSAGES.c.conversation_id.in_(perimees)))
                connexion.execute(
                    delete(_CONVERSATIONS).where(_CONVERSATIONS.c.vue_le < maintenant - self._duree)
                )
        except SQLAlchemyError:
            self._dernier_menage = 0.0


def prune_events(tracker: DialogueStateTracker) -> list[Event]:
    """The events that rebuild the same state: slots first, then the last exchanges as they happened.

    The cut is made just before a user message that follows ``action_listen``, so that the dialogue finds a whole turn.
    """
    evenements = list(tracker.events)
    debuts = [rang for rang, evenement in enumerate(evenements) if isinstance(evenement, UserUttered)]
    if len(debuts) <= _ECHANGES_GARDES:
        return evenements
    coupe = debuts[-_ECHANGES_GARDES]
    garde = evenements[coupe:]
    anciens: dict[str, Event] = {}
    boucle: Event | None = None
    for evenement in evenements[:coupe]:
        if isinstance(evenement, SlotSet):
            anciens[evenement.key] = evenement
        elif evenement.type_name == "active_loop":
            boucle = evenement
    debut = [*anciens.values(), *([boucle] if boucle is not None else []), ActionExecuted(ACTION_LISTEN_NAME)]
    return [*debut, *garde]


class VerrousEnMemoire(LockStore):
    """One lock per conversation inside this process; the next message starts as soon as the former one ends."""

    def __init__(self) -> None:
        super().__init__()
        self._verrous: dict[str, asyncio.Lock] = {}
        self._attentes: dict[str, int] = {}

    def get_lock(self, conversation_id: str) -> TicketLock | None:
        """Not used: see ``lock``."""
        return None

    def save_lock(self, lock: TicketLock) -> None:
        """Not used: see ``lock``."""

    def delete_lock(self, conversation_id: str) -> None:
        """Not used: see ``lock``."""

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = 60.0, wait_time_in_seconds: float = 1.0
    ) -> AsyncGenerator[TicketLock, None]:
        """Hold the conversation; messages pass in the order they came."""
        verrou = self._verrous.setdefault(conversation_id, asyncio.Lock())
        self._attentes[conversation_id] = self._attentes.get(conversation_id, 0) + 1
        try:
            async with verrou:
                yield TicketLock(conversation_id)
        finally:
            self._attentes[conversation_id] -= 1
            if not self._attentes[conversation_id]:
                self._attentes.pop(conversation_id)
                self._verrous.pop(conversation_id, None)


class VerrousRedis(LockStore):
    """One lock per conversation shared by several processes, through redis-py's own lock (set-if-absent and a token)."""

    def __init__(self, url: str) -> None:
        import redis.asyncio

        super().__init__()
        self._redis = redis.asyncio.Redis.from_url(url)

    def get_lock(self, conversation_id: str) -> TicketLock | None:
        """Not used: see ``lock``."""
        return None

    def save_lock(self, lock: TicketLock) -> None:
        """Not used: see ``lock``."""

    def delete_lock(self, conversation_id: str) -> None:
        """Not used: see ``lock``."""

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = 60.0, wait_time_in_seconds: float = 1.0
    ) -> AsyncGenerator[TicketLock, None]:
        """Hold the conversation for at most ``lock_lifetime`` seconds."""
        nom = f"passerelle:verrou:{conversation_id}"
        async with self._redis.lock(nom, timeout=lock_lifetime, sleep=0.02, blocking_timeout=lock_lifetime):
            yield TicketLock(conversation_id)


def build_lock_store(url_redis: str | None = None) -> LockStore:
    """Locks in Redis when ``PASSERELLE_REDIS_URL`` is set, in memory otherwise."""
    url = url_redis or os.environ.get("PASSERELLE_REDIS_URL")
    return VerrousRedis(url) if url else VerrousEnMemoire()


__all__ = [
    "ConversationStore",
    "VerrousEnMemoire",
    "VerrousRedis",
    "build_lock_store",
    "prune_events",
]
