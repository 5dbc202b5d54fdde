"""axe-core on every page and state; zoom, narrow screens, weight, words of the interface."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page

from tests.web.conftest import commencer, mener_au_parcours

pytestmark = [pytest.mark.navigateur, pytest.mark.modele]
Ouvrir = Callable[..., Page]
Violations = Callable[[Page], list[str]]
STATIQUES = Path(__file__).parents[2] / "api" / "web" / "static"
PREMIER_CHARGEMENT_MAX = 100_000
WIDGET_MAX = 30_000


@pytest.mark.parametrize("langue", ["fr", "en", "ar", "es", "pt"])
def test_l_accueil_n_a_aucune_violation(ouvrir: Ouvrir, violations: Violations, langue: str) -> None:
    page = ouvrir(f"/?langue={langue}", largeur=360, hauteur=740, bypass_csp=True)
    page.click(".urgence summary")
    assert violations(page) == []


@pytest.mark.parametrize(
    "chemin", ["/parcours", "/vos-donnees", "/accessibilite", "/integrer", "/integration"]
)
def test_chaque_page_n_a_aucune_violation(ouvrir: Ouvrir, violations: Violations, chemin: str) -> None:
    assert violations(ouvrir(f"{chemin}?langue=fr", bypass_csp=True)) == []


@pytest.mark.parametrize("largeur", [360, 1280])
def test_la_conversation_et_le_parcours_n_ont_aucune_violation(
    ouvrir: Ouvrir, violations: Violations, largeur: int
) -> None:
    page = ouvrir(largeur=largeur, bypass_csp=True)
    commencer(page)
    trouvees = {"conversation": violations(page)}
    mener_au_parcours(page)
    page.click(".message-parcours button")
    page.evaluate("() => document.querySelectorAll('#resultat details').forEach(d => { d.open = true; })")
    trouvees["parcours"] = violations(page)
    page.click("[data-action=effacer]")
    trouvees["confirmation"] = violations(page)
    assert not any(trouvees.values()), trouvees


@pytest.mark.parametrize("langue", ["fr", "en", "ar", "es", "pt"])
@pytest.mark.parametrize("largeur", [320, 360, 768])
def test_rien_ne_depasse_de_l_ecran(ouvrir: Ouvrir, largeur: int, langue: str) -> None:
    # 320 px is also what 1280 px becomes at 400 %.
    page = ouvrir(f"/?langue={langue}", largeur=largeur, hauteur=256 if largeur == 320 else 740)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= largeur


def test_un_espacement_plus_grand_ne_cache_rien(ouvrir: Ouvrir) -> None:
    page = ouvrir(largeur=360, hauteur=740, bypass_csp=True)
    page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }"
    )
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360


def test_le_premier_chargement_est_leger_et_ne_demande_rien_ailleurs(ouvrir: Ouvrir, adresse: str) -> None:
    page = ouvrir()
    adresses = page.evaluate("() => performance.getEntriesByType('resource').map(e => e.name)")
    assert all(vue.startswith(adresse) for vue in adresses), adresses
    poids = sum(
        len(gzip.compress(httpx.get(vue).content, 9))
        for vue in {adresse + "/", *adresses}
        if "/sw.js" not in vue
    )
    assert poids < PREMIER_CHARGEMENT_MAX, f"{poids} octets"


def test_le_widget_est_leger() -> None:
    assert len(gzip.compress((STATIQUES / "widget.js").read_bytes(), 9)) < WIDGET_MAX


def test_les_fichiers_sont_compresses_et_gardes(adresse: str) -> None:
    page = httpx.get(f"{adresse}/?langue=fr")
    feuille = re.search(r'href="(/static/[^"]+style\.css)"', page.text)
    assert feuille
    reponse = httpx.get(adresse + feuille[1])
    assert reponse.headers["content-encoding"] == "gzip"
    assert "immutable" in reponse.headers["cache-control"]


def test_la_politique_de_securite_refuse_le_code_dans_la_page(adresse: str) -> None:
    politique = httpx.get(f"{adresse}/").headers["content-security-policy"]
    assert "unsafe" not in politique
    assert "frame-ancestors 'none'" in politique


def test_seules_les_origines_reglees_peuvent_montrer_le_cadre(adresse: str) -> None:
    politique = httpx.get(f"{adresse}/integration").headers["content-security-policy"]
    assert re.search(r"frame-ancestors 'self'( http://127\.0\.0\.1:\*)?$", politique)


@pytest.mark.parametrize("langue", ["en", "ar", "es", "pt"])
def test_chaque_phrase_est_dans_chaque_langue(langue: str) -> None:
    francais = json.loads((STATIQUES / "i18n" / "fr.json").read_text(encoding="utf-8"))
    autre = json.loads((STATIQUES / "i18n" / f"{langue}.json").read_text(encoding="utf-8"))
    assert {cle for cle in autre if not cle.startswith("besoin.")} == set(francais)
    assert all(
        set(re.findall(r"\{\w+\}", autre[cle])) == set(re.findall(r"\{\w+\}", francais[cle]))
        for cle in francais
    )


@pytest.mark.parametrize("langue", ["en", "ar", "es", "pt"])
def test_chaque_besoin_est_dans_chaque_langue(langue: str, adresse: str) -> None:
    besoins = {f"besoin.{besoin['id']}" for besoin in httpx.get(f"{adresse}/api/v1/besoins").json()}
    textes = json.loads((STATIQUES / "i18n" / f"{langue}.json").read_text(encoding="utf-8"))
    assert besoins <= set(textes)
