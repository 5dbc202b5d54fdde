"""The form: each turn it reads what was said, then asks the question that ``knowledge`` finds most useful.

The order of the questions is not written anywhere in the dialogue: it is computed, turn after turn, from the needs and
the facts. The form ends when no answer would change the first results.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import get_base, get_jour
from actions.ecoute import DETOURS, Tour, is_reponse, read_tour
from actions.messages import build_bouton, build_boutons_question, say, say_rappel_urgences
from actions.suivi import FORMULAIRE, QUESTION, Suivi, read_intention, read_suivi, to_events
from knowledge import Base, QuestionSuivante, get_question_suivante, next_question_for

_QUESTIONS_MAX = 10


class ValidateOrientationForm(Action):
    """Reads the last message and asks the next question; ends the form when nothing more is worth asking."""

    def name(self) -> str:
        return "validate_orientation_form"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        base = get_base()
        if is_detour(base, tracker):
            return []
        avant = read_suivi(tracker)
        tour = read_tour(base, tracker, avant, question=tracker.get_slot(QUESTION))
        suivi = tour.suivi
        question = find_question(base, suivi)
        say_rappel_urgences(dispatcher, base, tracker)
        say_compris(dispatcher, base, tour)
        if tour.incompris and (question is not None or suivi.communes_possibles):
            say_incompris(dispatcher, suivi, question)
        if suivi.communes_possibles:
            return self._ask_commune(dispatcher, base, avant, suivi)
        if question is None:
            return [*to_events(avant, suivi), SlotSet(QUESTION, None)]
        suivi = replace(suivi, imposee=None, posees=tuple(dict.fromkeys((*suivi.posees, question.critere))))
        say(dispatcher, question.texte, build_boutons_question(question))
        return [*to_events(avant, suivi), SlotSet(QUESTION, question.critere)]

    def _ask_commune(
        self, dispatcher: CollectingDispatcher, base: Base, avant: Suivi, suivi: Suivi
    ) -> list[dict[str, Any]]:
        """Several communes share the name: ask which, with their département."""
        boutons = []
        for code in suivi.communes_possibles:
            commune = base.territoires.get_commune(code)
            if commune is not None:
                libelle = f"{commune.nom} ({commune.code_departement})"
                boutons.append(build_bouton(libelle, "repondre", critere="code_insee", valeur=code))
        boutons += [build_bouton("Une autre commune", "repondre", critere="commune", valeur="autre")]
        boutons += [build_bouton("Passer", "passer")]
        dispatcher.utter_message(response="utter_quelle_commune", buttons=boutons)
        return [*to_events(avant, suivi), SlotSet(QUESTION, "commune")]


def say_compris(dispatcher: CollectingDispatcher, base: Base, tour: Tour) -> None:
    """What the message brought beyond the answer asked: facts, then needs."""
    if tour.noter:
        reponse = "utter_essayer_faits" if tour.essai else "utter_noter_faits"
        dispatcher.utter_message(response=reponse, faits=", ".join(tour.noter))
    if tour.besoins:
        lignes = [f"• {base.referentiels.besoins[besoin].libelle}" for besoin in tour.besoins]
        dispatcher.utter_message(response="utter_noter_besoins", besoins="\n".join(lignes))


def say_incompris(dispatcher: CollectingDispatcher, suivi: Suivi, question: QuestionSuivante | None) -> None:
    """The answer was not understood: what to write for a town; the second time, a person is proposed."""
    if suivi.incomprehensions >= 2:
        dispatcher.utter_message(response="utter_reponse_encore_incomprise")
    elif question is not None and question.critere == "commune":
        dispatcher.utter_message(response="utter_commune_incomprise")
    else:
        dispatcher.utter_message(response="utter_reponse_incomprise")


def is_detour(base: Base, tracker: Tracker) -> bool:
    """Whether the message just received is a digression that nothing has answered yet.

    The form then declines its turn: the rule for this intent answers, and the form comes back to its question.
    """
    if not (tracker.active_loop or {}).get("name") or read_intention(tracker) not in DETOURS:
        return False
    if is_reponse(base, tracker):
        return False
    for event in reversed(tracker.events):
        if event["event"] == "user":
            return True
        if event["event"] == "action" and event["name"] not in ("action_listen", FORMULAIRE):
            return False
    return False


def find_question(base: Base, suivi: Suivi) -> QuestionSuivante | None:
    """The next question, None when nothing more is worth asking or when enough was asked.

    A question the person went back to comes first, once.
    """
    if suivi.imposee is not None:
        return get_question_suivante(base, suivi.imposee)
    if len(suivi.posees) >= _QUESTIONS_MAX:
        return None
    return next_question_for(base, suivi.besoins, suivi.situation, jour=get_jour(), passees=suivi.passees)
