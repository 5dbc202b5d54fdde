"""Best-first search of chains of steps.

A node is (goals left, situation so far, steps so far); its cost only grows, so the first complete chain popped is one of
the cheapest. Invariants, checked by the properties in the tests:

* a step is taken only when its verdict in the situation reached so far is not "no";
* the next goal aimed at is always the first one left, so that phases never go backwards;
* of two ways to the same goals left, situation and last step, only the cheapest is continued;
* of records alike in cost, effects and links, one is tried, so that a larger catalogue does not widen the search;
* a step appears once in a chain; an enabling step is inserted only when it changes the one criterion that blocks.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import partial
from heapq import nsmallest
from itertools import count
from operator import itemgetter

from knowledge.model import Dispositif, Situation, Verdict
from knowledge.plan.couts import POIDS, Contexte, measure_etape, measure_lien
from knowledge.plan.monde import Chaine, Maillon, Monde, apply_effets, find_lien, iter_pour_acquis
from knowledge.referentiel import Referentiels
from knowledge.rules.carnet import Note
from knowledge.rules.conditions import evaluate_regle, iter_regles, iter_tests

_CANDIDATS_MAX = 10
_NOEUDS_MAX = 1500
_DOUTE_MAX = 6.0
"""In bits: a step true of fewer than one person in sixty (detention) is not presumed of anyone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Possible:
    """A step that can be taken for a goal in a situation, with its cost before any link is looked at."""

    dispositif: Dispositif
    prealable: Dispositif | None
    avant: Situation
    cout: float

    @property
    def etapes(self) -> tuple[Dispositif, ...]:
        """The enabling step, if any, then the step itself."""
        return (self.prealable, self.dispositif) if self.prealable else (self.dispositif,)

    @property
    def suite(self) -> tuple[object, ...]:
        """All that the rest of a chain can depend on; a record with links of its own is like no other."""
        fiche = self.dispositif
        propre = fiche.id if fiche.articulations else None
        return propre, fiche.nature, fiche.effets, self.prealable.id if self.prealable else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Noeud:
    """Goals left, where the person stands, the steps done and the goals given up."""

    restants: tuple[str, ...]
    situation: Situation
    maillons: tuple[Maillon, ...] = ()
    manques: tuple[str, ...] = ()

    @property
    def cle(self) -> tuple[tuple[str, ...], Situation, str | None]:
        """What the rest of the chain depends on: two nodes with the same key can be continued in the same ways.

        The steps done do not count: what they bring is no longer among the goals left.
        """
        dernier = self.maillons[-1].dispositif.id if self.maillons else None
        return self.restants, self.situation, dernier


