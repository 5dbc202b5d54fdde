"""Handover: a code opened, answers corrected together, the fiche printed, the result given back."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pypdf import PdfReader

from knowledge import Base
from tests.api.professionnels import connect_as, other_client, read_jeton, start_client
from tests.conftest import JOUR

SITUATION = {
    "age_ans": 34,
    "commune": "Saint-Denis",
    "code_departement": "93",
    "niveau_diplome": 0,
    "rsa": True,
}
PAROLES = "j'ai du mal à m'exprimer <script>alert(1)</script>"


@pytest.fixture
def client(base: Base, tmp_path: Path) -> Iterator[TestClient]:
    with start_client(base, tmp_path) as ouvert:
        yield ouvert


def share(client: TestClient, besoins: list[str] | None = None, **suite: Any) -> str:
    """A result shared as the jobseeker's page does; returns its code."""
    demande = {"besoins": besoins or ["parler-francais"], "situation": SITUATION, "paroles": PAROLES, **suite}
    reponse = client.post("/api/v1/partages", json=demande)
    assert reponse.status_code == 201, reponse.text
    return str(reponse.json()["code"])


def open_page(client: TestClient, code: str) -> Any:
    """Type the code on the page."""
    jeton = read_jeton(client.get("/prescripteurs/remise").text)
    return client.post("/prescripteurs/remise", data={"jeton": jeton, "code": code})


def read_champs(page: str) -> dict[str, Any]:
    """The fields of the handover's form, as a browser would send them."""
    formulaire = page.partition('<form id="remise"')[2].partition("</form>")[0]
    champs: dict[str, list[str]] = {}
    for balise in re.findall(r"<input [^>]*>", formulaire):
        attributs = dict(re.findall(r'(\w+)="([^"]*)"', balise))
        coche = attributs.get("type") in ("radio", "checkbox") and " checked" not in balise
        if "name" in attributs and not coche:
            champs.setdefault(attributs["name"], []).append(html.unescape(attributs.get("value", "")))
    for nom, contenu in re.findall(r'<select [^>]*name="(\w+)"[^>]*>(.*?)</select>', formulaire, re.S):
        choisi = re.search(r'value="([^"]*)" selected', contenu)
        champs[nom] = [choisi[1] if choisi else ""]
    note = re.search(r"<textarea[^>]*>(.*?)</textarea>", formulaire, re.S)
    if note:
        champs["note"] = [html.unescape(note[1])]
    return champs


def read_pdf(contenu: bytes) -> tuple[int, str]:
    """Number of pages and text."""
    lecteur = PdfReader(io.BytesIO(contenu))
    return len(lecteur.pages), " ".join(" ".join(page.extract_text() for page in lecteur.pages).split())


def test_le_code_montre_ce_que_la_personne_a_repondu(client: TestClient) -> None:
    page = open_page(client, share(client)).text

    assert "Vous avez 34 ans" in html.unescape(page)
    assert "Saint-Denis" in page


def test_les_mots_de_la_personne_sont_affiches_comme_du_texte(client: TestClient) -> None:
    page = open_page(client, share(client)).text

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_le_code_est_accepte_en_minuscules_et_sans_tiret(client: TestClient) -> None:
    code = share(client)

    assert open_page(client, code.lower().replace("-", " ")).status_code == 200


def test_un_code_inconnu_est_dit_sans_rien_ouvrir(client: TestClient) -> None:
    reponse = open_page(client, "22222-22222")

    assert reponse.status_code == 404
    assert "n&#39;existe pas" in reponse.text


def test_le_resultat_est_celui_de_l_api(client: TestClient) -> None:
    page = open_page(client, share(client)).text
    demande = {"besoins": ["parler-francais"], "situation": SITUATION, "date": JOUR.isoformat()}
    attendu = client.post("/api/v1/orientation", json=demande).json()

    titres = [etape["titre"] for etape in attendu["parcours"][0]["etapes"] if not etape["en_parallele"]]
    montres = re.findall(r'class="etape-choix">.*?<b>(.*?)</b>', html.unescape(page), re.S)
    assert [t.replace("\u00a0", " ") for t in montres][: len(titres)] == titres


