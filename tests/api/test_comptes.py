"""Accounts: creation, login, passwords, roles, audit, OpenID Connect against a provider run here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi.testclient import TestClient

from api.comptes import creer
from api.comptes.motsdepasse import find_faute, verify_mot_de_passe
from api.comptes.services import find_by_courriel
from api.config import FournisseurOidc
from knowledge import Base
from tests.api.fournisseur_oidc import ACR, CLIENT, SECRET, FauxFournisseur
from tests.api.professionnels import (
    MOT_DE_PASSE,
    connect,
    connect_as,
    get_app,
    open_compte,
    other_client,
    read_jeton,
    start_client,
)


@pytest.fixture
def client(base: Base, tmp_path: Path) -> Iterator[TestClient]:
    with start_client(base, tmp_path) as ouvert:
        yield ouvert


def test_un_compte_entre_avec_son_adresse_et_son_mot_de_passe(client: TestClient) -> None:
    reponse = connect(client, open_compte(client, "prescripteur"))

    assert (reponse.status_code, reponse.headers["location"]) == (303, "/prescripteurs")
    assert "prescripteur@exemple.fr" in client.get("/prescripteurs/compte").text


@pytest.mark.parametrize(
    ("courriel", "mot_de_passe"),
    [("prescripteur@exemple.fr", "un autre mot de passe"), ("personne@exemple.fr", MOT_DE_PASSE)],
)
def test_une_adresse_inconnue_et_un_mauvais_mot_de_passe_recoivent_la_meme_reponse(
    client: TestClient, courriel: str, mot_de_passe: str
) -> None:
    open_compte(client, "prescripteur")

    reponse = connect(client, courriel, mot_de_passe)

    assert reponse.status_code == 401
    assert "L&#39;adresse ou le mot de passe n&#39;est pas le bon" in reponse.text


def test_sans_compte_le_meme_travail_de_verification_est_fait() -> None:
    assert not verify_mot_de_passe(None, MOT_DE_PASSE)


def test_un_compte_desactive_n_entre_plus_et_sa_session_se_ferme(client: TestClient) -> None:
    jeton = connect_as(client, "administrateur")
    autre = other_client(client)
    connect(autre, open_compte(client, "editeur"))
    with get_app(client).state.stockage.open() as db_session:
        compte = find_by_courriel(db_session, "editeur@exemple.fr")
        assert compte is not None

    client.post(f"/prescripteurs/comptes/{compte.id}/actif", data={"jeton": jeton, "actif": "non"})

    assert autre.get("/prescripteurs/compte").status_code == 303
    assert connect(autre, "editeur@exemple.fr").status_code == 401


def test_un_compte_cree_par_un_administrateur_change_son_mot_de_passe_avant_tout(client: TestClient) -> None:
    jeton = connect_as(client, "administrateur")
    page = client.post(
        "/prescripteurs/comptes",
        data={"jeton": jeton, "courriel": "Nouvelle@Exemple.fr", "role": "editeur"},
    ).text
    provisoire = page.partition('class="provisoire">')[2].partition("<")[0]
    nouvelle = other_client(client)

    assert connect(nouvelle, "nouvelle@exemple.fr", provisoire).headers["location"] == "/prescripteurs/compte"
    assert nouvelle.get("/prescripteurs/pilotage").headers["location"] == "/prescripteurs/compte"
    reponse = nouvelle.post(
        "/prescripteurs/compte/mot-de-passe",
        data={
            "jeton": read_jeton(nouvelle.get("/prescripteurs/compte").text),
            "actuel": provisoire,
            "nouveau": "le train part à huit heures",
        },
    )
    assert reponse.status_code == 200
    assert nouvelle.get("/prescripteurs/pilotage").status_code == 200


def test_changer_de_mot_de_passe_ferme_les_autres_sessions(client: TestClient) -> None:
    jeton = connect_as(client, "prescripteur")
    autre = other_client(client)
    connect(autre, "prescripteur@exemple.fr")

    client.post(
        "/prescripteurs/compte/mot-de-passe",
        data={"jeton": jeton, "actuel": MOT_DE_PASSE, "nouveau": "le train part à huit heures"},
    )

    assert client.get("/prescripteurs/compte").status_code == 200
    assert autre.get("/prescripteurs/compte").status_code == 303


@pytest.mark.parametrize(
    "mot_de_passe", ["trop court", "aaaaaaaaaaaaaaaa", "camille.martin et moi", "a" * 201]
)
def test_un_mot_de_passe_faible_est_refuse_avec_une_phrase(mot_de_passe: str) -> None:
    assert find_faute(mot_de_passe, "camille.martin@exemple.fr")


def test_le_dernier_administrateur_ne_peut_pas_etre_desactive(client: TestClient) -> None:
    jeton = connect_as(client, "administrateur")

    reponse = client.post("/prescripteurs/comptes/1/actif", data={"jeton": jeton, "actif": "non"})

    assert reponse.status_code == 409
    assert "dernier compte administrateur" in reponse.text


def test_changer_un_role_ferme_les_sessions_ouvertes_avec_l_ancien(client: TestClient) -> None:
    jeton = connect_as(client, "administrateur")
    autre = other_client(client)
    connect(autre, open_compte(client, "editeur"))

    client.post("/prescripteurs/comptes/2/role", data={"jeton": jeton, "role": "prescripteur"})

    assert autre.get("/prescripteurs/compte").status_code == 303


def test_ce_que_font_les_administrateurs_est_ecrit_au_journal(client: TestClient) -> None:
    jeton = connect_as(client, "administrateur")
    client.post(
        "/prescripteurs/comptes", data={"jeton": jeton, "courriel": "a@exemple.fr", "role": "editeur"}
    )

    journal = client.get("/prescripteurs/journal").text

    assert "compte créé" in journal
    assert "a@exemple.fr (editeur)" in journal


def test_la_deconnexion_ferme_la_session_de_notre_cote(client: TestClient) -> None:
    jeton = connect_as(client, "prescripteur")
    cookies = dict(client.cookies)

    client.post("/prescripteurs/deconnexion", data={"jeton": jeton})

    client.cookies.update(cookies)
    assert client.get("/prescripteurs/compte").status_code == 303


def test_la_commande_cree_le_premier_administrateur(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], base: Base
) -> None:
    monkeypatch.setenv("PASSERELLE_BASE_URL", f"sqlite:///{tmp_path / 'essai.db'}")

    commande = ["--courriel", "chef@exemple.fr", "--role", "administrateur", "--provisoire"]
    assert creer.main(commande) == 0
    provisoire = capsys.readouterr().out.strip().rpartition(" ")[2]

    with start_client(base, tmp_path) as client:
        assert connect(client, "chef@exemple.fr", provisoire).status_code == 303
    assert creer.main(commande) == 1


# OpenID Connect


@pytest.fixture
def fournisseur() -> Iterator[FauxFournisseur]:
    with FauxFournisseur() as lance:
        yield lance


@pytest.fixture
def relie(base: Base, tmp_path: Path, fournisseur: FauxFournisseur) -> Iterator[TestClient]:
    oidc = FournisseurOidc(
        issuer=fournisseur.issuer, client_id=CLIENT, client_secret=SECRET, acr_values=ACR, nom="Essai Connect"
    )
    with start_client(base, tmp_path, oidc=oidc) as ouvert:
        yield ouvert


def _login(client: TestClient, fournisseur: FauxFournisseur) -> httpx.Response:
    """Go through the provider as a browser does."""
    depart = client.get("/prescripteurs/connexion/fournisseur?suite=/prescripteurs/compte")
    assert depart.status_code == 303, depart.text
    retour = fournisseur.authorize(depart.headers["location"])
    return client.get(retour)


def test_sans_fournisseur_configure_rien_ne_s_affiche(client: TestClient) -> None:
    assert "fournisseur" not in client.get("/prescripteurs/connexion").text
    assert client.get("/prescripteurs/connexion/fournisseur").status_code == 404


def test_une_identite_verifiee_ouvre_le_compte_de_son_adresse(
    relie: TestClient, fournisseur: FauxFournisseur
) -> None:
    open_compte(relie, "editeur", fournisseur.courriel)
    assert "Se connecter avec Essai Connect" in relie.get("/prescripteurs/connexion").text

    reponse = _login(relie, fournisseur)

    assert (reponse.status_code, reponse.headers.get("location")) == (303, "/prescripteurs/compte")
    assert fournisseur.courriel in relie.get("/prescripteurs/compte").text


def test_le_depart_demande_pkce_un_etat_un_nonce_et_le_niveau_voulu(
    relie: TestClient, fournisseur: FauxFournisseur
) -> None:
    adresse = relie.get("/prescripteurs/connexion/fournisseur").headers["location"]
    demande = parse_qs(urlsplit(adresse).query)

    assert demande["code_challenge_method"] == ["S256"]
    assert demande["acr_values"] == [ACR]
    assert all(len(demande[cle][0]) >= 32 for cle in ("state", "nonce", "code_challenge"))


def test_une_identite_sans_compte_est_refusee_par_defaut(
    relie: TestClient, fournisseur: FauxFournisseur
) -> None:
    assert _login(relie, fournisseur).status_code == 403


@pytest.mark.parametrize(
    "defaut",
    ["signature", "algorithme", "nonce", "audience", "emetteur", "expire", "acr", "courriel", "verificateur"],
)
def test_une_identite_qui_ne_tient_pas_n_ouvre_rien(
    relie: TestClient, fournisseur: FauxFournisseur, defaut: str
) -> None:
    open_compte(relie, "editeur", fournisseur.courriel)
    fournisseur.defaut = defaut

    assert _login(relie, fournisseur).status_code == 403
    assert relie.get("/prescripteurs/compte").status_code == 303


def test_un_retour_avec_un_autre_etat_est_refuse(relie: TestClient, fournisseur: FauxFournisseur) -> None:
    open_compte(relie, "editeur", fournisseur.courriel)
    relie.get("/prescripteurs/connexion/fournisseur")

    reponse = relie.get("/prescripteurs/connexion/fournisseur/retour?state=autre&code=essai")

    assert reponse.status_code == 403


def test_l_adresse_donnee_a_part_et_signee_comme_proconnect_est_lue(
    relie: TestClient, fournisseur: FauxFournisseur
) -> None:
    open_compte(relie, "editeur", fournisseur.courriel)
    fournisseur.courriel_a_part = True

    assert _login(relie, fournisseur).status_code == 303


def test_un_compte_relie_n_est_pas_pris_par_qui_recoit_la_meme_adresse(
    relie: TestClient, fournisseur: FauxFournisseur
) -> None:
    open_compte(relie, "editeur", fournisseur.courriel)
    assert _login(relie, fournisseur).status_code == 303
    fournisseur.sujet = "personne-2"

    assert _login(other_client(relie), fournisseur).status_code == 403


def test_un_role_par_defaut_ouvre_un_compte_sans_mot_de_passe(
    base: Base, tmp_path: Path, fournisseur: FauxFournisseur
) -> None:
    oidc = FournisseurOidc(
        issuer=fournisseur.issuer, client_id=CLIENT, client_secret=SECRET, role_defaut="prescripteur"
    )
    with start_client(base, tmp_path, oidc=oidc) as client:
        assert _login(client, fournisseur).status_code == 303
        assert "Changer de mot de passe" not in client.get("/prescripteurs/compte").text
        assert connect(other_client(client), fournisseur.courriel).status_code == 401
