"""Verdicts and reasons of the real records, cases written in YAML: a passing base, then one changed fact."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge import Base, Verdict, build_situation, evaluate_eligibilite
from knowledge.model import Condition, Dispositif, Situation, Test
from knowledge.rules.conditions import evaluate_regle, iter_tests

CAS = Path(__file__).parent.parent / "cases"


def _lire_cas() -> list[Any]:
    cas = []
    for chemin in sorted(CAS.glob("*.yml")):
        fichier = yaml.safe_load(chemin.read_text(encoding="utf-8"))
        depart = {"verdict": fichier.get("attendu", "eligible")}
        cas.append(pytest.param(chemin.stem, fichier["base"], {}, depart, id=f"{chemin.stem} base"))
        for ligne in fichier["cas"]:
            nom = f"{chemin.stem} sauf {ligne['sauf']}"
            cas.append(pytest.param(chemin.stem, fichier["base"], ligne["sauf"], ligne["attendu"], id=nom))
    return cas


@pytest.mark.parametrize(("identifiant", "depart", "sauf", "attendu"), _lire_cas())
def test_un_seul_fait_change_le_verdict(
    base: Base,
    jour: date,
    identifiant: str,
    depart: dict[str, Any],
    sauf: dict[str, Any],
    attendu: dict[str, Any],
) -> None:
    dispositif = base.catalogue.dispositifs[identifiant]
    situation = build_situation(base, {**depart, **sauf})
    evaluation = evaluate_eligibilite(dispositif, situation, referentiels=base.referentiels, jour=jour)
    assert evaluation.verdict.value == attendu["verdict"]
    rompues = {raison.critere for raison in evaluation.raisons if raison.verdict is Verdict.NON_ELIGIBLE}
    assert rompues == set(attendu.get("raisons", []))


def test_chaque_condition_de_chaque_fiche_se_verifie_des_deux_cotes_et_sans_le_fait(
    base: Base, jour: date
) -> None:
    for dispositif in base.catalogue.dispositifs.values():
        for condition in dispositif.conditions:
            for test in iter_tests(condition.regle):
                _verifier_test(base, dispositif, condition, test)


def _verifier_test(base: Base, dispositif: Dispositif, condition: Condition, test: Test) -> None:
    """Both sides of each bound give opposite truths of the leaf, and the missing fact gives none."""
    criteres = base.referentiels.criteres
    vus = {
        evaluate_regle(test, Situation(**{test.critere: valeur}), criteres)
        for valeur in _valeurs_autour(base, test)
    }
    assert vus == {True, False}, f"{dispositif.id}.{condition.id}"
    assert evaluate_regle(test, Situation(), criteres) is None, f"{dispositif.id}.{condition.id}"


def _valeurs_autour(base: Base, test: Test) -> list[Any]:
    critere = base.referentiels.criteres[test.critere]
    if critere.type == "booleen":
        return [True, False]
    if critere.type == "entier":
        return [int(borne) + ecart for borne in test.valeurs for ecart in (-1, 0, 1)]
    return [*critere.valeurs, *test.valeurs, "69", "00"]


def test_chaque_raison_porte_sa_source_et_son_critere(base: Base, jour: date) -> None:
    for dispositif in base.catalogue.dispositifs.values():
        evaluation = evaluate_eligibilite(dispositif, Situation(), referentiels=base.referentiels, jour=jour)
        for raison in evaluation.raisons:
            assert raison.source.document or raison.source.lien, f"{dispositif.id} : {raison.phrase}"
            assert raison.phrase.strip()


def test_sans_aucun_fait_aucune_fiche_n_est_refusee(base: Base, jour: date) -> None:
    for dispositif in base.catalogue.dispositifs.values():
        evaluation = evaluate_eligibilite(dispositif, Situation(), referentiels=base.referentiels, jour=jour)
        assert evaluation.verdict is not Verdict.NON_ELIGIBLE, dispositif.id


def test_un_public_prioritaire_ne_refuse_jamais(base: Base, jour: date) -> None:
    for dispositif in base.catalogue.dispositifs.values():
        criteres = {t.critere for c in dispositif.public_prioritaire for t in iter_tests(c.regle)}
        stricts = {t.critere for c in dispositif.conditions for t in iter_tests(c.regle)}
        contraire = {
            cle: False for cle in criteres - stricts if base.referentiels.criteres[cle].type == "booleen"
        }
        evaluation = evaluate_eligibilite(
            dispositif, Situation(**contraire), referentiels=base.referentiels, jour=jour
        )
        assert evaluation.verdict is not Verdict.NON_ELIGIBLE, dispositif.id
