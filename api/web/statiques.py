"""Static files, read once when the application is built: compressed, fingerprinted, cacheable for ever."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fastapi import Request, Response

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
    ".webmanifest": "application/manifest+json; charset=utf-8",
}
_UN_AN = "public, max-age=31536000, immutable"
_COURT = "public, max-age=600, must-revalidate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fichier:
    """A file ready to be sent, as it is and compressed."""

    contenu: bytes
    comprime: bytes
    type_media: str
    empreinte: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statiques:
    """All the files by path; ``empreinte`` changes as soon as one of them does."""

    fichiers: Mapping[str, Fichier]
    empreinte: str

    def get_url(self, chemin: str) -> str:
        """The address of a file that never changes; modules import each other relatively, so they keep it."""
        return f"/static/{self.empreinte}/{chemin}"

    def build_reponse(self, request: Request, chemin: str, *, immuable: bool) -> Response:
        """The file, compressed when the browser reads gzip; 304 when it has it already, 404 when there is none."""
        fichier = self.fichiers.get(chemin)
        if fichier is None:
            return Response(
                "Ce fichier n'existe pas.", status_code=404, media_type="text/plain; charset=utf-8"
            )
        etag = f'"{fichier.empreinte}"'
        entetes = {
            "Cache-Control": _UN_AN if immuable else _COURT,
            "ETag": etag,
            "Vary": "Accept-Encoding",
            # The widget's script is read by other sites; nothing here is personal.
            "Cross-Origin-Resource-Policy": "cross-origin",
        }
        if request.headers.get("if-none-match") == etag:
            return Response(status_code=304, headers=entetes)
        contenu = fichier.contenu
        if "gzip" in request.headers.get("accept-encoding", ""):
            contenu = fichier.comprime
            entetes["Content-Encoding"] = "gzip"
        return Response(contenu, media_type=fichier.type_media, headers=entetes)


def load_statiques(dossier: Path) -> Statiques:
    """Every file of the folder whose type we serve."""
    fichiers = {}
    for chemin in sorted(dossier.rglob("*")):
        if chemin.is_file() and chemin.suffix in _TYPES:
            contenu = chemin.read_bytes()
            fichiers[chemin.relative_to(dossier).as_posix()] = Fichier(
                contenu=contenu,
                comprime=gzip.compress(contenu, 9, mtime=0),
                type_media=_TYPES[chemin.suffix],
                empreinte=hashlib.sha256(contenu).hexdigest()[:16],
            )
    tout = hashlib.sha256("".join(fichier.empreinte for fichier in fichiers.values()).encode())
    return Statiques(fichiers=fichiers, empreinte=tout.hexdigest()[:12])
