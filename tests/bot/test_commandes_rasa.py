"""Rasa's own commands, as any Rasa practitioner types them: ``run actions``, ``shell``, ``run``."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from outils.commande_rasa import MODELE, RACINE, build_commande_rasa, build_environnement_rasa
from tests.services import find_port

pytestmark = pytest.mark.modele

_ATTENTE = 150.0


@contextmanager
def _start(*arguments: str, **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    environnement = build_environnement_rasa({**os.environ, "TERM": "dumb"})
    sortie = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, **options}
    processus = subprocess.Popen(
        build_commande_rasa(*arguments), cwd=RACINE, env=environnement, start_new_session=True, **sortie
    )
    try:
        yield processus
    finally:
        processus.terminate()
        try:
            processus.wait(timeout=20)
        except subprocess.TimeoutExpired:
            processus.kill()


def _wait_for(adresse: str, processus: subprocess.Popen[bytes]) -> dict[str, Any]:
    limite = time.monotonic() + _ATTENTE
    while time.monotonic() < limite and processus.poll() is None:
        try:
            reponse = httpx.get(adresse, timeout=5)
            if reponse.status_code == 200:
                contenu: dict[str, Any] = reponse.json()
                return contenu
        except httpx.HTTPError:
            pass
        time.sleep(0.3)
    pytest.fail(f"{adresse} ne répond pas")


@pytest.fixture(scope="module")
def endpoints(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An endpoints file that leads to a real ``rasa run actions``."""
    port = find_port()
    fichier = tmp_path_factory.mktemp("rasa") / "endpoints.yml"
    fichier.write_text(f"action_endpoint: {{url: 'http://127.0.0.1:{port}/webhook'}}\n", encoding="utf-8")
    with _start("run", "actions", "--actions", "actions", "--port", str(port)) as processus:
        assert _wait_for(f"http://127.0.0.1:{port}/health", processus) == {"status": "ok"}
        yield fichier


def test_rasa_shell_pose_une_question_apres_un_besoin(endpoints: Path) -> None:
    maitre, esclave = pty.openpty()
    flux = {"stdin": esclave, "stdout": esclave, "stderr": esclave}
    arguments = ["--model", str(MODELE), "--endpoints", str(endpoints), "--port", str(find_port())]
    with _start("shell", *arguments, **flux):
        assert "Your input" in _read_jusqu_a(maitre, "Your input")
        os.write(maitre, "j'ai du mal à m'exprimer en français\r".encode())
        assert "/passer" in _read_jusqu_a(maitre, "/passer")


def _read_jusqu_a(flux: int, motif: str) -> str:
    lu, limite = b"", time.monotonic() + _ATTENTE
    while time.monotonic() < limite and motif.encode() not in lu:
        pret, _, _ = select.select([flux], [], [], 0.5)
        if pret:
            lu += os.read(flux, 65_536)
    return lu.decode("utf-8", "replace")


def test_rasa_run_repond_sur_son_canal_rest(endpoints: Path) -> None:
    port = find_port()
    adresse = f"http://127.0.0.1:{port}"
    arguments = ["--model", str(MODELE), "--endpoints", str(endpoints), "--port", str(port)]
    arguments += ["--credentials", "bot/credentials.yml", "--interface", "127.0.0.1", "--enable-api"]
    with _start("run", *arguments) as processus:
        _wait_for(f"{adresse}/status", processus)
        message = {"sender": "essai", "message": "j'ai du mal à m'exprimer en français"}
        reponses = httpx.post(f"{adresse}/webhooks/rest/webhook", json=message, timeout=60).json()
    assert any("?" in reponse.get("text", "") for reponse in reponses)
