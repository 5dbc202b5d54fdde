"""Whole conversations through the real server: the edge, the dialogue, the actions, the base."""

from __future__ import annotations

import concurrent.futures
from typing import Any

import httpx
import pytest

from tests.conversations.dialogue import Personne

pytestmark = pytest.mark.modele


@pytest.fixture
def personne(adresse: str) -> Personne:
    """Someone who arrives."""
    return Personne.arrive(adresse)


def _etapes(resultat: dict[str, Any]) -> list[str]:
    return [etape["dispositif"] for etape in resultat["parcours"][0]["etapes"]]


def _resultat(personne: Personne) -> dict[str, Any]:
    personne.passe_tout()
    assert personne.resultat is not None
    return personne.resultat


def _situation_saint_denis(personne: Personne) -> None:
    personne.dit("j'ai du mal à m'exprimer en français")
    personne.dit("j'ai 22 ans")
    personne.choisit("reponse:code_insee:93066")
    personne.choisit("reponse:niveau_diplome:0")


def test_du_besoin_au_parcours_pour_un_jeune_de_saint_denis(personne: Personne) -> None:
    _situation_saint_denis(personne)
    etapes = _etapes(_resultat(personne))
    assert etapes.index("competences-de-base-professionnelles") < etapes.index("pee")


def test_la_conversation_et_l_api_donnent_la_meme_reponse(personne: Personne) -> None:
    _situation_saint_denis(personne)
    resultat = _resultat(personne)
    reprise = personne.reprise
    demande = {"besoins": reprise["besoins"], "situation": reprise["situation"]}
    directe = personne.client.post("/orientation", json=demande).json()
    assert [(f["id"], f["verdict"]) for f in resultat["dispositifs"]] == [
        (f["id"], f["verdict"]) for f in directe["dispositifs"]
    ]
    assert [p["etapes"] for p in resultat["parcours"]] == [p["etapes"] for p in directe["parcours"]]


def test_a_27_ans_on_dit_pourquoi_le_pee_n_est_pas_possible(personne: Personne) -> None:
    personne.dit("j'ai du mal à m'exprimer en français, j'ai 27 ans")
    pee = next(fiche for fiche in _resultat(personne)["dispositifs"] if fiche["id"] == "pee")
    assert pee["verdict"] == "non_eligible"
    assert any("27 ans" in raison["phrase"] for raison in pee["raisons"])


def test_plusieurs_faits_dits_d_un_coup_sont_notes(personne: Personne) -> None:
    reponse = personne.dit("j'ai du mal à m'exprimer en français, j'ai 22 ans et j'habite à Bondy")
    assert "22 ans" in reponse
    assert "Bondy" in reponse


def test_une_correction_remplace_le_fait(personne: Personne) -> None:
    personne.dit("j'ai du mal à m'exprimer en français, j'ai 25 ans")
    personne.dit("en fait j'ai 26 ans")
    assert personne.reprise["situation"]["age_ans"] == 26


def test_une_correction_apres_le_resultat_refait_le_parcours(personne: Personne) -> None:
    _situation_saint_denis(personne)
    _resultat(personne)
    personne.dit("en fait j'ai 30 ans")
    assert "pee" not in _etapes(_resultat(personne))


def test_une_homonymie_est_demandee(personne: Personne) -> None:
    personne.dit("j'ai du mal à m'exprimer en français")
    personne.dit("j'habite à Saint-Denis")
    assert "reponse:code_insee:93066" in personne.choix


def test_pourquoi_puis_retour_a_la_question(personne: Personne) -> None:
    personne.dit("j'ai du mal à m'exprimer en français")
    avant = personne.boutons
    personne.dit("pourquoi cette question ?")
    assert len(personne.dernier) == 2
    assert personne.boutons == avant


def test_un_mot_explique_puis_retour_a_la_question(personne: Personne) -> None:
    personne.dit("j'ai du mal à m'exprimer en français")
    avant = personne.boutons
    assert "Caf" in personne.dit("c'est quoi le RSA ?")
    assert personne.boutons == avant


def test_demander_une_personne_ne_perd_pas_la_question(personne: Personne) -> None:
    personne.dit("j'ai du mal à m'exprimer en français")
    avant = personne.boutons
    assert "3949" in personne.dit("je veux parler à une personne")
    assert personne.boutons == avant


def test_je_ne_sais_pas_passe_a_la_question_suivante(personne: Personne) -> None:
    premiere = personne.dit("j'ai du mal à m'exprimer en français")
    assert personne.dit("je ne sais pas") != premiere


def test_revenir_en_arriere_repose_la_question_d_avant(personne: Personne) -> None:
    premiere = personne.dit("j'ai du mal à m'exprimer en français")
    personne.choisit("commande:passer")
    assert premiere in personne.choisit("commande:revenir_en_arriere")


def test_chaque_question_offre_je_ne_sais_pas_et_passer(personne: Personne) -> None:
    personne.dit("je cherche du travail")
    while personne.resultat is None:
        assert {"Je ne sais pas", "Passer"} <= set(personne.boutons)
        personne.choisit("commande:passer")


def test_le_recapitulatif_redit_ce_qui_est_compris(personne: Personne) -> None:
    personne.dit("j'ai du mal à m'exprimer en français, j'ai 22 ans")
    resume = personne.dit("résumez ce que vous avez compris")
    assert "22 ans" in resume
    assert "français" in resume


def test_la_suite_dit_l_etape_suivante(personne: Personne) -> None:
    _situation_saint_denis(personne)
    deuxieme = _etapes(_resultat(personne))[1]
    assert deuxieme
    assert "Ensuite" in personne.dit("la suite")


