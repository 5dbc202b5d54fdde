"""From a request or a conversation to what is kept, and from what was kept to a result computed today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from fastapi import Request

from api.config import Reglages
from api.conversations.routes import check_id
from api.dialogue import Dialogue
from api.limites import check_debit
from api.orientation.schemas import OrientationJson
from api.orientation.services import orient_to_json
from api.partages.schemas import DemandePartage
from api.partages.services import PAROLES_MAX, ContenuPartage
from api.problemes import Probleme
from api.textes import mask_identifiants
from knowledge import Base, Situation, ValeurInvalide, build_situation, check_besoins

_RIEN_A_GARDER = "Il n'y a pas encore de parcours à garder. Dites d'abord ce que vous cherchez."


def check_essais(request: Request) -> None:
    """Bound the codes tried from one address: ten a minute, sixty an hour.

    Raises:
        Probleme: 429 beyond.
    """
    check_debit(request, "codes", "10/minute")
    check_debit(request, "codes-heure", "60/hour")


def get_adresse(request: Request, reglages: Reglages) -> str:
    """The public address of the site, without final slash: the one configured, else the one of this request."""
    return (reglages.adresse_publique or str(request.base_url)).rstrip("/")


def build_lien(adresse: str, code: str) -> str:
    """The link of a code. After « # » nothing is sent: the code stays out of logs and referrers."""
    return f"{adresse}/reprendre#{code}"


def build_contenu(demande: DemandePartage, base: Base) -> ContenuPartage:
    """What a request asks to keep; an unknown need or key is refused as everywhere else.

    Raises:
        Probleme: 422 when there is no need.
        ErreurPasserelle: a need, a key or a value that does not exist.
    """
    besoins = check_besoins(base, demande.besoins)
    if not besoins:
        raise Probleme(422, _RIEN_A_GARDER)
    return ContenuPartage(
        besoins=besoins,
        situation=build_situation(base, demande.situation).as_dict(),
        passees=tuple(demande.questions_passees),
        indisponibles=tuple(demande.indisponibles),
        paroles=mask_identifiants(demande.paroles) if demande.paroles else None,
        langue=demande.langue,
    )


async def read_contenu(demande: DemandePartage, *, base: Base, dialogue: Dialogue) -> ContenuPartage:
    """What a request is about: the last result of the conversation it names, else the needs and facts it holds.

    Raises:
        Probleme: 404 when the conversation does not exist, 422 when there is no need.
    """
    if demande.conversation:
        lue = await dialogue.read(check_id(demande.conversation))
        return build_contenu_de_conversation(lue, demande, base)
    return build_contenu(demande, base)


def build_contenu_de_conversation(
    lue: Mapping[str, Any], demande: DemandePartage, base: Base
) -> ContenuPartage:
    """The last result of a conversation; the person's first message too, when she agreed.

    Raises:
        Probleme: 404 when the conversation does not exist, 422 when it holds no need yet.
    """
    if not lue.get("existe"):
        raise Probleme(404, "Cette conversation n'existe pas ou a été effacée.")
    charges = [
        message["charge_utile"]
        for message in lue.get("messages", [])
        if (message.get("charge_utile") or {}).get("type") == "parcours"
    ]
    charge = charges[-1] if charges else lue
    dits = (m.get("texte") for m in lue.get("messages", []) if m.get("auteur") == "personne")
    paroles = next((texte for texte in dits if texte), None) if demande.avec_paroles else None
    return build_contenu(
        demande.model_copy(
            update={
                "besoins": list(charge.get("besoins") or []),
                "situation": dict(charge.get("situation") or {}),
                "questions_passees": list(charge.get("questions_passees") or []),
                "indisponibles": list(charge.get("indisponibles") or []),
                "paroles": paroles[:PAROLES_MAX] if paroles else demande.paroles,
            }
        ),
        base,
    )


def keep_connus(contenu: ContenuPartage, base: Base) -> tuple[ContenuPartage, Situation]:
    """What is still known: the base may have lost a need, a key or a value since the code was made."""
    besoins = tuple(besoin for besoin in contenu.besoins if besoin in base.referentiels.besoins)
    faits: dict[str, object] = {}
    for cle, valeur in contenu.situation.items():
        if cle in base.referentiels.criteres:
            try:
                build_situation(base, {cle: valeur})
            except ValeurInvalide:
                continue
            faits[cle] = valeur
    passees = tuple(cle for cle in contenu.passees if cle in base.referentiels.questions)
    return replace(contenu, besoins=besoins, situation=faits, passees=passees), build_situation(base, faits)


def orient_contenu(contenu: ContenuPartage, *, base: Base, jour: date) -> OrientationJson:
    """The result of today for what was kept."""
    return orient_connu(*keep_connus(contenu, base), base=base, jour=jour)


def orient_connu(connu: ContenuPartage, situation: Situation, *, base: Base, jour: date) -> OrientationJson:
    """The result of today for what ``keep_connus`` gave."""
    return orient_to_json(
        base,
        connu.besoins,
        situation,
        jour=jour,
        passees=connu.passees,
        indisponibles=connu.indisponibles,
    )
