"""The knowledge base shared by the actions of one process, loaded at the first need."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from knowledge import Base, load_base


@lru_cache(maxsize=1)
def get_base() -> Base:
    """The base; its first call reads the files (about a second)."""
    return load_base()


def get_jour() -> date:
    """The day the rules are read for."""
    return date.today()
