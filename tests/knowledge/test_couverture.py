"""All that the source documents name is in the base, or left out with a written reason."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge import Base, ErreurCatalogue
from knowledge.couverture import (
    DocumentCouvert,
    Plage,
    build_couverture,
    main,
    read_plages,
    write_document,
    write_resume,
)
from knowledge.loader import RACINE
from knowledge.territoires.normalisation import fold

PLAGE_INVENTAIRE = re.compile(r"\bL?(\d{2,5})(?:-L?(\d{2,5}))?\b")


@pytest.fixture(scope="module")
def couverts(base: Base) -> list[DocumentCouvert]:
    return build_couverture(base.catalogue)


def _get(couverts: list[DocumentCouvert], titre: str) -> DocumentCouvert:
    return next(couvert for couvert in couverts if titre in couvert.titre)


def test_rien_ne_manque_sans_raison(couverts: list[DocumentCouvert]) -> None:
    assert [f"{c.nom} : {c.fautes}" for couvert in couverts for c in couvert.absents] == []


def test_chaque_element_est_en_base_ou_a_une_raison(couverts: list[DocumentCouvert]) -> None:
    for couvert in couverts:
        assert couvert.presents + couvert.ecartes == len(couvert.constats), couvert.titre


@pytest.mark.parametrize(("titre", "attendu"), [("Annexe 2 :", 141), ("Annexe 3", 225), ("métiers", 200)])
def test_les_tableaux_sont_entiers(couverts: list[DocumentCouvert], titre: str, attendu: int) -> None:
    assert _get(couverts, titre).presents == attendu


def test_chaque_dispositif_du_contrat_porte_un_element(base: Base, couverts: list[DocumentCouvert]) -> None:
    """The records that no document names come from the official site they cite: they say so themselves."""
    cites = {lieu.split(" ")[0].partition("/")[2] for d in couverts for c in d.constats for lieu in c.ou}
    locaux = {
        fiche.id
        for fiche in base.catalogue.dispositifs.values()
        if fiche.id not in cites and any(source.document for source in fiche.sources)
    }
    # Named by the documents only as a means or a partner; their records rest on the official site.
    assert locaux <= {"mon-compte-formation", "inscription-france-travail", "demarches-handicap-mdph"}


def test_une_fiche_qui_ne_cite_plus_ses_lignes_est_signalee(base: Base, tmp_path: Path) -> None:
    dossier = tmp_path / "referentiels" / "couverture"
    dossier.mkdir(parents=True)
    (dossier / "essai.yml").write_text(
        "document: pacte\ntitre: Essai\nelements:\n"
        '  - {nom: "PEE", lignes: "1-2", fiches: [pee]}\n'
        '  - {nom: "Perdu", lignes: "1-2", fiches: [fiche-perdue]}\n'
        '  - {nom: "Écarté", lignes: "3", raison: "Pour les organismes.", voir: [pee]}\n',
        encoding="utf-8",
    )
    essai = build_couverture(base.catalogue, tmp_path)[0]
    assert [constat.fautes for constat in essai.constats] == [
        ("la fiche « pee » ne cite pas ces lignes",),
        ("la fiche « fiche-perdue » n'existe pas",),
        (),
    ]
    assert "ABSENT" in write_document(essai)
    assert "Pour les organismes. (voir pee)" in write_document(essai)


def test_un_element_sans_fiche_ni_raison_est_refuse(base: Base, tmp_path: Path) -> None:
    dossier = tmp_path / "referentiels" / "couverture"
    dossier.mkdir(parents=True)
    texte = 'document: pacte\ntitre: Essai\nelements:\n  - {nom: "Oublié", lignes: "1-2"}\n'
    (dossier / "essai.yml").write_text(texte, encoding="utf-8")
    with pytest.raises(ErreurCatalogue, match="fiches"):
        build_couverture(base.catalogue, tmp_path)


def test_chaque_liste_nomme_un_document_connu(base: Base, couverts: list[DocumentCouvert]) -> None:
    assert {couvert.document for couvert in couverts} <= set(base.referentiels.documents)


def test_la_commande_affiche_tout_et_reussit(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    sortie = capsys.readouterr().out
    assert "dispositifs/pee (cite l." in sortie
    assert "formations/costumiere (cite l.7599-7603)" in sortie
    assert "organismes/e2c" in sortie


def test_la_commande_refuse_un_document_inconnu(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pakte"]) == 1
    assert "pdie93" in capsys.readouterr().err


def test_le_resume_compte_chaque_document(couverts: list[DocumentCouvert]) -> None:
    assert len(write_resume(couverts).strip().splitlines()) == len(couverts) + 2


def test_la_commande_marche_sans_les_documents_sources(base: Base, tmp_path: Path) -> None:
    shutil.copytree(RACINE / "referentiels" / "couverture", tmp_path / "referentiels" / "couverture")
    assert sum(len(couvert.absents) for couvert in build_couverture(base.catalogue, tmp_path)) == 0


# What follows compares the lists with the documents themselves, where they are there.


@pytest.mark.parametrize(
    ("fichier", "titre", "colonne"),
    [
        ("pacte-formations-detail.csv", "Annexe 2 :", "source_line"),
        ("pacte-operateurs.csv", "Annexe 3", None),
        ("pacte-rome.csv", "métiers", None),
    ],
)
def test_chaque_ligne_d_un_tableau_a_son_element(
    couverts: list[DocumentCouvert], sources: Path, fichier: str, titre: str, colonne: str | None
) -> None:
    with (sources / fichier).open(encoding="utf-8") as ouvert:
        lignes = list(csv.DictReader(ouvert, delimiter=";"))
    attendues = [int(ligne[colonne]) if colonne else rang for rang, ligne in enumerate(lignes, start=2)]
    listees = [read_plages(constat.lignes)[0][0] for constat in _get(couverts, titre).constats]
    assert sorted(listees) == sorted(attendues)


def test_les_lignes_des_elements_existent(base: Base, couverts: list[DocumentCouvert], sources: Path) -> None:
    for couvert in couverts:
        document = base.referentiels.documents[couvert.document].document
        total = len((sources / str(document)).read_text(encoding="utf-8").splitlines())
        plages = [plage for constat in couvert.constats for plage in read_plages(constat.lignes)]
        assert all(1 <= debut <= fin <= total for debut, fin in plages), couvert.titre


def _iter_plages(texte: str) -> Iterator[Plage]:
    for trouve in PLAGE_INVENTAIRE.finditer(texte):
        yield int(trouve[1]), int(trouve[2] or trouve[1])


def _iter_inventaire_1(texte: str) -> Iterator[tuple[str, list[Plage]]]:
    """(name, lines) of each thing that the first inventory names as a dispositif, an action or a measure."""
    partie = texte[texte.index("### 1.A") : texte.index("### 1.D")]
    for bloc in re.split(r"\n(?=#{4,5} |\*\*\d+\. )", partie):
        titre = bloc.splitlines()[0]
        if titre.startswith(("####", "**")) and "AXE" not in titre:
            yield titre, [(int(a), int(b or a)) for a, b in re.findall(r"L(\d+)(?:-L?(\d+))?", bloc)]
    tableau = partie[partie.index("### 1.C") :]
    for ligne in tableau.splitlines():
        cases = [case.strip() for case in ligne.strip("|").split("|")]
        if ligne.startswith("| ") and len(cases) == 3 and re.match(r"L\d", cases[2]):
            yield cases[0], list(_iter_plages(cases[2]))


def _iter_inventaire_2(texte: str) -> Iterator[tuple[str, list[Plage]]]:
    """(name, lines) of each sheet and of each line of the tables of effectifs and budgets of the second inventory."""
    for titre, debut, fin in re.findall(r"^### (1\.\d+ .+?) \(l\.(\d+)-(\d+)\)", texte, re.MULTILINE):
        yield titre, [(int(debut), int(fin))]
    partie = texte[texte.index("### 1.11") : texte.index("### 1.12")]
    for ligne in partie.splitlines():
        cases = [case.strip() for case in ligne.strip("|").split("|")]
        if ligne.startswith("| ") and len(cases) > 3 and re.match(r"\d{4,5}", cases[-1]):
            yield cases[0], list(_iter_plages(cases[-1]))


@pytest.mark.parametrize(
    ("inventaire", "lire", "au_moins"),
    [("pacte-inventaire-1.md", _iter_inventaire_1, 55), ("pacte-inventaire-2.md", _iter_inventaire_2, 45)],
)
def test_rien_de_l_inventaire_n_est_oublie(
    couverts: list[DocumentCouvert], sources: Path, inventaire: str, lire: object, au_moins: int
) -> None:
    assert callable(lire)
    nommes = list(lire((sources / inventaire).read_text(encoding="utf-8")))
    assert len(nommes) >= au_moins  # the reading of the inventory itself works
    listees = [
        plage
        for couvert in couverts
        if couvert.document == "pacte"
        for constat in couvert.constats
        for plage in read_plages(constat.lignes)
    ]
    oublies = [
        nom
        for nom, plages in nommes
        if not any(
            debut <= fin_listee and debut_listee <= fin
            for debut, fin in plages
            for debut_listee, fin_listee in listees
        )
    ]
    assert oublies == []


def test_les_dispositifs_de_l_etat_sont_nommes_un_par_un(
    couverts: list[DocumentCouvert], sources: Path
) -> None:
    texte = (sources / "pacte-inventaire-1.md").read_text(encoding="utf-8")
    tableau = texte[texte.index("### 1.C") : texte.index("### 1.D")]
    premieres = [ligne.split("|")[1] for ligne in tableau.splitlines() if ligne.startswith("| ")]
    nommes = [nom for case in premieres for nom in re.findall(r"\*\*(.+?)\*\*", case)]
    listes = fold(" ".join(constat.nom for constat in _get(couverts, "Le Pacte").constats))
    oublies = [
        nom for nom in nommes if not any(mot in listes.split() for mot in fold(nom).split() if len(mot) > 2)
    ]
    assert len(nommes) > 20
    assert oublies == []
