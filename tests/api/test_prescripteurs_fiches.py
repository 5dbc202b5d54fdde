"""Sheets, comparison, map of links and parcours types of the prescripteurs' space, without a browser."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import pytest
from fastapi.testclient import TestClient
from pypdf import PdfReader

from api.app import create_app
from api.config import Reglages
from api.prescripteurs.demande import read_demande
from api.prescripteurs.dessin import STATUTS, draw_carte, draw_voisinage
from api.prescripteurs.enchainements import find_arrivees, find_chemins, list_passages
from api.prescripteurs.fiches import list_liens
from knowledge import Base
from tests.api.pages import lire
from tests.conftest import JOUR

SANS_BOT = Reglages(adresse_bot="http://127.0.0.1:9")


@pytest.fixture(scope="module")
def client(base: Base) -> Iterator[TestClient]:
    """The edge alone, with the real base and no dialogue behind it."""
    with TestClient(create_app(SANS_BOT, base=base, aujourd_hui=lambda: JOUR)) as client:
        yield client


def _list_pages(base: Base) -> list[str]:
    fixes = [
        "",
        "/fiches",
        "/fiches?genre=formation",
        "/fiches?genre=terme",
        "/fiches?q=vente",
        "/enchainements",
    ]
    return [
        *(f"/prescripteurs{chemin}" for chemin in fixes),
        "/prescripteurs/enchainements?depart=pee&but=obtenir-une-qualification",
        "/prescripteurs/comparer?ids=pee,e2c,edi&age_ans=22",
        "/prescripteurs/comparer",
        "/prescripteurs/parcours-types",
        *(f"/prescripteurs/dispositifs/{cle}" for cle in base.catalogue.dispositifs),
        *(f"/prescripteurs/formations/{cle}" for cle in base.catalogue.formations),
        *(f"/prescripteurs/parcours-types/{cle}" for cle in base.catalogue.parcours_types),
    ]


def test_chaque_page_s_ouvre_sans_code_dans_la_page_et_sans_identifiant_en_double(
    client: TestClient, base: Base
) -> None:
    for chemin in _list_pages(base):
        page = lire(client, chemin)
        assert " style=" not in page, chemin
        assert re.search(r"<script(?![^>]*\bsrc=)", page) is None, chemin
        assert re.search(r"\son\w+=", page) is None, chemin
        ids = re.findall(r'\sid="([^"]+)"', page)
        assert len(ids) == len(set(ids)), (chemin, sorted(cle for cle in ids if ids.count(cle) > 1))


def test_une_fiche_dit_ses_conditions_ses_sources_et_sa_fraicheur(client: TestClient, base: Base) -> None:
    page = lire(client, "/prescripteurs/dispositifs/pee")
    for condition in base.catalogue.dispositifs["pee"].conditions:
        assert condition.source.lignes
        assert f"l.&nbsp;{condition.source.lignes}" in page
    assert "à revérifier" in page
    assert "Première version de cette fiche" in page
    assert "Le montant de la rémunération" in page


def test_le_public_prioritaire_est_a_part(client: TestClient) -> None:
    page = lire(client, "/prescripteurs/dispositifs/edi")
    assert "Public prioritaire" in page
    assert "Ce n'est pas une condition" in page.replace("&#39;", "'")


def test_les_lieux_se_filtrent_par_departement(client: TestClient, base: Base) -> None:
    page = lire(client, "/prescripteurs/dispositifs/pee?departement=77")
    lieux = {site.code_departement for site in base.catalogue.sites if site.dispositif == "pee"}
    assert len(lieux) > 1
    assert "<h3>Seine-et-Marne (77)</h3>" in page
    assert "<h3>Paris (75)</h3>" not in page


def test_le_dessin_d_une_fiche_dit_tous_ses_liens(base: Base) -> None:
    for fiche in base.catalogue.dispositifs.values():
        avant, apres = list_liens(fiche, base)
        if not avant and not apres:
            continue
        dessin = draw_voisinage(fiche, [lien.fiche for lien in avant], [lien.fiche for lien in apres], base)
        voisins = {lien.fiche.id for lien in (*avant, *apres)}
        assert {boite.fiche.id for boite in dessin.boites} == voisins | {fiche.id}
        attendues = {(lien.fiche.id, fiche.id) for lien in avant} | {
            (fiche.id, lien.fiche.id) for lien in apres
        }
        assert {(fleche.de, fleche.vers) for fleche in dessin.fleches} == attendues


def test_une_fiche_inconnue_est_une_page_404(client: TestClient) -> None:
    for chemin in ("dispositifs/pée", "formations/nulle", "parcours-types/rien", "comparer?ids=nulle"):
        reponse = client.get(f"/prescripteurs/{chemin}")
        assert reponse.status_code == 404
        assert "n&#39;existe pas" in reponse.text or "n'existe pas" in reponse.text


def test_on_compare_trois_fiches_au_plus(client: TestClient) -> None:
    page = lire(client, "/prescripteurs/comparer?ids=pee&ids=e2c&ids=edi&ids=clea")
    assert page.count('scope="col"') == 3
    assert "trois fiches au plus" in page


def test_on_compare_aussi_des_formations(client: TestClient, base: Base) -> None:
    ids = list(base.catalogue.formations)[:2]
    page = lire(client, f"/prescripteurs/comparer?ids={','.join(ids)}")
    assert page.count('scope="col"') == 2
    assert page.count('scope="row"') > 8


def test_la_comparaison_juge_la_situation_donnee(client: TestClient) -> None:
    page = lire(client, "/prescripteurs/comparer?ids=pee,e2c&age_ans=40")
    assert page.count("badge-non_eligible") == 2


def test_la_carte_dit_le_statut_de_chaque_lien(base: Base) -> None:
    dessin = draw_carte(base, statuts=STATUTS)
    attendus = {
        (p.de.id, p.vers.id, p.articulation.statut.value) for p in list_passages(base, statuts=STATUTS)
    }
    assert {(fleche.de, fleche.vers, fleche.statut) for fleche in dessin.fleches} == attendus


def test_aucune_case_de_la_carte_n_en_cache_une_autre(base: Base) -> None:
    places = [(boite.x, boite.y) for boite in draw_carte(base, statuts=STATUTS).boites]
    assert len(places) == len(set(places))


def test_un_chemin_suit_des_liens_qui_existent_jusqu_au_but(base: Base) -> None:
    passages = list_passages(base, statuts=STATUTS)
    arrivees = find_arrivees("obtenir-une-qualification", base)
    chemins = find_chemins(passages, departs=["pee"], arrivees=arrivees, fermes=[])
    assert chemins
    for chemin in chemins:
        assert all(passage in passages for passage in chemin.passages)
        assert chemin.fiches[0].id == "pee"
        assert any(effet.acquis == "qualification" for effet in chemin.fiches[-1].effets)
        assert len({fiche.id for fiche in chemin.fiches}) == len(chemin.fiches)


def test_la_carte_part_aussi_d_un_profil(client: TestClient) -> None:
    adresse = "/prescripteurs/enchainements?depart=profil:e2c-vers-alternance&but=trouver-une-alternance"
    page = lire(client, adresse)
    assert "18 ans" in page
    chemins = page[page.index('class="chemins"') : page.index("</ol>", page.index('class="chemins"'))]
    assert "École de la deuxième chance" in chemins.replace("&#39;", "'")


def test_un_lien_souhaite_decoche_disparait_du_tableau_et_de_la_carte(client: TestClient) -> None:
    page = lire(client, "/prescripteurs/enchainements?statut=etabli&statut=prioritaire")
    corps = page[page.index("<tbody>") :]
    assert "statut-souhaite" not in corps
    assert 'class="fleche fleche-souhaite" d="M2 5h40"' in page  # the key stays
    assert page.count("fleche-souhaite") == 1


def test_les_parcours_types_se_filtrent(client: TestClient, base: Base) -> None:
    assert len(base.catalogue.parcours_types) >= 40
    attendus = {
        cle for cle, x in base.catalogue.parcours_types.items() if "trouver-une-alternance" in x.besoins
    }
    page = lire(client, "/prescripteurs/parcours-types?besoin=trouver-une-alternance")
    assert set(re.findall(r'href="/prescripteurs/parcours-types/([\w-]+)"', page)) == attendus


def test_adapter_a_la_personne_ouvre_la_recherche_remplie(client: TestClient, base: Base) -> None:
    for exemple in base.catalogue.parcours_types.values():
        page = lire(client, f"/prescripteurs/parcours-types/{exemple.id}")
        lien = re.search(r'href="(/prescripteurs\?[^"]+)"', page)
        assert lien
        requete = urlsplit(lien[1].replace("&amp;", "&")).query
        demande = read_demande(parse_qsl(requete), base=base, jour=JOUR)
        assert set(demande.besoins) == set(exemple.besoins)
        assert {cle: demande.faits.get(cle) for cle in exemple.situation} == dict(exemple.situation)


def test_un_parcours_type_s_enregistre_en_texte(client: TestClient, base: Base) -> None:
    exemple = base.catalogue.parcours_types["e2c-vers-alternance"]
    reponse = client.get(f"/prescripteurs/parcours-types/{exemple.id}.txt")
    assert "attachment" in reponse.headers["content-disposition"]
    assert reponse.text.startswith(exemple.titre)
    assert all(
        base.catalogue.dispositifs[etape.dispositif].a_faire in reponse.text for etape in exemple.etapes
    )


def test_chaque_parcours_type_tient_sur_une_page_pdf_lisible(client: TestClient, base: Base) -> None:
    for exemple in base.catalogue.parcours_types.values():
        reponse = client.get(f"/prescripteurs/parcours-types/{exemple.id}.pdf")
        lecteur = PdfReader(io.BytesIO(reponse.content))
        assert len(lecteur.pages) == 1, exemple.id
        texte = re.sub(r"\s+", "", lecteur.pages[0].extract_text())
        for etape in exemple.etapes:
            nom = base.catalogue.dispositifs[etape.dispositif].nom
            assert re.sub(r"\s+", "", nom) in texte, (exemple.id, nom)
