"""A whole handover in a real browser: code, correction, note, fiche opened and read, code given back; counted."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.conftest import RACINE

COURRIEL = "conseillere@exemple.fr"
MOT_DE_PASSE = "le train part à huit heures"
GESTES_MAX = 25
SITUATION = {
    "age_ans": 34,
    "commune": "Saint-Denis",
    "code_departement": "93",
    "niveau_diplome": 0,
    "rsa": True,
}
PAROLES = "j'ai du mal à m'exprimer en français"


class Gestes:
    """Every gesture of the conseiller, counted: a click, a field filled, a key."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.nombre = 0

    def click(self, selecteur: str) -> None:
        self.nombre += 1
        self.page.locator(selecteur).first.click()

    def fill(self, selecteur: str, texte: str) -> None:
        self.nombre += 1
        self.page.locator(selecteur).first.fill(texte)

    def press(self, touche: str) -> None:
        self.nombre += 1
        self.page.keyboard.press(touche)


@pytest.fixture(scope="session")
def provisoire(adresse: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The password for the first login of an account made by the command, on the database of the running product."""
    base_url = f"sqlite:///{tmp_path_factory.getbasetemp() / 'serveur0' / 'essai.db'}"
    sortie = subprocess.run(
        [sys.executable, "-m", "api.comptes.creer", "--courriel", COURRIEL, "--role", "administrateur"],
        cwd=RACINE,
        env={**os.environ, "PASSERELLE_BASE_URL": base_url},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return sortie.strip().rpartition(" ")[2]


@pytest.fixture(scope="session")
def compte(adresse: str, provisoire: str) -> str:
    """An account whose password was already changed; returns its address."""

    def read_jeton(page: str) -> str:
        trouve = re.search(r'name="jeton" value="([^"]+)"', page)
        assert trouve
        return trouve[1]

    with httpx.Client(base_url=f"{adresse}/prescripteurs", follow_redirects=True) as client:
        champs = {"courriel": COURRIEL, "mot_de_passe": provisoire}
        page = client.post(
            "/connexion", data=champs | {"jeton": read_jeton(client.get("/connexion").text)}
        ).text
        champs = {"actuel": provisoire, "nouveau": MOT_DE_PASSE, "jeton": read_jeton(page)}
        assert client.post("/compte/mot-de-passe", data=champs).status_code == 200
    return COURRIEL


@pytest.fixture
def code(adresse: str) -> str:
    """A result shared by a jobseeker."""
    demande = {"besoins": ["parler-francais"], "situation": SITUATION, "paroles": PAROLES}
    reponse = httpx.post(f"{adresse}/api/v1/partages", json=demande, timeout=30)
    return str(reponse.raise_for_status().json()["code"])


def enter(gestes: Gestes, courriel: str) -> None:
    """Log in from any page of the space."""
    gestes.click("nav a[href='/prescripteurs/connexion']")
    gestes.fill("#courriel", courriel)
    gestes.fill("#mot_de_passe", MOT_DE_PASSE)
    gestes.press("Enter")
    gestes.page.wait_for_url("**/prescripteurs")


def open_code(gestes: Gestes, code: str) -> None:
    """Type the code of the person in front of us."""
    gestes.click("nav a[href='/prescripteurs/remise']")
    gestes.fill("#code", code.lower())
    gestes.press("Enter")
    gestes.page.wait_for_selector("#remise")


@pytest.mark.navigateur
@pytest.mark.parametrize("avec_javascript", [True, False])
def test_un_entretien_entier_du_code_a_la_fiche_remise(
    ouvrir: Callable[..., Page], compte: str, code: str, adresse: str, tmp_path: Path, avec_javascript: bool
) -> None:
    page = ouvrir("/prescripteurs", java_script_enabled=avec_javascript)
    gestes = Gestes(page)
    enter(gestes, compte)
    open_code(gestes, code)
    assert PAROLES in page.locator(".paroles").inner_text()
    assert "Vous avez 34 ans" in page.locator(".remise-dit").inner_text()

    gestes.click(".correction > summary")
    gestes.fill("#f-age_ans", "22")
    gestes.click("text=Recalculer")
    page.wait_for_selector("text=Réponses corrigées")
    assert "Vous avez 22 ans" in page.locator(".remise-dit").inner_text()

    gestes.fill("#note", "Nous avons choisi l'atelier du jeudi.")
    with page.expect_download() as attente:
        gestes.click("text=Fiche de prescription (PDF)")
    fichier = tmp_path / "fiche.pdf"
    attente.value.save_as(fichier)
    gestes.click("text=Rendre à la personne")
    page.wait_for_selector("text=C'est rendu à la personne")

    lecteur = PdfReader(io.BytesIO(fichier.read_bytes()))
    texte = " ".join(lecteur.pages[0].extract_text().split())
    assert len(lecteur.pages) == 1
    for attendu in (PAROLES, "Vous avez 22 ans", "l'atelier du jeudi", "Motif du refus", "Préconisation"):
        assert attendu in texte
    rendu = httpx.get(f"{adresse}/api/v1/partages/{code}", timeout=30).json()
    assert (rendu["note"], rendu["situation"]["age_ans"]) == ("Nous avons choisi l'atelier du jeudi.", 22)
    assert gestes.nombre < GESTES_MAX, f"{gestes.nombre} gestes"


@pytest.mark.navigateur
@pytest.mark.parametrize("largeur", [360, 1280])
def test_les_pages_des_professionnels_n_ont_aucune_faute_d_accessibilite(
    ouvrir: Callable[..., Page],
    violations: Callable[[Page], list[str]],
    compte: str,
    code: str,
    adresse: str,
    largeur: int,
) -> None:
    page = ouvrir("/prescripteurs/connexion", largeur=largeur, bypass_csp=True)
    fautes = {"connexion": violations(page)}
    enter(Gestes(page), compte)
    for chemin in ("compte", "comptes", "journal", "pilotage", "remise"):
        page.goto(f"{adresse}/prescripteurs/{chemin}")
        fautes[chemin] = violations(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{chemin} déborde"
    open_code(Gestes(page), code)
    page.locator(".correction > summary").click()
    fautes["dossier"] = violations(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "le dossier déborde"

    assert {nom: liste for nom, liste in fautes.items() if liste} == {}


def test_une_phrase_incomprise_de_la_conversation_arrive_au_pilotage_sans_nom(
    adresse: str, compte: str
) -> None:
    with httpx.Client(base_url=adresse, follow_redirects=True, timeout=60) as client:
        conversation = client.post("/api/v1/conversations").json()["id"]
        texte = "Zorglub Martin quelque chose pour après"
        client.post(f"/api/v1/conversations/{conversation}/messages", json={"texte": texte})
        jeton = re.search(r'name="jeton" value="([^"]+)"', client.get("/prescripteurs/connexion").text)
        assert jeton
        champs = {"jeton": jeton[1], "courriel": compte, "mot_de_passe": MOT_DE_PASSE}
        client.post("/prescripteurs/connexion", data=champs)
        page = client.get("/prescripteurs/pilotage").text

    assert "quelque chose pour après" in page
    assert "Martin" not in page


@pytest.mark.navigateur
def test_le_code_ne_reste_ni_dans_l_adresse_ni_dans_l_historique(
    ouvrir: Callable[..., Page], code: str
) -> None:
    page = ouvrir("/prescripteurs/remise")
    adresses: list[str] = []
    page.on("request", lambda requete: adresses.append(requete.url))
    page.fill("#code", code)
    page.keyboard.press("Enter")
    page.wait_for_selector("#remise")

    assert not [
        adresse for adresse in [page.url, *adresses] if code in adresse or code.replace("-", "") in adresse
    ]
