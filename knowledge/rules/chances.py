"""How likely an unknown condition is to hold, from the plausible answers to its question.

An estimate used only to order what is "to be checked": a training course for people in prison must not come before one
that most people can enter. It never changes a verdict.
"""

from __future__ import annotations

from datetime import date
from math import log2

from knowledge.model import Dispositif, Regle, Situation
from knowledge.referentiel import Referentiels
from knowledge.rules.conditions import evaluate_regle, iter_regles, iter_tests

_CHANCE_MIN = 0.005
_CHANCE_INCONNUE = 0.5


def estimate_chance(regle: Regle, situation: Situation, referentiels: Referentiels) -> float:
    """Chance (0 to 1) that a rule not decided yet turns out true, by its most favourable unknown criterion."""
    chances = [
        _chance_of_critere(regle, test.critere, situation, referentiels)
        for test in iter_tests(regle)
        if situation.get(test.critere) is None
    ]
    return max(chances, default=_CHANCE_INCONNUE)


def _chance_of_critere(regle: Regle, critere: str, situation: Situation, referentiels: Referentiels) -> float:
    question = referentiels.questions.get(referentiels.criteres[critere].question)
    if question is None or question.essais_de != critere:
        return _CHANCE_INCONNUE
    total = sum(essai.poids for essai in question.essais)
    favorables = sum(
        essai.poids
        for essai in question.essais
        if evaluate_regle(regle, situation.with_faits({critere: essai.valeur}), referentiels.criteres)
        is not False
    )
    return favorables / total if total else _CHANCE_INCONNUE


def measure_doute(
    dispositif: Dispositif, situation: Situation, referentiels: Referentiels, jour: date
) -> float:
    """Doubt about a record in bits: 0 when every condition holds, high when an unlikely one is still unknown."""
    doute = 0.0
    for _, regle in iter_regles(dispositif.conditions, jour):
        if evaluate_regle(regle, situation, referentiels.criteres) is None:
            doute -= log2(max(estimate_chance(regle, situation, referentiels), _CHANCE_MIN))
    return doute
