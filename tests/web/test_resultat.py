"""The result: what it shows, how it is kept, and that the page without JavaScript shows the same."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from urllib.parse import urlencode

import httpx
import pypdf
import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import commencer, mener_au_parcours

pytestmark = [pytest.mark.navigateur, pytest.mark.modele]
Ouvrir = Callable[..., Page]
DITS = ".carte h4, .a-faire p, .pourquoi p, .contact b"
SITUATION = {"age_ans": 27, "commune": "Saint-Denis", "code_insee": "93066", "niveau_diplome": 0}
BESOINS = ["parler-francais", "me-deplacer"]


@pytest.fixture(scope="module")
def orientation(adresse: str) -> dict[str, object]:
    """The engine's answer for a person of 27, through the API."""
    reponse = httpx.post(f"{adresse}/api/v1/orientation", json={"besoins": BESOINS, "situation": SITUATION})
    contenu: dict[str, object] = reponse.json()
    return contenu


def _montrer(page: Page, orientation: dict[str, object]) -> None:
    """Shows this result as the answer to a message."""
    reponse = {"messages": [{"texte": "Voici.", "boutons": [], "parcours": orientation}]}
    page.route(re.compile("/messages$"), lambda route: route.fulfill(json=reponse))
    page.fill("#texte-depart", "bonjour")
    page.press("#texte-depart", "Enter")
    page.wait_for_selector(".message-parcours")


def _mots(texte: str) -> str:
    return " ".join(texte.split())


def test_la_page_sans_javascript_dit_la_meme_chose(
    ouvrir: Ouvrir, adresse: str, orientation: dict[str, object]
) -> None:
    page = ouvrir()
    _montrer(page, orientation)
    avec = page.locator("#resultat .parcours").first.locator(DITS).all_text_contents()
    champs = [("besoin", besoin) for besoin in BESOINS]
    champs += [("fait", f"{cle}={valeur}") for cle, valeur in SITUATION.items()]
    corps = urlencode([*champs, ("action", "resultat")])
    sans_js = httpx.post(f"{adresse}/parcours?langue=fr", content=corps)
    page.set_content(sans_js.text)
    sans = page.locator(".parcours").first.locator(DITS).all_text_contents()
    assert [_mots(texte) for texte in sans] == [_mots(texte) for texte in avec]


def test_ce_qui_n_est_pas_pour_la_personne_dit_pourquoi_et_d_ou(
    ouvrir: Ouvrir, orientation: dict[str, object]
) -> None:
    page = ouvrir()
    _montrer(page, orientation)
    page.click("#pas-pour-vous > summary")
    fiche = page.locator("#pas-pour-vous .fiche", has_text="entrée en emploi").first
    expect(fiche).to_contain_text("27 ans")
    expect(fiche.locator(".source").first).to_have_count(1)


def test_a_verifier_se_lit_sans_la_couleur(ouvrir: Ouvrir, orientation: dict[str, object]) -> None:
    page = ouvrir()
    _montrer(page, orientation)
    badge = page.locator(".badge-indetermine").first
    expect(badge).to_contain_text("À vérifier")
    expect(badge.locator("svg")).to_have_count(1)


def test_chaque_telephone_s_appelle_d_un_geste(ouvrir: Ouvrir, orientation: dict[str, object]) -> None:
    page = ouvrir()
    _montrer(page, orientation)
    liens = page.locator("#resultat .moyen-tel")
    assert liens.count()
    assert all(re.fullmatch(r"tel:\+?\d+", lien.get_attribute("href") or "") for lien in liens.all())


def test_un_parcours_imprime_tient_sur_une_page(ouvrir: Ouvrir, orientation: dict[str, object]) -> None:
    page = ouvrir(largeur=360, hauteur=740)
    _montrer(page, orientation)
    page.click(".message-parcours button")
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    feuille = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(feuille.pages) == 1


def test_le_rappel_est_un_fichier_d_agenda(ouvrir: Ouvrir, orientation: dict[str, object]) -> None:
    page = ouvrir()
    _montrer(page, orientation)
    with page.expect_download() as telechargement:
        page.click("text=Ajouter un rappel")
    contenu = telechargement.value.path().read_text(encoding="utf-8")
    assert contenu.startswith("BEGIN:VCALENDAR")
    assert all(len(ligne.encode()) <= 75 for ligne in contenu.splitlines())


def test_le_texte_du_sms_contient_les_etapes(ouvrir: Ouvrir, orientation: dict[str, object]) -> None:
    page = ouvrir(permissions=["clipboard-read", "clipboard-write"])
    _montrer(page, orientation)
    page.click("text=Copier en SMS >> visible=true")
    expect(page.locator("#avis")).to_contain_text("Copié")
    texte = page.evaluate("() => navigator.clipboard.readText()")
    assert page.locator(".etape-maintenant h4").first.inner_text().replace("\xa0", " ") in texte


def test_les_parcours_se_comparent_et_les_onglets_suivent_les_fleches(ouvrir: Ouvrir, adresse: str) -> None:
    plusieurs = httpx.post(f"{adresse}/api/v1/orientation", json={"besoins": ["changer-de-metier"]}).json()
    if len(plusieurs["parcours"]) < 2:
        pytest.skip("le catalogue ne donne qu'un parcours pour ce besoin")
    page = ouvrir()
    _montrer(page, plusieurs)
    page.focus("#onglet-0")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#onglet-1")).to_be_focused()
    expect(page.locator("#parcours-1")).to_be_visible()
    page.click("[aria-controls=comparaison]")
    expect(page.locator("#comparaison th[scope=col]")).to_have_count(2)


def test_sans_javascript_le_formulaire_mene_au_parcours(ouvrir: Ouvrir) -> None:
    page = ouvrir(java_script_enabled=False)
    page.click(".famille-apprendre-les-bases summary")
    page.click(".famille button[value=parler-francais]")
    expect(page.locator("legend")).to_be_visible()
    page.click("button:text-is('Passer')")
    page.click("text=Voir mon parcours maintenant")
    expect(page.locator("h1")).to_have_text("Votre parcours")
    expect(page.locator(".etape-maintenant").first).to_be_visible()


def test_sans_javascript_une_reponse_se_corrige(ouvrir: Ouvrir) -> None:
    page = ouvrir("/parcours?langue=fr", java_script_enabled=False)
    page.check("input[value=parler-francais]")
    page.click("text=Continuer")
    page.fill("#texte", "Saint-Denis 93")
    page.click("button[value=repondre]")
    if page.locator("legend", has_text="Laquelle").count():
        page.check("input[value='93066']")
        page.click("button[value=repondre]")
    page.click("text=Voir mon parcours maintenant")
    expect(page.locator(".faits-compris")).to_contain_text("Saint-Denis")
    page.click("button[value='corriger:commune']")
    expect(page.locator("legend")).to_contain_text("commune")


def test_la_conversation_et_l_api_donnent_les_memes_etapes(ouvrir: Ouvrir, adresse: str) -> None:
    page = ouvrir()
    commencer(page)
    mener_au_parcours(page)
    identifiant = page.evaluate("() => localStorage.getItem('passerelle.conversation')")
    reprise = httpx.get(f"{adresse}/api/v1/conversations/{identifiant}").json()
    directe = httpx.post(
        f"{adresse}/api/v1/orientation",
        json={"besoins": reprise["besoins"], "situation": reprise["situation"]},
    ).json()
    attendu = [etape["titre"] for etape in directe["parcours"][0]["etapes"]]
    montre = page.locator("#parcours-0 .carte h4").all_text_contents()
    assert sorted(texte.replace("\xa0", " ") for texte in montre) == sorted(attendu)
