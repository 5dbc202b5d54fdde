"""The parts that several kinds of files share: rule, condition, statement, contact, source.

``title``, ``description`` and ``examples`` are in French: they become the JSON Schemas an editor's tool shows.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Identifiant = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
CodeRome = Annotated[str, StringConstraints(pattern=r"^[A-N]\d{4}$")]
CodeDepartement = Annotated[str, StringConstraints(pattern=r"^(\d{2}|2[AB]|97\d|98\d)$")]
Reference = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9-]+( l\.\d+(-\d+)?(, ?\d+(-\d+)?)*)?$"),
    Field(
        title="Source",
        description=(
            "Le document et ses lignes (« pacte l.10336-10338 »), ou seulement la page citée. Les documents connus sont "
            "dans referentiels/documents.yml ; une source propre à la fiche se déclare sous « sources »."
        ),
        examples=["pacte l.10336-10338", "pacte l.10336-10338, 10434", "site-france-travail"],
    ),
]
Valeur = bool | int | str


class Fichier(BaseModel):
    """Common strictness: an unknown field is an error, so that nothing is silently lost."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class RegleFichier(Fichier):
    """Une règle : un critère comparé à une valeur, ou un groupe de règles."""

    model_config = ConfigDict(title="Règle")

    critere: str | None = Field(
        None,
        title="Critère",
        description="La donnée comparée. La liste est dans referentiels/criteres.yml.",
        examples=["age_ans", "niveau_diplome", "rsa"],
    )
    egal: Valeur | None = Field(
        None, title="Égal à", description="La valeur exacte attendue.", examples=[True, "confirme"]
    )
    parmi: list[Valeur] | None = Field(
        None, title="Parmi", description="Une des valeurs de la liste convient.", examples=[["CER", "PPAE"]]
    )
    entre: list[int] | None = Field(
        None,
        title="Entre",
        description="De la première à la deuxième valeur, toutes deux comprises.",
        examples=[[16, 25]],
        min_length=2,
        max_length=2,
    )
    au_moins: Valeur | None = Field(
        None, title="Au moins", description="Cette valeur ou plus.", examples=[24, "B1"]
    )
    au_plus: Valeur | None = Field(
        None, title="Au plus", description="Cette valeur ou moins.", examples=[3, "A1"]
    )
    a_verifier: str | None = Field(
        None,
        title="À vérifier par une personne",
        description="Dans un groupe : ce que la machine ne peut pas savoir. La règle reste alors « à vérifier ».",
        examples=["avoir un diplôme de l'animation"],
    )
    toutes: list[RegleFichier] | None = Field(
        None,
        title="Toutes",
        description="Il faut remplir toutes ces règles.",
        examples=[
            [{"critere": "niveau_diplome", "au_moins": 4}, {"critere": "experience_mois", "au_moins": 6}]
        ],
    )
    une_de: list[RegleFichier] | None = Field(
        None,
        title="Une de",
        description="Il suffit de remplir une de ces règles.",
        examples=[[{"critere": "rsa", "egal": True}, {"critere": "handicap_rqth", "egal": True}]],
    )
    aucune_de: list[RegleFichier] | None = Field(
        None,
        title="Aucune de",
        description="Il ne faut remplir aucune de ces règles.",
        examples=[[{"critere": "salarie", "egal": True}]],
    )


class ConditionFichier(RegleFichier):
    """Une condition, avec sa source. Toutes les conditions d'une fiche doivent être remplies."""

    model_config = ConfigDict(title="Condition")

    id: Identifiant = Field(
        title="Nom court", description="Le nom de la condition dans cette fiche.", examples=["age", "projet"]
    )
    evaluable: bool = Field(
        True,
        title="Calculable",
        description=(
            "Écrire false quand seule une personne peut en juger : la précision est alors montrée « à vérifier avec un "
            "conseiller », et ne décide jamais seule."
        ),
        examples=[True, False],
    )
    precision: str | None = Field(
        None,
        title="Précision",
        description="La condition dite simplement, quand la phrase fabriquée par la règle ne suffit pas.",
        examples=["Avoir un projet de métier à construire ou à confirmer."],
    )
    depuis: date | None = Field(
        None, title="Depuis", description="Premier jour où la condition vaut.", examples=["2026-11-02"]
    )
    jusqu_au: date | None = Field(
        None, title="Jusqu'au", description="Dernier jour où la condition vaut.", examples=["2027-12-31"]
    )
    source: Reference


