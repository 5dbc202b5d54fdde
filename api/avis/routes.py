"""POST /avis, POST /signalements."""

from __future__ import annotations

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from api.avis.services import PHRASE_MAX, Genre, Reponse, create_avis, create_signalement
from api.dependances import LaBase
from api.limites import check_debit
from api.problemes import Probleme
from api.stockage import LaSession
from knowledge import Base

router = APIRouter(tags=["avis"])


class DemandeAvis(BaseModel):
    """« Cela vous a-t-il aidé ? », et une phrase si la personne veut."""

    model_config = ConfigDict(extra="forbid")

    reponse: Reponse
    phrase: str | None = Field(None, max_length=PHRASE_MAX, description="Gardée sans numéro ni adresse.")
    langue: str = Field("fr", pattern="^[a-z]{2}$")


class DemandeSignalement(BaseModel):
    """Ce qui est faux, et sur quelle fiche."""

    model_config = ConfigDict(extra="forbid")

    genre: Genre
    fiche: str | None = Field(
        None, max_length=120, description="Identifiant du dispositif ou de la formation."
    )
    phrase: str | None = Field(None, max_length=PHRASE_MAX, description="Gardée sans numéro ni adresse.")


def check_debit_avis(request: Request) -> None:
    """Ten opinions or reports a minute, sixty an hour, from one address: that of a room, not of a machine.

    Raises:
        Probleme: 429 beyond.
    """
    check_debit(request, "avis", "10/minute")
    check_debit(request, "avis-heure", "60/hour")


def check_fiche(base: Base, fiche: str | None) -> str | None:
    """The id of a known sheet; None when none is given.

    Raises:
        Probleme: 422 when the base knows no such sheet.
    """
    if not fiche:
        return None
    if fiche not in base.catalogue.dispositifs and fiche not in base.catalogue.formations:
        raise Probleme(422, "Cette fiche n'existe pas.")
    return fiche


@router.post("/avis", status_code=201, summary="Dire si cela a aidé")
def send_avis(request: Request, demande: DemandeAvis, db_session: LaSession) -> dict[str, str]:
    """Gardé douze mois, sans nom."""
    check_debit_avis(request)
    create_avis(db_session, reponse=demande.reponse, phrase=demande.phrase, langue=demande.langue)
    return {"etat": "merci"}


@router.post("/signalements", status_code=201, summary="Signaler une erreur")
def send_signalement(
    request: Request, demande: DemandeSignalement, base: LaBase, db_session: LaSession
) -> dict[str, str]:
    """Gardé douze mois, sans nom ; une personne le lit."""
    check_debit_avis(request)
    fiche = check_fiche(base, demande.fiche)
    create_signalement(db_session, genre=demande.genre, fiche=fiche, phrase=demande.phrase)
    return {"etat": "merci"}
