"""Trades in everyday words, matched to ROME codes. Begin with ``load_metiers()`` and ``Metiers``."""

from __future__ import annotations

from knowledge.metiers.cles import build_cle
from knowledge.metiers.modele import SCORE_SUR, Domaine, Metier, MetierTrouve
from knowledge.metiers.service import Metiers, find_domaine, find_metiers, load_metiers, reperer_metier

__all__ = [
    "SCORE_SUR",
    "Domaine",
    "Metier",
    "MetierTrouve",
    "Metiers",
    "build_cle",
    "find_domaine",
    "find_metiers",
    "load_metiers",
    "reperer_metier",
]
