"""The data files of this folder, each read once at first use."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge.lecture import read_yaml


@lru_cache(maxsize=16)
def load_donnees(nom: str) -> Mapping[str, Any]:
    """One data file of this folder.

    Raises:
        ErreurCatalogue: the file cannot be read.
    """
    donnees: Mapping[str, Any] = read_yaml(Path(__file__).parent / f"{nom}.yml")
    return donnees
