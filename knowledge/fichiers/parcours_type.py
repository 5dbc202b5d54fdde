"""The shape of an example of parcours: ``catalogue/parcours_types/<id>.yml``."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from knowledge.fichiers.communs import Fichier, Identifiant, Reference, Valeur


class EtapeTypeFichier(Fichier):
    """Une étape d'un parcours type, avec le lien qui y mène."""

    model_config = ConfigDict(title="Étape")

    dispositif: Identifiant = Field(
        title="Dispositif", description="L'id de la fiche de cette étape.", examples=["pee"]
    )
    precision: str | None = Field(
        None,
        title="Précision",
        description="Ce que cette étape a de particulier ici.",
        examples=["450 heures en centre."],
    )
    en_parallele: bool = Field(
        False,
        title="En parallèle",
        description="true quand l'étape se mène à côté des autres.",
        examples=[False, True],
    )
    lien: Literal["etabli", "prioritaire", "souhaite", "deduit"] | None = Field(
        None,
        title="Solidité du lien",
        description="Comment le document parle du passage depuis l'étape d'avant ; deduit : il n'en parle pas.",
        examples=["prioritaire"],
    )
    source: Reference


class ParcoursTypeFichier(Fichier):
    """Un exemple de parcours pour un profil."""

    model_config = ConfigDict(title="Parcours type")

    id: Identifiant = Field(
        title="Identifiant", description="Le nom du fichier, sans .yml.", examples=["pee-puis-clea"]
    )
    titre: str = Field(
        title="Titre", description="Le parcours en quelques mots.", examples=["Du PEE au certificat CléA"]
    )
    profil: str = Field(
        title="Profil",
        description="La personne, en une phrase.",
        examples=["Un jeune sans diplôme qui veut faire reconnaître ses bases."],
    )
    publics: list[str] = Field(
        default_factory=list, title="Publics", description="Des mots pour le retrouver.", examples=[["jeune"]]
    )
    besoins: list[Identifiant] = Field(
        min_length=1,
        title="Besoins",
        description="Les besoins auxquels il répond.",
        examples=[["choisir-un-metier"]],
    )
    situation: dict[str, Valeur] = Field(
        default_factory=dict,
        title="Situation",
        description="Les faits de la personne, avec les clés de referentiels/criteres.yml.",
        examples=[{"age_ans": 19, "niveau_diplome": 0}],
    )
    etapes: list[EtapeTypeFichier] = Field(
        min_length=1,
        title="Étapes",
        description="Dans l'ordre.",
        examples=[[{"dispositif": "pee", "source": "pacte l.10331-10334"}]],
    )
    points_de_vigilance: list[str] = Field(
        default_factory=list,
        title="Points de vigilance",
        description="Ce qui peut faire échouer le parcours.",
        examples=[["Demander le CléA dès l'entrée."]],
    )
    hors_moteur: str | None = Field(
        None,
        title="Hors du moteur",
        description="Pourquoi le moteur ne propose pas ce parcours de lui-même ; à laisser vide sinon.",
        examples=["Le moteur ne reconnaît pas encore les métiers d'art."],
    )
    source: Reference
