"""Chat, API, page without script and prescripteurs give one person the same verdicts and the same parcours.

Two hundred generated people, each known by 0 to 12 facts, go through every way in; ten of them press the buttons of a
real conversation, from the need to the result.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

import actions.orienter
from actions.messages import build_charge_parcours
from actions.suivi import Suivi
from api.app import create_app
from api.config import Reglages
from api.conversations.services import to_parcours
from knowledge import Base, Orientation, Situation, Valeur, build_situation, orienter
from tests.api.pages import lire
from tests.conftest import JOUR
from tests.conversations.dialogue import Personne

GRAINE = 421
NOMBRE = 200
CONVERSATIONS = 10
FAITS_MAX = 12
_COMMUNES = ("93066", "93048", "75056", "77288", "94028", "95018", "91228", "69123", "2A004")
_METIERS = ("cuisinier", "aide-soignante", "maçon", "développeur web", "agent d'entretien")

Faits = dict[str, Valeur]


@dataclass(frozen=True, slots=True)
class Demande:
    """Needs and facts of one generated person."""

    besoins: tuple[str, ...]
    faits: tuple[tuple[str, Valeur], ...]

    def to_situation(self, base: Base) -> Situation:
        """The facts, completed as for everyone."""
        return build_situation(base, dict(self.faits))


@dataclass(frozen=True, slots=True)
class Reponse:
    """What is compared: (id, verdict) of each dispositif, and the steps of each parcours with their formation."""

    verdicts: tuple[tuple[str, str], ...]
    parcours: tuple[tuple[str, ...], ...]


def draw_demandes(base: Base, nombre: int) -> list[Demande]:
    """People of all kinds, the same ones each time; nearly nothing is known of some of them."""
    hasard = random.Random(GRAINE)
    besoins = list(base.referentiels.besoins)
    demandes = []
    for _ in range(nombre):
        valeurs = _draw_faits(base, hasard)
        connus = hasard.sample(sorted(valeurs), hasard.randint(0, FAITS_MAX))
        demandes.append(
            Demande(
                besoins=tuple(hasard.sample(besoins, hasard.choice([1, 1, 1, 2, 3]))),
                faits=tuple((cle, valeurs[cle]) for cle in connus),
            )
        )
    return demandes


def _draw_faits(base: Base, hasard: random.Random) -> Faits:
    """A value for every criterion, within what it allows; the place is a commune or only a département."""
    faits: Faits = {}
    for cle, critere in base.referentiels.criteres.items():
        if critere.type == "booleen":
            faits[cle] = hasard.random() < 0.4
        elif critere.type == "choix":
            faits[cle] = hasard.choice(critere.valeurs)
    faits["age_ans"] = hasard.randint(15, 64)
    faits["niveau_diplome"] = hasard.randint(0, 7)
    faits["experience_mois"] = hasard.choice([0, 2, 6, 12, 18, 36, 120])
    faits["metier_vise"] = hasard.choice(_METIERS)
    if hasard.random() < 0.7:
        faits["code_insee"] = hasard.choice(_COMMUNES)
    else:
        faits["code_departement"] = hasard.choice(["75", "77", "93", "93", "95", "69", "974"])
    return faits


def to_texte(valeur: Valeur) -> str:
    """A value as a button, a field or an address holds it."""
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    return str(valeur)


def read_orientation(orientation: Orientation) -> Reponse:
    """What the engine answers."""
    return Reponse(
        verdicts=tuple((e.dispositif.id, e.verdict.value) for e in orientation.evaluations),
        parcours=tuple(
            tuple(etape.dispositif.id for etape in parcours.etapes) for parcours in orientation.parcours_list
        ),
    )


def read_json(resultat: dict[str, Any]) -> Reponse:
    """What the API answers, alone or inside a message."""
    return Reponse(
        verdicts=tuple((fiche["id"], fiche["verdict"]) for fiche in resultat["dispositifs"]),
        parcours=tuple(
            tuple(etape["dispositif"] for etape in parcours["etapes"]) for parcours in resultat["parcours"]
        ),
    )


_FICHE = re.compile(r'data-dispositif="([^"]+)" data-verdict="([^"]+)"')
_ETAPES = re.compile(r'data-etapes="([^"]*)"')
_MARQUE = re.compile(
    r'(?P<debut><section class="parcours")|(?P<fin></section>)|class="badge badge-(?P<verdict>\w+)"'
    r'|name="fiche" value="(?P<fiche>[^"]+)"'
)


def read_prescripteurs(page: str) -> tuple[dict[str, str], list[list[str]]]:
    """Verdict of each dispositif and steps of each parcours, as the prescripteurs' page marks them."""
    return dict(_FICHE.findall(page)), [etapes.split(",") for etapes in _ETAPES.findall(page)]


def read_page(page: str) -> tuple[dict[str, str], list[list[str]]]:
    """The same in the page without script: each record is followed by its « signaler » button."""
    verdicts: dict[str, str] = {}
    parcours: list[list[str]] = []
    dedans, badge = False, ""
    for marque in _MARQUE.finditer(page):
        if marque["debut"]:
            dedans = True
            parcours.append([])
        elif marque["fin"]:
            dedans = False
        elif marque["verdict"]:
            badge = marque["verdict"]
        elif dedans:
            parcours[-1].append(marque["fiche"])
        else:
            verdicts[marque["fiche"]] = badge
    return verdicts, parcours


