"""Trades in everyday words, matched to ROME codes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import yaml
from rapidfuzz import fuzz, process

from knowledge.territoires.normalisation import fold

_SEUIL = 86


@dataclass(frozen=True, slots=True, kw_only=True)
class Metier:
    """A ROME code with its everyday names."""

    code_rome: str
    libelle: str
    libelle_source: str
    appellations: tuple[str, ...]
    dans_l_offre: bool
    source_lignes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MetierTrouve:
    """A trade found, by which name, how surely (0 to 1)."""

    metier: Metier
    appellation: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Domaine:
    """A field of work, several trades."""

    nom: str
    codes_rome: tuple[str, ...]


def stem(mot: str) -> str:
    """A rough root, so that plurals and feminine forms meet."""
    for fin, reste in (
        ("euses", "eur"),
        ("euse", "eur"),
        ("trices", "teur"),
        ("trice", "teur"),
        ("ieres", "ier"),
        ("iere", "ier"),
        ("ennes", "en"),
        ("enne", "en"),
        ("tes", "t"),
        ("te", "t"),
        ("es", ""),
        ("e", ""),
        ("s", ""),
    ):
        if mot.endswith(fin) and len(mot) - len(fin) >= 3:
            return mot[: len(mot) - len(fin)] + reste
    return mot


def build_cle(texte: str) -> str:
    """Comparison key of a name."""
    return " ".join(
        stem(mot)
        for mot in fold(texte).split()
        if mot not in {"de", "d", "la", "le", "les", "un", "une", "l", "en", "du", "des"}
    )


class Metiers:
    """All the trades, searchable."""

    def __init__(self, metiers: list[Metier]) -> None:
        self._par_code = {metier.code_rome: metier for metier in metiers}
        self._cles: dict[str, list[tuple[Metier, str]]] = defaultdict(list)
        for metier in metiers:
            for nom in (*metier.appellations, metier.libelle):
                self._cles[build_cle(nom)].append((metier, nom))

    def get(self, code_rome: str) -> Metier | None:
        """A trade by code."""
        return self._par_code.get(code_rome)

    def find_metiers(self, texte: str, limite: int = 5) -> list[MetierTrouve]:
        """Trades for a name, best first."""
        cle = build_cle(texte[:200])
        if len(cle) < 2:
            return []
        trouves: dict[str, MetierTrouve] = {}
        for nom, score, _ in process.extract(
            cle, list(self._cles), scorer=fuzz.token_sort_ratio, limit=limite * 2, score_cutoff=_SEUIL
        ):
            for metier, appellation in self._cles[nom]:
                trouves.setdefault(
                    metier.code_rome, MetierTrouve(metier=metier, appellation=appellation, score=score / 100)
                )
        return list(trouves.values())[:limite]

    def reperer_metier(self, texte: str) -> MetierTrouve | None:
        """The trade named in a sentence, the longest name first."""
        mots = [
            stem(mot)
            for mot in fold(texte[:500]).split()
            if mot not in {"de", "d", "la", "le", "les", "un", "une", "l", "en", "du", "des"}
        ]
        for longueur in range(min(5, len(mots)), 0, -1):
            for debut in range(len(mots) - longueur + 1):
                trouves = self._cles.get(" ".join(mots[debut : debut + longueur]))
                if trouves:
                    return MetierTrouve(metier=trouves[0][0], appellation=trouves[0][1], score=1.0)
        return None

    def find_domaine(self, texte: str) -> Domaine | None:
        """A field of work; none known yet."""
        return None


def load_metiers() -> Metiers:
    """The trades from their file."""
    chemin = Path(__file__).parent.parent / "referentiels" / "metiers.yml"
    donnees = yaml.load(chemin.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return Metiers(
        [
            Metier(
                code_rome=entree["code_rome"],
                libelle=entree["libelle"],
                libelle_source=entree["libelle_source"],
                appellations=tuple(entree["appellations"]),
                dans_l_offre=True,
                source_lignes=entree["source"]["lignes"],
            )
            for entree in donnees["metiers"]
        ]
    )
