"""The shape of ``referentiels/regles_entree.yml``: what a whole sector asks for, written once."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from knowledge.fichiers.communs import CodeRome, ConditionFichier, Fichier, Identifiant, Reference
from knowledge.fichiers.formation import TypeParcours


class ASavoirFichier(Fichier):
    """Ce que le document dit des formations du secteur, sans en faire une condition."""

    model_config = ConfigDict(title="À savoir")

    texte: str = Field(
        title="Texte",
        description="Une ou deux phrases simples, pour la personne.",
        examples=["On y apprend une langue étrangère."],
    )
    source: Reference


class RegleEntreeFichier(Fichier):
    """Une règle d'un secteur : les formations concernées, puis ce qu'il faut et ce qu'il faut savoir."""

    model_config = ConfigDict(title="Règle d'un secteur")

    id: Identifiant = Field(
        title="Nom court", description="Le nom de la règle.", examples=["batiment-encadrement"]
    )
    secteurs: list[str] = Field(
        min_length=1,
        title="Secteurs",
        description="Les secteurs concernés, écrits comme dans les formations.",
        examples=[["Culture"]],
    )
    rome: list[CodeRome] = Field(
        default_factory=list,
        title="Métiers",
        description="Seulement pour ces métiers (codes ROME) ; vide : tout le secteur.",
        examples=[["F1201", "F1202"]],
    )
    parcours_types: list[TypeParcours] = Field(
        default_factory=list,
        title="Types de parcours",
        description="Seulement pour ces types (C, P, AQ) ; vide : tous.",
        examples=[["C", "P"]],
    )
    conditions: list[ConditionFichier] = Field(
        default_factory=list,
        title="Conditions",
        description="Ce qu'il faut remplir pour entrer.",
        examples=[[{"id": "projet", "critere": "projet", "egal": "confirme", "source": "pacte l.915-917"}]],
    )
    a_savoir: list[ASavoirFichier] = Field(
        default_factory=list,
        title="À savoir",
        description="Ce qui aide à choisir, sans empêcher d'entrer.",
        examples=[[{"texte": "Prépare au concours d'ambulancier.", "source": "pacte l.905-906"}]],
    )


class ReglesEntreeFichier(Fichier):
    """Les règles d'entrée par secteur ; le chargement les ajoute aux formations concernées."""

    model_config = ConfigDict(title="Règles d'entrée par secteur")

    regles: list[RegleEntreeFichier] = Field(
        title="Règles",
        description="Une par secteur ou par métier.",
        examples=[[{"id": "culture", "secteurs": ["Culture"], "conditions": []}]],
    )
