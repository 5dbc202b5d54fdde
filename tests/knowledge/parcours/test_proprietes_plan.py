"""What must hold for any plan, checked on generated people."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge import Base, Parcours, Situation, Verdict, build_situation, evaluate_eligibilite, orienter
from knowledge.loader import load_referentiels
from knowledge.model import Etape, StatutLien
from knowledge.plan.buts import find_buts
from knowledge.plan.couts import is_sur_mesure
from knowledge.plan.monde import Monde, apply_effets, iter_pour_acquis
from knowledge.plan.parcours import signature

_REGLAGES = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
BESOINS = sorted(load_referentiels().besoins)
FAITS = st.fixed_dictionaries(
    {},
    optional={
        "age_ans": st.integers(15, 64),
        "code_departement": st.sampled_from(["75", "77", "78", "92", "93", "94", "83", "69"]),
        "niveau_diplome": st.integers(0, 7),
        "inscrit_france_travail": st.booleans(),
        "en_recherche_emploi": st.booleans(),
        "rsa": st.booleans(),
        "contrat_accompagnement": st.sampled_from(["CER", "PPAE", "aucun"]),
        "handicap_rqth": st.booleans(),
        "reside_qpv": st.booleans(),
        "projet": st.sampled_from(["aucun", "idee", "confirme"]),
        "experience_mois": st.integers(0, 240),
        "sous_main_de_justice": st.sampled_from(["aucune", "aucune", "amenagement", "detention"]),
        "protection_internationale": st.booleans(),
        "salarie": st.booleans(),
        "permis_b": st.booleans(),
        "enfants_a_garder": st.booleans(),
        "sans_revenu": st.booleans(),
        "validation_partielle": st.booleans(),
    },
)
DEMANDES = st.lists(st.sampled_from(BESOINS), min_size=1, max_size=3, unique=True)


def _principales(parcours: Parcours) -> list[Etape]:
    return [etape for etape in parcours.etapes if not etape.en_parallele]


def _monde(base: Base, besoins: list[str], jour: date) -> Monde:
    return Monde(index=base.index, referentiels=base.referentiels, jour=jour, besoins=tuple(besoins))


@_REGLAGES
@given(DEMANDES, FAITS)
def test_chaque_etape_est_possible_apres_les_precedentes(
    base: Base, jour: date, besoins: list[str], faits: dict[str, Any]
) -> None:
    depart = build_situation(base, faits)
    for parcours in orienter(base, besoins, depart, jour=jour).parcours_list:
        ici = depart
        for etape in parcours.etapes:
            juge = depart if etape.en_parallele else ici
            evaluation = evaluate_eligibilite(
                etape.dispositif, juge, referentiels=base.referentiels, jour=jour
            )
            assert evaluation.verdict is not Verdict.NON_ELIGIBLE, (parcours.id, etape.titre)
            ici = apply_effets(etape.dispositif, ici)


@_REGLAGES
@given(DEMANDES, FAITS)
def test_un_lien_ne_dit_que_ce_que_la_source_ecrit(
    base: Base, jour: date, besoins: list[str], faits: dict[str, Any]
) -> None:
    for parcours in orienter(base, besoins, build_situation(base, faits), jour=jour).parcours_list:
        precedentes: list[Etape] = []
        for etape in parcours.etapes:
            if etape.lien is not None:
                ecrits = [lien for avant in precedentes for lien in avant.dispositif.articulations]
                assert etape.lien in ecrits, (parcours.id, etape.titre)
                assert etape.lien.vers == etape.dispositif.id
                assert etape.lien_statut is etape.lien.statut
            elif etape.lien_statut is not None:
                assert etape.lien_statut is StatutLien.DEDUIT
            precedentes.append(etape)


@_REGLAGES
@given(DEMANDES, FAITS)
def test_un_souhait_est_annonce_comme_pas_garanti(
    base: Base, jour: date, besoins: list[str], faits: dict[str, Any]
) -> None:
    for parcours in orienter(base, besoins, build_situation(base, faits), jour=jour).parcours_list:
        souhaits = [etape for etape in parcours.etapes if etape.lien_statut is StatutLien.SOUHAITE]
        assert all("pas garanti" in (etape.lien_phrase or "") for etape in souhaits)
        assert not souhaits or any("pas garanti" in point for point in parcours.points_de_vigilance)


@_REGLAGES
@given(DEMANDES, FAITS)
def test_une_etape_prevue_ou_a_l_essai_est_annoncee(
    base: Base, jour: date, besoins: list[str], faits: dict[str, Any]
) -> None:
    for parcours in orienter(base, besoins, build_situation(base, faits), jour=jour).parcours_list:
        for etape in parcours.etapes:
            if etape.dispositif.etat != "en_vigueur":
                annonces = [point for point in parcours.points_de_vigilance if point.startswith(etape.titre)]
                assert annonces, etape.titre


@_REGLAGES
@given(DEMANDES, FAITS)
def test_sans_revenu_une_etape_non_payee_est_signalee_avec_ce_qu_on_peut_faire(
    base: Base, jour: date, besoins: list[str], faits: dict[str, Any]
) -> None:
    situation = build_situation(base, {**faits, "sans_revenu": True})
    for parcours in orienter(base, besoins, situation, jour=jour).parcours_list:
        for etape in parcours.etapes:
            statut = etape.dispositif.remuneration.statut
            if statut == "non" or (statut == "non_precise" and not etape.en_parallele):
                dits = [p for p in parcours.points_de_vigilance if etape.titre in p and "sans revenu" in p]
                assert any("Demandez" in point for point in dits), etape.titre


@_REGLAGES
@given(DEMANDES, FAITS)
def test_les_parcours_proposes_sont_differents_et_tiennent_leur_nom(
    base: Base, jour: date, besoins: list[str], faits: dict[str, Any]
) -> None:
    parcours_list = orienter(base, besoins, build_situation(base, faits), jour=jour).parcours_list
    ensembles = [frozenset(etape.dispositif.id for etape in parcours.etapes) for parcours in parcours_list]
    assert len(ensembles) == len(set(ensembles)) <= 4
    assert not parcours_list or parcours_list[0].nature == "recommande"
    for parcours in parcours_list[1:]:
        etapes = _principales(parcours)
        if parcours.nature == "court":
            assert len(etapes) <= len(_principales(parcours_list[0])), parcours.id
        if parcours.nature == "paye":
            assert all(e.dispositif.remuneration.statut in ("oui", "selon_situation") for e in etapes)


@_REGLAGES
@given(DEMANDES, FAITS, st.integers(0, 5))
def test_chaque_but_est_atteint_ou_dit_manquant_meme_quand_une_etape_ferme(
    base: Base, jour: date, besoins: list[str], faits: dict[str, Any], rang: int
) -> None:
    situation = build_situation(base, faits)
    buts = set(find_buts(besoins, situation, base.referentiels))
    fermees: list[str] = []
    for _ in range(2):
        orientation = orienter(base, besoins, situation, jour=jour, indisponibles=fermees)
        etapes = orientation.parcours_list[0].etapes if orientation.parcours_list else ()
        atteints = {acquis for etape in etapes for acquis in etape.acquis}
        assert buts <= atteints | set(orientation.buts_manques), fermees
        assert not {etape.dispositif.id for etape in etapes} & set(fermees)
        assert orientation.contacts
        fermees = [etapes[rang % len(etapes)].dispositif.id] if etapes else []


@_REGLAGES
@given(DEMANDES, FAITS)
def test_quand_tout_est_ferme_on_dit_ce_qui_manque_et_qui_appeler(
    base: Base, jour: date, besoins: list[str], faits: dict[str, Any]
) -> None:
    situation = build_situation(base, faits)
    tout = list(base.catalogue.dispositifs)
    orientation = orienter(base, besoins, situation, jour=jour, indisponibles=tout)
    assert orientation.parcours_list == ()
    assert orientation.buts_manques == find_buts(besoins, situation, base.referentiels)
    assert all(contact.telephone or contact.site or contact.role for contact in orientation.contacts)
    assert orientation.contacts


@_REGLAGES
@given(DEMANDES, FAITS)
def test_ni_l_ordre_des_faits_ni_la_repetition_ne_changent_la_reponse(
    base: Base, jour: date, besoins: list[str], faits: dict[str, Any]
) -> None:
    endroit = orienter(base, besoins, build_situation(base, faits), jour=jour)
    envers = orienter(base, besoins, build_situation(base, dict(reversed(faits.items()))), jour=jour)
    assert endroit == envers


@_REGLAGES
@given(DEMANDES, FAITS)
def test_une_fiche_presque_possible_dit_ce_qui_devrait_changer(
    base: Base, jour: date, besoins: list[str], faits: dict[str, Any]
) -> None:
    for evaluation in orienter(base, besoins, build_situation(base, faits), jour=jour).evaluations:
        rompues = [raison for raison in evaluation.raisons if raison.verdict is Verdict.NON_ELIGIBLE]
        if evaluation.presque:
            assert [bool(raison.a_changer) for raison in rompues] == [True], evaluation.dispositif.id


@_REGLAGES
@given(DEMANDES, FAITS)
def test_les_durees_s_additionnent_ou_ne_se_disent_pas(
    base: Base, jour: date, besoins: list[str], faits: dict[str, Any]
) -> None:
    for parcours in orienter(base, besoins, build_situation(base, faits), jour=jour).parcours_list:
        durees = [etape.dispositif.duree for etape in _principales(parcours)]
        connues = [d for d in durees if d.semaines_max or d.semaines_min or d.heures_max or d.heures_min]
        if len(connues) < len(durees) or not durees:
            assert parcours.duree_semaines is None
        else:
            semaines = sum(
                d.semaines_max or d.semaines_min or (d.heures_max or d.heures_min or 0) / 35 for d in durees
            )
            assert parcours.duree_semaines == round(semaines)


@_REGLAGES
@given(DEMANDES, FAITS)
def test_le_resume_suivi_par_les_questions_est_le_parcours_conseille(
    base: Base, jour: date, besoins: list[str], faits: dict[str, Any]
) -> None:
    situation = build_situation(base, faits)
    parcours_list = orienter(base, besoins, situation, jour=jour).parcours_list
    suivi = signature(_monde(base, besoins, jour), situation)
    if suivi:
        assert tuple(etape.dispositif.id for etape in parcours_list[0].etapes)[: len(suivi)] == suivi


@_REGLAGES
@given(st.sampled_from(BESOINS), FAITS)
def test_une_etape_sure_passe_avant_une_etape_a_verifier(
    base: Base, jour: date, besoin: str, faits: dict[str, Any]
) -> None:
    situation = build_situation(base, faits)
    monde = _monde(base, [besoin], jour)
    parcours_list = orienter(base, [besoin], situation, jour=jour).parcours_list
    buts = find_buts([besoin], situation, base.referentiels)
    if len(buts) != 1 or not parcours_list or len(_principales(parcours_list[0])) != 1:
        return
    choisie = _principales(parcours_list[0])[0].dispositif
    sures = [
        fiche.id
        for fiche in iter_pour_acquis(monde, buts[0], situation.code_departement)
        if fiche.etat == "en_vigueur"
        and besoin in fiche.ids_besoins
        and not fiche.rome
        and _verdict(base, fiche, situation, jour) is Verdict.ELIGIBLE
    ]
    if sures and is_sur_mesure(choisie) and situation.code_departement and not choisie.rome:
        assert _verdict(base, choisie, situation, jour) is Verdict.ELIGIBLE, (choisie.id, sures)


def _verdict(base: Base, fiche: Any, situation: Situation, jour: date) -> Verdict:
    return evaluate_eligibilite(fiche, situation, referentiels=base.referentiels, jour=jour).verdict
