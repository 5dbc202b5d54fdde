"""Hesitations, corrections, interruptions: the thread is never lost and nothing is said twice for nothing."""

from __future__ import annotations

import pytest

from tests.conversations.dialogue import Personne

pytestmark = pytest.mark.modele

COMMUNE = "Dans quelle commune habitez-vous ?"


def _textes(personne: Personne) -> list[str]:
    return [message["texte"] for message in personne.dernier if message["texte"]]


def _avec_resultat(personne: Personne, phrase: str = "je cherche un logement") -> None:
    personne.dit(phrase)
    personne.passe_tout()
    assert personne.resultat is not None


def test_repondre_je_sais_pas_a_tout_mene_a_un_resultat(personne: Personne) -> None:
    personne.dit("je ne sais pas ce que je veux faire")
    for _ in range(12):
        if personne.resultat is not None:
            break
        personne.dit("je sais pas")
    assert personne.resultat is not None


def test_je_sais_pas_sans_besoin_propose_de_chercher_une_idee(personne: Personne) -> None:
    personne.dit("je sais pas")
    assert "besoin:choisir-un-metier" in personne.choix


def test_oui_a_une_question_ouverte_finit_par_la_passer(personne: Personne) -> None:
    personne.dit("je cherche du travail")
    for _ in range(3):
        personne.dit("oui")
    assert COMMUNE not in _textes(personne)


def test_deux_corrections_a_la_suite_gardent_la_derniere(personne: Personne) -> None:
    personne.dit("je cherche du travail, j'ai 25 ans, j'habite à Nanterre")
    personne.dit("non en fait j'ai 26 ans")
    personne.dit("pardon j'habite à Colombes")
    situation = personne.reprise["situation"]
    assert (situation["age_ans"], situation["commune"]) == (26, "Colombes")


def test_se_contredire_sur_le_rsa_garde_le_dernier_mot(personne: Personne) -> None:
    personne.dit("je cherche du travail")
    personne.dit("je ne touche pas le RSA")
    personne.dit("en fait je touche le RSA")
    assert personne.reprise["situation"]["rsa"] is True


def test_un_mot_explique_avant_tout_besoin_laisse_la_main_a_la_personne(personne: Personne) -> None:
    personne.dit("c'est quoi un CDI ?")
    assert "Voir tous les besoins" in personne.boutons
    assert "Voir la suite du parcours" not in personne.boutons


def test_un_mot_explique_apres_un_resultat_ramene_au_resultat(personne: Personne) -> None:
    _avec_resultat(personne)
    personne.dit("c'est quoi la Caf ?")
    assert "Voir la suite du parcours" in personne.boutons


def test_trois_definitions_de_suite_puis_la_meme_question(personne: Personne) -> None:
    personne.dit("je cherche du travail")
    for question in ("c'est quoi la RQTH ?", "c'est quoi le CPF ?", "c'est quoi un PPAE ?"):
        personne.dit(question)
        assert _textes(personne)[-1] == COMMUNE


def test_un_mot_inconnu_est_dit_inconnu(personne: Personne) -> None:
    assert "Je ne connais pas ce mot" in personne.dit("c'est quoi un blorp ?")


def test_qui_ne_nomme_pas_sa_commune_peut_donner_la_ville_la_plus_proche(personne: Personne) -> None:
    personne.dit("je veux être boulanger")
    assert "La ville la plus proche va aussi" in personne.dit("un petit bled à la campagne")
    personne.dit("Limoges")
    assert personne.reprise["situation"]["commune"] == "Limoges"


def test_une_ville_qui_ressemble_a_un_salut_est_une_ville(personne: Personne) -> None:
    personne.dit("je veux être boulanger")
    personne.dit("Melun")
    assert personne.reprise["situation"]["commune"] == "Melun"


def test_une_ville_seule_n_ajoute_pas_de_besoin(personne: Personne) -> None:
    _avec_resultat(personne)
    personne.dit("Créteil")
    reprise = personne.reprise
    assert reprise["besoins"] == ["me-loger"]
    assert reprise["situation"]["commune"] == "Créteil"


def test_un_homonyme_attend_son_choix_pendant_qu_on_parle_d_autre_chose(personne: Personne) -> None:
    personne.dit("je cherche du travail")
    personne.dit("saint-denis")
    assert "34 ans" in personne.dit("j'ai 34 ans")
    assert "reponse:code_insee:93066" in personne.choix


def test_un_homonyme_se_choisit_par_son_departement(personne: Personne) -> None:
    personne.dit("je cherche du travail")
    personne.dit("j'habite saint-denis")
    assert "Saint-Denis" in personne.dit("celle du 93")
    assert personne.reprise["situation"]["code_insee"] == "93066"


