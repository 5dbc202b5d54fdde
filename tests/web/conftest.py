"""A real Chromium for the pages, and what several of these tests do in it."""

from __future__ import annotations

import importlib.resources
import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

_OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
# Rules for everybody's use (A, AA) and axe's own good practice.
_REGLES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def _manque(message: str) -> None:
    """Outside continuous integration a missing tool is said and skipped; inside, it is a failure."""
    pytest.fail(message) if os.environ.get("CI") else pytest.skip(f"NON VÉRIFIÉ : {message}")


@pytest.fixture(scope="session")
def navigateur() -> Iterator[Browser]:
    """Debian's Chromium."""
    chemin = shutil.which("chromium")
    if chemin is None:
        _manque("chromium n'est pas installé (apt-get install chromium)")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chemin, args=_OPTIONS)
        yield chromium
        chromium.close()


@pytest.fixture
def ouvrir(navigateur: Browser, adresse: str) -> Iterator[Callable[..., Page]]:
    """A function that opens a page of the site in a new browser context; errors of the page fail the test."""
    contextes: list[BrowserContext] = []
    erreurs: list[str] = []

    def _ouvrir(
        chemin: str = "/?langue=fr", *, largeur: int = 1280, hauteur: int = 860, **options: Any
    ) -> Page:
        contexte = navigateur.new_context(
            viewport={"width": largeur, "height": hauteur}, **{"locale": "fr-FR", **options}
        )
        contextes.append(contexte)
        page = contexte.new_page()
        page.on("pageerror", lambda erreur: erreurs.append(str(erreur)))
        page.goto(adresse + chemin)
        if page.locator("script[type=module]").count() and options.get("java_script_enabled", True):
            page.wait_for_selector("html[data-pret=oui]")
        return page

    yield _ouvrir
    for contexte in contextes:
        contexte.close()
    assert not erreurs, f"erreurs de script dans la page : {erreurs}"


@pytest.fixture(params=[360, 1280])
def page(ouvrir: Callable[..., Page], request: pytest.FixtureRequest) -> Page:
    """The home page, on a phone and on a wide screen."""
    return ouvrir(largeur=request.param)


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, as the development dependency axe-playwright-python ships it."""
    paquet = importlib.resources.files("axe_playwright_python")
    return (paquet / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def violations(axe: str) -> Callable[[Page], list[str]]:
    """A function that lists what axe-core finds wrong on a page opened with ``bypass_csp=True``."""

    def _violations(page: Page) -> list[str]:
        page.wait_for_timeout(350)  # the entrance of messages fades in; contrast is measured after it
        if not page.evaluate("() => Boolean(window.axe)"):
            page.evaluate(axe)
        resultat = page.evaluate(
            "regles => axe.run(document, {runOnly: {type: 'tag', values: regles}})", _REGLES
        )
        return [f"{v['id']} : {[noeud['target'] for noeud in v['nodes']]}" for v in resultat["violations"]]

    return _violations


def dire(page: Page, texte: str) -> None:
    """Writes a message and waits for the answer to it."""
    avant = page.locator(".message-passerelle").count()
    page.fill("#texte", texte)
    page.press("#texte", "Enter")
    attendre_reponse(page, avant)


def attendre_reponse(page: Page, avant: int) -> None:
    """Waits until the number of messages of Passerelle has grown and nothing is on its way."""
    page.wait_for_function(
        "n => document.querySelectorAll('.message-passerelle').length > n && document.getElementById('attente').hidden",
        arg=avant,
        timeout=30_000,
    )


def commencer(page: Page, texte: str = "j'ai du mal à m'exprimer en français") -> None:
    """Starts a conversation from the home page."""
    page.fill("#texte-depart", texte)
    page.press("#texte-depart", "Enter")
    attendre_reponse(page, 1)


def mener_au_parcours(page: Page, commune: str = "Saint-Denis 93") -> None:
    """Answers what is asked, first button or commune, until a parcours is shown."""
    for _ in range(14):
        if page.locator(".message-parcours").count():
            return
        boutons = page.locator("#choix button")
        if boutons.count():
            avant = page.locator(".message-passerelle").count()
            boutons.first.click()
            attendre_reponse(page, avant)
        else:
            dire(page, commune)
    pytest.fail("aucun parcours après quatorze réponses")
