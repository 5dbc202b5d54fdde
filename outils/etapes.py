"""Run named commands one after the other, time them, and sum up in French."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, kw_only=True)
class Etape:
    """One command to run from the project's root; ``environnement`` None means ours."""

    nom: str
    commande: Sequence[str]
    environnement: Mapping[str, str] | None = None


@dataclass(frozen=True, kw_only=True)
class Bilan:
    """What became of one step; ``duree_s`` in seconds."""

    nom: str
    code: int
    duree_s: float


def run_etapes(etapes: Sequence[Etape], *, racine: Path = RACINE) -> list[Bilan]:
    """Run every step in order, the next ones too when one fails: all faults are seen at once."""
    bilans: list[Bilan] = []
    for etape in etapes:
        print(f"\n== {etape.nom}", flush=True)
        debut = time.monotonic()
        try:
            code = subprocess.run(
                etape.commande, cwd=racine, env=etape.environnement, stdin=subprocess.DEVNULL, check=False
            ).returncode
        except FileNotFoundError:
            print(f"Commande introuvable : {etape.commande[0]} (lancez « make installer »)", file=sys.stderr)
            code = 127
        bilans.append(Bilan(nom=etape.nom, code=code, duree_s=time.monotonic() - debut))
    return bilans


def show_bilan(bilans: Sequence[Bilan]) -> int:
    """Print each step with its result and duration, then the total; return 0 when all passed, else 1."""
    print("\n== Bilan")
    for bilan in bilans:
        resultat = "réussi" if bilan.code == 0 else f"ÉCHEC (code {bilan.code})"
        print(f"  {bilan.nom:<45} {bilan.duree_s:7.1f} s  {resultat}")
    print(f"  {'Total':<45} {sum(bilan.duree_s for bilan in bilans):7.1f} s")
    return 0 if all(bilan.code == 0 for bilan in bilans) else 1
