"""Sentences that were not understood: list, file under a need, erase."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.mesures.tables import PhraseIncomprise
from api.pilotage.exports import HORS_SUJET
from api.problemes import Probleme
from api.stockage.session import read_maintenant
from knowledge import Base

_LISTE_MAX = 100


def list_phrases(db_session: Session, *, classees: bool = False) -> Sequence[PhraseIncomprise]:
    """Sentences still kept, the most frequent first: those to be filed, or those already filed."""
    filtre = PhraseIncomprise.besoin.is_not(None) if classees else PhraseIncomprise.besoin.is_(None)
    demande = (
        select(PhraseIncomprise)
        .where(filtre, PhraseIncomprise.expire_le > read_maintenant())
        .order_by(PhraseIncomprise.nombre.desc(), PhraseIncomprise.id)
    )
    return list(db_session.scalars(demande if classees else demande.limit(_LISTE_MAX)))


def file_phrase(db_session: Session, identifiant: int, besoin: str, *, base: Base) -> str:
    """File a sentence under a need (or « hors-sujet »), unfile it with an empty need, or erase it; says what was done.

    Raises:
        Probleme: 404 when the sentence is gone, 422 for a need that does not exist.
    """
    phrase = db_session.get(PhraseIncomprise, identifiant)
    if phrase is None:
        raise Probleme(404, "Cette phrase n'est plus gardée.")
    if besoin == "effacer":
        db_session.delete(phrase)
        return "La phrase est effacée."
    if besoin and besoin != HORS_SUJET and besoin not in base.referentiels.besoins:
        raise Probleme(422, "Ce besoin n'existe pas. Choisissez-le dans la liste.")
    phrase.besoin = besoin or None
    return "La phrase est classée." if besoin else "La phrase est de nouveau à classer."
