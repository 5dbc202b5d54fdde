"""Emergencies first: what the classifier suspects of the message and of its parts.

None should be missed, so the threshold is lower than for anything else. A part of a message, read without the rest, looks
more alarming than it is: it must be almost sure. A weaker suspicion is kept beside the message (``doute_urgence``): the
dialogue then says the numbers to call before it goes on, without taking the person for someone in danger.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message

_PREFIXE = "urgence_"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class UrgenceDetector(GraphComponent):
    """Raises an emergency intent above all others when it is found."""

    def __init__(self, *, seuil: float, seuil_partie: float, seuil_doute: float) -> None:
        self._seuil = seuil
        self._seuil_partie = seuil_partie
        self._seuil_doute = seuil_doute

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Suspicions, from 0 to 1.

        ``seuil``: the whole message is taken for an emergency; ``seuil_partie``: one of its parts is; ``seuil_doute``:
        the numbers are recalled before the answer.
        """
        return {"seuil": 0.3, "seuil_partie": 0.995, "seuil_doute": 0.1}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> UrgenceDetector:
        """One detector for the process."""
        return cls(**{cle: config[cle] for cle in ("seuil", "seuil_partie", "seuil_doute")})

    def process(self, messages: list[Message]) -> list[Message]:
        """Leave the emergency alone in the ranking of each message that is one; leave none in that of the others."""
        for message in messages:
            soupcons = message.get("soupcons") or []
            classement = message.get("intent_ranking") or []
            urgence = self.find(soupcons)
            if urgence is not None:
                # Alone in the ranking: beside an intent as sure as it, Rasa would call the message ambiguous.
                self._rank(message, [{"name": urgence, "confidence": 1.0}])
                continue
            if any(sum(soupcon.values()) >= self._seuil_doute for soupcon in soupcons[:1]):
                message.set("doute_urgence", True, add_to_output=True)
            self._rank(message, _without_urgences(classement))
        return messages

    @staticmethod
    def _rank(message: Message, classement: list[dict[str, Any]]) -> None:
        if classement:
            message.set(INTENT, classement[0], add_to_output=True)
            message.set("intent_ranking", classement, add_to_output=True)

    def find(self, soupcons: list[dict[str, float]]) -> str | None:
        """The emergency intent of a message, None when there is none.

        ``soupcons``: the classifier's suspicion of each emergency, for the message then for its parts.
        """
        for rang, soupcon in enumerate(soupcons):
            if sum(soupcon.values()) >= (self._seuil_partie if rang else self._seuil):
                return max(soupcon, key=lambda intention: soupcon[intention])
        return None


def _without_urgences(classement: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The ranking knowing that the message is no emergency: what they held goes to the others."""
    prises = sum(note["confidence"] for note in classement if note["name"].startswith(_PREFIXE))
    reste = max(1e-6, 1.0 - prises)
    return [
        {**note, "confidence": note["confidence"] / reste}
        for note in classement
        if not note["name"].startswith(_PREFIXE)
    ]
