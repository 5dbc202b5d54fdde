"""Codes and what they lock: the code gives where to look and the key to read, and is itself kept nowhere."""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass

from cryptography.fernet import Fernet, InvalidToken

# No 0/O, 1/I/L: a code is read aloud, copied by hand, typed on a phone. 31^10 is about 2^49.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LONGUEUR = 10
_MOITIE = LONGUEUR // 2

# The same code must always lead to the same row, so the salt is a constant: it only keeps these digests apart
# from other uses of scrypt. What protects is the cost of one try (16 MB, some 50 ms) times 2^49 codes.
_SEL = b"passerelle.partages.v1"
_COUT = 2**14
_BLOC = 8
_MEMOIRE = 64 * 1024 * 1024
_DEMI_CLE = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Serrure:
    """What a code opens: ``repere`` finds the row, the key reads it."""

    repere: str
    cle: bytes

    def lock(self, contenu: bytes) -> bytes:
        """The content encrypted and sealed (Fernet: AES-128-CBC, HMAC-SHA256)."""
        return Fernet(self.cle).encrypt(contenu)

    def unlock(self, scelle: bytes) -> bytes | None:
        """The content; None when it was not sealed by this code or was altered."""
        try:
            return Fernet(self.cle).decrypt(scelle)
        except InvalidToken:
            return None


def create_code() -> str:
    """A new code, from the system's random source, as it is shown: ``XXXXX-XXXXX``."""
    return write_code("".join(secrets.choice(ALPHABET) for _ in range(LONGUEUR)))


def write_code(code: str) -> str:
    """The code as it is shown.

    >>> write_code("ABCDE23456")
    'ABCDE-23456'
    """
    return f"{code[:_MOITIE]}-{code[_MOITIE:]}"


def read_code(saisi: str) -> str | None:
    """The ten signs of a code typed in any case, with or without dash and spaces; None when it cannot be one.

    >>> read_code(" abcde 23456 ")
    'ABCDE23456'
    >>> read_code("ABCDE-2345O") is None
    True
    """
    if len(saisi) > 4 * LONGUEUR:
        return None
    code = "".join(signe for signe in saisi.upper() if signe.isalnum())
    return code if len(code) == LONGUEUR and set(code) <= set(ALPHABET) else None


def open_serrure(code: str) -> Serrure:
    """The lock of a code already read by ``read_code``. Takes some 50 ms, on purpose."""
    derive = hashlib.scrypt(
        code.encode("ascii"), salt=_SEL, n=_COUT, r=_BLOC, p=1, maxmem=_MEMOIRE, dklen=2 * _DEMI_CLE
    )
    return Serrure(repere=derive[:_DEMI_CLE].hex(), cle=base64.urlsafe_b64encode(derive[_DEMI_CLE:]))
