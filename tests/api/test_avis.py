"""Opinions and reported errors: kept without what could name a person, listed, closed, summed up, erased in time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update
from sqlalchemy.orm import Session

from api.avis.services import (
    Genre,
    Reponse,
    clean_phrase,
    close_signalement,
    create_avis,
    create_signalement,
    list_signalements,
    summarize_avis,
)
from api.avis.tables import Avis, Signalement
from api.problemes import Probleme
from api.stockage import Stockage
from api.stockage.session import read_maintenant


@pytest.mark.parametrize(
    ("dit", "garde"),
    [
        ("rappelez-moi au 06 12 34 56 78 svp", "rappelez-moi au […] svp"),
        ("+33 6.12.34.56.78", "[…]"),
        ("mon numéro 2 85 05 93 066 001 23", "mon numéro […]"),
        ("1 85 05 2A 066 001 23 merci", "[…] merci"),
        ("FR76 3000 6000 0112 3456 7890 189", "[…]"),
        ("ecrivez a jean.dupont@exemple.fr", "ecrivez a […]"),
        ("fermé depuis 2024, le 3949 ne répond pas", "fermé depuis 2024, le 3949 ne répond pas"),
        ("   \n ", None),
    ],
)
def test_une_phrase_est_gardee_sans_numero_ni_adresse(dit: str, garde: str | None) -> None:
    assert clean_phrase(dit) == garde


@given(st.text(max_size=700))
def test_une_phrase_gardee_est_bornee_et_sur_une_ligne(texte: str) -> None:
    garde = clean_phrase(texte)
    assert garde is None or (0 < len(garde) <= 500 and "\n" not in garde)


def test_le_bilan_compte_chaque_reponse_meme_absente(db_session: Session) -> None:
    for reponse in (Reponse.OUI, Reponse.OUI, Reponse.NON):
        create_avis(db_session, reponse=reponse, phrase="trop long" if reponse is Reponse.NON else None)
    jour = read_maintenant().date()
    bilan = summarize_avis(db_session, jour, jour)
    assert (bilan.total, bilan.par_reponse) == (3, {"oui": 2, "un-peu": 0, "non": 1})
    assert bilan.phrases == ((jour, "non", "trop long"),)


def test_le_bilan_ne_compte_que_la_periode(db_session: Session) -> None:
    create_avis(db_session, reponse=Reponse.OUI)
    db_session.execute(update(Avis).values(jour=date(2026, 1, 31)))
    assert summarize_avis(db_session, date(2026, 1, 1), date(2026, 1, 31)).total == 1
    assert summarize_avis(db_session, date(2026, 2, 1), date(2026, 2, 28)).total == 0


def test_un_signalement_traite_quitte_la_liste_des_nouveaux(db_session: Session) -> None:
    premier = create_signalement(db_session, genre=Genre.FERME, fiche="pee")
    second = create_signalement(db_session, genre=Genre.AUTRE, phrase="lien cassé")
    close_signalement(db_session, premier.id)
    assert [s.id for s in list_signalements(db_session, statut="nouveau")] == [second.id]
    assert [s.id for s in list_signalements(db_session)] == [second.id, premier.id]
    assert premier.traite_le


def test_fermer_un_signalement_absent_est_dit(db_session: Session) -> None:
    with pytest.raises(Probleme, match="n'existe pas"):
        close_signalement(db_session, 12)


def test_apres_douze_mois_tout_est_efface(stockage: Stockage) -> None:
    with stockage.open() as db_session:
        create_avis(db_session, reponse=Reponse.OUI)
        create_signalement(db_session, genre=Genre.AUTRE)
        hier = read_maintenant() - timedelta(days=1)
        db_session.execute(update(Avis).values(expire_le=hier))
        db_session.execute(update(Signalement).values(expire_le=hier))
        db_session.commit()
    assert stockage.purge() == 2


def test_l_api_garde_un_avis_et_un_signalement(client: TestClient) -> None:
    assert client.post("/api/v1/avis", json={"reponse": "un-peu", "phrase": "merci"}).status_code == 201
    envoi = {"genre": "contact", "fiche": "pee", "phrase": "le numéro sonne dans le vide"}
    assert client.post("/api/v1/signalements", json=envoi).status_code == 201
    with client.app.state.stockage.open() as db_session:  # type: ignore[attr-defined]
        assert [(s.genre, s.fiche) for s in list_signalements(db_session)] == [("contact", "pee")]
        assert summarize_avis(db_session, date(2020, 1, 1), date(2100, 1, 1)).par_reponse["un-peu"] == 1


@pytest.mark.parametrize(
    ("chemin", "envoi"),
    [
        ("avis", {"reponse": "bof"}),
        ("avis", {"reponse": "oui", "phrase": "a" * 501}),
        ("signalements", {"genre": "contact", "fiche": "fiche-inventee"}),
        ("signalements", {"genre": "contact", "nom": "Dupont"}),
    ],
)
def test_un_envoi_incorrect_est_refuse_en_francais(
    client: TestClient, chemin: str, envoi: dict[str, str]
) -> None:
    reponse = client.post(f"/api/v1/{chemin}", json=envoi)
    assert reponse.status_code == 422
    assert reponse.json()["detail"]


def test_une_machine_ne_peut_pas_inonder_les_avis(client: TestClient) -> None:
    statuts = {client.post("/api/v1/avis", json={"reponse": "oui"}).status_code for _ in range(12)}
    assert statuts == {201, 429}


def test_sans_javascript_l_avis_se_donne_par_le_formulaire(client: TestClient) -> None:
    page = client.post("/avis?langue=fr", data={"avis": "oui", "besoin": "parler-francais"})
    assert page.status_code == 200
    assert "Merci" in page.text
    assert 'name="besoin" value="parler-francais"' in page.text


def test_sans_javascript_un_signalement_sans_choix_redemande(client: TestClient) -> None:
    page = client.post("/signaler?langue=fr", data={"fiche": "pee"})
    assert (page.status_code, 'role="alert"' in page.text) == (200, False)
    page = client.post("/signaler?langue=fr", data={"fiche": "pee", "envoi": "oui"})
    assert (page.status_code, 'role="alert"' in page.text) == (422, True)
    page = client.post("/signaler?langue=fr", data={"fiche": "pee", "envoi": "oui", "genre": "ferme"})
    assert "Une personne va vérifier" in page.text


def test_un_probleme_dans_une_page_est_une_page(client: TestClient) -> None:
    page = client.post("/signaler?langue=fr", data={"fiche": "fiche-inventee"})
    assert page.status_code == 422
    assert page.headers["content-type"].startswith("text/html")
