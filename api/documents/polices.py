"""Fonts that can write French entirely (œ, ’, €): those of an installed package, else the system's."""

from __future__ import annotations

import importlib.util
from functools import lru_cache
from pathlib import Path

_NOMS = {"": "DejaVuSans.ttf", "B": "DejaVuSans-Bold.ttf"}
_SYSTEME = (
    Path("/usr/share/fonts/truetype/dejavu"),
    Path("/usr/share/fonts/dejavu"),
    Path("/usr/share/fonts/TTF"),
)


class PoliceAbsente(Exception):
    """No folder holds the two fonts a document needs."""


@lru_cache(maxsize=1)
def find_polices() -> dict[str, Path]:
    """The files of the regular ("") and bold ("B") fonts.

    Matplotlib, which the dialogue needs anyway, ships DejaVu; it is looked up, never imported.

    Raises:
        PoliceAbsente: when neither it nor the system has them.
    """
    for dossier in _list_dossiers():
        fichiers = {style: dossier / nom for style, nom in _NOMS.items()}
        if all(fichier.is_file() for fichier in fichiers.values()):
            return fichiers
    raise PoliceAbsente("Polices DejaVu introuvables : installez matplotlib, ou le paquet fonts-dejavu-core.")


def _list_dossiers() -> list[Path]:
    paquet = importlib.util.find_spec("matplotlib")
    if paquet is None or not paquet.submodule_search_locations:
        return list(_SYSTEME)
    return [Path(paquet.submodule_search_locations[0]) / "mpl-data" / "fonts" / "ttf", *_SYSTEME]
