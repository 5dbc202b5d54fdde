"""The pages for review say the whole record, in French, and are the ones the records make today."""

from __future__ import annotations

import re

import pytest

from knowledge import Base, Dispositif
from knowledge.fiche_dispositif import sentence, write_couverture
from knowledge.fiches import build_fichiers, find_perimes, get_dossier_fiches
from knowledge.model import Source, Valeur
from knowledge.model import Test as Regle
from knowledge.rules.conditions import iter_tests
from knowledge.rules.phrases import describe_test

FICHES = get_dossier_fiches()


@pytest.fixture(scope="module")
def pages(base: Base) -> dict[str, str]:
    """The pages that the records make, by file name."""
    return {
        chemin.name: texte
        for chemin, texte in build_fichiers(base.catalogue).items()
        if chemin.suffix == ".md"
    }


def test_les_fiches_et_les_schemas_sont_a_jour(base: Base) -> None:
    perimes, en_trop = find_perimes(build_fichiers(base.catalogue), FICHES)
    assert [chemin.name for chemin in (*perimes, *en_trop)] == [], "lancez « make fiches »"


def test_chaque_dispositif_a_sa_fiche(base: Base, pages: dict[str, str]) -> None:
    assert {f"{cle}.md" for cle in base.catalogue.dispositifs} <= set(pages)


def test_chaque_formation_est_dans_la_page_de_son_secteur(base: Base, pages: dict[str, str]) -> None:
    textes = "\n".join(pages.values())
    assert [cle for cle in base.catalogue.formations if f"Fiche `{cle}`" not in textes] == []


def test_chaque_source_d_une_fiche_y_est_citee(base: Base, pages: dict[str, str]) -> None:
    def lieux(fiche: Dispositif) -> list[Source]:
        conditions = (*fiche.conditions, *fiche.public_prioritaire)
        return [condition.source for condition in conditions] + [effet.source for effet in fiche.effets]

    absentes = [
        f"{fiche.id} : {source.id}"
        for fiche in base.catalogue.dispositifs.values()
        for source in lieux(fiche)
        if f"[{source.id}]" not in pages[f"{fiche.id}.md"]
    ]
    assert absentes == []


def test_ce_qui_n_est_pas_calcule_est_dit_a_verifier(base: Base, pages: dict[str, str]) -> None:
    for fiche in base.catalogue.dispositifs.values():
        non_calculees = [condition for condition in fiche.conditions if condition.regle is None]
        texte = pages[f"{fiche.id}.md"]
        assert texte.count("*(à vérifier avec un conseiller)*") >= len(non_calculees), fiche.id
        assert ("## Ce que la machine ne peut pas vérifier" in texte) or not non_calculees, fiche.id


def test_la_couverture_compte_les_conditions_calculees(base: Base) -> None:
    pee = base.catalogue.dispositifs["pee"]
    calculees = sum(any(iter_tests(condition.regle)) for condition in pee.conditions)
    assert write_couverture(pee).startswith(f"**{calculees} conditions sur {len(pee.conditions)} évaluées")


def test_une_fiche_se_lit_sans_mot_de_programme(pages: dict[str, str]) -> None:
    interdits = re.compile(r"\b(None|True|False|null|true|false|evaluable|non_precise|selon_situation)\b")
    fautes = {nom: interdits.findall(texte) for nom, texte in pages.items() if interdits.search(texte)}
    assert fautes == {}


def test_une_fiche_n_a_pas_de_ponctuation_double(pages: dict[str, str]) -> None:
    double = re.compile(r"(?<!\.)\.\.(?!\.)|\.;|\. ;|: :|\( ?\)")
    fautes = {
        nom: [t[0] for t in double.finditer(texte)] for nom, texte in pages.items() if double.search(texte)
    }
    assert fautes == {}


@pytest.mark.parametrize(
    ("brut", "attendu"), [("avoir 18 ans", "Avoir 18 ans."), ("Gratuit.", "Gratuit."), ("etc…", "Etc…")]
)
def test_une_phrase_a_sa_majuscule_et_son_point(brut: str, attendu: str) -> None:
    assert sentence(brut) == attendu


@pytest.mark.parametrize(
    ("critere", "operateur", "valeurs", "phrase"),
    [
        ("age_ans", "au_plus", (25,), "avoir 25 ans au plus"),
        ("age_ans", "entre", (16, 25), "avoir de 16 à 25 ans"),
        ("sous_main_de_justice", "egal", ("detention",), "être en détention"),
        (
            "sous_main_de_justice",
            "parmi",
            ("amenagement", "detention"),
            "avoir une peine aménagée ou être en détention",
        ),
        ("projet", "egal", ("aucun",), "ne pas avoir d'idée de métier"),
        ("experience_mois", "au_moins", (1,), "avoir déjà travaillé"),
        ("experience_mois", "au_moins", (24,), "avoir 2 ans ou plus d'expérience"),
    ],
)
def test_une_regle_se_dit_en_francais(
    base: Base, critere: str, operateur: str, valeurs: tuple[Valeur, ...], phrase: str
) -> None:
    regle = Regle(critere=critere, operateur=operateur, valeurs=valeurs)
    assert describe_test(regle, base.referentiels) == phrase
