"""What every request and answer goes through: bounded bodies, security headers, no caching of personal answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request, Response

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

    @app.middleware("http")
    async def _proteger(request: Request, suite: Callable[[Request], Awaitable[Response]]) -> Response:
        taille = request.headers.get("content-length")
        if taille is not None and (not taille.isdigit() or int(taille) > _CORPS_MAX):
            return build_reponse(Probleme(413, "L'envoi est trop gros. Raccourcissez votre message."))
        reponse = await suite(request)
        for nom, valeur in _ENTETES.items():
            reponse.headers.setdefault(nom, valeur)
        if request.url.path.startswith("/api/"):
            reponse.headers.setdefault("Cache-Control", "no-store")
        return reponse
