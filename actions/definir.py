"""« C'est quoi le CPF ? » : an answer from the sourced glossary, then back to the question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import get_base
from actions.suivi import read_texte
from knowledge import define_terme


class ActionDefinir(Action):
    """Explains the word asked for, or says that it is not in the glossary."""

    def name(self) -> str:
        return "action_definir"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        terme = define_terme(get_base(), read_texte(tracker))
        if terme is None:
            dispatcher.utter_message(response="utter_mot_inconnu")
        else:
            dispatcher.utter_message(response="utter_definition", mot=terme.mot, definition=terme.definition)
        return []
