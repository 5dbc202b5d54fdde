"""What is measured was never learnt: no held-out message is in the training data, word for word or nearly."""

from __future__ import annotations

import pytest

from outils.ressemblances import (
    find_partagees,
    list_developpement_des_faits,
    list_entrainement,
    list_tenus_a_l_ecart,
)

TENUS_A_L_ECART = list_tenus_a_l_ecart()


@pytest.mark.parametrize("jeu", sorted(TENUS_A_L_ECART))
def test_aucun_message_d_evaluation_ne_sert_a_l_entrainement(jeu: str) -> None:
    connus = list_developpement_des_faits() if jeu == "faits" else list_entrainement()
    assert not find_partagees(TENUS_A_L_ECART[jeu], connus)


def test_une_phrase_presque_identique_est_vue() -> None:
    assert find_partagees(["Je cherche du travail !"], ["je cherche du travail"])
    assert not find_partagees(["Je cherche du travail à Bondy"], ["je veux apprendre l'anglais"])
