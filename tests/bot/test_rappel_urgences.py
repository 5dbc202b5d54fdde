"""A message that may hide a danger is answered as usual, after the numbers to call."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.besoins import ActionProposerBesoins
from actions.forms import ValidateOrientationForm


def build_tracker(texte: str, **lu: Any) -> Tracker:
    """A conversation whose last message is ``texte``, read as ``lu`` says."""
    message = {"text": texte, "intent": {"name": "trouver_un_emploi"}, "entities": [], **lu}
    return Tracker("essai", {}, message, [], False, None, {}, "action_listen")


async def read_reponses(action: Any, tracker: Tracker) -> list[dict[str, Any]]:
    """What the action says."""
    dispatcher = CollectingDispatcher()
    await action.run(dispatcher, tracker, {})
    return dispatcher.messages


@pytest.mark.parametrize("action", [ActionProposerBesoins(), ValidateOrientationForm()])
async def test_un_doute_rappelle_les_numeros_avant_de_repondre(action: Any) -> None:
    reponses = await read_reponses(action, build_tracker("je n'y arrive plus", doute_urgence=True))
    assert reponses[0]["response"] == "utter_rappel_urgences"
    assert len(reponses) > 1


@pytest.mark.parametrize("numero", ["3114", "17", "115"])
async def test_les_trois_numeros_sont_rappeles(numero: str) -> None:
    reponses = await read_reponses(
        ActionProposerBesoins(), build_tracker("je n'y arrive plus", doute_urgence=True)
    )
    assert numero in reponses[0]["contacts"]


@pytest.mark.parametrize("action", [ActionProposerBesoins(), ValidateOrientationForm()])
async def test_sans_doute_aucun_numero_n_est_rappele(action: Any) -> None:
    reponses = await read_reponses(action, build_tracker("je cherche un poste"))
    assert "utter_rappel_urgences" not in [reponse["response"] for reponse in reponses]
