"""Measures, run by ``make bancs``."""
