"""One word of a message."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mot:
    """A word: ``lu`` is compared (digits for numbers, empty inside a number), ``nom`` is kept for places, ``brut`` is what was typed."""  # noqa: E501

    lu: str
    nom: str
    brut: str