def test_une_reponse_corrigee_change_le_resultat(client: TestClient) -> None:
    page = open_page(client, share(client)).text
    champs = read_champs(page) | {"age_ans": "22"}

    corrigee = client.post("/prescripteurs/remise", data=champs).text

    assert "Vous avez 22 ans" in html.unescape(corrigee)
    assert "Réponses corrigées" in corrigee
    assert re.findall(r'class="etape-choix"', page)


def test_une_commune_corrigee_remplace_l_ancienne_sans_javascript(client: TestClient) -> None:
    champs = read_champs(open_page(client, share(client)).text) | {"commune": "Bobigny"}

    assert "Bobigny" in client.post("/prescripteurs/remise", data=champs).text


def test_une_commune_effacee_est_oubliee(client: TestClient) -> None:
    champs = read_champs(open_page(client, share(client)).text) | {"commune": "", "code_departement": ""}

    assert 'name="code_insee" value=""' in client.post("/prescripteurs/remise", data=champs).text


def test_la_fiche_tient_sur_une_page_et_dit_tout(client: TestClient) -> None:
    champs = read_champs(open_page(client, share(client)).text)

    reponse = client.post("/prescripteurs/remise/fiche", data=champs)

    assert reponse.headers["content-type"] == "application/pdf"
    pages, texte = read_pdf(reponse.content)
    assert pages == 1
    for attendu in (
        "Fiche de prescription", "j'ai du mal à m'exprimer", "Vous avez 34 ans", "Motif du refus", "prérequis",
        "Préconisation", "Besoins en français", "Le parcours prévu", "Qui joindre",
    ):  # fmt: skip
        assert attendu in texte


@pytest.mark.parametrize("accord", [False, True])
def test_les_reponses_sensibles_ne_sont_imprimees_qu_avec_l_accord(client: TestClient, accord: bool) -> None:
    champs = read_champs(open_page(client, share(client)).text)

    reponse = client.post(
        "/prescripteurs/remise/fiche", data=champs | ({"sensibles": "oui"} if accord else {})
    )

    assert ("Vous touchez le RSA" in read_pdf(reponse.content)[1]) is accord


def test_la_fiche_tient_sur_une_page_meme_tres_remplie(client: TestClient, base: Base) -> None:
    jeton_note = "mot " * 249
    connect_as(client, "prescripteur")
    code = share(client, list(base.referentiels.besoins), paroles="parole " * 70)
    champs = read_champs(open_page(client, code).text) | {"note": jeton_note, "sensibles": "oui"}

    for choix in ("0:1", "0:2", "0:3"):
        reponse = client.post("/prescripteurs/remise/fiche", data=champs | {"etape": choix})
        assert read_pdf(reponse.content)[0] == 1


def test_une_action_hors_du_parcours_peut_etre_prescrite(client: TestClient) -> None:
    page = open_page(client, share(client)).text
    autre = re.search(r'value="(fiche:[^"]+)".*?<b>(.*?)</b>', page, re.S)
    assert autre

    reponse = client.post("/prescripteurs/remise/fiche", data=read_champs(page) | {"etape": autre[1]})

    pages, texte = read_pdf(reponse.content)
    assert pages == 1
    assert f"Action proposée : {' '.join(html.unescape(autre[2]).split())}" in texte


@pytest.mark.parametrize("accord", [False, True])
def test_un_besoin_de_sante_n_est_imprime_qu_avec_l_accord(client: TestClient, accord: bool) -> None:
    code = share(client, ["parler-francais", "vivre-avec-un-handicap"], paroles=None)
    champs = read_champs(open_page(client, code).text)

    reponse = client.post(
        "/prescripteurs/remise/fiche", data=champs | ({"sensibles": "oui"} if accord else {})
    )

    assert ("andicap" in read_pdf(reponse.content)[1]) is accord


