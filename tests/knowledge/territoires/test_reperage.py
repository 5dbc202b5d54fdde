"""The places of a sentence are found; ordinary words are left alone."""

from __future__ import annotations

import time

import pytest

from knowledge.territoires import Territoires


@pytest.mark.parametrize(
    ("texte", "code"),
    [
        ("j'habite à st denis dans le 93 avec mes 2 enfants", "93066"),
        ("je suis sur montreuil", "93048"),
        ("banlieue de Lyon", "69123"),
        ("j'habite à Sens", "89387"),
        ("mon code postal c'est 93200", "93066"),
        ("j'ai 23 ans et j'habite vitry", "94081"),
        ("J'habite rue de Paris à Bagnolet", "93006"),
        ("J'habite à Clichy-sous-bois mais je cherche sur paris", "93014"),
        ("je cherche du travail à Evry", "91228"),
        ("j'habite saint-ouen sur seine", "93070"),
        ("je suis bloqué à lens", "62498"),
        ("c'est vers drancy", "93029"),
    ],
)
def test_le_lieu_d_une_phrase_est_repere(territoires: Territoires, texte: str, code: str) -> None:
    assert territoires.reperer_lieux(texte).communes[0].commune.code_insee == code


@pytest.mark.parametrize(
    "texte",
    [
        "j'ai eu mon permis l'année dernière",
        "je suis à la rue",
        "je n'ai plus aucun sens de l'orientation",
        "je voudrais une formation en vente",
        "je suis de bonne humeur",
        "je suis à charge de mes parents",
        "le port du casque",
        "je viens de perdre mon emploi",
        "aide moi",
        "il a aimé la ville",
        "gare de lyon",
        "je veux changer de métier",
        "je suis maçon, je cherche un plan",
        "j'ai arrêté l'école en 3eme",
        "je gagne 12000 euros par an",
        "disponible du 12 au 15 mars",
        "c'est cher",
        "je m'appelle Romain",
        "s'il faut passer un test",
    ],
)
def test_un_mot_ordinaire_n_est_pas_un_lieu(territoires: Territoires, texte: str) -> None:
    lieux = territoires.reperer_lieux(texte)
    assert (lieux.communes, lieux.departement) == ((), None)


@pytest.mark.parametrize(
    ("texte", "code"),
    [
        ("j habite dans le neuf trois", "93"),
        ("je suis du 9-3", "93"),
        ("j'habite en seine saint denis", "93"),
        ("je suis dans l'essonne", "91"),
        ("j'habite dans le nord", "59"),
    ],
)
def test_le_departement_d_une_phrase_est_repere(territoires: Territoires, texte: str, code: str) -> None:
    departement = territoires.reperer_lieux(texte).departement
    assert departement is not None
    assert departement.code == code


def test_saint_denis_sans_departement_demande_une_precision(territoires: Territoires) -> None:
    lieux = territoires.reperer_lieux("j'habite à Saint-Denis")
    assert (lieux.ambigu, lieux.departement) == (True, None)


def test_montreuil_ne_demande_pas_de_precision(territoires: Territoires) -> None:
    assert not territoires.reperer_lieux("j'habite à Montreuil").ambigu


def test_les_autres_lieux_de_la_phrase_sont_gardes(territoires: Territoires) -> None:
    lieux = territoires.reperer_lieux("J'habite à Clichy-sous-bois mais je cherche sur paris")
    assert [trouvee.commune.nom for trouvee in lieux.autres] == ["Paris"]


def test_pres_de_meaux_n_est_pas_a_meaux(territoires: Territoires) -> None:
    assert territoires.reperer_lieux("j'habite près de Meaux").relation == "proximite"


def test_l_arrondissement_d_une_phrase_n_est_pas_un_departement(territoires: Territoires) -> None:
    lieux = territoires.reperer_lieux("j'habite paris 19")
    assert lieux.communes[0].code_arrondissement == "75119"
    assert lieux.departement is not None
    assert lieux.departement.code == "75"


@pytest.mark.parametrize(
    ("texte", "code"),
    [
        ("j'abite a aubervilier", "93001"),
        ("criteil dans le 94", "94028"),
        ("vitri sur seine", "94081"),
        ("sens", "89387"),
        ("sur paris", "75056"),
        ("kremlin bicetre", "94043"),
    ],
)
def test_une_reponse_de_lieu_accepte_les_fautes(territoires: Territoires, texte: str, code: str) -> None:
    lieux = territoires.reperer_lieux(texte, tout_le_texte_est_un_lieu=True)
    assert lieux.communes[0].commune.code_insee == code


@pytest.mark.parametrize(
    "texte",
    [
        "je sais pas",
        "non",
        "oui",
        "aucune idée",
        "nulle part",
        "sdf",
        "je suis à la rue",
        "chez ma mère",
        "je préfère pas dire",
    ],
)
def test_une_reponse_qui_n_est_pas_un_lieu_ne_donne_aucun_lieu(territoires: Territoires, texte: str) -> None:
    assert territoires.reperer_lieux(texte, tout_le_texte_est_un_lieu=True).communes == ()


@pytest.mark.parametrize(
    "texte", ["", "😀😀", "a" * 20_000, "à " * 10_000, "saint " * 4_000, "9" * 20_000, "\x00\ud800"]
)
@pytest.mark.parametrize("demande", [True, False])
def test_un_texte_hostile_ne_coute_rien(territoires: Territoires, texte: str, demande: bool) -> None:
    debut = time.perf_counter()
    assert territoires.reperer_lieux(texte, tout_le_texte_est_un_lieu=demande).communes == ()
    assert time.perf_counter() - debut < 0.5
