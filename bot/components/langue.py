"""The language of a message, for the fixed sentences; French unless another one is clear.

A language we have sentences in, when there is no doubt, also becomes an entity: the slot of the conversation's language
follows it without an action.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml
from lingua import IsoCode639_1, Language, LanguageDetector, LanguageDetectorBuilder
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

_CODES = ("FR", "EN", "AR", "ES", "PT", "TR", "RU", "UK", "PL", "IT", "ZH", "DE", "RO")
_ECART = 0.25
_FIN_DU_LATIN = 0x250
_MOTS_MIN = 3
_MOTS_DECISIFS = 2  # so many more small words of a language than of any other settle it
_PARLEES = frozenset({"en", "ar", "es", "pt"})
_SUR = 0.45
_MOT = re.compile(r"[^\W\d_]+")
_MOTS_POUR_CHANGER = 4  # below, « 93 saint denis » could pass for English


def build_detecteur() -> LanguageDetector:
    """A detector of our thirteen languages, small models."""
    langues = [Language.from_iso_code_639_1(getattr(IsoCode639_1, code)) for code in _CODES]
    return LanguageDetectorBuilder.from_languages(*langues).with_low_accuracy_mode().build()


def is_latin(texte: str) -> bool:
    """Whether every letter is a Latin one."""
    return all(ord(signe) < _FIN_DU_LATIN for signe in texte if signe.isalpha())


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class LangueDetector(GraphComponent):
    """Sets ``langue`` (ISO 639-1) on each message."""

    def __init__(self) -> None:
        self._detecteur = build_detecteur()
        listes = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))
        self._petits_mots = {code: frozenset(liste.split()) for code, liste in listes.items()}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LangueDetector:
        """One detector for the process."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the language of each message."""
        for message in messages:
            langue, surete = self.detect(message.get(TEXT) or "")
            message.set("langue", langue, add_to_output=True)
            if langue in _PARLEES and surete >= _SUR and self._is_phrase(message.get(TEXT) or ""):
                entite = {
                    "entity": "langue",
                    "value": langue,
                    "start": 0,
                    "end": 0,
                    "extractor": "LangueDetector",
                }
                message.set(ENTITIES, [*(message.get(ENTITIES) or []), entite], add_to_output=True)
        return messages

    @staticmethod
    def _is_phrase(texte: str) -> bool:
        """Whether there are enough words to change the language of a whole conversation."""
        return (
            sum(mot.isalpha() for mot in texte.replace("'", " ").replace(",", " ").split())
            >= _MOTS_POUR_CHANGER
        )

    def detect(self, texte: str) -> tuple[str, float]:
        """Language code and how far it is from French (0 to 1); "fr" for a short or doubtful text in Latin letters."""
        texte = texte[:500]
        latin = is_latin(texte)
        if latin and len(texte.split()) < _MOTS_MIN:
            return "fr", 0.0
        dits = self._count_petits_mots(texte)
        premier, second = sorted(dits, key=lambda code: -dits[code])[:2]
        if latin and premier != "fr" and dits[premier] - dits[second] >= _MOTS_DECISIFS:
            return premier, 1.0
        notes = self._detecteur.compute_language_confidence_values(texte)
        if not notes:
            return "fr", 0.0
        premiere = notes[0]
        francais = next((note.value for note in notes if note.language is Language.FRENCH), 0.0)
        ecart = premiere.value - francais
        if latin and (ecart < _ECART or (premier == "fr" and dits["fr"] > dits[second])):
            return "fr", 0.0
        return str(premiere.language.iso_code_639_1.name).lower(), ecart

    def _count_petits_mots(self, texte: str) -> dict[str, int]:
        """Small words of each language in a text: texted French misleads the detector, and so does learner's English."""
        mots = set(_MOT.findall(texte.lower()))
        return {code: len(mots & liste) for code, liste in self._petits_mots.items()}
