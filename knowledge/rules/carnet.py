"""Verdicts already computed: a record looks at a few facts only, and few combinations of them are ever met.

The next question compares hundreds of imagined situations; almost all of them leave almost all records as they were.
A note is found again by the values of the criteria its record looks at, so it can never be stale; an evaluation also by
the place its sentences name, so that nobody reads another person's commune.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from knowledge.model import Dispositif, Evaluation, Situation, Verdict
from knowledge.referentiel import Referentiels
from knowledge.rules.chances import measure_doute
from knowledge.rules.conditions import evaluate_regle, iter_regles, iter_tests
from knowledge.rules.evaluate import evaluate_eligibilite, evaluate_verdict, is_prioritaire

_NOTES_MAX = 100_000
_EVALUATIONS_MAX = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What the plans and the next question need of a record: no sentence.

    ``rompues``: how many conditions are broken. ``doute``: in bits, see ``measure_doute``. ``ouverts``: criteria of the
    conditions not settled yet; empty when one is broken.
    """

    verdict: Verdict
    rompues: int
    prioritaire: bool
    doute: float
    ouverts: frozenset[str]


class Carnet:
    """Notes by record, day and facts looked at; emptied when it holds too many."""

    def __init__(
        self,
        referentiels: Referentiels,
        *,
        notes_max: int = _NOTES_MAX,
        evaluations_max: int = _EVALUATIONS_MAX,
    ) -> None:
        self._referentiels = referentiels
        self._notes_max = notes_max
        self._evaluations_max = evaluations_max
        self._evaluations: dict[tuple[tuple[int, date, object], object], Evaluation] = {}
        self._lecteurs: dict[int, tuple[Dispositif, Callable[[Situation], object]]] = {}
        self._notes: dict[tuple[int, date, object], Note] = {}

    def find(self, dispositif: Dispositif, situation: Situation, jour: date) -> Note:
        """The note of a record for a situation on that day."""
        cle = self._build_cle(dispositif, situation, jour)
        note = self._notes.get(cle)
        if note is None:
            if len(self._notes) >= self._notes_max:
                self._notes.clear()
            note = self._notes[cle] = self._write(dispositif, situation, jour)
        return note

    def evaluate(self, dispositif: Dispositif, situation: Situation, jour: date) -> Evaluation:
        """The full evaluation, with its sentences: see ``evaluate_eligibilite``."""
        cle = (self._build_cle(dispositif, situation, jour), _read_lieu_dit(dispositif, situation))
        evaluation = self._evaluations.get(cle)
        if evaluation is None:
            if len(self._evaluations) >= self._evaluations_max:
                self._evaluations.clear()
            evaluation = self._evaluations[cle] = evaluate_eligibilite(
                dispositif, situation, referentiels=self._referentiels, jour=jour
            )
        return evaluation

    def _build_cle(
        self, dispositif: Dispositif, situation: Situation, jour: date
    ) -> tuple[int, date, object]:
        connu = self._lecteurs.get(id(dispositif))
        if connu is None:
            # The record is kept with its reader: while it is here, its id cannot be given to another object.
            connu = self._lecteurs[id(dispositif)] = (dispositif, _build_lecteur(dispositif))
        return id(dispositif), jour, connu[1](situation)

    def _write(self, dispositif: Dispositif, situation: Situation, jour: date) -> Note:
        referentiels = self._referentiels
        verdict, rompues = evaluate_verdict(dispositif.conditions, situation, referentiels, jour)
        indetermine = verdict is Verdict.INDETERMINE
        return Note(
            verdict=verdict,
            rompues=rompues,
            prioritaire=is_prioritaire(dispositif, situation, referentiels, jour),
            doute=measure_doute(dispositif, situation, referentiels, jour) if indetermine else 0.0,
            ouverts=frozenset() if rompues else self._find_ouverts(dispositif, situation, jour),
        )

    def _find_ouverts(self, dispositif: Dispositif, situation: Situation, jour: date) -> frozenset[str]:
        ouverts = {
            test.critere
            for _, regle in iter_regles(dispositif.conditions, jour)
            if evaluate_regle(regle, situation, self._referentiels.criteres) is None
            for test in iter_tests(regle)
        }
        priorites = {
            test.critere for priorite in dispositif.public_prioritaire for test in iter_tests(priorite.regle)
        }
        return frozenset(ouverts | priorites)


def _read_lieu_dit(dispositif: Dispositif, situation: Situation) -> object:
    """The place that the sentences name beside the facts that the rules look at; None when they name none."""
    if any(condition.lieu for condition in dispositif.conditions):
        return situation.commune, situation.code_departement
    return None


def _build_lecteur(dispositif: Dispositif) -> Callable[[Situation], object]:
    """A function that reads, in a situation, the facts this record looks at."""
    criteres = {
        test.critere
        for condition in (*dispositif.conditions, *dispositif.public_prioritaire)
        for test in iter_tests(condition.regle)
    }
    return attrgetter(*sorted(criteres)) if criteres else lambda _: None
