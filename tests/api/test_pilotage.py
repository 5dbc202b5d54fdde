"""The steering page: what is counted, what is published, what the content team does."""

from __future__ import annotations

import html
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from fastapi.testclient import TestClient
from sqlalchemy import select

from api.mesures import compter
from api.mesures.anonymat import anonymize
from api.mesures.compter import is_incompris, list_mots_ordinaires
from api.mesures.registre import Registre
from api.mesures.tables import PhraseIncomprise
from api.pilotage.chiffres import read_periode
from api.pilotage.exports import protect
from api.pilotage.publication import Chiffre, Ligne, add_up, publish, total
from knowledge import Base, normalize
from tests.api.professionnels import connect_as, get_app, start_client
from tests.conftest import JOUR

MARS, AVRIL = date(2026, 3, 1), date(2026, 4, 1)


@pytest.fixture
def client(base: Base, tmp_path: Path) -> Iterator[TestClient]:
    with start_client(base, tmp_path) as ouvert:
        yield ouvert


def _registre(client: TestClient) -> Registre:
    registre: Registre = get_app(client).state.mesures
    return registre


def _add(client: TestClient, mesure: str, nombre: int, cle: str = "", territoire: str = "") -> None:
    _registre(client).add(mesure, cle=cle, territoire=territoire, nombre=nombre)


def _line(mois: date, cle: str, nombre: int) -> Ligne:
    return Ligne(mois=mois, cle=(cle,), nombre=nombre)


# Counting


def test_une_orientation_compte_ses_besoins_et_son_territoire(client: TestClient) -> None:
    demande = {
        "besoins": ["parler-francais"],
        "situation": {"commune": "Saint-Denis", "code_departement": "93"},
    }
    for _ in range(5):
        client.post("/api/v1/orientation", json=demande)
    connect_as(client, "editeur")

    csv = client.get("/prescripteurs/pilotage/export/besoins-territoires.csv").text

    assert "Seine-Saint-Denis (93);5" in csv


def test_une_question_passee_est_comptee(client: TestClient) -> None:
    demande = {"besoins": ["parler-francais"], "questions_passees": ["rsa"]}
    for _ in range(5):
        client.post("/api/v1/orientation", json=demande)
    connect_as(client, "editeur")

    assert (
        "Touchez-vous le RSA ?;5" in client.get("/prescripteurs/pilotage/export/questions-passees.csv").text
    )


def test_les_comptes_d_un_jour_s_ajoutent_sur_une_seule_ligne(client: TestClient) -> None:
    for _ in range(2):
        _add(client, compter.CONVERSATION, 4)
        assert _registre(client).flush()
    connect_as(client, "editeur")

    assert "Conversations commencées;8" in client.get("/prescripteurs/pilotage/export/usage.csv").text


