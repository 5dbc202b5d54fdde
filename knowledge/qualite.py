"""How good the records are: completeness against Qualiopi's indicator 1, freshness of the sources: ``make qualite``.

``--toutes`` prints one line per record. Source of the nine points: transitions-pro-occitanie-qualiopi.txt l.514,
indicator 1 (what a training organisation must tell the public).
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from knowledge.catalogue_model import Catalogue, Formation
from knowledge.errors import ErreurCatalogue
from knowledge.loader import load_catalogue
from knowledge.model import Dispositif, Source
from knowledge.plan.vigilance import is_perime

POINTS = {
    "prerequis": "ce qu'il faut pour entrer",
    "objectifs": "à quoi elle sert",
    "duree": "la durée",
    "acces_et_delais": "comment on entre, et quand",
    "tarifs": "le prix",
    "contacts": "qui joindre",
    "methodes": "ce que l'on y fait",
    "evaluation": "comment on est évalué",
    "accessibilite_handicap": "l'accès avec un handicap",
}
_EXEMPLES = 3


class Presence(str, Enum):
    """Where a point is stated with a source: in the record, in the dispositif that carries it, or nowhere."""

    ICI = "dit par la fiche"
    DISPOSITIF = "dit par son dispositif"
    ABSENT = "absent"


class Fraicheur(str, Enum):
    """The state of the least fresh source of a record, from the best to the worst."""

    RECENTE = "vérifiée ou écrite depuis moins d'un an"
    ANCIENNE = "vérifiée il y a plus d'un an : à revérifier"
    JAMAIS = "jamais revérifiée depuis un document de plus d'un an, ou sans date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A record's points and its freshness; ``plus_ancien`` None: no date at all.

    ``points`` is empty for what teaches nothing by itself (table of places, parcours type). ``est_formation``: the
    indicator is meant for it; for an aid or an advice the points are only a help to the editor.
    """

    id: str
    genre: str
    est_formation: bool
    points: Mapping[str, Presence]
    fraicheur: Fraicheur
    plus_ancien: date | None

    @property
    def score(self) -> float:
        """Share of the nine points that are stated, by the record or by its dispositif: 0 to 1."""
        return 1 - len(self.manques) / len(self.points) if self.points else 1.0

    @property
    def a_reverifier(self) -> bool:
        """Whether a source of the record was last checked, or written, more than a year ago."""
        return self.fraicheur is not Fraicheur.RECENTE

    @property
    def manques(self) -> list[str]:
        """The points stated nowhere."""
        return [nom for nom, presence in self.points.items() if presence is Presence.ABSENT]


def score_catalogue(catalogue: Catalogue, jour: date) -> list[Note]:
    """The notes of every dispositif and formation, the least complete first, then by id."""
    notes = [_note_dispositif(fiche, jour) for fiche in catalogue.dispositifs.values()]
    notes += [_note_formation(fiche, catalogue, jour) for fiche in catalogue.formations.values()]
    return sorted(notes, key=lambda note: (note.score, note.id, note.genre))


def note_annexes(catalogue: Catalogue, jour: date) -> list[Note]:
    """The freshness of the tables of places, then of the parcours types, by id; they have no points."""
    lieux = defaultdict(list)
    for site in catalogue.sites:
        lieux[site.dispositif].append(site.source)
    notes = [_note(cle, "tableau de lieux", sources, jour) for cle, sources in sorted(lieux.items())]
    for parcours in catalogue.parcours_types.values():
        sources = [parcours.source, *(etape.source for etape in parcours.etapes)]
        notes.append(_note(parcours.id, "parcours type", sources, jour))
    return notes


def _note(
    identifiant: str,
    genre: str,
    sources: Iterable[Source],
    jour: date,
    *,
    points: Mapping[str, Presence] | None = None,
    est_formation: bool = False,
) -> Note:
    sources = list(sources)
    dates = [source.verifie_le or source.date_source for source in sources]
    return Note(
        id=identifiant,
        genre=genre,
        est_formation=est_formation,
        points=points or {},
        fraicheur=find_fraicheur(sources, jour),
        plus_ancien=min((lue for lue in dates if lue is not None), default=None),
    )


def find_fraicheur(sources: Iterable[Source], jour: date) -> Fraicheur:
    """The freshness of the least fresh source; without any source, ``JAMAIS``."""
    etats = {
        Fraicheur.RECENTE
        if not is_perime(source, jour)
        else (Fraicheur.ANCIENNE if source.verifie_le else Fraicheur.JAMAIS)
        for source in sources
    }
    return next((etat for etat in reversed(Fraicheur) if etat in etats), Fraicheur.JAMAIS)


def _note_dispositif(dispositif: Dispositif, jour: date) -> Note:
    dits = find_points(dispositif)
    return _note(
        dispositif.id,
        "dispositif",
        dispositif.sources,
        jour,
        points={nom: Presence.ICI if nom in dits else Presence.ABSENT for nom in POINTS},
        est_formation=dispositif.nature == "formation",
    )


def find_points(dispositif: Dispositif) -> set[str]:
    """The points that a dispositif states with a source."""
    cles = set(_iter_cles(dispositif.complements))
    presents = {
        "prerequis": bool(dispositif.conditions),
        "objectifs": bool(dispositif.besoins),
        "duree": dispositif.duree.source is not None,
        "acces_et_delais": dispositif.entree.precision is not None,
        "tarifs": dispositif.cout.statut != "non_precise",
        "contacts": bool(dispositif.contacts),
        "methodes": bool(dispositif.contenus),
        "evaluation": "evaluation" in cles,
        "accessibilite_handicap": "accessibilite" in cles,
    }
    return {nom for nom, present in presents.items() if present}


