"""The contract's endpoints on the real base; the dialogue is tested with the whole product in tests/conversations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.config import Reglages
from knowledge import Base
from tests.conftest import JOUR
from tests.contrat import BESOINS_DU_CONTRAT

SANS_BOT = Reglages(adresse_bot="http://127.0.0.1:9")


@pytest.fixture(scope="module")
def client(base: Base) -> Iterator[TestClient]:
    """The edge alone, with the real base and no dialogue behind it."""
    with TestClient(create_app(SANS_BOT, base=base, aujourd_hui=lambda: JOUR)) as client:
        yield client


def _orienter(client: TestClient, besoins: list[str], **situation: Any) -> dict[str, Any]:
    reponse = client.post("/api/v1/orientation", json={"besoins": besoins, "situation": situation})
    assert reponse.status_code == 200, reponse.text
    resultat: dict[str, Any] = reponse.json()
    return resultat


def _verdict(resultat: dict[str, Any], identifiant: str) -> dict[str, Any]:
    trouves = [fiche for fiche in resultat["dispositifs"] if fiche["id"] == identifiant]
    assert trouves, f"{identifiant} manque"
    fiche: dict[str, Any] = trouves[0]
    return fiche


JEUNE_DE_SAINT_DENIS = {
    "age_ans": 22,
    "commune": "Saint-Denis",
    "code_departement": "93",
    "niveau_diplome": 0,
}


def test_les_vingt_trois_besoins_sont_la(client: TestClient) -> None:
    besoins = client.get("/api/v1/besoins").json()
    assert len(besoins) == 23
    assert set(besoins[0]) >= {"id", "famille", "libelle", "libelle_prescripteur", "thematiques_di"}


def test_un_jeune_de_saint_denis_recoit_pee_et_competences_de_base_dans_l_ordre(client: TestClient) -> None:
    resultat = _orienter(client, ["parler-francais"], **JEUNE_DE_SAINT_DENIS)
    etapes = [etape["dispositif"] for etape in resultat["parcours"][0]["etapes"]]
    assert etapes.index("competences-de-base-professionnelles") < etapes.index("pee")


def test_les_lieux_proposes_sont_ceux_du_departement(client: TestClient) -> None:
    resultat = _orienter(client, ["parler-francais"], **JEUNE_DE_SAINT_DENIS)
    contacts = _verdict(resultat, "competences-de-base-professionnelles")["contacts"]
    situes = [contact for contact in contacts if contact["code_departement"]]
    assert situes
    assert {contact["code_departement"] for contact in situes} == {"93"}
    assert situes[0]["commune"].replace("-", " ") == "Saint Denis"


def test_les_raisons_citent_l_age_le_niveau_et_les_lignes(client: TestClient) -> None:
    raisons = _verdict(_orienter(client, ["parler-francais"], **JEUNE_DE_SAINT_DENIS), "pee")["raisons"]
    phrases = " ".join(raison["phrase"] for raison in raisons)
    assert "22 ans" in phrases
    assert "pas de diplôme" in phrases
    assert all(raison["source"]["lignes"] or raison["source"]["lien"] for raison in raisons)


def test_a_27_ans_le_pee_est_refuse_avec_le_critere_et_autre_chose_est_propose(client: TestClient) -> None:
    resultat = _orienter(client, ["parler-francais"], **{**JEUNE_DE_SAINT_DENIS, "age_ans": 27})
    pee = _verdict(resultat, "pee")
    assert pee["verdict"] == "non_eligible"
    rompues = [raison for raison in pee["raisons"] if raison["verdict"] == "non_eligible"]
    assert [raison["critere"] for raison in rompues] == ["age_ans"]
    assert rompues[0]["source"]["lignes"]
    assert "competences-de-base-professionnelles" in [
        e["dispositif"] for e in resultat["parcours"][0]["etapes"]
    ]


@pytest.mark.parametrize(
    ("situation", "verdict"),
    [
        (
            {"code_departement": "93", "commune": "Montreuil", "rsa": True, "contrat_accompagnement": "CER"},
            "eligible",
        ),
        (
            {"code_departement": "78", "commune": "Versailles", "rsa": True, "contrat_accompagnement": "CER"},
            "non_eligible",
        ),
        ({"code_departement": "93", "commune": "Montreuil", "contrat_accompagnement": "CER"}, "indetermine"),
    ],
)
def test_les_actions_du_93_dependent_du_rsa_du_contrat_et_du_departement(
    client: TestClient, situation: dict[str, Any], verdict: str
) -> None:
    resultat = _orienter(client, ["parler-francais"], projet="idee", **situation)
    assert _verdict(resultat, "pdie93-francais-professionnel")["verdict"] == verdict


def test_quand_le_rsa_est_inconnu_on_finit_par_le_demander(client: TestClient) -> None:
    situation = {
        **JEUNE_DE_SAINT_DENIS,
        "inscrit_france_travail": True,
        "projet": "idee",
        "metier_vise": "cuisinier",
    }
    passees: list[str] = []
    for _ in range(10):
        demande = {"besoins": ["parler-francais"], "situation": situation, "questions_passees": passees}
        question = client.post("/api/v1/orientation", json=demande).json()["question_suivante"]
        assert question is not None, passees
        if question["critere"] == "rsa":
            return
        passees.append(question["critere"])
    pytest.fail(f"le RSA n'est jamais demandé : {passees}")


@pytest.mark.parametrize("besoin", BESOINS_DU_CONTRAT)
def test_chaque_besoin_donne_au_moins_une_personne_a_contacter(client: TestClient, besoin: str) -> None:
    contacts = _orienter(client, [besoin])["contacts"]
    assert any(contact["telephone"] or contact["site"] for contact in contacts)


def test_une_cle_inconnue_est_refusee_avec_la_plus_proche(client: TestClient) -> None:
    reponse = client.post("/api/v1/orientation", json={"besoins": ["me-loger"], "situation": {"age": 22}})
    assert reponse.status_code == 422
    assert reponse.headers["content-type"].startswith("application/problem+json")
    assert reponse.json()["proche"] == "age_ans"


@pytest.mark.parametrize(
    ("situation", "mot"),
    [
        ({"age_ans": "vingt"}, "nombre entier"),
        ({"age_ans": -3}, "entre 0 et 120"),
        ({"rsa": "oui"}, "true"),
        ({"projet": "peut-être"}, "aucun, idee, confirme"),
        ({"code_departement": "Seine"}, "forme"),
    ],
)
def test_une_valeur_impossible_est_refusee_en_francais(
    client: TestClient, situation: dict[str, Any], mot: str
) -> None:
    reponse = client.post("/api/v1/orientation", json={"besoins": ["me-loger"], "situation": situation})
    assert reponse.status_code == 422
    assert mot in reponse.json()["detail"]


def test_un_besoin_inconnu_propose_le_plus_proche(client: TestClient) -> None:
    reponse = client.post("/api/v1/orientation", json={"besoins": ["parler-francai"]})
    assert reponse.status_code == 422
    assert reponse.json()["proche"] == "parler-francais"


def test_une_date_impossible_est_refusee(client: TestClient) -> None:
    reponse = client.post("/api/v1/orientation", json={"besoins": ["me-loger"], "date": "2026-02-30"})
    assert reponse.status_code == 422
    assert "2026-02-30" in reponse.json()["detail"]


def test_une_fiche_inconnue_est_un_404_en_francais(client: TestClient) -> None:
    reponse = client.get("/api/v1/dispositifs/peee")
    assert reponse.status_code == 404
    assert reponse.json()["proche"] == "pee"


def test_un_message_de_vingt_mille_signes_est_refuse_sans_etre_perdu(client: TestClient) -> None:
    reponse = client.post("/api/v1/situation/extraire", json={"texte": "a" * 20_000})
    assert reponse.status_code == 413
    assert "trop long" in reponse.json()["detail"]


@pytest.mark.parametrize("texte", ["", "   ", "\u0000"])
def test_un_message_vide_recoit_une_reponse_claire(client: TestClient, texte: str) -> None:
    reponse = client.post("/api/v1/situation/extraire", json={"texte": texte})
    assert reponse.status_code == 422
    assert "vide" in reponse.json()["detail"]


def test_un_json_casse_recoit_une_reponse_claire(client: TestClient) -> None:
    reponse = client.post(
        "/api/v1/orientation", content=b'{"besoins": [', headers={"content-type": "application/json"}
    )
    assert reponse.status_code == 422
    assert "JSON" in reponse.json()["detail"]


def test_sans_dialogue_la_sante_dit_ce_qui_manque(client: TestClient) -> None:
    reponse = client.get("/api/v1/sante")
    assert reponse.status_code == 503
    assert reponse.json()["parties"] == {"base": "ok", "dialogue": "absent"}


def test_sans_dialogue_un_message_recoit_une_attente_claire(client: TestClient) -> None:
    identifiant = client.post("/api/v1/conversations").json()["id"]
    reponse = client.post(f"/api/v1/conversations/{identifiant}/messages", json={"texte": "bonjour"})
    assert reponse.status_code == 503
    assert int(reponse.headers["retry-after"]) > 0


def test_un_identifiant_de_conversation_invente_est_un_404(client: TestClient) -> None:
    assert client.get("/api/v1/conversations/../../etc/passwd").status_code == 404
    assert client.get("/api/v1/conversations/abc").status_code == 404


def test_les_listes_sont_des_pages(client: TestClient) -> None:
    page = client.get("/api/v1/formations", params={"size": 5}).json()
    assert set(page) == {"items", "total", "page", "size", "pages"}
    assert len(page["items"]) == 5


@pytest.mark.parametrize(
    ("q", "code"), [("aide soignante", "J1501"), ("macon", "F1703"), ("dev web", "M1805")]
)
def test_un_metier_de_tous_les_jours_trouve_ses_formations(client: TestClient, q: str, code: str) -> None:
    formations = client.get("/api/v1/formations", params={"q": q}).json()["items"]
    assert formations
    assert code in formations[0]["rome"]


def test_les_homonymes_restent_separes(client: TestClient) -> None:
    communes = client.get("/api/v1/territoires", params={"q": "Saint-Denis"}).json()["items"]
    assert {"93", "974"} <= {commune["code_departement"] for commune in communes}
