"""All the trades behind one value, built once and passed as an argument."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from knowledge.metiers import recherche
from knowledge.metiers.donnees import DOSSIER, load_lexique
from knowledge.metiers.index import Index
from knowledge.metiers.modele import Domaine, Lexique, Metier, MetierTrouve


class Metiers:
    """The trades of the offer and the best known of the others, searchable."""

    def __init__(self, lexique: Lexique) -> None:
        self._index = Index(lexique)

    def get(self, code_rome: str) -> Metier | None:
        """A trade by code, None when it is neither in the offer nor in the list of the others."""
        return self._index.metiers.get(code_rome)

    def find_metiers(self, texte: str, limite: int = 8) -> tuple[MetierTrouve, ...]:
        """Trades for typed words, best first, at most ``limite``; empty when the words name none.

        A score under ``SCORE_SUR`` is a proposal: ask before using it. A trade out of the offer comes with
        ``metier.dans_l_offre`` False, followed by near trades of the offer when the file gives some.
        """
        return recherche.find_metiers(self._index, texte, limite)

    def reperer_metier(self, texte: str) -> MetierTrouve | None:
        """The trade a sentence names, only when sure; it may be out of the offer (``metier.dans_l_offre``).

        Who the trade belongs to, and whether it is wished or left, is not read here (see ``knowledge.faits``).
        """
        return recherche.reperer_metier(self._index, texte)

    def find_domaine(self, texte: str) -> Domaine | None:
        """The field of work a text names ("le bâtiment"), None when it names none or a precise trade."""
        return recherche.find_domaine(self._index, texte)


class AvecMetiers(Protocol):
    """What holds the trades: the base."""

    @property
    def metiers(self) -> Metiers:
        """The trades."""
        ...


def load_metiers(dossier: Path = DOSSIER) -> Metiers:
    """The trades from their files (about a tenth of a second).

    Raises:
        ErreurCatalogue: the files contradict themselves.
    """
    return Metiers(load_lexique(dossier))


def find_metiers(base: AvecMetiers | Metiers, texte: str, limite: int = 8) -> tuple[MetierTrouve, ...]:
    """Trades for typed words, from the base or from the trades; see ``Metiers.find_metiers``."""
    return _get_metiers(base).find_metiers(texte, limite)


def reperer_metier(base: AvecMetiers | Metiers, texte: str) -> MetierTrouve | None:
    """The trade a sentence surely names; see ``Metiers.reperer_metier``."""
    return _get_metiers(base).reperer_metier(texte)


def find_domaine(base: AvecMetiers | Metiers, texte: str) -> Domaine | None:
    """The field of work a text names; see ``Metiers.find_domaine``."""
    return _get_metiers(base).find_domaine(texte)


def _get_metiers(base: AvecMetiers | Metiers) -> Metiers:
    return base if isinstance(base, Metiers) else base.metiers
