"""The one tree of errors raised by the knowledge core.

    ErreurPasserelle
    ├── ErreurCatalogue            a file of the catalogue or of the referentials is wrong (found at load)
    ├── ErreurSituation            a situation given from outside is wrong
    │   ├── CritereInconnu         a key that is not a criterion
    │   └── ValeurInvalide         a value outside the type, unit or list of its criterion
    ├── BesoinInconnu              an id that is not one of the besoins
    └── FicheIntrouvable           an id of dispositif, formation or parcours type that does not exist

Every message is a French sentence that can be shown to a person as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def find_proche(mot: str, possibles: Iterable[str]) -> str | None:
    """The valid word nearest to ``mot``, or None when nothing resembles it."""
    proches = get_close_matches(mot, list(possibles), n=1, cutoff=0.5)
    return proches[0] if proches else None


class ErreurPasserelle(Exception):
    """Root of the tree: its text is a French sentence for the person concerned."""


class ErreurCatalogue(ErreurPasserelle):
    """One or more faults found while loading files; ``fautes`` lists them one by one."""

    def __init__(self, fautes: list[str]) -> None:
        self.fautes = fautes = list(dict.fromkeys(fautes))
        entete = f"{len(fautes)} erreur(s) dans la base de connaissances :"
        super().__init__("\n".join([entete, *(f"  - {faute}" for faute in fautes)]))


class ErreurSituation(ErreurPasserelle):
    """A situation received from outside cannot be used as it is."""

    def __init__(self, message: str, *, critere: str) -> None:
        super().__init__(message)
        self.critere = critere


class CritereInconnu(ErreurSituation):
    """An unknown key; ``proche`` is the nearest valid key, or None when nothing resembles it."""

    def __init__(self, critere: str, proche: str | None) -> None:
        suite = f" Vouliez-vous écrire « {proche} » ?" if proche else ""
        super().__init__(f"Le critère « {critere} » n'existe pas.{suite}", critere=critere)
        self.proche = proche

    @classmethod
    def among(cls, critere: str, criteres: Iterable[str]) -> CritereInconnu:
        """The error for ``critere``, with the nearest of the valid keys."""
        return cls(critere[:60], find_proche(critere, criteres))


class ValeurInvalide(ErreurSituation):
    """A value that its criterion does not accept."""


class BesoinInconnu(ErreurPasserelle):
    """An id that is not a besoin; ``proche`` is the nearest valid id, or None."""

    def __init__(self, besoin: str, proche: str | None) -> None:
        suite = f" Vouliez-vous écrire « {proche} » ?" if proche else ""
        super().__init__(f"Le besoin « {besoin} » n'existe pas.{suite}")
        self.besoin = besoin
        self.proche = proche


class FicheIntrouvable(ErreurPasserelle):
    """No record with this id; ``proche`` is the nearest valid id, or None."""

    def __init__(self, identifiant: str, proche: str | None) -> None:
        suite = f" Vouliez-vous écrire « {proche} » ?" if proche else ""
        super().__init__(f"La fiche « {identifiant} » n'existe pas.{suite}")
        self.identifiant = identifiant
        self.proche = proche
