"""The OpenID Connect provider over HTTP: discovery, authorization code with PKCE, signed identity.

Source: OpenID Connect Core 1.0, sections 3.1.2 and 3.1.3.7; RFC 7636 (PKCE).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any

import httpx
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from api.config import FournisseurOidc

# Public-key signatures only: a provider's key set must never be usable as a shared secret, nor « none » accepted.
_ALGORITHMES = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384"]
_DELAI = 10.0
_MARGE = 60


class FauteOidc(Exception):
    """The provider did not answer, or its answer is not to be trusted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identification:
    """Who the provider says is there. ``est_verifie``: the address was checked by the provider."""

    sujet: str
    courriel: str | None
    est_verifie: bool


class Fournisseur:
    """The provider for one login; use it in a ``with``."""

    def __init__(self, oidc: FournisseurOidc, *, retour: str) -> None:
        self._oidc = oidc
        self._client = OAuth2Client(
            client_id=oidc.client_id,
            client_secret=oidc.client_secret,
            scope=oidc.portee,
            redirect_uri=retour,
            code_challenge_method="S256",
            token_endpoint_auth_method="client_secret_post",  # noqa: S106 (a method, not a password)
            timeout=_DELAI,
        )
        self._metadonnees: dict[str, Any] | None = None

    def __enter__(self) -> Fournisseur:
        return self

    def __exit__(
        self, genre: type[BaseException] | None, erreur: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def build_depart(self, depart: Mapping[str, str]) -> str:
        """The address where the person logs in.

        Raises:
            FauteOidc: the provider does not describe itself.
        """
        suite = {"acr_values": self._oidc.acr_values} if self._oidc.acr_values else {}
        adresse, _ = self._client.create_authorization_url(
            self._read_metadonnees()["authorization_endpoint"],
            state=depart["state"],
            nonce=depart["nonce"],
            code_verifier=depart["verifier"],
            **suite,
        )
        return str(adresse)

    def identify(self, code: str, depart: Mapping[str, str]) -> Identification:
        """The identity behind an authorization code, its signature and claims checked.

        Raises:
            FauteOidc: anything that does not add up.
        """
        metadonnees = self._read_metadonnees()
        try:
            jetons = self._client.fetch_token(
                metadonnees["token_endpoint"], code=code, code_verifier=depart["verifier"]
            )
            cles = KeySet.import_key_set(self._get(metadonnees["jwks_uri"]).json())
            annonce = self._check_id_token(jetons["id_token"], cles, nonce=depart["nonce"])
            if not annonce.get("email"):
                annonce = {**annonce, **self._read_userinfo(metadonnees, cles, sujet=annonce["sub"])}
        except (OAuthError, JoseError, httpx.HTTPError, KeyError, ValueError) as erreur:
            raise FauteOidc(type(erreur).__name__) from None
        verifie = annonce.get("email_verified")
        return Identification(
            sujet=str(annonce["sub"]),
            courriel=annonce.get("email"),
            est_verifie=verifie is True or (verifie is None and self._oidc.courriel_fiable),
        )

    def _check_id_token(self, id_token: str, cles: KeySet, *, nonce: str) -> dict[str, Any]:
        lu = jwt.decode(id_token, cles, algorithms=_ALGORITHMES)
        attendu: dict[str, Any] = {
            "iss": {"essential": True, "value": self._oidc.issuer},
            "aud": {"essential": True, "value": self._oidc.client_id},
            "nonce": {"essential": True, "value": nonce},
        }
        if self._oidc.acr_values:
            attendu["acr"] = {"essential": True, "values": self._oidc.acr_values.split()}
        annonce = CodeIDToken(
            lu.claims, lu.header, options=attendu, params={"nonce": nonce, "client_id": self._oidc.client_id}
        )
        annonce.validate(leeway=_MARGE)
        return dict(annonce)

    def _read_userinfo(self, metadonnees: Mapping[str, Any], cles: KeySet, *, sujet: str) -> dict[str, Any]:
        """The address, for providers that leave it out of the identity; ProConnect signs this answer too."""
        if not metadonnees.get("userinfo_endpoint"):
            return {}
        reponse = self._client.get(metadonnees["userinfo_endpoint"])
        reponse.raise_for_status()
        if reponse.headers.get("content-type", "").startswith("application/jwt"):
            lu: dict[str, Any] = dict(jwt.decode(reponse.text, cles, algorithms=_ALGORITHMES).claims)
        else:
            lu = reponse.json()
        if lu.get("sub") != sujet:
            raise ValueError("userinfo of somebody else")
        return {cle: lu[cle] for cle in ("email", "email_verified") if cle in lu}

    def _read_metadonnees(self) -> dict[str, Any]:
        if self._metadonnees is None:
            adresse = f"{self._oidc.issuer.rstrip('/')}/.well-known/openid-configuration"
            try:
                lues: dict[str, Any] = self._get(adresse).json()
            except (httpx.HTTPError, ValueError) as erreur:
                raise FauteOidc(type(erreur).__name__) from None
            if lues.get("issuer") != self._oidc.issuer or not lues.get("authorization_endpoint"):
                raise FauteOidc("issuer")
            self._metadonnees = lues
        return self._metadonnees

    def _get(self, adresse: str) -> httpx.Response:
        return httpx.get(adresse, timeout=_DELAI).raise_for_status()
