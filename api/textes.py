"""Texts received from people: cleaned, bounded, never trusted."""

from __future__ import annotations

import unicodedata

from api.problemes import Probleme


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
