"""Verdict and reasons of a record for a situation on a given day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from knowledge.model import Condition, Dispositif, Evaluation, Raison, Regle, Situation, Verdict
from knowledge.referentiel import Referentiels
from knowledge.rules.conditions import evaluate_regle, evaluate_test, iter_regles, iter_tests
from knowledge.rules.phrases import describe_condition, write_priorite, write_raison

_VERDICTS = {True: Verdict.ELIGIBLE, False: Verdict.NON_ELIGIBLE, None: Verdict.INDETERMINE}


def evaluate_verdict(
    conditions: Iterable[Condition], situation: Situation, referentiels: Referentiels, jour: date
) -> tuple[Verdict, int]:
    """Verdict of a set of conditions and how many are broken; no sentence is written (fast path)."""
    rompues = 0
    inconnue = False
    for _, regle in iter_regles(conditions, jour):
        verite = evaluate_regle(regle, situation, referentiels.criteres)
        rompues += verite is False
        inconnue = inconnue or verite is None
    if rompues:
        return Verdict.NON_ELIGIBLE, rompues
    return (Verdict.INDETERMINE if inconnue else Verdict.ELIGIBLE), 0


def is_prioritaire(
    dispositif: Dispositif, situation: Situation, referentiels: Referentiels, jour: date
) -> bool:
    """Whether one "public prioritaire" rule holds; it raises the rank and never excludes."""
    return any(
        evaluate_regle(regle, situation, referentiels.criteres) is True
        for _, regle in iter_regles(dispositif.public_prioritaire, jour)
    )


def is_proposable(dispositif: Dispositif, jour: date) -> bool:
    """Whether the record is in force on that day; bounds included."""
    debut, fin = dispositif.debut_validite, dispositif.fin_validite
    return (debut is None or debut <= jour) and (fin is None or jour <= fin)


def evaluate_eligibilite(
    dispositif: Dispositif, situation: Situation, *, referentiels: Referentiels, jour: date
) -> Evaluation:
    """Verdict of a dispositif with one reason per condition in force, in file order, then the priorities that hold.

    Conditions that only a person can judge never decide: they are listed in ``a_verifier``. ``presque`` is True when
    exactly one condition is broken; its reason then says what would have to change.
    """
    raisons = []
    a_verifier = []
    for condition in dispositif.conditions:
        if not condition.en_vigueur(jour):
            continue
        raison = evaluate_condition(condition, situation, referentiels)
        raisons.append(raison)
        if raison.verdict is Verdict.INDETERMINE:
            a_verifier.append(raison.phrase)
    verdict, rompues = evaluate_verdict(dispositif.conditions, situation, referentiels, jour)
    priorites = _find_priorites(dispositif, situation, referentiels, jour)
    return Evaluation(
        dispositif=dispositif,
        verdict=verdict,
        prioritaire=bool(priorites),
        raisons=tuple(raisons + priorites),
        a_verifier=tuple(a_verifier),
        presque=rompues == 1 and is_changeable(dispositif, situation, referentiels, jour),
    )


def evaluate_condition(condition: Condition, situation: Situation, referentiels: Referentiels) -> Raison:
    """The reason of one condition: its criterion, verdict, sentence and source."""
    if condition.regle is None:
        phrase = f"À vérifier avec un conseiller : {describe_condition(condition, referentiels)}."
        return Raison(
            critere=condition.id,
            verdict=Verdict.INDETERMINE,
            phrase=phrase,
            source=condition.source,
            nature="a_verifier",
        )
    verite = evaluate_regle(condition.regle, situation, referentiels.criteres)
    phrase = write_raison(condition, verite=verite, situation=situation, referentiels=referentiels)
    if condition.precision:
        phrase = f"{phrase} {condition.precision}"
    changement = f"Il faudrait {describe_condition(condition, referentiels)}." if verite is False else None
    return Raison(
        critere=_find_critere(condition.regle, verite, situation, referentiels),
        verdict=_VERDICTS[verite],
        phrase=phrase,
        source=condition.source,
        a_changer=changement,
    )


def _find_critere(regle: Regle, verite: bool | None, situation: Situation, referentiels: Referentiels) -> str:
    """The criterion a reason is about: the first one that decides the rule, or the first one still unknown."""
    tests = list(iter_tests(regle))
    decisifs = [
        test.critere
        for test in tests
        if evaluate_test(test, situation.get(test.critere), referentiels.criteres[test.critere]) is verite
    ]
    return decisifs[0] if decisifs else tests[0].critere if tests else ""


def _find_priorites(
    dispositif: Dispositif, situation: Situation, referentiels: Referentiels, jour: date
) -> list[Raison]:
    return [
        Raison(
            critere=next(iter_tests(regle)).critere,
            verdict=Verdict.ELIGIBLE,
            phrase=write_priorite(condition, situation, referentiels),
            source=condition.source,
            nature="priorite",
        )
        for condition, regle in iter_regles(dispositif.public_prioritaire, jour)
        if evaluate_regle(regle, situation, referentiels.criteres) is True
    ]


_IMMUABLES = frozenset({"age_ans"})


def is_changeable(
    dispositif: Dispositif, situation: Situation, referentiels: Referentiels, jour: date
) -> bool:
    """Whether no broken condition rests on something a person cannot change (the age)."""
    return not any(
        test.critere in _IMMUABLES
        for _, regle in iter_regles(dispositif.conditions, jour)
        if evaluate_regle(regle, situation, referentiels.criteres) is False
        for test in iter_tests(regle)
    )