def test_chaque_verdict_du_resultat_est_celui_de_l_api(client: TestClient) -> None:
    page = html.unescape(open_page(client, share(client)).text).replace("\u00a0", " ")
    demande = {"besoins": ["parler-francais"], "situation": SITUATION, "date": JOUR.isoformat()}
    attendu = client.post("/api/v1/orientation", json=demande).json()

    suivis = {e["dispositif"] for p in attendu["parcours"] for e in p["etapes"]}
    autres = [d for d in attendu["dispositifs"] if d["verdict"] != "non_eligible" and d["id"] not in suivis]
    refuses = [d["nom"] for d in attendu["dispositifs"] if d["verdict"] == "non_eligible"]
    assert re.findall(r'value="fiche:([^"]+)"', page) == [d["id"] for d in autres]
    assert [nom for nom in refuses if f"<li><b>{nom}</b> :" in page] == refuses


def test_sans_compte_on_ne_rend_rien(client: TestClient) -> None:
    code = share(client)
    champs = read_champs(open_page(client, code).text) | {"note": "bonjour"}

    assert client.post("/prescripteurs/remise/rendre", data=champs).status_code == 401
    assert client.get(f"/api/v1/partages/{code}").json()["note"] is None


def test_la_personne_retrouve_la_note_et_les_corrections(client: TestClient) -> None:
    connect_as(client, "prescripteur")
    code = share(client)
    champs = read_champs(open_page(client, code).text)

    reponse = client.post(
        "/prescripteurs/remise/rendre",
        data=champs | {"age_ans": "22", "note": "On se revoit jeudi <b>14 h</b>"},
    )

    assert reponse.status_code == 200
    assert "On se revoit jeudi &lt;b&gt;" in reponse.text
    rendu = client.get(f"/api/v1/partages/{code}").json()
    assert (rendu["note"], rendu["situation"]["age_ans"]) == ("On se revoit jeudi <b>14 h</b>", 22)
    assert rendu["paroles"] == PAROLES


def test_ce_qui_a_ete_rendu_entre_temps_n_est_pas_ecrase(client: TestClient) -> None:
    connect_as(client, "prescripteur")
    code = share(client)
    champs = read_champs(open_page(client, code).text)
    client.post("/prescripteurs/remise/rendre", data=champs | {"note": "première"})

    assert client.post("/prescripteurs/remise/rendre", data=champs | {"note": "autre"}).status_code == 409


def test_corriger_plusieurs_fois_ne_compte_pas_comme_deviner(client: TestClient) -> None:
    champs = read_champs(open_page(client, share(client)).text)

    statuts = {client.post("/prescripteurs/remise", data=champs).status_code for _ in range(14)}

    assert statuts == {200}


def test_deviner_des_codes_est_limite_et_la_limite_vaut_aussi_pour_un_bon_code(client: TestClient) -> None:
    code = share(client)
    for rang in range(10):
        open_page(client, f"2222{rang % 8 + 2}-22222")

    assert open_page(client, code).status_code == 429


def test_la_preuve_d_un_code_ne_sert_pas_pour_un_autre(client: TestClient) -> None:
    champs = read_champs(open_page(client, share(client)).text)
    statuts = [
        client.post("/prescripteurs/remise", data=champs | {"code": "33333-33333"}).status_code
        for _ in range(12)
    ]

    assert statuts[-1] == 429


def test_sans_aucun_besoin_la_page_le_demande(client: TestClient) -> None:
    champs = read_champs(open_page(client, share(client)).text)
    del champs["besoin"]

    reponse = client.post("/prescripteurs/remise", data=champs)

    assert reponse.status_code == 422
    assert "au moins un besoin" in reponse.text


def test_un_autre_navigateur_sans_le_code_ne_voit_rien(client: TestClient) -> None:
    open_page(client, share(client))

    assert "Saint-Denis" not in other_client(client).get("/prescripteurs/remise").text
