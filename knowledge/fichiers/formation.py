"""The shape of a formation: ``catalogue/formations/<id>.yml``."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import ConfigDict, Field

from knowledge.fichiers.communs import (
    CodeRome,
    ConditionFichier,
    ContactFichier,
    Fichier,
    Identifiant,
    MentionFichier,
    Reference,
)

TypeParcours = Literal["C", "P", "AQ"]


class OffreFichier(Fichier):
    """Où une formation est proposée, selon une ligne du document."""

    model_config = ConfigDict(title="Offre")

    territoires: list[str] = Field(
        min_length=1,
        title="Territoires",
        description="Les bassins, avec les noms de referentiels/territoires, ou « Région ».",
        examples=[["Région"], ["T6", "T8"]],
    )
    territoire_imprime: str = Field(
        title="Tel qu'imprimé", description="La case du document, mot pour mot.", examples=["T6; T8; T9"]
    )
    source: Reference


class FormationFichier(Fichier):
    """Une formation : un contenu, et les territoires où il est proposé."""

    model_config = ConfigDict(title="Formation")

    id: Identifiant = Field(
        title="Identifiant",
        description="Le nom du fichier, sans .yml. Il ne change jamais.",
        examples=["ssiap-1"],
    )
    intitule: str = Field(
        title="Titre",
        description="Le titre montré à la personne.",
        examples=["TP secrétaire assistant médico-social"],
    )
    intitule_imprime: str | None = Field(
        None,
        title="Titre imprimé",
        description="Mot pour mot ; vide quand le document ne donne que des codes.",
        examples=["SSIAP 1"],
    )
    dispositif: Identifiant | None = Field(
        None, title="Dispositif", description="La fiche qui la porte.", examples=["prfe-certifiant"]
    )
    secteur: str = Field(title="Secteur", description="Tel qu'imprimé.", examples=["Sanitaire et social"])
    certification: str | None = Field(
        None, title="Certification", description="Le type de diplôme ou de titre.", examples=["CAP", "TP"]
    )
    niveaux: list[int] = Field(
        default_factory=list,
        title="Niveaux d'aujourd'hui",
        description="De 0 à 8 (referentiels/niveaux.yml) : 3 CAP, 4 bac, 5 bac+2.",
        examples=[[0, 3]],
    )
    niveaux_source: str | None = Field(
        None,
        title="Niveaux imprimés",
        description="Ceux de l'ancienne nomenclature, tels qu'écrits. Vide si le document écrit déjà ceux d'aujourd'hui.",
        examples=["V, VI"],
    )
    parcours_types: list[TypeParcours] = Field(
        default_factory=list,
        title="Types de parcours",
        description="C : diplôme ou titre. P : compétences pour un métier. AQ : préparation à la qualification.",
        examples=[["C", "AQ"]],
    )
    rome: list[CodeRome] = Field(
        default_factory=list, title="Métiers", description="Les codes ROME du document.", examples=[["K1304"]]
    )
    nsf: list[str] = Field(
        default_factory=list,
        title="Spécialités",
        description="Les spécialités de formation (NSF), telles qu'imprimées.",
        examples=[["331 Santé"]],
    )
    besoins: list[Identifiant] = Field(
        min_length=1,
        title="Besoins",
        description="Les besoins auxquels elle répond.",
        examples=[["obtenir-une-qualification"]],
    )
    conditions: list[ConditionFichier] = Field(
        default_factory=list,
        title="Conditions propres",
        description="Celles d'un secteur entier s'écrivent une fois, dans referentiels/regles_entree.yml.",
        examples=[[{"id": "projet", "critere": "projet", "egal": "confirme", "source": "pacte l.915-917"}]],
    )
    offres: list[OffreFichier] = Field(
        min_length=1,
        title="Offres",
        description="Une par ligne du document.",
        examples=[
            [{"territoires": ["Région"], "territoire_imprime": "Région", "source": "pacte l.9831-9845"}]
        ],
    )
    precision: str | None = Field(
        None, title="Précision", description="Une phrase simple.", examples=["Le stage dure 560 heures."]
    )
    complements: dict[str, Any] = Field(
        default_factory=dict,
        title="Compléments",
        description="Ce que le document donne en plus, avec ses sources.",
        examples=[{"modules": [{"titre": "Accueil", "source": "dejeps l.320-323"}]}],
    )
    contacts: list[ContactFichier] = Field(
        default_factory=list,
        title="Contacts",
        description="Qui joindre pour cette formation.",
        examples=[
            [
                {
                    "organisme": "IMSAT",
                    "role": "Inscrit.",
                    "telephone": "04 94 75 24 15",
                    "source": "dejeps l.698",
                }
            ]
        ],
    )
    qualite: dict[str, MentionFichier] = Field(
        default_factory=dict,
        title="Informations de Qualiopi",
        description=(
            "Les neuf informations de l'indicateur 1, quand le document les donne : prerequis, objectifs, duree, "
            "acces_et_delais, tarifs, contacts, methodes, evaluation, accessibilite_handicap."
        ),
        examples=[{"duree": {"precision": "12 mois.", "source": "dejeps l.526-528"}}],
    )
    manques: list[str] = Field(
        default_factory=list,
        title="Ce que le document ne dit pas",
        description="Une phrase par information absente.",
        examples=[["La durée, les dates et le prix."]],
    )
