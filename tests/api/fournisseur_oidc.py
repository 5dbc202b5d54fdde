"""A small OpenID Connect provider on the loopback: real HTTP, real RS256 keys, and the faults a test asks for."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET, ACR = "passerelle-essai", "secret-d-essai", "niveau2"


class FauxFournisseur:
    """The provider; ``defaut`` names what it does wrong."""

    def __init__(self) -> None:
        self.cle = RSAKey.generate_key(2048, {"kid": "essai", "use": "sig"})
        self.autre_cle = RSAKey.generate_key(2048, {"kid": "essai", "use": "sig"})
        self.courriel = "agent@exemple.fr"
        self.courriel_a_part = False
        self.sujet = "personne-1"
        self.defaut = ""
        self.demandes: dict[str, dict[str, str]] = {}
        self.serveur = ThreadingHTTPServer(("127.0.0.1", 0), _build_gestionnaire(self))
        self.issuer = f"http://127.0.0.1:{self.serveur.server_port}"

    def __enter__(self) -> FauxFournisseur:
        threading.Thread(target=self.serveur.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.serveur.shutdown()
        self.serveur.server_close()

    def authorize(self, adresse: str) -> str:
        """What the person's login answers: the address to come back to, with a code."""
        demande = {cle: valeurs[0] for cle, valeurs in parse_qs(urlsplit(adresse).query).items()}
        assert demande["client_id"] == CLIENT
        code = secrets.token_urlsafe(16)
        self.demandes[code] = demande
        return f"{demande['redirect_uri']}?{urlencode({'code': code, 'state': demande['state']})}"

    def describe(self) -> dict[str, str]:
        """The discovery document."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
        }

    def redeem(self, champs: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """The token endpoint: each code once, with the client's secret and the PKCE verifier."""
        demande = self.demandes.pop(champs.get("code", ""), None)
        attendu = base64.urlsafe_b64encode(hashlib.sha256(champs.get("code_verifier", "").encode()).digest())
        prouve = demande is not None and attendu.rstrip(b"=").decode() == demande["code_challenge"]
        if not prouve or champs.get("client_secret") != SECRET or self.defaut == "verificateur":
            return 400, {"error": "invalid_grant"}
        assert demande is not None
        return 200, {
            "access_token": "acces",
            "token_type": "Bearer",
            "id_token": self._sign(demande["nonce"]),
        }

    def sign_userinfo(self) -> str:
        """The signed answer of the userinfo endpoint."""
        contenu = {"sub": self.sujet, "email": self.courriel, "email_verified": True}
        return jwt.encode({"alg": "RS256", "kid": "essai"}, contenu, self.cle)

    def _sign(self, nonce: str) -> str:
        maintenant = int(time.time())
        contenu: dict[str, Any] = {
            "iss": "http://ailleurs.exemple" if self.defaut == "emetteur" else self.issuer,
            "aud": "un-autre" if self.defaut == "audience" else CLIENT,
            "sub": self.sujet,
            "iat": maintenant - 3600,
            "exp": maintenant - 1800 if self.defaut == "expire" else maintenant + 300,
            "nonce": "un-autre" if self.defaut == "nonce" else nonce,
            "acr": "niveau1" if self.defaut == "acr" else ACR,
        }
        if not self.courriel_a_part:
            contenu |= {"email": self.courriel, "email_verified": self.defaut != "courriel"}
        if self.defaut == "algorithme":
            # The public key used as a shared secret, a classic attack on careless readers.
            return _sign_hs256(contenu, self.cle.as_pem(private=False))
        cle_rsa = self.autre_cle if self.defaut == "signature" else self.cle
        return jwt.encode({"alg": "RS256", "kid": "essai"}, contenu, cle_rsa)


def _sign_hs256(contenu: dict[str, Any], secret: bytes) -> str:
    entete = {"alg": "HS256", "kid": "essai"}
    morceaux = [base64.urlsafe_b64encode(json.dumps(m).encode()).rstrip(b"=") for m in (entete, contenu)]
    signe = hmac.new(secret, b".".join(morceaux), hashlib.sha256).digest()
    return b".".join([*morceaux, base64.urlsafe_b64encode(signe).rstrip(b"=")]).decode()


def _build_gestionnaire(fournisseur: FauxFournisseur) -> type[BaseHTTPRequestHandler]:
    class Gestionnaire(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/.well-known/openid-configuration":
                self._answer(200, fournisseur.describe())
            elif self.path == "/jwks":
                self._answer(200, {"keys": [fournisseur.cle.as_dict(private=False)]})
            elif self.path == "/userinfo" and self.headers.get("Authorization") == "Bearer acces":
                self._send(200, fournisseur.sign_userinfo().encode(), "application/jwt")
            else:
                self._answer(404, {})

        def do_POST(self) -> None:
            corps = self.rfile.read(int(self.headers["Content-Length"])).decode()
            champs = {cle: valeurs[0] for cle, valeurs in parse_qs(corps).items()}
            self._answer(*fournisseur.redeem(champs))

        def _answer(self, statut: int, contenu: dict[str, Any]) -> None:
            self._send(statut, json.dumps(contenu).encode(), "application/json")

        def _send(self, statut: int, corps: bytes, genre: str) -> None:
            self.send_response(statut)
            self.send_header("Content-Type", genre)
            self.send_header("Content-Length", str(len(corps)))
            self.end_headers()
            self.wfile.write(corps)

        def log_message(self, format: str, *args: Any) -> None:
            return

    return Gestionnaire
