"""Verdict of one formation for a situation: its own conditions and those of its sector, apart from its dispositif's."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from knowledge.catalogue_model import Formation
from knowledge.model import Condition, Raison, Situation, Verdict
from knowledge.referentiel import Referentiels
from knowledge.rules.evaluate import evaluate_condition, evaluate_verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationFormation:
    """A formation judged for a situation: the verdict, and one reason per condition that concerns the person."""

    verdict: Verdict
    raisons: tuple[Raison, ...]

    @property
    def a_verifier(self) -> tuple[str, ...]:
        """The sentences of what is not known yet, or not fulfilled, in the order of the conditions."""
        return tuple(raison.phrase for raison in self.raisons if raison.verdict is not Verdict.ELIGIBLE)


def evaluate_formation(
    formation: Formation,
    situation: Situation,
    *,
    types: Collection[str] = (),
    referentiels: Referentiels,
    jour: date,
) -> EvaluationFormation:
    """Judge a formation, followed by one of ``types`` (C, P, AQ; empty: any), on that day.

    A condition for some métiers only does not count for who aims at another one. Without condition: ``ELIGIBLE``.
    Source of the sector rules: referentiels/regles_entree.yml.
    """
    conditions = [
        condition
        for condition in formation.conditions
        if condition.en_vigueur(jour) and concerns(condition, formation, situation, types)
    ]
    verdict, _ = evaluate_verdict(conditions, situation, referentiels, jour)
    return EvaluationFormation(
        verdict=verdict,
        raisons=tuple(evaluate_condition(condition, situation, referentiels) for condition in conditions),
    )


def concerns(
    condition: Condition, formation: Formation, situation: Situation, types: Collection[str]
) -> bool:
    """Whether a condition is about this person's métier and way of following the formation.

    Without a métier aimed at, a condition of some métiers counts only when the formation leads to no other one.
    """
    if condition.parcours_types and types and set(types).isdisjoint(condition.parcours_types):
        return False
    if not condition.rome:
        return True
    if situation.code_rome is None:
        return set(formation.rome) <= set(condition.rome)
    return situation.code_rome in condition.rome
