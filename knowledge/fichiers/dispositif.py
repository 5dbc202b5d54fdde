"""The shape of a dispositif: ``catalogue/dispositifs/<id>.yml``."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import ConfigDict, Field

from knowledge.fichiers.communs import (
    CodeDepartement,
    CodeRome,
    ConditionFichier,
    ContactFichier,
    Fichier,
    Identifiant,
    MentionFichier,
    Reference,
    SourceLocale,
    Valeur,
)

_RAISON: dict[str, Any] = {
    "title": "Raison de l'absence",
    "description": "Pourquoi l'information manque. Obligatoire sans source.",
    "examples": ["Le document ne le dit pas."],
}
_PRECISION: dict[str, Any] = {"title": "Précision", "description": "Une phrase simple."}


class BesoinRepondu(Fichier):
    """Un besoin auquel la fiche répond, avec les lignes qui le disent."""

    model_config = ConfigDict(title="Besoin auquel la fiche répond")

    id: Identifiant = Field(
        title="Besoin",
        description="Un besoin de referentiels/besoins.yml. Le premier de la liste est le principal.",
        examples=["choisir-un-metier"],
    )
    precision: str | None = Field(None, **_PRECISION, examples=["On construit son projet avec des stages."])
    source: Reference


class DureeFichier(Fichier):
    """La durée ; si le document se tait, écrire seulement « raison »."""

    model_config = ConfigDict(title="Durée")

    heures_min: int | None = Field(
        None, ge=0, title="Heures, au moins", description="En heures.", examples=[70]
    )
    heures_max: int | None = Field(
        None, ge=0, title="Heures, au plus", description="En heures.", examples=[945]
    )
    semaines_min: int | None = Field(
        None, ge=0, title="Semaines, au moins", description="En semaines.", examples=[3]
    )
    semaines_max: int | None = Field(
        None, ge=0, title="Semaines, au plus", description="En semaines.", examples=[16]
    )
    precision: str | None = Field(None, **_PRECISION, examples=["Avec 12 semaines de stage au plus."])
    source: Reference | None = None
    raison: str | None = Field(None, **_RAISON)


class ReponseFichier(Fichier):
    """Payé ou non, gratuit ou non. « non_precise » demande une raison."""

    model_config = ConfigDict(title="Réponse")

    statut: Literal["oui", "non", "selon_situation", "gratuit", "payant", "non_precise"] = Field(
        title="Réponse",
        description='Ce que dit le document ; non_precise quand il se tait. Entre guillemets : "oui", "non".',
        examples=["oui", "selon_situation"],
    )
    montant_euros: str | None = Field(
        None, title="Montant", description="En euros, tel qu'écrit.", examples=["5880"]
    )
    precision: str | None = Field(None, **_PRECISION, examples=["Gratuit en apprentissage."])
    source: Reference | None = None
    raison: str | None = Field(None, **_RAISON)


class EffetFichier(Fichier):
    """Ce que l'étape change : un acquis gagné, ou un critère qui prend une valeur."""

    model_config = ConfigDict(title="Effet")

    acquis: Identifiant | None = Field(
        None,
        title="Acquis",
        description="Ce que la personne a après : un mot de referentiels/acquis.yml.",
        examples=["projet", "qualification"],
    )
    critere: str | None = Field(
        None, title="Critère", description="Le critère qui change.", examples=["projet"]
    )
    valeur: Valeur | None = Field(
        None, title="Valeur", description="Sa valeur après l'étape.", examples=["confirme"]
    )
    source: Reference


class ArticulationFichier(Fichier):
    """Un lien vers une autre fiche. Un souhait du document s'écrit « souhaite », jamais « etabli »."""

    model_config = ConfigDict(title="Lien vers une suite")

    vers: Identifiant = Field(
        title="Vers", description="L'id de la fiche qui suit.", examples=["prfe-certifiant"]
    )
    statut: Literal["etabli", "prioritaire", "souhaite"] = Field(
        title="Solidité du lien",
        description="etabli : il existe. prioritaire : on y entre en priorité. souhaite : le document le souhaite.",
        examples=["prioritaire"],
    )
    precision: str | None = Field(None, **_PRECISION, examples=["Les sortants du PEE sont prioritaires."])
    source: Reference


