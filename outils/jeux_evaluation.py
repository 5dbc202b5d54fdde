"""The held-out messages of ``tests/evaluation``: read once, in the shape the measures need."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from outils.commande_rasa import RACINE

DOSSIER = RACINE / "tests" / "evaluation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A message and what is right to understand; ``besoins`` best first, empty for what is out of scope."""

    texte: str
    besoins: tuple[str, ...]
    langue: str
    jeu: str


def read_jeu(nom: str) -> dict[str, Any]:
    """A file of the folder, by its path without suffix."""
    contenu: dict[str, Any] = yaml.safe_load((DOSSIER / f"{nom}.yml").read_text(encoding="utf-8"))
    return contenu


def iter_besoins() -> Iterator[Phrase]:
    """Messages with one need or two, register after register."""
    for fichier in sorted((DOSSIER / "besoins").glob("*.yml")):
        for phrase in read_jeu(f"besoins/{fichier.stem}")["phrases"]:
            yield Phrase(
                texte=phrase["texte"],
                besoins=tuple(phrase["besoins"]),
                langue=phrase.get("langue", "fr"),
                jeu=fichier.stem,
            )


def iter_hors_sujet() -> Iterator[Phrase]:
    """Messages to which no need answers."""
    for phrase in read_jeu("hors_sujet")["phrases"]:
        yield Phrase(texte=phrase["texte"], besoins=(), langue=phrase.get("langue", "fr"), jeu="hors_sujet")


def list_textes() -> list[str]:
    """Every held-out message, to be compared with the training data."""
    textes = []
    for fichier in sorted(Path(DOSSIER).rglob("*.yml")):
        contenu = yaml.safe_load(fichier.read_text(encoding="utf-8"))
        textes += [ligne["texte"] for ligne in contenu.get("phrases") or contenu.get("messages") or ()]
    return textes
