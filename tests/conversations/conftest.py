"""The person of the conversation tests."""

from __future__ import annotations

import pytest

from tests.conversations.dialogue import Personne


@pytest.fixture
def personne(adresse: str) -> Personne:
    """Someone who arrives."""
    return Personne.arrive(adresse)
