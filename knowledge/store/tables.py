"""Tables of the catalogue's copy. Everything here can be dropped and made again from ``knowledge/catalogue``."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Table(DeclarativeBase):
    """Root of the catalogue tables, apart from any other table of the same database."""


class DispositifLigne(Table):
    """A dispositif; ``fiche`` holds the checked file in full."""

    __tablename__ = "catalogue_dispositif"

    id: Mapped[str] = mapped_column(String(120), primary_key=True)
    nom: Mapped[str] = mapped_column(String(300))
    resume: Mapped[str] = mapped_column(String(400))
    nature: Mapped[str] = mapped_column(String(40))
    etat: Mapped[str] = mapped_column(String(20))
    partout: Mapped[bool]
    fiche: Mapped[dict[str, Any]] = mapped_column(JSON)


class DispositifBesoin(Table):
    """A besoin a dispositif answers; ``rang`` is its position in the record."""

    __tablename__ = "catalogue_dispositif_besoin"

    dispositif: Mapped[str] = mapped_column(ForeignKey("catalogue_dispositif.id"), primary_key=True)
    besoin: Mapped[str] = mapped_column(String(80), primary_key=True, index=True)
    rang: Mapped[int]


class DispositifTerritoire(Table):
    """A département where a dispositif is open; none for those open everywhere."""

    __tablename__ = "catalogue_dispositif_territoire"

    dispositif: Mapped[str] = mapped_column(ForeignKey("catalogue_dispositif.id"), primary_key=True)
    code_departement: Mapped[str] = mapped_column(String(3), primary_key=True, index=True)


class FormationLigne(Table):
    """A formation; ``fiche`` holds the checked file in full."""

    __tablename__ = "catalogue_formation"

    id: Mapped[str] = mapped_column(String(160), primary_key=True)
    intitule: Mapped[str] = mapped_column(String(400))
    secteur: Mapped[str] = mapped_column(String(120), index=True)
    dispositif: Mapped[str | None] = mapped_column(ForeignKey("catalogue_dispositif.id"))
    fiche: Mapped[dict[str, Any]] = mapped_column(JSON)


class FormationRome(Table):
    """A métier a formation leads to."""

    __tablename__ = "catalogue_formation_rome"

    formation: Mapped[str] = mapped_column(ForeignKey("catalogue_formation.id"), primary_key=True)
    code_rome: Mapped[str] = mapped_column(String(5), primary_key=True, index=True)


class FormationTerritoire(Table):
    """A territory, as printed, where a formation is offered."""

    __tablename__ = "catalogue_formation_territoire"

    formation: Mapped[str] = mapped_column(ForeignKey("catalogue_formation.id"), primary_key=True)
    territoire: Mapped[str] = mapped_column(String(120), primary_key=True, index=True)


class SiteLigne(Table):
    """A row of a table of operators."""

    __tablename__ = "catalogue_site"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    dispositif: Mapped[str] = mapped_column(ForeignKey("catalogue_dispositif.id"))
    organisme: Mapped[str | None] = mapped_column(String(300))
    lieu: Mapped[str] = mapped_column(String(200))
    code_departement: Mapped[str] = mapped_column(String(3))
    code_insee: Mapped[str | None] = mapped_column(String(5), index=True)
    bassin: Mapped[str | None] = mapped_column(String(80))
    source: Mapped[str] = mapped_column(String(200))

    __table_args__ = (Index("ix_site_dispositif_departement", "dispositif", "code_departement"),)


class ParcoursTypeLigne(Table):
    """An example of parcours; ``fiche`` holds the checked file in full."""

    __tablename__ = "catalogue_parcours_type"

    id: Mapped[str] = mapped_column(String(120), primary_key=True)
    titre: Mapped[str] = mapped_column(String(300))
    fiche: Mapped[dict[str, Any]] = mapped_column(JSON)
