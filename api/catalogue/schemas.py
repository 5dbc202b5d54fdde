"""JSON shapes of the catalogue: pages of records, and records in full."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from pydantic import BaseModel, Field

from api.orientation.schemas import ContactJson, SourceJson

Element = TypeVar("Element")


class Page(BaseModel, Generic[Element]):
    """Une page d'une liste."""

    items: list[Element]
    total: int
    page: int
    size: int
    pages: int


class BesoinJson(BaseModel):
    """Un besoin : l'entrée de tout."""

    id: str
    famille: str
    famille_libelle: str
    libelle: str
    libelle_prescripteur: str
    thematiques_di: list[str]


class MentionJson(BaseModel):
    """Une information sourcée, ou la raison de son absence."""

    id: str | None = None
    libelle: str | None = None
    precision: str | None = None
    valeur: str | None = None
    raison: str | None = None
    source: SourceJson | None = None


class ConditionJson(BaseModel):
    """Une condition dite en une phrase."""

    id: str
    phrase: str
    evaluable: bool
    precision: str | None = None
    source: SourceJson


class ArticulationJson(BaseModel):
    """Un lien vers une autre fiche, et ce qu'en dit la source."""

    vers: str
    statut: str
    precision: str | None = None
    source: SourceJson


class DispositifResume(BaseModel):
    """Une fiche en une ligne."""

    id: str
    nom: str
    sigle: str | None = None
    resume: str
    nature: str
    etat: str
    besoins: list[str]
    territoire: str | None = None
    verdict: str | None = None


class DispositifComplet(DispositifResume):
    """Une fiche entière."""

    alias: list[str]
    reponses: list[MentionJson] = Field(description="Les besoins, avec les lignes qui le disent.")
    contenus: list[MentionJson]
    conditions: list[ConditionJson]
    public_prioritaire: list[ConditionJson]
    duree: str | None = None
    duree_source: SourceJson | None = None
    rythme: MentionJson
    certifications: list[MentionJson]
    remuneration: MentionJson
    cout: MentionJson
    financements: list[MentionJson]
    entree: MentionJson
    prescripteurs: list[MentionJson]
    effets: list[MentionJson]
    articulations: list[ArticulationJson]
    resultats: list[MentionJson]
    contacts: list[ContactJson]
    a_faire: str
    manques: list[str]
    complements: dict[str, Any]
    a_reverifier: bool


class OffreJson(BaseModel):
    """Où une formation est proposée."""

    territoires: list[str]
    territoire_imprime: str
    source: SourceJson


class FormationJson(BaseModel):
    """Une formation."""

    id: str
    intitule: str
    dispositif: str | None = None
    secteur: str
    certification: str | None = None
    niveaux: list[int]
    niveaux_source: str | None = None
    parcours_types: list[str]
    rome: list[str]
    nsf: list[str]
    besoins: list[str]
    offres: list[OffreJson]
    conditions: list[ConditionJson]
    contacts: list[ContactJson]
    precision: str | None = None
    complements: dict[str, Any] = Field(default_factory=dict)
    manques: list[str] = Field(default_factory=list)


class EtapeTypeJson(BaseModel):
    """Une étape d'un parcours type."""

    dispositif: str
    nom: str
    precision: str | None = None
    en_parallele: bool
    lien: str | None = None
    source: SourceJson


class ParcoursTypeJson(BaseModel):
    """Un exemple de parcours pour un profil."""

    id: str
    titre: str
    profil: str
    publics: list[str]
    besoins: list[str]
    situation: dict[str, Any]
    etapes: list[EtapeTypeJson]
    points_de_vigilance: list[str]
    source: SourceJson


class OrganismeJson(BaseModel):
    """Un lieu où un dispositif est proposé, du plus proche au plus loin."""

    dispositif: str
    organisme: str
    role: str
    lieu: str
    code_departement: str
    code_insee: str | None = None
    bassin: str | None = None
    nombre_sites: int
    distance_km: float | None = None
    source: SourceJson


class CommuneJson(BaseModel):
    """Une commune ; les homonymes restent séparés."""

    commune: str
    code_insee: str
    code_departement: str
    departement: str
    codes_postaux: list[str]
    intercommunalite: str | None = None
    bassin: str | None = None
    score: float
