"""People who write in another language: understood, answered in their language, and it stays so."""

from __future__ import annotations

import pytest

from knowledge import Base, load_traductions
from tests.conversations.dialogue import Personne

pytestmark = pytest.mark.modele

TRADUCTIONS = load_traductions()
COMMUNE = "Dans quelle commune habitez-vous ?"
PASSER = "Passer"
ARRIVEES = [
    ("en", "Hello, I just arrived in France and I don't speak French"),
    ("ar", "مرحبا، لا أتكلم الفرنسية وأريد أن أتعلم"),
    ("es", "Hola, busco trabajo, no hablo bien francés"),
    ("pt", "Bom dia, preciso de aprender francês para trabalhar"),
]


@pytest.mark.parametrize(("langue", "phrase"), ARRIVEES)
def test_la_langue_est_reconnue_et_la_question_y_est_posee(
    personne: Personne, langue: str, phrase: str
) -> None:
    assert TRADUCTIONS[langue][COMMUNE] in personne.dit(phrase)
    assert TRADUCTIONS[langue][PASSER] in personne.boutons


@pytest.mark.parametrize(("langue", "phrase"), ARRIVEES)
def test_la_langue_reste_apres_une_ville_en_francais(personne: Personne, langue: str, phrase: str) -> None:
    personne.dit(phrase)
    personne.dit("Bobigny")
    assert TRADUCTIONS[langue][PASSER] in personne.boutons


@pytest.mark.parametrize(("langue", "phrase"), ARRIVEES)
def test_le_besoin_est_compris_dans_la_langue(personne: Personne, langue: str, phrase: str) -> None:
    personne.dit(phrase)
    assert {"parler-francais", "trouver-un-emploi"} & set(personne.reprise["besoins"])


@pytest.mark.parametrize(
    "phrase", ["أبحث عن عمل، عمري 24 سنة وأسكن في بوبيني", "我在找工作，我24岁，住在博比尼"]
)
def test_le_besoin_dit_avec_des_faits_est_entendu_sans_virgule_latine(
    personne: Personne, phrase: str
) -> None:
    personne.dit(phrase)
    assert personne.reprise["besoins"] == ["trouver-un-emploi"]


def test_ce_qui_est_compris_est_redit_dans_la_langue(personne: Personne) -> None:
    personne.dit("I am looking for a job, I am 24 and I live in Bobigny")
    compris = personne.dit("what did you understand?")
    assert "you are 24 years old" in compris
    assert "you live in Bobigny" in compris


@pytest.mark.parametrize("langue", ["en", "ar", "es", "pt"])
def test_la_langue_de_la_page_est_suivie(personne: Personne, langue: str) -> None:
    assert TRADUCTIONS[langue][COMMUNE] in personne.dit("je cherche du travail", langue=langue)


@pytest.mark.parametrize("langue", ["en", "ar", "es", "pt"])
def test_une_urgence_est_dite_dans_la_langue_de_la_page(personne: Personne, base: Base, langue: str) -> None:
    message = base.entraide.secours["suicide"].message
    assert TRADUCTIONS[langue][message] in personne.dit("je veux mourir", langue=langue)


def test_demander_l_anglais_change_la_langue_sans_perdre_la_question(personne: Personne) -> None:
    personne.dit("je cherche du travail")
    assert TRADUCTIONS["en"][COMMUNE] in personne.dit("can we speak english?")


def test_un_bouton_de_langue_revient_au_francais(personne: Personne) -> None:
    personne.dit("je cherche du travail", langue="en")
    assert COMMUNE in personne.choisit("langue:fr")


def test_un_age_dit_en_anglais_est_note(personne: Personne) -> None:
    personne.dit("Hello, I just arrived in France and I don't speak French")
    personne.dit("I'm 29 years old")
    assert personne.reprise["situation"]["age_ans"] == 29


def test_pourquoi_en_espagnol_explique_la_question(personne: Personne, base: Base) -> None:
    personne.dit("Hola, busco trabajo, no hablo bien francés")
    pourquoi = base.referentiels.questions["commune"].pourquoi
    assert TRADUCTIONS["es"][pourquoi] in personne.dit("¿por qué esta pregunta?")
