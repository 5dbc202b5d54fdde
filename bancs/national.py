"""Catalogues of national size made from the real records by a seeded generator, always the same ones.

A copy keeps its needs, rules, effects and breadth; its territory and its operators change: a regional record opens in
another region, a local one in another département, with its places there. National records stay alone of their kind.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from knowledge import Base, Contact, Dispositif, Formation, with_catalogue
from knowledge.territoires import Commune

GRAINE = 2026
TAILLES: dict[str, tuple[int, int] | None] = {"×1": None, "×10": (500, 10_000), "×100": (5_000, 100_000)}
"""Dispositifs and formations of each size; None for the real base."""

_REGIONAL = 7
"""From this number of départements on, a record counts as regional (Île-de-France has eight)."""


def grow(base: Base, taille: str) -> Base:
    """The base at one of ``TAILLES``; the real records are all in it, the copies after them."""
    nombres = TAILLES[taille]
    if nombres is None:
        return with_catalogue(base, base.catalogue)
    hasard = random.Random(GRAINE)
    dispositifs = dict(base.catalogue.dispositifs)
    for copie in _iter_dispositifs(base, hasard):
        if len(dispositifs) >= nombres[0]:
            break
        dispositifs[copie.id] = copie
    formations = dict(base.catalogue.formations)
    for formation in _iter_formations(base, hasard):
        if len(formations) >= nombres[1]:
            break
        formations[formation.id] = formation
    return with_catalogue(base, replace(base.catalogue, dispositifs=dispositifs, formations=formations))


def _iter_dispositifs(base: Base, hasard: random.Random) -> Iterator[Dispositif]:
    """Endless copies of the records that have a territory."""
    regions, communes = _list_regions(base), _list_communes(base)
    territoriaux = [fiche for fiche in base.catalogue.dispositifs.values() if fiche.departements]
    numero = 0
    while True:
        numero += 1
        for fiche in territoriaux:
            region = hasard.choice(regions)
            zone = region if len(fiche.departements) >= _REGIONAL else (hasard.choice(region),)
            contacts = tuple(_move_contact(c, numero, zone, communes, hasard) for c in fiche.contacts)
            conditions = tuple(
                replace(condition, regle=replace(condition.regle, valeurs=zone))  # type: ignore[type-var]
                if condition.id == "territoire"
                else condition
                for condition in fiche.conditions
            )
            yield replace(
                fiche,
                id=f"{fiche.id}-{numero}",
                nom=f"{fiche.nom} {zone[0]}-{numero}",
                departements=zone,
                conditions=conditions,
                contacts=contacts,
                articulations=(),
            )


def _move_contact(
    contact: Contact,
    numero: int,
    zone: tuple[str, ...],
    communes: dict[str, list[Commune]],
    hasard: random.Random,
) -> Contact:
    """Another operator, in a commune of the new territory when the contact is a place."""
    if not contact.code_departement:
        return replace(contact, organisme=f"{contact.organisme} {numero}")
    commune = hasard.choice(communes[hasard.choice(zone)])
    return replace(
        contact,
        organisme=f"{contact.organisme} {numero}",
        commune=commune.nom,
        code_insee=commune.code_insee,
        code_departement=commune.code_departement,
        bassin=None,
    )


def _iter_formations(base: Base, hasard: random.Random) -> Iterator[Formation]:
    """Endless copies of the formations, offered in other places by other operators."""
    modeles = list(base.catalogue.formations.values())
    lieux = sorted({lieu for fiche in modeles for offre in fiche.offres for lieu in offre.territoires})
    organismes = sorted({site.organisme for site in base.catalogue.sites if site.organisme})
    numero = 0
    while True:
        numero += 1
        for fiche in modeles:
            offres = tuple(
                replace(offre, territoires=tuple(hasard.sample(lieux, min(3, len(offre.territoires)))))
                for offre in fiche.offres
            )
            contacts = tuple(replace(c, organisme=hasard.choice(organismes)) for c in fiche.contacts)
            yield replace(fiche, id=f"{fiche.id}-{numero}", offres=offres, contacts=contacts)


def _list_regions(base: Base) -> list[tuple[str, ...]]:
    """The départements of each region, in the order of the codes."""
    regions: dict[str, list[str]] = defaultdict(list)
    codes = [f"{numero:02d}" for numero in range(1, 96) if numero != 20] + ["2A", "2B"]
    for code in [*codes, "971", "972", "973", "974", "976"]:
        departement = base.territoires.get_departement(code)
        if departement is not None:
            regions[departement.code_region].append(code)
    return [tuple(codes) for _, codes in sorted(regions.items())]


def _list_communes(base: Base) -> dict[str, list[Commune]]:
    communes: dict[str, list[Commune]] = defaultdict(list)
    for code in sorted({dep for region in _list_regions(base) for dep in region}):
        region = base.territoires.get_departement(code).code_region  # type: ignore[union-attr]
        if code not in communes:
            for commune in base.territoires.communes_de_region(region):
                communes[commune.code_departement].append(commune)
    return communes
