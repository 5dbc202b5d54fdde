"""What Rasa computes again at each turn although it never changes, computed once. Called when the agent is loaded."""

from __future__ import annotations

from typing import Any

from rasa.core.actions.action import RemoteAction
from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.events import Event

_REGLES_GARDEES = 5000


def install_accelerations() -> None:
    """Install every acceleration; called twice, it changes nothing more."""
    _install_cache_des_evenements()
    _install_controle_des_resultats()
    _install_cache_des_regles()


def _install_cache_des_evenements() -> None:
    """Remember which class an event name means: Rasa walks all its classes for each event of each turn."""
    if hasattr(Event.resolve_by_type, "connus"):
        return
    connus: dict[str, Any] = {}
    original = Event.resolve_by_type

    def resolve(type_name: str, default: Any = None) -> Any:
        if type_name not in connus:
            trouve = original(type_name, None)
            if trouve is None:
                return default
            connus[type_name] = trouve
        return connus[type_name]

    resolve.connus = connus  # type: ignore[attr-defined]
    Event.resolve_by_type = staticmethod(resolve)  # type: ignore[method-assign, assignment]


def _install_controle_des_resultats() -> None:
    """Leave out the check of a custom action's result against a schema.

    It guards against another program's action server; ours run in this process, and rasa_sdk's executor builds the result.
    Rasa would check its own schema again before each one: several milliseconds for every custom action.
    """
    RemoteAction._validate_action_result = lambda *_: True  # type: ignore[method-assign]


def _install_cache_des_regles() -> None:
    """Remember which rules fit a succession of states: a trained model never changes, and few successions are ever met."""
    original = RulePolicy._get_possible_keys
    if hasattr(original, "connues"):
        return
    connues: dict[tuple[int, str], set[str]] = {}

    def find(self: RulePolicy, regles: dict[str, str], etats: list[Any]) -> set[str]:
        cle = (id(regles), str(etats))
        if cle not in connues:
            if len(connues) >= _REGLES_GARDEES:
                connues.clear()
            connues[cle] = original(self, regles, etats)
        return set(connues[cle])

    find.connues = connues  # type: ignore[attr-defined]
    RulePolicy._get_possible_keys = find  # type: ignore[method-assign]
