"""Facts that a person writes in their own words, read without inventing any.

A message is cut into clauses; each says who it is about; small readers, one per theme, look for what is certain.
"""

from knowledge.faits.boutons import read_reponse
from knowledge.faits.lire import Lecture, read_faits

__all__ = ["Lecture", "read_faits", "read_reponse"]
