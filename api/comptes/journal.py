"""The audit log: twelve months of who did what, without anything about a jobseeker."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.comptes.tables import Trace
from api.stockage.session import read_maintenant

_GARDE = timedelta(days=365)
_OBJET_MAX = 254


def trace(db_session: Session, qui: str, action: str, objet: str = "") -> None:
    """Write one line. ``objet`` is an account, a record or a number: never a code, a fact or a word of a person."""
    maintenant = read_maintenant()
    db_session.add(
        Trace(qui=qui, action=action, objet=objet[:_OBJET_MAX], le=maintenant, expire_le=maintenant + _GARDE)
    )


def list_traces(db_session: Session, *, limite: int = 200) -> list[Trace]:
    """The last lines, newest first."""
    return list(db_session.scalars(select(Trace).order_by(Trace.le.desc(), Trace.id.desc()).limit(limite)))
