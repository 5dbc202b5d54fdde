"""What Rasa computes again at each turn although it never changes, computed once. Called when the agent is loaded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rasa.core.actions.action import RemoteAction
from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.events import Event
from rasa.shared.core.slots import Slot

_REGLES_GARDEES = 5000


def install_accelerations() -> None:
    """Install every acceleration; called twice, it changes nothing more."""
    _install_cache_des_evenements()
    _install_controle_des_resultats()
    _install_cache_des_regles()
    _install_execution_directe()
    _install_copie_des_slots()


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


def _install_execution_directe() -> None:
    """Run the components one after the other, each once: Rasa hands these few steps to a scheduler, three times a turn."""

    def run(
        self: DaskGraphRunner, inputs: Mapping[str, Any] | None = None, targets: Sequence[str] | None = None
    ) -> dict[str, Any]:
        schema = self._graph_schema
        produits: dict[str, Any] = {nom: (nom, valeur) for nom, valeur in (inputs or {}).items()}

        def produce(nom: str) -> Any:
            if nom not in produits:
                besoins = schema.nodes[nom].needs.values()
                produits[nom] = self._instantiated_nodes[nom](*map(produce, besoins))
            return produits[nom]

        return dict(map(produce, targets or schema.target_names))

    DaskGraphRunner.run = run  # type: ignore[method-assign]


def _install_copie_des_slots() -> None:
    """Copy a slot as the plain object it is: each turn copies all of them several times over."""

    def copy(self: Slot) -> Slot:
        copie = object.__new__(type(self))
        copie.__dict__.update(self.__dict__)
        return copie

    Slot.__copy__ = copy  # type: ignore[attr-defined]
