"""Counts of what happens, day by day, without any person in them."""
