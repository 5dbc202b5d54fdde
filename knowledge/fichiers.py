"""The shape of the catalogue files, checked field by field: the editor's guide as code.

Each class is a part of a YAML file; ``description`` and ``examples`` are in French because they become the JSON
Schemas an editor's tool shows. The loader turns these into the frozen values of ``model``.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Identifiant = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Reference = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9-]+( l\.\d+(-\d+)?(, ?\d+(-\d+)?)*)?$"),
    Field(
        description="Le document cité et ses lignes, ou seulement la page citée.",
        examples=["pacte l.10336-10338", "pacte l.10336-10338, 10434", "site-france-travail"],
    ),
]
Valeur = bool | int | str


class _Fichier(BaseModel):
    """Common strictness: an unknown field is an error, so that nothing is silently lost."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class RegleFichier(_Fichier):
    """Une règle : un critère comparé, ou un groupe de règles."""

    critere: str | None = Field(
        None, description="La clé du critère (voir referentiels/criteres.yml).", examples=["age_ans"]
    )
    egal: Valeur | None = Field(None, description="La valeur exacte attendue.", examples=[True, "confirme"])
    parmi: list[Valeur] | None = Field(
        None, description="Une des valeurs de la liste.", examples=[["CER", "PPAE"]]
    )
    entre: list[int] | None = Field(
        None, description="Deux bornes comprises.", examples=[[16, 25]], min_length=2, max_length=2
    )
    au_moins: Valeur | None = Field(None, description="Cette valeur ou plus.", examples=[3, "B1"])
    au_plus: Valeur | None = Field(None, description="Cette valeur ou moins.", examples=[3, "A1"])
    a_verifier: str | None = Field(
        None,
        description="Dans un groupe : ce que seule une personne peut vérifier.",
        examples=["avoir un diplôme de l'animation"],
    )
    toutes: list[RegleFichier] | None = Field(None, description="Toutes ces règles doivent être remplies.")
    une_de: list[RegleFichier] | None = Field(None, description="Une seule de ces règles suffit.")
    aucune_de: list[RegleFichier] | None = Field(
        None, description="Aucune de ces règles ne doit être remplie."
    )


class ConditionFichier(RegleFichier):
    """Une condition stricte, ou un public prioritaire, avec sa source."""

    id: Identifiant = Field(description="Nom court de la condition dans la fiche.", examples=["age"])
    evaluable: bool = Field(
        True,
        description="Mettre false quand seule une personne peut en juger : la précision est alors montrée « à vérifier ».",
    )
    precision: str | None = Field(
        None,
        description="La condition dite simplement, si la phrase fabriquée ne suffit pas.",
        examples=["Avoir envie de suivre un parcours intensif."],
    )
    depuis: date | None = Field(None, description="Premier jour où la condition s'applique.")
    jusqu_au: date | None = Field(None, description="Dernier jour où la condition s'applique.")
    source: Reference


class MentionFichier(_Fichier):
    """Une information sourcée : un mot d'une liste fermée (id) ou un libellé, avec une précision."""

    id: str | None = Field(None, description="Le mot de la liste fermée, quand il y en a une.")
    libelle: str | None = Field(
        None, description="Le nom, quand il n'y a pas de liste fermée.", examples=["DELF"]
    )
    precision: str | None = Field(None, description="Une phrase simple.")
    valeur: str | None = Field(None, description="Un chiffre tel qu'il est écrit.", examples=["63 %"])
    source: Reference | None = None
    raison: str | None = Field(
        None, description="Pourquoi l'information manque.", examples=["Le document n'en parle pas."]
    )


class DureeFichier(_Fichier):
    """La durée ; si le document se tait, écrire seulement « raison »."""

    heures_min: int | None = Field(None, ge=0)
    heures_max: int | None = Field(None, ge=0)
    semaines_min: int | None = Field(None, ge=0)
    semaines_max: int | None = Field(None, ge=0)
    precision: str | None = None
    source: Reference | None = None
    raison: str | None = None


class ReponseFichier(_Fichier):
    """Payé ou non, gratuit ou non ; « non_precise » demande une raison."""

    statut: Literal["oui", "non", "selon_situation", "gratuit", "payant", "non_precise"]
    montant_euros: str | None = Field(
        None, description="Le montant en euros, tel qu'écrit.", examples=["8 700"]
    )
    precision: str | None = None
    source: Reference | None = None
    raison: str | None = None


