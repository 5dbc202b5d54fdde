"""One referential for all the tests of this folder: it is read-only and takes half a second to build."""

from __future__ import annotations

import pytest

from knowledge.territoires import Territoires, load_territoires


@pytest.fixture(scope="session")
def territoires() -> Territoires:
    return load_territoires()
