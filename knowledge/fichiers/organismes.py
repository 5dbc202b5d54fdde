"""The shape of a table of operators: ``catalogue/organismes/<id>.yml``."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints

from knowledge.fichiers.communs import CodeDepartement, Fichier, Identifiant, Reference

CodeInsee = Annotated[str, StringConstraints(pattern=r"^(\d{5}|2[AB]\d{3})$")]


class SiteFichier(Fichier):
    """Une ligne d'un tableau d'opérateurs."""

    model_config = ConfigDict(title="Lieu")

    organisme: str | None = Field(
        None,
        title="Organisme",
        description="Le nom imprimé ; vide quand le document ne le donne pas.",
        examples=["GIDEF"],
    )
    lot: str | None = Field(
        None, title="Lot", description="Le numéro du lot, entre guillemets.", examples=["3"]
    )
    lieu: str = Field(
        title="Lieu", description="La commune ou le territoire, tel qu'imprimé.", examples=["Montreuil"]
    )
    code_departement: CodeDepartement = Field(
        title="Département", description="Le numéro, entre guillemets.", examples=["93"]
    )
    code_insee: CodeInsee | None = Field(
        None,
        title="Code de la commune",
        description="Le code INSEE (pas le code postal), entre guillemets ; vide quand ce n'est pas une commune.",
        examples=["93048"],
    )
    bassin: str | None = Field(
        None, title="Bassin", description="Le bassin d'emploi que ce lieu sert.", examples=["T8"]
    )
    nombre_sites: int = Field(
        1, ge=1, title="Nombre de sites", description="Quand une ligne en compte plusieurs.", examples=[2]
    )
    partenaires: int | None = Field(
        None, title="Partenaires", description="Leur nombre, tel qu'imprimé.", examples=[13]
    )
    note: str | None = Field(
        None,
        title="Note",
        description="Ce qu'il faut savoir de cette ligne.",
        examples=["Le document ne donne pas le nom complet du lycée."],
    )
    source: Reference


class OrganismesFichier(Fichier):
    """Les opérateurs et les lieux d'un dispositif."""

    model_config = ConfigDict(title="Tableau d'opérateurs")

    id: Identifiant = Field(
        title="Identifiant", description="Le nom du fichier, sans .yml.", examples=["pee"]
    )
    dispositif: Identifiant = Field(
        title="Dispositif", description="La fiche que ces lieux proposent.", examples=["pee"]
    )
    role: str = Field(
        title="Rôle",
        description="Ce que ces lieux font pour la personne.",
        examples=["Organise le PEE sur ce territoire (liste de 2019)."],
    )
    sites: list[SiteFichier] = Field(
        min_length=1,
        title="Lieux",
        description="Une ligne par lieu du document.",
        examples=[
            [
                {
                    "organisme": "GIDEF",
                    "lieu": "Paris",
                    "code_departement": "75",
                    "source": "pacte-operateurs l.4",
                }
            ]
        ],
    )
