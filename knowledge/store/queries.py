"""Reading the SQL copy: by need, by territory, by métier."""

from __future__ import annotations

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from knowledge.store.tables import (
    DispositifBesoin,
    DispositifLigne,
    DispositifTerritoire,
    FormationLigne,
    FormationRome,
    SiteLigne,
)


def find_ids_dispositifs(
    db_session: Session, *, besoin: str | None = None, code_departement: str | None = None
) -> list[str]:
    """Ids of the dispositifs that answer a need and are open in a département, the main answers first."""
    requete: Select[tuple[str]] = select(DispositifLigne.id)
    if besoin is not None:
        requete = (
            requete.join(DispositifBesoin)
            .where(DispositifBesoin.besoin == besoin)
            .order_by(DispositifBesoin.rang)
        )
    if code_departement is not None:
        ouverts = select(DispositifTerritoire.dispositif).where(
            DispositifTerritoire.code_departement == code_departement
        )
        requete = requete.where(or_(DispositifLigne.partout, DispositifLigne.id.in_(ouverts)))
    return list(db_session.scalars(requete.order_by(DispositifLigne.id)))


def find_ids_formations(db_session: Session, *, code_rome: str) -> list[str]:
    """Ids of the formations that lead to a métier, in id order."""
    requete = select(FormationLigne.id).join(FormationRome).where(FormationRome.code_rome == code_rome)
    return list(db_session.scalars(requete.order_by(FormationLigne.id)))


def find_lieux(db_session: Session, *, dispositif: str, code_departement: str) -> list[str]:
    """Places, as printed, where a dispositif is offered in a département."""
    requete = select(SiteLigne.lieu).where(
        SiteLigne.dispositif == dispositif, SiteLigne.code_departement == code_departement
    )
    return list(db_session.scalars(requete.order_by(SiteLigne.id)))