class EffetFichier(_Fichier):
    """Ce que l'étape change : un acquis gagné (referentiels/acquis.yml) ou un critère qui change."""

    acquis: Identifiant | None = None
    critere: str | None = None
    valeur: Valeur | None = None
    source: Reference


class ArticulationFichier(_Fichier):
    """Un lien vers une autre fiche. Un souhait de la source s'écrit « souhaite », jamais « etabli »."""

    vers: Identifiant
    statut: Literal["etabli", "prioritaire", "souhaite"]
    precision: str | None = None
    source: Reference


class ContactFichier(_Fichier):
    """Une personne ou un lieu à joindre."""

    organisme: str
    role: str = Field(description="Ce que ce contact peut faire pour la personne.")
    telephone: str | None = None
    courriel: str | None = None
    site: str | None = None
    adresse: str | None = None
    commune: str | None = Field(None, description="La commune, telle qu'imprimée dans la source.")
    code_departement: str | None = Field(None, pattern=r"^(\d{2}|2[AB]|97\d)$")
    besoins: list[Identifiant] = Field(
        default_factory=list, description="Les besoins pour lesquels ce contact est le bon."
    )
    precision: str | None = None
    source: Reference
    verifie_le: date | None = None


class TerritoireFichier(_Fichier):
    """Où vaut le dispositif. Une liste vide de départements veut dire : toute la France."""

    libelle: str = Field(examples=["Île-de-France"])
    departements: list[str] = Field(default_factory=list, examples=[["75", "93"]])
    condition: bool = Field(
        True, description="La personne doit y habiter (true), ou le dispositif s'y déroule seulement (false)."
    )
    source: Reference


class BesoinRepondu(_Fichier):
    """Un besoin auquel la fiche répond, avec les lignes qui le disent."""

    id: Identifiant
    precision: str | None = None
    source: Reference


class SitesFichier(_Fichier):
    """Les lieux viennent d'un tableau d'opérateurs (catalogue/organismes/<fichier>.yml)."""

    organismes: Identifiant


class SourceLocale(_Fichier):
    """Une source propre à la fiche, quand elle n'est pas dans referentiels/documents.yml."""

    titre: str
    document: str | None = None
    lien: str | None = None
    date_source: date | None = None
    verifie_le: date | None = None


class DispositifFichier(_Fichier):
    """Une fiche dispositif. Chaque champ est rempli, ou dit pourquoi il est vide."""

    id: Identifiant = Field(
        description="Le nom du fichier, sans .yml. Il ne change jamais.", examples=["pee"]
    )
    nom: str = Field(examples=["Parcours d'entrée en emploi"])
    sigle: str | None = Field(None, examples=["PEE"])
    alias: list[str] = Field(
        default_factory=list, description="Les autres noms rencontrés dans les documents."
    )
    resume: str = Field(description="Une phrase simple : ce que c'est, pour la personne.", max_length=240)
    nature: Literal[
        "formation",
        "accompagnement",
        "aide-financiere",
        "information",
        "certification",
        "emploi-forme",
        "inscription",
    ]
    etat: Literal["en_vigueur", "experimental", "prevu"] = Field(
        description="Ce que la source dit : en vigueur, à l'essai, ou seulement prévu."
    )
    besoins: list[BesoinRepondu] = Field(min_length=1)
    contenus: list[MentionFichier] = Field(default_factory=list)
    conditions: list[ConditionFichier] = Field(default_factory=list)
    public_prioritaire: list[ConditionFichier] = Field(default_factory=list)
    duree: DureeFichier
    rythme: MentionFichier
    certifications: list[MentionFichier] = Field(default_factory=list)
    remuneration: ReponseFichier
    cout: ReponseFichier
    financements: list[MentionFichier] = Field(default_factory=list)
    entree: MentionFichier = Field(description="Comment on entre.")
    prescripteurs: list[MentionFichier] = Field(
        default_factory=list, description="Qui peut orienter vers ce dispositif."
    )
    effets: list[EffetFichier] = Field(default_factory=list)
    articulations: list[ArticulationFichier] = Field(default_factory=list)
    resultats: list[MentionFichier] = Field(default_factory=list)
    territoire: TerritoireFichier
    sites: SitesFichier | None = None
    contacts: list[ContactFichier] = Field(default_factory=list)
    a_faire: str = Field(description="La première chose à faire, en une phrase.")
    rome: list[str] = Field(
        default_factory=list,
        description="Les métiers visés (codes ROME), quand la fiche ne vaut que pour eux.",
        examples=[["G1202"]],
    )
    en_parallele: bool = Field(
        False, description="Se mène à côté des autres étapes (logement, garde, revenu…)."
    )
    debut_validite: date | None = None
    fin_validite: date | None = None
    manques: list[str] = Field(default_factory=list, description="Ce que les documents ne disent pas.")
    complements: dict[str, Any] = Field(
        default_factory=dict,
        description="Informations propres à une fiche de formation (blocs, modules, tarifs…).",
    )
    sources: dict[str, SourceLocale] = Field(default_factory=dict)


