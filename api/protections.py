"""What every request and answer goes through: bounded bodies, security headers, no caching of personal answers.

Written on ASGI itself: a framework middleware would put a task and a queue between each request and its answer.
"""

from __future__ import annotations

from fastapi import FastAPI
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problemes import Probleme, build_reponse

_CORPS_MAX = 256 * 1024
_ENTETES = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "geolocation=(), camera=(), payment=(), microphone=(self)",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def install_protections(app: FastAPI) -> None:
    """Add the middleware to the application."""
    app.add_middleware(Protections)


class Protections:
    """Refuses bodies announced too large; adds the headers that are missing."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, with the answer's headers completed."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        taille = Headers(scope=scope).get("content-length")
        if taille is not None and (not taille.isdigit() or int(taille) > _CORPS_MAX):
            refus = build_reponse(Probleme(413, "L'envoi est trop gros. Raccourcissez votre message."))
            await refus(scope, receive, send)
            return

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                entetes = MutableHeaders(scope=message)
                for nom, valeur in _ENTETES.items():
                    entetes.setdefault(nom, valeur)
                if scope["path"].startswith("/api/"):
                    entetes.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, complete)
