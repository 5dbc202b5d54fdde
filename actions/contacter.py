"""After a result: whom to call, and the places nearest to the person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import get_base
from actions.messages import describe_contact, list_contacts
from actions.orienter import build_boutons_suite, compute, get_etapes
from actions.suivi import Suivi, read_suivi
from knowledge import Contact, Etape, find_contacts

_CONTACTS_DITS = 4


class ActionDireQuiAppeler(Action):
    """The contacts of the first step, then the advisers of the needs."""

    def name(self) -> str:
        return "action_dire_qui_appeler"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        base, suivi = get_base(), read_suivi(tracker)
        besoins = suivi.besoins or ("parler-a-un-conseiller",)
        orientation = compute(base, replace(suivi, besoins=besoins))
        etapes = get_etapes(orientation)
        etape = get_etape_montree(etapes, suivi)
        conseillers = find_contacts(base, ("parler-a-un-conseiller",), suivi.situation)
        contacts = choose_joignables(
            (*(etape.contacts if etape else ()), *orientation.contacts, *conseillers)
        )
        say_apres_resultat(
            dispatcher, tracker, suivi, etapes, response="utter_contacts", contacts=list_contacts(contacts)
        )
        return []


def get_etape_montree(etapes: list[Etape], suivi: Suivi) -> Etape | None:
    """The step the person is looking at: the last one told, the first before any; None without a result."""
    return etapes[min(max(0, suivi.rang_montre - 1), len(etapes) - 1)] if etapes else None


def choose_joignables(contacts: Sequence[Contact]) -> list[Contact]:
    """A few contacts in their order, the same number or site only once, with at least one that can be called."""
    vus: dict[str, Contact] = {}
    for contact in contacts:
        vus.setdefault(contact.telephone or contact.site or describe_contact(contact), contact)
    dits, suite = list(vus.values())[:_CONTACTS_DITS], list(vus.values())[_CONTACTS_DITS:]
    appelable = next((contact for contact in suite if contact.telephone), None)
    if appelable is not None and not any(contact.telephone for contact in dits):
        dits[-1] = appelable
    return dits


def say_apres_resultat(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    suivi: Suivi,
    etapes: Sequence[Etape],
    *,
    response: str,
    **contenus: str,
) -> None:
    """A reply about the result, with what can be asked next; without buttons when a question follows."""
    if suivi.rang_montre and not (tracker.active_loop or {}).get("name"):
        reste = suivi.rang_montre < len(etapes)
        dispatcher.utter_message(response=response, buttons=build_boutons_suite(reste), **contenus)
    else:
        dispatcher.utter_message(response=response, **contenus)


class ActionDirePlusPres(Action):
    """The nearest sites of the first step; asks for the commune when it is not known."""

    def name(self) -> str:
        return "action_dire_plus_pres"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        base, suivi = get_base(), read_suivi(tracker)
        etapes = get_etapes(compute(base, suivi)) if suivi.besoins else []
        etape = get_etape_montree(etapes, suivi)
        sites = [contact for contact in etape.contacts if contact.commune] if etape else []
        if not suivi.situation.commune:
            dispatcher.utter_message(response="utter_dire_la_commune")
        elif sites:
            lignes = list(dict.fromkeys(f"• {describe_contact(site)}" for site in sites))[:_CONTACTS_DITS]
            say_apres_resultat(
                dispatcher,
                tracker,
                suivi,
                etapes,
                response="utter_plus_pres",
                sites="\n".join(lignes),
                commune=suivi.situation.commune,
            )
        else:
            say_apres_resultat(dispatcher, tracker, suivi, etapes, response="utter_pas_de_lieu")
        return []
