"""Three-valued logic (Kleene) over the tests and groups of a rule.

True, False, or None when the facts known do not decide. ``None`` is never taken for "no": a group is False only when
the known facts are enough to break it whatever the unknown ones are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from knowledge.model import AVerifier, Condition, Groupe, Regle, Situation, Test, Valeur
from knowledge.referentiel import Critere


def evaluate_regle(regle: Regle, situation: Situation, criteres: Mapping[str, Critere]) -> bool | None:
    """Truth of a rule for a situation: True, False, or None when not decided yet."""
    if isinstance(regle, Test):
        return evaluate_test(regle, situation.get(regle.critere), criteres[regle.critere])
    if isinstance(regle, AVerifier):
        return None
    return _OPERATIONS[regle.mode](evaluate_regle(membre, situation, criteres) for membre in regle.membres)


def evaluate_test(test: Test, valeur: Valeur | None, critere: Critere) -> bool | None:
    """Truth of one comparison; None when the value is not known."""
    if valeur is None:
        return None
    if test.operateur in ("egal", "parmi"):
        return valeur in test.valeurs
    rang = rank(valeur, critere)
    bornes = [rank(borne, critere) for borne in test.valeurs]
    if test.operateur == "au_moins":
        return rang >= bornes[0]
    if test.operateur == "au_plus":
        return rang <= bornes[0]
    return bornes[0] <= rang <= bornes[1]


def rank(valeur: Valeur, critere: Critere) -> int:
    """Position of a value on the scale of its criterion: itself for numbers, its index for ordered choices."""
    return critere.valeurs.index(str(valeur)) if critere.ordre else int(valeur)


def _toutes(membres: Iterator[bool | None]) -> bool | None:
    resultats = list(membres)
    if False in resultats:
        return False
    return None if None in resultats else True


def _une_de(membres: Iterator[bool | None]) -> bool | None:
    resultats = list(membres)
    if True in resultats:
        return True
    return None if None in resultats else False


def _aucune_de(membres: Iterator[bool | None]) -> bool | None:
    resultat = _une_de(membres)
    return None if resultat is None else not resultat


_OPERATIONS: dict[str, Callable[[Iterator[bool | None]], bool | None]] = {
    "toutes": _toutes,
    "une_de": _une_de,
    "aucune_de": _aucune_de,
}


def iter_regles(conditions: Iterable[Condition], jour: date) -> Iterator[tuple[Condition, Regle]]:
    """The conditions that count on that day, with their rules; those that only a person can judge are left out."""
    for condition in conditions:
        if condition.regle is not None and condition.en_vigueur(jour):
            yield condition, condition.regle


def iter_tests(regle: Regle | None) -> Iterator[Test]:
    """The leaves of a rule, in reading order; nothing for None."""
    if isinstance(regle, Test):
        yield regle
    elif isinstance(regle, Groupe):
        for membre in regle.membres:
            yield from iter_tests(membre)
