"""What the readers ask of the known trades, and from which likeness on a name is one."""

from __future__ import annotations

from typing import Any, Protocol

SCORE_SUR = 0.9
RESSEMBLANCE = 75  # percent: a word that merely leads to a trade is not its name
FABRIQUE_LETTRES_MIN = 7  # letters: « série » is no workplace
_PAS_UNE_FABRIQUE = frozenset(
    "loterie sonnerie batterie connerie conneries tricherie galerie fourberie moquerie intemperie messagerie".split()  # noqa: SIM905
)


class Metiers(Protocol):
    """What is used of the métiers: trades and fields by name."""

    def find_metiers(self, texte: str, limite: int = 5) -> Any:
        """Trades for typed words, best first."""
        ...

    def reperer_metier(self, texte: str) -> Any:
        """The trade that stands in a sentence, None when there is none."""
        ...

    def find_domaine(self, texte: str) -> Any:
        """The field of work that the words name, None when they name none."""
        ...


def is_fabrique(mot: str) -> bool:
    """« fonderie », « laiterie »: a word that ends so is a workplace or its trade."""
    return mot.endswith("erie") and len(mot) >= FABRIQUE_LETTRES_MIN and mot not in _PAS_UNE_FABRIQUE
