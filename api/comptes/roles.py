"""The three roles, each one able to do what the one before can."""

from __future__ import annotations

from enum import Enum


class Role(str, Enum):
    """What an account may do, from least to most."""

    PRESCRIPTEUR = "prescripteur"
    EDITEUR = "editeur"
    ADMINISTRATEUR = "administrateur"

    @property
    def libelle(self) -> str:
        """The role as people read it."""
        return {"prescripteur": "Prescripteur", "editeur": "Éditeur", "administrateur": "Administrateur"}[
            self.value
        ]

    @property
    def aide(self) -> str:
        """What the role opens, in one sentence."""
        return {
            "prescripteur": "Ajoute une note au résultat d'une personne et le lui rend.",
            "editeur": "Voit aussi le pilotage et classe les phrases.",
            "administrateur": "Gère aussi les comptes et lit le journal.",
        }[self.value]


def has_role(role: str, minimum: str) -> bool:
    """Whether a role is at least ``minimum``; an unknown role opens nothing.

    >>> has_role("editeur", "prescripteur"), has_role("prescripteur", "editeur"), has_role("?", "prescripteur")
    (True, False, False)
    """
    ordre = [membre.value for membre in Role]
    return role in ordre and ordre.index(role) >= ordre.index(minimum)
