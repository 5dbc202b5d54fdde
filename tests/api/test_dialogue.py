"""The edge reaches the dialogue on the loopback, whatever the machine's environment says."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.config import Reglages
from knowledge import Base


class _Pret(BaseHTTPRequestHandler):
    """A dialogue that is ready and says nothing else."""

    def do_GET(self) -> None:
        """Its state."""
        corps = json.dumps({"etat": "ok", "modele": "essai"}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(corps)))
        self.end_headers()
        self.wfile.write(corps)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on the screen of the tests."""


@pytest.fixture
def adresse_bot() -> Iterator[str]:
    """Where a dialogue that is ready listens."""
    serveur = HTTPServer(("127.0.0.1", 0), _Pret)
    threading.Thread(target=serveur.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{serveur.server_port}"
    serveur.shutdown()
    serveur.server_close()


def test_un_proxy_de_la_machine_ne_s_interpose_pas(
    base: Base, adresse_bot: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    reglages = Reglages(adresse_bot=adresse_bot, base_url=f"sqlite:///{tmp_path / 'api.db'}")
    with TestClient(create_app(reglages, base=base)) as client:
        assert client.get("/api/v1/sante").json()["modele"] == "essai"
