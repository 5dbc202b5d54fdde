"""The catalogue goes from its files to a fresh SQLite and to a fresh PostgreSQL, with the same content in both."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from knowledge import Base
from knowledge.store.engine import open_engine
from knowledge.store.queries import find_ids_dispositifs, find_ids_formations, find_lieux
from knowledge.store.sync import sync_catalogue
from knowledge.store.tables import Table
from tests.services import start_postgresql

TABLES = [table.name for table in Table.metadata.sorted_tables]


@pytest.fixture(scope="module")
def sqlite(base: Base, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    chemin: Path = tmp_path_factory.mktemp("sqlite") / "catalogue.db"
    engine = open_engine(f"sqlite:///{chemin}")
    _charger("SQLite", engine, base)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def postgresql(base: Base) -> Iterator[Engine]:
    with start_postgresql() as url:
        engine = open_engine(url)
        _charger("PostgreSQL", engine, base)
        yield engine
        engine.dispose()


def _charger(nom: str, engine: Engine, base: Base) -> None:
    """Load, and print the counts and the time (seen with pytest -s): no timed assertion, machines differ."""
    debut = time.perf_counter()
    comptes = sync_catalogue(engine, base.catalogue)
    lignes = [f"{table:36} {nombre:6}" for table, nombre in comptes.items()]
    duree = time.perf_counter() - debut
    print(f"\n{nom} : {duree:.2f} s", *lignes, sep="\n  ")  # noqa: T201 (the counts are wanted)


def _lire(engine: Engine, table: str) -> list[str]:
    """The rows of a table, each as one JSON text, in an order that does not depend on the database."""
    lignes = Table.metadata.tables[table]
    with Session(engine) as db_session:
        return sorted(
            json.dumps(dict(ligne), ensure_ascii=False, sort_keys=True)
            for ligne in db_session.execute(select(lignes)).mappings()
        )


@pytest.mark.postgresql
@pytest.mark.parametrize("table", TABLES)
def test_chaque_table_a_le_meme_contenu_dans_sqlite_et_postgresql(
    sqlite: Engine, postgresql: Engine, table: str
) -> None:
    assert _lire(postgresql, table) == _lire(sqlite, table)


def test_chaque_fiche_du_catalogue_est_dans_la_base_sqlite(sqlite: Engine, base: Base) -> None:
    catalogue = base.catalogue
    attendus = {
        "catalogue_dispositif": len(catalogue.dispositifs),
        "catalogue_formation": len(catalogue.formations),
        "catalogue_site": len(catalogue.sites),
        "catalogue_parcours_type": len(catalogue.parcours_types),
    }
    assert {table: len(_lire(sqlite, table)) for table in attendus} == attendus


@pytest.mark.postgresql
def test_recharger_ne_double_rien(postgresql: Engine, base: Base) -> None:
    avant = {table: len(_lire(postgresql, table)) for table in TABLES}
    assert sync_catalogue(postgresql, base.catalogue) == avant


@pytest.mark.postgresql
def test_les_memes_recherches_donnent_les_memes_fiches(sqlite: Engine, postgresql: Engine) -> None:
    def chercher(engine: Engine) -> list[list[str]]:
        with Session(engine) as db_session:
            return [
                find_ids_dispositifs(db_session, besoin="choisir-un-metier", code_departement="93"),
                find_ids_formations(db_session, code_rome="J1501"),
                find_lieux(db_session, dispositif="e2c", code_departement="93"),
            ]

    trouves = chercher(sqlite)
    assert all(trouves)
    assert chercher(postgresql) == trouves
