"""The form: each turn it reads what was said, then asks the question that ``knowledge`` finds most useful.

The order of the questions is not written anywhere in the dialogue: it is computed, turn after turn, from the needs and
the facts. The form ends when no answer would change the first results.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import get_base, get_jour
from actions.messages import build_bouton, build_boutons_question, describe_situation, say
from actions.suivi import (
    QUESTION,
    Suivi,
    read_besoins_lus,
    read_entites,
    read_intention,
    read_suivi,
    read_texte,
    to_events,
)
from knowledge import (
    Base,
    QuestionSuivante,
    Valeur,
    build_situation,
    complete_situation,
    get_question,
    get_question_suivante,
    next_question_for,
    read_faits,
    read_reponse,
)

FORMULAIRE = "orientation_form"
DETOURS = frozenset(
    {
        "changer_de_besoin",
        "changer_de_langue",
        "demander_a_garder",
        "demander_aide",
        "demander_autre_chose",
        "demander_definition",
        "demander_effacement",
        "demander_identite_du_bot",
        "demander_la_suite",
        "demander_plus_pres",
        "demander_pourquoi",
        "demander_qui_appeler",
        "demander_recapitulatif",
        "dire_au_revoir",
        "hors_sujet",
        "insulter",
        "parler_a_un_conseiller",
        "recommencer",
        "remercier",
        "revenir_en_arriere",
        "saluer",
        "urgence_sans_abri",
        "urgence_suicide",
        "urgence_violence",
    }
)
"""Messages that are not answers: a rule replies, then the form asks its question again."""
_QUESTIONS_MAX = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Tour:
    """What one message brought: the memory after it, what to say about it."""

    suivi: Suivi
    noter: tuple[str, ...] = ()
    incompris: bool = False
    plusieurs: int = 0


class ValidateOrientationForm(Action):
    """Reads the last message and asks the next question; ends the form when nothing more is worth asking."""

    def name(self) -> str:
        return "validate_orientation_form"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        if is_detour(tracker):
            return []
        base = get_base()
        avant = read_suivi(tracker)
        tour = read_tour(base, tracker, avant, question=tracker.get_slot(QUESTION))
        suivi = tour.suivi
        if suivi.communes_possibles:
            return self._ask_commune(dispatcher, base, avant, suivi)
        question = find_question(base, suivi)
        if tour.noter:
            dispatcher.utter_message(response="utter_noter_faits", faits=", ".join(tour.noter))
        if tour.incompris and question is not None:
            reponse = (
                "utter_reponse_incomprise"
                if suivi.incomprehensions < 2
                else "utter_reponse_encore_incomprise"
            )
            dispatcher.utter_message(response=reponse)
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


def is_detour(tracker: Tracker) -> bool:
    """Whether the message just received is a digression that nothing has answered yet.

    The form then declines its turn: the rule for this intent answers, and the form comes back to its question.
    """
    if not (tracker.active_loop or {}).get("name") or read_intention(tracker) not in DETOURS:
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


def read_tour(base: Base, tracker: Tracker, suivi: Suivi, *, question: str | None) -> Tour:
    """What the last message says: an answer, facts, another need, « je ne sais pas », or nothing that is understood."""
    intention = read_intention(tracker)
    if intention in DETOURS:
        return Tour(suivi=suivi)
    if intention in ("passer", "ne_pas_savoir") and question:
        return Tour(suivi=skip(suivi, question))
    entites = read_entites(tracker)
    if intention == "repondre":
        return read_choix(base, suivi, entites)
    return read_message(base, tracker, suivi, question)


def skip(suivi: Suivi, question: str) -> Suivi:
    """The question is set aside and never asked again, unless the person answers it later."""
    return replace(
        suivi,
        passees=tuple(dict.fromkeys((*suivi.passees, question))),
        communes_possibles=(),
        incomprehensions=0,
    )


def read_choix(base: Base, suivi: Suivi, entites: Mapping[str, str]) -> Tour:
    """The answer of a button."""
    critere, valeur = entites.get("critere", ""), entites.get("valeur", "")
    if critere == "commune" and valeur == "autre":
        return Tour(suivi=replace(suivi, communes_possibles=()))
    lue = read_reponse(base, critere, valeur)
    if lue is None:
        return Tour(suivi=replace(suivi, incomprehensions=suivi.incomprehensions + 1), incompris=True)
    return Tour(suivi=replace(note_faits(base, suivi, {critere: lue}), communes_possibles=()))


def note_faits(base: Base, suivi: Suivi, faits: Mapping[str, Valeur | None]) -> Suivi:
    """The memory with these facts and what they imply; a new place or métier replaces all of the former one."""
    complets: dict[str, Valeur | None] = dict(faits)
    if {"commune", "code_insee", "code_departement"} & set(faits):
        complets = {"commune": None, "code_insee": None, "code_departement": None, **complets}
    if "metier_vise" in faits and "code_rome" not in faits:
        complets["code_rome"] = None
    apres = suivi.with_faits(complets)
    return replace(apres, situation=complete_situation(base, apres.situation))


def read_message(base: Base, tracker: Tracker, suivi: Suivi, question: str | None) -> Tour:
    """Free text: facts first, then other needs; a misunderstanding is counted when the question got no answer."""
    texte = read_texte(tracker)
    if not texte:
        nouveaux = tuple(
            besoin for besoin in read_besoins_lus(tracker) if besoin in base.referentiels.besoins
        )
        return Tour(suivi=suivi.with_besoins(nouveaux))
    lus = read_faits(texte, base=base, question=question, jour=get_jour())
    apres = note_faits(base, suivi, lus.faits) if lus.faits else suivi
    possibles = order_communes(base, [choix["code_insee"] for choix in lus.a_preciser.get("commune", ())])
    ici = [code for code in possibles if code.startswith(apres.situation.code_departement or "-")]
    if len(ici) == 1:
        apres, possibles = note_faits(base, apres, {"code_insee": ici[0]}), ()
    apres = replace(apres, communes_possibles=possibles)
    repondu = bool(lus.faits) or bool(possibles)
    if not repondu or question is None:
        apres = add_besoins(base, tracker, apres)
    if question is not None and not repondu and apres.besoins == suivi.besoins:
        manque = replace(apres, incomprehensions=suivi.incomprehensions + 1)
        if manque.incomprehensions >= 3:
            return Tour(suivi=skip(manque, question))
        return Tour(suivi=manque, incompris=True)
    return Tour(suivi=apres, noter=describe_nouveaux(base, suivi, apres, question))


def order_communes(base: Base, codes: list[str]) -> tuple[str, ...]:
    """Communes of the same name, those of the départements the base covers first."""
    zones = tuple({code for fiche in base.catalogue.dispositifs.values() for code in fiche.departements})
    return tuple(sorted(codes, key=lambda code: not code.startswith(zones)))


def add_besoins(base: Base, tracker: Tracker, suivi: Suivi) -> Suivi:
    """The needs said in the message, added to those known; nothing when the intent is not a need."""
    lus = tuple(besoin for besoin in read_besoins_lus(tracker) if besoin in base.referentiels.besoins)
    return suivi.with_besoins(lus)


def describe_nouveaux(base: Base, avant: Suivi, apres: Suivi, question: str | None) -> tuple[str, ...]:
    """What was understood beyond the question asked, to be said back; a correction too."""
    anciens = avant.situation.as_dict()
    donne = set(get_question(base, question).donne) if question else set()
    nouveaux = {
        cle: valeur
        for cle, valeur in apres.situation.as_dict().items()
        if anciens.get(cle) != valeur and (cle not in donne or cle in anciens or cle == "commune")
    }
    return tuple(describe_situation(base, build_situation(base, nouveaux))) if nouveaux else ()
