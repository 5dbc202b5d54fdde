"""Settings read once from the environment, all prefixed ``PASSERELLE_``."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledge.store.engine import URL_PAR_DEFAUT

# Written here because a class with slots does not hold its own defaults.
_NOM_OIDC = "ProConnect"
_PORTEE_OIDC = "openid email"


@dataclass(frozen=True, slots=True, kw_only=True)
class FournisseurOidc:
    """An OpenID Connect provider for the professionals' accounts (ProConnect, for example).

    ``role_defaut`` is given to a person who has no account yet; empty, an administrator creates the account first.
    ``courriel_fiable`` says that the provider only gives addresses it has checked, even without ``email_verified``.
    """

    issuer: str
    client_id: str
    client_secret: str
    nom: str = _NOM_OIDC
    portee: str = _PORTEE_OIDC
    acr_values: str | None = None
    role_defaut: str = ""
    courriel_fiable: bool = False

    @classmethod
    def from_environnement(cls, lu: Mapping[str, str]) -> FournisseurOidc | None:
        """The provider; None unless its address, client id and secret are all given."""
        issuer = lu.get("PASSERELLE_OIDC_ISSUER", "").strip()
        client_id = lu.get("PASSERELLE_OIDC_CLIENT_ID", "").strip()
        client_secret = lu.get("PASSERELLE_OIDC_CLIENT_SECRET", "").strip()
        if not (issuer and client_id and client_secret):
            return None
        return cls(
            issuer=issuer,
            client_id=client_id,
            client_secret=client_secret,
            nom=lu.get("PASSERELLE_OIDC_NOM") or _NOM_OIDC,
            portee=lu.get("PASSERELLE_OIDC_SCOPE") or _PORTEE_OIDC,
            acr_values=lu.get("PASSERELLE_OIDC_ACR_VALUES") or None,
            role_defaut=lu.get("PASSERELLE_OIDC_ROLE", ""),
            courriel_fiable=lu.get("PASSERELLE_OIDC_COURRIEL_FIABLE", "") == "oui",
        )


def _draw_secret() -> str:
    return secrets.token_urlsafe(32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reglages:
    """How the edge runs. Sizes in characters, durations in seconds unless named."""

    adresse_bot: str = "http://127.0.0.1:8001"
    base_url: str = URL_PAR_DEFAUT
    texte_max: int = 5000
    delai_bot: float = 20.0
    origines_widget: tuple[str, ...] = ()
    messages_par_minute: int = 60
    redis_url: str | None = None
    adresse_publique: str | None = None
    contact_accessibilite: str | None = None
    facteur_debits: int = 1
    conversation_jours: float = 30
    https: bool = False
    # Signs the forms sent before login; drawn at start unless several processes must share it.
    secret: str = field(default_factory=_draw_secret, repr=False)
    oidc: FournisseurOidc | None = field(default=None, repr=False)

    @classmethod
    def from_environnement(cls, environnement: Mapping[str, str] | None = None) -> Reglages:
        """Settings of this process; an absent variable keeps its default."""
        lu = os.environ if environnement is None else environnement
        port_bot = lu.get("PASSERELLE_BOT_PORT", "8001")
        origines = lu.get("PASSERELLE_ORIGINES_WIDGET", "")
        return cls(
            adresse_bot=lu.get("PASSERELLE_BOT_URL", f"http://127.0.0.1:{port_bot}"),
            base_url=lu.get("PASSERELLE_BASE_URL") or URL_PAR_DEFAUT,
            origines_widget=tuple(origine.strip() for origine in origines.split(",") if origine.strip()),
            redis_url=lu.get("PASSERELLE_REDIS_URL") or None,
            adresse_publique=lu.get("PASSERELLE_ADRESSE_PUBLIQUE") or None,
            contact_accessibilite=lu.get("PASSERELLE_CONTACT_ACCESSIBILITE") or None,
            facteur_debits=int(lu.get("PASSERELLE_FACTEUR_DEBITS") or 1),
            conversation_jours=float(lu.get("PASSERELLE_CONVERSATION_JOURS") or 30),
            https=lu.get("PASSERELLE_HTTPS", "") == "oui",
            secret=lu.get("PASSERELLE_SECRET") or _draw_secret(),
            oidc=FournisseurOidc.from_environnement(lu),
            messages_par_minute=int(lu.get("PASSERELLE_MESSAGES_PAR_MINUTE", "60")),
        )
