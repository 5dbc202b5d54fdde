"""The conversation in a real browser: by mouse, by keyboard, on a phone, without network."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.web.conftest import attendre_reponse, commencer, dire, mener_au_parcours

pytestmark = [pytest.mark.navigateur, pytest.mark.modele]
Ouvrir = Callable[..., Page]


def test_une_conversation_entiere_mene_a_un_parcours(ouvrir: Ouvrir) -> None:
    page = ouvrir()
    commencer(page)
    mener_au_parcours(page)
    page.click(".message-parcours button")
    expect(page.locator("#titre-resultat")).to_be_visible()
    expect(page.locator(".etape-maintenant .a-faire p").first).not_to_be_empty()
    expect(page.locator(".etape .source").first).to_contain_text("lignes")


def test_un_besoin_choisi_commence_la_conversation(ouvrir: Ouvrir) -> None:
    page = ouvrir()
    page.click(".famille button[value=parler-francais]")
    attendre_reponse(page, 1)
    expect(page.locator(".message-personne")).to_contain_text("m'exprimer en français")


def test_tout_se_fait_au_clavier_et_le_focus_reste_dans_la_saisie(ouvrir: Ouvrir) -> None:
    page = ouvrir()
    page.focus("#texte-depart")
    page.keyboard.type("j'ai du mal à m'exprimer en français")
    page.keyboard.press("Enter")
    attendre_reponse(page, 1)
    expect(page.locator("#texte")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    avant = page.locator(".message-passerelle").count()
    page.focus("[data-choix='commande:passer']")
    page.keyboard.press("Enter")
    attendre_reponse(page, avant)
    expect(page.locator("#texte")).to_be_focused()


def test_le_html_ecrit_par_une_personne_reste_du_texte(ouvrir: Ouvrir) -> None:
    page = ouvrir()
    commencer(page, "<img src=x onerror=document.title='piège'> <b>bonjour</b>")
    expect(page.locator(".message-personne .bulle")).to_contain_text("<b>bonjour</b>")
    assert page.locator(".bulle img, .bulle b").count() == 0


def test_un_message_trop_long_est_rendu_pour_etre_raccourci(ouvrir: Ouvrir) -> None:
    page = ouvrir()
    commencer(page)
    page.fill("#texte", "a" * 20_000)
    page.press("#texte", "Enter")
    expect(page.locator("#etat")).to_contain_text("trop long")
    assert len(page.input_value("#texte")) == 20_000


def test_un_message_vide_recoit_une_phrase_claire(ouvrir: Ouvrir) -> None:
    page = ouvrir()
    commencer(page)
    page.fill("#texte", "   ")
    page.press("#texte", "Enter")
    expect(page.locator("#etat")).to_contain_text("Écrivez quelques mots")


def test_pendant_le_chargement_le_message_est_garde_puis_envoye_seul(ouvrir: Ouvrir) -> None:
    page = ouvrir()
    refus = {"reste": 2}

    def repondre(route: Route) -> None:
        if refus["reste"]:
            refus["reste"] -= 1
            route.fulfill(
                status=503, headers={"Retry-After": "1"}, json={"status": 503, "detail": "Je me prépare."}
            )
        else:
            route.continue_()

    page.route(re.compile("/messages$"), repondre)
    page.fill("#texte-depart", "je cherche un emploi")
    page.press("#texte-depart", "Enter")
    expect(page.locator("#etat")).to_contain_text("Je me prépare, encore quelques secondes")
    attendre_reponse(page, 1)
    expect(page.locator(".message-personne")).to_have_count(1)
    expect(page.locator("#etat")).to_be_empty()


def test_sans_reseau_le_message_reste_et_peut_etre_renvoye(ouvrir: Ouvrir) -> None:
    page = ouvrir()
    commencer(page)
    page.route(re.compile("/messages$"), lambda route: route.abort())
    page.fill("#texte", "je n'ai pas de diplôme")
    page.press("#texte", "Enter")
    expect(page.locator("#etat")).to_contain_text("Pas de connexion")
    page.unroute(re.compile("/messages$"))
    avant = page.locator(".message-passerelle").count()
    page.click("text=Réessayer")
    attendre_reponse(page, avant)
    expect(page.locator(".echec")).to_have_count(0)
    expect(page.locator(".message-personne", has_text="je n'ai pas de diplôme")).to_have_count(1)


def test_la_conversation_se_reprend_sur_le_meme_appareil(ouvrir: Ouvrir) -> None:
    page = ouvrir()
    commencer(page)
    page.reload()
    page.click("text=Reprendre ma conversation")
    expect(page.locator(".message-personne").first).to_contain_text("m'exprimer en français")


def test_seul_l_identifiant_reste_sur_l_appareil_et_effacer_l_enleve(ouvrir: Ouvrir) -> None:
    page = ouvrir()
    commencer(page)
    assert page.evaluate("() => Object.keys(localStorage)") == ["passerelle.conversation"]
    page.click("[data-action=effacer]")
    page.click("text=Oui, effacer tout")
    expect(page.locator("#avis")).to_contain_text("Tout est effacé")
    expect(page.locator("#accueil")).to_be_visible()
    assert page.evaluate("() => Object.keys(localStorage)") == []


def test_echap_dans_la_confirmation_n_efface_rien(ouvrir: Ouvrir) -> None:
    page = ouvrir()
    commencer(page)
    page.click("[data-action=effacer]")
    expect(page.locator("#dialogue-effacer button").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#espace")).to_be_visible()
    assert page.evaluate("() => Object.keys(localStorage)") == ["passerelle.conversation"]


def test_parler_a_une_personne_donne_un_contact(ouvrir: Ouvrir) -> None:
    page = ouvrir()
    commencer(page)
    avant = page.locator(".message-passerelle").count()
    page.click("[data-action=humain]")
    attendre_reponse(page, avant)
    expect(page.locator(".message-passerelle a").first).to_be_visible()


def test_les_nouveaux_messages_sont_annonces_et_l_historique_non(ouvrir: Ouvrir) -> None:
    page = ouvrir()
    commencer(page)
    expect(page.locator("#journal")).to_have_attribute("role", "log")
    expect(page.locator("#journal")).to_have_attribute("aria-live", "polite")
    assert page.locator("#journal button:not(.message-parcours button)").count() == 0


def test_un_parcours_deja_vu_se_relit_hors_connexion(ouvrir: Ouvrir) -> None:
    page = ouvrir()
    page.evaluate("() => navigator.serviceWorker.ready")
    page.reload()
    page.wait_for_selector("html[data-pret=oui]")
    commencer(page)
    mener_au_parcours(page)
    page.wait_for_function(
        "() => caches.open('passerelle-resultat').then(c => c.keys()).then(k => k.length === 1)"
    )
    page.context.set_offline(True)
    page.reload()
    page.wait_for_selector("html[data-pret=oui]")
    expect(page.locator("#bandeau")).to_contain_text("hors connexion")
    page.click("text=Reprendre ma conversation")
    page.click(".message-parcours button")
    expect(page.locator(".etape-maintenant").first).to_be_visible()


def test_en_arabe_la_page_se_lit_de_droite_a_gauche(ouvrir: Ouvrir) -> None:
    page = ouvrir("/?langue=ar", largeur=360, hauteur=740)
    assert page.evaluate("() => getComputedStyle(document.body).direction") == "rtl"
    commencer(page, "أريد أن أتعلم الفرنسية")
    dire(page, "93")
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
