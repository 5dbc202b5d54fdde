"""The next question: the unknown fact whose answer is expected to change the results most, weighed by what it costs.

For each plausible answer of each open question, the results are ranked again; a question is worth the change it makes to
the first results, averaged over its answers, divided by the effort it asks. A question none of whose answers changes the
first three results or the recommended parcours is not asked; a sensitive one is asked only when an answer opens something.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

from knowledge.model import Dispositif, QuestionSuivante, Situation, Valeur, Verdict
from knowledge.plan.buts import find_buts
from knowledge.plan.monde import Monde
from knowledge.plan.parcours import signature
from knowledge.referentiel import Question, Referentiels
from knowledge.rules.conditions import iter_tests
from knowledge.search import rank_fast

_PREMIERS = 3
_VISIBLES = 5
_EXAMINES = 30
_POIDS_SENSIBLE = 0.5
_POIDS_PLAN = 0.6
_POIDS_LIEUX = 1.2
_POIDS_METIER = 0.8
_SEUIL = 0.05
_CRITERES_DU_PLAN = ("projet", "niveau_diplome", "inscrit_france_travail")

Rang = tuple[str, Verdict, bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Etat:
    """What a ranking depends on besides the situation."""

    monde: Monde
    dispositifs: Sequence[Dispositif]

    @property
    def referentiels(self) -> Referentiels:
        """The closed lists in use."""
        return self.monde.referentiels

    def rank(self, situation: Situation) -> list[Rang]:
        """Records best first for this situation."""
        return rank_fast(
            self.dispositifs,
            situation,
            besoins=self.monde.besoins,
            carnet=self.monde.index.carnet,
            jour=self.monde.jour,
        )


def next_question(
    etat: Etat, situation: Situation, *, passees: Iterable[str] = ()
) -> QuestionSuivante | None:
    """The question to ask now, or None when no answer would change the first results.

    ``passees`` are the questions the person skipped or could not answer: never asked again.
    """
    etat = _focus(etat, situation)
    avant = etat.rank(situation)
    sautees = set(passees)
    notes = [
        measure_question(etat, question, situation, avant)
        for question in iter_questions_ouvertes(etat, situation)
        if question.critere not in sautees
    ]
    plan = cache(partial(signature, etat.monde))
    meilleure, question = _SEUIL, None
    # The parcours of each imagined situation are searched only for the questions that could still be the best one.
    for note in sorted(notes, key=lambda note: -note.plafond):
        if note.plafond <= meilleure:
            break
        valeur = note.weigh(plan, situation)
        if valeur > meilleure:
            meilleure, question = valeur, note.question
    return to_question_suivante(question, etat.referentiels) if question is not None else None


def _focus(etat: Etat, situation: Situation) -> Etat:
    """The best ranked records only: what stands far behind them changes no first result, however large the base."""
    if len(etat.dispositifs) <= _EXAMINES:
        return etat
    rangs = {identifiant: rang for rang, (identifiant, _, _) in enumerate(etat.rank(situation))}
    proches = sorted(etat.dispositifs, key=lambda fiche: rangs[fiche.id])[:_EXAMINES]
    return Etat(monde=etat.monde, dispositifs=proches)


def to_question_suivante(question: Question, referentiels: Referentiels) -> QuestionSuivante:
    """The public form of a question."""
    return QuestionSuivante(
        critere=question.critere,
        texte=question.texte,
        pourquoi=question.pourquoi,
        choix=question.choix,
        sensible=referentiels.criteres[question.critere].sensible,
    )


def iter_questions_ouvertes(etat: Etat, situation: Situation) -> list[Question]:
    """Questions that give a fact still unknown which some record or the plan looks at, in the order of the list."""
    utiles = _find_criteres_utiles(etat, situation)
    questions = etat.referentiels.questions
    return [
        question
        for cle, question in questions.items()
        if cle in utiles and all(situation.get(critere) is None for critere in question.donne)
    ]


def _find_criteres_utiles(etat: Etat, situation: Situation) -> set[str]:
    criteres = etat.referentiels.criteres
    cles: set[str] = set()
    for dispositif in etat.dispositifs:
        note = etat.monde.index.carnet.find(dispositif, situation, etat.monde.jour)
        cles.update(criteres[critere].question for critere in note.ouverts)
    buts = find_buts(etat.monde.besoins, situation, etat.referentiels)
    if "projet" in buts or "qualification" in buts:
        cles.update({"projet", "niveau_diplome"})
    if _wants_metier(buts, situation):
        cles.add("metier_vise")
    if any(
        contact.code_departement for dispositif in etat.dispositifs for contact in dispositif.contacts[:1]
    ):
        cles.add("commune")
    return cles


def _wants_metier(buts: Sequence[str], situation: Situation) -> bool:
    return "qualification" in buts and situation.projet in ("idee", "confirme")


@dataclass(frozen=True, slots=True, kw_only=True)
class Interet:
    """What a question is worth before the parcours of its answers are searched.

    ``gain``: the change expected in the results; ``suites``: the situation and the weight of each answer that may change the
    parcours; ``utile``: whether the question may be asked whatever they show; ``facteur``: what the question costs.
    """

    question: Question
    gain: float
    facteur: float
    utile: bool
    suites: tuple[tuple[Situation, float], ...] = ()

    @property
    def plafond(self) -> float:
        """What it is worth if each answer changes the parcours: never less than the true value."""
        if not self.utile and not self.suites:
            return 0.0
        return (self.gain + _POIDS_PLAN * sum(poids for _, poids in self.suites)) * self.facteur

    def weigh(self, plan: Callable[[Situation], tuple[str, ...]], situation: Situation) -> float:
        """What it is worth, the parcours searched."""
        if not self.suites:
            return self.plafond
        actuel = plan(situation)
        autres = sum(poids for suite, poids in self.suites if plan(suite) != actuel)
        return (self.gain + _POIDS_PLAN * autres) * self.facteur if self.utile or autres else 0.0


def measure_question(etat: Etat, question: Question, situation: Situation, avant: Sequence[Rang]) -> Interet:
    """What a question changes in the results ``avant``, over its plausible answers."""
    critere = etat.referentiels.criteres[question.critere]
    facteur = (_POIDS_SENSIBLE if critere.sensible else 1.0) / question.effort
    if question.critere == "metier_vise":
        return Interet(question=question, gain=_POIDS_METIER, facteur=facteur, utile=True)
    positions = {rang[0]: place for place, rang in enumerate(avant)}
    concernes = _find_concernes(etat, question)
    suites = [
        (situation.with_faits(faits_de_l_essai(question, essai.valeur)), essai.poids)
        for essai in question.essais
    ]
    rangs = [etat.rank(suite) for suite, _ in suites]
    gain = sum(
        poids * _count_changement(avant, apres, positions)
        for apres, (_, poids) in zip(rangs, suites, strict=True)
    )
    utile = any(_first(avant) != _first(apres) for apres in rangs) or _is_en_suspens(avant, concernes)
    if question.critere == "commune":
        gain += _POIDS_LIEUX
        utile = True
    gain += 0.15 * sum(
        1.0 / (1 + positions[identifiant]) for identifiant in concernes if identifiant in positions
    )
    if critere.sensible and not any(_opens(avant, apres, concernes) for apres in rangs):
        return Interet(question=question, gain=0.0, facteur=facteur, utile=False)
    du_plan = question.critere in _CRITERES_DU_PLAN
    return Interet(
        question=question, gain=gain, facteur=facteur, utile=utile, suites=tuple(suites) if du_plan else ()
    )


def faits_de_l_essai(question: Question, valeur: Valeur) -> Mapping[str, Valeur]:
    """The facts a plausible answer gives (a place gives its département)."""
    return {question.essais_de: valeur}


def _find_concernes(etat: Etat, question: Question) -> list[str]:
    """Ids of the records whose strict conditions look at what the question gives."""
    donne = {question.critere, question.essais_de, *question.donne}
    return [
        dispositif.id
        for dispositif in etat.dispositifs
        if any(
            test.critere in donne
            for condition in dispositif.conditions
            for test in iter_tests(condition.regle)
        )
    ]


def _count_changement(avant: Sequence[Rang], apres: Sequence[Rang], positions: Mapping[str, int]) -> float:
    """How much the verdicts and priorities move, the first results counting most."""
    anciens = {identifiant: (verdict, prioritaire) for identifiant, verdict, prioritaire in avant}
    total = 0.0
    for identifiant, verdict, prioritaire in apres:
        ancien_verdict, ancienne_priorite = anciens[identifiant]
        poids = 1.0 / (1 + positions[identifiant])
        if verdict is not ancien_verdict:
            total += poids
        elif prioritaire != ancienne_priorite:
            total += 0.3 * poids
    return total


def _first(rangs: Sequence[Rang]) -> tuple[Rang, ...]:
    return tuple(rangs[:_PREMIERS])


def _is_en_suspens(avant: Sequence[Rang], concernes: Iterable[str]) -> bool:
    """Whether one of the results a person sees at once is only "to be checked" because of this question."""
    vises = set(concernes)
    return any(
        identifiant in vises and verdict is Verdict.INDETERMINE
        for identifiant, verdict, _ in avant[:_VISIBLES]
    )


def _opens(avant: Sequence[Rang], apres: Sequence[Rang], concernes: Iterable[str]) -> bool:
    """Whether an answer makes something possible or a priority: the only reason to ask a sensitive question."""
    vises = set(concernes)
    anciens = {identifiant: (verdict, prioritaire) for identifiant, verdict, prioritaire in avant}
    for identifiant, verdict, prioritaire in apres:
        ancien_verdict, ancienne_priorite = anciens[identifiant]
        if prioritaire and not ancienne_priorite:
            return True
        if verdict is Verdict.NON_ELIGIBLE:
            continue
        if identifiant in vises and ancien_verdict is Verdict.INDETERMINE:
            return True
    return False
