"""Messages prepared for reading: folded text, clauses, who each clause is about, what it denies."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.territoires.normalisation import fold

LONGUEUR_MAX = 4000

_ABREGES = {
    "g": "j ai", "jai": "j ai", "jé": "j ai", "jsuis": "je suis", "chui": "je suis", "chuis": "je suis", "jsui": "je suis",
    "sui": "suis", "jabite": "j habite", "jhabite": "j habite", "abite": "habite", "pa": "pas", "permi": "permis",
    "diplom": "diplome", "dipl": "diplome", "o": "au", "ds": "dans", "pr": "pour", "jtouche": "je touche", "jtravaille": "je travaille",
    "taf": "travail", "boulot": "travail", "bossé": "travaille", "bosse": "travaille", "ouais": "oui", "ui": "oui", "wi": "oui", "nan": "non",
    "cap.": "cap", "rien": "rien", "asso": "association", "an": "ans", "anné": "annee", "annees": "ans", "année": "ans", "annee": "ans",
    "pole": "pole", "ft": "france travail", "pe": "pole emploi", "jcherche": "je cherche", "kom": "comme", "ke": "que", "koi": "quoi",
}  # fmt: skip
COUPURES = re.compile(r"[.!?;:\n,()]+|\b(?:mais|et|puis|donc|car|parce que|alors)\b", re.IGNORECASE)
AUTRES = re.compile(
    r"\b(?:mon|ma|mes|notre|nos|leur|son|sa|ses) (?:petit |petite |grand |grande |beau |belle |ex )?"
    r"(?:fils|fille|filles|enfant|enfants|mari|femme|copain|copine|conjoint|conjointe|compagnon|compagne|mere|pere|parents|"
    r"soeur|frere|freres|soeurs|bebe|neveu|niece|cousin|cousine|voisin|voisine|ami|amie|amis|collegue|patron|chef|tante|"
    r"oncle|grand mere|grand pere|gosses|petit|petite|garcon|ados?|ex)\b|\b(?:il|elle|ils|elles) (?:a|ont|est|sont|touche|habite|s)\b"
)
MOI = re.compile(r"\b(?:je|j|moi|me|m|mon age|i am|i m|tengo|tenho|soy|sou)\b")
_NEGATION = re.compile(r"\b(?:pas|plus|jamais|aucun|aucune|sans|ni|non|nan|zero|not|no)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposition:
    """A part of a message: its folded text, whether it is about the person, whether it denies something."""

    texte: str
    de_moi: bool
    negative: bool


def prepare(texte: str) -> str:
    """The folded text with usual short forms written out."""
    plie = fold(texte[:LONGUEUR_MAX])
    return " ".join(_ABREGES.get(mot, mot) for mot in plie.split())


def split_propositions(texte: str) -> list[Proposition]:
    """The clauses of a message; a clause without its own subject is about the same person as the one before it."""
    propositions = []
    de_moi = True
    for morceau in COUPURES.split(texte[:LONGUEUR_MAX]):
        plie = prepare(morceau)
        if not plie:
            continue
        if AUTRES.search(plie):
            de_moi = False
        elif MOI.search(plie):
            de_moi = True
        propositions.append(Proposition(texte=plie, de_moi=de_moi, negative=bool(_NEGATION.search(plie))))
    return propositions
