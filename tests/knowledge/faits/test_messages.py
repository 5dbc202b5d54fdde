"""Messages of former evaluation sets: once read to understand the errors, they hold what is read well."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge import Base, read_faits
from outils.evaluer import JOUR, find_erreurs


def list_messages() -> list[dict[str, Any]]:
    return [
        message
        for chemin in sorted(Path(__file__).parent.glob("messages_*.yml"))
        for message in yaml.safe_load(chemin.read_text(encoding="utf-8"))["messages"]
    ]


@pytest.mark.parametrize("message", list_messages(), ids=lambda message: message["texte"][:60])
def test_rien_n_est_manque_ni_invente(base: Base, message: dict[str, Any]) -> None:
    lus = dict(read_faits(message["texte"], base=base, question=message["question"], jour=JOUR).faits)

    assert find_erreurs(message, lus) == {}
