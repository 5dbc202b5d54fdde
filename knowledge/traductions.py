"""Fixed sentences in other languages: French sentence → translated sentence, one file per language.

``referentiels/traductions/<langue>.yml``. The French sentence is the key: when it changes, its translations are missing
and a test says so, rather than being silently wrong.
"""

from __future__ import annotations

from pathlib import Path

from knowledge.errors import ErreurCatalogue
from knowledge.lecture import read_yaml
from knowledge.loader import RACINE

LANGUES_TRADUITES = ("en", "ar", "es", "pt")


def load_traductions(racine: Path = RACINE) -> dict[str, dict[str, str]]:
    """Sentences by language code, then by French sentence.

    Raises:
        ErreurCatalogue: a file is missing or is not a list of pairs.
    """
    traductions = {}
    for langue in LANGUES_TRADUITES:
        chemin = racine / "referentiels" / "traductions" / f"{langue}.yml"
        lues = read_yaml(chemin)
        phrases = lues.get("phrases") if isinstance(lues, dict) else None
        if not isinstance(phrases, dict) or not all(isinstance(valeur, str) for valeur in phrases.values()):
            raise ErreurCatalogue([f"{chemin.name} : il faut « phrases: » puis une phrase par ligne."])
        traductions[langue] = {str(cle): valeur for cle, valeur in phrases.items()}
    return traductions
