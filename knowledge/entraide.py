"""Help that does not depend on a situation: emergency numbers, and the words explained."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from knowledge.conversion import Convertisseur
from knowledge.errors import ErreurCatalogue
from knowledge.fichiers import ContactFichier
from knowledge.lecture import read_yaml
from knowledge.model import Contact, Source
from knowledge.referentiel import Referentiels
from knowledge.territoires.normalisation import fold

_PROCHE = 88
_MOTS_VIDES = frozenset(
    [
        "c",
        "est",
        "quoi",
        "ca",
        "veut",
        "dire",
        "que",
        "signifie",
        "le",
        "la",
        "les",
        "l",
        "un",
        "une",
        "des",
        "du",
        "de",
        "d",
        "en",
        "qu",
        "qui",
        "sert",
        "a",
        "mot",
        "expliquer",
        "explique",
        "expliquez",
        "moi",
        "me",
        "pouvez",
        "vous",
        "comprends",
        "pas",
        "connais",
        "ce",
        "cela",
        "sais",
        "definition",
        "sigle",
        "signifient",
        "svp",
        "s",
        "il",
        "te",
        "plait",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Secours:
    """What is said at once in an emergency, and the numbers."""

    id: str
    message: str
    contacts: tuple[Contact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terme:
    """A word of the glossary; ``definition`` is one or two plain sentences."""

    mot: str
    definition: str
    alias: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Entraide:
    """Emergencies by id, glossary by folded word or alias."""

    secours: Mapping[str, Secours]
    termes: tuple[Terme, ...]
    index: Mapping[str, Terme]


def load_entraide(referentiels: Referentiels, racine: Path) -> Entraide:
    """Emergencies and glossary of ``referentiels/``.

    Raises:
        ErreurCatalogue: a contact or a source is wrong.
    """
    convertisseur = Convertisseur("referentiels/urgences.yml", referentiels)
    secours = {
        cle: _build_secours(cle, donnees, convertisseur)
        for cle, donnees in read_yaml(racine / "referentiels" / "urgences.yml")["urgences"].items()
    }
    glossaire = Convertisseur("referentiels/glossaire.yml", referentiels)
    termes = tuple(
        Terme(
            mot=donnees["mot"],
            definition=donnees["definition"],
            alias=tuple(donnees.get("alias", ())),
            source=glossaire.to_source(donnees["source"]),
        )
        for donnees in read_yaml(racine / "referentiels" / "glossaire.yml")["termes"]
    )
    fautes = convertisseur.fautes + glossaire.fautes
    if fautes:
        raise ErreurCatalogue(fautes)
    index = {fold(nom): terme for terme in termes for nom in (terme.mot, *terme.alias)}
    return Entraide(secours=secours, termes=termes, index=index)


def _build_secours(cle: str, donnees: Mapping[str, Any], convertisseur: Convertisseur) -> Secours:
    contacts = tuple(convertisseur.to_contact(ContactFichier.model_validate(c)) for c in donnees["contacts"])
    return Secours(id=cle, message=donnees["message"], contacts=contacts)


def find_terme(entraide: Entraide, texte: str) -> Terme | None:
    """The glossary entry a message asks about, None when no word of it is in the glossary.

    The longest exact name in the message wins; a single remaining word may have a typing error.
    """
    mots = fold(texte[:300]).split()
    for longueur in range(min(6, len(mots)), 0, -1):
        for debut in range(len(mots) - longueur + 1):
            terme = entraide.index.get(" ".join(mots[debut : debut + longueur]))
            if terme is not None and (longueur > 1 or mots[debut] not in _MOTS_VIDES):
                return terme
    reste = " ".join(mot for mot in mots if mot not in _MOTS_VIDES)
    if len(reste) < 4:
        return None
    proche = process.extractOne(reste, list(entraide.index), scorer=fuzz.ratio, score_cutoff=_PROCHE)
    return entraide.index[proche[0]] if proche else None
