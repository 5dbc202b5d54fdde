"""What the RGAA grid says is checked by a test, beyond axe and the HTML checker; and the rate that the page announces."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import commencer, mener_au_parcours

Ouvrir = Callable[..., Page]
RACINE = Path(__file__).parents[2]
GRILLE = RACINE / "docs" / "accessibilite" / "grille-rgaa.md"
DECLARATION = RACINE / "api" / "web" / "templates" / "accessibilite.html"
CRITERES_PAR_THEME = (9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12)  # RGAA 4.1: 106 criteria in 13 themes
PAGES = [
    "/?langue=fr",
    "/?langue=ar",
    "/parcours?langue=fr",
    "/reprendre?langue=fr",
    "/vos-donnees",
    "/accessibilite",
    "/integrer",
    "/prescripteurs",
    "/prescripteurs/fiches",
    "/prescripteurs/enchainements",
    "/prescripteurs/parcours-types",
    "/prescripteurs/connexion",
]
# Where the focus goes with Tab, and whether something is drawn around it.
_FOCUS = """() => {
  const a = document.activeElement, e = a.shadowRoot?.activeElement || a, s = getComputedStyle(e);
  return [e.tagName, (e.id || e.textContent.trim()).slice(0, 40), parseFloat(s.outlineWidth) > 0 && s.outlineStyle !== "none",
          e.tabIndex > 0];
}"""
_PETITES = """() => [...document.querySelectorAll("button, summary, select, input, a.bouton, a.moyen, .carte-pied a")]
  .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.closest(".coche-ligne, .visuellement-cache"))
  .map(e => [e.textContent.trim().slice(0, 40) || e.id, e.getBoundingClientRect()])
  .filter(([, r]) => r.width > 1 && (r.height < 44 || r.width < 44)).map(([nom, r]) => `${nom} ${r.width}×${r.height}`)"""


def _lire_grille() -> dict[str, str]:
    lignes = re.findall(r"^\| (\d+\.\d+) \| (C|NC|NA) \|", GRILLE.read_text(encoding="utf-8"), re.MULTILINE)
    return dict(lignes)


def test_la_grille_a_les_106_criteres_une_fois() -> None:
    attendus = [
        f"{theme}.{numero}"
        for theme, nombre in enumerate(CRITERES_PAR_THEME, 1)
        for numero in range(1, nombre + 1)
    ]
    assert list(_lire_grille()) == attendus


def test_chaque_test_cite_par_la_grille_existe() -> None:
    cites = set(re.findall(r"`(test_\w+)`", GRILLE.read_text(encoding="utf-8")))
    ecrits = set()
    for fichier in (RACINE / "tests").rglob("test_*.py"):
        ecrits |= {fichier.stem, *re.findall(r"def (test_\w+)", fichier.read_text(encoding="utf-8"))}
    assert cites <= ecrits, cites - ecrits


def test_le_taux_annonce_est_celui_de_la_grille() -> None:
    etats = Counter(_lire_grille().values())
    applicables = etats["C"] + etats["NC"]
    taux = f"{100 * etats['C'] / applicables:.1f}".replace(".", ",").removesuffix(",0")
    etat = "totalement conforme" if not etats["NC"] else "partiellement conforme"
    dits = re.search(
        r'set etat, taux, conformes, applicables, \w+ = "([^"]+)", "([^"]+)", (\d+), (\d+)',
        DECLARATION.read_text(encoding="utf-8"),
    )
    assert dits
    assert dits.groups() == (etat, taux, str(etats["C"]), str(applicables))


@pytest.mark.navigateur
@pytest.mark.modele
def test_chaque_page_a_un_titre_a_elle_et_ses_reperes(ouvrir: Ouvrir) -> None:
    titres = []
    for chemin in PAGES:
        page = ouvrir(chemin)
        titres.append(page.title())
        assert page.locator("body > header, body > main, body > footer").count() == 3, chemin
        assert page.locator("h1:visible").count() == 1, chemin
        page.context.close()
    assert len(set(titres)) == len(titres), titres


@pytest.mark.navigateur
@pytest.mark.modele
def test_le_titre_suit_la_vue(ouvrir: Ouvrir) -> None:
    page = ouvrir()
    accueil = page.title()
    commencer(page)
    assert page.title() == "Conversation – Passerelle"
    mener_au_parcours(page)
    page.click(".message-parcours button")
    assert page.title() == "Mon parcours – Passerelle"
    page.click("[data-action=effacer]")
    page.click("#dialogue-effacer button[value=oui]")
    expect(page).to_have_title(accueil)


@pytest.mark.navigateur
@pytest.mark.modele
@pytest.mark.parametrize("chemin", ["/?langue=fr", "/parcours?langue=fr", "/prescripteurs", "/integrer"])
def test_le_focus_se_voit_a_chaque_tabulation(ouvrir: Ouvrir, chemin: str) -> None:
    page = ouvrir(chemin)
    for _ in range(40):
        page.keyboard.press("Tab")
        balise, nom, vu, force = page.evaluate(_FOCUS)
        assert vu or balise == "BODY", (balise, nom)
        assert not force, (balise, nom)


@pytest.mark.navigateur
@pytest.mark.modele
def test_le_resultat_s_agrandit_s_espace_et_se_touche(ouvrir: Ouvrir) -> None:
    page = ouvrir(largeur=360, hauteur=740, bypass_csp=True)
    commencer(page)
    mener_au_parcours(page)
    page.click(".message-parcours button")
    assert page.evaluate(_PETITES) == []
    page.evaluate("() => document.querySelectorAll('#resultat details').forEach(d => { d.open = true; })")
    page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: 0.12em !important;"
        " word-spacing: 0.16em !important } p { margin-bottom: 2em !important }"
    )
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360
    page.set_viewport_size({"width": 320, "height": 256})
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320


@pytest.mark.navigateur
@pytest.mark.modele
@pytest.mark.parametrize("chemin", PAGES)
def test_le_texte_double_de_taille_sans_rien_perdre(ouvrir: Ouvrir, chemin: str) -> None:
    page = ouvrir(chemin, bypass_csp=True)
    page.add_style_tag(content="html { font-size: 200% !important }")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 1280


@pytest.mark.navigateur
@pytest.mark.modele
def test_les_animations_s_arretent_quand_on_le_demande(ouvrir: Ouvrir) -> None:
    page = ouvrir(reduced_motion="reduce")
    commencer(page)
    assert page.evaluate("() => document.getAnimations().length") == 0


@pytest.mark.navigateur
@pytest.mark.modele
def test_une_reponse_dans_une_autre_langue_est_annoncee_dans_cette_langue(ouvrir: Ouvrir) -> None:
    page = ouvrir("/?langue=en")
    commencer(page)
    question = page.locator(".message-passerelle .bulle").last
    langue = "fr" if re.search(r"\b(vous|votre|quelle?)\b", question.inner_text(), re.IGNORECASE) else None
    assert question.get_attribute("lang") == langue
    assert page.locator(".message-personne .bulle").first.get_attribute("lang") == "fr"


@pytest.mark.navigateur
@pytest.mark.modele
def test_les_couleurs_forcees_gardent_les_bords_et_le_choix(ouvrir: Ouvrir) -> None:
    page = ouvrir(forced_colors="active")
    commencer(page)
    mener_au_parcours(page)
    page.click(".message-parcours button")
    bords = page.evaluate(
        "() => [...document.querySelectorAll('#resultat .bouton, #resultat .badge, #resultat .moyen')]"
        ".filter(e => e.checkVisibility()).map(e => getComputedStyle(e).borderTopWidth)"
    )
    assert bords
    assert all(float(bord.removesuffix("px")) >= 1 for bord in bords), bords
