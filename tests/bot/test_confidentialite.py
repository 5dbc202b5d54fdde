"""What is never kept: identifying numbers, details of health."""

from __future__ import annotations

import pytest

from bot.confidentialite import load_confidentialite

REGLES = load_confidentialite()


@pytest.mark.parametrize(
    "numero",
    [
        "1 85 05 78 006 084 91",
        "185057800608491",
        "2 69 05 2A 588 157 80",
        "FR76 3000 6000 0112 3456 7890 189",
        "FR7630006000011234567890189",
        "4970 1012 3456 7890",
        "06 12 34 56 78",
        "+33 6 12 34 56 78",
        "0612345678",
        "nadia.b@exemple.fr",
    ],
)
def test_un_numero_qui_designe_une_personne_est_efface(numero: str) -> None:
    propre, trouve = REGLES.remove_numeros(f"voici {numero} merci")
    assert trouve
    assert propre == "voici [numéro effacé] merci"


@pytest.mark.parametrize(
    "texte",
    [
        "j'ai 22 ans et 3 enfants",
        "j'habite 93200 Saint-Denis",
        "le 115 et le 3949 ne répondent pas",
        "je suis né le 12/05/1985",
        "de 2001 à 2015 j'étais maçon",
        "j'ai un CACES 3 et le permis B depuis 1999",
    ],
)
def test_un_message_ordinaire_n_est_pas_change(texte: str) -> None:
    assert REGLES.remove_numeros(texte) == (texte, False)


@pytest.mark.parametrize(
    "texte",
    ["j'ai un cancer", "Je suis en DÉPRESSION depuis un an", "je suis enceinte", "depuis mon AVC"],
)
def test_un_detail_de_sante_est_reconnu(texte: str) -> None:
    assert REGLES.has_sante(texte)


@pytest.mark.parametrize("texte", ["j'ai un handicap", "ma santé me freine", "j'ai la RQTH"])
def test_dire_qu_on_a_un_handicap_n_est_pas_un_detail_de_sante(texte: str) -> None:
    assert not REGLES.has_sante(texte)


def test_avec_ecrit_en_texto_n_est_pas_une_maladie() -> None:
    assert not REGLES.has_sante("g plu dappart, jdor ds la voiture avc mon fis")


def test_un_message_sur_la_sante_n_est_pas_garde_mot_pour_mot() -> None:
    evenement = {
        "event": "user",
        "text": "j'ai un cancer",
        "parse_data": {"text": "j'ai un cancer", "intent": {}},
    }
    assert "cancer" not in str(REGLES.clean_evenement(evenement))