def _iter_cles(valeur: Any) -> Iterator[str]:
    """The names used anywhere in a free part of a record."""
    if isinstance(valeur, Mapping):
        for cle, contenu in valeur.items():
            yield str(cle)
            yield from _iter_cles(contenu)
    elif isinstance(valeur, list | tuple):
        for contenu in valeur:
            yield from _iter_cles(contenu)


def _note_formation(formation: Formation, catalogue: Catalogue, jour: date) -> Note:
    porteur = catalogue.dispositifs.get(formation.dispositif or "")
    ailleurs = find_points(porteur) if porteur else set()
    ici = {cle for cle, mention in formation.qualite.items() if mention.source}
    if formation.conditions:
        ici.add("prerequis")
    if formation.certification or formation.rome:
        ici.add("objectifs")
    if formation.contacts:
        ici.add("contacts")
    points = {
        nom: Presence.ICI if nom in ici else Presence.DISPOSITIF if nom in ailleurs else Presence.ABSENT
        for nom in POINTS
    }
    sources = [offre.source for offre in formation.offres]
    sources += [condition.source for condition in formation.conditions]
    return _note(formation.id, "formation", sources, jour, points=points, est_formation=True)


def write_table(notes: Iterable[Note]) -> str:
    """The nine points, and how many formations and training dispositifs state each."""
    notes = [note for note in notes if note.est_formation]
    formations = [note for note in notes if note.genre == "formation"]
    autres = [note for note in notes if note.genre == "dispositif"]
    titre = f"Ce que disent {len(formations)} formations et {len(autres)} dispositifs de formation"
    lignes = [
        f"{titre} (indicateur 1 de Qualiopi)",
        f"  {'':28} {'formations, par':>16} {'formations, par':>16} {'formations,':>12} {'dispositifs,':>13}",
        f"  {'':28} {'leur fiche':>16} {'leur dispositif':>16} {'absent':>12} {'dit':>13}",
    ]
    for nom, libelle in POINTS.items():
        comptes = Counter(note.points[nom] for note in formations)
        dits = sum(note.points[nom] is Presence.ICI for note in autres)
        nombres = [comptes[presence] for presence in Presence]
        lignes.append(f"  {libelle:28} {nombres[0]:16} {nombres[1]:16} {nombres[2]:12} {dits:13}")
    for nom, groupe in (("formations", formations), ("dispositifs de formation", autres)):
        moyenne = sum(note.score for note in groupe) / len(groupe) if groupe else 0.0
        lignes.append(f"  Complétude moyenne des {nom} : {moyenne:.0%}")
    return "\n".join(lignes)


def write_fraicheur(notes: Iterable[Note]) -> str:
    """How many records of each kind are in each state of freshness."""
    comptes: dict[Fraicheur, Counter[str]] = {etat: Counter() for etat in Fraicheur}
    for note in notes:
        comptes[note.fraicheur][note.genre] += 1
    lignes = ["Fraîcheur des sources (la moins fraîche de chaque fiche)"]
    for etat, genres in comptes.items():
        detail = ", ".join(f"{genre} : {nombre}" for genre, nombre in sorted(genres.items()))
        lignes.append(f"  {sum(genres.values()):4}  {etat.value}{f' ({detail})' if detail else ''}")
    return "\n".join(lignes)


def write_pires(notes: Iterable[Note]) -> str:
    """The least complete records first; those that lack the same points are told together."""
    groupes: dict[tuple[str, tuple[str, ...]], list[Note]] = defaultdict(list)
    for note in notes:
        if note.est_formation and note.manques:
            groupes[note.genre, tuple(note.manques)].append(note)
    lignes = ["Les fiches les moins complètes d'abord"]
    for (genre, manques), membres in sorted(
        groupes.items(), key=lambda groupe: (groupe[1][0].score, groupe[0])
    ):
        noms = ", ".join(note.id for note in membres[:_EXEMPLES])
        suite = f" et {len(membres) - _EXEMPLES} autres" if len(membres) > _EXEMPLES else ""
        pluriel = "s" if len(membres) > 1 else ""
        lignes.append(f"  {membres[0].score:4.0%}  {len(membres)} {genre}{pluriel} : {noms}{suite}")
        lignes.append(f"        il manque : {', '.join(POINTS[nom] for nom in manques)}")
    return "\n".join(lignes)


def write_toutes(notes: Iterable[Note]) -> str:
    """One line per record: score, kind, id, oldest date, freshness."""
    return "\n".join(
        f"{f'{note.score:.0%}' if note.points else '-':>5}  {note.genre:16} {note.id:62} "
        f"{note.plus_ancien or 'sans date'!s:10}  {note.fraicheur.value}"
        for note in notes
    )


def main(arguments: list[str] | None = None) -> int:
    """Print the table of the nine points, the freshness, then the least complete records."""
    demandes = sys.argv[1:] if arguments is None else arguments
    try:
        catalogue, jour = load_catalogue(), date.today()
    except ErreurCatalogue as erreur:
        print(erreur, file=sys.stderr)
        return 1
    notes = score_catalogue(catalogue, jour)
    toutes = [*notes, *note_annexes(catalogue, jour)]
    parties = [write_table(notes), write_fraicheur(toutes), write_pires(notes)]
    if "--toutes" in demandes:
        parties.append(write_toutes(toutes))
    print("\n\n".join(parties))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
