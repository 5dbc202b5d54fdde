"""What several tests share: the real base, loaded once; the day is given, never read from the clock."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import httpx
import pytest

from knowledge import Base, load_base
from tests.services import find_port

JOUR = date(2026, 11, 21)
RACINE = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def base() -> Base:
    """The real base, from its files."""
    return load_base()


@pytest.fixture(scope="session")
def jour() -> date:
    """The day the tests are read for."""
    return JOUR


@pytest.fixture(scope="session")
def sources() -> Path:
    """Folder of the source documents; the test is skipped where the project stands alone."""
    dossier = RACINE.parent / "shared" / "sources"
    if not dossier.is_dir():
        pytest.skip("les documents sources (../shared/sources) ne sont pas là")
    return dossier


@pytest.fixture(scope="session")
def adresse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the whole product, started as ``make lancer`` does, on free ports and an empty database.

    Needs the trained model: without it the test is skipped, except in continuous integration.
    """
    if not (RACINE / "models" / "passerelle.tar.gz").exists():
        message = "le modèle n'est pas entraîné (make entrainer)"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    with start_produit(tmp_path_factory.mktemp("serveur"), {}) as base_url:
        yield base_url


@contextmanager
def start_produit(dossier: Path, reglages: dict[str, str]) -> Iterator[str]:
    """The product as ``make lancer`` starts it, with its own database in ``dossier`` unless told otherwise."""
    port = find_port()
    environnement = {
        **os.environ,
        "PASSERELLE_PORT": str(port),
        "PASSERELLE_BOT_PORT": str(find_port()),
        "PASSERELLE_BASE_URL": f"sqlite:///{dossier / 'essai.db'}",
        "PASSERELLE_ORIGINES_WIDGET": "http://127.0.0.1:*",
        "PASSERELLE_MESSAGES_PAR_MINUTE": "100000",
        "PASSERELLE_FACTEUR_DEBITS": "1000",
        **reglages,
    }
    with (dossier / "journal.txt").open("w", encoding="utf-8") as journal:
        processus = subprocess.Popen(
            [sys.executable, "-m", "api.lancer"],
            cwd=RACINE,
            env=environnement,
            stdout=journal,
            stderr=subprocess.STDOUT,
        )
        base_url = f"http://127.0.0.1:{port}"
        try:
            _attendre(base_url, processus, dossier / "journal.txt")
            yield base_url
        finally:
            processus.send_signal(signal.SIGINT)
            processus.wait(timeout=20)


def _attendre(base_url: str, processus: subprocess.Popen[bytes], journal: Path) -> None:
    """Wait until everything answers; a process that ends, or three minutes, is a failure that shows the journal."""
    limite = time.monotonic() + 180
    while time.monotonic() < limite and processus.poll() is None:
        try:
            if httpx.get(f"{base_url}/api/v1/sante", timeout=5).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.5)
    pytest.fail(f"le serveur n'a pas démarré :\n{journal.read_text(encoding='utf-8')[-3000:]}")
