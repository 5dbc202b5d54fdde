"""The whole product with PostgreSQL and Redis instead of a file and memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import start_produit
from tests.conversations.dialogue import Personne
from tests.services import start_postgresql, start_redis

pytestmark = pytest.mark.modele


@pytest.fixture(scope="module")
def adresse_services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the product started on a real PostgreSQL and a real Redis."""
    dossier: Path = tmp_path_factory.mktemp("services")
    with start_postgresql() as base, start_redis() as redis:
        reglages = {"PASSERELLE_BASE_URL": base, "PASSERELLE_REDIS_URL": redis}
        with start_produit(dossier, reglages) as adresse:
            yield adresse


def test_une_conversation_aboutit_avec_postgresql_et_redis(adresse_services: str) -> None:
    personne = Personne.arrive(adresse_services)
    personne.dit("j'ai du mal à m'exprimer en français, j'ai 22 ans, j'habite à Montreuil 93")
    personne.passe_tout()
    assert personne.resultat is not None


def test_une_conversation_effacee_n_est_plus_dans_postgresql(adresse_services: str) -> None:
    personne = Personne.arrive(adresse_services)
    personne.dit("je cherche un emploi")
    assert personne.client.delete(f"/conversations/{personne.identifiant}").status_code == 204
    assert personne.client.get(f"/conversations/{personne.identifiant}").status_code == 404
