"""Emergencies, private data, anger, odd messages, two tabs: the person is protected and nothing breaks."""

from __future__ import annotations

import pytest

from tests.conversations.dialogue import Personne

pytestmark = pytest.mark.modele


@pytest.mark.parametrize("mot", ["reprendre", "on reprend", "continuer"])
def test_reprendre_a_la_main_apres_une_urgence_ne_perd_rien(personne: Personne, mot: str) -> None:
    personne.dit("je cherche du travail, j'ai 40 ans")
    personne.dit("mon mec me tape dessus")
    personne.dit(mot)
    reprise = personne.reprise
    assert reprise["besoins"] == ["trouver-un-emploi"]
    assert reprise["situation"]["age_ans"] == 40


def test_reprendre_a_zero_oublie(personne: Personne) -> None:
    personne.dit("je cherche du travail, j'ai 40 ans")
    personne.dit("je veux tout reprendre à zéro")
    assert personne.reprise["situation"] == {}


def test_les_faits_dits_avec_une_urgence_ne_sont_pas_a_redire(personne: Personne) -> None:
    assert "115" in personne.dit("j'ai 34 ans, j'habite à Bobigny, je dors dehors ce soir")
    situation = personne.reprise["situation"]
    assert (situation["age_ans"], situation["commune"]) == (34, "Bobigny")


def test_deux_urgences_de_suite_ont_chacune_leur_numero(personne: Personne) -> None:
    personne.dit("je cherche du travail")
    assert "3919" in personne.dit("mon mec me tape dessus")
    assert "115" in personne.dit("je dors dans ma voiture")


def test_une_urgence_apres_le_resultat_est_entendue(personne: Personne) -> None:
    personne.dit("je cherche un logement")
    assert "3114" in personne.dit("j'ai envie de mourir")


@pytest.mark.parametrize(
    "message",
    [
        "mon numéro de sécu est 1 84 12 76 451 089 46",
        "IBAN FR76 3000 6000 0112 3456 7890 189",
        "mon tel 06 12 34 56 78 appelez moi",
        "écrivez moi à jean.dupont@exemple.fr",
    ],
)
def test_un_numero_personnel_est_efface_et_la_personne_prevenue(personne: Personne, message: str) -> None:
    assert "effacés de votre message" in personne.dit(message)
    redit = "\n".join(passe["texte"] for passe in personne.reprise["messages"])
    assert not any(bout in redit for bout in ("84 12", "3000 6000", "12 34 56", "jean.dupont"))


def test_donner_un_iban_n_efface_pas_les_reponses(personne: Personne) -> None:
    personne.dit("je cherche du travail, j'ai 40 ans")
    personne.dit("IBAN FR76 3000 6000 0112 3456 7890 189")
    assert personne.reprise["situation"]["age_ans"] == 40


def test_demander_d_effacer_efface(personne: Personne) -> None:
    personne.dit("je cherche du travail, j'ai 40 ans")
    personne.dit("effacez tout")
    assert personne.reprise["situation"] == {}


def test_un_detail_de_sante_n_est_pas_garde(personne: Personne) -> None:
    personne.dit("j'ai un cancer et je prends du Xanax, je veux travailler")
    assert "Je n'ai pas besoin du détail de votre santé" in personne.dernier[0]["texte"]
    redit = "\n".join(passe["texte"] for passe in personne.reprise["messages"])
    assert "cancer" not in redit


@pytest.mark.parametrize("message", ["va te faire foutre", "ça sert à rien votre truc bande de nuls"])
def test_la_colere_recoit_du_calme_et_la_question_revient(personne: Personne, message: str) -> None:
    personne.dit("je cherche du travail")
    assert "Je reste là pour vous aider" in personne.dit(message)
    assert "Passer" in personne.boutons


def test_une_blague_ne_change_rien(personne: Personne) -> None:
    personne.dit("je cherche du travail")
    personne.dit("raconte une blague")
    assert personne.reprise["besoins"] == ["trouver-un-emploi"]
    assert "Passer" in personne.boutons


