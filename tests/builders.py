"""Small builders with plausible values, so that a test says only what matters to it."""

from __future__ import annotations

from datetime import date
from typing import Any

from knowledge import Situation
from knowledge.model import Condition, Groupe, Source, Test

SOURCE = Source(
    id="essai l.1", titre="Document d'essai", document="essai.txt", lignes="1", date_source=date(2026, 1, 1)
)


def une_situation(**faits: Any) -> Situation:
    """A young person of Saint-Denis without diploma; every fact can be replaced, None makes it unknown."""
    connus = {"age_ans": 22, "code_departement": "93", "commune": "Saint-Denis", "niveau_diplome": 0}
    return Situation(**{**connus, **faits})


def un_test(critere: str, operateur: str, *valeurs: Any) -> Test:
    """A leaf of a rule."""
    return Test(critere=critere, operateur=operateur, valeurs=valeurs)


def un_groupe(mode: str, *membres: Any) -> Groupe:
    """A group of rules."""
    return Groupe(mode=mode, membres=membres)


def une_condition(regle: Any, **champs: Any) -> Condition:
    """A condition around a rule."""
    return Condition(**{"id": "essai", "regle": regle, "precision": None, "source": SOURCE, **champs})
