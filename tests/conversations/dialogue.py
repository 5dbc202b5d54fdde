"""A person talking to the real server, for the tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import httpx


@dataclass
class Personne:
    """Someone in a conversation; ``dernier`` holds what Passerelle last answered."""

    client: httpx.Client
    identifiant: str = ""
    dernier: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def arrive(cls, adresse: str) -> Personne:
        """A new person, a new conversation."""
        client = httpx.Client(base_url=f"{adresse}/api/v1", timeout=30)
        return cls(client=client, identifiant=client.post("/conversations").json()["id"])

    def dit(self, texte: str, **suite: Any) -> str:
        """Says something; returns all that Passerelle answers, as one text."""
        return self._envoie({"texte": texte, **suite})

    def choisit(self, choix: str) -> str:
        """Presses a button by its choice."""
        return self._envoie({"choix": choix})

    def passe_tout(self, maximum: int = 12) -> int:
        """Skips every question until the result; returns how many were skipped."""
        for nombre in range(maximum):
            if self.resultat is not None or not self.boutons:
                return nombre
            self.choisit("commande:passer")
        return maximum

    @property
    def boutons(self) -> list[str]:
        """Labels of the buttons now offered."""
        return [bouton["libelle"] for message in self.dernier for bouton in message["boutons"]]

    @property
    def choix(self) -> list[str]:
        """Choices of the buttons now offered."""
        return [bouton["choix"] for message in self.dernier for bouton in message["boutons"]]

    @property
    def resultat(self) -> dict[str, Any] | None:
        """The result just given, None when there is none."""
        return next((message["parcours"] for message in self.dernier if message["parcours"]), None)

    @property
    def reprise(self) -> dict[str, Any]:
        """The whole conversation, as reopened elsewhere."""
        contenu: dict[str, Any] = self.client.get(f"/conversations/{self.identifiant}").json()
        return contenu

    def _envoie(self, contenu: dict[str, Any]) -> str:
        reponse = self.client.post(f"/conversations/{self.identifiant}/messages", json=contenu)
        assert reponse.status_code == 200, reponse.text[:500]
        self.dernier = reponse.json()["messages"]
        return "\n".join(message["texte"] for message in self.dernier)
