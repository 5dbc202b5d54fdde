"""A mistake in a file is told in French: the file, the field, the value read, and what would have been right."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from knowledge import ErreurCatalogue, load_catalogue
from knowledge.loader import RACINE, load_referentiels


@pytest.fixture
def atelier(tmp_path: Path) -> Path:
    """A copy of the whole base, to be spoiled."""
    shutil.copytree(RACINE / "catalogue", tmp_path / "catalogue")
    shutil.copytree(RACINE / "referentiels", tmp_path / "referentiels")
    return tmp_path


# What is spoiled in pee.yml, what it becomes, the field and the words of the message.
FAUTES = [
    (
        "source: pacte l.10336-10338}",
        "source: pacte page 12}",
        "conditions, n° 1, source",
        "« pacte l.12-15, 20 »",
    ),
    ("entre: [16, 25]", "entre: [16]", "conditions, n° 1, entre", "la liste est trop courte"),
    ("entre: [16, 25]", "entre: [seize, 25]", "conditions, n° 1, entre, n° 1", "« seize »"),
    ("entre: [16, 25]", "au_mons: 16", "conditions, n° 1, au_mons", "« au_moins »"),
    ("entre: [16, 25]", "egal: [16]", "conditions, n° 1, egal", "une seule valeur"),
    ("id: age,", "id: Âge,", "conditions, n° 1, id", "minuscules sans accent"),
    ("heures_min: 70", "heures_min: -4", "duree, heures_min", "trop petit"),
    ("sites: {organismes: pee}", "sites: pee", "sites", "il faut des champs"),
    ("a_faire:", "a_fair:", "a_fair", "« a_faire »"),
    ("statut: prioritaire,", "statut: prioritere,", "articulations, n° 1, statut", "« prioritaire »"),
    ('departements: ["75",', "departements: [75,", "territoire, departements, n° 1", "entre guillemets"),
    ("etat: en_vigueur", "etat: en_vigueur\nfin_validite: demain", "fin_validite", "comme 2026-11-21"),
]


@pytest.mark.parametrize(("avant", "apres", "champ", "dit"), FAUTES)
def test_la_faute_est_dite_avec_son_champ_et_son_remede(
    atelier: Path, avant: str, apres: str, champ: str, dit: str
) -> None:
    fiche = atelier / "catalogue" / "dispositifs" / "pee.yml"
    texte = fiche.read_text(encoding="utf-8")
    assert avant in texte
    fiche.write_text(texte.replace(avant, apres, 1), encoding="utf-8")
    with pytest.raises(ErreurCatalogue) as erreur:
        load_catalogue(load_referentiels(), atelier)
    concernees = [faute for faute in erreur.value.fautes if f"champ « {champ} »" in faute]
    assert len(concernees) == 1
    assert concernees[0].startswith("pee.yml")
    assert dit in concernees[0]


def test_une_fiche_illisible_n_accuse_pas_les_fiches_qui_la_citent(atelier: Path) -> None:
    fiche = atelier / "catalogue" / "dispositifs" / "pee.yml"
    fiche.write_text(fiche.read_text(encoding="utf-8").replace("a_faire:", "a_fair:"), encoding="utf-8")
    with pytest.raises(ErreurCatalogue) as erreur:
        load_catalogue(load_referentiels(), atelier)
    assert all(faute.startswith("pee.yml") for faute in erreur.value.fautes)


def test_aucun_message_n_est_en_anglais(atelier: Path) -> None:
    fiche = atelier / "catalogue" / "dispositifs" / "pee.yml"
    texte = fiche.read_text(encoding="utf-8")
    for avant, apres, _, _ in FAUTES:
        texte = texte.replace(avant, apres, 1)
    fiche.write_text(texte, encoding="utf-8")
    with pytest.raises(ErreurCatalogue) as erreur:
        load_catalogue(load_referentiels(), atelier)
    assert not {"should", "valid", "Input", "unable"} & set(str(erreur.value).split())
