"""Somebody who takes back what they said: the last number, the last name is the one that counts."""

from __future__ import annotations

import re

from knowledge.faits.mot import Mot

_UNITE = r"(?:ans|mois|semaines)"
_SORTE = r"(?:(?:19|20)\d\d|\d{1,2})"
# « non pardon », « enfin je voulais dire », « je me trompe, c'est »: at least one of these words, perhaps among light ones
_AVEU = (
    r"(?:non|nan|pardon|erreur|oups|desole|rectifi\w+|corrige|correction|plutot|attends|attendez|recompt\w+|en fait|enfin"
    r"|trompe|faute de frappe|voulais (?:dire|ecrire|mettre)|mal (?:compte|ecrit|tape|dit|calcule)|excus\w+|sorry|zut|mince"
    r"|finalement|reflechissant|verifi\w+|exactement|no|wait|perdon|quiero decir|quero dizer)"
)
_LEGER = (
    r"(?:[,.]|mais|euh|ah|ou|et|bon|bah|ben|je|j|me|m|suis|ai|avais|c|est|que|dis|moi|y|en|apres|bien|ca|fait|heu|hein"
    r"|la|de|a)"
)
_LIEN = rf"(?!(?:, )?et non\b)(?:{_LEGER} ){{0,7}}{_AVEU} (?:(?:{_LEGER}|{_AVEU}) ){{0,8}}"
_OBJET = r"(?P<objet>(?: (?:d|de|dans|en|comme|chez)(?: (?!\d)[a-z]+){1,4}?)?)"
_SUITE = r"(?! ?(?:[/%]|\d|euros?|h\b|heures?|jours?|km|enfants?|fois|places?|personnes?))"
_DIT = r"(?:dit|ecrit|mis|marque|note|tape|indique|repondu|annonce)"
_CORRIGE = re.compile(
    rf"(?P<dire>\bj (?:ai|avais) {_DIT} )?\b(?P<n>{_SORTE})(?P<u> {_UNITE})?{_OBJET} {_LIEN}"
    rf"(?P<m>{_SORTE})\b(?P<v> {_UNITE}\b)?{_SUITE}"
)
# « j'ai pas dit 3 ans de coiffure mais 3 mois », « non pas 5 ans, 15 »
_PAS_MAIS = re.compile(
    rf"(?P<dire>\b(?:j|je n|je) (?:ai|avais) )?(?:\b(?:ce n|c n|c) est )?\bpas(?: (?:encore|{_DIT}))?"
    rf"(?P<n> {_SORTE})(?P<u> {_UNITE}){_OBJET} "
    rf"(?:(?:{_LEGER}|{_AVEU}) ){{1,8}}(?P<m>{_SORTE})\b(?P<v> {_UNITE}\b)?{_SUITE}"
)
# « 47 pardon, j'avais tapé 74 »: the first is the right one
_AVANT = re.compile(
    rf" (?:(?:{_LEGER}|{_AVEU}) ){{0,8}}j (?:ai|avais) {_DIT} {_SORTE}(?: {_UNITE})?(?: (?:par erreur|au lieu de \d+))?$"
)
# « 23 non 24 », when nothing else is said
_NUS = re.compile(rf"(?:(?:j|je|suis|ai|moi|c|est) )*{_CORRIGE.pattern}(?: [.!,])*")
_INDICES = re.compile(rf"\b(?:{_AVEU}|pas)\b")
_A_PEU_PRES = re.compile(r"\b(?:bientot|presque|environ)(?: mes)? $")
_COMPLEMENT = re.compile(r" (?:d|de|dans|comme|en|chez) (?!tout\b|fait\b|comptant\b|incluant\b)[a-z]{3,}")
_SANS_UNITE = re.compile(
    r" (?:[,.]|depuis|et|maintenant|en|dans|exactement|aujourd|hier|que|je|j|mais)\b|$| [,.]"
)


