"""The classifier weighs the n-grams of a message without matrices, and finds what they would have given."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.components.classifieur import _build_mots, _build_signes, _Ngrammes

PHRASES = [
    "je cherche un travail",
    "je cherche une formation",
    "un travail de nuit",
    "une formation de nuit",
] * 3


@pytest.mark.parametrize("vectoriseur", [_build_mots(), _build_signes()], ids=["mots", "signes"])
@pytest.mark.parametrize("message", [*PHRASES[:2], "je cherche, je cherche un travail de nuit", "zzz", ""])
def test_les_ngrammes_pesent_ce_que_donnerait_le_produit_des_matrices(
    vectoriseur: TfidfVectorizer, message: str
) -> None:
    vectoriseur.fit(PHRASES)
    poids = np.random.default_rng(3).normal(size=(len(vectoriseur.vocabulary_), 5)).astype(np.float32)
    ngrammes = _Ngrammes(vectoriseur.build_analyzer(), vectoriseur.vocabulary_, vectoriseur.idf_, poids)
    attendu = np.asarray(vectoriseur.transform([message]) @ poids)[0]
    np.testing.assert_allclose(ngrammes.weigh(message), attendu, atol=1e-5)
