"""What a person types in a place field finds the commune they mean."""

from __future__ import annotations

import time

import pytest

from knowledge.territoires import Territoires, load_territoires

# (what is typed, INSEE code of the first answer)
REQUETES = [
    ("93200", "93066"),
    ("93 200", "93066"),
    ("93100 montreuil", "93048"),
    ("Saint-Denis (93)", "93066"),
    ("saint denis 93", "93066"),
    ("st denis 974", "97411"),
    ("st denis la reunion", "97411"),
    ("montreuil seine saint denis", "93048"),
    ("Montreuil", "93048"),
    ("montreuil 62", "62588"),
    ("montreuil 28", "28267"),
    ("montreuil vendée", "85148"),
    ("Evry", "91228"),
    ("Évry 89", "89162"),
    ("vitry", "94081"),
    ("Asnieres", "92004"),
    ("St-Ouen", "93070"),
    ("saint ouen l'aumone", "95572"),
    ("Boulogne", "92012"),
    ("clichy ss bois", "93014"),
    ("epinay s/ seine", "93031"),
    ("hay les roses", "94038"),
    ("l'ile st denis", "93039"),
    ("Pierrefitte-sur-Seine", "93066"),
    ("neuilly sur marne", "93050"),
    ("cergy", "95127"),
    ("marseile", "13055"),
    ("montreuille", "93048"),
    ("bobini", "93008"),
    ("aubervillier", "93001"),
    ("nantaire", "92050"),
    ("criteil", "94028"),
    ("vilejuif", "94076"),
    ("champigni sur marne", "94017"),
    ("garge les gonesse", "95268"),
    ("vitri sur sène", "94081"),
    ("paris 18", "75056"),
    ("75018", "75056"),
    ("lyon 3eme", "69123"),
]


@pytest.mark.parametrize(("texte", "code"), REQUETES)
def test_un_lieu_tape_par_une_personne_est_trouve(territoires: Territoires, texte: str, code: str) -> None:
    assert territoires.find_communes(texte)[0].commune.code_insee == code


@pytest.mark.parametrize("texte", ["paris 18", "75018", "Paris 18ème", "18e arrondissement de Paris"])
def test_l_arrondissement_reste_connu(territoires: Territoires, texte: str) -> None:
    trouvee = territoires.find_communes(texte)[0]
    assert (trouvee.commune.nom, trouvee.code_arrondissement) == ("Paris", "75118")


def test_les_homonymes_restent_separes_et_vont_du_plus_peuple_au_moins_peuple(
    territoires: Territoires,
) -> None:
    exactes = [t.commune for t in territoires.find_communes("saint-denis", 20) if t.motif == "nom"]
    assert [c.code_departement for c in exactes][:2] == ["974", "93"]
    assert [c.population for c in exactes] == sorted((c.population for c in exactes), reverse=True)  # type: ignore[type-var]


def test_un_code_postal_trouve_toutes_ses_communes(territoires: Territoires) -> None:
    noms = {t.commune.nom for t in territoires.find_communes("01400", 30)}
    assert {"L'Abergement-Clémenciat", "Châtillon-sur-Chalaronne"} <= noms


def test_le_departement_connu_choisit_l_homonyme(territoires: Territoires) -> None:
    assert territoires.find_communes("montreuil", code_departement="28")[0].commune.code_departement == "28"


def test_un_ancien_nom_donne_la_commune_d_aujourd_hui(territoires: Territoires) -> None:
    trouvee = territoires.find_communes("pierrefitte sur seine")[0]
    assert (trouvee.motif, trouvee.nom_reconnu) == ("ancien_nom", "Pierrefitte-sur-Seine")


def test_une_agglomeration_propose_ses_communes(territoires: Territoires) -> None:
    trouvees = territoires.find_communes("St Quentin en Yvelines")
    assert {t.motif for t in trouvees} == {"agglomeration"}


@pytest.mark.parametrize(
    "texte", ["", "   ", "😀😀", "a" * 20_000, "saint " * 4_000, "\x00", "00000", "(((", "zzzzzzzz"]
)
def test_un_texte_hostile_ne_trouve_rien_et_coute_peu(territoires: Territoires, texte: str) -> None:
    debut = time.perf_counter()
    trouvees = territoires.find_communes(texte)
    assert all(t.score < 0.95 for t in trouvees)
    assert time.perf_counter() - debut < 0.5


def test_les_scores_vont_de_zero_a_un(territoires: Territoires) -> None:
    scores = [t.score for texte, _ in REQUETES for t in territoires.find_communes(texte)]
    assert all(0 < score <= 1 for score in scores)


def test_un_arrondissement_et_une_commune_se_lisent_par_leur_code(territoires: Territoires) -> None:
    paris, inconnue = territoires.get_commune("75118"), territoires.get_commune("99999")
    assert paris is not None
    assert (paris.nom, inconnue) == ("Paris", None)


def test_toutes_les_communes_de_france_sont_la(territoires: Territoires) -> None:
    assert len(territoires) == 34_969


def test_le_referentiel_se_charge_vite() -> None:
    debut = time.process_time()
    load_territoires()
    assert time.process_time() - debut < 1.5  # 0.4 s on a quiet machine


def test_la_recherche_melee_donne_communes_departements_et_bassins(territoires: Territoires) -> None:
    premiers = [territoires.find_territoires(texte)[0] for texte in ("montreuil", "93", "plaine commune")]
    assert [(p.type, p.code) for p in premiers] == [
        ("commune", "93048"),
        ("departement", "93"),
        ("bassin", "T6"),
    ]
