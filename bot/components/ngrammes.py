"""Words, pairs of words and groups of letters of a message, as it is written and as it is heard.

A message is weighed as the vectorizers and a product of matrices would do it, without their matrices: a message is short.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.components.sons import write_sons
from knowledge.territoires.normalisation import fold

_MOT = r"[^ ]+"


@dataclass(frozen=True, slots=True)
class Poids:
    """What each n-gram of one family gives to each intent."""

    decoupe: Callable[[str], Iterable[str]]
    rangs: Mapping[str, int]
    idf: np.ndarray
    poids: np.ndarray

    def weigh(self, ecrit: str) -> np.ndarray:
        """What the n-grams of a text, written as its family wants it, give to each intent."""
        connus = Counter(map(self.rangs.get, self.decoupe(ecrit)))
        connus.pop(None, None)
        if not connus:
            return np.zeros(self.poids.shape[1], dtype=np.float32)
        rangs = list(connus)
        valeurs = (1.0 + np.log(list(connus.values()))) * self.idf[rangs]
        return (valeurs / np.linalg.norm(valeurs)).astype(np.float32) @ self.poids[rangs]


def build_mots() -> TfidfVectorizer:
    """Words and pairs of words met twice, weighted by rarity."""
    return TfidfVectorizer(
        analyzer="word", ngram_range=(1, 2), sublinear_tf=True, token_pattern=_MOT, min_df=2
    )


def build_signes() -> TfidfVectorizer:
    """Groups of two to four letters inside words, weighted by rarity."""
    return TfidfVectorizer(
        analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, min_df=3, max_features=12_000
    )


_ECRITURES = {"ecrits": fold, "entendus": write_sons}
_DECOUPES = {"mots": build_mots, "signes": build_signes}


class Ngrammes:
    """The four families of n-grams: words and letters, written and heard."""

    def __init__(self) -> None:
        self._familles = {
            (decoupe, ecriture): build() for ecriture in _ECRITURES for decoupe, build in _DECOUPES.items()
        }
        self._poids: dict[tuple[str, str], Poids] = {}

    def fit(self, textes: Sequence[str]) -> sp.csr_matrix:
        """Learn the n-grams of the texts; the weighted n-grams of each text."""
        ecrits = {ecriture: [write(texte) for texte in textes] for ecriture, write in _ECRITURES.items()}
        blocs = [
            vectoriseur.fit_transform(ecrits[ecriture])
            for (_, ecriture), vectoriseur in self._familles.items()
        ]
        return sp.hstack(blocs, format="csr", dtype=np.float32)

    def set_poids(self, poids: np.ndarray) -> None:
        """Keep what each n-gram gives to each intent; ``poids``: a row for each column of ``fit``."""
        fins = np.cumsum([len(vectoriseur.vocabulary_) for vectoriseur in self._familles.values()])
        tranches = np.split(poids, fins[:-1])
        self._poids = {
            nom: Poids(vectoriseur.build_analyzer(), vectoriseur.vocabulary_, vectoriseur.idf_, tranche)
            for (nom, vectoriseur), tranche in zip(self._familles.items(), tranches, strict=True)
        }

    def weigh(self, texte: str) -> np.ndarray:
        """What the n-grams of a message give to each intent."""
        ecrits = {ecriture: write(texte) for ecriture, write in _ECRITURES.items()}
        return np.sum([poids.weigh(ecrits[ecriture]) for (_, ecriture), poids in self._poids.items()], axis=0)

    def knows(self, texte: str) -> bool:
        """Whether at least one word of the message was met in training: « zzzz qqqq » must not be guessed."""
        return any(
            mot in self._poids["mots", ecriture].rangs
            for ecriture, write in _ECRITURES.items()
            for mot in write(texte).split()
            if len(mot) >= 2
        )

    def read_idf(self) -> dict[str, np.ndarray]:
        """The rarity of each n-gram, by name of family."""
        return {
            f"idf_{decoupe}_{ecriture}": vectoriseur.idf_
            for (decoupe, ecriture), vectoriseur in self._familles.items()
        }

    def read_vocabulaires(self) -> dict[str, dict[str, int]]:
        """The rank of each n-gram, by name of family."""
        return {
            f"{decoupe}_{ecriture}": {cle: int(rang) for cle, rang in vectoriseur.vocabulary_.items()}
            for (decoupe, ecriture), vectoriseur in self._familles.items()
        }

    def restore(self, vocabulaires: Mapping[str, dict[str, int]], idf: Mapping[str, Any]) -> None:
        """Become again what ``read_vocabulaires`` and ``read_idf`` described."""
        for (decoupe, ecriture), vectoriseur in self._familles.items():
            vectoriseur.vocabulary_ = vocabulaires[f"{decoupe}_{ecriture}"]
            vectoriseur.idf_ = idf[f"idf_{decoupe}_{ecriture}"]
