"""Settings read once from the environment, all prefixed ``PASSERELLE_``."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Reglages:
    """How the edge runs. Sizes in characters, durations in seconds."""

    adresse_bot: str = "http://127.0.0.1:8001"
    base_url: str = "sqlite:///var/passerelle.db"
    texte_max: int = 5000
    delai_bot: float = 20.0
    origines_widget: tuple[str, ...] = ()
    messages_par_minute: int = 60
    redis_url: str | None = None
    adresse_publique: str | None = None

    @classmethod
    def from_environnement(cls, environnement: Mapping[str, str] | None = None) -> Reglages:
        """Settings of this process; an absent variable keeps its default."""
        lu = os.environ if environnement is None else environnement
        port_bot = lu.get("PASSERELLE_BOT_PORT", "8001")
        origines = lu.get("PASSERELLE_ORIGINES_WIDGET", "")
        return cls(
            adresse_bot=lu.get("PASSERELLE_BOT_URL", f"http://127.0.0.1:{port_bot}"),
            base_url=lu.get("PASSERELLE_BASE_URL", cls.base_url),
            origines_widget=tuple(origine.strip() for origine in origines.split(",") if origine.strip()),
            redis_url=lu.get("PASSERELLE_REDIS_URL") or None,
            adresse_publique=lu.get("PASSERELLE_ADRESSE_PUBLIQUE") or None,
            messages_par_minute=int(lu.get("PASSERELLE_MESSAGES_PAR_MINUTE", "60")),
        )