@dataclass(slots=True, kw_only=True)
class Recherche:
    """Searches for one kind of parcours; what a situation makes possible is computed once for all of them."""

    monde: Monde
    nature: str
    _possibles: dict[tuple[str, Situation], list[_Possible]] = field(default_factory=dict)
    _prealables: dict[tuple[str, Situation], list[Dispositif]] = field(default_factory=dict)

    @property
    def inscriptions(self) -> frozenset[str]:
        """Ids of the records that register the person, a first step in many chains."""
        return frozenset(fiche.id for fiche in self.monde.index.par_acquis_seul.get("inscription", ()))

    def search(
        self, buts: Sequence[str], situation: Situation, *, sauf: Collection[str] = ()
    ) -> Chaine | None:
        """The cheapest chain that reaches ``buts`` in order; None without goal, or when no step leads to any of them.

        ``sauf`` are ids of records to do without.
        """
        ordre = count()
        depart = _Noeud(restants=tuple(buts), situation=situation)
        file: list[tuple[float, int, Callable[[], _Noeud]]] = [(0.0, next(ordre), lambda: depart)]
        vus = set()
        for _ in range(_NOEUDS_MAX):
            if not file:
                break
            cout, _, construire = heapq.heappop(file)
            noeud = construire()
            if not noeud.restants:
                chaine = Chaine(cout=cout, maillons=noeud.maillons, manques=noeud.manques)
                return chaine if chaine.maillons else None
            if noeud.cle in vus:
                continue
            vus.add(noeud.cle)
            for surcout, suivant in self._expand(noeud, sauf):
                heapq.heappush(file, (cout + surcout, next(ordre), suivant))
        return None

    def _expand(self, noeud: _Noeud, sauf: Collection[str]) -> list[tuple[float, Callable[[], _Noeud]]]:
        """What builds the nodes one goal further, cheapest first; giving the goal up when nothing leads to it.

        Most are never reached: they are built only when their turn comes.
        """
        candidats = self._find_candidats(noeud, sauf)
        if not candidats:
            return [(POIDS[self.nature].but_manque, partial(_give_up, noeud))]
        return [(surcout, partial(_advance, noeud, possible)) for surcout, possible in candidats]

    def _find_candidats(self, noeud: _Noeud, sauf: Collection[str]) -> list[tuple[float, _Possible]]:
        """Ways to reach the first goal left, cheapest first: one step, or an enabling step and then it."""
        poids = POIDS[self.nature]
        faits = {maillon.dispositif.id for maillon in noeud.maillons} | set(sauf)
        precedent = noeud.maillons[-1].dispositif if noeud.maillons else None
        retenus: dict[tuple[object, ...], tuple[float, str, _Possible]] = {}
        for possible in self._find_possibles(noeud.restants[0], noeud.situation):
            if any(etape.id in faits for etape in possible.etapes):
                continue
            cout, dernier = possible.cout, precedent
            for etape in possible.etapes:
                if dernier is not None:
                    cout += measure_lien(dernier, etape, find_lien(dernier, etape)[1], poids)
                dernier = etape
            # Of several records alike in cost and in what follows, the first by id stands for all.
            retenus.setdefault((cout, *possible.suite), (cout, possible.dispositif.id, possible))
        choisis = nsmallest(_CANDIDATS_MAX, retenus.values(), key=itemgetter(0, 1))
        return [(max(cout, 0.1), possible) for cout, _, possible in choisis]

    def _find_possibles(self, but: str, situation: Situation) -> list[_Possible]:
        """The cheapest steps for a goal, bounded so that a larger catalogue does not widen the search."""
        cle = (but, situation)
        if cle not in self._possibles:
            possibles = [
                possible
                for dispositif in iter_pour_acquis(self.monde, but, situation.code_departement)
                if (possible := self._to_possible(dispositif, situation)) is not None
            ]
            possibles.sort(key=lambda possible: (possible.cout, possible.dispositif.id))
            self._possibles[cle] = possibles[: 2 * _CANDIDATS_MAX]
        return self._possibles[cle]

    def _to_possible(self, dispositif: Dispositif, situation: Situation) -> _Possible | None:
        if dispositif.rome and situation.code_rome not in dispositif.rome:
            return None  # a course for one métier is not proposed to who aims at another, or at none yet
        note = self._judge(dispositif, situation)
        if note.doute > _DOUTE_MAX:
            return None
        if note.verdict is not Verdict.NON_ELIGIBLE:
            cout = self._measure(dispositif, situation, note)
            return _Possible(dispositif=dispositif, prealable=None, avant=situation, cout=cout)
        if note.rompues != 1:
            return None
        for prealable in self._find_prealables(dispositif, situation):
            apres = apply_effets(prealable, situation)
            note = self._judge(dispositif, apres)
            if note.verdict is not Verdict.NON_ELIGIBLE and prealable.id != dispositif.id:
                cout = self._measure(dispositif, apres, note) + 0.5 * POIDS[self.nature].etape
                return _Possible(dispositif=dispositif, prealable=prealable, avant=apres, cout=cout)
        return None

    def _find_prealables(self, dispositif: Dispositif, situation: Situation) -> list[Dispositif]:
        """Steps the person can take that change the criterion blocking ``dispositif``, best first."""
        criteres = self.monde.referentiels.criteres
        for _, regle in iter_regles(dispositif.conditions, self.monde.jour):
            if evaluate_regle(regle, situation, criteres) is not False:
                continue
            bloquants = {test.critere for test in iter_tests(regle)}
            if situation.salarie and "inscrit_france_travail" in bloquants:
                return []  # registering would make an employee look unemployed: it opens nothing for them
            return [
                etape
                for acquis in _acquis_donnant(bloquants, self.monde.referentiels)
                for etape in self._rank_prealables(acquis, situation)
            ]
        return []

    def _rank_prealables(self, acquis: str, situation: Situation) -> list[Dispositif]:
        cle = (acquis, situation)
        if cle not in self._prealables:
            notes = []
            for etape in iter_pour_acquis(self.monde, acquis, situation.code_departement):
                note = self._judge(etape, situation)
                if note.verdict is not Verdict.NON_ELIGIBLE:
                    notes.append((self._measure(etape, situation, note), etape.id, etape))
            self._prealables[cle] = [etape for *_, etape in sorted(notes, key=lambda note: note[:2])[:2]]
        return self._prealables[cle]

    def _judge(self, dispositif: Dispositif, situation: Situation) -> Note:
        return self.monde.index.carnet.find(dispositif, situation, self.monde.jour)

    def _measure(self, dispositif: Dispositif, situation: Situation, note: Note) -> float:
        contexte = Contexte(
            criteres=self.monde.referentiels.criteres,
            jour=self.monde.jour,
            besoins=self.monde.besoins,
            poids=POIDS[self.nature],
        )
        return measure_etape(dispositif, situation, note, contexte)


