"""How the project calls Rasa's command line: same interpreter, same settings, everywhere."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent
MODELE = RACINE / "models" / "passerelle.tar.gz"

REGLAGES = {
    # Nothing about a person leaves the machine.
    "RASA_TELEMETRY_ENABLED": "false",
    # TensorFlow is imported by Rasa even though our pipeline does not use it: keep it silent and off any GPU.
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "-1",
    # The deprecation warnings of Rasa's own code are not ours to fix.
    "PYTHONWARNINGS": "ignore",
    "PYTHONUNBUFFERED": "1",
}

SOURCES_DIALOGUE = ["--config", "config.yml", "--domain", "bot/domain", "--data", "data"]


def build_commande_rasa(*arguments: str) -> list[str]:
    """Return the command that runs Rasa with these arguments, to be started from the project's root."""
    return [sys.executable, "-m", "rasa", *arguments]


def build_environnement_rasa(environnement: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment for a Rasa command: the given one (default: ours) with our settings on top."""
    return {**(os.environ if environnement is None else environnement), **REGLAGES}
