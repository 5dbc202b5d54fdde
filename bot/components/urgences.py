"""Emergencies first: unambiguous words, and the classifier's own suspicion, with a threshold lower than for anything else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from knowledge.territoires.normalisation import fold

_LEXIQUE = Path(__file__).with_suffix(".yml")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class UrgenceDetector(GraphComponent):
    """Raises an emergency intent above all others when it is found."""

    def __init__(self, seuil: float) -> None:
        self._seuil = seuil
        lexique = yaml.safe_load(_LEXIQUE.read_text(encoding="utf-8"))
        self._motifs = {
            f"urgence_{genre}": re.compile(r"\b(?:" + "|".join(map(re.escape, mots)) + r")\b")
            for genre, mots in lexique.items()
        }

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``seuil``: the smallest score of the classifier that is taken seriously."""
        return {"seuil": 0.45}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> UrgenceDetector:
        """One detector for the process."""
        return cls(config["seuil"])

    def process(self, messages: list[Message]) -> list[Message]:
        """Put the emergency first in the ranking of each message that is one."""
        for message in messages:
            urgence = self.find(message.get(TEXT) or "", message.get("intent_ranking") or [])
            if urgence is None:
                continue
            autres = [note for note in message.get("intent_ranking") or [] if note["name"] != urgence]
            note = {"name": urgence, "confidence": 1.0}
            message.set(INTENT, note, add_to_output=True)
            message.set("intent_ranking", [note, *autres], add_to_output=True)
        return messages

    def find(self, texte: str, classement: list[dict[str, Any]]) -> str | None:
        """The emergency intent of a message, None when there is none."""
        plie = fold(texte)
        for intention, motif in self._motifs.items():
            if motif.search(plie):
                return intention
        for note in classement[:3]:
            if note["name"] in self._motifs and note["confidence"] >= self._seuil:
                return str(note["name"])
        return None
