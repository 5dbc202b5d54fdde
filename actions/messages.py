"""Messages built from the values of the core: questions with their buttons, results said step by step."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from knowledge import Base, Contact, Etape, Orientation, Parcours, QuestionSuivante, Situation, describe_fait

_BESOINS_PROPOSES = 3


def build_bouton(libelle: str, intention: str, **entites: str) -> dict[str, str]:
    """A button; its payload is an intent with entities, as Rasa reads them."""
    suite = json.dumps(entites, ensure_ascii=False) if entites else ""
    return {"title": libelle, "payload": f"/{intention}{suite}"}


def build_boutons_question(question: QuestionSuivante) -> list[dict[str, str]]:
    """The answers offered, then « Je ne sais pas » and « Passer », always."""
    boutons = [
        build_bouton(choix.libelle, "repondre", critere=question.critere, valeur=to_texte(choix.valeur))
        for choix in question.choix
    ]
    return [*boutons, build_bouton("Je ne sais pas", "ne_pas_savoir"), build_bouton("Passer", "passer")]


def to_texte(valeur: object) -> str:
    """A value as written in a payload: booleans are « oui » and « non »."""
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    return str(valeur)


def build_boutons_besoins(base: Base, besoins: list[str]) -> list[dict[str, str]]:
    """The needs given, in the person's words, then a way out and a human."""
    referentiel = base.referentiels.besoins
    boutons = [build_bouton(referentiel[besoin].libelle, besoin.replace("-", "_")) for besoin in besoins]
    return [
        *boutons,
        build_bouton("Autre chose", "changer_de_besoin"),
        build_bouton("Parler à une personne", "parler_a_un_conseiller"),
    ]


def describe_situation(base: Base, situation: Situation) -> list[str]:
    """The known facts as short clauses, codes left out: what the person can check and correct."""
    criteres = base.referentiels.criteres
    caches = {"code_insee", "code_rome"} | ({"code_departement"} if situation.commune else set())
    clauses = []
    for cle, valeur in situation.as_dict().items():
        if cle not in caches:
            clauses.append(describe_fait(criteres[cle], valeur, base.referentiels))
    return clauses


def say_rappel_urgences(dispatcher: CollectingDispatcher, base: Base, tracker: Tracker) -> None:
    """The numbers to call, when the last message may hide a danger that it does not say clearly; else nothing."""
    if tracker.latest_message.get("doute_urgence"):
        premiers = [secours.contacts[0] for secours in base.entraide.secours.values()]
        dispatcher.utter_message(response="utter_rappel_urgences", contacts=list_contacts(premiers))


def list_contacts(contacts: Iterable[Contact]) -> str:
    """Contacts with what each is for, a line each."""
    return "\n".join(f"• {describe_contact(contact)}. {contact.role}" for contact in contacts)


def describe_contact(contact: Contact) -> str:
    """A contact on one line, with what it is for."""
    moyens = [
        contact.telephone,
        contact.courriel,
        contact.site,
        contact.adresse,
        contact.commune and f"à {contact.commune}" if not contact.adresse else None,
    ]
    trouves = ", ".join(moyen for moyen in moyens if moyen)
    distance = f" (à {contact.distance_km:.0f} km)" if contact.distance_km else ""
    return f"{contact.organisme} : {trouves}{distance}" if trouves else contact.organisme


def describe_etape(etape: Etape) -> str:
    """A step in a few short sentences: what, why, what to do, whom to contact."""
    lignes = [etape.titre + ".", etape.dispositif.resume, etape.pourquoi, f"À faire : {etape.a_faire}"]
    if etape.lien_phrase:
        lignes.append(etape.lien_phrase)
    if etape.contacts:
        lignes.append(f"Contact : {describe_contact(etape.contacts[0])}")
    return "\n".join(lignes)


def build_charge_parcours(
    orientation: Orientation, *, besoins: tuple[str, ...], situation: Situation, **suite: Any
) -> dict[str, Any]:
    """What the edge needs to show the whole result: it asks the same engine for the same needs and facts."""
    return {
        "type": "parcours",
        "besoins": list(besoins),
        "situation": situation.as_dict(),
        "nombre": len(orientation.parcours_list),
        **suite,
    }


def main_etapes(parcours: Parcours) -> list[Etape]:
    """The steps of a parcours in the order they are told: the main ones, then those led alongside."""
    return sorted(parcours.etapes, key=lambda etape: (etape.en_parallele, etape.rang))


def say(dispatcher: CollectingDispatcher, texte: str, boutons: list[dict[str, str]] | None = None) -> None:
    """One message, with its buttons when there are some."""
    if boutons:
        dispatcher.utter_message(text=texte, buttons=boutons)
    else:
        dispatcher.utter_message(text=texte)
