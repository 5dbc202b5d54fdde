"""What a conversation remembers: needs, facts, questions asked; read from the slots and written back as events."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from knowledge import SCORE_BESOIN_DIT, Situation, Valeur, criteres_de_situation

QUESTION = "requested_slot"
FORMULAIRE = "orientation_form"
NUMERO_EFFACE = "[numéro effacé]"
"""What the edge of the dialogue writes instead of a number (``bot/confidentialite.yml``)."""
_MOTS_DES_COORDONNEES = re.compile(
    r"\b(?:mon|ma|mes|le|la|les|de|du|à|a|et|est|c['’]est|voici|moi|me|au|sur|"
    r"num[ée]ros?|num|n|t[ée]l|t[ée]l[ée]phone|portable|mail|e-mail|email|adresse|iban|rib|carte|compte|"
    r"bancaire|bleue|vitale|s[ée]cu|s[ée]curit[ée]|sociale|nir|appel\w*|rappel\w*|[ée]cri\w*|contact\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suivi:
    """The memory of a conversation; every list is in the order things happened."""

    situation: Situation = field(default_factory=Situation)
    besoins: tuple[str, ...] = ()
    passees: tuple[str, ...] = ()
    posees: tuple[str, ...] = ()
    indisponibles: tuple[str, ...] = ()
    communes_possibles: tuple[str, ...] = ()
    incomprehensions: int = 0
    rang_montre: int = 0
    langue: str = "fr"
    imposee: str | None = None

    def with_faits(self, faits: Mapping[str, Valeur | None]) -> Suivi:
        """The same memory with new facts; a skipped question that gets its answer is no longer skipped."""
        return replace(
            self,
            situation=self.situation.with_faits(faits),
            passees=tuple(cle for cle in self.passees if cle not in faits),
            incomprehensions=0,
        )

    def with_besoins(self, besoins: tuple[str, ...]) -> Suivi:
        """The same memory with these needs added after the ones already known."""
        return replace(self, besoins=tuple(dict.fromkeys((*self.besoins, *besoins))))


def read_suivi(tracker: Tracker) -> Suivi:
    """The memory held by the slots of the conversation."""
    slots = tracker.slots
    return Suivi(
        situation=Situation(**{cle: slots.get(cle) for cle in criteres_de_situation()}),
        besoins=tuple(slots.get("besoins") or ()),
        passees=tuple(slots.get("questions_passees") or ()),
        posees=tuple(slots.get("questions_posees") or ()),
        indisponibles=tuple(slots.get("indisponibles") or ()),
        communes_possibles=tuple(slots.get("communes_possibles") or ()),
        incomprehensions=int(slots.get("incomprehensions") or 0),
        rang_montre=int(slots.get("rang_montre") or 0),
        langue=slots.get("langue") or "fr",
        imposee=slots.get("question_imposee"),
    )


def to_events(avant: Suivi, apres: Suivi) -> list[dict[str, Any]]:
    """SlotSet events for what changed; always at least one, so that the form never rejects its turn."""
    events = [
        SlotSet(cle, apres.situation.get(cle))
        for cle in criteres_de_situation()
        if avant.situation.get(cle) != apres.situation.get(cle)
    ]
    for slot, ancien, nouveau in (
        ("besoins", avant.besoins, apres.besoins),
        ("questions_passees", avant.passees, apres.passees),
        ("questions_posees", avant.posees, apres.posees),
        ("indisponibles", avant.indisponibles, apres.indisponibles),
        ("communes_possibles", avant.communes_possibles, apres.communes_possibles),
    ):
        if ancien != nouveau:
            events.append(SlotSet(slot, list(nouveau)))
    if avant.rang_montre != apres.rang_montre:
        events.append(SlotSet("rang_montre", apres.rang_montre))
    if avant.imposee != apres.imposee:
        events.append(SlotSet("question_imposee", apres.imposee))
    if avant.langue != apres.langue:
        events.append(SlotSet("langue", apres.langue))
    events.append(SlotSet("incomprehensions", apres.incomprehensions))
    return events


def read_intention(tracker: Tracker) -> str:
    """Name of the intent of the last message; empty when there is none."""
    return (tracker.latest_message.get("intent") or {}).get("name") or ""


def read_texte(tracker: Tracker) -> str:
    """What the person typed; empty for a button."""
    texte = tracker.latest_message.get("text") or ""
    return "" if texte.startswith("/") else texte


def read_entites(tracker: Tracker) -> dict[str, str]:
    """Entities of a button's payload: {"critere": …, "valeur": …}."""
    return {entite["entity"]: str(entite["value"]) for entite in tracker.latest_message.get("entities") or ()}


def read_besoins_lus(tracker: Tracker) -> tuple[str, ...]:
    """Needs said in the last message, best first: the intent itself when it is a need, then those that are sure enough."""
    intention = read_intention(tracker).replace("_", "-")
    texte = read_texte(tracker)
    if NUMERO_EFFACE in texte:
        # What is left around an erased number is too little to guess a second need, sometimes any need at all.
        reste = _MOTS_DES_COORDONNEES.sub(" ", texte.replace(NUMERO_EFFACE, " "))
        return (intention,) if re.search(r"\w", reste) else ()
    lus = [
        besoin["id"]
        for besoin in tracker.latest_message.get("besoins") or ()
        if besoin["score"] >= SCORE_BESOIN_DIT
    ]
    return tuple(dict.fromkeys([intention, *lus]))


__all__ = [
    "FORMULAIRE",
    "NUMERO_EFFACE",
    "QUESTION",
    "Suivi",
    "read_besoins_lus",
    "read_entites",
    "read_intention",
    "read_suivi",
    "read_texte",
    "to_events",
]
