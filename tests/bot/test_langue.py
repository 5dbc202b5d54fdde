"""Which language a message is in: texted French is French, and the conversation changes language only for another one."""

from __future__ import annotations

import pytest

from bot.components.langue import LangueDetector

DETECTEUR = LangueDetector()


@pytest.mark.parametrize(
    "texte",
    [
        "c pa vrmt sa mon soucis",
        "jen ai mar de tt sa",
        "les gens comprene pa kan je parle",
        "on me prend si g le caces",
        "jsui bloké sur ameli",
        "pret pr food truck je sai pa ou aller",
        "entretien en english jsui foutu",
        "un petit bled à la campagne",
        "la nounou a dit non, complet",
    ],
)
def test_du_francais_ecrit_en_texto_reste_du_francais(texte: str) -> None:
    assert DETECTEUR.detect(texte)[0] == "fr"


@pytest.mark.parametrize(
    ("texte", "langue"),
    [
        ("I lost my job and I need help", "en"),
        ("I am a refugee from Sudan, I want to be an electrician, I live in Calais", "en"),
        ("no tengo trabajo y vivo con mi hermana", "es"),
        ("preciso de ajuda para encontrar trabalho", "pt"),
        ("cerco lavoro e parlo poco francese", "it"),
        ("iş arıyorum ve Fransızca bilmiyorum", "tr"),
        ("szukam pracy jako kierowca", "pl"),
        ("caut un loc de muncă în construcții", "ro"),
        ("أبحث عن عمل", "ar"),
        ("мне нужна работа", "ru"),
    ],
)
def test_une_autre_langue_est_reconnue(texte: str, langue: str) -> None:
    assert DETECTEUR.detect(texte)[0] == langue


def test_un_ou_deux_mots_ne_changent_pas_la_langue() -> None:
    assert DETECTEUR.detect("ok thanks") == ("fr", 0.0)
