"""Rebuild the SQL copy of the catalogue: ``python -m knowledge.store.sync`` (``make base``)."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from knowledge.catalogue_model import Catalogue
from knowledge.errors import ErreurCatalogue
from knowledge.loader import load_catalogue
from knowledge.store.engine import open_engine
from knowledge.store.tables import (
    DispositifBesoin,
    DispositifLigne,
    DispositifTerritoire,
    FormationLigne,
    FormationRome,
    FormationTerritoire,
    ParcoursTypeLigne,
    SiteLigne,
    Table,
)


def sync_catalogue(engine: Engine, catalogue: Catalogue) -> dict[str, int]:
    """Replace the copy by the catalogue, in one transaction; returns the number of rows by table.

    The former copy stays readable until the new one is complete.
    """
    Table.metadata.create_all(engine)
    with Session(engine) as db_session, db_session.begin():
        for table in reversed(Table.metadata.sorted_tables):
            db_session.execute(table.delete())
        db_session.add_all(list(_iter_dispositifs(catalogue)))
        db_session.flush()
        db_session.add_all(list(_iter_formations(catalogue)))
        db_session.flush()
        db_session.add_all(list(_iter_annexes(catalogue)))
    return count_lignes(engine)


def _iter_dispositifs(catalogue: Catalogue) -> Iterator[Table]:
    for dispositif in catalogue.dispositifs.values():
        yield DispositifLigne(
            id=dispositif.id,
            nom=dispositif.nom,
            resume=dispositif.resume,
            nature=dispositif.nature,
            etat=dispositif.etat,
            partout=not dispositif.departements,
            fiche=to_json(asdict(dispositif)),
        )


def _iter_formations(catalogue: Catalogue) -> Iterator[Table]:
    for formation in catalogue.formations.values():
        yield FormationLigne(
            id=formation.id,
            intitule=formation.intitule,
            secteur=formation.secteur,
            dispositif=formation.dispositif,
            fiche=to_json(asdict(formation)),
        )


def _iter_annexes(catalogue: Catalogue) -> Iterator[Table]:
    for dispositif in catalogue.dispositifs.values():
        for rang, besoin in enumerate(dict.fromkeys(dispositif.ids_besoins)):
            yield DispositifBesoin(dispositif=dispositif.id, besoin=besoin, rang=rang)
        for code in dict.fromkeys(dispositif.departements):
            yield DispositifTerritoire(dispositif=dispositif.id, code_departement=code)
    for formation in catalogue.formations.values():
        for code in dict.fromkeys(formation.rome):
            yield FormationRome(formation=formation.id, code_rome=code)
        for territoire in dict.fromkeys(nom for offre in formation.offres for nom in offre.territoires):
            yield FormationTerritoire(formation=formation.id, territoire=territoire)
    for rang, site in enumerate(catalogue.sites, start=1):
        # The row's number is given, so that the same catalogue always makes the same copy.
        yield SiteLigne(
            id=rang,
            dispositif=site.dispositif,
            organisme=site.organisme,
            lieu=site.lieu,
            code_departement=site.code_departement,
            code_insee=site.code_insee,
            bassin=site.bassin,
            source=site.source.id,
        )
    for parcours in catalogue.parcours_types.values():
        yield ParcoursTypeLigne(id=parcours.id, titre=parcours.titre, fiche=to_json(asdict(parcours)))


def to_json(valeur: Any) -> Any:
    """The same value with dates written as text and tuples as lists, ready for a JSON column."""
    if isinstance(valeur, dict):
        return {cle: to_json(contenu) for cle, contenu in valeur.items()}
    if isinstance(valeur, list | tuple):
        return [to_json(contenu) for contenu in valeur]
    return valeur.isoformat() if hasattr(valeur, "isoformat") else valeur


def count_lignes(engine: Engine) -> dict[str, int]:
    """Number of rows of each table of the copy."""
    with Session(engine) as db_session:
        return {
            table.name: db_session.scalar(select(func.count()).select_from(table)) or 0
            for table in Table.metadata.sorted_tables
        }


def main() -> int:
    """Rebuild and print the counts; 1 with the faults in French when the catalogue is wrong."""
    debut = time.perf_counter()
    try:
        catalogue = load_catalogue()
    except ErreurCatalogue as erreur:
        print(erreur, file=sys.stderr)
        return 1
    for table, nombre in sync_catalogue(open_engine(), catalogue).items():
        print(f"{table:36} {nombre:6}")
    print(f"Base refaite en {time.perf_counter() - debut:.1f} s.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
