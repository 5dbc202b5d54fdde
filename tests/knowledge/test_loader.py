"""A wrong file stops the load with a French message that names the file, the field, the value and the nearest one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from knowledge import ErreurCatalogue, load_catalogue
from knowledge.loader import RACINE, load_referentiels


@pytest.fixture
def atelier(tmp_path: Path) -> Path:
    """A copy of the closed lists and one record, to be spoiled."""
    shutil.copytree(
        RACINE / "referentiels", tmp_path / "referentiels", ignore=shutil.ignore_patterns("territoires")
    )
    for dossier in ("dispositifs", "formations", "organismes", "parcours_types"):
        (tmp_path / "catalogue" / dossier).mkdir(parents=True)
    fiche = (RACINE / "catalogue" / "dispositifs" / "pee.yml").read_text(encoding="utf-8")
    avant, _, apres = fiche.partition("articulations:")
    sans_liens = avant + "articulations: []\n" + apres[apres.index("resultats:") :]
    (tmp_path / "catalogue" / "dispositifs" / "pee.yml").write_text(sans_liens, encoding="utf-8")
    return tmp_path


def _fautes(atelier: Path, avant: str, apres: str) -> str:
    chemin = atelier / "catalogue" / "dispositifs" / "pee.yml"
    texte = chemin.read_text(encoding="utf-8")
    assert avant in texte
    chemin.write_text(texte.replace(avant, apres, 1), encoding="utf-8")
    with pytest.raises(ErreurCatalogue) as erreur:
        load_catalogue(load_referentiels(), atelier)
    return str(erreur.value)


def test_la_copie_intacte_se_charge(atelier: Path) -> None:
    assert set(load_catalogue(load_referentiels(), atelier).dispositifs) == {"pee"}


def test_un_champ_inconnu_propose_le_plus_proche(atelier: Path) -> None:
    message = _fautes(atelier, "resume:", "resumé:")
    assert "pee.yml" in message
    assert "« resumé »" in message
    assert "« resume »" in message


def test_un_besoin_inconnu_propose_le_plus_proche(atelier: Path) -> None:
    message = _fautes(atelier, "id: choisir-un-metier", "id: choisir-mon-metier")
    assert "« choisir-un-metier »" in message
    assert "referentiels/besoins.yml" in message


def test_un_critere_inconnu_propose_le_plus_proche(atelier: Path) -> None:
    assert "« age_ans »" in _fautes(atelier, "critere: age_ans", "critere: age_an")


def test_une_source_inconnue_est_refusee(atelier: Path) -> None:
    assert "« pacte »" in _fautes(atelier, "source: pacte l.10336-10338}", "source: pakte l.10336-10338}")


def test_une_source_sans_lignes_est_refusee(atelier: Path) -> None:
    assert "lignes" in _fautes(atelier, "source: pacte l.10336-10338}", "source: pacte}")


def test_une_cle_ecrite_deux_fois_est_refusee(atelier: Path) -> None:
    assert "deux fois" in _fautes(atelier, "nature: formation", "nature: formation\nnature: formation")


def test_une_valeur_hors_liste_est_refusee(atelier: Path) -> None:
    assert "« en_vigueur »" in _fautes(atelier, "etat: en_vigueur", "etat: en_vigeur")


def test_un_yaml_casse_dit_sa_ligne(atelier: Path) -> None:
    assert "ligne" in _fautes(atelier, "nature: formation", "nature: [formation")


def test_un_fichier_mal_encode_le_dit(atelier: Path) -> None:
    (atelier / "catalogue" / "dispositifs" / "pee.yml").write_bytes("nom: é".encode("latin-1"))
    with pytest.raises(ErreurCatalogue, match="UTF-8"):
        load_catalogue(load_referentiels(), atelier)


def test_un_nom_de_fichier_different_de_l_id_est_refuse(atelier: Path) -> None:
    dossier = atelier / "catalogue" / "dispositifs"
    (dossier / "pee.yml").rename(dossier / "peee.yml")
    with pytest.raises(ErreurCatalogue, match="doit être le nom du fichier"):
        load_catalogue(load_referentiels(), atelier)


def test_toutes_les_fautes_sont_dites_ensemble(atelier: Path) -> None:
    dossier = atelier / "catalogue" / "dispositifs"
    shutil.copy(dossier / "pee.yml", dossier / "autre.yml")
    message = _fautes(atelier, "critere: age_ans", "critere: age_an")
    assert "age_an" in message
    assert "autre.yml" in message
