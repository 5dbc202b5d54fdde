"""Measure how well needs are recognised: cross-validation of the NLU pipeline on the training data.

Usage: ``python -m outils.evaluer`` from the project's root. Trains one model per fold: several minutes.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from outils.commande_rasa import RACINE, build_commande_rasa, build_environnement_rasa
from outils.etapes import Etape, run_etapes, show_bilan

RAPPORTS = RACINE / ".resultats" / "comprehension"
PLIS = 3


def read_synthese(rapport: Path) -> str:
    """Return one French sentence from Rasa's report of intents (accuracy and macro F1 between 0 and 1)."""
    mesures = json.loads(rapport.read_text())
    return (
        f"Besoins et intentions reconnus : {mesures['accuracy']:.3f} des phrases "
        f"(F1 moyen {mesures['macro avg']['f1-score']:.3f}, {mesures['macro avg']['support']:.0f} phrases)"
    )


def main() -> int:
    """Run the cross-validation and print its summary; return 0 when it could be done."""
    commande = build_commande_rasa(
        *("test", "nlu", "--cross-validation", "--folds", str(PLIS), "--config", "config.yml"),
        *(
            "--domain",
            "bot/domain",
            "--nlu",
            "data/nlu",
            "--out",
            str(RAPPORTS.relative_to(RACINE)),
            "--no-plot",
        ),
    )
    etape = Etape(
        nom=f"Validation croisée à {PLIS} plis", commande=commande, environnement=build_environnement_rasa()
    )
    code = show_bilan(run_etapes([etape]))
    rapport = RAPPORTS / "intent_report.json"
    if code == 0 and rapport.is_file():
        print(read_synthese(rapport))
    return code


if __name__ == "__main__":
    sys.exit(main())
