"""Conversations with the dialogue, behind the edge that filters what reaches it."""
