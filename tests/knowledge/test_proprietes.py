"""What must hold for any situation, checked on generated ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from knowledge import (
    Base,
    Situation,
    Verdict,
    build_situation,
    criteres_de_situation,
    evaluate_eligibilite,
    get_question,
    load_base,
    next_question_for,
    orienter,
)
from knowledge.guide import Etat, iter_questions_ouvertes, measure_question
from knowledge.plan.monde import Monde
from knowledge.plan.parcours import signature
from knowledge.search import find_dispositifs

JOUR = date(2026, 11, 21)
BASE: Base = load_base()
BESOINS = list(BASE.referentiels.besoins)
_REGLAGES = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

FAITS = st.fixed_dictionaries(
    {},
    optional={
        "age_ans": st.integers(14, 70),
        "code_departement": st.sampled_from(["75", "77", "78", "91", "92", "93", "94", "95", "69"]),
        "niveau_diplome": st.integers(0, 8),
        "inscrit_france_travail": st.booleans(),
        "en_recherche_emploi": st.booleans(),
        "rsa": st.booleans(),
        "contrat_accompagnement": st.sampled_from(["CER", "PPAE", "aucun"]),
        "handicap_rqth": st.booleans(),
        "reside_qpv": st.booleans(),
        "projet": st.sampled_from(["aucun", "idee", "confirme"]),
        "experience_mois": st.integers(0, 240),
        "salarie_iae": st.booleans(),
        "permis_b": st.booleans(),
        "sans_revenu": st.booleans(),
    },
)
DEMANDES = st.lists(st.sampled_from(BESOINS), min_size=1, max_size=3, unique=True)


def _verdicts(situation: Situation) -> dict[str, Verdict]:
    return {
        fiche.id: evaluate_eligibilite(fiche, situation, referentiels=BASE.referentiels, jour=JOUR).verdict
        for fiche in BASE.catalogue.dispositifs.values()
    }


def _un_fait_de_moins(faits: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for cle in faits:
        yield {autre: valeur for autre, valeur in faits.items() if autre != cle}


@_REGLAGES
@given(FAITS)
def test_un_verdict_ferme_ne_change_pas_quand_on_apprend_un_fait_de_plus(faits: dict[str, Any]) -> None:
    complets = _verdicts(build_situation(BASE, faits))
    for partiels in _un_fait_de_moins(faits):
        for identifiant, verdict in _verdicts(build_situation(BASE, partiels)).items():
            if verdict is not Verdict.INDETERMINE:
                assert complets[identifiant] is verdict, identifiant


@_REGLAGES
@given(FAITS)
def test_l_ordre_des_faits_ne_compte_pas(faits: dict[str, Any]) -> None:
    envers = dict(reversed(list(faits.items())))
    assert build_situation(BASE, faits) == build_situation(BASE, envers)


@_REGLAGES
@given(DEMANDES, FAITS)
def test_refaire_la_meme_demande_donne_la_meme_reponse(besoins: list[str], faits: dict[str, Any]) -> None:
    situation = build_situation(BASE, faits)
    assert orienter(BASE, besoins, situation, jour=JOUR) == orienter(BASE, besoins, situation, jour=JOUR)


@_REGLAGES
@given(DEMANDES, FAITS)
def test_les_etapes_peuvent_se_faire_dans_l_ordre(besoins: list[str], faits: dict[str, Any]) -> None:
    situation = build_situation(BASE, faits)
    for parcours in orienter(BASE, besoins, situation, jour=JOUR).parcours_list:
        ici = situation
        for etape in parcours.etapes:
            juge = ici if not etape.en_parallele else situation
            evaluation = evaluate_eligibilite(
                etape.dispositif, juge, referentiels=BASE.referentiels, jour=JOUR
            )
            assert evaluation.verdict is not Verdict.NON_ELIGIBLE, (parcours.id, etape.titre)
            ici = ici.with_faits({e.critere: e.valeur for e in etape.dispositif.effets if e.critere})


@_REGLAGES
@given(DEMANDES, FAITS)
def test_aucune_etape_n_est_proposee_deux_fois(besoins: list[str], faits: dict[str, Any]) -> None:
    for parcours in orienter(BASE, besoins, build_situation(BASE, faits), jour=JOUR).parcours_list:
        ids = [etape.dispositif.id for etape in parcours.etapes]
        assert len(ids) == len(set(ids))


@_REGLAGES
@given(DEMANDES, FAITS)
def test_une_etape_indisponible_est_remplacee_sans_casser_le_parcours(
    besoins: list[str], faits: dict[str, Any]
) -> None:
    situation = build_situation(BASE, faits)
    premiers = orienter(BASE, besoins, situation, jour=JOUR).parcours_list
    if not premiers:
        return
    fermee = premiers[0].etapes[0].dispositif.id
    sans = orienter(BASE, besoins, situation, jour=JOUR, indisponibles=[fermee])
    assert all(etape.dispositif.id != fermee for parcours in sans.parcours_list for etape in parcours.etapes)
    assert sans.parcours_list or sans.contacts


@_REGLAGES
@given(DEMANDES, FAITS)
def test_une_question_ne_porte_jamais_sur_un_fait_connu(besoins: list[str], faits: dict[str, Any]) -> None:
    situation = build_situation(BASE, faits)
    question = next_question_for(BASE, besoins, situation, jour=JOUR)
    if question is not None:
        assert all(situation.get(critere) is None for critere in get_question(BASE, question.critere).donne)


@_REGLAGES
@given(DEMANDES)
def test_les_questions_finissent(besoins: list[str]) -> None:
    passees: list[str] = []
    for _ in BASE.referentiels.questions:
        question = next_question_for(BASE, besoins, Situation(), jour=JOUR, passees=passees)
        if question is None:
            return
        assert question.critere not in passees
        passees.append(question.critere)
    pytest.fail("les questions ne finissent pas")


@_REGLAGES
@given(DEMANDES, FAITS)
def test_un_souhait_n_est_jamais_montre_comme_etabli(besoins: list[str], faits: dict[str, Any]) -> None:
    for parcours in orienter(BASE, besoins, build_situation(BASE, faits), jour=JOUR).parcours_list:
        for etape in parcours.etapes:
            if etape.lien is not None:
                assert etape.lien_statut is etape.lien.statut


def test_chaque_critere_garde_son_type_apres_controle() -> None:
    assert dict.fromkeys(criteres_de_situation()) == {
        cle: Situation().get(cle) for cle in criteres_de_situation()
    }


@pytest.mark.parametrize("besoin", BESOINS)
def test_chaque_besoin_a_une_reponse_ou_un_contact(besoin: str) -> None:
    orientation = orienter(BASE, [besoin], Situation(), jour=JOUR)
    assert orientation.contacts
    assert orientation.evaluations or orientation.besoins_sans_reponse


@given(besoins=DEMANDES, faits=FAITS)
@_REGLAGES
def test_aucune_question_ne_vaut_plus_que_celle_qui_est_posee(
    besoins: list[str], faits: dict[str, Any]
) -> None:
    situation = build_situation(BASE, faits)
    posee = next_question_for(BASE, besoins, situation, jour=JOUR)
    monde = Monde(index=BASE.index, referentiels=BASE.referentiels, jour=JOUR, besoins=tuple(besoins))
    fiches, _ = find_dispositifs(BASE.index, besoins, departement=situation.code_departement, jour=JOUR)
    etat = Etat(monde=monde, dispositifs=fiches)
    assume(len(fiches) <= 30)  # beyond, only the first ones count
    avant = etat.rank(situation)
    valeurs = {
        question.critere: measure_question(etat, question, situation, avant).weigh(
            partial(signature, monde), situation
        )
        for question in iter_questions_ouvertes(etat, situation)
    }
    meilleure = max(valeurs.values(), default=0.0)
    assert valeurs[posee.critere] == meilleure if posee else meilleure <= 0.05
