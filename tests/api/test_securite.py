"""What must never happen on the professionals' pages, tried on every route."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from sqlalchemy import select

from api.comptes.acces import RoutePage, choose_suite
from api.comptes.jetons import digest
from api.comptes.roles import Role
from api.comptes.tables import Compte, SessionCompte
from knowledge import Base
from tests.api.professionnels import (
    ADRESSE,
    MOT_DE_PASSE,
    connect,
    connect_as,
    get_app,
    open_compte,
    other_client,
    read_jeton,
    start_client,
)
from tests.api.test_remises import open_page, read_champs, share

# The routes that need no account, each with its reason.
OUVERTES = {
    ("GET", "/prescripteurs/connexion"): "on n'a pas encore de session",
    ("POST", "/prescripteurs/connexion"): "on n'a pas encore de session",
    ("POST", "/prescripteurs/deconnexion"): "se déconnecter deux fois n'est pas une faute",
    ("GET", "/prescripteurs/connexion/fournisseur"): "on n'a pas encore de session",
    ("GET", "/prescripteurs/connexion/fournisseur/retour"): "on n'a pas encore de session",
    ("GET", "/prescripteurs/remise"): "le code est la clé",
    ("POST", "/prescripteurs/remise"): "le code est la clé",
    ("POST", "/prescripteurs/remise/fiche"): "le code est la clé",
}
COOKIE = "__Host-passerelle_session"
ATTAQUE = "<script>alert(1)</script><img src=x onerror=alert(2)>"


@pytest.fixture
def client(base: Base, tmp_path: Path) -> Iterator[TestClient]:
    with start_client(base, tmp_path) as ouvert:
        yield ouvert


def list_routes(app: FastAPI | Any) -> list[APIRoute]:
    """Every route of the application, those of included routers too."""
    trouvees: list[APIRoute] = []
    for route in app.routes:
        inclus = getattr(route, "original_router", None)
        if inclus is not None:
            trouvees += list_routes(inclus)
        elif isinstance(route, APIRoute):
            trouvees.append(route)
    return trouvees


def list_fermees(app: FastAPI) -> list[tuple[str, str, str]]:
    """Method, address and role of each route of the space that needs an account."""
    fermees = []
    for route in list_routes(app):
        if not route.path.startswith("/prescripteurs") or route.endpoint.__module__.startswith(
            "api.prescripteurs"
        ):
            continue
        roles = [getattr(d.call, "role", "") for d in route.dependant.dependencies]
        role = next((r for r in roles if r), "")
        for methode in sorted(route.methods - {"HEAD"}):
            if (methode, route.path) in OUVERTES:
                assert not role, f"{route.path} demande un rôle : à retirer de OUVERTES"
                continue
            assert role, f"{methode} {route.path} n'a ni rôle ni raison d'être ouverte"
            adresse = re.sub(r"\{(\w+)\}", lambda t: "1" if t[1] == "identifiant" else "usage", route.path)
            fermees.append((methode, adresse, role))
    return fermees


def test_toutes_les_routes_fermees_sont_trouvees(client: TestClient) -> None:
    fermees = list_fermees(get_app(client))

    assert {role for _, _, role in fermees} == {role.value for role in Role}
    assert len(fermees) >= 14


def test_sans_compte_aucune_route_fermee_ne_repond(client: TestClient) -> None:
    jeton = read_jeton(client.get("/prescripteurs/connexion").text)
    for methode, adresse, _ in list_fermees(get_app(client)):
        reponse = client.request(methode, adresse, data={"jeton": jeton} if methode == "POST" else None)
        if methode == "GET":
            assert reponse.status_code == 303, adresse
            assert reponse.headers["location"].startswith("/prescripteurs/connexion?suite="), adresse
        else:
            assert reponse.status_code == 401, adresse


@pytest.mark.parametrize("role", ["prescripteur", "editeur"])
def test_un_role_moindre_est_refuse_sur_chaque_route(client: TestClient, role: str) -> None:
    jeton = connect_as(client, role)
    ordre = [membre.value for membre in Role]
    for methode, adresse, voulu in list_fermees(get_app(client)):
        if ordre.index(voulu) > ordre.index(role):
            reponse = client.request(methode, adresse, data={"jeton": jeton} if methode == "POST" else None)
            assert reponse.status_code == 403, adresse


def test_la_recherche_ouverte_ne_change_rien(client: TestClient) -> None:
    ouvertes = [
        r for r in list_routes(get_app(client)) if r.endpoint.__module__.startswith("api.prescripteurs")
    ]

    assert ouvertes
    assert all(route.methods <= {"GET", "HEAD"} for route in ouvertes)


@pytest.mark.parametrize("jeton", ["", "faux", "autre"])
def test_aucun_formulaire_ne_passe_sans_le_jeton_de_la_session(client: TestClient, jeton: str) -> None:
    autre = other_client(client)
    jeton_autre = connect_as(autre, "editeur")
    connect_as(client, "administrateur")
    envois = [
        route.path.replace("{identifiant}", "1")
        for route in list_routes(get_app(client))
        if isinstance(route, RoutePage) and "POST" in route.methods
    ]
    assert len(envois) >= 11
    for adresse in envois:
        reponse = client.post(adresse, data={"jeton": jeton_autre if jeton == "autre" else jeton})
        assert reponse.status_code == 403, adresse


def test_le_formulaire_de_connexion_demande_le_jeton_du_meme_navigateur(client: TestClient) -> None:
    courriel = open_compte(client, "prescripteur")
    jeton = read_jeton(client.get("/prescripteurs/connexion").text)
    champs = {"jeton": jeton, "courriel": courriel, "mot_de_passe": MOT_DE_PASSE}

    assert other_client(client).post("/prescripteurs/connexion", data=champs).status_code == 403


def test_un_jeton_de_formulaire_invente_est_refuse_meme_avec_son_cookie(client: TestClient) -> None:
    courriel = open_compte(client, "prescripteur")
    pirate = other_client(client)
    pirate.cookies.set("__Host-passerelle_formulaire", "invente")
    champs = {"jeton": "invente", "courriel": courriel, "mot_de_passe": MOT_DE_PASSE}

    assert pirate.post("/prescripteurs/connexion", data=champs).status_code == 403


def test_une_session_choisie_par_un_autre_ne_devient_pas_la_mienne(client: TestClient) -> None:
    courriel = open_compte(client, "prescripteur")
    client.cookies.set(COOKIE, "choisi-par-un-autre")

    connect(client, courriel)

    pirate = other_client(client)
    pirate.cookies.set(COOKIE, "choisi-par-un-autre")
    assert pirate.get("/prescripteurs/compte").status_code == 303


def test_se_reconnecter_ferme_la_session_d_avant(client: TestClient) -> None:
    connect_as(client, "prescripteur")
    ancien = client.cookies[COOKIE]
    with get_app(client).state.stockage.open() as db_session:
        compte = db_session.scalar(select(Compte))
        assert compte is not None
    jeton = read_jeton(client.get("/prescripteurs/compte").text)
    champs = {"jeton": jeton, "courriel": compte.courriel, "mot_de_passe": MOT_DE_PASSE}
    reponse = client.post("/prescripteurs/connexion", data=champs)

    assert reponse.status_code == 303
    pirate = other_client(client)
    pirate.cookies.set(COOKIE, ancien)
    assert pirate.get("/prescripteurs/compte").status_code == 303


@pytest.mark.parametrize(
    ("champ", "recul"), [("expire_le", timedelta(hours=9)), ("vue_le", timedelta(hours=3))]
)
def test_une_session_trop_vieille_ou_oubliee_est_fermee(
    client: TestClient, champ: str, recul: timedelta
) -> None:
    connect_as(client, "prescripteur")
    with get_app(client).state.stockage.open() as db_session:
        session = db_session.scalar(select(SessionCompte))
        setattr(session, champ, getattr(session, champ) - recul)
        db_session.commit()

    assert client.get("/prescripteurs/compte").status_code == 303


def test_la_base_ne_garde_que_l_empreinte_des_sessions_et_des_mots_de_passe(client: TestClient) -> None:
    connect_as(client, "prescripteur")
    with get_app(client).state.stockage.open() as db_session:
        session = db_session.scalar(select(SessionCompte))
        compte = db_session.scalar(select(Compte))

    assert session.empreinte == digest(client.cookies[COOKIE])
    assert compte.empreinte.startswith("$argon2id$")


def test_par_https_les_cookies_sont_illisibles_aux_scripts_et_gardes_pour_https(client: TestClient) -> None:
    pose = client.get("/prescripteurs/connexion").headers["set-cookie"]
    reponse = connect(client, open_compte(client, "prescripteur"))

    for cookie in (pose, reponse.headers["set-cookie"]):
        assert cookie.startswith("__Host-")
        assert {"HttpOnly", "Path=/", "SameSite=lax", "Secure"} <= {m.strip() for m in cookie.split(";")}


def test_par_http_le_cookie_marche_sans_secure(client: TestClient) -> None:
    clair = TestClient(get_app(client), base_url=ADRESSE.replace("https", "http"))

    cookie = clair.get("/prescripteurs/connexion").headers["set-cookie"]

    assert "HttpOnly" in cookie
    assert "Secure" not in cookie


def test_deviner_un_mot_de_passe_est_limite_meme_avec_le_bon_ensuite(client: TestClient) -> None:
    courriel = open_compte(client, "prescripteur")
    statuts = [connect(client, courriel, f"essai numéro {rang}").status_code for rang in range(10)]

    reponse = connect(client, courriel)

    assert set(statuts) == {401}
    assert (reponse.status_code, reponse.headers["retry-after"]) == (429, "60")


def test_essayer_beaucoup_de_comptes_depuis_une_adresse_est_limite(client: TestClient) -> None:
    statuts = [connect(client, f"personne{rang}@exemple.fr").status_code for rang in range(21)]

    assert statuts[-1] == 429


def test_une_adresse_inconnue_prend_autant_de_temps_qu_une_connue(client: TestClient) -> None:
    courriel = open_compte(client, "prescripteur")

    def measure(adresse: str) -> float:
        debut = time.perf_counter()
        connect(client, adresse, "un mauvais mot de passe")
        return time.perf_counter() - debut

    measure(courriel)
    connue = statistics.median(measure(courriel) for _ in range(5))
    inconnue = statistics.median(measure("personne@exemple.fr") for _ in range(5))

    assert 0.4 < inconnue / connue < 2.5


@pytest.mark.parametrize(
    "suite",
    [
        "https://ailleurs.fr",
        "//ailleurs.fr",
        "/prescripteurs//ailleurs.fr",
        "/\\ailleurs.fr",
        "/prescripteurs/%0d%0a",
    ],
)
def test_la_connexion_ne_renvoie_jamais_vers_un_autre_site(suite: str) -> None:
    assert choose_suite(suite) == "/prescripteurs"


def test_ce_que_les_gens_ecrivent_est_affiche_comme_du_texte(client: TestClient) -> None:
    client.post("/api/v1/avis", json={"reponse": "oui", "phrase": ATTAQUE})
    client.post("/api/v1/signalements", json={"genre": "autre", "fiche": "pee", "phrase": ATTAQUE})
    get_app(client).state.mesures.add_phrase(ATTAQUE)
    connect_as(client, "editeur")

    page = client.get("/prescripteurs/pilotage").text

    assert page.count("&lt;script&gt;alert(1)") == 3
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_une_note_est_affichee_comme_du_texte(client: TestClient) -> None:
    connect_as(client, "prescripteur")
    code = share(client, paroles=ATTAQUE)
    champs = read_champs(open_page(client, code).text)
    client.post("/prescripteurs/remise/rendre", data=champs | {"note": f"</textarea>{ATTAQUE}"})

    page = open_page(client, code).text

    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_le_code_n_est_jamais_dans_une_adresse(client: TestClient) -> None:
    code = share(client)
    page = open_page(client, code).text

    adresses = re.findall(r'(?:href|action|formaction|src)="([^"]*)"', page)
    assert code in page
    assert not [adresse for adresse in adresses if code in adresse]


def test_le_journal_ne_dit_rien_des_personnes(client: TestClient) -> None:
    jeton = connect_as(client, "administrateur")
    code = share(client)
    champs = read_champs(open_page(client, code).text) | {"jeton": jeton, "note": "elle dort dehors"}
    client.post("/prescripteurs/remise/rendre", data=champs)

    journal = client.get("/prescripteurs/journal").text

    assert "résultat rendu" in journal
    assert code not in journal
    assert "dehors" not in journal


@pytest.mark.parametrize(
    "adresse", ["/prescripteurs/connexion", "/prescripteurs/compte", "/prescripteurs/comptes"]
)
def test_les_pages_ne_sont_pas_gardees_et_ne_se_laissent_pas_encadrer(
    client: TestClient, adresse: str
) -> None:
    connect_as(client, "administrateur")
    reponse = (other_client(client) if adresse.endswith("connexion") else client).get(adresse)

    assert reponse.headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'" in reponse.headers["content-security-policy"]
