"""Throwaway servers for tests: a real PostgreSQL started from the machine's own programs, erased afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_DOSSIERS_DEBIAN = "/usr/lib/postgresql"
_ATTENTE_SECONDES = 60


def skip_or_fail(message: str) -> None:
    """Skip where a service is not installed; fail in continuous integration, where nothing may be skipped."""
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


def find_programmes_postgresql() -> Path | None:
    """Folder of initdb and pg_ctl, the newest version first; None when PostgreSQL is not installed.

    Debian keeps the server's programs out of PATH, in one folder per version.
    """
    debian = sorted(Path(_DOSSIERS_DEBIAN).glob("*/bin/initdb"), key=_read_version, reverse=True)
    trouve = shutil.which("initdb")
    candidats = [*debian, *([Path(trouve)] if trouve else [])]
    return candidats[0].parent if candidats else None


def _read_version(programme: Path) -> int:
    nom = programme.parent.parent.name
    return int(nom) if nom.isdigit() else 0


def find_port() -> int:
    """A TCP port that was free a moment ago."""
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        port: int = prise.getsockname()[1]
        return port


@contextmanager
def start_postgresql() -> Iterator[str]:
    """A new, empty PostgreSQL; gives its URL (``postgresql+psycopg://…``), then stops it and erases its files.

    Listens on 127.0.0.1 and on a socket in its own folder. Skips the test, or fails it in continuous integration, when
    the programs are not there. PostgreSQL refuses root: as root, the server runs as the system's « postgres » user.
    """
    programmes = find_programmes_postgresql()
    if programmes is None:
        skip_or_fail("PostgreSQL n'est pas installé (paquet Debian « postgresql »)")
        return
    dossier = Path(tempfile.mkdtemp(prefix="passerelle-pg-"))
    donnees, port = dossier / "donnees", find_port()
    compte = _prepare_compte(dossier)
    _run(
        programmes / "initdb",
        "--pgdata", str(donnees), "--username", "passerelle", "--auth", "trust",
        "--encoding", "UTF8", "--no-locale", "--no-sync",
        compte=compte, dossier=dossier,
    )  # fmt: skip
    # fsync off: the cluster lives a few seconds and nothing of it is kept.
    options = f"-h 127.0.0.1 -p {port} -k {dossier} -F"
    pg_ctl = programmes / "pg_ctl"
    commun = ("--pgdata", str(donnees), "--wait", "--timeout", str(_ATTENTE_SECONDES), "--silent")
    try:
        _run(
            pg_ctl, "start", *commun, "--log", str(dossier / "journal.txt"), "--options", options,
            compte=compte, dossier=dossier,
        )  # fmt: skip
        try:
            yield f"postgresql+psycopg://passerelle@127.0.0.1:{port}/postgres"
        finally:
            _run(pg_ctl, "stop", *commun, "--mode", "immediate", compte=compte, dossier=dossier)
    finally:
        shutil.rmtree(dossier, ignore_errors=True)


def _prepare_compte(dossier: Path) -> str | None:
    """The account the server runs as: None for ours, « postgres » when we are root."""
    if os.geteuid() != 0:
        return None
    try:
        compte = pwd.getpwnam("postgres")
    except KeyError:
        skip_or_fail("l'utilisateur « postgres » n'existe pas : PostgreSQL refuse d'être lancé par root")
        raise
    os.chown(dossier, compte.pw_uid, compte.pw_gid)
    return compte.pw_name


def _run(programme: Path, *arguments: str, compte: str | None, dossier: Path) -> None:
    """Run one of PostgreSQL's programs; what it said is in the error when it fails."""
    prefixe = ["runuser", "-u", compte, "--"] if compte else []
    # A file, not a pipe: the server that pg_ctl leaves behind would keep a pipe open and we would wait forever.
    with tempfile.TemporaryFile() as sortie:
        resultat = subprocess.run(
            [*prefixe, str(programme), *arguments],
            cwd=dossier,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "HOME": str(dossier)},
            stdin=subprocess.DEVNULL,
            stdout=sortie,
            stderr=subprocess.STDOUT,
            timeout=_ATTENTE_SECONDES * 2,
            check=False,
        )
        if resultat.returncode == 0:
            return
        sortie.seek(0)
        texte = sortie.read().decode("utf-8", "replace")
    journal = dossier / "journal.txt"
    texte += journal.read_text(encoding="utf-8", errors="replace") if journal.exists() else ""
    raise RuntimeError(f"{programme.name} a échoué :\n{texte}")


@contextmanager
def start_redis() -> Iterator[str]:
    """A new, empty Redis that keeps nothing on disk; gives its URL, then stops it."""
    programme = shutil.which("redis-server")
    if programme is None:
        skip_or_fail("Redis n'est pas installé (paquet Debian « redis-server »)")
        return
    port = find_port()
    with tempfile.TemporaryDirectory(prefix="passerelle-redis-") as dossier:
        processus = subprocess.Popen(
            [programme, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", dossier],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait_for_port(port)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            processus.terminate()
            processus.wait(timeout=20)


def _wait_for_port(port: int) -> None:
    limite = time.monotonic() + _ATTENTE_SECONDES
    while time.monotonic() < limite:
        with socket.socket() as prise:
            if prise.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"personne n'écoute sur le port {port}")
