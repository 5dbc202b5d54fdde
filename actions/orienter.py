"""Telling the result: first the one next step, then the rest on demand, and what can be asked about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import get_base, get_jour
from actions.messages import (
    build_bouton,
    build_charge_parcours,
    describe_etape,
    list_contacts,
    main_etapes,
)
from actions.suivi import Suivi, read_intention, read_suivi, to_events
from knowledge import Base, Etape, Orientation, find_metier_hors_offre, orienter

_CONTACTS_DITS = 4
_SANS_RIEN_DE_NEUF = frozenset({"demander_autre_chose", "donner_une_information", "repondre"})
_MEMOIRE_DU_TOUR = frozenset(
    {"incomprehensions", "requested_slot", "langue", "langue_page", "session_started_metadata"}
)


def compute(base: Base, suivi: Suivi) -> Orientation:
    """The engine's answer for what the conversation knows."""
    return orienter(
        base,
        suivi.besoins,
        suivi.situation,
        jour=get_jour(),
        passees=suivi.passees,
        indisponibles=suivi.indisponibles,
    )


def get_etapes(orientation: Orientation) -> list[Etape]:
    """Steps of the recommended parcours as they are told; empty when there is none."""
    return main_etapes(orientation.parcours_list[0]) if orientation.parcours_list else []


def is_nouveau(tracker: Tracker, suivi: Suivi) -> bool:
    """Whether the result would say something new; the same one twice in a row is noise.

    A need said again or « reprendre » shows the result again; words that brought nothing, or « autre chose » when
    nothing else exists, do not.
    """
    if suivi.rang_montre == 0 or read_intention(tracker) not in _SANS_RIEN_DE_NEUF:
        return True
    for event in reversed(tracker.events):
        if event["event"] == "user":
            return False
        if event["event"] == "slot" and event["name"] not in _MEMOIRE_DU_TOUR:
            return True
    return True


class ActionProposerParcours(Action):
    """The result: the next step in words, the whole of it as data for the page."""

    def name(self) -> str:
        return "action_proposer_parcours"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        base, suivi = get_base(), read_suivi(tracker)
        if not suivi.besoins:
            if read_intention(tracker) != "demander_autre_chose":
                dispatcher.utter_message(response="utter_demander_besoin")
            return to_events(suivi, suivi)
        if not is_nouveau(tracker, suivi):
            if read_intention(tracker) != "demander_autre_chose":
                reste = suivi.rang_montre < len(get_etapes(compute(base, suivi)))
                dispatcher.utter_message(
                    response="utter_suite_du_resultat", buttons=build_boutons_suite(reste)
                )
            return to_events(suivi, suivi)
        orientation = compute(base, suivi)
        etapes = get_etapes(orientation)
        charge = build_charge_parcours(
            orientation,
            besoins=suivi.besoins,
            situation=suivi.situation,
            questions_passees=list(suivi.passees),
            indisponibles=list(suivi.indisponibles),
        )
        if not etapes:
            contacts = list_contacts(orientation.contacts[:_CONTACTS_DITS])
            dispatcher.utter_message(response="utter_rien_trouve", contacts=contacts)
            dispatcher.utter_message(json_message=charge)
            dispatcher.utter_message(
                response="utter_suite_du_resultat",
                buttons=[
                    build_bouton("Voir tous les besoins", "changer_de_besoin"),
                    build_bouton("Parler à une personne", "parler_a_un_conseiller"),
                ],
            )
            return to_events(suivi, suivi)
        if metier := find_metier_hors_offre(base, suivi.situation):
            dispatcher.utter_message(response="utter_metier_hors_offre", metier=metier)
        dispatcher.utter_message(response="utter_resultat", etape=describe_etape(etapes[0]))
        dispatcher.utter_message(json_message=charge)
        dispatcher.utter_message(
            response="utter_suite_du_resultat", buttons=build_boutons_suite(len(etapes) > 1)
        )
        return to_events(suivi, replace(suivi, rang_montre=1))


def build_boutons_suite(reste: bool) -> list[dict[str, str]]:
    """What can be asked about a result."""
    boutons = [build_bouton("Voir la suite", "demander_la_suite")] if reste else []
    return [
        *boutons,
        build_bouton("Qui appeler ?", "demander_qui_appeler"),
        build_bouton("Autre chose", "demander_autre_chose"),
        build_bouton("Garder ce résultat", "demander_a_garder"),
        build_bouton("Parler à une personne", "parler_a_un_conseiller"),
    ]


class ActionDireLaSuite(Action):
    """The next step of the parcours already shown."""

    def name(self) -> str:
        return "action_dire_la_suite"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        suivi = read_suivi(tracker)
        if not suivi.besoins:
            dispatcher.utter_message(response="utter_demander_besoin")
            return []
        etapes = get_etapes(compute(get_base(), suivi))
        if suivi.rang_montre >= len(etapes):
            dispatcher.utter_message(response="utter_plus_de_suite", buttons=build_boutons_suite(False))
            return []
        etape = etapes[suivi.rang_montre]
        titre = "En même temps" if etape.en_parallele else "Ensuite"
        rang = suivi.rang_montre + 1
        dispatcher.utter_message(
            text=f"{titre} : {describe_etape(etape)}", buttons=build_boutons_suite(rang < len(etapes))
        )
        return to_events(suivi, replace(suivi, rang_montre=rang))


class ActionProposerAutreChose(Action):
    """Sets the first step aside and plans again without it; says so when nothing else exists."""

    def name(self) -> str:
        return "action_proposer_autre_chose"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        base, suivi = get_base(), read_suivi(tracker)
        etapes = get_etapes(compute(base, suivi)) if suivi.besoins else []
        if not etapes:
            dispatcher.utter_message(response="utter_demander_besoin")
            return []
        ecarte = etapes[0].dispositif
        apres = replace(suivi, indisponibles=(*suivi.indisponibles, ecarte.id), rang_montre=0)
        autres = get_etapes(compute(base, apres))
        if not autres:
            dispatcher.utter_message(
                response="utter_rien_d_autre", buttons=build_boutons_suite(len(etapes) > 1)
            )
            return []
        dispatcher.utter_message(response="utter_autre_chose", ecarte=ecarte.nom)
        return to_events(suivi, apres)
