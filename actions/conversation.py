"""Around the questions: why one is asked, going back, what was understood, starting again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import get_base
from actions.messages import build_bouton, describe_situation
from actions.suivi import (
    FORMULAIRE,
    NUMERO_EFFACE,
    QUESTION,
    Suivi,
    read_entites,
    read_suivi,
    read_texte,
    to_events,
)
from knowledge import get_question

# « Reprendre » alone is to go on; « reprendre à zéro » is to start again.
_CONTINUER = re.compile(
    r"^\W*(?:je (?:veux|voudrais) |on |on peut )?(?:reprend\w*|continue\w*)(?: la (?:conversation|discussion))?\W*$",
    re.IGNORECASE,
)
_EFFACER = re.compile(
    r"\b(?:efface[rz]?|effacer|supprim|oubli|delet|erase|borra|apag)|امح|احذف", re.IGNORECASE
)


class ActionExpliquerQuestion(Action):
    """Why the question now open is asked."""

    def name(self) -> str:
        return "action_expliquer_question"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        cle = tracker.get_slot(QUESTION)
        if cle:
            pourquoi = get_question(get_base(), cle).pourquoi
            dispatcher.utter_message(response="utter_pourquoi_question", pourquoi=pourquoi)
        else:
            dispatcher.utter_message(response="utter_pourquoi_en_general")
        return []


class ActionRevenirEnArriere(Action):
    """Forgets the last answer so that its question is asked again."""

    def name(self) -> str:
        return "action_revenir_en_arriere"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        suivi = read_suivi(tracker)
        ouverte = tracker.get_slot(QUESTION)
        precedentes = [cle for cle in suivi.posees if cle != ouverte]
        if not precedentes:
            dispatcher.utter_message(response="utter_rien_avant")
            return []
        cle = precedentes[-1]
        oubli = dict.fromkeys(get_question(get_base(), cle).donne)
        apres = suivi.with_faits(oubli)
        posees = tuple(autre for autre in suivi.posees if autre not in (cle, ouverte))
        passees = tuple(autre for autre in suivi.passees if autre != cle)
        dispatcher.utter_message(response="utter_retour")
        apres = replace(apres, posees=posees, passees=passees, rang_montre=0, imposee=cle)
        return to_events(suivi, apres)


class ActionRecapituler(Action):
    """What was understood, and how to correct it."""

    def name(self) -> str:
        return "action_recapituler"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        base, suivi = get_base(), read_suivi(tracker)
        besoins = [f"• {base.referentiels.besoins[besoin].libelle}" for besoin in suivi.besoins]
        faits = [f"• {clause}" for clause in describe_situation(base, suivi.situation)]
        dispatcher.utter_message(
            response="utter_recapitulatif",
            besoins="\n".join(besoins) or "• pas encore dit",
            faits="\n".join(faits) or "• rien pour l'instant",
        )
        return []


class ActionDireEtMaintenant(Action):
    """What can be done now, when nothing is being asked: go on with the result shown, or say a need."""

    def name(self) -> str:
        return "action_dire_et_maintenant"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        montre = read_suivi(tracker).rang_montre > 0
        boutons = [
            build_bouton("Je ne sais pas ce que je veux faire", "choisir_un_metier"),
            build_bouton("Voir tous les besoins", "changer_de_besoin"),
            *([build_bouton("Voir la suite du parcours", "demander_la_suite")] if montre else []),
            build_bouton("Parler à une personne", "parler_a_un_conseiller"),
        ]
        dispatcher.utter_message(response="utter_et_maintenant", buttons=boutons)
        return []


class ActionRecommencer(Action):
    """Forgets everything and starts again."""

    def name(self) -> str:
        return "action_recommencer"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        suivi = read_suivi(tracker)
        if _CONTINUER.search(read_texte(tracker)):
            return [FollowupAction(FORMULAIRE)]
        dispatcher.utter_message(response="utter_recommencer")
        neuf = Suivi(langue=suivi.langue)
        return [*to_events(suivi, neuf), SlotSet(QUESTION, None)]


class ActionEffacer(Action):
    """Forgets the person's facts at once; the edge erases the conversation itself when asked."""

    def name(self) -> str:
        return "action_effacer"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        suivi = read_suivi(tracker)
        if NUMERO_EFFACE in read_texte(tracker) and not _EFFACER.search(read_texte(tracker)):
            # « IBAN [numéro effacé] » : the word « effacé » is ours, nothing was asked.
            dispatcher.utter_message(response="utter_demander_besoin")
            return []
        dispatcher.utter_message(response="utter_efface")
        dispatcher.utter_message(json_message={"type": "effacer"})
        return [*to_events(suivi, Suivi(langue=suivi.langue)), SlotSet(QUESTION, None)]


class ActionChangerDeLangue(Action):
    """Sets the language of the fixed sentences."""

    def name(self) -> str:
        return "action_changer_de_langue"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        suivi = read_suivi(tracker)
        langue = read_entites(tracker).get("langue") or find_langue(read_texte(tracker))
        if langue is None:
            dispatcher.utter_message(
                response="utter_quelle_langue",
                buttons=[
                    build_bouton(nom, "changer_de_langue", langue=code) for code, nom in LANGUES.items()
                ],
            )
            return []
        apres = replace(suivi, langue=langue)
        dispatcher.utter_message(response=f"utter_langue_{langue}")
        return to_events(suivi, apres)


LANGUES = {"fr": "Français", "en": "English", "ar": "العربية", "es": "Español", "pt": "Português"}
_MOTS = {
    "en": ("english", "anglais"),
    "ar": ("arabe", "arabic", "عرب"),
    "es": ("español", "espagnol", "espanol", "spanish"),
    "pt": ("portugais", "português", "portugues", "portuguese"),
    "fr": ("français", "francais", "french"),
}


def find_langue(texte: str) -> str | None:
    """The language named in a message, None when none of ours is."""
    minuscule = texte.lower()
    return next((code for code, mots in _MOTS.items() if any(mot in minuscule for mot in mots)), None)
