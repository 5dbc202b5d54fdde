"""When the model is trained again, and what a person sees meanwhile; a few lines of Python stand in for Rasa."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from outils import entrainer


@pytest.fixture
def racine(tmp_path: Path) -> Path:
    (tmp_path / "data" / "nlu").mkdir(parents=True)
    (tmp_path / "bot" / "domain").mkdir(parents=True)
    (tmp_path / "config.yml").write_text("language: fr\n")
    (tmp_path / "data" / "nlu" / "salutations.yml").write_text("bonjour\n")
    (tmp_path / "bot" / "domain" / "intents.yml").write_text("saluer\n")
    return tmp_path


@pytest.mark.parametrize("fichier", ["config.yml", "data/nlu/salutations.yml", "bot/domain/intents.yml"])
def test_changer_un_ingredient_demande_un_nouvel_entrainement(racine: Path, fichier: str) -> None:
    avant = entrainer.compute_empreinte(racine)

    (racine / fichier).write_text("autre chose\n")

    assert entrainer.compute_empreinte(racine) != avant


def test_renommer_un_fichier_demande_un_nouvel_entrainement(racine: Path) -> None:
    avant = entrainer.compute_empreinte(racine)

    (racine / "data/nlu/salutations.yml").rename(racine / "data/nlu/bonjour.yml")

    assert entrainer.compute_empreinte(racine) != avant


def test_les_caches_et_les_dates_ne_demandent_rien(racine: Path) -> None:
    avant = entrainer.compute_empreinte(racine)

    (racine / "bot" / "components" / "__pycache__").mkdir(parents=True)
    (racine / "bot" / "components" / "__pycache__" / "a.pyc").write_bytes(b"x")
    (racine / "data" / "README.md").write_text("à lire\n")
    (racine / "config.yml").touch()

    assert entrainer.compute_empreinte(racine) == avant


@pytest.mark.parametrize(("avec_modele", "temoin", "attendu"), [
    (True, "abc", True),
    (True, "autre", False),
    (True, None, False),
    (False, "abc", False),
])  # fmt: skip
def test_un_modele_n_est_a_jour_qu_avec_son_temoin(
    tmp_path: Path, avec_modele: bool, temoin: str | None, attendu: bool
) -> None:
    modele, fichier = tmp_path / "m.tar.gz", tmp_path / "m.sha256"
    if avec_modele:
        modele.touch()
    if temoin is not None:
        fichier.write_text(f"{temoin}\n")

    assert entrainer.is_a_jour("abc", modele=modele, temoin=fichier) is attendu


def test_l_etape_en_cours_est_lue_dans_le_journal(tmp_path: Path) -> None:
    journal = tmp_path / "journal.log"
    journal.write_text("INFO - Starting to train component 'bot.components.phrases.Phrases'.\nINFO - suite\n")

    assert entrainer.read_etape(journal) == "Phrases"


def test_les_avertissements_ne_cachent_pas_l_erreur(tmp_path: Path) -> None:
    journal = tmp_path / "journal.log"
    journal.write_text(
        "a.py:1: UserWarning: vieux\n  code()\nErreur : composant inconnu\nb.py:2: UserWarning: x\n  y\n"
    )

    assert entrainer.read_erreurs(journal) == ["Erreur : composant inconnu"]


def test_un_echec_rend_son_code_et_garde_le_journal(tmp_path: Path) -> None:
    journal = tmp_path / "journal.log"
    commande = [sys.executable, "-c", "print('raison'); raise SystemExit(4)"]

    code = entrainer.run_entrainement(commande, journal=journal, sortie=io.StringIO(), racine=tmp_path)

    assert (code, journal.read_text()) == (4, "raison\n")


def test_le_temps_qui_passe_se_voit_des_le_debut(tmp_path: Path) -> None:
    sortie = io.StringIO()

    entrainer.run_entrainement(
        [sys.executable, "-c", ""], journal=tmp_path / "j", sortie=sortie, racine=tmp_path
    )

    assert sortie.getvalue().startswith("Entraînement du modèle de dialogue : 0 s")
