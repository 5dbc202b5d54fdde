"""Whose children: « mon frère et sa femme n'ont pas de place en crèche » tells of another home than the person's."""

from __future__ import annotations

import re

from knowledge.faits.propositions import Proposition

_LEGERS = (
    r"(?:(?:bonjour|et|mais|car|donc|alors|aussi|par|contre|exemple|chez|pour|comme|il|y|a|c|est|j|ai|je|connais|beaucoup|plein|plupart|certain|de|d"
    r"|parce|que|quand|qui|puisque) )*"
)
_AUTRE = (
    r"(?:ma|mon|mes|nos|notre|une?|des|la|le|les|l|2|3|certaines?|plusieurs)(?: (?:beaux?|belles?|grande?s?|petite?s?"
    r"|jeunes?|meilleure?s?|couple d|autres?|2|3))* "
    r"(?:soeurs?|freres?|amie?s?|copines?|copains?|potes?|voisine?s?|collegues?|cousine?s?|nieces?|neveux?|tantes?|oncles?"
    r"|patronnes?|patrons?|gens|dames?|bru|colocs?|colocataires?)\b"
)
_D_UN_AUTRE = re.compile(rf"^{_LEGERS}{_AUTRE}")
_EN_FIN = re.compile(rf"\b{_AUTRE}(?: \w+){{0,2}}$")  # « je vis chez ma sœur | elle a deux petits »
_REPREND = re.compile(rf"^{_LEGERS}(?:elles?|ils?|sa|son|ses|leurs?|lui|eux|qui)\b")
_DE_MOI = re.compile(r"^(?:(?:et|mais|donc|alors|car|du coup) )*(?:moi|je|j|on|nous)\b")
_ME_CONCERNE = re.compile(r"\b(?:je|j|moi|me|m|nous|notre|nos|mes|on|mon|ma)\b")
# « ma sœur les garde », « ma voisine prend la petite »: the children are those of the person, unless they are theirs
_GARDE = re.compile(
    r"\b(?:gard|pren|recuper|surveill|accueill|occup|cherch|ger|veill|depann)\w*\b|\best (?:avec|la)\b|\bdispo\w*\b"
)
_LES_LEURS = re.compile(
    r"\b(?:ses|leurs?|son|sa)(?: (?!emploi|travail)\w+){0,2} (?:enfants?|fils|filles?|bebes?|petite?s?|garcons?|jumeaux"
    r"|jumelles|puces?|gamine?s?)\b"
)
_GARDE_CHERCHEE = re.compile(r"\b(?:creches?|nounous?|nourrices?|(?:modes?|solutions?) de garde|place)\b")
SANS_VERBE_MOTS = 3  # « ma sœur », in answer to who looks after them


def keep_son_foyer(propositions: tuple[Proposition, ...]) -> tuple[Proposition, ...]:
    """The clauses, in order, without those that tell of another home: a sister's, a neighbour's."""
    gardees: list[Proposition] = []
    phrase, autre, nomme = -1, False, False
    for proposition in propositions:
        texte = proposition.texte
        reste, d_un_autre = _D_UN_AUTRE.subn("", texte, count=1)
        if d_un_autre:
            autre = reste == " et" or (
                bool(reste) and len(texte.split()) > SANS_VERBE_MOTS and _is_ailleurs(reste)
            )
        elif _DE_MOI.match(texte):
            autre = False
        elif _REPREND.match(texte):
            autre = autre or nomme
        elif proposition.phrase != phrase:
            autre = False
        phrase, nomme = proposition.phrase, autre or bool(_EN_FIN.search(texte))
        if not autre or (_ME_CONCERNE.search(reste) and not _LES_LEURS.search(reste)):
            gardees.append(proposition)
    return tuple(gardees)


def _is_ailleurs(reste: str) -> bool:
    """Whether what is said of somebody has nothing to do with the children of the person."""
    if _ME_CONCERNE.search(reste):
        return False
    return bool(_LES_LEURS.search(reste) or _GARDE_CHERCHEE.search(reste) or not _GARDE.search(reste))
