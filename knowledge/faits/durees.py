"""Lengths of time said in a clause, in months."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

from knowledge.faits.chiffres import MOIS

_A_PEU_PRES = re.compile(r"\b(dizaine|douzaine|quinzaine|vingtaine|trentaine) d ans\b")
_DIZAINES = {"dizaine": "10", "douzaine": "12", "quinzaine": "15", "vingtaine": "20", "trentaine": "30"}
_ANNEES = re.compile(
    r"\b(?:de|entre|depuis) (?P<a>(?:19|20)\d\d) (?:a|et|jusqu en|jusqu a) (?P<b>(?:19|20)\d\d)\b"
)
_DEPUIS = re.compile(
    rf"\bdepuis (?:(?:(?:le|debut|fin|mi|\d{{1,2}}) )*(?P<mois>{'|'.join(MOIS)})(?: (?P<annee>(?:19|20)\d\d))?"
    r"|(?:l ans |\w+ )?(?P<a>(?:19|20)\d\d))\b"
)
# « deux saisons de 4 mois », « 3 CDD de 6 mois »
_FOIS = re.compile(
    r"\b(?P<n>\d) (?:saisons?|cdd|contrats?|missions?|fois|periodes?|stages?)(?: (?:de|d|pendant))? (?P<m>\d{1,2}) mois\b"
)
# « 3 ans en boulangerie et 2 ans en pâtisserie », « 6 mois chez Leclerc puis 1 an chez Auchan »
_CHEZ = re.compile(r"^ (?:chez|en|dans (?:la|le|les|l|une?)|comme|a|au) (?P<ou>(?!tout\b)[a-z]{3,})")
_DUREE = re.compile(
    r"\b(?P<n>\d{1,2}) ?(?P<u>ans|mois|semaines)\b(?P<demi> et demie?)?(?: et (?P<m>\d{1,2}) mois)?"
)
_PAS_UNE_DUREE = re.compile(
    r"\b(?:(?<!suite )(?<!grace )(?<!face )a|j ai eu|(?:a ete|est|etait)|vers|dans|age de|ai que|des|mes) $"
)
_DU_TRAVAIL = re.compile(r" (?:d experience|de travail|de metier)")
_EUE = re.compile(r" (?:d|de|dans|en|comme|chez) [a-z]{3,}")  # « j'ai eu 8 ans de librairie » is no age
_A_MOI = re.compile(r" (?:de|d|dans|comme|en) \w{4,}")  # « mes 6 ans de secrétariat »
_J_AI = re.compile(r"\bj ai (?:maintenant |deja )?$")
_AU_TRAVAIL = re.compile(
    r" (?:d |de |dans |en |comme |chez |experience|metier|travail|menage"
    r"|sur (?:les?|la|des) (?:chantiers?|routes?|marches?|machines?))"
)
_AJOUTE = re.compile(r" (?:et|puis|plus|ensuite)\b(?!.* dont\b)")  # « 2 mois cet été et 3 mois cet hiver »


def write_durees(texte: str) -> str:
    """The clause with « une dizaine d'années » and « deux saisons de 4 mois » in plain numbers."""
    texte = _A_PEU_PRES.sub(lambda m: f"{_DIZAINES[m.group(1)]} ans", texte)
    return _FOIS.sub(lambda m: f"{int(m.group('n')) * int(m.group('m'))} mois", texte)


def read_mois(texte: str, *, reponse: bool, jour: date) -> int | None:
    """Months said in a clause: the sum of those that add up, else the longest; None when it says none.

    Args:
        texte: the clause, numbers in digits.
        reponse: whether the clause answers the question on the time at work.
        jour: the day « depuis 2015 » is counted to.
    """
    if annees := _ANNEES.search(texte):
        return max(0, int(annees.group("b")) - int(annees.group("a"))) * 12 or None
    trouvees = _find_durees(texte)
    durees = [_to_mois(trouve) for trouve in trouvees]
    if len(durees) > 1 and (_are_distinctes(texte, trouvees) or (reponse and _are_ajoutees(texte, trouvees))):
        return sum(durees)
    if not durees and (depuis := _DEPUIS.search(texte)):
        # « j'ai une place en crèche depuis septembre »: without its year, a month tells of work when it is asked for
        return (
            _count_depuis(depuis, jour) or None
            if reponse or not depuis.group("mois") or depuis.group("annee")
            else None
        )
    return max(durees) if durees else None


def find_employeur(texte: str) -> str | None:
    """Where the time of a clause was spent: « 6 mois chez Leclerc »."""
    duree = _DUREE.search(texte)
    chez = _CHEZ.match(texte[duree.end() :]) if duree else None
    return chez.group("ou") if chez else None


def _count_depuis(depuis: re.Match[str], jour: date) -> int:
    """Months since a year, or since a month: the last one that has gone by when its year is not said."""
    if depuis.group("a"):
        return max(0, jour.year - int(depuis.group("a"))) * 12
    mois = MOIS.index(depuis.group("mois")) + 1
    annee = int(depuis.group("annee") or jour.year - (mois >= jour.month))
    return max(0, 12 * (jour.year - annee) + jour.month - mois)


def _find_durees(texte: str) -> list[re.Match[str]]:
    """The lengths of time of a clause; neither « à 16 ans » nor « j'ai 30 ans », which are ages."""
    trouves = []
    for trouve in _DUREE.finditer(texte):
        avant, apres = texte[: trouve.start()], texte[trouve.end() :]
        if avant.endswith("mes ") and _A_MOI.match(apres):
            trouves.append(trouve)
            continue
        eue = avant.endswith("ai eu ") and _EUE.match(apres)
        if _PAS_UNE_DUREE.search(avant) and not (eue or _DU_TRAVAIL.match(apres)):
            continue
        if _J_AI.search(avant) and not _AU_TRAVAIL.match(apres):
            continue
        trouves.append(trouve)
    return trouves


def _are_distinctes(texte: str, durees: list[re.Match[str]]) -> bool:
    """Whether each length of time of a clause has its own place of work."""
    lieux = [chez.group("ou") for duree in durees if (chez := _CHEZ.match(texte[duree.end() :]))]
    return len(lieux) == len(durees) == len(set(lieux))


def _are_ajoutees(texte: str, durees: list[re.Match[str]]) -> bool:
    """Whether the lengths of time of an answer are told one after the other."""
    return all(_AJOUTE.search(texte[avant.end() : apres.start()]) for avant, apres in pairwise(durees))


def _to_mois(trouve: re.Match[str]) -> int:
    nombre = int(trouve.group("n"))
    if trouve.group("u") == "ans":
        return nombre * 12 + (6 if trouve.group("demi") else 0) + int(trouve.group("m") or 0)
    return nombre if trouve.group("u") == "mois" else max(1, nombre // 4)
