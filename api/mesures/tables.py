"""Tables of the counts: one line per day and thing counted, never one per visit."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from api.stockage import TableService

TEXTE_MAX = 300


class Compteur(TableService):
    """How many times something happened on a day; ``cle`` is a need or a question, ``territoire`` a département."""

    __tablename__ = "compteur"

    jour: Mapped[date] = mapped_column(primary_key=True)
    mesure: Mapped[str] = mapped_column(String(40), primary_key=True)
    cle: Mapped[str] = mapped_column(String(60), primary_key=True)
    territoire: Mapped[str] = mapped_column(String(3), primary_key=True)
    nombre: Mapped[int]
    expire_le: Mapped[datetime] = mapped_column(index=True)


class PhraseIncomprise(TableService):
    """A sentence without names, kept ninety days; ``besoin`` is where the content team filed it."""

    __tablename__ = "phrase_incomprise"

    id: Mapped[int] = mapped_column(primary_key=True)
    texte: Mapped[str] = mapped_column(String(TEXTE_MAX), unique=True)
    nombre: Mapped[int]
    besoin: Mapped[str | None] = mapped_column(String(60))
    expire_le: Mapped[datetime] = mapped_column(index=True)