class MentionFichier(Fichier):
    """Une information et sa source ; ou bien la raison de son absence."""

    model_config = ConfigDict(title="Information")

    id: str | None = Field(
        None,
        title="Mot de la liste fermée",
        description="Pour les contenus : un mot de referentiels/contenus.yml.",
        examples=["immersion", "savoirs-de-base"],
    )
    libelle: str | None = Field(
        None, title="Nom", description="Le nom, quand il n'y a pas de liste fermée.", examples=["DELF"]
    )
    precision: str | None = Field(
        None, title="Précision", description="Une phrase simple.", examples=["12 semaines de stage au plus."]
    )
    valeur: str | None = Field(
        None, title="Chiffre", description="Un chiffre, tel que le document l'écrit.", examples=["63 %"]
    )
    source: Reference | None = None
    raison: str | None = Field(
        None,
        title="Raison de l'absence",
        description="Pourquoi l'information manque. Obligatoire sans source.",
        examples=["Le document n'en parle pas."],
    )


class ContactFichier(Fichier):
    """Une personne ou un lieu à joindre : au moins un téléphone, un courriel, un site ou un lieu."""

    model_config = ConfigDict(title="Contact")

    organisme: str = Field(
        title="Organisme", description="Le nom de la structure.", examples=["Mission locale"]
    )
    role: str = Field(
        title="Rôle",
        description="Ce que ce contact peut faire pour la personne, en une phrase.",
        examples=["Accueille les 16-25 ans et peut vous orienter vers le PEE."],
    )
    telephone: str | None = Field(
        None, title="Téléphone", description="Tel qu'on le compose.", examples=["04 94 75 24 15", "3949"]
    )
    courriel: str | None = Field(
        None, title="Courriel", description="L'adresse électronique.", examples=["contact@exemple.fr"]
    )
    site: str | None = Field(
        None, title="Site", description="L'adresse de la page, en entier.", examples=["https://www.unml.info"]
    )
    adresse: str | None = Field(
        None,
        title="Adresse",
        description="Rue, code postal et ville.",
        examples=["2 rue des Lilas, 93100 Montreuil"],
    )
    commune: str | None = Field(
        None,
        title="Commune",
        description="La commune, telle que le document l'écrit.",
        examples=["Montreuil"],
    )
    code_departement: CodeDepartement | None = Field(
        None, title="Département", description="Le numéro, entre guillemets.", examples=["93", "2A"]
    )
    besoins: list[Identifiant] = Field(
        default_factory=list,
        title="Besoins",
        description="Les besoins pour lesquels ce contact est le bon.",
        examples=[["trouver-un-emploi"]],
    )
    precision: str | None = Field(
        None, title="Précision", description="Horaires, accès, public…", examples=["Appel gratuit."]
    )
    age_min: int | None = Field(
        None, title="Âge minimal", description="En années ; vide : pas de minimum.", examples=[16]
    )
    age_max: int | None = Field(
        None, title="Âge maximal", description="En années ; vide : pas de maximum.", examples=[25]
    )
    source: Reference
    verifie_le: date | None = Field(
        None,
        title="Vérifié le",
        description="Dernier jour où quelqu'un a vérifié ce contact ; vide : jamais.",
        examples=["2026-11-21"],
    )


class SourceLocale(Fichier):
    """Une source propre à la fiche, quand elle n'est pas dans referentiels/documents.yml."""

    model_config = ConfigDict(title="Source propre à la fiche")

    titre: str = Field(
        title="Titre", description="Le titre du document ou de la page.", examples=["Cap emploi"]
    )
    document: str | None = Field(
        None,
        title="Fichier",
        description="Le nom du document ; il faut alors citer ses lignes.",
        examples=["pacte.txt"],
    )
    lien: str | None = Field(
        None, title="Lien", description="L'adresse de la page.", examples=["https://www.capemploi.info"]
    )
    date_source: date | None = Field(
        None,
        title="Date de la source",
        description="La date écrite sur le document.",
        examples=["2019-02-14"],
    )
    verifie_le: date | None = Field(
        None,
        title="Vérifiée le",
        description="Dernier jour où quelqu'un a vérifié que c'est encore vrai ; vide : jamais.",
        examples=["2026-11-21"],
    )
