"""Needs recognised, facts read, orientation answered."""
