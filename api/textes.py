"""Texts received from people: cleaned, bounded, never trusted."""

from __future__ import annotations

import re
import unicodedata

from api.problemes import Probleme

_MASQUE = "[…]"
_COURRIEL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ .-]?[A-Z0-9]{2,4}){4,8}\b", re.IGNORECASE)
# Telephone, NIR, account or file number: eight digits or more, however they are grouped. A NIR may hold 2A or 2B.
_NUMERO = re.compile(r"\+?\d(?:[ .\-/()]*(?:\d|[AB](?=[ .\-/]?\d))){7,}", re.IGNORECASE)


def clean_texte(texte: str, *, maximum: int) -> str:
    """The text without control characters, ready to be read.

    Raises:
        Probleme: 422 when nothing is left, 413 beyond ``maximum`` characters.
    """
    if len(texte) > maximum:
        raise Probleme(
            413,
            f"Votre message est trop long ({len(texte)} caractères, {maximum} au plus). "
            "Dites l'essentiel en quelques phrases : votre texte n'est pas perdu, vous pouvez le raccourcir.",
            maximum=maximum,
        )
    propre = "".join(
        signe if unicodedata.category(signe) != "Cc" or signe in "\n\t" else " " for signe in texte
    ).strip()
    if not propre:
        raise Probleme(422, "Votre message est vide. Écrivez quelques mots, ou choisissez un bouton.")
    return propre


def mask_identifiants(texte: str) -> str:
    """The text without what could name a person: e-mail addresses, bank accounts, long numbers.

    >>> mask_identifiants("appelez-moi au 06 12 34 56 78, moi@exemple.fr")
    'appelez-moi au […], […]'
    """
    for motif in (_COURRIEL, _IBAN, _NUMERO):
        texte = motif.sub(_MASQUE, texte)
    return texte
