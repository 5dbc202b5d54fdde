"""What several tests of pages do: open one that must answer."""

from __future__ import annotations

from typing import Any

from fastapi.testclient import TestClient


def lire(client: TestClient, chemin: str, **options: Any) -> str:
    """The text of a page; any status but 200 fails the test and shows the beginning of the answer."""
    reponse = client.get(chemin, **options)
    assert reponse.status_code == 200, f"{chemin} : {reponse.status_code} {reponse.text[:300]}"
    return reponse.text