def _give_up(noeud: _Noeud) -> _Noeud:
    """The node without its first goal, which nothing leads to."""
    return _Noeud(
        restants=noeud.restants[1:],
        situation=noeud.situation,
        maillons=noeud.maillons,
        manques=(*noeud.manques, noeud.restants[0]),
    )


def _advance(noeud: _Noeud, possible: _Possible) -> _Noeud:
    """The node once the step is done."""
    nouveaux = _build_maillons(noeud, possible)
    acquis = {gagne for maillon in nouveaux for gagne in maillon.acquis}
    return _Noeud(
        restants=tuple(but for but in noeud.restants if but not in acquis),
        situation=apply_effets(nouveaux[-1].dispositif, nouveaux[-1].avant),
        maillons=noeud.maillons + nouveaux,
        manques=noeud.manques,
    )


def _build_maillons(noeud: _Noeud, possible: _Possible) -> tuple[Maillon, ...]:
    """The steps of a possible one as links of the chain that the node holds."""
    precedent = noeud.maillons[-1].dispositif if noeud.maillons else None
    maillons, avant = [], noeud.situation
    for etape in possible.etapes:
        lien, statut = find_lien(precedent, etape)
        maillons.append(
            Maillon(
                dispositif=etape,
                acquis=_acquis_utiles(etape, noeud.restants),
                avant=avant,
                lien=lien,
                statut=statut,
                rend_possible=possible.dispositif.nom if etape is possible.prealable else None,
            )
        )
        precedent, avant = etape, possible.avant
    return tuple(maillons)


def _acquis_utiles(dispositif: Dispositif, restants: Sequence[str]) -> tuple[str, ...]:
    donnes = {effet.acquis for effet in dispositif.effets}
    return tuple(but for but in restants if but in donnes)


def _acquis_donnant(criteres: Collection[str], referentiels: Referentiels) -> list[str]:
    """Acquis that the situation holds through one of these criteria: reaching them can lift what blocks."""
    return [
        acquis.id
        for acquis in referentiels.acquis.values()
        if acquis.acquis_si and any(test.critere in criteres for test in iter_tests(acquis.acquis_si))
    ]
