"""The index of the names of trades, built once, and the correction of a word towards the words of the index."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.metiers.cles import Mot, find_famille, split_mots, split_racines, stem
from knowledge.metiers.modele import Domaine, Lexique, Metier

SCORE_SON = 0.95
SCORE_DEBUT = 0.7
SCORE_FAMILLE = 0.75
_SON_MIN = 4  # shorter sounds are shared by unrelated words
_PRIX_FAUTE = 0.55  # score lost by a typing error, in proportion of the word: sure from six letters on
_PRIX_SUITE = 0.03  # lost by each further error: « apiculteur » must not surely be « agriculteur »


@dataclass(frozen=True, slots=True)
class Nom:
    """One name of one trade."""

    texte: str
    metier: Metier
    racines: tuple[str, ...]
    est_activite: bool
    poids: float


class Index:
    """Names, words and sounds of the trades; read only once built."""

    def __init__(self, lexique: Lexique) -> None:
        self.metiers = {metier.code_rome: metier for metier in lexique.metiers}
        self.racines_courantes = frozenset(stem(mot) for mot in lexique.courants)
        self.cadres = lexique.cadres
        memoire: dict[tuple[str, str], Mot] = {}
        bruts = [
            (nom, metier, split_mots(nom, memoire), nom in metier.activites)
            for metier in lexique.metiers
            for nom in dict.fromkeys((*metier.appellations, *metier.activites, metier.libelle))
        ]
        self.poids = _weigh([mots for _, _, mots, _ in bruts])
        self.noms = tuple(
            Nom(nom, metier, racines, activite, sum(self.poids[racine] for racine in racines))
            for nom, metier, mots, activite in bruts
            if (racines := tuple(mot.racine for mot in mots))
        )
        self.par_cle: dict[tuple[str, ...], list[Nom]] = defaultdict(list)
        self.par_racine: dict[str, list[int]] = defaultdict(list)
        for rang, nom in enumerate(self.noms):
            self.par_cle[nom.racines].append(nom)
            for racine in set(nom.racines):
                self.par_racine[racine].append(rang)
        self.ambigus = {split_racines(mot): codes for mot, codes in lexique.ambigus.items()}
        self.domaines: dict[tuple[str, ...], Domaine] = {
            split_racines(nom): domaine
            for domaine in lexique.domaines
            for nom in (domaine.nom, *domaine.noms)
        }
        self._index_mots(
            [mot for _, _, mots, _ in bruts for mot in mots]
            + [mot for nom in (*lexique.ambigus, *_noms(lexique)) for mot in split_mots(nom, memoire)]
        )
        self.colles = ["".join(nom.racines) for nom in self.noms]

    def _index_mots(self, mots: list[Mot]) -> None:
        self.vocabulaire = sorted({mot.racine for mot in mots})
        self.connus = frozenset(self.vocabulaire)
        self.sons: dict[str, set[str]] = defaultdict(set)
        for mot in mots:
            for son in mot.sons:
                if len(son) >= _SON_MIN:
                    self.sons[son].add(mot.racine)
        self.familles: dict[str, list[str]] = defaultdict(list)
        for racine in self.vocabulaire:
            if famille := find_famille(racine):
                self.familles[famille].append(racine)
        for mot in mots:
            self.poids.setdefault(mot.racine, 1.0)

    def is_courant(self, mot: Mot) -> bool:
        """Whether a word is ordinary French, that says nothing of a trade by itself."""
        return mot.racine in self.racines_courantes or mot.brut.isdigit()

    def correct(self, mot: Mot, *, debuts: bool = False) -> dict[str, float]:
        """Words of the index that a typed word may be, with how near (0 to 1); empty when none is.

        ``debuts`` also accepts words of the same family ("réparer", "réparateur") and beginnings ("compta").
        """
        if mot.racine in self.connus:
            proches = self.familles.get(find_famille(mot.racine), ()) if debuts else ()
            return {**dict.fromkeys(proches, SCORE_FAMILLE), mot.racine: 1.0}
        if self.is_courant(mot):
            return {}
        trouves = {
            racine: SCORE_SON
            for son in mot.sons
            for racine in self.sons.get(son, ())
            if OSA.distance(racine, mot.racine) <= max(2, len(racine) // 3)
        }
        permis = _count_fautes(len(mot.racine))
        if permis:
            for racine, fautes, _ in process.extract(
                mot.racine, self.vocabulaire, scorer=OSA.distance, score_cutoff=permis, limit=6
            ):
                if fautes < _count_fautes(len(racine)) + 1 and (
                    racine[0] == mot.racine[0] or len(racine) > 6
                ):
                    score = 1 - _PRIX_FAUTE * fautes / max(len(racine), len(mot.racine))
                    score -= _PRIX_SUITE * (fautes - 1)
                    trouves[racine] = max(score, trouves.get(racine, 0.0))
        if debuts:
            for racine in self.familles.get(find_famille(mot.racine), ()):
                trouves.setdefault(racine, SCORE_FAMILLE)
        if debuts and not trouves and len(mot.brut) >= 3:
            trouves = {racine: SCORE_DEBUT for racine in self.vocabulaire if racine.startswith(mot.brut)}
        return trouves


def _count_fautes(longueur: int) -> int:
    """Typing errors accepted in a word of this length."""
    return 0 if longueur < 4 else 1 if longueur < 8 else 2 if longueur < 12 else 3


def _weigh(noms: list[tuple[Mot, ...]]) -> dict[str, float]:
    """Rare words say more: « agent » weighs little, « fraiseur » much."""
    presences: dict[str, int] = defaultdict(int)
    for mots in noms:
        for racine in {mot.racine for mot in mots}:
            presences[racine] += 1
    plafond = math.log(len(noms) + 1)
    return {racine: math.log((len(noms) + 1) / fois) / plafond for racine, fois in presences.items()}


def _noms(lexique: Lexique) -> list[str]:
    return [nom for domaine in lexique.domaines for nom in (domaine.nom, *domaine.noms)]
