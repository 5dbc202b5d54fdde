"""Whole life situations told as stories, with the parcours that a good adviser would accept."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge import Base, Orientation, Verdict, build_situation, orienter
from tests.knowledge.parcours.suites import describe, to_principales, to_toutes

RECITS = sorted((Path(__file__).parent / "recits").glob("*.yml"))
tous_les_recits = pytest.mark.parametrize("recit", RECITS, ids=lambda chemin: chemin.stem)


def _lire(chemin: Path) -> dict[str, Any]:
    recit: dict[str, Any] = yaml.safe_load(chemin.read_text(encoding="utf-8"))
    return recit


def _repondre(base: Base, jour: date, recit: dict[str, Any]) -> Orientation:
    return orienter(base, recit["besoins"], build_situation(base, recit["situation"]), jour=jour)


@tous_les_recits
def test_le_parcours_conseille_commence_par_une_bonne_etape(base: Base, jour: date, recit: Path) -> None:
    attendu = _lire(recit)
    orientation = _repondre(base, jour, attendu)
    assert to_principales(orientation.parcours_list[0])[0] in attendu["premiere_etape"], describe(orientation)


@tous_les_recits
def test_un_parcours_suit_l_ordre_qu_un_conseiller_attend(base: Base, jour: date, recit: Path) -> None:
    attendu = _lire(recit)
    orientation = _repondre(base, jour, attendu)
    for avant, apres in attendu["ordre"]:
        suites = [ids for p in orientation.parcours_list if {avant, apres} <= set(ids := to_principales(p))]
        assert suites, f"{avant} puis {apres}\n{describe(orientation)}"
        assert all(ids.index(avant) < ids.index(apres) for ids in suites), describe(orientation)


@tous_les_recits
def test_rien_d_important_n_est_oublie(base: Base, jour: date, recit: Path) -> None:
    attendu = _lire(recit)
    orientation = _repondre(base, jour, attendu)
    cites = {identifiant for parcours in orientation.parcours_list for identifiant in to_toutes(parcours)}
    assert set(attendu["doit_citer"]) <= cites, describe(orientation)


@tous_les_recits
def test_rien_de_deplace_n_est_propose(base: Base, jour: date, recit: Path) -> None:
    attendu = _lire(recit)
    orientation = _repondre(base, jour, attendu)
    cites = {identifiant for parcours in orientation.parcours_list for identifiant in to_toutes(parcours)}
    assert not cites & set(attendu["jamais"]), describe(orientation)


@tous_les_recits
def test_ce_qui_peut_faire_echouer_est_dit(base: Base, jour: date, recit: Path) -> None:
    attendu = _lire(recit)
    orientation = _repondre(base, jour, attendu)
    dits = " ".join(point for parcours in orientation.parcours_list for point in parcours.points_de_vigilance)
    assert all(mots in dits for mots in attendu["vigilance"]), dits


@tous_les_recits
def test_chaque_etape_dit_pourquoi_et_qui_appeler(base: Base, jour: date, recit: Path) -> None:
    for parcours in _repondre(base, jour, _lire(recit)).parcours_list:
        for etape in parcours.etapes:
            assert etape.pourquoi.strip(), etape.titre
            assert etape.a_faire.strip(), etape.titre
            assert etape.contacts, etape.titre


@tous_les_recits
def test_tous_les_buts_sont_atteints_ou_le_manque_est_dit(base: Base, jour: date, recit: Path) -> None:
    attendu = _lire(recit)
    orientation = _repondre(base, jour, attendu)
    assert list(orientation.buts_manques) == attendu.get("manques", []), describe(orientation)


@tous_les_recits
def test_aucune_etape_conseillee_n_est_refusee(base: Base, jour: date, recit: Path) -> None:
    for parcours in _repondre(base, jour, _lire(recit)).parcours_list:
        assert all(etape.verdict is not Verdict.NON_ELIGIBLE for etape in parcours.etapes)


def test_les_recits_couvrent_les_situations_difficiles() -> None:
    assert len(RECITS) >= 14
    assert all(len(_lire(recit)["recit"].splitlines()) >= 3 for recit in RECITS)
