"""What the tests of the edge share: its own tables in an empty database, and a client without dialogue behind it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from api.app import create_app
from api.config import Reglages
from api.stockage import Stockage
from knowledge import Base
from tests.conftest import JOUR


@pytest.fixture
def stockage(tmp_path: Path) -> Iterator[Stockage]:
    """The tables of the edge, empty."""
    ouvert = Stockage(f"sqlite:///{tmp_path / 'essai.db'}")
    ouvert.prepare()
    yield ouvert
    ouvert.close()


@pytest.fixture
def db_session(stockage: Stockage) -> Iterator[Session]:
    """A session on these tables."""
    with stockage.open() as ouverte:
        yield ouverte


@pytest.fixture
def client(base: Base, tmp_path: Path) -> Iterator[TestClient]:
    """The edge alone, with an empty database and no dialogue behind it."""
    reglages = Reglages(
        adresse_bot="http://127.0.0.1:9",
        base_url=f"sqlite:///{tmp_path / 'api.db'}",
        adresse_publique="https://passerelle.example/",
    )
    with TestClient(create_app(reglages, base=base, aujourd_hui=lambda: JOUR)) as ouvert:
        yield ouvert
