"""Check the form of the code and of the content: style, types, layers, YAML. Runs no test.

Usage: ``python -m outils.verifier`` from the project's root.
"""

from __future__ import annotations

import sys
from pathlib import Path

from outils.etapes import Etape, run_etapes, show_bilan

YAML_RELUS = ("knowledge/catalogue", "knowledge/referentiels")


def build_etapes() -> list[Etape]:
    """List the checks, fastest first."""
    python = sys.executable
    # import-linter has no « python -m » entrance; its script sits beside the interpreter.
    lint_imports = str(Path(python).parent / "lint-imports")
    return [
        Etape(nom="Style du code (ruff)", commande=[python, "-m", "ruff", "check", "."]),
        Etape(nom="Mise en forme (ruff format)", commande=[python, "-m", "ruff", "format", "--check", "."]),
        Etape(
            nom="Forme des YAML (yamllint)",
            commande=[python, "-m", "yamllint", "--strict", "--config-file", ".yamllint.yml", *YAML_RELUS],
        ),
        Etape(nom="Dépendances entre dossiers (import-linter)", commande=[lint_imports, "--no-cache"]),
        Etape(nom="Types du noyau (mypy)", commande=[python, "-m", "mypy"]),
    ]


if __name__ == "__main__":
    sys.exit(show_bilan(run_etapes(build_etapes())))
