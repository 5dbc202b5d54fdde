"""Tables of the accounts: professionals only, never jobseekers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from api.stockage import TableService


class Compte(TableService):
    """A professional. ``empreinte`` is an argon2 hash, None for an account opened through the identity provider."""

    __tablename__ = "compte"

    id: Mapped[int] = mapped_column(primary_key=True)
    courriel: Mapped[str] = mapped_column(String(254), unique=True)
    role: Mapped[str] = mapped_column(String(20))
    empreinte: Mapped[str | None] = mapped_column(String(200))
    sujet_oidc: Mapped[str | None] = mapped_column(String(400), unique=True)
    est_actif: Mapped[bool] = mapped_column(default=True)
    doit_changer: Mapped[bool] = mapped_column(default=False)
    cree_le: Mapped[datetime]
    connecte_le: Mapped[datetime | None]


class SessionCompte(TableService):
    """An open session. Only the digest of its token is kept: reading the table opens nothing."""

    __tablename__ = "session_compte"

    empreinte: Mapped[str] = mapped_column(String(64), primary_key=True)
    compte_id: Mapped[int] = mapped_column(ForeignKey("compte.id", ondelete="CASCADE"), index=True)
    vue_le: Mapped[datetime]
    expire_le: Mapped[datetime] = mapped_column(index=True)


class Trace(TableService):
    """Who did what to which object, and when. Never a fact, a word or a code of a jobseeker."""

    __tablename__ = "trace"

    id: Mapped[int] = mapped_column(primary_key=True)
    qui: Mapped[str] = mapped_column(String(254))
    action: Mapped[str] = mapped_column(String(60))
    objet: Mapped[str] = mapped_column(String(254))
    le: Mapped[datetime]
    expire_le: Mapped[datetime] = mapped_column(index=True)
