"""The chains of the Pacte's two inventories: each one comes out for a person who fits, or says why not."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge import Base
from tests.knowledge.parcours.suites import describe, is_suite, orienter_une_personne, to_principales

CHAINES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "chaines.yml").read_text(encoding="utf-8")
)["chaines"]
PROPOSEES = [chaine for chaine in CHAINES if "etapes" in chaine]


@pytest.mark.parametrize("chaine", PROPOSEES, ids=lambda chaine: chaine["id"])
def test_une_personne_concernee_recoit_l_enchainement_du_document(
    base: Base, jour: date, chaine: dict[str, Any]
) -> None:
    orientation = orienter_une_personne(base, chaine["besoins"], chaine["situation"], jour)
    obtenues = [to_principales(parcours) for parcours in orientation.parcours_list]
    assert any(is_suite(chaine["etapes"], suite) for suite in obtenues), describe(orientation)


def test_chaque_enchainement_des_inventaires_est_repris() -> None:
    ids = {chaine["id"] for chaine in CHAINES}
    assert {f"P{rang}" for rang in range(1, 34)} <= ids
    assert {f"I{rang}" for rang in range(1, 28)} <= {
        re.sub(r"[a-z]$", "", identifiant) for identifiant in ids
    }


@pytest.mark.parametrize("chaine", CHAINES, ids=lambda chaine: chaine["id"])
def test_un_enchainement_absent_dit_pourquoi(chaine: dict[str, Any]) -> None:
    assert ("etapes" in chaine) != (len(str(chaine.get("raison", "")).split()) >= 8)


def test_la_plupart_des_enchainements_sortent_du_moteur() -> None:
    assert len(PROPOSEES) >= 0.7 * len(CHAINES)


def test_les_lignes_citees_existent(sources: Path) -> None:
    total = len((sources / "pacte-ile-de-france-2019.txt").read_text(encoding="utf-8").splitlines())
    for chaine in CHAINES:
        for nombre in re.findall(r"\d+", chaine["lignes"]):
            assert 1 <= int(nombre) <= total, chaine["id"]
