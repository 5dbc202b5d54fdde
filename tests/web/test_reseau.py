"""A slow network: what must arrive before the page can be used, and the page while its scripts are still on their way.

Nothing here is timed (``python -m bancs.pages`` prints the times): the tests count requests and bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from bancs.pages import PROFIL_3G, attendre_utilisable, ralentir
from tests.web.conftest import attendre_reponse

pytestmark = [pytest.mark.navigateur, pytest.mark.modele]
UTILISABLE_MAX = 30_000
PREMIER_CHARGEMENT_MAX = 100_000
REQUETES_AVANT_USAGE_MAX = 3  # the page, its style, its icon


class Echanges:
    """What went over the network, as Chromium counts it: compressed, headers included."""

    def __init__(self, page: Page) -> None:
        self.octets: dict[str, int] = {}
        self._adresses: dict[str, str] = {}
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._noter)
        session.on("Network.loadingFinished", self._compter)

    def _noter(self, evenement: dict[str, Any]) -> None:
        self._adresses[evenement["requestId"]] = evenement["request"]["url"]

    def _compter(self, evenement: dict[str, Any]) -> None:
        self.octets[self._adresses[evenement["requestId"]]] = int(evenement["encodedDataLength"])


@pytest.fixture
def telephone(navigateur: Browser) -> Iterator[BrowserContext]:
    """A phone of 360 px that has never seen the site."""
    contexte = navigateur.new_context(
        viewport={"width": 360, "height": 740}, locale="fr-FR", has_touch=True, service_workers="block"
    )
    yield contexte
    contexte.close()


@pytest.fixture
def retenues(telephone: BrowserContext) -> Callable[[], None]:
    """Scripts and words are held back on the way; the function lets them through."""
    en_attente: list[Route] = []
    ouvert = False

    def retenir(route: Route) -> None:
        route.continue_() if ouvert else en_attente.append(route)

    telephone.route(re.compile(r"\.(js|json)(\?|$)"), retenir)

    def laisser_passer() -> None:
        nonlocal ouvert
        ouvert = True
        for route in en_attente:
            route.continue_()

    return laisser_passer


def _ouvrir_sans_attendre(telephone: BrowserContext, adresse: str) -> Page:
    page = telephone.new_page()
    page.goto(f"{adresse}/?langue=fr", wait_until="commit")
    return page


@pytest.mark.usefixtures("retenues")
def test_avant_l_usage_il_ne_faut_que_la_page_et_son_style(telephone: BrowserContext, adresse: str) -> None:
    page = telephone.new_page()
    echanges = Echanges(page)
    page.goto(f"{adresse}/?langue=fr", wait_until="commit")
    attendre_utilisable(page)
    assert len(echanges.octets) <= REQUETES_AVANT_USAGE_MAX, echanges.octets
    assert sum(echanges.octets.values()) <= UTILISABLE_MAX, echanges.octets


def test_en_3g_la_page_devient_utilisable_puis_vivante(telephone: BrowserContext, adresse: str) -> None:
    page = telephone.new_page()
    ralentir(page, PROFIL_3G)
    page.goto(f"{adresse}/?langue=fr", wait_until="commit")
    attendre_utilisable(page)
    page.wait_for_selector("html[data-pret=oui]", timeout=60_000)
    page.locator(".famille summary").first.click()
    expect(page.locator(".famille button").first).to_be_visible()


def test_le_premier_chargement_entier_reste_leger_sans_tiers_ni_police(
    telephone: BrowserContext, adresse: str
) -> None:
    page = telephone.new_page()
    echanges = Echanges(page)
    page.goto(f"{adresse}/?langue=fr")
    page.wait_for_selector("html[data-pret=oui]")
    sites = {urlsplit(vue).netloc for vue in echanges.octets if not vue.startswith("data:")}
    assert sites == {urlsplit(adresse).netloc}
    assert not [vue for vue in echanges.octets if re.search(r"\.(woff2?|ttf|otf)", vue)]
    assert sum(echanges.octets.values()) <= PREMIER_CHARGEMENT_MAX, echanges.octets


def test_chaque_module_est_annonce_pour_venir_en_une_fois(telephone: BrowserContext, adresse: str) -> None:
    page = telephone.new_page()
    page.goto(f"{adresse}/?langue=fr")
    page.wait_for_selector("html[data-pret=oui]")
    charges = set(
        page.evaluate(
            "() => performance.getEntriesByType('resource').map(e => e.name).filter(nom => nom.endsWith('.js'))"
        )
    )
    annonces = set(
        page.evaluate(
            "() => [...document.querySelectorAll('link[rel=modulepreload]')].map(lien => lien.href)"
        )
    )
    assert charges == annonces


@pytest.mark.usefixtures("retenues")
def test_sans_attendre_les_scripts_le_texte_mene_au_formulaire(
    telephone: BrowserContext, adresse: str
) -> None:
    page = _ouvrir_sans_attendre(telephone, adresse)
    attendre_utilisable(page)
    page.fill("#texte-depart", "j'ai du mal à m'exprimer en français")
    page.click("#depart button", no_wait_after=True)
    page.wait_for_url("**/parcours?langue=fr", wait_until="commit")
    expect(page.locator("input[name=besoin][value=parler-francais]")).to_be_checked()


@pytest.mark.usefixtures("retenues")
def test_sans_attendre_les_scripts_un_besoin_choisi_mene_a_une_question(
    telephone: BrowserContext, adresse: str
) -> None:
    page = _ouvrir_sans_attendre(telephone, adresse)
    attendre_utilisable(page)
    page.click(".famille-apprendre-les-bases summary")
    page.click(".famille button[value=parler-francais]", no_wait_after=True)
    page.wait_for_url("**/parcours?langue=fr", wait_until="commit")
    expect(page.locator("legend")).to_be_visible()


def test_ce_qui_est_ecrit_avant_les_scripts_n_est_pas_perdu(
    telephone: BrowserContext, adresse: str, retenues: Callable[[], None]
) -> None:
    page = _ouvrir_sans_attendre(telephone, adresse)
    attendre_utilisable(page)
    page.fill("#texte-depart", "j'ai du mal à m'exprimer en français")
    retenues()
    page.wait_for_selector("html[data-pret=oui]")
    expect(page.locator("#texte-depart")).to_have_value("j'ai du mal à m'exprimer en français")
    page.press("#texte-depart", "Enter")
    attendre_reponse(page, 1)
    expect(page.locator(".message-personne")).to_contain_text("en français")
