"""Write, list, close and sum up opinions and reported errors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.avis.tables import Avis, Signalement
from api.problemes import Probleme
from api.stockage.session import read_maintenant
from api.textes import mask_identifiants

PHRASE_MAX = 500
CONSERVATION_JOURS = 365
_LISTE_MAX = 500


class Reponse(str, Enum):
    """The answers to « Cela vous a-t-il aidé ? »."""

    OUI = "oui"
    UN_PEU = "un-peu"
    NON = "non"


class Genre(str, Enum):
    """What is wrong."""

    CONTACT = "contact"
    FERME = "ferme"
    CONDITION = "condition"
    INCOMPREHENSIBLE = "incomprehensible"
    AUTRE = "autre"


class Statut(str, Enum):
    """Where a reported error stands."""

    NOUVEAU = "nouveau"
    TRAITE = "traite"


@dataclass(frozen=True, slots=True, kw_only=True)
class BilanAvis:
    """Opinions between two days included; ``phrases`` latest first, with the answer they go with."""

    total: int
    par_reponse: dict[str, int]
    phrases: tuple[tuple[date, str, str], ...]


def create_avis(
    db_session: Session, *, reponse: Reponse, phrase: str | None = None, langue: str = "fr"
) -> Avis:
    """Keep an opinion for twelve months."""
    maintenant = read_maintenant()
    avis = Avis(
        reponse=reponse.value,
        phrase=clean_phrase(phrase),
        langue=langue,
        jour=maintenant.date(),
        expire_le=maintenant + timedelta(days=CONSERVATION_JOURS),
    )
    db_session.add(avis)
    db_session.flush()
    return avis


def create_signalement(
    db_session: Session, *, genre: Genre, fiche: str | None = None, phrase: str | None = None
) -> Signalement:
    """Keep a reported error for twelve months, as new."""
    maintenant = read_maintenant()
    signalement = Signalement(
        genre=genre.value,
        fiche=fiche,
        phrase=clean_phrase(phrase),
        statut=Statut.NOUVEAU.value,
        jour=maintenant.date(),
        traite_le=None,
        expire_le=maintenant + timedelta(days=CONSERVATION_JOURS),
    )
    db_session.add(signalement)
    db_session.flush()
    return signalement


def list_signalements(
    db_session: Session, *, statut: Statut | str | None = None, limite: int = _LISTE_MAX
) -> list[Signalement]:
    """Reported errors, latest first; all of them, or those of one ``statut``; at most ``limite``."""
    demande = select(Signalement).order_by(Signalement.id.desc()).limit(limite)
    if statut is not None:
        demande = demande.where(Signalement.statut == Statut(statut).value)
    return list(db_session.scalars(demande))


def close_signalement(db_session: Session, identifiant: int) -> Signalement:
    """Mark a reported error as dealt with; nothing changes when it already was.

    Raises:
        Probleme: 404 when there is none with this number.
    """
    signalement = db_session.get(Signalement, identifiant)
    if signalement is None:
        raise Probleme(404, "Ce signalement n'existe pas ou n'est plus gardé.")
    if signalement.statut != Statut.TRAITE.value:
        signalement.statut = Statut.TRAITE.value
        signalement.traite_le = read_maintenant().date()
        db_session.flush()
    return signalement


def summarize_avis(
    db_session: Session, depuis: date, jusqu_a: date, *, phrases_max: int = _LISTE_MAX
) -> BilanAvis:
    """Opinions given from ``depuis`` to ``jusqu_a``, both days included; every answer is counted, zero too."""
    periode = Avis.jour.between(depuis, jusqu_a)
    comptes: dict[str, int] = {reponse.value: 0 for reponse in Reponse}
    for valeur, nombre in db_session.execute(
        select(Avis.reponse, func.count()).where(periode).group_by(Avis.reponse)
    ):
        comptes[valeur] = nombre
    dits = (
        select(Avis.jour, Avis.reponse, Avis.phrase)
        .where(periode, Avis.phrase.is_not(None))
        .order_by(Avis.id.desc())
        .limit(phrases_max)
    )
    phrases = tuple((jour, reponse, phrase or "") for jour, reponse, phrase in db_session.execute(dits))
    return BilanAvis(total=sum(comptes.values()), par_reponse=comptes, phrases=phrases)


def clean_phrase(phrase: str | None) -> str | None:
    """The sentence on one line, without what could name a person, 500 characters at most; None when empty."""
    propre = mask_identifiants(" ".join((phrase or "").split()))[:PHRASE_MAX].strip()
    return propre or None
