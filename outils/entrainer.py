"""Train the dialogue model when it is missing or no longer matches what it is made from.

The decision rests on a hash of the content, kept beside the model: dates mean nothing in a fresh clone.
Usage: ``python -m outils.entrainer [--forcer]`` from the project's root.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TextIO

from outils.commande_rasa import (
    MODELE,
    RACINE,
    SOURCES_DIALOGUE,
    build_commande_rasa,
    build_environnement_rasa,
)

# Everything that changes what the trained model does.
INGREDIENTS = ("config.yml", "data", "bot/domain", "bot/components")
TEMOIN = MODELE.with_suffix("").with_suffix(".sha256")
JOURNAL = MODELE.parent / "entrainement.log"
ATTENTE_S = 1.0
LIGNES_D_ERREUR = 15


def list_fichiers(racine: Path, ingredients: Iterable[str] = INGREDIENTS) -> list[Path]:
    """List the files a model is made from, sorted, without caches nor hidden files; empty if there is none."""
    trouves: list[Path] = []
    for ingredient in ingredients:
        chemin = racine / ingredient
        trouves += [chemin] if chemin.is_file() else [f for f in chemin.rglob("*") if f.is_file()]
    utiles = [f for f in trouves if "__pycache__" not in f.parts and not f.name.startswith(".")]
    return sorted(f for f in utiles if f.suffix != ".md")


def compute_empreinte(racine: Path) -> str:
    """Return the hash of the model's ingredients and of the version of Rasa that reads them."""
    condense = hashlib.sha256(f"rasa {version('rasa')}".encode())
    for fichier in list_fichiers(racine):
        condense.update(f"\0{fichier.relative_to(racine).as_posix()}\0".encode())
        condense.update(fichier.read_bytes())
    return condense.hexdigest()


def is_a_jour(empreinte: str, *, modele: Path = MODELE, temoin: Path = TEMOIN) -> bool:
    """Tell whether the model exists and was trained from exactly these ingredients."""
    return modele.is_file() and temoin.is_file() and temoin.read_text().strip() == empreinte


def read_etape(journal: Path) -> str:
    """Return the component being trained, from the last lines of the log; empty when not known yet."""
    for ligne in reversed(journal.read_text(errors="replace").splitlines()[-50:]):
        if "Starting to train component '" in ligne:
            return ligne.split("'")[1].rsplit(".", 1)[-1]
    return ""


def read_erreurs(journal: Path) -> list[str]:
    """Return the last lines of the log, without the libraries' warnings, which would hide the cause."""
    utiles: list[str] = []
    apres_avertissement = False
    for ligne in journal.read_text(errors="replace").splitlines():
        avertissement = "Warning: " in ligne
        # Python quotes the line of code under each warning, indented.
        if ligne.strip() and not avertissement and not (apres_avertissement and ligne.startswith("  ")):
            utiles.append(ligne)
        apres_avertissement = avertissement
    return utiles[-LIGNES_D_ERREUR:]


def show_progression(sortie: TextIO, *, debut: float, etape: str) -> None:
    """Write one progress line; on a terminal it replaces the previous one."""
    detail = f" ({etape})" if etape else ""
    ligne = f"Entraînement du modèle de dialogue : {time.monotonic() - debut:.0f} s{detail}"
    sortie.write(f"\r{ligne:<100}" if sortie.isatty() else f"{ligne}\n")
    sortie.flush()


def run_entrainement(commande: Sequence[str], *, journal: Path, sortie: TextIO, racine: Path = RACINE) -> int:
    """Run the training with its output in ``journal`` and its progress on ``sortie``; return its exit code.

    A terminal sees a line that moves each second; a log file gets one line each fifteen seconds.
    """
    debut = dernier = time.monotonic()
    with journal.open("w") as fichier:
        processus = subprocess.Popen(
            commande, cwd=racine, env=build_environnement_rasa(), stdin=subprocess.DEVNULL,
            stdout=fichier, stderr=subprocess.STDOUT,
        )  # fmt: skip
        show_progression(sortie, debut=debut, etape="démarrage de Rasa")
        try:
            while True:
                try:
                    code = processus.wait(timeout=ATTENTE_S)
                    break
                except subprocess.TimeoutExpired:
                    if sortie.isatty() or time.monotonic() - dernier >= 15:
                        dernier = time.monotonic()
                        show_progression(sortie, debut=debut, etape=read_etape(journal))
        finally:
            if processus.poll() is None:
                processus.terminate()
                processus.wait()
    if sortie.isatty():
        sortie.write("\r" + " " * 100 + "\r")
    return code


def main(arguments: Sequence[str]) -> int:
    """Train if needed; return 0 when an up-to-date model is in place."""
    if not (RACINE / "config.yml").is_file():
        print(
            "Il manque config.yml à la racine : le modèle de dialogue ne peut pas être entraîné.",
            file=sys.stderr,
        )
        return 1
    empreinte = compute_empreinte(RACINE)
    if is_a_jour(empreinte) and "--forcer" not in arguments:
        print("Le modèle de dialogue est à jour.")
        return 0
    MODELE.parent.mkdir(exist_ok=True)
    # Without its stamp, a model left by an interrupted training is never taken for a good one.
    TEMOIN.unlink(missing_ok=True)
    commande = build_commande_rasa(
        "train", *SOURCES_DIALOGUE, "--out", "models", "--fixed-model-name", "passerelle", "-v"
    )
    debut = time.monotonic()
    try:
        code = run_entrainement(commande, journal=JOURNAL, sortie=sys.stderr)
    except KeyboardInterrupt:
        print("\nEntraînement interrompu : relancez « make entrainer » quand vous voulez.", file=sys.stderr)
        return 130
    if code != 0 or not MODELE.is_file():
        print("L'entraînement a échoué. Dernières lignes du journal :", file=sys.stderr)
        print("\n".join(f"    {ligne}" for ligne in read_erreurs(JOURNAL)), file=sys.stderr)
        print(f"Journal complet : {JOURNAL.relative_to(RACINE)}", file=sys.stderr)
        return code or 1
    TEMOIN.write_text(f"{empreinte}\n")
    print(f"Modèle de dialogue entraîné en {time.monotonic() - debut:.0f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
