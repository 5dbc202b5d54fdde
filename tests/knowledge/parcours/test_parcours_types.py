"""Each parcours type of the catalogue, replayed: a person of its profile is offered its steps, in its order."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge import Base, build_situation
from knowledge.loader import RACINE
from tests.knowledge.parcours.suites import (
    describe,
    is_suite,
    orienter_une_personne,
    to_principales,
    to_toutes,
)

FICHES = sorted((RACINE / "catalogue" / "parcours_types").glob("*.yml"))
HORS_MOTEUR_MAX = 6


def _lire(chemin: Path) -> dict[str, Any]:
    fiche: dict[str, Any] = yaml.safe_load(chemin.read_text(encoding="utf-8"))
    return fiche


def _rejouer(base: Base, jour: date, fiche: dict[str, Any]) -> tuple[bool, str]:
    """Whether one parcours holds the main steps in order and those led alongside; and what was obtained."""
    a_cote = {
        etape["dispositif"]
        for etape in fiche["etapes"]
        if etape.get("en_parallele") or base.catalogue.dispositifs[etape["dispositif"]].en_parallele
    }
    principales = [e["dispositif"] for e in fiche["etapes"] if e["dispositif"] not in a_cote]
    orientation = orienter_une_personne(base, fiche["besoins"], fiche.get("situation", {}), jour)
    sort = any(
        is_suite(principales, to_principales(parcours)) and a_cote <= set(to_toutes(parcours))
        for parcours in orientation.parcours_list
    )
    return sort, describe(orientation)


@pytest.mark.parametrize("chemin", FICHES, ids=lambda chemin: chemin.stem)
def test_une_personne_du_profil_recoit_les_etapes_du_parcours_type(
    base: Base, jour: date, chemin: Path
) -> None:
    fiche = _lire(chemin)
    sort, obtenu = _rejouer(base, jour, fiche)
    if fiche.get("hors_moteur"):
        assert not sort, f"le moteur le propose maintenant : retirez « hors_moteur » de {chemin.name}"
    else:
        assert sort, obtenu


def test_peu_de_parcours_types_sont_hors_du_moteur() -> None:
    hors = {
        chemin.stem: fiche["hors_moteur"] for chemin in FICHES if (fiche := _lire(chemin)).get("hors_moteur")
    }
    assert len(hors) <= HORS_MOTEUR_MAX, sorted(hors)
    assert all(len(raison.split()) >= 8 for raison in hors.values())


@pytest.mark.parametrize("chemin", FICHES, ids=lambda chemin: chemin.stem)
def test_la_situation_d_un_parcours_type_est_valable(base: Base, chemin: Path) -> None:
    build_situation(base, _lire(chemin).get("situation", {}))
