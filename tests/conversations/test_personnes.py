"""People as they come: what each one says, what is understood, what is proposed first."""

from __future__ import annotations

import pytest

from tests.conversations.dialogue import Personne

pytestmark = pytest.mark.modele


def _etapes(personne: Personne) -> list[str]:
    personne.passe_tout()
    assert personne.resultat is not None
    return [etape["dispositif"] for etape in personne.resultat["parcours"][0]["etapes"]]


def test_une_mere_qui_parle_peu_francais_commence_par_le_francais(personne: Personne) -> None:
    personne.dit("moi pas parler bien français")
    personne.dit("j'ai 34 ans")
    personne.dit("j'habite à Bobigny")
    assert "competences-de-base-professionnelles" in _etapes(personne)


def test_un_jeune_sans_ecole_trouve_un_lieu_pour_reprendre(personne: Personne) -> None:
    personne.dit("je fais rien de mes journées, j'ai arrêté l'école")
    personne.dit("j'ai 17 ans et j'habite à Aubervilliers")
    personne.choisit("reponse:niveau_diplome:0")
    assert _etapes(personne)[0] in {"e2c", "pee"}


def test_au_rsa_a_montreuil_le_rsa_et_la_ville_sont_entendus(personne: Personne) -> None:
    reponse = personne.dit("je suis au RSA à Montreuil, je veux trouver du taf")
    assert "Montreuil" in reponse
    assert "RSA" in reponse


def test_au_rsa_a_versailles_rien_n_est_propose_qui_soit_reserve_au_93(personne: Personne) -> None:
    personne.dit("je touche le rsa, j'habite à Versailles, je cherche un emploi, j'ai 38 ans")
    _etapes(personne)
    assert personne.resultat is not None
    proposes = {etape["dispositif"] for p in personne.resultat["parcours"] for etape in p["etapes"]}
    refuses = {f["id"] for f in personne.resultat["dispositifs"] if f["verdict"] == "non_eligible"}
    assert not proposes & refuses


def test_un_refugie_diplome_garde_son_diplome(personne: Personne) -> None:
    personne.dit("je suis réfugié, j'ai un master, je veux apprendre le français")
    situation = personne.reprise["situation"]
    assert situation["protection_internationale"] is True
    assert situation["niveau_diplome"] == 7


def test_un_boulanger_trouve_les_formations_de_son_metier(personne: Personne) -> None:
    personne.dit("je veux être boulanger")
    personne.dit("j'ai 20 ans et j'habite à Melun")
    assert "prfe-certifiant" in _etapes(personne)


def test_pour_un_metier_sans_formation_connue_on_le_dit(personne: Personne) -> None:
    personne.dit("je veux devenir infirmière, j'ai 19 ans, j'ai le bac")
    personne.passe_tout()
    dit = "\n".join(message["texte"] for message in personne.dernier)
    assert "Je ne connais pas de formation pour ce métier : infirmière." in dit


def test_pour_un_metier_de_l_offre_rien_de_tel_n_est_dit(personne: Personne) -> None:
    personne.dit("je veux être boulanger")
    personne.passe_tout()
    assert not any("Je ne connais pas de formation" in message["texte"] for message in personne.dernier)


def test_douze_ans_de_metier_sans_diplome_menent_a_la_vae(personne: Personne) -> None:
    personne.dit("ça fait 12 ans que je suis auxiliaire de vie sans diplôme, je veux le diplôme")
    assert _etapes(personne)[0] == "info-conseil-vae"


def test_creer_son_activite_mene_a_un_conseil(personne: Personne) -> None:
    personne.dit("je veux ouvrir un food truck")
    assert "conseil-creation-bge" in _etapes(personne)


def test_sans_garde_la_garde_est_cherchee_en_meme_temps(personne: Personne) -> None:
    personne.dit("j'ai personne pour garder mon bébé et je veux travailler")
    assert "chercher-une-garde-d-enfants" in _etapes(personne)


def test_un_logement_recoit_une_reponse_sans_question(personne: Personne) -> None:
    personne.dit("je cherche un logement")
    assert personne.resultat is not None


def test_cinq_faits_dans_un_message_sont_tous_notes(personne: Personne) -> None:
    personne.dit(
        "je cherche du travail, j'ai 24 ans, j'habite à Massy, j'ai le bac, "
        "inscrit à France Travail, pas de permis"
    )
    situation = personne.reprise["situation"]
    assert situation["age_ans"] == 24
    assert situation["commune"] == "Massy"
    assert situation["niveau_diplome"] == 4
    assert situation["inscrit_france_travail"] is True
    assert situation["permis_b"] is False


def test_une_question_deja_repondue_n_est_pas_posee(personne: Personne) -> None:
    personne.dit("je cherche du travail, j'ai 24 ans, j'habite à Massy, je touche le RSA")
    posees = set()
    while personne.resultat is None:
        posees.add(personne.dernier[-1]["texte"])
        personne.choisit("commande:passer")
    assert not posees & {
        "Quel âge avez-vous ?",
        "Dans quelle commune habitez-vous ?",
        "Touchez-vous le RSA ?",
    }


def test_aucune_question_n_est_posee_deux_fois(personne: Personne) -> None:
    personne.dit("je veux changer de métier")
    posees = []
    while personne.resultat is None:
        posees.append(personne.dernier[-1]["texte"])
        personne.choisit("commande:passer")
    assert len(posees) == len(set(posees)) <= 10
