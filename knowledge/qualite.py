"""How good the records are: completeness against Qualiopi's indicator 1, freshness of the sources: ``make qualite``.

Source of the nine points: transitions-pro-occitanie-qualiopi.txt, indicator 1 (information of the public).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from knowledge.catalogue_model import Catalogue, Formation
from knowledge.loader import load_catalogue
from knowledge.model import Dispositif, Source
from knowledge.plan.presentation import is_perime

POINTS = (
    "prerequis",
    "objectifs",
    "duree",
    "acces_et_delais",
    "tarifs",
    "contacts",
    "methodes",
    "evaluation",
    "accessibilite_handicap",
)
_PIRES = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Completeness of a record (0 to 1), what is missing, and whether its sources are to be re-checked."""

    id: str
    genre: str
    points: Mapping[str, bool]
    a_reverifier: bool

    @property
    def score(self) -> float:
        """Share of the nine points that the record gives."""
        return sum(self.points.values()) / len(self.points)

    @property
    def manques(self) -> list[str]:
        """The points that are missing."""
        return [nom for nom, present in self.points.items() if not present]


def score_formation(formation: Formation, jour: date) -> Note:
    """Score of a formation: a point counts only when the record states it with a source."""
    complements = set(formation.complements) | {cle for cle, m in formation.qualite.items() if m.source}
    points = {nom: nom in complements for nom in POINTS}
    points["prerequis"] = points["prerequis"] or bool(formation.conditions)
    points["objectifs"] = points["objectifs"] or bool(formation.certification or formation.rome)
    points["contacts"] = points["contacts"] or bool(formation.contacts)
    sources = [offre.source for offre in formation.offres]
    return Note(id=formation.id, genre="formation", points=points, a_reverifier=_is_vieille(sources, jour))


def score_dispositif(dispositif: Dispositif, jour: date) -> Note:
    """Score of a dispositif on the same nine points."""
    complements = set(dispositif.complements)
    points = {
        "prerequis": bool(dispositif.conditions),
        "objectifs": bool(dispositif.besoins),
        "duree": dispositif.duree.source is not None,
        "acces_et_delais": dispositif.entree.source is not None,
        "tarifs": dispositif.cout.source is not None,
        "contacts": bool(dispositif.contacts),
        "methodes": bool(dispositif.contenus),
        "evaluation": bool(complements & {"evaluation", "modalites_evaluation"}),
        "accessibilite_handicap": bool(complements & {"accessibilite", "accessibilite_handicap", "handicap"}),
    }
    return Note(
        id=dispositif.id,
        genre="dispositif",
        points=points,
        a_reverifier=_is_vieille(dispositif.sources, jour),
    )


def _is_vieille(sources: list[Source] | tuple[Source, ...], jour: date) -> bool:
    return any(is_perime(source, jour) for source in sources)


def score_catalogue(catalogue: Catalogue, jour: date) -> list[Note]:
    """Scores of every record, worst first, then by id."""
    notes = [score_dispositif(fiche, jour) for fiche in catalogue.dispositifs.values()]
    notes += [score_formation(fiche, jour) for fiche in catalogue.formations.values()]
    return sorted(notes, key=lambda note: (note.score, note.id))


def main() -> int:
    """Print the table of the nine points, then the worst records."""
    notes = score_catalogue(load_catalogue(), date.today())
    print(f"{'information (indicateur 1 de Qualiopi)':40} {'dispositifs':>12} {'formations':>12}")
    for nom in POINTS:
        parts = []
        for genre in ("dispositif", "formation"):
            concernees = [note for note in notes if note.genre == genre]
            parts.append(f"{sum(note.points[nom] for note in concernees)}/{len(concernees)}")
        print(f"{nom:40} {parts[0]:>12} {parts[1]:>12}")
    a_reverifier = sum(note.a_reverifier for note in notes)
    print(f"\nÀ revérifier (plus d'un an, ou jamais vérifié) : {a_reverifier} fiches sur {len(notes)}")
    print("\nLes fiches les moins complètes :")
    for note in notes[:_PIRES]:
        print(f"  {note.score:4.0%}  {note.id:60.60} manque : {', '.join(note.manques)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
