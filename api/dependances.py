"""What routes receive: the base, the bot, the settings, today. Built in ``create_app``, read from the request."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Depends, Request

from api.config import Reglages
from api.dialogue import Dialogue
from api.problemes import Probleme
from knowledge import Base


async def get_base(request: Request) -> Base:
    """The loaded base; 503 while it is being read."""
    base: Base | None = getattr(request.app.state, "base", None)
    if base is None:
        raise Probleme(
            503, "La base de connaissances se charge. Réessayez dans quelques secondes.", attendre=2
        )
    return base


async def get_dialogue(request: Request) -> Dialogue:
    """The client of the bot."""
    dialogue: Dialogue = request.app.state.dialogue
    return dialogue


async def get_reglages(request: Request) -> Reglages:
    """The settings of this process."""
    reglages: Reglages = request.app.state.reglages
    return reglages


async def get_aujourd_hui(request: Request) -> date:
    """Today, or the day fixed for tests."""
    jour: date = request.app.state.aujourd_hui()
    return jour


LaBase = Annotated[Base, Depends(get_base)]
LeDialogue = Annotated[Dialogue, Depends(get_dialogue)]
LesReglages = Annotated[Reglages, Depends(get_reglages)]
Aujourdhui = Annotated[date, Depends(get_aujourd_hui)]
