"""The bot behind the edge, reached over HTTP on the loopback; its absence becomes a clear French problem."""

from __future__ import annotations

from typing import Any

import httpx

from api.problemes import Probleme

_EN_PREPARATION = "Je me prépare. Réessayez dans quelques secondes."
_ABSENT = (
    "Le dialogue ne répond pas pour le moment. Réessayez dans un instant, ou appelez France Travail au 3949."
)
_ATTENTE = 3


class Dialogue:
    """Client of ``bot/server.py``. Every method raises ``Probleme`` (503) while the bot cannot answer."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def read_sante(self) -> dict[str, Any]:
        """State of the bot: its own answer, or ``{"etat": "absent"}`` when nobody listens."""
        try:
            reponse = await self._client.get("/sante", timeout=2.0)
            contenu: dict[str, Any] = reponse.json()
            return contenu
        except (httpx.HTTPError, ValueError):
            return {"etat": "absent"}

    async def parse(self, texte: str) -> dict[str, Any]:
        """What the understanding makes of a text: intent, ranking, besoins, langue."""
        return await self._ask("POST", "/parse", {"texte": texte})

    async def send(self, conversation_id: str, contenu: dict[str, Any]) -> dict[str, Any]:
        """A message of the person; the answer holds ``messages``."""
        return await self._ask("POST", f"/conversations/{conversation_id}/messages", contenu)

    async def read(self, conversation_id: str) -> dict[str, Any]:
        """The conversation so far."""
        return await self._ask("GET", f"/conversations/{conversation_id}")

    async def forget(self, conversation_id: str) -> None:
        """Erase the conversation."""
        await self._ask("DELETE", f"/conversations/{conversation_id}")

    async def _ask(self, methode: str, chemin: str, contenu: dict[str, Any] | None = None) -> dict[str, Any]:
        try:
            reponse = await self._client.request(methode, chemin, json=contenu)
        except httpx.ConnectError:
            raise Probleme(503, _EN_PREPARATION, attendre=_ATTENTE, etape="demarrage") from None
        except httpx.HTTPError:
            raise Probleme(503, _ABSENT, attendre=_ATTENTE) from None
        if reponse.status_code == 503:
            raise Probleme(503, _EN_PREPARATION, attendre=_ATTENTE, etape=_read_etape(reponse))
        if reponse.status_code == 204 or not reponse.content:
            return {}
        resultat: dict[str, Any] = reponse.json()
        if reponse.status_code >= 400:
            raise Probleme(reponse.status_code, resultat.get("detail") or _ABSENT)
        return resultat


def _read_etape(reponse: httpx.Response) -> str | None:
    try:
        etape: str | None = reponse.json().get("etape")
    except ValueError:
        return None
    return etape