def sort_for_page(resultat: dict[str, Any]) -> tuple[dict[str, str], list[list[str]]]:
    """What the page without script shows of an answer: parallel steps last, records already in a parcours once."""
    etapes = [etape for parcours in resultat["parcours"] for etape in parcours["etapes"]]
    suivis = {etape["dispositif"] for etape in etapes}
    return (
        {
            fiche["id"]: fiche["verdict"]
            for fiche in resultat["dispositifs"]
            if fiche["verdict"] == "non_eligible" or fiche["id"] not in suivis
        },
        [
            [
                etape["formation"] or etape["dispositif"]
                for etape in sorted(parcours["etapes"], key=lambda etape: etape["en_parallele"])
            ]
            for parcours in resultat["parcours"]
        ],
    )


@pytest.fixture(scope="module")
def demandes(base: Base) -> list[Demande]:
    """The two hundred people."""
    return draw_demandes(base, NOMBRE)


@pytest.fixture(scope="module")
def client(base: Base, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The edge with the real base, a database of its own, and no dialogue behind it."""
    fichier = tmp_path_factory.mktemp("moteur") / "essai.db"
    reglages = Reglages(adresse_bot="http://127.0.0.1:9", base_url=f"sqlite:///{fichier}")
    with TestClient(create_app(reglages, base=base, aujourd_hui=lambda: JOUR)) as client:
        yield client


@pytest.fixture(scope="module")
def reponses(base: Base, demandes: list[Demande], client: TestClient) -> list[dict[str, Any]]:
    """What the API answers to each of them."""
    return [
        client.post(
            "/api/v1/orientation", json={"besoins": demande.besoins, "situation": dict(demande.faits)}
        ).json()
        for demande in demandes
    ]


def find_ecarts(attendus: Iterable[Any], lus: Iterable[Any]) -> list[str]:
    """The first people for whom two ways in differ, in words that pytest shows whole."""
    paires = enumerate(zip(attendus, lus, strict=True))
    return [f"{numero} : {attendu} ≠ {lu}" for numero, (attendu, lu) in paires if attendu != lu][:3]


def test_les_situations_vont_de_rien_de_connu_a_douze_faits(demandes: list[Demande]) -> None:
    assert {len(demande.faits) for demande in demandes} == set(range(FAITS_MAX + 1))


def test_l_api_repond_comme_le_moteur(
    base: Base, demandes: list[Demande], reponses: list[dict[str, Any]]
) -> None:
    directes = [orienter(base, d.besoins, d.to_situation(base), jour=JOUR) for d in demandes]
    assert find_ecarts(map(read_orientation, directes), map(read_json, reponses)) == []


def test_le_dialogue_calcule_comme_le_moteur(
    base: Base,
    demandes: list[Demande],
    reponses: list[dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(actions.orienter, "get_jour", lambda: JOUR)
    suivis = [Suivi(besoins=d.besoins, situation=d.to_situation(base)) for d in demandes]
    calcules = [actions.orienter.compute(base, suivi) for suivi in suivis]
    assert find_ecarts(map(read_json, reponses), map(read_orientation, calcules)) == []


def test_le_message_du_dialogue_porte_le_meme_resultat(
    base: Base, demandes: list[Demande], reponses: list[dict[str, Any]]
) -> None:
    messages = []
    for demande in demandes:
        situation = demande.to_situation(base)
        charge = build_charge_parcours(
            orienter(base, demande.besoins, situation, jour=JOUR),
            besoins=demande.besoins,
            situation=situation,
            questions_passees=[],
            indisponibles=[],
        )
        parcours = to_parcours(charge, base=base, jour=JOUR)
        assert parcours is not None
        messages.append(parcours.model_dump(mode="json"))
    assert find_ecarts(reponses, messages) == []


def test_la_page_sans_script_montre_le_meme_resultat(
    demandes: list[Demande], reponses: list[dict[str, Any]], client: TestClient
) -> None:
    pages = []
    for demande in demandes:
        champs = {
            "besoin": list(demande.besoins),
            "fait": [f"{cle}={to_texte(valeur)}" for cle, valeur in demande.faits],
            "action": "resultat",
        }
        pages.append(read_page(client.post("/parcours?langue=fr", data=champs).text))
    assert find_ecarts(map(sort_for_page, reponses), pages) == []


def test_les_prescripteurs_lisent_le_meme_resultat(
    demandes: list[Demande], reponses: list[dict[str, Any]], client: TestClient
) -> None:
    lus = []
    for demande in demandes:
        champs = [("besoin", besoin) for besoin in demande.besoins]
        champs += [(cle, to_texte(valeur)) for cle, valeur in demande.faits]
        lus.append(read_prescripteurs(lire(client, f"/prescripteurs/resultats?{urlencode(champs)}")))
    attendus = [
        (
            {fiche["id"]: fiche["verdict"] for fiche in reponse["dispositifs"]},
            [[etape["dispositif"] for etape in parcours["etapes"]] for parcours in reponse["parcours"]],
        )
        for reponse in reponses
    ]
    assert find_ecarts(attendus, lus) == []


@pytest.mark.modele
@pytest.mark.parametrize("rang", range(CONVERSATIONS))
def test_une_conversation_au_bouton_donne_le_resultat_de_l_api(
    adresse: str, demandes: list[Demande], rang: int
) -> None:
    # Who asks for a person is given one at once, without a result.
    possibles = [demande for demande in demandes if "parler-a-un-conseiller" not in demande.besoins]
    demande = possibles[rang * (len(possibles) // CONVERSATIONS)]
    personne = Personne.arrive(adresse)
    for besoin in demande.besoins:
        personne.choisit(f"besoin:{besoin}")
    for cle, valeur in demande.faits:
        personne.choisit(f"reponse:{cle}:{to_texte(valeur)}")
    personne.passe_tout(maximum=30)
    assert personne.resultat is not None
    attendu = personne.client.post(
        "/orientation", json={"besoins": demande.besoins, "situation": dict(demande.faits)}
    ).json()
    assert read_json(personne.resultat) == read_json(attendu)