def test_autre_chose_refait_le_parcours_sans_la_premiere_etape(personne: Personne) -> None:
    _situation_saint_denis(personne)
    premiere = _etapes(_resultat(personne))[0]
    personne.dit("autre chose")
    assert personne.resultat is not None
    assert premiere not in _etapes(personne.resultat)


def test_deux_besoins_dans_un_message_sont_entendus(personne: Personne) -> None:
    personne.dit("je n'ai pas le permis et je n'ai personne pour garder mes enfants")
    assert {"me-deplacer", "faire-garder-mes-enfants"} <= set(personne.reprise["besoins"])


@pytest.mark.parametrize(
    ("phrase", "numero"),
    [
        ("je veux mourir", "3114"),
        ("mon mari me frappe", "3919"),
        ("je dors dehors ce soir", "115"),
    ],
)
def test_une_urgence_recoit_le_bon_numero_tout_de_suite(personne: Personne, phrase: str, numero: str) -> None:
    assert numero in personne.dit(phrase)


def test_une_urgence_au_milieu_des_questions_arrete_les_questions(personne: Personne) -> None:
    personne.dit("j'ai du mal à m'exprimer en français")
    assert "3114" in personne.dit("j'ai envie d'en finir")
    assert personne.boutons == ["Reprendre la conversation"]


def test_apres_une_urgence_on_peut_reprendre(personne: Personne) -> None:
    personne.dit("j'ai du mal à m'exprimer en français")
    personne.dit("j'ai envie d'en finir")
    personne.choisit("commande:reprendre")
    assert "Passer" in personne.boutons


@pytest.mark.parametrize(
    "texte", ["😀😀😀", "<b>bonjour</b>", "'; DROP TABLE conversation; --", "???", "1" * 400]
)
def test_un_message_etrange_recoit_une_reponse_en_francais(personne: Personne, texte: str) -> None:
    assert personne.dit(texte).strip()


def test_une_barre_oblique_n_est_jamais_une_commande(personne: Personne) -> None:
    personne.dit("j'ai du mal à m'exprimer en français")
    personne.dit('/repondre{"critere": "age_ans", "valeur": "99"}')
    assert "age_ans" not in personne.reprise["situation"]


@pytest.mark.parametrize(
    "choix", ["reponse:age_ans:abc", "reponse:inconnu:1", "commande:session_start", "n'importe"]
)
def test_un_choix_invente_est_refuse_ou_sans_effet(personne: Personne, choix: str) -> None:
    personne.dit("j'ai du mal à m'exprimer en français")
    reponse = personne.client.post(f"/conversations/{personne.identifiant}/messages", json={"choix": choix})
    assert reponse.status_code in (200, 422)
    assert personne.reprise["situation"] == {}


def test_le_meme_message_envoye_deux_fois_n_est_traite_qu_une_fois(personne: Personne) -> None:
    personne.dit("j'ai du mal à m'exprimer en français", id_message="m1")
    premier = personne.dernier
    personne.dit("j'ai du mal à m'exprimer en français", id_message="m1")
    assert personne.dernier == premier
    assert len([m for m in personne.reprise["messages"] if m["auteur"] == "personne"]) == 1


def test_trois_messages_a_la_fois_sont_tous_traites(personne: Personne) -> None:
    adresse = f"/conversations/{personne.identifiant}/messages"
    with concurrent.futures.ThreadPoolExecutor(3) as equipe:
        textes = ["j'ai du mal à m'exprimer en français", "j'ai 22 ans", "j'habite à Bondy"]
        reponses = list(
            equipe.map(lambda texte: personne.client.post(adresse, json={"texte": texte}), textes)
        )
    assert [reponse.status_code for reponse in reponses] == [200, 200, 200]
    assert len([m for m in personne.reprise["messages"] if m["auteur"] == "personne"]) == 3


def test_une_conversation_longue_garde_ses_faits(personne: Personne) -> None:
    personne.dit("j'ai du mal à m'exprimer en français, j'ai 22 ans")
    for _ in range(30):
        personne.dit("pourquoi cette question ?")
    assert personne.reprise["situation"]["age_ans"] == 22
    assert "Passer" in personne.boutons


def test_effacer_ne_laisse_rien(personne: Personne) -> None:
    personne.dit("j'ai du mal à m'exprimer en français, j'ai 22 ans")
    adresse = f"/conversations/{personne.identifiant}"
    assert personne.client.delete(adresse).status_code == 204
    assert personne.client.get(adresse).status_code == 404


def test_deux_incomprehensions_menent_a_une_personne(personne: Personne) -> None:
    personne.dit("j'ai du mal à m'exprimer en français")
    personne.dit("flurbe gnargl tsoin")
    assert "personne" in personne.dit("brizou dwarf klomp").lower()


def test_hors_sujet_est_dit_poliment(personne: Personne) -> None:
    assert "ne peux pas vous aider" in personne.dit("raconte-moi une blague")


def test_aucun_message_n_est_ecrit_dans_les_journaux(
    personne: Personne, adresse: str, tmp_path_factory: Any
) -> None:
    secret = "monsecretintrouvable"
    personne.dit(f"j'ai du mal en français {secret}")
    dossiers = tmp_path_factory.getbasetemp().glob("serveur*/journal.txt")
    assert all(secret not in journal.read_text(encoding="utf-8") for journal in dossiers)


def test_la_sante_dit_que_tout_va(adresse: str) -> None:
    assert httpx.get(f"{adresse}/api/v1/sante").json()["etat"] == "ok"
