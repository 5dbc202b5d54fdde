"""Trades in everyday words, on the list used to tune the search."""

from __future__ import annotations

import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from knowledge.errors import ErreurCatalogue
from knowledge.metiers import (
    SCORE_SUR,
    Metiers,
    build_cle,
    find_domaine,
    find_metiers,
    load_metiers,
    reperer_metier,
)
from knowledge.metiers.donnees import DOSSIER, find_fautes, load_lexique

LISTE: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "developpement.yml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def metiers() -> Metiers:
    return load_metiers()


@pytest.mark.parametrize("cas", LISTE["recherches"], ids=lambda cas: cas["texte"])
def test_un_nom_de_tous_les_jours_donne_son_code(metiers: Metiers, cas: dict[str, Any]) -> None:
    trouves = metiers.find_metiers(cas["texte"])
    if cas["codes"]:
        assert trouves
        assert trouves[0].metier.code_rome in cas["codes"]
    else:
        assert trouves == ()


@pytest.mark.parametrize("cas", LISTE["hors_offre"], ids=lambda cas: cas["texte"])
def test_un_metier_hors_offre_est_reconnu_et_dit_hors_offre(metiers: Metiers, cas: dict[str, Any]) -> None:
    trouve = metiers.reperer_metier(cas["texte"])
    assert trouve is not None
    assert (trouve.metier.code_rome, trouve.metier.dans_l_offre) == (cas["code"], False)


@pytest.mark.parametrize("texte", LISTE["ambigus"])
def test_un_mot_trop_large_propose_plusieurs_metiers_sans_choisir(metiers: Metiers, texte: str) -> None:
    trouves = metiers.find_metiers(texte)
    assert len(trouves) > 1
    assert all(trouve.score < SCORE_SUR for trouve in trouves)
    assert metiers.reperer_metier(texte) is None


@pytest.mark.parametrize("cas", LISTE["domaines"], ids=lambda cas: cas["texte"])
def test_un_domaine_donne_ses_metiers(metiers: Metiers, cas: dict[str, Any]) -> None:
    domaine = metiers.find_domaine(cas["texte"])
    assert domaine is not None
    assert domaine.codes_rome[0] == cas["commence"]


@pytest.mark.parametrize("texte", LISTE["sans_domaine"])
def test_un_metier_precis_n_est_pas_un_domaine(metiers: Metiers, texte: str) -> None:
    assert metiers.find_domaine(texte) is None


@pytest.mark.parametrize("cas", LISTE["phrases"], ids=lambda cas: cas["texte"])
def test_une_phrase_ne_donne_un_metier_que_s_il_est_sur(metiers: Metiers, cas: dict[str, Any]) -> None:
    trouve = metiers.reperer_metier(cas["texte"])
    assert (trouve.metier.code_rome if trouve else None) == cas["code"]


def test_chaque_nom_du_fichier_retrouve_son_metier(metiers: Metiers) -> None:
    perdus = [
        (metier.code_rome, nom)
        for metier in load_lexique().metiers
        for nom in metier.appellations
        if metiers.find_metiers(nom, 1)[0].metier.code_rome != metier.code_rome
    ]
    assert perdus == []


def test_chaque_metier_de_l_offre_a_au_moins_six_noms() -> None:
    maigres = [
        metier.code_rome
        for metier in load_lexique().metiers
        if metier.dans_l_offre and len({build_cle(nom) for nom in metier.appellations + metier.activites}) < 6
    ]
    assert maigres == []


def test_un_metier_hors_offre_est_suivi_de_metiers_proches_de_l_offre(metiers: Metiers) -> None:
    premier, *proches = metiers.find_metiers("chauffeur-livreur")
    assert not premier.metier.dans_l_offre
    assert [proche.metier.code_rome for proche in proches] == list(premier.metier.proches)


def test_le_nom_montre_garde_le_genre_de_la_personne(metiers: Metiers) -> None:
    assert metiers.find_metiers("boulangere")[0].appellation == "boulangère"
    assert metiers.find_metiers("boulanger")[0].appellation == "boulanger"


def test_la_limite_est_respectee(metiers: Metiers) -> None:
    assert len(metiers.find_metiers("agent", 3)) == 3


@pytest.mark.parametrize("texte", ["", " ", "?!", "é" * 5000, "maçon " * 2000, "🙂", "\x00"])
def test_un_texte_etrange_ne_casse_rien(metiers: Metiers, texte: str) -> None:
    metiers.find_metiers(texte)
    metiers.reperer_metier(texte)
    metiers.find_domaine(texte)


def test_la_base_ou_les_metiers_donnent_la_meme_reponse(metiers: Metiers) -> None:
    base = SimpleNamespace(metiers=metiers)
    assert find_metiers(base, "soudeuse") == find_metiers(metiers, "soudeuse")
    assert reperer_metier(base, "soudeuse") == reperer_metier(metiers, "soudeuse")
    assert find_domaine(base, "la vente") == find_domaine(metiers, "la vente")


def test_une_recherche_prend_moins_de_cinq_millisecondes(metiers: Metiers) -> None:
    durees = []
    for cas in LISTE["recherches"]:
        essais = []
        for _ in range(3):
            debut = time.perf_counter()
            metiers.find_metiers(cas["texte"])
            essais.append(time.perf_counter() - debut)
        durees.append(min(essais))
    assert max(durees) < 0.005


def test_un_nom_sous_deux_codes_est_refuse(tmp_path: Path) -> None:
    for fichier in ("metiers.yml", "mots_metiers.yml", "metiers_hors_offre.yml"):
        (tmp_path / fichier).write_text((DOSSIER / fichier).read_text(encoding="utf-8"), encoding="utf-8")
    ajout = '- {code_rome: Z9999, libelle: "Essai", appellations: ["maçonnes"], proches: [Z0000]}\n'
    with (tmp_path / "metiers_hors_offre.yml").open("a", encoding="utf-8") as fichier_ouvert:
        fichier_ouvert.write(ajout)
    with pytest.raises(ErreurCatalogue) as erreur:
        load_metiers(tmp_path)
    assert "« maçonnes » est sous F1703 et sous Z9999" in str(erreur.value)
    assert "Z0000" in str(erreur.value)


def test_les_fichiers_livres_sont_sans_faute() -> None:
    assert find_fautes(load_lexique()) == []
