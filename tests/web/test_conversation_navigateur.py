"""A whole conversation in the page, by mouse and by keyboard, as a jobseeker has it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect


@pytest.fixture(params=[360, 1280], ids=["téléphone", "ordinateur"])
def page(request: pytest.FixtureRequest, ouvrir: Callable[..., Page], adresse: str) -> Iterator[Page]:
    """The home page at the width of a phone, then of a computer; it must call no other site."""
    demandes: list[str] = []
    ouverte = ouvrir("/?langue=fr", largeur=request.param, hauteur=800)
    ouverte.on("request", lambda demande: demandes.append(demande.url))
    yield ouverte
    ailleurs = [url for url in demandes if not url.startswith((adresse, "data:", "blob:"))]
    assert ailleurs == [], "la page appelle un autre site"


pytestmark = [pytest.mark.navigateur, pytest.mark.modele]


def _dire(page: Page, texte: str) -> None:
    avant = page.locator("#journal > *").count()
    page.fill("#envoi textarea", texte)
    page.click("#envoi button[type=submit]")
    expect(page.locator("#journal > *")).not_to_have_count(avant)
    expect(page.locator("#attente")).to_be_hidden()


def _commencer(page: Page, texte: str) -> None:
    page.fill("#texte-depart", texte)
    page.click("#depart button[type=submit]")
    expect(page.locator("#envoi textarea")).to_be_visible()
    expect(page.locator("#attente")).to_be_hidden(timeout=20_000)


def _aller_au_resultat(page: Page) -> None:
    for _ in range(12):
        if page.locator(".etape").count():
            return
        page.click('.aides button[data-choix="commande:passer"]')
        page.wait_for_timeout(300)
        expect(page.locator("#attente")).to_be_hidden(timeout=20_000)


def test_de_mon_besoin_a_mon_parcours(page: Page) -> None:
    _commencer(page, "j'ai du mal à m'exprimer en français")
    _dire(page, "22 ans")
    _dire(page, "Saint-Denis")
    page.click('#choix button:has-text("Saint-Denis (93)")')
    expect(page.locator("#attente")).to_be_hidden(timeout=20_000)
    page.click('#choix button:has-text("Aucun diplôme")')
    expect(page.locator("#attente")).to_be_hidden(timeout=20_000)
    _aller_au_resultat(page)
    etapes = page.locator(".etape")
    expect(etapes.first).to_contain_text("Compétences de base professionnelles")
    expect(page.locator("body")).to_contain_text("Parcours d'entrée en emploi")
    expect(page.locator("body")).to_contain_text("Saint-Denis")


def test_le_texte_d_une_personne_n_est_jamais_du_code(page: Page) -> None:
    _commencer(page, "<img src=x onerror=alert(1)> j'ai du mal en français")
    assert page.locator("#journal img").count() == 0


def test_un_envoi_vide_ne_perd_rien(page: Page) -> None:
    _commencer(page, "je cherche du travail")
    avant = page.locator("#journal > *").count()
    page.click("#envoi button[type=submit]")
    page.wait_for_timeout(500)
    assert page.locator("#journal > *").count() == avant


def test_au_clavier_seul(page: Page) -> None:
    page.focus("#texte-depart")
    page.keyboard.type("je cherche du travail")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#envoi textarea")).to_be_visible()
    expect(page.locator("#journal")).to_contain_text("je cherche du travail")


def test_les_nouveaux_messages_sont_dans_un_journal_annonce(page: Page) -> None:
    journal = page.locator("#journal")
    assert journal.get_attribute("role") == "log"
    assert journal.get_attribute("aria-label")


def test_la_page_tient_dans_la_largeur(page: Page) -> None:
    _commencer(page, "j'ai du mal en français")
    largeur = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert largeur <= 0


def test_revenir_sur_la_page_retrouve_la_conversation(page: Page) -> None:
    _commencer(page, "j'ai du mal à m'exprimer en français")
    page.reload()
    page.wait_for_timeout(1500)
    reprendre = page.locator("#reprendre button")
    if reprendre.is_visible():
        reprendre.click()
    expect(page.locator("#journal")).to_contain_text("j'ai du mal à m'exprimer en français")
