"""The territories of the Pacte cover Île-de-France, and say when they cannot tell."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from knowledge.territoires import Commune, Territoires

SOURCES = Path(__file__).resolve().parents[4] / "shared" / "sources"
sources_absentes = pytest.mark.skipif(not SOURCES.exists(), reason="les documents sources ne sont pas là")
# Printed sites that are not communes, and why they stay without one.
SITES_SANS_COMMUNE = {
    ("78", "St Quentin en Yvelines"): "agglomération de douze communes",
    ("78", "LA MALADRERIE"): "nom de quartier, la commune n'est pas imprimée",
}


def une_commune(territoires: Territoires, code: str) -> Commune:
    commune = territoires.get_commune(code)
    assert commune is not None
    return commune


def test_chaque_commune_francilienne_a_un_bassin_ou_des_bassins_possibles(territoires: Territoires) -> None:
    sans_rien = [
        c.libelle for c in territoires.communes_de_region("11") if not territoires.bassins_possibles(c)
    ]
    assert sans_rien == []


def test_au_moins_neuf_franciliens_sur_dix_ont_un_bassin_certain(territoires: Territoires) -> None:
    communes = territoires.communes_de_region("11")
    couverts = sum(c.population or 0 for c in communes if territoires.bassin_of(c))
    assert couverts / sum(c.population or 0 for c in communes) > 0.9


def test_les_bassins_sont_au_nombre_de_vingt_quatre(territoires: Territoires) -> None:
    assert len(territoires.bassins()) == 24


def test_un_bassin_deduit_dit_son_hypothese(territoires: Territoires) -> None:
    assert all(b.hypothese for b in territoires.bassins() if b.statut != "officiel")


def test_saint_denis_est_dans_plaine_commune(territoires: Territoires) -> None:
    commune = une_commune(territoires, "93066")
    assert (territoires.bassin_of(commune), commune.code_ept, commune.nom_ept) == (
        "T6",
        "T6",
        "Plaine Commune",
    )


def test_une_commune_hors_ile_de_france_n_a_pas_de_bassin(territoires: Territoires) -> None:
    assert territoires.bassin_of(une_commune(territoires, "69123")) is None


@pytest.mark.parametrize(
    ("code", "libelle", "attendu"),
    [
        ("93066", "T6", True),
        ("93066", "T8", False),
        ("93066", "Région", True),
        ("75056", "Région sauf T1", False),
        ("92050", "hors T1-T5", False),
        ("93066", "hors T1-T5", True),
        ("93005", "T7", True),
        ("93005", "Roissy Le Bourget", True),
        ("93005", "hors T1-T12", False),
        ("77284", 'Nord-Est 77 [imprimé "Nord 77"]', True),
        ("78311", "Seine-Aval", None),
        ("69123", "Région", False),
        ("93066", "Atlantide", None),
    ],
)
def test_un_territoire_imprime_couvre_ou_non_une_commune(
    territoires: Territoires, code: str, libelle: str, attendu: bool | None
) -> None:
    assert territoires.est_dans_territoire(une_commune(territoires, code), libelle) is attendu


@sources_absentes
def test_tous_les_territoires_du_document_sont_compris(territoires: Territoires) -> None:
    with (SOURCES / "pacte-formations-detail.csv").open(encoding="utf-8", newline="") as fichier:
        libelles = {
            nom
            for ligne in csv.DictReader(fichier, delimiter=";")
            for nom in ligne["territoires_norm"].split("|")
        }
    paris = une_commune(territoires, "75056")
    assert [nom for nom in libelles if territoires.est_dans_territoire(paris, nom) is None] == []


@sources_absentes
def test_chaque_ligne_d_operateur_a_son_lieu_ou_une_raison(territoires: Territoires) -> None:
    with (SOURCES / "pacte-operateurs.csv").open(encoding="utf-8", newline="") as fichier:
        lignes = list(csv.DictReader(fichier, delimiter=";"))
    assert len(lignes) == 225
    sans_lieu = set()
    for ligne in lignes:
        nom, departement = ligne["territoire_ou_site"], ligne["departement"]
        lieu: object = territoires.get_departement(departement)
        if ligne["territoire_type"] == "site":
            lieu = territoires.resolve_site(nom, departement)
        elif ligne["territoire_type"] == "bassin/EPCI":
            lieu = territoires.get_bassin(nom)
        if lieu is None:
            sans_lieu.add((departement, nom))
    assert sans_lieu == set(SITES_SANS_COMMUNE)


@pytest.mark.parametrize(
    ("site", "departement", "attendu"),
    [
        ("LE MEE SUR SEINE", "77", "Le Mée-sur-Seine"),
        ("Conflans-Ste Honorine", "78", "Conflans-Sainte-Honorine"),
        ("EVRY", "91", "Évry-Courcouronnes"),
        ("Rosny-sur-Bois", "93", "Rosny-sous-Bois"),
        ("Paris 18ème et 19ème", "75", "Paris"),
        ("19ème", "75", "Paris"),
        ("75018", "75", "Paris"),
        ("Beaumont", "95", "Beaumont-sur-Oise"),
        ("Montigny", "78", "Montigny-le-Bretonneux"),
        ("Serris-Marne le Vallée", "77", "Serris"),
    ],
)
def test_un_site_imprime_donne_sa_commune(
    territoires: Territoires, site: str, departement: str, attendu: str
) -> None:
    commune = territoires.resolve_site(site, departement)
    assert commune is not None
    assert commune.nom == attendu


@pytest.mark.parametrize("site", ["Marne la Vallée", "St Quentin en Yvelines", "LA MALADRERIE", "19 OF", ""])
def test_un_nom_qui_n_est_pas_une_commune_ne_donne_rien(territoires: Territoires, site: str) -> None:
    assert territoires.resolve_site(site, "78") is None