def test_non_a_un_choix_d_homonymes_redemande_la_commune(personne: Personne) -> None:
    personne.dit("je cherche du travail")
    personne.dit("j'habite saint-denis")
    assert "Dans quelle commune" in personne.dit("non")
    personne.dit("Bobigny")
    assert personne.reprise["situation"]["commune"] == "Bobigny"


def test_le_departement_ecrit_devant_choisit_la_commune(personne: Personne) -> None:
    personne.dit("je cherche du travail")
    personne.dit("93 saint denis")
    assert personne.reprise["situation"]["code_insee"] == "93066"


def test_un_departement_compris_est_redit(personne: Personne) -> None:
    personne.dit("je cherche du travail")
    assert "93" in personne.dit("93")


def test_un_besoin_ajoute_en_route_est_redit(personne: Personne) -> None:
    personne.dit("je cherche une formation d'aide-soignante, j'ai 25 ans, j'habite à Nanterre")
    assert "J'ai un problème de logement" in personne.dit("finalement je veux aussi un logement")


def test_changer_de_besoin_garde_les_faits(personne: Personne) -> None:
    personne.dit("je cherche du travail, j'ai 25 ans")
    personne.dit("changer de besoin")
    personne.choisit("besoin:me-loger")
    reprise = personne.reprise
    assert reprise["besoins"] == ["me-loger"]
    assert reprise["situation"]["age_ans"] == 25


def test_et_si_est_un_essai_pas_un_nouveau_besoin(personne: Personne) -> None:
    _avec_resultat(personne, "je cherche du travail, j'ai 24 ans, j'habite à Massy, pas de permis")
    avant = personne.reprise["besoins"]
    assert "On essaie" in personne.dit("et si j'avais le permis ?")
    assert personne.reprise["besoins"] == avant


def test_autre_chose_sans_autre_solution_ne_redit_pas_le_resultat(personne: Personne) -> None:
    _avec_resultat(personne)
    personne.dit("autre chose")
    assert len(_textes(personne)) == 1
    assert personne.resultat is None


def test_autre_chose_sans_besoin_ne_demande_qu_une_fois(personne: Personne) -> None:
    personne.dit("autre chose")
    assert len(_textes(personne)) == 1


def test_qui_appeler_donne_un_numero_et_jamais_deux_fois_la_meme_ligne(personne: Personne) -> None:
    _avec_resultat(personne, "je veux reprendre confiance, j'ai 17 ans, j'habite à Aubervilliers")
    lignes = personne.dit("qui appeler ?").split("\n")[1:]
    assert any("3949" in ligne or "0 800" in ligne for ligne in lignes)
    assert len(lignes) == len(set(lignes))


def test_apres_les_contacts_on_peut_continuer(personne: Personne) -> None:
    _avec_resultat(personne)
    personne.dit("qui appeler ?")
    assert "Garder ce résultat" in personne.boutons


def test_plus_pres_sans_commune_la_demande(personne: Personne) -> None:
    _avec_resultat(personne)
    assert "commune" in personne.dit("c'est trop loin")


@pytest.mark.parametrize("phrase", ["imprimer", "garder", "envoyer par sms"])
def test_garder_imprimer_envoyer_disent_comment(personne: Personne, phrase: str) -> None:
    _avec_resultat(personne)
    assert "imprimer" in personne.dit(phrase)


def test_revenir_tout_de_suite_le_dit_simplement(personne: Personne) -> None:
    personne.dit("je cherche du travail")
    assert "pas de question avant" in personne.dit("retour")


def test_recommencer_oublie_tout(personne: Personne) -> None:
    personne.dit("je cherche du travail, j'ai 25 ans")
    personne.dit("recommencer")
    assert (personne.reprise["besoins"], personne.reprise["situation"]) == ([], {})


def test_un_nombre_seul_n_est_pas_pris_pour_un_departement_lointain(personne: Personne) -> None:
    personne.dit("je cherche du travail")
    personne.dit("30")
    assert "code_departement" not in personne.reprise["situation"]


def test_une_commune_seule_hors_des_questions_est_entendue(personne: Personne) -> None:
    personne.dit("j'ai 27 ans")
    personne.dit("Fleury-Mérogis")
    assert personne.reprise["situation"]["commune"] == "Fleury-Mérogis"


def test_sans_etape_on_peut_encore_choisir_ou_parler_a_quelqu_un(personne: Personne) -> None:
    personne.dit("je veux passer mon permis, j'habite à Limoges")
    personne.passe_tout()
    assert personne.choix == ["commande:changer_de_besoin", "besoin:parler-a-un-conseiller"]


@pytest.mark.parametrize(("age", "attendu"), [(20, True), (35, False)])
def test_la_mission_locale_n_est_donnee_qu_a_qui_elle_recoit(
    personne: Personne, age: int, attendu: bool
) -> None:
    dit = personne.dit(f"je veux passer mon permis, j'habite à Limoges, j'ai {age} ans")
    assert ("Mission locale" in dit) is attendu
