"""The fixed sentences in English, Arabic, Spanish and Portuguese."""

from __future__ import annotations

import json
import re

import pytest

from bot.langues import Traducteur
from knowledge import Base, load_traductions
from tests.bot.phrases_fixes import RACINE, list_phrases

LANGUES = ("en", "ar", "es", "pt")
TRADUCTIONS = load_traductions()
_TROU = re.compile(r"\{\w+\}")


@pytest.mark.parametrize("langue", LANGUES)
def test_chaque_phrase_fixe_est_traduite(base: Base, langue: str) -> None:
    manquantes = [phrase for phrase in list_phrases(base) if phrase not in TRADUCTIONS[langue]]
    assert not manquantes


@pytest.mark.parametrize("langue", LANGUES)
def test_aucune_traduction_ne_reste_d_une_phrase_disparue(base: Base, langue: str) -> None:
    assert set(TRADUCTIONS[langue]) <= set(list_phrases(base))


@pytest.mark.parametrize("langue", LANGUES)
def test_les_trous_sont_les_memes_dans_les_deux_langues(langue: str) -> None:
    differentes = [
        francaise
        for francaise, traduite in TRADUCTIONS[langue].items()
        if sorted(_TROU.findall(francaise)) != sorted(_TROU.findall(traduite))
    ]
    assert not differentes


@pytest.mark.parametrize("langue", LANGUES)
def test_les_numeros_d_urgence_sont_les_memes_dans_les_deux_langues(langue: str) -> None:
    differentes = [
        francaise
        for francaise, traduite in TRADUCTIONS[langue].items()
        if re.findall(r"\d+", francaise) != re.findall(r"\d+", traduite)
        and sorted(re.findall(r"\d+", francaise)) != sorted(re.findall(r"\d+", traduite))
    ]
    assert not differentes


@pytest.mark.parametrize("langue", LANGUES)
def test_les_besoins_ont_les_memes_mots_sur_la_page_et_dans_le_dialogue(base: Base, langue: str) -> None:
    page = json.loads((RACINE / f"api/web/static/i18n/{langue}.json").read_text(encoding="utf-8"))
    differents = [
        ident
        for ident, besoin in base.referentiels.besoins.items()
        if page.get(f"besoin.{ident}") != TRADUCTIONS[langue].get(besoin.libelle)
    ]
    assert not differents


def test_une_phrase_a_trou_est_traduite_autour_de_son_contenu() -> None:
    traducteur = Traducteur({"C'est noté : {faits}.": "Noted: {faits}."})
    assert traducteur.traduire("C'est noté : vous avez 22 ans.") == "Noted: vous avez 22 ans."


def test_une_ligne_connue_est_traduite_au_milieu_des_autres() -> None:
    traducteur = Traducteur({"À faire : {quoi}": "To do: {quoi}"})
    assert traducteur.traduire("Titre\nÀ faire : appeler\nFin") == "Titre\nTo do: appeler\nFin"


def test_une_phrase_inconnue_reste_en_francais() -> None:
    assert Traducteur({}).traduire("Bonjour.") == "Bonjour."


@pytest.mark.parametrize("langue", LANGUES)
def test_un_message_d_urgence_est_traduit_en_entier(base: Base, langue: str) -> None:
    traducteur = Traducteur(TRADUCTIONS[langue])
    for secours in base.entraide.secours.values():
        francais = "\n".join([secours.message, *(f"• {c.organisme}. {c.role}" for c in secours.contacts)])
        traduit = traducteur.traduire(francais)
        assert not [c.role for c in secours.contacts if c.role in traduit]
        assert secours.message not in traduit


def test_les_lignes_connues_d_un_blanc_sont_traduites() -> None:
    traducteur = Traducteur({"Voici :\n{etape}": "Here:\n{etape}", "À faire : {quoi}": "To do: {quoi}"})
    assert traducteur.traduire("Voici :\nTitre\nÀ faire : appeler") == "Here:\nTitre\nTo do: appeler"


@pytest.mark.parametrize(
    ("francais", "anglais"),
    [
        ("C'est noté : vous avez 22 ans.", "Noted: you are 22 years old."),
        (
            "C'est noté : vous avez 22 ans, vous habitez à Bobigny, vous n'avez pas d'emploi.",
            "Noted: you are 22 years old, you live in Bobigny, you do not have a job.",
        ),
        (
            "C'est noté : votre niveau est : CAP, BEP (niveau 3), vous touchez le RSA.",
            "Noted: your level: CAP, BEP (level 3), you get the RSA (minimum income).",
        ),
        (
            "C'est noté : vous visez ce métier : aide à domicile, vous avez 3 ans d'expérience.",
            "Noted: the job you want: aide à domicile, you have 3 years of experience.",
        ),
    ],
)
def test_chaque_fait_compris_est_dit_dans_la_langue(francais: str, anglais: str) -> None:
    assert Traducteur(TRADUCTIONS["en"]).traduire(francais) == anglais
