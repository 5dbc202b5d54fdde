"""The catalogue as a whole: records indexed by id, with the sites, formations and parcours types around them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from knowledge.model import Condition, Contact, Dispositif, Mention, Source, Valeur
from knowledge.referentiel import Referentiels

TYPES_DE_PARCOURS = {"prfe-certifiant": "C", "prfe-professionnalisant": "P", "prfe-acces-qualification": "AQ"}
"""The dispositifs that are a family of formations, with the type that their formations carry in ``parcours_types``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A row of a table of operators: who, where, as printed. ``code_insee`` None when it is not a commune."""

    dispositif: str
    role: str
    organisme: str | None
    lot: str | None
    lieu: str
    code_departement: str
    code_insee: str | None
    bassin: str | None
    nombre_sites: int
    partenaires: int | None
    note: str | None
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Offre:
    """Where a formation is offered, according to one row of the source."""

    territoires: tuple[str, ...]
    territoire_imprime: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Formation:
    """A training content and the territories where it is offered. ``niveaux`` in today's nomenclature."""

    id: str
    intitule: str
    intitule_imprime: str | None
    dispositif: str | None
    secteur: str
    certification: str | None
    niveaux: tuple[int, ...]
    niveaux_source: str | None
    parcours_types: tuple[str, ...]
    rome: tuple[str, ...]
    nsf: tuple[str, ...]
    besoins: tuple[str, ...]
    conditions: tuple[Condition, ...]
    offres: tuple[Offre, ...]
    precision: str | None
    complements: Mapping[str, Any]
    contacts: tuple[Contact, ...]
    qualite: Mapping[str, Mention]
    manques: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EtapeType:
    """A step of a parcours type; ``lien`` says how sure the link that leads to it is."""

    dispositif: str
    precision: str | None
    en_parallele: bool
    lien: str | None
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcoursType:
    """An example of parcours for a profile."""

    id: str
    titre: str
    profil: str
    publics: tuple[str, ...]
    besoins: tuple[str, ...]
    situation: Mapping[str, Valeur]
    etapes: tuple[EtapeType, ...]
    points_de_vigilance: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All the records; mappings are in file-name order."""

    referentiels: Referentiels
    dispositifs: Mapping[str, Dispositif]
    formations: Mapping[str, Formation] = field(default_factory=dict)
    sites: tuple[Site, ...] = ()
    parcours_types: Mapping[str, ParcoursType] = field(default_factory=dict)
