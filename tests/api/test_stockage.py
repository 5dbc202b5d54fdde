"""The database of the edge: expiry, commit before the answer, and its absence."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from fastapi.testclient import TestClient
from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, mapped_column

from api.app import create_app
from api.config import Reglages
from api.stockage import LaSession, Stockage, TableService
from api.stockage.session import read_maintenant
from knowledge import Base


class LigneEssai(TableService):
    __tablename__ = "ligne_essai"
    id: Mapped[int] = mapped_column(primary_key=True)
    expire_le: Mapped[datetime]


def _count(stockage: Stockage) -> int:
    with stockage.open() as db_session:
        return db_session.scalar(select(func.count()).select_from(LigneEssai)) or 0


def test_ce_qui_a_expire_est_efface_et_le_reste_demeure(stockage: Stockage) -> None:
    with stockage.open() as db_session:
        for jours in (-1, 1):
            db_session.add(LigneEssai(expire_le=read_maintenant() + timedelta(days=jours)))
        db_session.commit()
    assert stockage.purge() == 1
    assert _count(stockage) == 1


def test_sans_base_le_service_oriente_et_dit_ce_qu_il_ne_peut_pas_garder(base: Base, tmp_path: Path) -> None:
    obstacle = tmp_path / "dossier.db"
    obstacle.mkdir()
    application = create_app(Reglages(base_url=f"sqlite:///{obstacle}"), base=base)

    @application.post("/essai")
    def write(db_session: LaSession) -> None:
        db_session.add(LigneEssai(expire_le=read_maintenant()))

    with TestClient(application) as client:
        assert client.get("/api/v1/besoins").status_code == 200
        reponse = client.post("/essai")
        assert reponse.status_code == 503
        assert "enregistrer" in reponse.json()["detail"]
        obstacle.rmdir()
        assert client.post("/essai").status_code == 200
