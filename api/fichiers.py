"""Files sent to be kept: their name, their type, and whether something on the way may keep them too."""

from __future__ import annotations

from pathlib import PurePosixPath

from fastapi import Response

_TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".pdf": "application/pdf",
    ".txt": "text/plain; charset=utf-8",
    ".yml": "application/yaml; charset=utf-8",
}


def build_fichier(contenu: bytes | str, nom: str, *, est_public: bool = False) -> Response:
    """A file to keep, of the type its name says; never cached on the way unless it holds nothing of a person."""
    entetes = {"Content-Disposition": f'attachment; filename="{nom}"'}
    if not est_public:
        entetes["Cache-Control"] = "no-store"
    return Response(contenu, media_type=_TYPES[PurePosixPath(nom).suffix], headers=entetes)
