"""Shared results: codes nobody guesses, content nobody reads without them, expiry, cancelling, rates."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from api.partages.coffre import ALPHABET, create_code, read_code
from api.partages.services import (
    ContenuPartage,
    create_partage,
    read_partage,
    revoke_partage,
    update_partage,
)
from api.partages.tables import Partage
from api.problemes import Probleme
from api.stockage.session import read_maintenant

CONTENU = ContenuPartage(
    besoins=("parler-francais",), situation={"age_ans": 22, "commune": "Saint-Denis"}, paroles="j'ai du mal"
)
DEMANDE = {"besoins": ["parler-francais"], "situation": {"age_ans": 22, "commune": "Saint-Denis"}}


def _garder(client: TestClient, **champs: Any) -> dict[str, Any]:
    reponse = client.post("/api/v1/partages", json={**DEMANDE, **champs})
    assert reponse.status_code == 201, reponse.text
    cree: dict[str, Any] = reponse.json()
    return cree


def test_un_code_ne_contient_aucun_signe_ambigu() -> None:
    codes = {create_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(re.fullmatch(rf"[{ALPHABET}]{{5}}-[{ALPHABET}]{{5}}", code) for code in codes)
    assert not set("01OIL") & set(ALPHABET)


@given(st.lists(st.sampled_from(ALPHABET), min_size=10, max_size=10), st.booleans())
def test_un_code_se_tape_en_minuscules_sans_tiret_ou_avec_des_espaces(signes: list[str], bas: bool) -> None:
    code = "".join(signes)
    tape = " ".join(code.lower() if bas else code)
    assert read_code(tape) == code
    assert read_code(f" {code[:5]}–{code[5:]} ") == code


@given(st.text(max_size=60))
def test_un_texte_quelconque_n_arrete_pas_la_lecture_d_un_code(texte: str) -> None:
    lu = read_code(texte)
    assert lu is None or set(lu) <= set(ALPHABET)


def test_un_code_rouvre_ce_qui_a_ete_garde(db_session: Session) -> None:
    cree = create_partage(db_session, CONTENU, jours=7)
    assert read_partage(db_session, cree.code.lower().replace("-", " ")) == CONTENU
    assert timedelta(days=6) < cree.expire_le - read_maintenant() <= timedelta(days=7)


def test_la_base_ne_contient_ni_le_code_ni_le_contenu_lisible(db_session: Session) -> None:
    cree = create_partage(db_session, CONTENU)
    ligne = db_session.scalars(select(Partage)).one()
    garde = ligne.repere.encode() + ligne.contenu
    assert read_code(cree.code) not in ligne.repere.upper()
    assert b"Saint-Denis" not in garde
    assert b"parler-francais" not in garde


def test_un_code_annule_ne_rouvre_rien(db_session: Session) -> None:
    code = create_partage(db_session, CONTENU).code
    revoke_partage(db_session, code)
    with pytest.raises(Probleme, match="expiré ou a été annulé") as erreur:
        read_partage(db_session, code)
    assert erreur.value.statut == 404
    assert db_session.scalars(select(Partage)).all() == []


def test_un_code_expire_ne_rouvre_rien_meme_avant_le_menage(db_session: Session) -> None:
    code = create_partage(db_session, CONTENU).code
    db_session.execute(update(Partage).values(expire_le=read_maintenant() - timedelta(seconds=1)))
    with pytest.raises(Probleme, match="expiré"):
        read_partage(db_session, code)


def test_un_contenu_modifie_dans_la_base_ne_se_lit_pas(db_session: Session) -> None:
    code = create_partage(db_session, CONTENU).code
    autre = create_partage(db_session, CONTENU).code
    lignes = db_session.scalars(select(Partage)).all()
    echange = lignes[0].contenu, lignes[1].contenu
    lignes[1].contenu, lignes[0].contenu = echange
    db_session.flush()
    for essai in (code, autre):
        with pytest.raises(Probleme):
            read_partage(db_session, essai)


def test_une_note_s_ajoute_sans_deplacer_la_fin(db_session: Session) -> None:
    cree = create_partage(db_session, CONTENU)
    note = ContenuPartage(besoins=CONTENU.besoins, situation=CONTENU.situation, note="Rendez-vous mardi.")
    update_partage(db_session, cree.code, note)
    lu = read_partage(db_session, cree.code)
    assert (lu.note, db_session.scalars(select(Partage)).one().expire_le) == (
        "Rendez-vous mardi.",
        cree.expire_le,
    )
    assert lu.modifie_le


def test_une_autre_duree_est_refusee(db_session: Session) -> None:
    with pytest.raises(Probleme, match="1, 7 ou 30"):
        create_partage(db_session, CONTENU, jours=365)


def test_l_api_rend_le_resultat_du_jour(client: TestClient) -> None:
    cree = _garder(client)
    lu = client.get(f"/api/v1/partages/{cree['code']}").json()
    direct = client.post("/api/v1/orientation", json=DEMANDE).json()
    assert lu["orientation"] == direct
    assert lu["situation"]["commune"] == "Saint-Denis"


def test_le_lien_porte_le_code_apres_le_diese(client: TestClient) -> None:
    cree = _garder(client)
    assert cree["lien"] == f"https://passerelle.example/reprendre#{cree['code']}"
    assert cree["qr"].startswith("data:image/svg+xml")


def test_l_api_annule_un_code(client: TestClient) -> None:
    code = _garder(client)["code"]
    assert client.delete(f"/api/v1/partages/{code}").status_code == 204
    reponse = client.get(f"/api/v1/partages/{code}")
    assert reponse.status_code == 404
    assert reponse.json()["detail"] == "Ce code n'existe pas, a expiré ou a été annulé."
    assert client.delete(f"/api/v1/partages/{code}").status_code == 404


def test_on_n_essaie_pas_plus_de_dix_codes_par_minute(client: TestClient) -> None:
    statuts = [client.get(f"/api/v1/partages/{create_code()}").status_code for _ in range(11)]
    assert statuts == [404] * 10 + [429]


def test_une_cle_inconnue_est_nommee(client: TestClient) -> None:
    reponse = client.post("/api/v1/partages", json={**DEMANDE, "situation": {"agee": 3}})
    assert reponse.status_code == 422
    assert reponse.json()["cle"] == "agee"


def test_sans_besoin_il_n_y_a_rien_a_garder(client: TestClient) -> None:
    reponse = client.post("/api/v1/partages", json={"besoins": []})
    assert reponse.status_code == 422
    assert "parcours à garder" in reponse.json()["detail"]


def test_les_paroles_gardees_ne_contiennent_pas_de_numero(client: TestClient) -> None:
    cree = _garder(client, paroles="appelez-moi au 06 12 34 56 78 ou a@b.fr")
    lu = client.get(f"/api/v1/partages/{cree['code']}").json()
    assert lu["paroles"] == "appelez-moi au […] ou […]"


def test_un_besoin_retire_de_la_base_n_empeche_pas_de_rouvrir(client: TestClient) -> None:
    with client.app.state.stockage.open() as db_session:  # type: ignore[attr-defined]
        ancien = ContenuPartage(
            besoins=("besoin-d-avant", "parler-francais"), situation={"cle_d_avant": 1, "age_ans": 22}
        )
        code = create_partage(db_session, ancien).code
        db_session.commit()
    lu = client.get(f"/api/v1/partages/{code}").json()
    assert (lu["besoins"], lu["situation"]) == (["parler-francais"], {"age_ans": 22})
