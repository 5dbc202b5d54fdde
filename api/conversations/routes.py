"""POST /conversations, POST /conversations/{id}/messages, GET and DELETE /conversations/{id}."""

from __future__ import annotations

import re
import secrets
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request

from api.conversations.choix import to_charge
from api.conversations.schemas import ConversationJson, DemandeMessage, ReponseJson, RepriseJson
from api.conversations.services import to_message, to_message_date
from api.dependances import Aujourdhui, LaBase, LeDialogue, LesReglages
from api.limites import check_debit
from api.mesures.compter import CONVERSATION, count, count_reponse
from api.problemes import Probleme
from api.textes import clean_texte

router = APIRouter(prefix="/conversations", tags=["conversations"])

_OCTETS_ID = 18
_FORME_ID = re.compile(r"^[A-Za-z0-9_-]{24}$")
IdConversation = Annotated[str, Path(description="L'identifiant reçu à la création.")]


def check_id(identifiant: str) -> str:
    """The id when it has the form we issue; 404 otherwise, so that nothing else reaches the dialogue."""
    if not _FORME_ID.match(identifiant):
        raise Probleme(404, "Cette conversation n'existe pas ou a été effacée. Commencez-en une nouvelle.")
    return identifiant


@router.post("", status_code=201, summary="Commencer une conversation")
async def create_conversation(request: Request, reglages: LesReglages) -> ConversationJson:
    """Un identifiant impossible à deviner ; rien n'est gardé tant qu'aucun message n'est envoyé."""
    check_debit(request, "conversations", f"{reglages.messages_par_minute}/minute")
    count(request, CONVERSATION)
    return ConversationJson(id=secrets.token_urlsafe(_OCTETS_ID))


@router.post("/{conversation_id}/messages", summary="Envoyer un message ou un choix")
async def send_message(
    request: Request,
    conversation_id: IdConversation,
    demande: DemandeMessage,
    base: LaBase,
    dialogue: LeDialogue,
    reglages: LesReglages,
    jour: Aujourdhui,
) -> ReponseJson:
    """La réponse de Passerelle."""
    identifiant = check_id(conversation_id)
    check_debit(request, "messages", f"{reglages.messages_par_minute}/minute", cle=identifiant)
    # A whole mission locale may come from one address: its limit is that of ten people at once.
    check_debit(request, "messages-adresse", f"{reglages.messages_par_minute * 10}/minute")
    contenu: dict[str, Any] = {"id_message": demande.id_message}
    if demande.langue:
        contenu["langue"] = demande.langue
    if demande.choix is not None:
        contenu["charge"] = to_charge(demande.choix, base.referentiels)
    else:
        contenu["texte"] = clean_texte(demande.texte or "", maximum=reglages.texte_max)
    reponse = await dialogue.send(identifiant, contenu)
    bruts = reponse.get("messages", [])
    messages = [to_message(brut, base=base, jour=jour) for brut in bruts]
    count_reponse(request, contenu.get("texte"), bruts, messages)
    return ReponseJson(messages=messages)


@router.get("/{conversation_id}", summary="Reprendre une conversation")
async def read_conversation(
    conversation_id: IdConversation, base: LaBase, dialogue: LeDialogue, jour: Aujourdhui
) -> RepriseJson:
    """Les messages échangés et ce qui a été compris."""
    identifiant = check_id(conversation_id)
    lue = await dialogue.read(identifiant)
    if not lue.get("existe"):
        raise Probleme(404, "Cette conversation n'existe pas ou a été effacée. Commencez-en une nouvelle.")
    return RepriseJson(
        id=identifiant,
        messages=[to_message_date(brut, base=base, jour=jour) for brut in lue.get("messages", [])],
        situation=lue.get("situation") or {},
        besoins=lue.get("besoins") or [],
    )


@router.delete("/{conversation_id}", status_code=204, summary="Tout effacer")
async def delete_conversation(conversation_id: IdConversation, dialogue: LeDialogue) -> None:
    """La conversation et tout ce qu'elle contenait sont effacés."""
    await dialogue.forget(check_id(conversation_id))
