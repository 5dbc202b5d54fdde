"""Facts read in what people write: age, place, diploma, rights, project… A doubtful fact is not read."""

from knowledge.faits.lecture import Lecture, read_faits
from knowledge.faits.reponses import read_reponse

__all__ = ["Lecture", "read_faits", "read_reponse"]