# « non attendez, agent d'accueil »: the words that take back, then perhaps what is meant
_REPRISE = re.compile(
    rf"(?:{_LEGER} ){{0,7}}{_AVEU}\b(?: (?:{_LEGER}|{_AVEU})\b){{0,8}}(?: (?P<suite>\w.*))?"
)
# « le commerce non pardon la logistique »: taken back without a pause
_REPRISE_DEDANS = re.compile(
    r"\w.*? (?:non|nan|pardon|erreur|oups|plutot|en fait|enfin|finalement|je voulais dire|je veux dire|no|wait|perdon)"
    rf"(?: (?:{_LEGER}|{_AVEU})){{0,8}} (?P<suite>\w{{4,}}.*|(?:le|la|les|l|du|des) \w.*)"
)
_J, _AI = Mot("j", "j", ""), Mot("ai", "ai", "")


def find_reprise(avant: str, texte: str) -> str | None:
    """What somebody says instead of what came before: « non attendez » then « agent d'accueil »; None otherwise."""
    reprise = _REPRISE.fullmatch(texte)
    if reprise is not None:
        return reprise.group("suite")
    seul = _REPRISE.fullmatch(avant)
    return texte if seul is not None and seul.group("suite") is None else None


def find_reprise_dedans(texte: str) -> str | None:
    """What replaces, in one clause, what came before: « le commerce non pardon la logistique »; None otherwise."""
    reprise = _REPRISE_DEDANS.fullmatch(texte)
    return reprise.group("suite") if reprise else None


def keep_derniers(mots: list[Mot]) -> list[Mot]:
    """The words of a message where a number taken back gives way to the one that replaces it."""
    if sum(mot.lu.isdigit() for mot in mots) < 2:
        return mots
    texte = " ".join(mot.lu.strip() or "_" for mot in mots)
    if not _INDICES.search(texte):
        return mots
    if (avant := _AVANT.search(texte)) and texte[: avant.start()][-1:].isdigit():
        return mots[: len(texte[: avant.start()].split())]
    for motif in (_PAS_MAIS, _CORRIGE):
        trouve = motif.search(texte)
        if trouve and _is_meme_sorte(trouve, texte):
            return keep_derniers(_replace(mots, texte, trouve))
    return mots


def _is_meme_sorte(trouve: re.Match[str], texte: str) -> bool:
    """Whether both numbers count the same thing: neither a year and an age, nor an age and a time at work."""
    n, m, suite = trouve.group("n").strip(), trouve.group("m"), texte[trouve.end() :]
    if _A_PEU_PRES.search(texte[: trouve.start()]):
        return False  # « bientôt 30 ans, enfin 29 »
    if len(n) == 4 or len(m) == 4:
        return len(n) == len(m) and not trouve.group("u") and not trouve.group("v")
    if not trouve.group("u") and not trouve.group("v"):
        return bool(_NUS.fullmatch(texte))
    if not trouve.group("v") and not _SANS_UNITE.match(suite):
        return False
    return bool(trouve.group("objet") or not _COMPLEMENT.match(suite))


def _replace(mots: list[Mot], texte: str, trouve: re.Match[str]) -> list[Mot]:
    """« 3 ans d'expérience, non pardon 5 ans » becomes « 5 ans d'expérience »."""

    def words_at(debut: int, fin: int) -> list[Mot]:
        premier = len(texte[:debut].split())
        return mots[premier : premier + len(texte[debut:fin].split())]

    unite = words_at(*trouve.span("v")) if trouve.group("v") else []
    if not unite and trouve.group("u"):
        unite = words_at(*trouve.span("u"))
    return [
        *words_at(0, trouve.start()),
        *((_J, _AI) if trouve.group("dire") else ()),
        *words_at(*trouve.span("m")),
        *unite,
        *words_at(*trouve.span("objet")),
        *words_at(trouve.end(), len(texte)),
    ]
