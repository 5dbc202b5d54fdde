"""Each case of ``cas_*.yml``: a message, perhaps the question just asked, and exactly what must be read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge import Base, read_faits
from tests.conftest import JOUR

# What follows from another fact is not repeated in each case.
DEDUITS = {"code_insee", "code_rome"}


def list_cas() -> list[Any]:
    cas = []
    for chemin in sorted(Path(__file__).parent.glob("cas_*.yml")):
        for rang, entree in enumerate(yaml.safe_load(chemin.read_text(encoding="utf-8"))):
            texte, attendu, *question = entree
            nom = re.sub(r"\W+", "_", f"{chemin.stem[4:]}_{rang}_{texte}")[:70]
            cas.append(pytest.param(texte, attendu or {}, question[0] if question else None, id=nom))
    return cas


@pytest.mark.parametrize(("texte", "attendu", "question"), list_cas())
def test_le_message_donne_exactement_ces_faits(
    base: Base, texte: str, attendu: dict[str, Any], question: str | None
) -> None:
    lecture = read_faits(texte, base=base, question=question, jour=JOUR)

    lus = {cle: valeur for cle, valeur in lecture.faits.items() if cle not in DEDUITS - set(attendu)}
    if "code_rome" in attendu:
        lus.pop("metier_vise", None)
    if "commune" in lus and "code_departement" not in attendu:
        lus.pop("code_departement")
    if lecture.a_preciser:
        lus["a_preciser"] = [choix["code_insee"] for choix in lecture.a_preciser["commune"]][:2]
    assert lus == attendu
