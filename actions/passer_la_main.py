"""Handing over to people: an adviser when asked, help at once in an emergency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import get_base, get_jour
from actions.ecoute import note_faits
from actions.messages import build_bouton, list_contacts
from actions.suivi import QUESTION, read_intention, read_suivi, read_texte, to_events
from knowledge import find_contacts, find_secours, read_faits

_CONTACTS_DITS = 4


class ActionPasserLaMain(Action):
    """The people to reach for the needs known, at any moment, without losing where the conversation was."""

    def name(self) -> str:
        return "action_passer_la_main"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        suivi = read_suivi(tracker)
        contacts = find_contacts(get_base(), (*suivi.besoins, "parler-a-un-conseiller"), suivi.situation)
        dispatcher.utter_message(
            response="utter_passer_la_main", contacts=list_contacts(contacts[:_CONTACTS_DITS])
        )
        return to_events(suivi, replace(suivi, incomprehensions=0))


class ActionSecourir(Action):
    """Emergency: the right numbers first, the conversation paused kindly, nothing else asked."""

    def name(self) -> str:
        return "action_secourir"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        base, suivi = get_base(), read_suivi(tracker)
        # What else was said is kept, so that the person never has to tell it again.
        faits = read_faits(read_texte(tracker), base=base, jour=get_jour()).faits
        apres = note_faits(base, suivi, faits) if faits else suivi
        genre = read_intention(tracker).removeprefix("urgence_").replace("_", "-")
        secours = find_secours(base, genre)
        dispatcher.utter_message(
            response="utter_secours",
            message=secours.message,
            contacts=list_contacts(secours.contacts),
            buttons=[build_bouton("Reprendre la conversation", "reprendre")],
        )
        return [*to_events(suivi, apres), SlotSet(QUESTION, None)]
