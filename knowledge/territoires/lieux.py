"""The values of the territory referential: communes, départements and what a search found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Motif = Literal[
    "nom",
    "nom_usuel",
    "ancien_nom",
    "arrondissement",
    "code_postal",
    "code_insee",
    "debut_du_nom",
    "agglomeration",
    "orthographe_proche",
]
Relation = Literal["residence", "proximite", "mention"]
StatutBassin = Literal["officiel", "derive", "departement_seulement"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Commune:
    """A commune of today. ``None`` means that the source does not say it.

    ``latitude`` and ``longitude`` are WGS84 degrees; ``coordonnees_approchees`` is True when they are the mean of the
    communes of the same postal code, False when they are the centre itself. ``code_ept`` is "T2" to "T12": only the
    communes of the Métropole du Grand Paris other than Paris have one.
    """

    code_insee: str
    nom: str
    code_departement: str
    nom_departement: str
    code_region: str
    codes_postaux: tuple[str, ...]
    code_epci: str | None
    nom_epci: str | None
    code_ept: str | None
    nom_ept: str | None
    population: int | None
    latitude: float | None
    longitude: float | None
    coordonnees_approchees: bool = False

    @property
    def libelle(self) -> str:
        """The name with its département number, which tells homonyms apart: « Saint-Denis (93) »."""
        return f"{self.nom} ({self.code_departement})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Departement:
    """A département or an overseas territory of the same rank."""

    code: str
    nom: str
    code_region: str
    nom_region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommuneTrouvee:
    """A commune answering a search, how sure the match of the text is (0..1), and why.

    ``code_arrondissement`` and ``nom_reconnu`` keep what was more precise or older than the commune: the
    arrondissement of Paris, Lyon or Marseille, or the name of a former commune.
    """

    commune: Commune
    score: float
    motif: Motif
    code_arrondissement: str | None = None
    nom_reconnu: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TerritoireTrouve:
    """One line of a mixed search, ready for ``GET /territoires``: a commune, a département, an EPCI or a bassin."""

    type: Literal["commune", "departement", "intercommunalite", "bassin"]
    code: str
    nom: str
    libelle: str
    code_departement: str | None
    codes_postaux: tuple[str, ...]
    population: int | None
    score: float
    motif: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LieuxReperes:
    """What a sentence says of places.

    ``communes`` are the candidates of the one place retained, best first; ``ambigu`` is True when a question is needed
    to choose among them. ``relation`` says what links the person to the place: ``residence`` (« j'habite à »),
    ``proximite`` (« près de », « banlieue de »: the commune itself is then not known) or ``mention``.
    ``autres`` holds the first candidate of each other place of the sentence.
    """

    communes: tuple[CommuneTrouvee, ...] = ()
    ambigu: bool = False
    departement: Departement | None = None
    code_postal: str | None = None
    relation: Relation | None = None
    autres: tuple[CommuneTrouvee, ...] = ()
