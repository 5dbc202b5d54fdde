"""JSON shapes of the shared results."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from api.orientation.schemas import OrientationJson
from api.partages.services import PAROLES_MAX


class DemandePartage(BaseModel):
    """Ce que l'on garde : un résultat déjà affiché dans une conversation, ou des besoins et une situation."""

    model_config = ConfigDict(extra="forbid")

    conversation: str | None = Field(
        None, max_length=64, description="La conversation dont on garde le dernier parcours."
    )
    besoins: list[str] = Field(default_factory=list, max_length=23, description="Sinon, les besoins.")
    situation: dict[str, Any] = Field(default_factory=dict, description="Et ce que l'on sait de la personne.")
    questions_passees: list[str] = Field(default_factory=list, max_length=40)
    indisponibles: list[str] = Field(default_factory=list, max_length=200)
    paroles: str | None = Field(
        None, max_length=PAROLES_MAX, description="Les mots de la personne, seulement si elle est d'accord."
    )
    avec_paroles: bool = Field(
        False,
        description="Avec une conversation : la personne est d'accord pour joindre son premier message.",
    )
    langue: str = Field("fr", pattern="^[a-z]{2}$")
    jours: int = Field(30, description="Durée de vie du code : 1, 7 ou 30 jours.")


class PartageCreeJson(BaseModel):
    """Le code, dit une seule fois : il n'est gardé nulle part."""

    code: str
    lien: str = Field(
        description="Le code est après le « # » : il n'est pas envoyé au serveur à l'ouverture."
    )
    qr: str = Field(description="Le lien en QR code : une image SVG, en « data: ».")
    expire_le: datetime


class PartageLuJson(BaseModel):
    """Ce que le code ouvre, avec le résultat calculé aujourd'hui."""

    besoins: list[str]
    situation: dict[str, Any]
    questions_passees: list[str]
    indisponibles: list[str]
    paroles: str | None = None
    note: str | None = None
    langue: str
    modifie_le: datetime | None = None
    expire_le: datetime
    orientation: OrientationJson
