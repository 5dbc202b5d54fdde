"""Start and watch the two processes of Passerelle: the API with its page, and the dialogue behind it.

Usage: ``python -m api.lancer`` (what ``make lancer`` runs). Settings come from the environment:
``PASSERELLE_HOTE`` (127.0.0.1), ``PASSERELLE_PORT`` (8000), ``PASSERELLE_BOT_PORT`` (8001, loopback only),
``PASSERELLE_MODELE`` (models/passerelle.tar.gz).

Imports neither FastAPI nor Rasa: the address is printed within a second or two, while both still load.
Prints states only, never what a person wrote.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from api.processus import Lanceur, Service

HOTE_DIALOGUE = "127.0.0.1"

# Rasa and TensorFlow comment their own start at length; none of it helps the person who typed the command.
ENVIRONNEMENT_DISCRET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "-1",
    "PYTHONWARNINGS": "ignore",
    "PYTHONUNBUFFERED": "1",
}


class LancementImpossible(Exception):
    """Passerelle cannot start; the text is a French sentence that says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reglages:
    """Where to listen and which model to load, as read from the environment."""

    hote: str = "127.0.0.1"
    port: int = 8000
    port_dialogue: int = 8001
    modele: Path = Path("models/passerelle.tar.gz")

    @property
    def adresse(self) -> str:
        """The address to type in a browser on this machine."""
        local = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(self.hote, self.hote)
        return f"http://[{local}]:{self.port}" if ":" in local else f"http://{local}:{self.port}"


def read_port(environnement: Mapping[str, str], variable: str, defaut: int) -> int:
    """Read a port number from ``variable``; raise LancementImpossible when it is not one."""
    valeur = environnement.get(variable) or str(defaut)
    if not valeur.isdecimal() or not 0 < int(valeur) < 65536:
        raise LancementImpossible(
            f"{variable} vaut « {valeur} » : il faut un numéro de port, entre 1 et 65535."
        )
    return int(valeur)


def read_reglages(environnement: Mapping[str, str]) -> Reglages:
    """Read the settings; raise LancementImpossible when one of them cannot be used."""
    reglages = Reglages(
        hote=environnement.get("PASSERELLE_HOTE") or "127.0.0.1",
        port=read_port(environnement, "PASSERELLE_PORT", 8000),
        port_dialogue=read_port(environnement, "PASSERELLE_BOT_PORT", 8001),
        modele=Path(environnement.get("PASSERELLE_MODELE") or "models/passerelle.tar.gz"),
    )
    if reglages.port == reglages.port_dialogue:
        raise LancementImpossible(
            f"PASSERELLE_PORT et PASSERELLE_BOT_PORT valent tous deux {reglages.port} : "
            "il en faut deux différents."
        )
    return reglages


def check_modele(modele: Path) -> None:
    """Raise LancementImpossible when the trained model is not there."""
    if not modele.is_file():
        raise LancementImpossible(
            f"Le modèle de dialogue {modele} n'existe pas encore. Lancez « make entrainer »."
        )


def check_port_libre(hote: str, port: int, *, variable: str) -> None:
    """Raise LancementImpossible, naming the port and its variable, when we could not listen there."""
    try:
        famille, genre, _, _, adresse = socket.getaddrinfo(hote, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(famille, genre) as essai:
            # As the servers do: a port that has just been left is free.
            essai.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            essai.bind(adresse)
    except socket.gaierror:
        raise LancementImpossible(f"L'adresse « {hote} » (PASSERELLE_HOTE) n'existe pas.") from None
    except PermissionError:
        raise LancementImpossible(
            f"Le port {port} est réservé à l'administrateur. Choisissez-en un plus grand que 1023 : "
            f"{variable}=8010 make lancer"
        ) from None
    except OSError as erreur:
        if erreur.errno in (98, 48):  # EADDRINUSE on Linux, on macOS
            raise LancementImpossible(
                f"Le port {port} est déjà utilisé par un autre programme. Arrêtez ce programme, "
                f"ou choisissez un autre port : {variable}={port + 10} make lancer"
            ) from None
        raise LancementImpossible(
            f"Impossible d'écouter sur {hote}, port {port} (PASSERELLE_HOTE, {variable}) : {erreur.strerror}."
        ) from None


def build_services(reglages: Reglages) -> list[Service]:
    """List the two real processes, the API first: its page is what the person is waiting for."""
    python = sys.executable
    commun = {
        "PASSERELLE_HOTE": reglages.hote,
        "PASSERELLE_PORT": str(reglages.port),
        "PASSERELLE_BOT_PORT": str(reglages.port_dialogue),
        "PASSERELLE_MODELE": str(reglages.modele),
    }
    commande_api = [
        *(python, "-m", "uvicorn", "api.app:create_app", "--factory"),
        *("--host", reglages.hote, "--port", str(reglages.port)),
        # websockets 10.4, which Rasa pins, is too old for uvicorn; and the API has no use for it.
        *("--ws", "none", "--log-level", "warning", "--no-access-log"),
        *("--timeout-graceful-shutdown", "3"),
    ]
    return [
        Service(
            nom="API",
            commande=commande_api,
            url_sante=f"{reglages.adresse}/api/v1/sante",
            annonce=f"Passerelle : {reglages.adresse}",
            toute_reponse_suffit=True,
            environnement=commun,
        ),
        Service(
            nom="Dialogue",
            commande=[python, "-m", "bot.server"],
            url_sante=f"http://{HOTE_DIALOGUE}:{reglages.port_dialogue}/sante",
            annonce="Le dialogue est prêt ({duree} s)",
            environnement=commun | ENVIRONNEMENT_DISCRET,
        ),
    ]


async def run_services(services: Sequence[Service], *, sortie: TextIO) -> int:
    """Run services until Ctrl-C, SIGTERM or the terminal's closing; return the exit code."""
    lanceur = Lanceur(services, sortie=sortie)
    boucle = asyncio.get_running_loop()
    for signal_d_arret in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        boucle.add_signal_handler(signal_d_arret, lanceur.ask_arret)
    return await lanceur.run()


def main(environnement: Mapping[str, str] | None = None, *, sortie: TextIO | None = None) -> int:
    """Check that Passerelle can start, then run it; return the exit code (1 after a French reason)."""
    sortie = sortie or sys.stdout
    try:
        reglages = read_reglages(os.environ if environnement is None else environnement)
        check_modele(reglages.modele)
        check_port_libre(reglages.hote, reglages.port, variable="PASSERELLE_PORT")
        check_port_libre(HOTE_DIALOGUE, reglages.port_dialogue, variable="PASSERELLE_BOT_PORT")
    except LancementImpossible as erreur:
        print(erreur, file=sortie, flush=True)
        return 1
    print("Démarrage de Passerelle… (Ctrl-C pour arrêter)", file=sortie, flush=True)
    return asyncio.run(run_services(build_services(reglages), sortie=sortie))


if __name__ == "__main__":
    sys.exit(main())
