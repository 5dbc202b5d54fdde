"""The quality report: completeness against Qualiopi's indicator 1, freshness, and a text one can read."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from knowledge import Base
from knowledge.model import Source
from knowledge.qualite import (
    POINTS,
    Fraicheur,
    Note,
    Presence,
    find_fraicheur,
    main,
    note_annexes,
    score_catalogue,
    write_fraicheur,
    write_pires,
    write_table,
    write_toutes,
)

JOUR = date(2026, 11, 21)


@pytest.fixture(scope="module")
def notes(base: Base) -> list[Note]:
    return score_catalogue(base.catalogue, JOUR)


def _find(notes: list[Note], identifiant: str, genre: str = "formation") -> Note:
    return next(note for note in notes if (note.id, note.genre) == (identifiant, genre))


def test_chaque_formation_a_ses_neuf_points(base: Base, notes: list[Note]) -> None:
    formations = {note.id: note for note in notes if note.genre == "formation"}
    assert set(formations) == set(base.catalogue.formations)
    assert all(list(note.points) == list(POINTS) for note in formations.values())


def test_chaque_fiche_a_un_etat_de_fraicheur(base: Base, notes: list[Note]) -> None:
    catalogue = base.catalogue
    lieux = {site.dispositif for site in catalogue.sites}
    attendu = (
        len(catalogue.dispositifs) + len(catalogue.formations) + len(catalogue.parcours_types) + len(lieux)
    )
    assert len([*notes, *note_annexes(catalogue, JOUR)]) == attendu


def test_le_dejeps_dit_les_neuf_informations(notes: list[Note]) -> None:
    dejeps = _find(notes, "dejeps-coordination-projets-imsat")
    assert set(dejeps.points.values()) == {Presence.ICI}
    assert dejeps.score == 1.0


def test_la_licence_du_cnam_dit_ce_qui_lui_manque(notes: list[Note]) -> None:
    licence = _find(notes, "licence-pro-coordonnateur-insertion-cnam")
    assert licence.manques == ["duree", "acces_et_delais", "tarifs", "accessibilite_handicap"]


def test_ce_que_dit_le_dispositif_n_est_pas_attribue_a_la_formation(notes: list[Note]) -> None:
    ssiap = _find(notes, "ssiap-1")
    assert ssiap.points["acces_et_delais"] is Presence.DISPOSITIF
    assert ssiap.points["objectifs"] is Presence.ICI
    assert ssiap.points["duree"] is Presence.ABSENT


def test_une_regle_de_secteur_compte_comme_prerequis(notes: list[Note]) -> None:
    assert _find(notes, "costumiere").points["prerequis"] is Presence.ICI


def test_les_moins_completes_viennent_d_abord(notes: list[Note]) -> None:
    assert [note.score for note in notes] == sorted(note.score for note in notes)


@pytest.mark.parametrize(
    ("verifie", "ecrit", "attendu"),
    [
        (0, None, Fraicheur.RECENTE),
        (365, None, Fraicheur.RECENTE),
        (366, None, Fraicheur.ANCIENNE),
        (None, 365, Fraicheur.RECENTE),
        (None, 366, Fraicheur.JAMAIS),
        (None, None, Fraicheur.JAMAIS),
    ],
)
def test_la_fraicheur_tient_a_la_derniere_verification(
    verifie: int | None, ecrit: int | None, attendu: Fraicheur
) -> None:
    def jour(ecart: int | None) -> date | None:
        return None if ecart is None else JOUR - timedelta(days=ecart)

    source = Source(
        id="page", titre="Page", lien="https://exemple.fr", verifie_le=jour(verifie), date_source=jour(ecrit)
    )
    assert find_fraicheur([source], JOUR) is attendu


def test_la_source_la_moins_fraiche_donne_l_etat_de_la_fiche() -> None:
    fraiche = Source(id="a", titre="A", verifie_le=JOUR)
    vieille = Source(id="b", titre="B", date_source=date(2019, 2, 14))
    assert find_fraicheur([fraiche, vieille], JOUR) is Fraicheur.JAMAIS


def test_le_rapport_se_lit_en_francais(base: Base, notes: list[Note]) -> None:
    rapport = "\n".join([write_table(notes), write_fraicheur(notes), write_pires(notes)])
    assert "le prix" in rapport
    assert re.search(r"et \d+ autres", rapport)  # the formations of the Pacte lack the same points: told once
    assert not [nom for nom in POINTS if "_" in nom and nom in rapport]
    assert max(map(len, rapport.splitlines())) < 240


def test_la_liste_entiere_a_une_ligne_par_fiche(notes: list[Note]) -> None:
    assert len(write_toutes(notes).splitlines()) == len(notes)


def test_la_commande_affiche_le_rapport(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "Fraîcheur des sources" in capsys.readouterr().out
