"""The engine: latency of an orientation as the catalogue grows, and number of questions to a stable result.

Usage: ``python -m bancs.orientation``. Larger catalogues are made from the real records by a seeded generator: copies
spread over all the départements of France, as a national base would be.
"""

from __future__ import annotations

import random
import resource
import statistics
import time
from dataclasses import replace
from datetime import date

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
TAILLES = (1, 10, 100)
DEMANDES = 60
PERSONNES = 500
QUESTIONS_MAX = 25
_DEPARTEMENTS = [f"{numero:02d}" for numero in range(1, 96) if numero != 20]


def grow(base: Base, facteur: int) -> Base:
    """A base ``facteur`` times larger: each copy of a regional record is open in other départements."""
    if facteur == 1:
        return base
    hasard = random.Random(GRAINE)
    dispositifs = dict(base.catalogue.dispositifs)
    formations = dict(base.catalogue.formations)
    for numero in range(1, facteur):
        for fiche in base.catalogue.dispositifs.values():
            if fiche.departements:
                zone = tuple(hasard.sample(_DEPARTEMENTS, len(fiche.departements)))
                copie = replace(fiche, id=f"{fiche.id}-{numero}", departements=zone, articulations=())
                dispositifs[copie.id] = _move(copie, zone)
        for formation in base.catalogue.formations.values():
            formations[f"{formation.id}-{numero}"] = replace(formation, id=f"{formation.id}-{numero}")
    return with_catalogue(base, replace(base.catalogue, dispositifs=dispositifs, formations=formations))


def _move(fiche, zone):  # type: ignore[no-untyped-def]
    """The record with its condition of residence moved to other départements."""
    conditions = tuple(
        replace(condition, regle=replace(condition.regle, valeurs=zone))
        if condition.id == "territoire"
        else condition
        for condition in fiche.conditions
    )
    return replace(fiche, conditions=conditions)


def draw_situations(base: Base, nombre: int) -> list[tuple[list[str], Situation]]:
    """Needs and full situations of plausible people, always the same ones."""
    hasard = random.Random(GRAINE)
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


def measure_latences(base: Base, personnes: list[tuple[list[str], Situation]]) -> tuple[float, float]:
    """p50 and p95 in ms of a whole orientation."""
    durees = []
    for besoins, situation in personnes:
        debut = time.perf_counter()
        orienter(base, besoins, situation, jour=JOUR)
        durees.append((time.perf_counter() - debut) * 1000)
    durees.sort()
    return statistics.median(durees), durees[int(len(durees) * 0.95)]


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


def main() -> None:
    """Measure and print."""
    base = load_base()
    personnes = draw_situations(base, DEMANDES)
    print(f"{'taille':>8}{'dispositifs':>13}{'formations':>12}{'p50 ms':>9}{'p95 ms':>9}{'mémoire Mo':>12}")
    for facteur in TAILLES:
        grande = grow(base, facteur)
        p50, p95 = measure_latences(grande, personnes)
        memoire = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        nombres = f"{len(grande.catalogue.dispositifs):13}{len(grande.catalogue.formations):12}"
        print(f"{facteur:7}×{nombres}{p50:9.1f}{p95:9.1f}{memoire:12.0f}")
    simules = draw_situations(base, PERSONNES)
    nous = [count_questions(base, besoins, situation) for besoins, situation in simules]
    fixes = [count_questions_fixes(base, besoins, situation) for besoins, situation in simules]
    print(f"\nQuestions jusqu'au résultat, {PERSONNES} personnes : médiane {statistics.median(nous)}", end="")
    print(
        f" (90 % en {sorted(nous)[int(len(nous) * 0.9)]} ou moins), ordre fixe : médiane {statistics.median(fixes)}"
    )


if __name__ == "__main__":
    main()
