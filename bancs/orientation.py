"""The engine: latency of an orientation as the catalogue grows, and number of questions to a stable result.

Usage: ``python -m bancs.orientation``. Larger catalogues are made by ``bancs.national``. Three measures at each size: the
engine's call, ``POST /api/v1/orientation`` in process, and the searches of the catalogue and of the prescripteurs.
"""

from __future__ import annotations

import gc
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from fastapi.testclient import TestClient

from api.app import create_app
from api.config import Reglages
from bancs.national import TAILLES, grow
from knowledge import (
    Base,
    Situation,
    build_situation,
    get_question,
    load_base,
    next_question_for,
    orienter,
    with_catalogue,
)

JOUR = date(2026, 11, 21)
GRAINE = 2026
CHAUFFE = 50
DEMANDES = 200
PERSONNES = 500
QUESTIONS_MAX = 25
CIBLE = 2.0
RECHERCHES = (
    ("GET /formations?q=", "/api/v1/formations", ("cuisine", "aide soignante", "informatique", "macon")),
    ("GET /formations (rome, territoire)", "/api/v1/formations?rome=G1602&territoire=93", ("",)),
    ("GET /dispositifs?q=", "/api/v1/dispositifs", ("formation", "jeunes", "insertion", "francais")),
    (
        "GET /dispositifs (besoin, territoire)",
        "/api/v1/dispositifs?besoin=trouver-un-emploi&territoire=93",
        ("",),
    ),
    (
        "GET /prescripteurs/resultats?q=",
        "/prescripteurs/resultats",
        ("cuisine", "aide soignante", "illetrisme", "alternance"),
    ),
)

Personne = tuple[list[str], Situation]


def draw_situations(base: Base, nombre: int, *, graine: int = GRAINE) -> list[Personne]:
    """Needs and full situations of plausible people, always the same ones."""
    hasard = random.Random(graine)
    besoins = list(base.referentiels.besoins)
    personnes = []
    for _ in range(nombre):
        departement = hasard.choice(["75", "77", "78", "91", "92", "93", "93", "94", "95"])
        faits = {
            "age_ans": hasard.randint(16, 62),
            "code_departement": departement,
            "niveau_diplome": hasard.choice([0, 0, 0, 2, 3, 3, 4, 5, 6]),
            "inscrit_france_travail": hasard.random() < 0.6,
            "en_recherche_emploi": True,
            "rsa": hasard.random() < 0.3,
            "contrat_accompagnement": hasard.choice(["CER", "PPAE", "aucun"]),
            "handicap_rqth": hasard.random() < 0.1,
            "reside_qpv": hasard.random() < 0.25,
            "niveau_francais": hasard.choice(["infra-A1", "A1", "A2", "B1", "natif", "natif"]),
            "permis_b": hasard.random() < 0.45,
            "enfants_a_garder": hasard.random() < 0.25,
            "projet": hasard.choice(["aucun", "idee", "confirme"]),
            "experience_mois": hasard.choice([0, 3, 12, 36, 120]),
            "sous_main_de_justice": "aucune",
            "protection_internationale": hasard.random() < 0.1,
            "salarie": hasard.random() < 0.15,
            "salarie_iae": hasard.random() < 0.05,
            "parent_ayant_interrompu": hasard.random() < 0.15,
            "sorti_mlds": False,
            "suivi_mission_locale": hasard.random() < 0.3,
            "validation_partielle": hasard.random() < 0.1,
            "scolarise_moins_de_6_ans": hasard.random() < 0.15,
            "sans_revenu": hasard.random() < 0.3,
            "metier_vise": hasard.choice(["cuisinier", "aide-soignante", "maçon", "développeur web"]),
        }
        personnes.append((hasard.sample(besoins, hasard.choice([1, 1, 2])), build_situation(base, faits)))
    return personnes


class Mesure(NamedTuple):
    """Times in ms: what a person waits (p50, p95), and the median of computing alone, which a busy machine leaves."""

    p50: float
    p95: float
    calcul: float


def measure(gestes: Iterable[Callable[[], Any]]) -> Mesure:
    """Times of these calls, each made once."""
    durees, calculs = [], []
    for geste in gestes:
        debut, avant = time.perf_counter(), time.process_time()
        geste()
        durees.append((time.perf_counter() - debut) * 1000)
        calculs.append((time.process_time() - avant) * 1000)
    durees.sort()
    return Mesure(statistics.median(durees), durees[int(len(durees) * 0.95)], statistics.median(calculs))


def measure_moteur(base: Base, chauffe: list[Personne], demandes: list[Personne]) -> Mesure:
    """A whole orientation by the engine alone, after other people's."""
    for besoins, situation in chauffe:
        orienter(base, besoins, situation, jour=JOUR)
    return measure(partial(orienter, base, besoins, situation, jour=JOUR) for besoins, situation in demandes)


def measure_api(client: TestClient, chauffe: list[Personne], demandes: list[Personne]) -> Mesure:
    """``POST /api/v1/orientation`` with its checks and its JSON, the network left out."""

    def send(personne: Personne) -> None:
        besoins, situation = personne
        reponse = client.post(
            "/api/v1/orientation", json={"besoins": besoins, "situation": situation.as_dict()}
        )
        assert reponse.status_code == 200, reponse.text[:300]

    for personne in chauffe:
        send(personne)
    return measure(partial(send, personne) for personne in demandes)


@contextmanager
def start_client(base: Base) -> Iterator[TestClient]:
    """The edge in this process, around this base, without a dialogue, on a database of its own."""
    with tempfile.TemporaryDirectory() as dossier:
        reglages = Reglages(adresse_bot="http://127.0.0.1:9", base_url=f"sqlite:///{dossier}/essai.db")
        with TestClient(create_app(reglages, base=base, aujourd_hui=lambda: JOUR)) as client:
            yield client


