"""The values of this folder: a trade, a trade found, a field of work."""

from __future__ import annotations

from dataclasses import dataclass

SCORE_SUR = 0.9  # from this score on, the name was recognised; below, it is a proposal to confirm


@dataclass(frozen=True, slots=True, kw_only=True)
class Metier:
    """A ROME code with its everyday names.

    ``appellations`` name the person ("soudeur"), ``activites`` the work ("soudure"). When ``dans_l_offre`` is
    False no formation of the base leads there; ``proches`` then gives codes of the offer that are near, if any.
    """

    code_rome: str
    libelle: str
    libelle_source: str
    appellations: tuple[str, ...]
    dans_l_offre: bool
    source_lignes: str
    activites: tuple[str, ...] = ()
    proches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MetierTrouve:
    """A trade found, by which of its names, how surely (0 to 1; ``SCORE_SUR`` and above is sure)."""

    metier: Metier
    appellation: str
    score: float

    @property
    def est_sur(self) -> bool:
        """Whether the name was recognised, not merely near."""
        return self.score >= SCORE_SUR


@dataclass(frozen=True, slots=True, kw_only=True)
class Domaine:
    """A field of work and the codes of the offer in it, the most usual first."""

    nom: str
    codes_rome: tuple[str, ...]
    noms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexique:
    """Everything read from the files, before indexing.

    ``ambigus`` gives, for a word that names many trades ("agent"), the codes to propose, most usual first.
    ``courants`` are ordinary words: never corrected into a trade, never enough to find one.
    ``cadres`` are the words after which an ordinary word or an activity is meant as a trade ("travailler dans").
    """

    metiers: tuple[Metier, ...]
    domaines: tuple[Domaine, ...]
    ambigus: dict[str, tuple[str, ...]]
    courants: frozenset[str]
    cadres: frozenset[str]
