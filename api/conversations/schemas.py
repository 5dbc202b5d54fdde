"""JSON shapes of the conversations, as the contract writes them."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from api.orientation.schemas import OrientationJson


class BoutonJson(BaseModel):
    """Un bouton : ce qui est écrit dessus, et le choix à renvoyer."""

    libelle: str
    choix: str


class MessageJson(BaseModel):
    """Un message de Passerelle."""

    texte: str
    boutons: list[BoutonJson] = Field(default_factory=list)
    parcours: OrientationJson | None = None


class MessageDateJson(MessageJson):
    """Un message déjà échangé."""

    auteur: str
    horodatage: float | None = None


class ConversationJson(BaseModel):
    """Une conversation qui commence."""

    id: str
    messages: list[MessageJson] = Field(default_factory=list)


class RepriseJson(BaseModel):
    """Une conversation reprise."""

    id: str
    messages: list[MessageDateJson]
    situation: dict[str, Any] = Field(default_factory=dict)
    besoins: list[str] = Field(default_factory=list)


class ReponseJson(BaseModel):
    """Les messages qui répondent."""

    messages: list[MessageJson]


class DemandeMessage(BaseModel):
    """Un texte, ou le choix d'un bouton."""

    model_config = ConfigDict(extra="forbid")

    texte: str | None = Field(None, description="Le message, avec les mots de la personne.")
    choix: str | None = Field(None, max_length=200, description="Le choix d'un bouton, tel que reçu.")
    id_message: str | None = Field(
        None, max_length=64, description="Le même identifiant envoyé deux fois n'est traité qu'une fois."
    )
    langue: str | None = Field(
        None, pattern="^[a-z]{2}$", description="La langue voulue pour les phrases fixes."
    )

    @model_validator(mode="after")
    def _check_un_seul(self) -> DemandeMessage:
        if (self.texte is None) == (self.choix is None):
            raise ValueError("donnez soit texte, soit choix")
        return self