def measure_recherches(client: TestClient, tours: int = 5) -> list[Mesure]:
    """Each kind of search in turn; the first one of each kind, which builds its index, is left out."""
    lignes = []
    for _, chemin, mots in RECHERCHES:
        adresses = [(chemin, {"q": mot} if mot else None) for mot in mots]
        client.get(adresses[0][0], params=adresses[0][1])
        gestes = [partial(_read, client, a, p) for _ in range(tours) for a, p in adresses]
        lignes.append(measure(gestes))
    return lignes


def _read(client: TestClient, adresse: str, parametres: dict[str, str] | None) -> None:
    reponse = client.get(adresse, params=parametres)
    assert reponse.status_code == 200, f"{adresse} : {reponse.status_code}"


def count_questions(base: Base, besoins: list[str], vraie: Situation) -> int:
    """Questions asked until none would change the first results, all facts hidden at first."""
    connue = Situation()
    for nombre in range(QUESTIONS_MAX):
        question = next_question_for(base, besoins, connue, jour=JOUR)
        if question is None:
            return nombre
        donne = get_question(base, question.critere).donne
        faits = {cle: vraie.get(cle) for cle in donne if vraie.get(cle) is not None}
        if not faits:
            faits = (
                {question.critere: "non précisé"}
                if question.critere in ("commune", "experience_domaine")
                else {}
            )
        connue = connue.with_faits(faits)
    return QUESTIONS_MAX


def count_questions_fixes(base: Base, besoins: list[str], vraie: Situation) -> int:
    """Questions of a questionnaire in fixed order until the verdicts are those of the full situation."""
    cible = _signature(base, besoins, vraie)
    connue = Situation()
    for nombre, question in enumerate(base.referentiels.questions.values()):
        if _signature(base, besoins, connue) == cible:
            return nombre
        connue = connue.with_faits(
            {cle: vraie.get(cle) for cle in question.donne if vraie.get(cle) is not None}
        )
    return len(base.referentiels.questions)


def _signature(base: Base, besoins: list[str], situation: Situation) -> tuple[tuple[str, str], ...]:
    evaluations = orienter(base, besoins, situation, jour=JOUR).evaluations
    return tuple((evaluation.dispositif.id, evaluation.verdict.value) for evaluation in evaluations[:3])


def read_memoire() -> float:
    """Memory of this process now, in Mo (its peak where the system does not say)."""
    try:
        with open("/proc/self/status", encoding="ascii") as statut:
            return next(int(ligne.split()[1]) for ligne in statut if ligne.startswith("VmRSS")) / 1024
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def print_tailles(base: Base) -> None:
    """The table of latencies, one line per size, then the growth and the searches."""
    chauffe = draw_situations(base, CHAUFFE, graine=GRAINE + 1)
    demandes = draw_situations(base, DEMANDES)
    print(
        f"{'taille':>7}{'dispositifs':>13}{'formations':>12}{'moteur p50':>12}{'p95 ms':>8}"
        f"{'POST p50':>10}{'p95 ms':>8}{'mémoire Mo':>12}{'croissance (moteur, POST)':>28}"
    )
    avant: tuple[Mesure, Mesure] | None = None
    recherches = {}
    for nom in TAILLES:
        grande = grow(base, nom)
        gc.collect()
        gc.freeze()  # as the application does with the base it serves
        moteur = measure_moteur(grande, chauffe, demandes)
        grande = with_catalogue(grande, grande.catalogue)  # nothing of what the engine noted helps the API
        with start_client(grande) as client:
            api = measure_api(client, chauffe, demandes)
            memoire = read_memoire()
            recherches[nom] = measure_recherches(client)
        croissance = (moteur.calcul / avant[0].calcul, api.calcul / avant[1].calcul) if avant else None
        avant = (moteur, api)
        print(
            f"{nom:>7}{len(grande.catalogue.dispositifs):13}{len(grande.catalogue.formations):12}"
            f"{moteur.p50:12.1f}{moteur.p95:8.1f}{api.p50:10.1f}{api.p95:8.1f}{memoire:12.0f}"
            + (f"{f'×{croissance[0]:.2f}, ×{croissance[1]:.2f}':>28}" if croissance else ""),
            flush=True,
        )
        del grande, client
        gc.unfreeze()  # the next size must not keep this base
        gc.collect()
    print(f"Croissance du temps de calcul médian ; cible : au plus ×{CIBLE:.0f} pour dix fois le contenu.")
    print(f"\n{'recherche':<40}" + "".join(f"{f'{nom} p50':>12}{'p95 ms':>9}" for nom in TAILLES))
    for rang, (titre, *_) in enumerate(RECHERCHES):
        mesures = "".join(
            f"{lignes[rang].p50:12.1f}{lignes[rang].p95:9.1f}" for lignes in recherches.values()
        )
        print(f"{titre:<40}{mesures}")


def print_questions(base: Base) -> None:
    """Questions to a stable result, beside the same for a questionnaire in fixed order."""
    simules = draw_situations(base, PERSONNES)
    nous = [count_questions(base, besoins, situation) for besoins, situation in simules]
    fixes = [count_questions_fixes(base, besoins, situation) for besoins, situation in simules]
    print(
        f"\nQuestions jusqu'au résultat, {PERSONNES} personnes : médiane {statistics.median(nous):.0f}"
        f" (90 % en {sorted(nous)[int(len(nous) * 0.9)]} ou moins),"
        f" ordre fixe : médiane {statistics.median(fixes):.0f}"
    )


def main() -> None:
    """Measure and print."""
    base = load_base()
    print_tailles(base)
    print_questions(base)


if __name__ == "__main__":
    main()
