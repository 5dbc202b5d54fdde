"""What the tests of the professionals' pages share: an application on an empty database, accounts, forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.app import create_app
from api.comptes.services import create_compte
from api.config import Reglages
from knowledge import Base
from tests.conftest import JOUR

MOT_DE_PASSE = "une phrase assez longue"
ADRESSE = "https://testserver"


@contextmanager
def start_client(base: Base, dossier: Path, **reglages: Any) -> Iterator[TestClient]:
    """A client of the application, by https, on an empty database."""
    url = f"sqlite:///{dossier / 'essai.db'}"
    application = create_app(Reglages(base_url=url, **reglages), base=base, aujourd_hui=lambda: JOUR)
    with TestClient(application, base_url=ADRESSE, follow_redirects=False) as client:
        yield client


def get_app(client: TestClient) -> FastAPI:
    """The application behind the client."""
    application = client.app
    assert isinstance(application, FastAPI)
    return application


def other_client(client: TestClient) -> TestClient:
    """Another browser on the same application."""
    return TestClient(get_app(client), base_url=ADRESSE, follow_redirects=False)


def open_compte(client: TestClient, role: str, courriel: str = "") -> str:
    """Create an account directly; returns its address."""
    adresse = courriel or f"{role}@exemple.fr"
    with get_app(client).state.stockage.open() as db_session:
        create_compte(db_session, adresse, role, qui="essai", mot_de_passe=MOT_DE_PASSE)
        db_session.commit()
    return adresse


def read_jeton(page: str) -> str:
    """The form token of a page."""
    trouve = re.search(r'name="jeton" value="([^"]+)"', page)
    assert trouve, "la page n'a pas de jeton"
    return trouve[1]


def connect(client: TestClient, courriel: str, mot_de_passe: str = MOT_DE_PASSE) -> httpx.Response:
    """Log in through the page."""
    jeton = read_jeton(client.get("/prescripteurs/connexion").text)
    champs = {"jeton": jeton, "courriel": courriel, "mot_de_passe": mot_de_passe}
    return client.post("/prescripteurs/connexion", data=champs)


def connect_as(client: TestClient, role: str) -> str:
    """Log in with a new account of this role; returns the form token of its session."""
    reponse = connect(client, open_compte(client, role))
    assert reponse.status_code == 303, reponse.text
    return read_jeton(client.get("/prescripteurs/compte").text)