class TerritoireFichier(Fichier):
    """Où vaut le dispositif. Une liste vide de départements veut dire : toute la France."""

    model_config = ConfigDict(title="Territoire")

    libelle: str = Field(title="Nom", description="Le territoire, en clair.", examples=["Île-de-France"])
    departements: list[CodeDepartement] = Field(
        default_factory=list,
        title="Départements",
        description="Les numéros, entre guillemets ; vide : toute la France.",
        examples=[["75", "93"]],
    )
    condition: bool = Field(
        True,
        title="Faut-il y habiter ?",
        description="true : il faut y habiter. false : cela s'y passe seulement.",
        examples=[True, False],
    )
    source: Reference


class SitesFichier(Fichier):
    """Les lieux viennent d'un tableau d'opérateurs."""

    model_config = ConfigDict(title="Tableau des lieux")

    organismes: Identifiant = Field(
        title="Tableau", description="Le nom du fichier de catalogue/organismes/.", examples=["pee"]
    )


class DispositifFichier(Fichier):
    """Une fiche dispositif. Chaque champ est rempli, ou dit pourquoi il est vide."""

    model_config = ConfigDict(title="Dispositif")

    id: Identifiant = Field(
        title="Identifiant",
        description="Le nom du fichier, sans .yml. Il ne change jamais.",
        examples=["pee"],
    )
    nom: str = Field(title="Nom", description="Le nom complet.", examples=["Parcours d'entrée en emploi"])
    sigle: str | None = Field(None, title="Sigle", description="S'il est connu du public.", examples=["PEE"])
    alias: list[str] = Field(
        default_factory=list,
        title="Autres noms",
        description="Les autres noms lus dans les documents ou entendus.",
        examples=[["Avenir Jeunes"]],
    )
    resume: str = Field(
        title="Résumé",
        description="Une phrase simple : ce que c'est, pour la personne.",
        max_length=240,
        examples=["Une formation payée pour les 16-25 ans, pour trouver et vérifier un métier."],
    )
    nature: Literal[
        "formation",
        "accompagnement",
        "aide-financiere",
        "information",
        "certification",
        "emploi-forme",
        "inscription",
    ] = Field(title="Nature", description="Ce que c'est.", examples=["formation"])
    etat: Literal["en_vigueur", "experimental", "prevu"] = Field(
        title="État",
        description="Ce que dit le document : en vigueur, à l'essai, ou seulement prévu.",
        examples=["en_vigueur"],
    )
    besoins: list[BesoinRepondu] = Field(
        min_length=1,
        title="Besoins",
        description="Les besoins auxquels la fiche répond, le principal d'abord.",
        examples=[[{"id": "choisir-un-metier", "source": "pacte l.10331-10334"}]],
    )
    contenus: list[MentionFichier] = Field(
        default_factory=list,
        title="Contenus",
        description="Ce que l'on y fait, avec les mots de referentiels/contenus.yml.",
        examples=[[{"id": "immersion", "source": "pacte l.1899-1902"}]],
    )
    conditions: list[ConditionFichier] = Field(
        default_factory=list,
        title="Conditions",
        description="Ce qu'il faut remplir pour entrer. Pas ici : les publics seulement prioritaires.",
        examples=[[{"id": "age", "critere": "age_ans", "entre": [16, 25], "source": "pacte l.10336-10338"}]],
    )
    public_prioritaire: list[ConditionFichier] = Field(
        default_factory=list,
        title="Public prioritaire",
        description="Qui passe en premier. Ne pas en être n'empêche jamais d'entrer.",
        examples=[[{"id": "rsa", "critere": "rsa", "egal": True, "source": "pacte l.12013-12014"}]],
    )
    duree: DureeFichier = Field(
        title="Durée",
        description="La durée, avec sa source, ou la raison de son absence.",
        examples=[{"raison": "Le document ne donne pas de durée."}],
    )
    rythme: MentionFichier = Field(
        title="Rythme",
        description="Temps plein, jours par semaine, alternance…",
        examples=[{"raison": "Le document ne donne pas le rythme de la semaine."}],
    )
    certifications: list[MentionFichier] = Field(
        default_factory=list,
        title="Certifications",
        description="Les diplômes, titres ou certificats que l'on peut obtenir.",
        examples=[[{"libelle": "CléA", "source": "pacte l.10438"}]],
    )
    remuneration: ReponseFichier = Field(
        title="Rémunération",
        description="La personne est-elle payée ?",
        examples=[{"statut": "oui", "source": "pacte l.10424-10426"}],
    )
    cout: ReponseFichier = Field(
        title="Coût",
        description="Ce que la personne paie.",
        examples=[{"statut": "non_precise", "raison": "Le document ne le dit pas."}],
    )
    financements: list[MentionFichier] = Field(
        default_factory=list,
        title="Financements",
        description="Qui paie, et comment faire payer.",
        examples=[[{"libelle": "Région Île-de-France", "source": "pacte l.10424-10426"}]],
    )
    entree: MentionFichier = Field(
        title="Entrée",
        description="Comment on entre : directement, par un conseiller, après un test…",
        examples=[{"precision": "On s'inscrit directement.", "source": "pacte l.1421-1422"}],
    )
    prescripteurs: list[MentionFichier] = Field(
        default_factory=list,
        title="Prescripteurs",
        description="Qui peut orienter vers ce dispositif.",
        examples=[[{"libelle": "Mission locale", "source": "pacte l.1778-1780"}]],
    )
    effets: list[EffetFichier] = Field(
        default_factory=list,
        title="Effets",
        description="Ce que cela change pour la personne ; sert à construire les parcours.",
        examples=[[{"acquis": "projet", "source": "pacte l.10331-10334"}]],
    )
    articulations: list[ArticulationFichier] = Field(
        default_factory=list,
        title="Suites",
        description="Les fiches vers lesquelles on peut aller ensuite.",
        examples=[[{"vers": "clea", "statut": "etabli", "source": "pacte l.3928-3930"}]],
    )
    resultats: list[MentionFichier] = Field(
        default_factory=list,
        title="Résultats",
        description="Les résultats imprimés dans les documents.",
        examples=[[{"libelle": "Sorties positives", "valeur": "60 %", "source": "pacte l.1912-1915"}]],
    )
    territoire: TerritoireFichier = Field(
        title="Territoire",
        description="Où cela existe.",
        examples=[
            {"libelle": "Île-de-France", "departements": ["75", "93"], "source": "pacte l.10361-10420"}
        ],
    )
    sites: SitesFichier | None = Field(
        None,
        title="Lieux",
        description="Le tableau d'opérateurs qui donne les lieux.",
        examples=[{"organismes": "pee"}],
    )
    contacts: list[ContactFichier] = Field(
        default_factory=list,
        title="Contacts",
        description="Qui joindre.",
        examples=[
            [
                {
                    "organisme": "Mission locale",
                    "role": "Vous oriente.",
                    "site": "https://www.unml.info",
                    "source": "site-mission-locale",
                }
            ]
        ],
    )
    a_faire: str = Field(
        title="À faire",
        description="La première chose à faire, en une phrase adressée à la personne.",
        examples=["Prenez rendez-vous avec la mission locale."],
    )
    rome: list[CodeRome] = Field(
        default_factory=list,
        title="Métiers",
        description="Les codes ROME, seulement quand la fiche ne vaut que pour ces métiers.",
        examples=[["G1202"]],
    )
    rome_deduit: str | None = Field(
        None,
        title="Métiers déduits",
        description="Pourquoi ces métiers, quand le document ne les donne pas. Vide : ils sont dans le document.",
        examples=["Le document ne donne pas de métiers : ceux-ci sont déduits du nom du diplôme."],
    )
    en_parallele: bool = Field(
        False,
        title="En parallèle",
        description="true quand cela se mène à côté des autres étapes (logement, garde, revenu…).",
        examples=[False, True],
    )
    debut_validite: date | None = Field(
        None, title="Début", description="Pas proposé avant ce jour.", examples=["2026-01-01"]
    )
    fin_validite: date | None = Field(
        None,
        title="Fin",
        description="Plus proposé après ce jour. Une fiche qui s'arrête n'est pas effacée.",
        examples=["2026-12-31"],
    )
    manques: list[str] = Field(
        default_factory=list,
        title="Ce que les documents ne disent pas",
        description="Une phrase par information absente.",
        examples=[["Le montant de la rémunération."]],
    )
    complements: dict[str, Any] = Field(
        default_factory=dict,
        title="Compléments",
        description="Ce qui est propre à une formation : blocs, modules, tarifs, accessibilité… avec leurs sources.",
        examples=[
            {"accessibilite": {"texte": "Ouvert aux personnes handicapées.", "source": "dejeps l.63-73"}}
        ],
    )
    sources: dict[str, SourceLocale] = Field(
        default_factory=dict,
        title="Sources propres à la fiche",
        description="Celles qui ne sont pas dans referentiels/documents.yml.",
        examples=[{"site-cnam": {"titre": "Cnam", "lien": "https://www.cnam.fr"}}],
    )
