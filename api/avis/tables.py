"""The tables of opinions and of reported errors. Only the day is kept, not the hour."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from api.stockage import TableService


class Avis(TableService):
    """Did it help: ``reponse`` is oui, un-peu or non."""

    __tablename__ = "avis"

    id: Mapped[int] = mapped_column(primary_key=True)
    reponse: Mapped[str] = mapped_column(String(10))
    phrase: Mapped[str | None] = mapped_column(String(600))
    langue: Mapped[str] = mapped_column(String(2))
    jour: Mapped[date] = mapped_column(index=True)
    expire_le: Mapped[datetime] = mapped_column(index=True)


class Signalement(TableService):
    """An error on a sheet: ``fiche`` is the id of a dispositif or of a formation, None for the site itself."""

    __tablename__ = "signalement"

    id: Mapped[int] = mapped_column(primary_key=True)
    genre: Mapped[str] = mapped_column(String(20))
    fiche: Mapped[str | None] = mapped_column(String(120), index=True)
    phrase: Mapped[str | None] = mapped_column(String(600))
    statut: Mapped[str] = mapped_column(String(10), index=True)
    jour: Mapped[date]
    traite_le: Mapped[date | None]
    expire_le: Mapped[datetime] = mapped_column(index=True)
