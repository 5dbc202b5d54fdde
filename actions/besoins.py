"""Finding the need: the nearest ones when it was not understood, all of them when asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.base import get_base, get_jour
from actions.messages import build_bouton, build_boutons_besoins, say_rappel_urgences
from actions.suivi import FORMULAIRE, read_suivi, read_texte, to_events
from knowledge import read_faits


class ActionProposerBesoins(Action):
    """When the need was not understood: the nearest ones as buttons, then a human after several tries."""

    def name(self) -> str:
        return "action_proposer_besoins"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        base, suivi = get_base(), read_suivi(tracker)
        # « Fleury-Mérogis » alone is no need, but it is not nothing: the form knows what to do with a fact.
        if read_faits(read_texte(tracker), base=base, jour=get_jour()).faits:
            return [FollowupAction(FORMULAIRE)]
        classement = tracker.latest_message.get("intent_ranking") or []
        besoins = [note["name"].replace("_", "-") for note in classement]
        proches = [besoin for besoin in besoins if besoin in base.referentiels.besoins][:3]
        apres = replace(suivi, incomprehensions=suivi.incomprehensions + 1)
        reponse = "utter_besoin_incompris" if apres.incomprehensions < 3 else "utter_besoin_encore_incompris"
        say_rappel_urgences(dispatcher, base, tracker)
        dispatcher.utter_message(response=reponse, buttons=build_boutons_besoins(base, proches))
        return to_events(suivi, apres)


class ActionChoisirBesoin(Action):
    """All the needs as buttons, in the person's words; the facts already given are kept."""

    def name(self) -> str:
        return "action_choisir_besoin"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        base, suivi = get_base(), read_suivi(tracker)
        boutons = [
            build_bouton(besoin.libelle, besoin.id.replace("-", "_"))
            for besoin in base.referentiels.besoins.values()
        ]
        dispatcher.utter_message(response="utter_choisir_besoin", buttons=boutons)
        apres = replace(
            suivi, besoins=(), posees=(), passees=(), indisponibles=(), rang_montre=0, incomprehensions=0
        )
        return to_events(suivi, apres)
