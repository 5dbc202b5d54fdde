"""« Ajouter un dispositif », as CONTRIBUTING tells it, done on a copy of the catalogue with the text's own examples."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge import Base, ErreurCatalogue, Verdict, build_situation, evaluate_eligibilite, with_catalogue
from knowledge.fiches import build_fichiers
from knowledge.loader import RACINE, load_catalogue, load_referentiels

GUIDE = RACINE.parent / "CONTRIBUTING.md"
NOM = "maison-des-metiers"


def _read_exemple(debut: str) -> dict[str, Any]:
    """The YAML example of the guide that begins with ``debut``."""
    blocs = re.findall(r"```yaml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    exemple: dict[str, Any] = yaml.safe_load(next(bloc for bloc in blocs if bloc.strip().startswith(debut)))
    return exemple


@pytest.fixture
def atelier(tmp_path: Path) -> Path:
    """A copy of the base where the model has been copied under its new name, with its new id: steps 1 and 2."""
    shutil.copytree(RACINE / "catalogue", tmp_path / "catalogue")
    shutil.copytree(RACINE / "referentiels", tmp_path / "referentiels")
    modele = (tmp_path / "catalogue" / "modele-dispositif.yml").read_text(encoding="utf-8")
    rempli = modele.replace("id: modele-dispositif", f"id: {NOM}").replace(
        "nom: Atelier de préparation au métier", "nom: Maison des métiers"
    )
    _get_fiche(tmp_path).write_text(rempli, encoding="utf-8")
    return tmp_path


def _get_fiche(atelier: Path) -> Path:
    return atelier / "catalogue" / "dispositifs" / f"{NOM}.yml"


def test_le_modele_copie_se_charge(atelier: Path) -> None:
    assert NOM in load_catalogue(load_referentiels(), atelier).dispositifs


def test_le_modele_ne_se_charge_pas_a_sa_place(base: Base) -> None:
    assert "modele-dispositif" not in base.catalogue.dispositifs


def test_le_schema_nomme_par_le_modele_est_a_sa_place(atelier: Path) -> None:
    premiere = _get_fiche(atelier).read_text(encoding="utf-8").splitlines()[0]
    chemin = premiere.partition("$schema=")[2]
    assert (RACINE / "catalogue" / "dispositifs" / chemin).resolve().is_file()


def test_les_conditions_du_guide_s_ecrivent_telles_quelles(atelier: Path) -> None:
    fiche = _get_fiche(atelier)
    donnees = yaml.safe_load(fiche.read_text(encoding="utf-8"))
    donnees["conditions"] = _read_exemple("conditions:")["conditions"]
    fiche.write_text(yaml.safe_dump(donnees, allow_unicode=True), encoding="utf-8")
    chargee = load_catalogue(load_referentiels(), atelier).dispositifs[NOM]
    assert [condition.id for condition in chargee.conditions] == [
        "age",
        "diplome",
        "rsa",
        "motivation",
        "territoire",
    ]


def test_la_fiche_produite_se_lit_en_francais(atelier: Path) -> None:
    catalogue = load_catalogue(load_referentiels(), atelier)
    fiche = build_fichiers(catalogue, atelier, atelier / "fiches")[atelier / "fiches" / f"{NOM}.md"]
    assert fiche.startswith("# Maison des métiers\n")
    assert "**3 conditions sur 4 évaluées par la machine." in fiche
    assert "- Avoir de 18 à 64 ans. [page-officielle]" in fiche
    assert "- Être prêt à venir tous les matins. *(à vérifier avec un conseiller)* [page-officielle]" in fiche
    assert "vérifié le 21/11/2026 (https://www.example.org/atelier)" in fiche


def test_les_cas_du_guide_ont_le_verdict_annonce(atelier: Path, base: Base, jour: date) -> None:
    essai = with_catalogue(base, load_catalogue(load_referentiels(), atelier))
    exemple = _read_exemple("base:")
    for cas in [{"sauf": {}, "attendu": {"verdict": "eligible"}}, *exemple["cas"]]:
        situation = build_situation(essai, {**exemple["base"], **cas["sauf"]})
        evaluation = evaluate_eligibilite(
            essai.catalogue.dispositifs[NOM], situation, referentiels=essai.referentiels, jour=jour
        )
        assert evaluation.verdict is Verdict(cas["attendu"]["verdict"]), cas["sauf"]


def test_oublier_de_changer_l_id_est_dit(atelier: Path) -> None:
    fiche = _get_fiche(atelier)
    fiche.write_text(
        fiche.read_text(encoding="utf-8").replace(f"id: {NOM}", "id: modele-dispositif"), encoding="utf-8"
    )
    with pytest.raises(ErreurCatalogue, match=f"doit être le nom du fichier, « {NOM} »"):
        load_catalogue(load_referentiels(), atelier)


def test_un_fait_sans_source_ni_raison_est_refuse(atelier: Path) -> None:
    fiche = _get_fiche(atelier)
    texte = fiche.read_text(encoding="utf-8")
    fiche.write_text(
        texte.replace("cout: {statut: gratuit, source: page-officielle}", "cout: {statut: gratuit}"),
        encoding="utf-8",
    )
    with pytest.raises(ErreurCatalogue, match="« cout » doit avoir une source"):
        load_catalogue(load_referentiels(), atelier)


def test_les_fichiers_que_nomme_le_guide_existent() -> None:
    partie = GUIDE.read_text(encoding="utf-8").split("## Corriger un fait")[0]
    cites = set(re.findall(r"`((?:knowledge|tests)/[\w./-]+)`", partie))
    absents = [chemin for chemin in cites if NOM not in chemin and not (RACINE.parent / chemin).exists()]
    assert len(cites) > 5
    assert absents == []