class SiteFichier(_Fichier):
    """Une ligne d'un tableau d'opérateurs."""

    organisme: str | None = Field(None, description="Le nom imprimé ; vide quand la source ne le donne pas.")
    lot: str | None = None
    lieu: str = Field(description="La commune ou le territoire, tel qu'imprimé.")
    code_departement: str
    code_insee: str | None = None
    bassin: str | None = None
    nombre_sites: int = Field(1, ge=1)
    partenaires: int | None = Field(None, description="Nombre de partenaires ou cotraitants imprimé.")
    note: str | None = None
    source: Reference


class OrganismesFichier(_Fichier):
    """Les opérateurs et les lieux d'un dispositif."""

    id: Identifiant
    dispositif: Identifiant
    role: str = Field(description="Ce que ces lieux font pour la personne.")
    sites: list[SiteFichier] = Field(min_length=1)


class OffreFichier(_Fichier):
    """Où une formation est proposée, selon une ligne de la source."""

    territoires: list[str] = Field(min_length=1, examples=[["Région"], ["T6", "T8"]])
    territoire_imprime: str
    source: Reference


class FormationFichier(_Fichier):
    """Une formation : un contenu, et les territoires où il est proposé."""

    id: Identifiant
    intitule: str
    intitule_imprime: str | None = Field(
        None, description="Tel qu'imprimé ; vide quand la source n'a que des codes."
    )
    dispositif: Identifiant | None = Field(None, description="Le dispositif qui la porte.")
    secteur: str
    certification: str | None = None
    niveaux: list[int] = Field(default_factory=list, description="Niveaux d'aujourd'hui, 0 à 8.")
    niveaux_source: str | None = Field(None, description="Niveaux tels qu'imprimés (ancienne nomenclature).")
    parcours_types: list[Literal["C", "P", "AQ"]] = Field(default_factory=list)
    rome: list[str] = Field(default_factory=list)
    nsf: list[str] = Field(default_factory=list)
    besoins: list[Identifiant] = Field(min_length=1)
    conditions: list[ConditionFichier] = Field(default_factory=list)
    offres: list[OffreFichier] = Field(min_length=1)
    precision: str | None = None
    complements: dict[str, Any] = Field(default_factory=dict)
    contacts: list[ContactFichier] = Field(default_factory=list)
    qualite: dict[str, MentionFichier] = Field(
        default_factory=dict,
        description="Les neuf informations de l'indicateur 1 de Qualiopi, quand la source les donne.",
    )
    manques: list[str] = Field(default_factory=list)


class EtapeTypeFichier(_Fichier):
    """Une étape d'un parcours type, avec le lien qui y mène."""

    dispositif: Identifiant
    precision: str | None = None
    en_parallele: bool = False
    lien: Literal["etabli", "prioritaire", "souhaite", "deduit"] | None = None
    source: Reference


class ParcoursTypeFichier(_Fichier):
    """Un exemple de parcours pour un profil."""

    id: Identifiant
    titre: str
    profil: str = Field(description="Le profil en une phrase.")
    publics: list[str] = Field(default_factory=list)
    besoins: list[Identifiant] = Field(min_length=1)
    situation: dict[str, Valeur] = Field(default_factory=dict)
    etapes: list[EtapeTypeFichier] = Field(min_length=1)
    points_de_vigilance: list[str] = Field(default_factory=list)
    source: Reference


SCHEMAS: dict[str, type[BaseModel]] = {
    "dispositif": DispositifFichier,
    "organismes": OrganismesFichier,
    "formation": FormationFichier,
    "parcours_type": ParcoursTypeFichier,
}
