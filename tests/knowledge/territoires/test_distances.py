"""Distances are plausible, and sorting works even without coordinates."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.territoires import Commune, Territoires


@pytest.fixture
def saint_denis(territoires: Territoires) -> Commune:
    commune = territoires.get_commune("93066")
    assert commune is not None
    return commune


@pytest.mark.parametrize(
    ("code", "entre"), [("93048", (8, 12)), ("69123", (380, 410)), ("97411", (9_000, 9_700))]
)
def test_la_distance_depuis_saint_denis_est_plausible(
    territoires: Territoires, saint_denis: Commune, code: str, entre: tuple[int, int]
) -> None:
    autre = territoires.get_commune(code)
    assert autre is not None
    distance = territoires.distance_km(saint_denis, autre)
    assert distance is not None
    assert entre[0] < distance < entre[1]


def test_une_commune_est_a_zero_kilometre_d_elle_meme(territoires: Territoires, saint_denis: Commune) -> None:
    assert territoires.proximite(saint_denis, saint_denis) == (0.0, 0)


def test_sans_coordonnees_la_distance_est_inconnue(territoires: Territoires, saint_denis: Commune) -> None:
    ailleurs = replace(saint_denis, code_insee="93999", latitude=None, longitude=None)
    assert territoires.distance_km(saint_denis, ailleurs) is None


def test_sans_coordonnees_le_meme_territoire_passe_avant_le_departement(
    territoires: Territoires, saint_denis: Commune
) -> None:
    voisine = replace(saint_denis, code_insee="93998", latitude=None, longitude=None)
    lointaine = replace(voisine, code_insee="93999", code_ept="T9")
    assert territoires.proximite(saint_denis, voisine) < territoires.proximite(saint_denis, lointaine)


def test_les_franciliens_ont_presque_tous_des_coordonnees(territoires: Territoires) -> None:
    communes = territoires.communes_de_region("11")
    assert sum(c.latitude is None for c in communes) < 10
