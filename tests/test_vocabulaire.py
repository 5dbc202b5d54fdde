"""One fact, one name: criterion = field of Situation = slot of the dialogue; every action, response and intent is used."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.forms import DETOURS
from knowledge import criteres_de_situation, export, load_referentiels
from tests.contrat import BESOINS_DU_CONTRAT

RACINE = Path(__file__).parent.parent
REFERENTIELS = load_referentiels()


def _domaine() -> dict[str, Any]:
    domaine: dict[str, Any] = {}
    for chemin in sorted((RACINE / "bot" / "domain").rglob("*.yml")):
        for cle, valeur in yaml.safe_load(chemin.read_text(encoding="utf-8")).items():
            if isinstance(valeur, dict):
                domaine.setdefault(cle, {}).update(valeur)
            elif isinstance(valeur, list):
                domaine.setdefault(cle, []).extend(valeur)
    return domaine


DOMAINE = _domaine()
ACTIONS = "\n".join(chemin.read_text(encoding="utf-8") for chemin in (RACINE / "actions").glob("*.py"))
REGLES = "\n".join(chemin.read_text(encoding="utf-8") for chemin in (RACINE / "data" / "rules").glob("*.yml"))


def test_les_besoins_sont_ceux_du_contrat() -> None:
    assert list(REFERENTIELS.besoins) == BESOINS_DU_CONTRAT


def test_chaque_critere_est_un_champ_de_situation() -> None:
    assert set(REFERENTIELS.criteres) == set(criteres_de_situation())


def test_chaque_critere_est_une_case_du_dialogue() -> None:
    assert set(REFERENTIELS.criteres) <= set(DOMAINE["slots"])


def test_les_fichiers_fabriques_sont_a_jour() -> None:
    assert export.main(["--verifier"]) == 0


def test_chaque_besoin_est_une_intention() -> None:
    assert {besoin.replace("-", "_") for besoin in REFERENTIELS.besoins} <= set(DOMAINE["intents"])


def test_les_detours_du_formulaire_sont_ceux_du_dialogue() -> None:
    assert set(DOMAINE["forms"]["orientation_form"]["ignored_intents"]) == DETOURS


@pytest.mark.parametrize("reponse", sorted(DOMAINE["responses"]))
def test_chaque_reponse_est_utilisee(reponse: str) -> None:
    racine = re.sub(r"_(fr|en|ar|es|pt)$", "_", reponse)
    assert reponse in ACTIONS or reponse in REGLES or racine in ACTIONS


@pytest.mark.parametrize("action", sorted(DOMAINE["actions"]))
def test_chaque_action_est_ecrite_et_appelee(action: str) -> None:
    assert f'"{action}"' in ACTIONS
    assert (
        action in REGLES
        or action.startswith("validate_")
        or action in (RACINE / "config.yml").read_text("utf-8")
    )


@pytest.mark.parametrize("intention", sorted(DOMAINE["intents"]))
def test_chaque_intention_est_entendue(intention: str) -> None:
    assert intention in REGLES or intention in ACTIONS or intention.replace("_", "-") in REFERENTIELS.besoins


def test_les_reponses_ne_contiennent_ni_age_ni_montant_ni_numero() -> None:
    for nom, variantes in DOMAINE["responses"].items():
        for variante in variantes:
            chiffres = re.findall(r"\d+", re.sub(r"« [^»]* »", "", variante["text"]))
            assert chiffres == [], nom


@pytest.mark.parametrize("cle", sorted(REFERENTIELS.questions))
def test_chaque_question_est_courte_et_dit_pourquoi(cle: str) -> None:
    question = REFERENTIELS.questions[cle]
    assert question.texte.count("?") == 1
    assert len(question.texte) <= 110
    assert question.pourquoi


def test_chaque_besoin_porte_des_thematiques_du_referentiel_national() -> None:
    chemin = RACINE.parent / "shared" / "materiel" / "data-inclusion" / "extra" / "thematiques.json"
    if not chemin.exists():
        pytest.skip("le référentiel data·inclusion (../shared) n'est pas là")
    connues = chemin.read_text(encoding="utf-8")
    for besoin in REFERENTIELS.besoins.values():
        for thematique in besoin.thematiques_di:
            assert thematique in connues, f"{besoin.id} : {thematique}"
