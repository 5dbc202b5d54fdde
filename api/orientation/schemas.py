"""JSON shapes of the orientation, as the contract writes them."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class _Demande(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SourceJson(BaseModel):
    """Où le fait est écrit : un document et ses lignes, ou une page."""

    document: str
    lignes: str | None = None
    lien: str | None = None
    titre: str | None = None
    date_source: date | None = None
    verifie_le: date | None = None


class ContactJson(BaseModel):
    """Une personne ou un lieu à joindre ; `verifie_le` vide veut dire « à vérifier »."""

    organisme: str
    role: str
    telephone: str | None = None
    courriel: str | None = None
    site: str | None = None
    adresse: str | None = None
    commune: str | None = None
    code_departement: str | None = None
    precision: str | None = None
    distance_km: float | None = None
    source: SourceJson
    verifie_le: date | None = None


class RaisonJson(BaseModel):
    """Pourquoi : le critère, son verdict, la phrase, la source."""

    critere: str
    verdict: str
    phrase: str
    source: SourceJson
    nature: str = "condition"
    a_changer: str | None = None


class DispositifJson(BaseModel):
    """Un dispositif jugé pour la situation."""

    id: str
    nom: str
    sigle: str | None = None
    resume: str
    verdict: str
    prioritaire: bool
    presque: bool = False
    raisons: list[RaisonJson]
    a_verifier: list[str]
    contacts: list[ContactJson]


class LienJson(BaseModel):
    """Comment l'étape suit la précédente, et ce qu'en dit la source."""

    statut: str
    phrase: str
    source: SourceJson | None = None


class EtapeJson(BaseModel):
    """Une étape du parcours."""

    rang: int
    dispositif: str | None = None
    formation: str | None = None
    titre: str
    resume: str
    pourquoi: str
    verdict: str
    en_parallele: bool
    duree: str | None = None
    cout: str | None = None
    remuneration: str | None = None
    a_faire: str
    a_verifier: list[str]
    a_apporter: list[str] = Field(default_factory=list)
    contacts: list[ContactJson]
    source: SourceJson
    lien: LienJson | None = None


class ParcoursJson(BaseModel):
    """Un parcours : des étapes dans l'ordre, et ce qui peut le casser."""

    id: str
    nature: str
    resume: str
    duree_semaines: int | None = None
    etapes: list[EtapeJson]
    points_de_vigilance: list[str]


class ChoixJson(BaseModel):
    """Un bouton de réponse."""

    valeur: bool | int | str
    libelle: str


class QuestionJson(BaseModel):
    """La prochaine question utile."""

    critere: str
    texte: str
    pourquoi: str
    choix: list[ChoixJson]
    sensible: bool = False


class OrientationJson(BaseModel):
    """La réponse entière du moteur."""

    dispositifs: list[DispositifJson]
    parcours: list[ParcoursJson]
    question_suivante: QuestionJson | None = None
    contacts: list[ContactJson] = Field(default_factory=list)
    besoins_sans_reponse: list[str] = Field(default_factory=list)
    buts_manques: list[str] = Field(default_factory=list)


class DemandeOrientation(_Demande):
    """Les besoins, ce que l'on sait de la personne, et le jour."""

    besoins: list[str] = Field(
        min_length=1,
        max_length=23,
        description="Identifiants de besoins, le plus important d'abord.",
        examples=[["parler-francais"]],
    )
    situation: dict[str, Any] = Field(
        default_factory=dict,
        description="Ce que l'on sait ; une clé absente veut dire « pas su ».",
        examples=[{"age_ans": 22, "commune": "Saint-Denis", "code_departement": "93", "niveau_diplome": 0}],
    )
    date: str | None = Field(
        None,
        pattern=r"^\d{4}-\d{2}-\d{2}$",
        description="Jour pour lequel les règles sont lues (AAAA-MM-JJ) ; aujourd'hui par défaut.",
    )
    limite: int | None = Field(None, ge=1, le=200, description="Nombre de dispositifs au plus.")
    questions_passees: list[str] = Field(
        default_factory=list, max_length=40, description="Les questions déjà passées."
    )
    indisponibles: list[str] = Field(
        default_factory=list,
        max_length=200,
        description="Fiches fermées, complètes ou refusées : les parcours font sans.",
    )


class DemandeTexte(_Demande):
    """Un message écrit par la personne."""

    texte: str = Field(
        description="Le message, avec les mots de la personne.",
        examples=["j'ai du mal à m'exprimer en français"],
    )


class DemandeExtraction(DemandeTexte):
    """Un message, et la question à laquelle il répond."""

    question: str | None = Field(None, description="La clé qui vient d'être demandée.", examples=["age_ans"])


class BesoinReconnu(BaseModel):
    """Un besoin et sa probabilité."""

    id: str
    score: float


class Reconnaissance(BaseModel):
    """Les besoins reconnus, le meilleur d'abord."""

    besoins: list[BesoinReconnu]
    hors_sujet: bool
    langue: str
    urgence: str | None = None


class Extraction(BaseModel):
    """Les faits lus dans le message, et ce qu'il faut faire préciser."""

    faits: dict[str, Any]
    a_preciser: dict[str, list[dict[str, Any]]] = Field(default_factory=dict)
