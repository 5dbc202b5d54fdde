"""Drawings of how dispositifs chain: places of boxes and arrows only; the templates write the SVG and its words."""

from __future__ import annotations

import re
import textwrap
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from knowledge import Base, Dispositif, StatutLien

LARGEUR, HAUTEUR = 190, 50
_ESPACE_X, _ESPACE_Y = 80, 16
_MARGE, _ENTETE = 22, 40
_LETTRES = 27
_PARENTHESE = re.compile(r" \([^)]*\)")
COLONNES = (
    "Appuis : droits, revenu, mobilité",
    "Bases et premiers pas",
    "Projet de métier",
    "Préparation",
    "Qualification, VAE, alternance",
    "Emploi",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Boite:
    """A dispositif in a drawing; ``lignes`` is its name cut to fit."""

    fiche: Dispositif
    x: int
    y: int
    lignes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fleche:
    """An arrow from a box to another: its path, and how sure the link is."""

    de: str
    vers: str
    statut: str
    trace: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dessin:
    """A drawing in its own units: size, boxes, arrows, and titles of columns (x, text)."""

    largeur: int
    hauteur: int
    boites: tuple[Boite, ...]
    fleches: tuple[Fleche, ...]
    titres: tuple[tuple[int, str], ...] = ()


def write_nom_court(fiche: Dispositif) -> str:
    """A short name that stays one's own: « Formation certifiante (PRFE) »; what the initials say is not said twice."""
    nom = fiche.nom.replace("(Seine-Saint-Denis)", "(93)")
    if fiche.sigle:
        nom = _PARENTHESE.sub("", nom)
        nom = nom if re.search(rf"\b{re.escape(fiche.sigle)}\b", nom) else f"{nom} ({fiche.sigle})"
    return nom


def cut_nom(fiche: Dispositif) -> tuple[str, ...]:
    """A short name on three short lines at most."""
    nom = write_nom_court(fiche)
    lignes = textwrap.wrap(nom, _LETTRES)
    if len(lignes) > 3:
        lignes = textwrap.wrap(nom, _LETTRES, max_lines=3, placeholder="…")
    return tuple(lignes)


def find_colonne(fiche: Dispositif, base: Base) -> int:
    """The column of a dispositif, from what it brings: 0 (support) to 5 (job)."""
    phases = {base.referentiels.acquis[effet.acquis].phase for effet in fiche.effets if effet.acquis}
    if not phases:
        return {"formation": 4, "emploi-forme": 5, "information": 2}.get(fiche.nature, 0)
    # A training that also leads to a job stays with trainings; financing is a support although it comes with the project.
    if 5 in phases:
        return 4
    if fiche.nature == "aide-financiere":
        return 0
    return {0: 0, 1: 1, 2: 1, 3: 2, 4: 3, 6: 5}[max(phases)]


def draw_voisinage(
    fiche: Dispositif, avant: Sequence[Dispositif], apres: Sequence[Dispositif], base: Base
) -> Dessin:
    """A sheet in the middle, what leads to it on the left, what follows on the right."""
    colonnes = [_uniques(avant, {fiche.id}), [fiche], _uniques(apres, {fiche.id})]
    if not colonnes[0]:
        colonnes = colonnes[1:]
    elif not colonnes[2]:
        colonnes = colonnes[:2]
    places = _place(colonnes, centre=True)
    liens = [(autre, fiche) for autre in avant] + [(fiche, autre) for autre in apres]
    return _draw(places, _iter_liens(liens), titres=(), entete=_MARGE)


def _uniques(fiches: Iterable[Dispositif], sauf: set[str]) -> list[Dispositif]:
    return list({autre.id: autre for autre in fiches if autre.id not in sauf}.values())


def _iter_liens(couples: Iterable[tuple[Dispositif, Dispositif]]) -> Iterable[tuple[str, str, str]]:
    for de, vers in dict.fromkeys((a.id, b.id) for a, b in couples):
        fiche = next(a for a, _ in couples if a.id == de)
        for articulation in fiche.articulations:
            if articulation.vers == vers:
                yield de, vers, articulation.statut.value
                break


def draw_carte(base: Base, *, statuts: Collection[str]) -> Dessin:
    """All the dispositifs that a link of these statuses joins, in columns from support to job."""
    fiches = base.catalogue.dispositifs
    liens = [
        (fiche.id, articulation.vers, articulation.statut.value)
        for fiche in fiches.values()
        for articulation in fiche.articulations
        if articulation.statut.value in statuts and articulation.vers in fiches
    ]
    relies = dict.fromkeys(cle for de, vers, _ in liens for cle in (de, vers))
    colonnes: list[list[Dispositif]] = [[] for _ in COLONNES]
    for cle in relies:
        colonnes[find_colonne(fiches[cle], base)].append(fiches[cle])
    ordonnees = _untangle(colonnes, liens)
    places = _place(ordonnees, centre=True)
    titres = tuple(
        (_MARGE + rang * (LARGEUR + _ESPACE_X), titre)
        for rang, (titre, colonne) in enumerate(zip(COLONNES, ordonnees, strict=True))
        if colonne
    )
    return _draw(places, liens, titres=titres, entete=_ENTETE)


def _untangle(
    colonnes: Sequence[Sequence[Dispositif]], liens: Sequence[tuple[str, str, str]]
) -> list[list[Dispositif]]:
    """Columns in an order that crosses fewer arrows: each box near the mean height of its neighbours, a few passes."""
    voisins: Mapping[str, list[str]] = defaultdict(list)
    for de, vers, _ in liens:
        voisins[de].append(vers)
        voisins[vers].append(de)
    ordre = [sorted(colonne, key=lambda fiche: fiche.id) for colonne in colonnes]
    for passe in range(8):
        hauteurs = {
            fiche.id: (rang + 0.5) / len(colonne) for colonne in ordre for rang, fiche in enumerate(colonne)
        }
        for colonne in ordre if passe % 2 == 0 else reversed(ordre):
            moyennes = {
                fiche.id: sum(hauteurs[v] for v in voisins[fiche.id]) / len(voisins[fiche.id])
                for fiche in colonne
            }
            colonne.sort(key=lambda fiche: (moyennes[fiche.id], fiche.id))
            hauteurs.update((f.id, (rang + 0.5) / len(colonne)) for rang, f in enumerate(colonne))
    return ordre


def _place(colonnes: Sequence[Sequence[Dispositif]], *, centre: bool) -> list[tuple[Dispositif, int, int]]:
    """Each box with its column and its height in the column (from 0), columns centred on the tallest."""
    pas = HAUTEUR + _ESPACE_Y
    haut = max(len(colonne) for colonne in colonnes) * pas
    return [
        (fiche, rang_x, (haut - len(colonne) * pas) // 2 * centre + rang_y * pas)
        for rang_x, colonne in enumerate(colonnes)
        for rang_y, fiche in enumerate(colonne)
    ]


def _draw(
    places: Sequence[tuple[Dispositif, int, int]],
    liens: Iterable[tuple[str, str, str]],
    *,
    titres: tuple[tuple[int, str], ...],
    entete: int,
) -> Dessin:
    boites = {
        fiche.id: Boite(
            fiche=fiche,
            x=_MARGE + colonne * (LARGEUR + _ESPACE_X),
            y=entete + haut,
            lignes=cut_nom(fiche),
        )
        for fiche, colonne, haut in places
    }
    return Dessin(
        largeur=max(boite.x for boite in boites.values()) + LARGEUR + _MARGE + 24,
        hauteur=max(boite.y for boite in boites.values()) + HAUTEUR + _MARGE,
        boites=tuple(boites.values()),
        fleches=tuple(
            Fleche(de=de, vers=vers, statut=statut, trace=_trace(boites[de], boites[vers]))
            for de, vers, statut in liens
            if de in boites and vers in boites
        ),
        titres=titres,
    )


def _trace(de: Boite, vers: Boite) -> str:
    """A curve from the side of a box to the side of another; it goes round when both are in the same column."""
    y1, y2 = de.y + HAUTEUR // 2, vers.y + HAUTEUR // 2
    if vers.x > de.x:
        x1, x2 = de.x + LARGEUR, vers.x - 5
        milieu = (x2 - x1) // 2
        return f"M{x1} {y1}C{x1 + milieu} {y1} {x2 - milieu} {y2} {x2} {y2}"
    if vers.x == de.x:
        x1 = de.x + LARGEUR
        return f"M{x1} {y1}C{x1 + 44} {y1} {x1 + 44} {y2} {x1 + 5} {y2}"
    x1, x2 = de.x, vers.x + LARGEUR + 5
    milieu = (x1 - x2) // 2
    return f"M{x1} {y1}C{x1 - milieu} {y1} {x2 + milieu} {y2} {x2} {y2}"


STATUTS = tuple(statut.value for statut in (StatutLien.ETABLI, StatutLien.PRIORITAIRE, StatutLien.SOUHAITE))
