"""The table of the shared results."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from api.stockage import TableService


class Partage(TableService):
    """A shared result: unreadable without its code, erased when it expires."""

    __tablename__ = "partage"

    repere: Mapped[str] = mapped_column(String(64), primary_key=True)
    contenu: Mapped[bytes] = mapped_column(LargeBinary)
    expire_le: Mapped[datetime] = mapped_column(index=True)
