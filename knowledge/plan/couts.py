"""What makes a step better or worse in each kind of parcours: weights, and the cost of a step and of a link.

Costs only order the parcours; they never decide who can enter a step. A surely open step beats one that is only "to be
checked" for the same goal, and a step that exists beats one the source only plans.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.model import Dispositif, Situation, StatutLien, Verdict
from knowledge.referentiel import Critere
from knowledge.rules.carnet import Note
from knowledge.rules.conditions import evaluate_regle, iter_regles, iter_tests

PAYES = ("oui", "selon_situation")
"""Answers to "is it paid?" that keep a parcours paid throughout."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Poids:
    """How a kind of parcours weighs its steps and links; higher is worse, negative is better."""

    etape: float = 10.0
    incertain: float = 9.0
    indetermine: float = 8.0
    prioritaire: float = -2.0
    besoin_absent: float = 3.0
    besoin_secondaire: float = 0.4
    sur_mesure: float = -1.5
    metier_vise: float = -4.0
    pas_encore_sur: float = 10.0
    sans_lien: float = 3.0
    souhaite: float = 1.0
    etabli: float = -2.0
    deux_formations: float = 15.0
    dedans_dehors: float = 40.0
    non_paye: float = 0.0
    but_manque: float = 60.0


POIDS = {
    "recommande": Poids(),
    "court": Poids(etape=40.0, sans_lien=0.0, souhaite=0.0),
    "soutenu": Poids(sans_lien=15.0, souhaite=10.0, etabli=-6.0, pas_encore_sur=20.0, indetermine=10.0),
    "paye": Poids(non_paye=30.0),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contexte:
    """What the cost of a step depends on besides the step and the situation."""

    criteres: Mapping[str, Critere]
    jour: date
    besoins: Sequence[str]
    poids: Poids


def measure_etape(dispositif: Dispositif, situation: Situation, note: Note, contexte: Contexte) -> float:
    """Cost of a step taken in a situation, whatever comes before it."""
    poids = contexte.poids
    cout = poids.etape
    if note.verdict is Verdict.INDETERMINE:
        cout += poids.indetermine * note.doute
        cout += poids.incertain if _is_incertain(dispositif, situation, contexte) else 0.0
    elif is_sur_mesure(dispositif):
        cout += poids.sur_mesure
    if note.prioritaire:
        cout += poids.prioritaire
    rangs = [rang for rang, besoin in enumerate(dispositif.ids_besoins) if besoin in contexte.besoins]
    cout += poids.besoin_secondaire * rangs[0] if rangs else poids.besoin_absent
    if dispositif.rome:
        cout += poids.metier_vise
    if dispositif.etat != "en_vigueur":
        cout += poids.pas_encore_sur
    if dispositif.remuneration.statut not in PAYES:
        cout += poids.non_paye
    if situation.sous_main_de_justice == "detention" and not _vise_la_detention(dispositif):
        cout += poids.dedans_dehors
    return cout


def measure_lien(
    precedent: Dispositif, suivant: Dispositif, statut: StatutLien | None, poids: Poids
) -> float:
    """Cost of going from a step to the next one, by how sure the link is in the source."""
    couts = {
        StatutLien.ETABLI: poids.etabli,
        StatutLien.PRIORITAIRE: poids.etabli,
        StatutLien.SOUHAITE: poids.souhaite,
    }
    cout = couts.get(statut or StatutLien.DEDUIT, poids.sans_lien)
    if (
        statut is StatutLien.DEDUIT
        and _is_formation_au_metier(precedent)
        and _is_formation_au_metier(suivant)
    ):
        cout += poids.deux_formations
    return cout


def is_sur_mesure(dispositif: Dispositif) -> bool:
    """Whether the record is made for some people only (an age, a level, an aid), beyond the place of living."""
    return any(condition.regle is not None and condition.lieu is None for condition in dispositif.conditions)


def _is_incertain(dispositif: Dispositif, situation: Situation, contexte: Contexte) -> bool:
    """Whether something other than the place of living is still unknown."""
    if situation.code_departement is not None:
        return True
    return any(
        condition.lieu is None and evaluate_regle(regle, situation, contexte.criteres) is None
        for condition, regle in iter_regles(dispositif.conditions, contexte.jour)
    )


def _is_formation_au_metier(dispositif: Dispositif) -> bool:
    """A course that makes someone ready for a métier: two of them in a row make no sense unless the source says so."""
    gagnes = {effet.acquis for effet in dispositif.effets}
    return dispositif.nature == "formation" and bool(
        gagnes & {"qualification", "competences-a-jour", "alternance"}
    )


def _vise_la_detention(dispositif: Dispositif) -> bool:
    """Whether one strict condition of the record is about being in detention."""
    return any(
        test.critere == "sous_main_de_justice"
        for condition in dispositif.conditions
        for test in iter_tests(condition.regle)
    )
