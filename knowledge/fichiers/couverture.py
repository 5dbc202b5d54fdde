"""The shape of ``referentiels/couverture/<document>.yml``: what a source document names, and where it is in the base."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from knowledge.fichiers.communs import CodeRome, Fichier, Identifiant

Lignes = Annotated[str, StringConstraints(pattern=r"^\d+(-\d+)?(, ?\d+(-\d+)?)*$")]


class ElementFichier(Fichier):
    """Un dispositif, une formation, un lieu ou une règle que nomme le document."""

    model_config = ConfigDict(title="Élément du document")

    nom: str = Field(
        title="Nom", description="Tel qu'imprimé, ou presque.", examples=["Bureautique / Numérique"]
    )
    lignes: Lignes = Field(
        title="Lignes", description="Ses lignes dans le document.", examples=["11441-11767", "191-193, 6381"]
    )
    fiches: list[Identifiant] = Field(
        default_factory=list,
        title="Fiches",
        description="Les fiches qui le portent et citent ces lignes.",
        examples=[["bureautique-numerique"]],
    )
    metier: CodeRome | None = Field(
        None,
        title="Métier",
        description="Le métier de la base, pour une ligne de métier.",
        examples=["K1304"],
    )
    raison: str | None = Field(
        None,
        title="Raison de l'absence",
        description="Pourquoi aucune fiche ne le porte.",
        examples=["S'adresse aux organismes de formation, pas aux personnes."],
    )
    voir: list[Identifiant] = Field(
        default_factory=list,
        title="Voir aussi",
        description="Avec une raison : les fiches qui répondent au même besoin.",
        examples=[["decouverte-des-metiers"]],
    )

    @model_validator(mode="after")
    def _dit_ou_ou_pourquoi(self) -> ElementFichier:
        if sum((bool(self.fiches), self.metier is not None, self.raison is not None)) != 1:
            raise ValueError("un élément donne « fiches », « metier » ou « raison », un seul des trois")
        return self


class CouvertureFichier(Fichier):
    """Ce que nomme un document, et où c'est dans la base."""

    model_config = ConfigDict(title="Couverture d'un document")

    document: Identifiant = Field(
        title="Document", description="Son nom dans referentiels/documents.yml.", examples=["pacte"]
    )
    titre: str = Field(
        title="Titre", description="Ce que montre la liste.", examples=["Le Pacte : les dispositifs"]
    )
    elements: list[ElementFichier] = Field(
        min_length=1,
        title="Éléments",
        description="Dans l'ordre du document.",
        examples=[[{"nom": "AD'HOC", "lignes": "2404-2652", "fiches": ["ad-hoc"]}]],
    )
