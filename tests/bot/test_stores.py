"""The memory of conversations and their locks: SQLite, PostgreSQL, Redis, all real."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from rasa.core.lock_store import LockStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.stores import ConversationStore, VerrousEnMemoire, VerrousRedis
from tests.services import start_postgresql, start_redis

RACINE = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def domaine() -> Domain:
    return Domain.load(str(RACINE / "bot" / "domain"))


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    with start_postgresql() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'conversations.db'}"
    adresse: str = request.getfixturevalue("postgresql")
    return adresse


def _converse(domaine: Domain, identifiant: str, tours: int) -> DialogueStateTracker:
    tracker = DialogueStateTracker(identifiant, domaine.slots)
    for tour in range(tours):
        tracker.update(ActionExecuted("action_listen"))
        tracker.update(UserUttered(f"message {tour}"))
        tracker.update(SlotSet("age_ans", 20 + tour))
    return tracker


def test_une_conversation_ecrite_se_relit(url: str, domaine: Domain) -> None:
    store = ConversationStore(domaine, url=url)
    asyncio.run(store.save(_converse(domaine, "relue", 3)))
    relue = asyncio.run(store.retrieve("relue"))
    assert relue is not None
    assert relue.get_slot("age_ans") == 22


def test_apres_deux_cents_tours_seuls_les_derniers_messages_sont_gardes(url: str, domaine: Domain) -> None:
    store = ConversationStore(domaine, url=url)
    asyncio.run(store.save(_converse(domaine, "longue", 200)))
    relue = asyncio.run(store.retrieve("longue"))
    assert relue is not None
    assert relue.get_slot("age_ans") == 219
    assert sum(isinstance(evenement, UserUttered) for evenement in relue.events) == 2
    assert len(store.read_messages("longue")) == 60


def test_une_conversation_effacee_n_existe_plus(url: str, domaine: Domain) -> None:
    store = ConversationStore(domaine, url=url)
    asyncio.run(store.save(_converse(domaine, "effacee", 1)))
    asyncio.run(store.delete("effacee"))
    assert asyncio.run(store.retrieve("effacee")) is None


def test_une_conversation_trop_ancienne_est_oubliee(url: str, domaine: Domain) -> None:
    store = ConversationStore(domaine, url=url, jours=0.5 / 86_400)
    asyncio.run(store.save(_converse(domaine, "ancienne", 1)))
    time.sleep(0.6)
    assert asyncio.run(store.retrieve("ancienne")) is None


def test_un_detail_de_sante_n_est_pas_ecrit(tmp_path: Path, domaine: Domain) -> None:
    store = ConversationStore(domaine, url=f"sqlite:///{tmp_path / 'sante.db'}")
    tracker = DialogueStateTracker("sante", domaine.slots)
    tracker.update(UserUttered("je soigne un cancer", parse_data={"text": "je soigne un cancer"}))
    asyncio.run(store.save(tracker))
    ecrit = b"".join(fichier.read_bytes() for fichier in tmp_path.iterdir())
    assert b"cancer" not in ecrit


@pytest.fixture(scope="module")
def redis() -> Iterator[str]:
    with start_redis() as url:
        yield url


@pytest.fixture(params=["memoire", "redis"])
def verrous(request: pytest.FixtureRequest) -> list[LockStore]:
    """Two lock stores that must exclude each other: the same one in memory, two processes' through Redis."""
    if request.param == "memoire":
        seul = VerrousEnMemoire()
        return [seul, seul]
    url = request.getfixturevalue("redis")
    return [VerrousRedis(url), VerrousRedis(url)]


def test_deux_messages_d_une_meme_conversation_passent_l_un_apres_l_autre(verrous: list[LockStore]) -> None:
    dedans, ensemble = 0, []

    async def passer(verrou: LockStore) -> None:
        nonlocal dedans
        async with verrou.lock("meme"):
            dedans += 1
            ensemble.append(dedans)
            await asyncio.sleep(0.01)
            dedans -= 1

    async def tous() -> None:
        await asyncio.gather(*(passer(verrous[rang % 2]) for rang in range(10)))

    asyncio.run(tous())
    assert ensemble == [1] * 10


def test_deux_conversations_n_attendent_pas_l_une_sur_l_autre(verrous: list[LockStore]) -> None:
    async def croiser() -> bool:
        async with verrous[0].lock("une"), verrous[1].lock("autre"):
            return True

    assert asyncio.run(asyncio.wait_for(croiser(), timeout=10))
