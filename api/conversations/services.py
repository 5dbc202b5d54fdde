"""Messages of the dialogue turned into the contract's; results are computed here by the one engine."""

from __future__ import annotations

from datetime import date
from typing import Any

from api.conversations.choix import to_choix
from api.conversations.schemas import BoutonJson, MessageDateJson, MessageJson
from api.orientation.schemas import OrientationJson
from api.orientation.services import orient_to_json
from knowledge import Base, build_situation


def to_message(brut: dict[str, Any], *, base: Base, jour: date) -> MessageJson:
    """A message of the dialogue; its ``charge_utile`` of type parcours becomes the full result."""
    return MessageJson(
        texte=brut.get("texte") or "",
        boutons=[
            BoutonJson(libelle=bouton["libelle"], choix=to_choix(bouton["choix"], base.referentiels))
            for bouton in brut.get("boutons") or []
        ],
        parcours=to_parcours(brut.get("charge_utile"), base=base, jour=jour),
    )


def to_message_date(brut: dict[str, Any], *, base: Base, jour: date) -> MessageDateJson:
    """A past message, with its author."""
    message = to_message(brut, base=base, jour=jour)
    return MessageDateJson(
        auteur=brut.get("auteur", "passerelle"), horodatage=brut.get("horodatage"), **message.model_dump()
    )


def to_parcours(charge: dict[str, Any] | None, *, base: Base, jour: date) -> OrientationJson | None:
    """The result for the needs and situation the dialogue gathered; None for a message that is not a result."""
    if not charge or charge.get("type") != "parcours":
        return None
    return orient_to_json(
        base,
        charge["besoins"],
        build_situation(base, charge.get("situation") or {}),
        jour=jour,
        passees=charge.get("questions_passees") or (),
        indisponibles=charge.get("indisponibles") or (),
    )