def test_sans_base_rien_n_est_perdu(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from sqlalchemy.exc import OperationalError

    def away() -> Any:
        raise OperationalError("select 1", {}, Exception())

    _add(client, compter.CONVERSATION, 6)
    with monkeypatch.context() as coupe:
        coupe.setattr(get_app(client).state.stockage, "open", away)
        assert not _registre(client).flush()
    connect_as(client, "editeur")

    assert "Conversations commencées;6" in client.get("/prescripteurs/pilotage/export/usage.csv").text


# Names in sentences


@pytest.mark.parametrize(
    ("texte", "cache"),
    [
        ("Bonjour je m'appelle Karim Benali je cherche du travail", "Karim"),
        ("je m'appelle karim benali je cherche du travail", "benali"),
        ("je cherche du travail 06 12 34 56 78", "12"),
        ("écrivez à karim.benali@exemple.fr pour du travail", "exemple"),
        ("mon conseiller Dupont ne répond jamais", "Dupont"),
        ("j'habite 12 rue Voltaire et je galère", "Voltaire"),
    ],
)
def test_une_phrase_gardee_ne_dit_pas_qui_parle(base: Base, texte: str, cache: str) -> None:
    mots = list_mots_ordinaires(base)

    propre = anonymize(texte, is_connu=lambda mot: normalize(mot) in mots)

    assert propre is not None
    assert cache not in propre


def test_une_phrase_sans_majuscules_possibles_n_est_pas_gardee() -> None:
    assert anonymize("اسمي كريم وأبحث عن عمل", is_connu=lambda _: True) is None


class _Message:
    parcours = None

    def __init__(self, *choix: str) -> None:
        self.boutons = [type("Bouton", (), {"choix": c})() for c in choix]


def test_proposer_quelques_besoins_veut_dire_que_la_phrase_n_est_pas_comprise() -> None:
    assert is_incompris([_Message("besoin:me-loger", "commande:changer_de_besoin")])
    assert not is_incompris([_Message("reponse:rsa:oui", "reponse:rsa:non")])
    assert not is_incompris([_Message("commande:passer", "besoin:parler-a-un-conseiller")])
    assert not is_incompris([_Message(*[f"besoin:{i}" for i in range(23)])])


# Publication


def test_un_nombre_de_moins_de_cinq_est_cache() -> None:
    assert publish([_line(MARS, "a", 4)])[(MARS, ("a",))].texte == "moins de 5"
    assert publish([_line(MARS, "a", 5)])[(MARS, ("a",))].texte == "5"


def test_un_total_ne_permet_pas_de_retrouver_un_nombre_cache() -> None:
    publies = publish([_line(MARS, "93", 50), _line(MARS, "75", 3)])

    assert total(publies.values()).nombre == 50


def test_deux_periodes_ne_permettent_pas_de_retrouver_un_nombre_cache() -> None:
    un_mois = add_up(publish([_line(MARS, "93", 10)]), lambda _, cle: cle)
    deux_mois = add_up(publish([_line(MARS, "93", 10), _line(AVRIL, "93", 2)]), lambda _, cle: cle)

    assert deux_mois[("93",)].nombre - un_mois[("93",)].nombre == 0
    assert deux_mois[("93",)].texte == "10 au moins"


def test_aucun_nombre_cache_n_est_ecrit_ni_sur_la_page_ni_dans_un_export(client: TestClient) -> None:
    for territoire, nombre in (("93", 17), ("75", 3)):
        _add(client, compter.RESULTAT, nombre, territoire=territoire)
        _add(client, compter.BESOIN, nombre, cle="me-loger", territoire=territoire)
    connect_as(client, "editeur")

    page = html.unescape(client.get("/prescripteurs/pilotage").text)
    usage = client.get("/prescripteurs/pilotage/export/usage.csv").text
    besoins = client.get("/prescripteurs/pilotage/export/besoins.csv").text

    assert "Paris (75)" in page
    assert ">20<" not in page
    assert ";20\r" not in usage + besoins
    assert "17 au moins" in besoins


def test_la_moyenne_des_avis_ne_porte_que_sur_les_nombres_montres(client: TestClient) -> None:
    for reponse, nombre in (("oui", 6), ("non", 2)):
        for _ in range(nombre):
            assert client.post("/api/v1/avis", json={"reponse": reponse}).status_code < 300
    connect_as(client, "editeur")

    page = client.get("/prescripteurs/pilotage").text

    assert "100<small> sur 100" in page


@pytest.mark.parametrize(
    ("de", "a"), [("", ""), ("2026-13", "x"), ("2027-01", "2026-01"), ("1990-01", "2026-01")]
)
def test_une_periode_illisible_donne_les_douze_derniers_mois(de: str, a: str) -> None:
    periode = read_periode(de, a, jour=JOUR)

    assert len(periode.mois) == 12


def test_une_periode_se_lit_en_mois_entiers() -> None:
    periode = read_periode("2026-02", "2026-03", jour=JOUR)

    assert (periode.depuis, periode.fin) == (date(2026, 2, 1), date(2026, 3, 31))


# The content team


def _keep_phrase(client: TestClient, texte: str = "je galère pour ma tune [x](y)") -> int:
    _registre(client).add_phrase(texte)
    _registre(client).flush()
    with get_app(client).state.stockage.open() as db_session:
        return int(db_session.scalar(select(PhraseIncomprise.id)))


def test_une_phrase_se_classe_en_un_geste_puis_s_exporte(client: TestClient) -> None:
    identifiant = _keep_phrase(client)
    jeton = connect_as(client, "editeur")

    reponse = client.post(
        f"/prescripteurs/pilotage/phrases/{identifiant}", data={"jeton": jeton, "besoin": "avoir-un-revenu"}
    )

    assert reponse.status_code == 303
    exporte = yaml.safe_load(client.get("/prescripteurs/pilotage/phrases.yml").text)
    assert exporte["nlu"] == [{"intent": "avoir_un_revenu", "examples": "- je galère pour ma tune x y\n"}]


def test_sans_phrase_classee_l_export_reste_lisible(client: TestClient) -> None:
    connect_as(client, "editeur")

    assert yaml.safe_load(client.get("/prescripteurs/pilotage/phrases.yml").text)["nlu"] == []


def test_une_phrase_peut_etre_effacee(client: TestClient) -> None:
    identifiant = _keep_phrase(client)
    jeton = connect_as(client, "editeur")

    client.post(f"/prescripteurs/pilotage/phrases/{identifiant}", data={"jeton": jeton, "besoin": "effacer"})

    assert "galère" not in client.get("/prescripteurs/pilotage").text


def test_un_besoin_inconnu_est_refuse(client: TestClient) -> None:
    identifiant = _keep_phrase(client)
    jeton = connect_as(client, "editeur")

    reponse = client.post(
        f"/prescripteurs/pilotage/phrases/{identifiant}", data={"jeton": jeton, "besoin": "voler"}
    )

    assert reponse.status_code == 422


def test_une_erreur_signalee_se_ferme_en_un_geste(client: TestClient) -> None:
    client.post("/api/v1/signalements", json={"genre": "ferme", "fiche": "pee", "phrase": "fermé depuis mai"})
    jeton = connect_as(client, "editeur")
    assert "fermé depuis mai" in client.get("/prescripteurs/pilotage").text

    client.post("/prescripteurs/pilotage/signalements/1/fermer", data={"jeton": jeton})

    assert "fermé depuis mai" not in client.get("/prescripteurs/pilotage").text


def test_les_fiches_a_reverifier_sont_listees(client: TestClient) -> None:
    connect_as(client, "editeur")

    assert "Fiche;Genre" in client.get("/prescripteurs/pilotage/export/fiches-a-reverifier.csv").text


@pytest.mark.parametrize("cellule", ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\ufeff=1"])
def test_une_cellule_qui_commence_comme_une_formule_devient_du_texte(cellule: str) -> None:
    assert protect(cellule).startswith("'")


def test_un_chiffre_publie_s_additionne() -> None:
    assert Chiffre(nombre=5) + Chiffre(mois_caches=1) == Chiffre(nombre=5, mois_caches=1)
