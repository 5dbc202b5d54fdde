"""Rates nobody may exceed, per client and per thing done: guessed codes, floods of messages, repeated logins."""

from __future__ import annotations

import hashlib

from fastapi import Request
from limits import parse
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from api.problemes import Probleme

_TROP_VITE = "Vous allez trop vite pour nous. Attendez une minute, puis recommencez."
_ATTENTE = 60


class Limiteur:
    """Counts of the last minutes, in memory, or in Redis when several processes share them.

    ``facteur`` multiplies every rate: a place where many people share one address needs more.
    """

    def __init__(self, url_redis: str | None = None, *, facteur: int = 1) -> None:
        self._facteur = facteur
        # Held here: the strategy keeps only a weak reference to it.
        self._stockage = storage_from_string(url_redis or "memory://")
        self._compteur = MovingWindowRateLimiter(self._stockage)

    def hit(self, *, nom: str, debit: str, client: str) -> bool:
        """Count one more; False when the rate (« 10/minute ») is exceeded."""
        # An address identifies a person: only a short-lived digest of it is counted.
        empreinte = hashlib.sha256(client.encode()).hexdigest()[:16]
        permis = parse(debit)
        permis = type(permis)(permis.amount * self._facteur, permis.multiples)
        return bool(self._compteur.hit(permis, nom, empreinte))


def check_debit(request: Request, nom: str, debit: str, *, cle: str | None = None) -> None:
    """Let the request pass under the rate.

    Args:
        request: Its client address is the key, unless ``cle`` is given.
        nom: What is counted: « codes », « messages », « connexions ».
        debit: « 10/minute », « 100/hour ».
        cle: Another key, for example a conversation.

    Raises:
        Probleme: 429 beyond the rate.
    """
    limiteur: Limiteur = request.app.state.limiteur
    client = cle or (request.client.host if request.client else "inconnu")
    if not limiteur.hit(nom=nom, debit=debit, client=client):
        raise Probleme(429, _TROP_VITE, attendre=_ATTENTE)
