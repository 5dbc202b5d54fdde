"""Passwords: hashed with argon2id, verified in the same time whether the account exists or not."""

from __future__ import annotations

import secrets
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LONGUEUR_MIN = 12
LONGUEUR_MAX = 200
# Without signs that look alike, so that a password read aloud or copied by hand is the right one.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    # OWASP's second choice for argon2id: 19 MiB, 2 passes, 1 lane; about 20 ms here.
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


@lru_cache(maxsize=1)
def _leurre() -> str:
    """The hash of a password nobody knows, verified when there is no account."""
    return _hasher().hash(secrets.token_urlsafe(32))


def hash_mot_de_passe(mot_de_passe: str) -> str:
    """Argon2id hash, salt and settings included."""
    return _hasher().hash(mot_de_passe)


def verify_mot_de_passe(empreinte: str | None, mot_de_passe: str) -> bool:
    """Whether the password is the right one; without a hash, the same work is done and the answer is False."""
    try:
        correct = _hasher().verify(empreinte or _leurre(), mot_de_passe[:LONGUEUR_MAX])
    except (VerificationError, InvalidHashError):
        return False
    return correct and empreinte is not None


def needs_rehash(empreinte: str) -> bool:
    """Whether the hash was made with older settings."""
    return _hasher().check_needs_rehash(empreinte)


def draw_mot_de_passe() -> str:
    """A password to be used once: four groups of four signs (79 bits)."""
    groupes = ("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))
    return "-".join(groupes)


def find_faute(mot_de_passe: str, courriel: str) -> str | None:
    """Why a chosen password is refused, as a French sentence; None when it is accepted.

    >>> find_faute("court", "a@b.fr")
    'Choisissez au moins 12 caractères : une phrase courte convient très bien.'
    """
    if len(mot_de_passe) < LONGUEUR_MIN:
        return f"Choisissez au moins {LONGUEUR_MIN} caractères : une phrase courte convient très bien."
    if len(mot_de_passe) > LONGUEUR_MAX:
        return f"Choisissez au plus {LONGUEUR_MAX} caractères."
    if len(set(mot_de_passe)) < 5:
        return "Ce mot de passe répète trop les mêmes caractères."
    if courriel.partition("@")[0].casefold() in mot_de_passe.casefold():
        return "Le mot de passe ne doit pas contenir votre adresse."
    return None
