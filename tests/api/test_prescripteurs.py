"""The prescripteurs' space without a browser: same answers as the API, whole query in the address, nothing left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import product
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.config import Reglages
from api.prescripteurs.demande import read_demande, write_valeur
from api.prescripteurs.filtres import Filtres, check_filtres
from api.prescripteurs.recherche import Moteur, build_moteur
from knowledge import Base
from tests.api.pages import lire
from tests.conftest import JOUR

SANS_BOT = Reglages(adresse_bot="http://127.0.0.1:9")

_BESOINS = [
    ["choisir-un-metier"],
    ["parler-francais", "obtenir-une-qualification"],
    ["lire-ecrire-compter"],
    ["actualiser-mes-competences"],
    ["trouver-un-emploi", "me-deplacer"],
    ["faire-reconnaitre-mon-experience", "financer-ma-formation"],
]
_PROFILS: list[dict[str, Any]] = [
    {},
    {"age_ans": 17, "code_departement": "93", "niveau_diplome": 0, "sorti_mlds": True},
    {"age_ans": 22, "commune": "Saint-Denis", "code_insee": "93066", "niveau_diplome": 3, "permis_b": False},
    {
        "age_ans": 41,
        "code_insee": "75056",
        "rsa": True,
        "contrat_accompagnement": "CER",
        "projet": "confirme",
    },
    {"age_ans": 56, "code_departement": "69", "salarie": True, "experience_mois": 120, "niveau_diplome": 6},
]
SITUATIONS = list(product(_BESOINS, _PROFILS))


@pytest.fixture(scope="module")
def client(base: Base) -> Iterator[TestClient]:
    """The edge alone, with the real base and no dialogue behind it."""
    with TestClient(create_app(SANS_BOT, base=base, aujourd_hui=lambda: JOUR)) as client:
        yield client


@pytest.fixture(scope="module")
def moteur(base: Base) -> Moteur:
    """The search index of the real base."""
    return build_moteur(base)


class _Lecteur(HTMLParser):
    """The dispositifs with their verdicts and the steps of the parcours, as a page marks them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.verdicts: dict[str, str] = {}
        self.parcours: list[tuple[str, list[str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributs = {nom: valeur or "" for nom, valeur in attrs}
        if "data-verdict" in attributs:
            self.verdicts[attributs["data-dispositif"]] = attributs["data-verdict"]
        if "data-parcours" in attributs:
            self.parcours.append((attributs["data-parcours"], attributs["data-etapes"].split(",")))


def _adresse(besoins: list[str], situation: dict[str, Any]) -> str:
    champs = [("besoin", besoin) for besoin in besoins]
    return urlencode([*champs, *((cle, write_valeur(valeur)) for cle, valeur in situation.items())])


def test_il_y_a_trente_situations_comparees() -> None:
    assert len(SITUATIONS) == 30


@pytest.mark.parametrize(("besoins", "situation"), SITUATIONS)
def test_les_verdicts_et_les_parcours_sont_ceux_de_l_api(
    client: TestClient, besoins: list[str], situation: dict[str, Any]
) -> None:
    attendu = client.post("/api/v1/orientation", json={"besoins": besoins, "situation": situation}).json()
    lu = _Lecteur(lire(client, f"/prescripteurs/resultats?{_adresse(besoins, situation)}"))
    assert lu.verdicts == {fiche["id"]: fiche["verdict"] for fiche in attendu["dispositifs"]}
    assert lu.parcours == [
        (parcours["id"], [etape["dispositif"] for etape in parcours["etapes"]])
        for parcours in attendu["parcours"]
    ]


def test_la_question_a_poser_est_celle_de_l_api(client: TestClient) -> None:
    besoins = ["choisir-un-metier"]
    attendu = client.post("/api/v1/orientation", json={"besoins": besoins}).json()["question_suivante"]
    page = lire(client, f"/prescripteurs/resultats?{_adresse(besoins, {})}")
    assert f'data-passer="{attendu["critere"]}"' in page


def test_une_question_passee_n_est_plus_posee(client: TestClient) -> None:
    page = lire(client, "/prescripteurs/resultats?besoin=choisir-un-metier")
    critere = re.search(r'data-passer="(\w+)"', page)
    assert critere
    suite = lire(client, f"/prescripteurs/resultats?besoin=choisir-un-metier&passee={critere[1]}")
    assert f'data-passer="{critere[1]}"' not in suite


def test_sans_besoin_la_page_dit_quoi_faire(client: TestClient) -> None:
    assert "Cochez au moins un besoin" in lire(client, "/prescripteurs")


def test_l_adresse_garde_toute_la_demande(base: Base) -> None:
    champs = parse_qsl(
        "q=vente&besoin=choisir-un-metier&besoin=me-deplacer&age_ans=22&code_insee=93066&permis_b=non"
        "&passee=rsa&contenu=immersion&payee=oui&precise=oui"
    )
    demande = read_demande(champs, base=base, jour=JOUR)
    relue = read_demande(parse_qsl(urlsplit(demande.to_adresse()).query), base=base, jour=JOUR)
    assert (relue.besoins, relue.faits, relue.filtres, relue.passees, relue.q) == (
        demande.besoins,
        demande.faits,
        demande.filtres,
        demande.passees,
        demande.q,
    )


def test_une_reponse_illisible_est_dite_et_n_entre_pas_dans_la_situation(base: Base) -> None:
    demande = read_demande([("age_ans", "beaucoup"), ("rsa", "peut-etre")], base=base, jour=JOUR)
    assert set(demande.fautes) == {"age_ans", "rsa"}
    assert demande.faits == {}


def test_un_departement_suffit_comme_lieu(base: Base) -> None:
    demande = read_demande([("commune", "93")], base=base, jour=JOUR)
    assert demande.faits == {"code_departement": "93"}


def test_une_commune_homonyme_fait_choisir(client: TestClient) -> None:
    page = lire(client, "/prescripteurs?besoin=choisir-un-metier&commune=saint-denis")
    assert "Plusieurs communes portent ce nom" in page
    assert "code_insee=93066" in page


def test_les_filtres_cachent_sans_changer_les_parcours(client: TestClient) -> None:
    requete = _adresse(["choisir-un-metier", "parler-francais"], {"age_ans": 20})
    sans = _Lecteur(lire(client, f"/prescripteurs/resultats?{requete}"))
    avec = _Lecteur(lire(client, f"/prescripteurs/resultats?{requete}&contenu=immersion"))
    assert set(avec.verdicts) < set(sans.verdicts)
    assert avec.parcours == sans.parcours


def test_ce_que_le_document_ne_dit_pas_n_est_jamais_un_non(base: Base) -> None:
    e2c = base.catalogue.dispositifs["e2c"]
    tri = check_filtres(e2c, Filtres(duree="courte"), base)
    assert tri.garde
    assert tri.non_dits == ("durée",)
    assert not check_filtres(e2c, Filtres(duree="courte", precise="oui"), base).garde


@pytest.mark.parametrize(
    ("filtres", "dedans", "dehors"),
    [
        (Filtres(pour="parler-anglais"), "anglais-professionnel", "e2c"),
        (Filtres(contenu="vae"), "info-conseil-vae", "pee"),
        (Filtres(payee="oui"), "pee", "anglais-professionnel"),
        (Filtres(duree="courte"), "bureautique-numerique", "pee"),
        (Filtres(certification="CléA"), "pee", "e2c"),
        (Filtres(entree="prescription"), "pee", "inscription-france-travail"),
        (Filtres(territoire="93"), "pdie93-permis", ""),
        (Filtres(territoire="75"), "pee", "pdie93-permis"),
        (Filtres(niveau="3"), "prfe-certifiant", "dejeps-coordination-projets-imsat"),
    ],
)
def test_chaque_filtre_garde_et_ecarte(base: Base, filtres: Filtres, dedans: str, dehors: str) -> None:
    fiches = base.catalogue.dispositifs
    assert check_filtres(fiches[dedans], filtres, base).garde
    assert not dehors or not check_filtres(fiches[dehors], filtres, base).garde


@pytest.mark.parametrize(
    ("mots", "genre", "titre"),
    [
        ("ecole de la deuxieme chanse", "dispositif", "École de la deuxième chance (E2C)"),
        ("e2c", "dispositif", "École de la deuxième chance (E2C)"),
        ("bureautiqe", "dispositif", "Bureautique"),
        ("coifure", "formation", "Coiffure"),
        ("coiffeuse", "metier", "Coiffure"),
        ("greta", "organisme", "GRETA"),
        ("clea", "terme", "CléA"),
        ("validation acquis experiense", "terme", "VAE"),
    ],
)
def test_la_recherche_pardonne_les_fautes(moteur: Moteur, mots: str, genre: str, titre: str) -> None:
    trouves = [trouve.titre for trouve in moteur.search(mots, limite=40, genre=genre)[:5]]
    assert any(titre.lower() in trouve.lower() for trouve in trouves), trouves


def test_un_mot_inconnu_ne_trouve_rien(moteur: Moteur) -> None:
    assert moteur.search("zzzxqwv") == []


def test_une_fiche_vient_avant_ce_qui_la_cite(moteur: Moteur) -> None:
    assert moteur.search("espace de dynamique d'insertion")[0].id == "edi"


def test_les_mots_cherches_sont_echappes(client: TestClient) -> None:
    page = lire(client, "/prescripteurs", params={"q": "<script>alert(1)</script>"})
    assert "<script>alert" not in page


def test_aucune_page_n_est_gardee_en_route(client: TestClient) -> None:
    assert (
        "no-store" in client.get("/prescripteurs?besoin=choisir-un-metier&rsa=oui").headers["cache-control"]
    )


def test_chaque_donnee_a_son_champ_et_son_pourquoi(client: TestClient, base: Base) -> None:
    page = lire(client, "/prescripteurs")
    for cle, question in base.referentiels.questions.items():
        assert f'name="{cle}"' in page, cle
        assert f'id="pq-{cle}"' in page, cle
        assert question.critere == cle


def test_les_reponses_sensibles_sont_repliees(client: TestClient, base: Base) -> None:
    page = lire(client, "/prescripteurs")
    volet = page[page.index("volet-sensible") :]
    volet = volet[: volet.index("</details>")]
    sensibles = {cle for cle, critere in base.referentiels.criteres.items() if critere.sensible}
    assert {cle for cle in sensibles if f'name="{cle}"' in volet} == sensibles
    assert " open" not in volet[: volet.index(">")]


def test_une_commune_retapee_l_emporte_sur_le_code_reste_dans_le_formulaire(base: Base) -> None:
    parametres = [("commune", "Bondy"), ("code_insee", "93066")]
    assert read_demande(parametres, base=base, jour=JOUR).faits["code_insee"] == "93010"


def test_une_commune_dont_le_nom_en_contient_un_autre_n_est_pas_prise_pour_lui(base: Base) -> None:
    parametres = [("commune", "Saint-Denis-en-Val"), ("code_insee", "93066")]
    assert read_demande(parametres, base=base, jour=JOUR).faits["code_insee"] == "45274"


def test_le_code_choisi_departage_les_communes_du_meme_nom(base: Base) -> None:
    parametres = [("commune", "saint denis"), ("code_insee", "93066")]
    assert read_demande(parametres, base=base, jour=JOUR).faits["code_insee"] == "93066"
