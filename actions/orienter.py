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
    build_boutons_besoins,
    build_charge_parcours,
    describe_contact,
    describe_etape,
    main_etapes,
)
from actions.suivi import Suivi, read_suivi, to_events
from knowledge import Base, Etape, Orientation, orienter

_CONTACTS_DITS = 4


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


class ActionProposerParcours(Action):
    """The result: the next step in words, the whole of it as data for the page."""

    def name(self) -> str:
        return "action_proposer_parcours"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        base, suivi = get_base(), read_suivi(tracker)
        if not suivi.besoins:
            dispatcher.utter_message(response="utter_demander_besoin")
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
            contacts = "\n".join(
                describe_contact(contact) for contact in orientation.contacts[:_CONTACTS_DITS]
            )
            dispatcher.utter_message(response="utter_rien_trouve", contacts=contacts)
            dispatcher.utter_message(json_message=charge)
            return to_events(suivi, suivi)
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
        rang = max(0, suivi.rang_montre - 1)
        contacts = list(etapes[min(rang, len(etapes) - 1)].contacts) if etapes else []
        contacts += [contact for contact in orientation.contacts if contact not in contacts]
        lignes = [f"• {describe_contact(contact)}. {contact.role}" for contact in contacts[:_CONTACTS_DITS]]
        dispatcher.utter_message(response="utter_contacts", contacts="\n".join(lignes))
        return []


class ActionDirePlusPres(Action):
    """The nearest sites of the first step; asks for the commune when it is not known."""

    def name(self) -> str:
        return "action_dire_plus_pres"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        base, suivi = get_base(), read_suivi(tracker)
        etapes = get_etapes(compute(base, suivi)) if suivi.besoins else []
        sites = [contact for etape in etapes[:1] for contact in etape.contacts if contact.commune]
        if not suivi.situation.commune:
            dispatcher.utter_message(response="utter_dire_la_commune")
        elif sites:
            lignes = "\n".join(f"• {describe_contact(site)}" for site in sites[:_CONTACTS_DITS])
            dispatcher.utter_message(
                response="utter_plus_pres", sites=lignes, commune=suivi.situation.commune
            )
        else:
            dispatcher.utter_message(response="utter_pas_de_lieu")
        return []


class ActionProposerBesoins(Action):
    """When the need was not understood: the nearest ones as buttons, then a human after several tries."""

    def name(self) -> str:
        return "action_proposer_besoins"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        base, suivi = get_base(), read_suivi(tracker)
        classement = tracker.latest_message.get("intent_ranking") or []
        besoins = [note["name"].replace("_", "-") for note in classement]
        proches = [besoin for besoin in besoins if besoin in base.referentiels.besoins][:3]
        apres = replace(suivi, incomprehensions=suivi.incomprehensions + 1)
        reponse = "utter_besoin_incompris" if apres.incomprehensions < 3 else "utter_besoin_encore_incompris"
        dispatcher.utter_message(response=reponse, buttons=build_boutons_besoins(base, proches))
        if tracker.latest_message.get("doute_urgence"):
            dispatcher.utter_message(response="utter_rappel_urgences")
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
