"""What a clause leaves unsaid because the message named it: « mal au dos, mais rien de reconnu »."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from knowledge.faits.donnees import load_donnees
from knowledge.faits.propositions import Proposition

_JE = re.compile(r"\b(?:je|j|me|m|moi)\b")
# « réfugié, j'ai droit à quoi ? »: what one is, at the head of one's own question
_STATUT = re.compile(
    r"(?:(?:bonjour|bonsoir|salut|en tant que|etant|comme|moi|jeune|\d+ ans) )*"
    r"(?:refugie|demandeu(?:r|se) d asile|beneficiaire de la protection|travailleur handicape"
    r"|allocataire du rsa)\b(?: \w+){0,2}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _SousEntendu:
    message: re.Pattern[str]
    proposition: re.Pattern[str]
    sauf: re.Pattern[str]
    ajout: str


@lru_cache(maxsize=1)
def _load() -> tuple[_SousEntendu, ...]:
    return tuple(
        _SousEntendu(
            ajout=entree["ajout"],
            **{cle: re.compile(entree[cle]) for cle in ("message", "proposition", "sauf")},
        )
        for entree in load_donnees("sous_entendus")["sous_entendus"]
    )


def complete_sous_entendus(propositions: tuple[Proposition, ...]) -> tuple[Proposition, ...]:
    """The clauses with the word that the message lets one guess, in the same order; others unchanged."""
    tout = " ".join(p.texte for p in propositions if p.moi)
    utiles = [sous for sous in _load() if sous.message.search(tout) and sous.proposition.search(tout)]
    demande = any(p.interroge for p in propositions) and bool(_JE.search(tout))
    if not utiles and not demande:
        return propositions
    return tuple(_complete(p, utiles, demande=demande) for p in propositions)


def _complete(proposition: Proposition, utiles: list[_SousEntendu], *, demande: bool) -> Proposition:
    texte = proposition.texte
    if demande and proposition.interroge and proposition.moi and _STATUT.fullmatch(texte):
        return replace(proposition, texte=f"je suis {texte}")
    for sous in utiles:
        if sous.proposition.search(texte) and not sous.sauf.search(texte):
            return replace(proposition, texte=f"{texte} {sous.ajout}")
    return proposition
