"""Documents: one A4 page with everything on it, a text of 480 signs, a reminder that calendars read."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pypdf
import pytest
from fastapi.testclient import TestClient
from icalendar import Calendar

from api.app import create_app
from api.config import Reglages
from api.documents.parcours import build_pdf_parcours
from api.documents.pdf import Bloc, Feuillet, Section, build_pdf
from api.documents.texte import SIGNES_MAX, order_etapes, write_texte
from api.orientation.schemas import ParcoursJson
from api.partages.contenu import orient_contenu
from api.partages.services import ContenuPartage
from knowledge import Base
from tests.conftest import JOUR

LIEN = "https://passerelle.example/reprendre#7KQ2M-9XTBA"
DEMANDE: dict[str, Any] = {
    "besoins": ["parler-francais", "me-deplacer"],
    "situation": {"age_ans": 22, "commune": "Saint-Denis", "code_insee": "93066", "niveau_diplome": 0},
}


@pytest.fixture(scope="module")
def client(base: Base, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    fichier: Path = tmp_path_factory.mktemp("documents") / "api.db"
    reglages = Reglages(adresse_bot="http://127.0.0.1:9", base_url=f"sqlite:///{fichier}")
    with TestClient(create_app(reglages, base=base, aujourd_hui=lambda: JOUR)) as ouvert:
        yield ouvert


@pytest.fixture(scope="module")
def parcours(base: Base) -> ParcoursJson:
    contenu = ContenuPartage(besoins=tuple(DEMANDE["besoins"]), situation=DEMANDE["situation"])
    return orient_contenu(contenu, base=base, jour=JOUR).parcours[0]


def _lire(pdf: bytes) -> tuple[int, str]:
    document = pypdf.PdfReader(io.BytesIO(pdf))
    return len(document.pages), " ".join(" ".join(page.extract_text() for page in document.pages).split())


def test_le_pdf_tient_sur_une_page_avec_les_etapes_et_les_contacts(parcours: ParcoursJson) -> None:
    pages, texte = _lire(build_pdf_parcours(parcours, jour=JOUR, lien=LIEN, code="7KQ2M-9XTBA"))
    assert pages == 1
    for etape in parcours.etapes:
        assert etape.titre in texte
        assert etape.a_faire in texte
        assert all(contact.organisme in texte for contact in etape.contacts[:1])
    assert "7KQ2M-9XTBA" in texte
    assert "21/11/2026" in texte


def test_le_pdf_est_un_a4(parcours: ParcoursJson) -> None:
    page = pypdf.PdfReader(io.BytesIO(build_pdf_parcours(parcours, jour=JOUR, lien=LIEN))).pages[0]
    assert (round(float(page.mediabox.width)), round(float(page.mediabox.height))) == (595, 842)


def test_un_parcours_tres_long_tient_encore_sur_une_page(parcours: ParcoursJson) -> None:
    etapes = [etape for _ in range(3) for etape in parcours.etapes][:9]
    long = parcours.model_copy(update={"etapes": etapes})
    pages, texte = _lire(build_pdf_parcours(long, jour=JOUR, lien=LIEN))
    assert pages == 1
    assert etapes[-1].a_faire in texte


def test_le_pdf_ecrit_tous_les_signes_du_francais() -> None:
    dit = "L’œuvre à 5 €, « déjà » – où ? Noël, ça, île… ** pas de gras **"
    _, texte = _lire(
        build_pdf(Feuillet(titre=dit, sections=(Section(titre="A", blocs=(Bloc(phrases=(dit,)),)),)))
    )
    assert texte.count("L’œuvre à 5 €, « déjà » – où ? Noël, ça, île…") == 2


def test_ce_qu_il_faut_apporter_est_imprime_quand_la_base_le_sait(parcours: ParcoursJson) -> None:
    etape = parcours.etapes[0].model_copy(update={"a_apporter": ["Une pièce d'identité", "Un CV"]})
    avec = parcours.model_copy(update={"etapes": [etape]})
    _, texte = _lire(build_pdf_parcours(avec, jour=JOUR, lien=LIEN))
    assert "À apporter : • Une pièce d'identité • Un CV" in texte


def test_le_texte_court_tient_en_480_signes_pour_chaque_besoin(base: Base) -> None:
    for besoin in base.referentiels.besoins:
        contenu = ContenuPartage(besoins=(besoin, "me-deplacer"), situation=DEMANDE["situation"])
        for trouve in orient_contenu(contenu, base=base, jour=JOUR).parcours:
            texte = write_texte(trouve, lien=LIEN)
            assert len(texte) <= SIGNES_MAX
            assert texte.endswith(LIEN)
            assert order_etapes(trouve)[0].titre[:40] in texte


def test_l_api_donne_le_pdf_sans_rien_dans_l_adresse(client: TestClient) -> None:
    reponse = client.post("/api/v1/documents/parcours.pdf", json=DEMANDE)
    assert reponse.status_code == 200
    assert reponse.headers["content-type"] == "application/pdf"
    assert reponse.headers["cache-control"] == "no-store"
    assert _lire(reponse.content)[0] == 1


def test_l_api_donne_le_texte(client: TestClient) -> None:
    reponse = client.post("/api/v1/documents/parcours.txt", json=DEMANDE)
    assert reponse.status_code == 200
    assert reponse.text.startswith("Mon parcours Passerelle\n1. ")


def test_le_rappel_se_lit_dans_un_agenda_au_jour_choisi(client: TestClient, parcours: ParcoursJson) -> None:
    envoi = {**DEMANDE, "etape": parcours.etapes[0].rang, "date": "2026-12-01", "heure": "14:30"}
    reponse = client.post("/api/v1/documents/rappel.ics", json=envoi)
    assert reponse.status_code == 200
    (rappel,) = Calendar.from_ical(reponse.content).walk("VEVENT")
    assert rappel.decoded("dtstart") == datetime(2026, 12, 1, 14, 30)
    assert parcours.etapes[0].a_faire in str(rappel["description"])
    assert len(rappel.walk("VALARM")) == 1


@pytest.mark.parametrize(
    ("envoi", "statut"),
    [({**DEMANDE, "rang": 19}, 404), ({"besoins": []}, 422), ({"besoins": ["inconnu"]}, 422)],
)
def test_une_demande_sans_parcours_est_expliquee(
    client: TestClient, envoi: dict[str, Any], statut: int
) -> None:
    reponse = client.post("/api/v1/documents/parcours.pdf", json=envoi)
    assert reponse.status_code == statut
    assert reponse.json()["detail"]
