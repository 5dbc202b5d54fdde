"""The one way to open the database: the copy of the catalogue, the edge's tables and the conversations share it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url

URL_PAR_DEFAUT = "sqlite:///var/passerelle.db"
_REGLAGES_SQLITE = ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=5000")


def open_engine(url: str | None = None) -> Engine:
    """An engine for ``url`` (default ``PASSERELLE_BASE_URL``, else a SQLite file made where it is missing).

    SQLite runs with a write-ahead log so that reading never waits for a rebuild; writing waits five seconds at most for
    another writer. A connection that a PostgreSQL server closed is opened again before it is used.
    """
    adresse = make_url(url or os.environ.get("PASSERELLE_BASE_URL") or URL_PAR_DEFAUT)
    if adresse.drivername == "postgresql":
        adresse = adresse.set(drivername="postgresql+psycopg")
    est_sqlite = adresse.drivername.startswith("sqlite")
    if est_sqlite and adresse.database and adresse.database != ":memory:":
        Path(adresse.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(adresse, pool_pre_ping=not est_sqlite)
    if est_sqlite:
        event.listen(engine, "connect", _configure_sqlite)
    return engine


def _configure_sqlite(connexion: Any, _: Any) -> None:
    curseur = connexion.cursor()
    for reglage in _REGLAGES_SQLITE:
        curseur.execute(f"PRAGMA {reglage}")
    curseur.close()
