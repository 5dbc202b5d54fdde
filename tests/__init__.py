"""Tests of Passerelle. A package, because an installed library also ships a top-level `tests`."""