@pytest.mark.parametrize("texte", ["", "   ", "\n\t"])
def test_un_message_vide_est_refuse_avec_une_phrase(personne: Personne, texte: str) -> None:
    reponse = personne.client.post(f"/conversations/{personne.identifiant}/messages", json={"texte": texte})
    assert reponse.status_code == 422
    assert "vide" in reponse.json()["detail"]


@pytest.mark.parametrize(("longueur", "statut"), [(5000, 200), (5001, 413)])
def test_la_longueur_maximum_est_tenue(personne: Personne, longueur: int, statut: int) -> None:
    reponse = personne.client.post(
        f"/conversations/{personne.identifiant}/messages", json={"texte": "a" * longueur}
    )
    assert reponse.status_code == statut


@pytest.mark.parametrize("commande", ["/recommencer", "/demander_effacement", "/restart"])
def test_une_commande_tapee_a_la_main_n_est_pas_une_commande_de_rasa(
    personne: Personne, commande: str
) -> None:
    personne.dit(f"{commande}{{}} je cherche du travail")
    assert all(not message["texte"].startswith("/") for message in personne.dernier)


def test_le_html_n_est_jamais_renvoye(personne: Personne) -> None:
    assert "<script>" not in personne.dit("<script>alert(1)</script> je cherche du travail")


def test_deux_onglets_voient_la_meme_conversation(personne: Personne, adresse: str) -> None:
    autre = Personne.arrive(adresse)
    autre.identifiant = personne.identifiant
    personne.dit("je cherche du travail")
    autre.dit("j'ai 22 ans")
    personne.dit("j'habite à Bondy")
    assert autre.reprise["situation"] == personne.reprise["situation"]
    assert autre.reprise["situation"]["age_ans"] == 22


def test_un_vieux_bouton_de_l_autre_onglet_est_encore_compris(personne: Personne) -> None:
    personne.dit("je cherche du travail, j'ai 22 ans")
    personne.choisit("commande:passer")
    personne.choisit("reponse:age_ans:40")
    assert personne.reprise["situation"]["age_ans"] == 40


def test_deux_personnes_ne_se_melangent_pas(personne: Personne, adresse: str) -> None:
    autre = Personne.arrive(adresse)
    personne.dit("je cherche du travail, j'ai 22 ans")
    autre.dit("je cherche un logement, j'ai 50 ans")
    assert personne.reprise["situation"]["age_ans"] == 22
    assert autre.reprise["besoins"] == ["me-loger"]


def test_le_meme_message_deux_fois_sans_identifiant_ne_double_pas_le_besoin(personne: Personne) -> None:
    personne.dit("je cherche un logement")
    personne.dit("je cherche un logement")
    assert personne.reprise["besoins"] == ["me-loger"]


def test_partir_et_revenir_retrouve_tout(personne: Personne, adresse: str) -> None:
    personne.dit("je cherche du travail, j'ai 22 ans")
    plus_tard = Personne.arrive(adresse)
    plus_tard.identifiant = personne.identifiant
    assert "22 ans" in plus_tard.dit("qu'est-ce que vous avez compris ?")


def test_un_numero_seul_n_invente_aucun_besoin(personne: Personne) -> None:
    personne.dit("mon numéro de sécu est 1 84 12 76 451 089 46")
    assert personne.reprise["besoins"] == []


def test_un_numero_dans_un_besoin_n_en_ajoute_pas_d_autre(personne: Personne) -> None:
    personne.dit("j'ai 25 ans je cherche du travail, mon numéro c'est le 0612345678")
    assert personne.reprise["besoins"] == ["trouver-un-emploi"]


def test_un_besoin_dit_avec_une_adresse_est_entendu(personne: Personne) -> None:
    personne.dit("mon mail jean.dupont@exemple.fr je cherche un travail")
    assert "trouver-un-emploi" in personne.reprise["besoins"]
