"""N-grams of a message: weighed without matrices as with them, and shared by two spellings that sound alike."""

from __future__ import annotations

import numpy as np
import pytest

from bot.components.ngrammes import Ngrammes
from bot.components.sons import write_sons

PHRASES = [
    "je cherche un travail",
    "je cherche une formation",
    "un travail de nuit",
    "j'attends une formation de nuit",
] * 3


@pytest.mark.parametrize("message", [*PHRASES[:4], "je cherche, je cherche un travail de nuit", "zzz", ""])
def test_les_ngrammes_pesent_ce_que_donnerait_le_produit_des_matrices(message: str) -> None:
    ngrammes = Ngrammes()
    matrice = ngrammes.fit([*PHRASES, message])
    poids = np.random.default_rng(3).normal(size=(matrice.shape[1], 5)).astype(np.float32)
    ngrammes.set_poids(poids)

    np.testing.assert_allclose(ngrammes.weigh(message), (matrice[-1] @ poids).ravel(), atol=1e-5)


def test_relus_ils_pesent_autant() -> None:
    appris, relus = Ngrammes(), Ngrammes()
    poids = np.random.default_rng(3).normal(size=(appris.fit(PHRASES).shape[1], 5)).astype(np.float32)
    relus.restore(appris.read_vocabulaires(), appris.read_idf())
    for ngrammes in (appris, relus):
        ngrammes.set_poids(poids)

    np.testing.assert_array_equal(relus.weigh("je cherche la nuit"), appris.weigh("je cherche la nuit"))


@pytest.mark.parametrize(
    ("dit", "tape"),
    [
        ("j'attends", "jatten"),
        ("ça fait", "sa fé"),
        ("quand j'étais", "kan jété"),
        ("c'est quand", "sé kan"),
        ("un bateau", "un bato"),
        ("il faut que je travaille", "il fo ke je travail"),
        ("payer", "payé"),
        ("toujours pas", "toujour pa"),
        ("une maison", "une mézon"),
        ("moi aussi", "moi ossi"),
    ],
)
def test_deux_ecritures_qui_se_disent_pareil_deviennent_la_meme(dit: str, tape: str) -> None:
    assert write_sons(dit).replace(" ", "") == write_sons(tape).replace(" ", "")


def test_deux_mots_qui_ne_se_disent_pas_pareil_restent_differents() -> None:
    mots = ["travail", "logement", "garde", "permis", "métier", "maison", "argent", "français"]
    assert len({write_sons(mot) for mot in mots}) == len(mots)


@pytest.mark.parametrize("texte", ["Мне нужна работа", "我需要工作", "أبحث عن عمل"])
def test_une_autre_ecriture_que_la_latine_reste_lisible(texte: str) -> None:
    assert write_sons(texte) == texte.lower()
