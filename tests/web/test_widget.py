"""The widget on a page of another origin."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.navigateur, pytest.mark.modele]
PAGE = """<!doctype html><html lang="fr"><title>Un autre site</title><style>button {{ color: red; font-size: 60px }}</style>
<h1>Un autre site</h1><script src="{adresse}/static/widget.js" data-couleur="#ffd166" defer></script></html>"""


@pytest.fixture
def autre_site(adresse: str, tmp_path: Path) -> Iterator[str]:
    """A site on another origin that has added the line."""
    (tmp_path / "index.html").write_text(PAGE.format(adresse=adresse), encoding="utf-8")

    class Silencieux(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Nothing is printed."""

    serveur = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Silencieux, directory=str(tmp_path)))
    threading.Thread(target=serveur.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{serveur.server_port}/"
    serveur.shutdown()


@pytest.fixture
def page(navigateur: Browser, autre_site: str) -> Iterator[Page]:
    """The other site, open on a phone."""
    contexte = navigateur.new_context(viewport={"width": 360, "height": 740}, locale="fr-FR")
    ouverte = contexte.new_page()
    ouverte.goto(autre_site)
    yield ouverte
    contexte.close()


def test_rien_n_est_charge_avant_que_la_personne_appuie(page: Page) -> None:
    expect(page.locator("passerelle-assistant button.ouvrir")).to_be_visible()
    assert page.locator("passerelle-assistant iframe").count() == 0


def test_le_widget_ouvre_la_conversation_en_plein_ecran_sur_un_telephone(page: Page) -> None:
    page.click("passerelle-assistant button.ouvrir")
    cadre = page.frame_locator("passerelle-assistant iframe")
    expect(cadre.locator("#titre-accueil")).to_be_visible()
    assert page.locator("passerelle-assistant dialog").bounding_box() == {
        "x": 0,
        "y": 0,
        "width": 360,
        "height": 740,
    }


def test_echap_ferme_le_widget_et_rend_le_focus(page: Page) -> None:
    page.click("passerelle-assistant button.ouvrir")
    expect(page.frame_locator("passerelle-assistant iframe").locator("#texte-depart")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("passerelle-assistant dialog")).to_be_hidden()
    expect(page.locator("passerelle-assistant button.ouvrir")).to_be_focused()


def test_le_style_du_site_ne_touche_pas_le_bouton(page: Page) -> None:
    style = page.locator("passerelle-assistant button.ouvrir").evaluate(
        "b => [getComputedStyle(b).fontSize, getComputedStyle(b).color]"
    )
    assert style == ["16px", "rgb(0, 0, 0)"]
