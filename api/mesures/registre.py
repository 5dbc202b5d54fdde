"""Counts in memory, added to the database in batches; a database away loses nothing but time."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from api.mesures.tables import Compteur, PhraseIncomprise
from api.stockage import Stockage
from api.stockage.session import read_maintenant

GARDE_COMPTEURS = timedelta(days=3 * 365)
GARDE_PHRASES = timedelta(days=90)
_PHRASES_MAX = 500


class Registre:
    """What was counted and not written yet. Adding costs microseconds and touches no database."""

    def __init__(self, stockage: Stockage, aujourd_hui: Callable[[], date]) -> None:
        self._stockage = stockage
        self._aujourd_hui = aujourd_hui
        self._verrou = threading.Lock()
        self._comptes: Counter[tuple[date, str, str, str]] = Counter()
        self._phrases: Counter[str] = Counter()

    def add(self, mesure: str, *, cle: str = "", territoire: str = "", nombre: int = 1) -> None:
        """Count something that has just happened."""
        with self._verrou:
            self._comptes[(self._aujourd_hui(), mesure, cle, territoire)] += nombre

    def add_phrase(self, texte: str) -> None:
        """Keep a sentence already without names; beyond five hundred different ones in a minute, the rest is left."""
        with self._verrou:
            if texte in self._phrases or len(self._phrases) < _PHRASES_MAX:
                self._phrases[texte] += 1

    def flush(self) -> bool:
        """Write what was counted; False when the database does not answer: it is kept for the next time."""
        with self._verrou:
            comptes, self._comptes = self._comptes, Counter()
            phrases, self._phrases = self._phrases, Counter()
        if not comptes and not phrases:
            return True
        try:
            with self._stockage.open() as db_session:
                _write_comptes(db_session, comptes)
                _write_phrases(db_session, phrases)
                db_session.commit()
        except SQLAlchemyError:
            with self._verrou:
                self._comptes.update(comptes)
                self._phrases.update(phrases)
            return False
        return True


def _write_comptes(db_session: Session, comptes: Counter[tuple[date, str, str, str]]) -> None:
    for (jour, mesure, cle, territoire), nombre in sorted(comptes.items()):
        ligne = (
            update(Compteur)
            .where(
                Compteur.jour == jour,
                Compteur.mesure == mesure,
                Compteur.cle == cle,
                Compteur.territoire == territoire,
            )
            .values(nombre=Compteur.nombre + nombre)
        )
        nouvelle = Compteur(
            jour=jour,
            mesure=mesure,
            cle=cle,
            territoire=territoire,
            nombre=nombre,
            expire_le=read_maintenant() + GARDE_COMPTEURS,
        )
        _add_or_update(db_session, ligne, nouvelle)


def _write_phrases(db_session: Session, phrases: Counter[str]) -> None:
    for texte, nombre in sorted(phrases.items()):
        ligne = (
            update(PhraseIncomprise)
            .where(PhraseIncomprise.texte == texte)
            .values(nombre=PhraseIncomprise.nombre + nombre)
        )
        expire_le = read_maintenant() + GARDE_PHRASES
        nouvelle = PhraseIncomprise(texte=texte, nombre=nombre, besoin=None, expire_le=expire_le)
        _add_or_update(db_session, ligne, nouvelle)


def _add_or_update(db_session: Session, ligne: object, nouvelle: object) -> None:
    """Add to the line; make it when there is none; another process may make it in between."""
    if db_session.execute(ligne).rowcount:  # type: ignore[call-overload]
        return
    try:
        with db_session.begin_nested():
            db_session.add(nouvelle)
    except IntegrityError:
        db_session.execute(ligne)  # type: ignore[call-overload]


def list_compteurs(db_session: Session, mesure: str, depuis: date, jusqu_a: date) -> list[Compteur]:
    """The lines of a measure between two days included, oldest first."""
    periode = Compteur.jour.between(depuis, jusqu_a)
    return list(
        db_session.scalars(select(Compteur).where(periode, Compteur.mesure == mesure).order_by(Compteur.jour))
    )
