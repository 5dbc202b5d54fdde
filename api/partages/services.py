"""Make, read, change and cancel a shared result."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from api.partages.coffre import Serrure, create_code, open_serrure, read_code
from api.partages.tables import Partage
from api.problemes import Probleme
from api.stockage.session import read_maintenant

DUREES_JOURS = (1, 7, 30)
PAROLES_MAX = 500
NOTE_MAX = 1000
_CODE_INCONNU = "Ce code n'existe pas, a expiré ou a été annulé."


@dataclass(frozen=True, slots=True, kw_only=True)
class ContenuPartage:
    """What a code opens. ``paroles`` only with the person's agreement; ``note`` is a prescripteur's.

    ``modifie_le`` is the moment of the last ``update_partage`` (UTC, ISO 8601), None when never changed.
    """

    besoins: tuple[str, ...]
    situation: Mapping[str, object] = field(default_factory=dict)
    passees: tuple[str, ...] = ()
    indisponibles: tuple[str, ...] = ()
    paroles: str | None = None
    langue: str = "fr"
    note: str | None = None
    modifie_le: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartageCree:
    """The code, said once and kept nowhere, and when it stops working (UTC)."""

    code: str
    expire_le: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PartageLu:
    """What a code opens, and until when (UTC)."""

    contenu: ContenuPartage
    expire_le: datetime


def create_partage(db_session: Session, contenu: ContenuPartage, *, jours: int = 30) -> PartageCree:
    """Keep ``contenu`` under a new code for ``jours`` days (1, 7 or 30).

    Raises:
        Probleme: 422 for another duration.
    """
    if jours not in DUREES_JOURS:
        raise Probleme(422, "Choisissez une durée : 1, 7 ou 30 jours.")
    code = create_code()
    serrure = _open(code)
    expire_le = read_maintenant() + timedelta(days=jours)
    db_session.add(Partage(repere=serrure.repere, contenu=_lock(serrure, contenu), expire_le=expire_le))
    db_session.flush()
    return PartageCree(code=code, expire_le=expire_le)


def read_partage(db_session: Session, code: str) -> ContenuPartage:
    """What the code opens; the code is accepted in any case, with or without dash and spaces.

    Raises:
        Probleme: 404 when it does not exist, has expired or was cancelled: the three are not told apart.
    """
    return open_partage(db_session, code).contenu


def open_partage(db_session: Session, code: str) -> PartageLu:
    """What the code opens and its end; raises like ``read_partage``."""
    serrure = _open(code)
    ligne = _find(db_session, serrure)
    clair = serrure.unlock(ligne.contenu)
    if clair is None:
        raise Probleme(404, _CODE_INCONNU)
    return PartageLu(contenu=_from_json(json.loads(clair)), expire_le=ligne.expire_le)


def update_partage(db_session: Session, code: str, contenu: ContenuPartage) -> None:
    """Replace what the code opens; its end does not move, ``modifie_le`` becomes now.

    Raises:
        Probleme: 404 like ``read_partage``.
    """
    serrure = _open(code)
    ligne = _find(db_session, serrure)
    maintenant = read_maintenant().isoformat(timespec="seconds")
    ligne.contenu = _lock(serrure, replace(contenu, modifie_le=maintenant))
    db_session.flush()


def revoke_partage(db_session: Session, code: str) -> None:
    """Erase what the code opens: the code stops working at once.

    Raises:
        Probleme: 404 like ``read_partage``, so that a mistyped code is never announced as cancelled.
    """
    ligne = _find(db_session, _open(code))
    db_session.execute(delete(Partage).where(Partage.repere == ligne.repere))


def _open(code: str) -> Serrure:
    lu = read_code(code)
    if lu is None:
        raise Probleme(404, _CODE_INCONNU)
    return open_serrure(lu)


def _find(db_session: Session, serrure: Serrure) -> Partage:
    encore = select(Partage).where(Partage.repere == serrure.repere, Partage.expire_le > read_maintenant())
    ligne = db_session.scalar(encore)
    if ligne is None:
        raise Probleme(404, _CODE_INCONNU)
    return ligne


def _lock(serrure: Serrure, contenu: ContenuPartage) -> bytes:
    borne = replace(
        contenu,
        situation=dict(contenu.situation),
        paroles=contenu.paroles[:PAROLES_MAX] if contenu.paroles else None,
        note=contenu.note[:NOTE_MAX] if contenu.note else None,
    )
    return serrure.lock(json.dumps(asdict(borne), ensure_ascii=False).encode())


def _from_json(lu: dict[str, Any]) -> ContenuPartage:
    listes = {cle: tuple(lu[cle]) for cle in ("besoins", "passees", "indisponibles")}
    return ContenuPartage(**{**lu, **listes})
