"""Engine, sessions and expiry of the edge's own tables (SQLite by default, PostgreSQL when configured)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Annotated, Any, cast

from fastapi import Depends, Request
from sqlalchemy import CursorResult, delete
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker

from api.problemes import Probleme
from knowledge.store.engine import open_engine

_INDISPONIBLE = "Nous ne pouvons pas enregistrer pour le moment. Réessayez dans un instant."


class TableService(DeclarativeBase):
    """Parent of every table of the edge. Moments are kept in UTC, without time zone (SQLite knows none)."""


def read_maintenant() -> datetime:
    """Now in UTC, without time zone, as the tables keep it."""
    return datetime.now(timezone.utc).replace(tzinfo=None)


class Stockage:
    """The database of the edge: opened once, given to the routes session by session."""

    def __init__(self, url: str) -> None:
        self._engine = open_engine(url)
        self._sessions = sessionmaker(self._engine, expire_on_commit=False)
        self._pret = False

    def prepare(self) -> None:
        """Make the tables that are missing, then erase what has expired.

        Raises:
            SQLAlchemyError: when the database does not answer; the next session tries again.
        """
        TableService.metadata.create_all(self._engine)
        self._pret = True
        self.purge()

    def open(self) -> Session:
        """A session; use it in a ``with``. Makes the tables first when the database was away at start."""
        if not self._pret:
            self.prepare()
        return self._sessions()

    def purge(self) -> int:
        """Erase the rows whose ``expire_le`` has passed; returns how many."""
        maintenant, total = read_maintenant(), 0
        with self._sessions.begin() as db_session:
            for table in TableService.metadata.sorted_tables:
                if "expire_le" in table.c:
                    expirees = delete(table).where(table.c.expire_le < maintenant)
                    total += cast("CursorResult[Any]", db_session.execute(expirees)).rowcount
        return total

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()


def get_db_session(request: Request) -> Iterator[Session]:
    """A session for one request: committed when the route succeeds, rolled back otherwise.

    Raises:
        Probleme: 503 when the database does not answer.
    """
    stockage: Stockage = request.app.state.stockage
    try:
        with stockage.open() as db_session:
            yield db_session
            db_session.commit()
    except OperationalError:
        raise Probleme(503, _INDISPONIBLE, attendre=5) from None


# scope="function": the commit happens before the answer leaves, so that an answer never announces what was not kept.
LaSession = Annotated[Session, Depends(get_db_session, scope="function")]
