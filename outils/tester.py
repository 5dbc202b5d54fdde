"""Run everything that must be green: training, checks, dialogue data, dialogue stories, pytest.

Usage: ``python -m outils.tester`` from the project's root. All steps run even when one fails.
"""

from __future__ import annotations

import sys

from outils import verifier
from outils.commande_rasa import (
    MODELE,
    RACINE,
    SOURCES_DIALOGUE,
    build_commande_rasa,
    build_environnement_rasa,
)
from outils.etapes import Etape, run_etapes, show_bilan

CONVERSATIONS = "tests/conversations"


def build_etapes() -> list[Etape]:
    """List the steps: what the tests need comes first, pytest and its summary come last."""
    environnement = build_environnement_rasa()
    etapes = [
        Etape(nom="Entraînement du modèle", commande=[sys.executable, "-m", "outils.entrainer"]),
        *verifier.build_etapes(),
        Etape(
            nom="Données de dialogue (rasa data validate)",
            commande=build_commande_rasa("data", "validate", *SOURCES_DIALOGUE),
            environnement=environnement,
        ),
    ]
    if any((RACINE / CONVERSATIONS).glob("test_*.yml")):
        etapes.append(
            Etape(
                nom="Conversations (rasa test core)",
                commande=build_commande_rasa(
                    *("test", "core", "--model", str(MODELE.relative_to(RACINE)), "--stories", CONVERSATIONS),
                    *("--out", ".resultats/conversations", "--no-plot", "--fail-on-prediction-errors"),
                ),
                environnement=environnement,
            )
        )
    etapes.append(Etape(nom="Tests (pytest)", commande=[sys.executable, "-m", "pytest", "--durations=10"]))
    return etapes


if __name__ == "__main__":
    sys.exit(show_bilan(run_etapes(build_etapes())))
