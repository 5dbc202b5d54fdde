"""Numbers, ages, durations."""

from __future__ import annotations

import re
from datetime import date

from knowledge.faits.texte import Proposition

_UNITES = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10,
    "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16,
}  # fmt: skip
_DIZAINES = {"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60}
_MOIS = {
    "janvier": 1, "fevrier": 2, "mars": 3, "avril": 4, "mai": 5, "juin": 6, "juillet": 7, "aout": 8, "septembre": 9,
    "octobre": 10, "novembre": 11, "decembre": 12,
}  # fmt: skip
_CHIFFRE = (
    r"(\d{1,2}|(?:vingt|trente|quarante|cinquante|soixante)(?: (?:et )?[a-z]+)?|" + "|".join(_UNITES) + ")"
)
_AGE = re.compile(
    rf"(?:j ai(?: eu| juste| maintenant| aujourd hui| seulement| deja| bientot| presque)*|age(?:e)? de|"
    rf"j avais|moi|i am|i m|tengo|tenho|عمري)\s+{_CHIFFRE}\s*(?:ans?\b|years? old|a[nñ]os|anos)?"
)
_AGE_NU = re.compile(rf"^(?:age )?{_CHIFFRE} ans$")
_BIENTOT = re.compile(r"\b(?:bientot|presque|je vais avoir|vais avoir)\b")
_PAS_UN_AGE = re.compile(
    r"\b(?:il y a|depuis|pendant|d experience|dans l|dans le|dans la|enfants?|metier|travaille|en france|mois|fois|fils|fille|"
    r"diplome|formation|de travail|comme|ans de)\b"
)
_NAISSANCE = re.compile(r"\bnee?s? (?:le (\d{1,2}) (\d{1,2}|[a-z]+) |en )?(?:le |en )?((?:19|20)\d{2})\b")
_DUREE = re.compile(rf"{_CHIFFRE}\s+(ans|mois)\b")
_TRAVAIL = re.compile(
    r"\b(?:experience|travail|travaille|metier|bosse|interim|missions?|comme|en tant que|dans (?:le|la|l|les)|chez|restauration|"
    r"batiment|poste|carriere)\b"
)
_PAS_DU_TRAVAIL = re.compile(
    r"\b(?:chomage|sans travail|sans emploi|ecole|etudes|en france|formation|prison|rsa|habite|il y a|malade)\b"
)


def read_nombre(texte: str) -> int | None:
    """A number in digits or in words up to 99; None when it is not one.

    >>> read_nombre("23"), read_nombre("vingt trois"), read_nombre("quatre")
    (23, 23, 4)
    """
    if texte.isdigit():
        return int(texte)
    mots = [mot for mot in texte.split() if mot != "et"]
    if mots and mots[0] in _DIZAINES:
        if len(mots) == 1:
            return _DIZAINES[mots[0]]
        return _DIZAINES[mots[0]] + _UNITES[mots[1]] if mots[1] in _UNITES else _DIZAINES[mots[0]]
    return _UNITES.get(texte)


def read_age(propositions: list[Proposition], *, question: str | None, jour: date) -> int | None:
    """The person's age in years; None when no clause gives it for sure."""
    lus = []
    for proposition in propositions:
        if not proposition.de_moi:
            continue
        age = _read_age(proposition, question=question, jour=jour)
        if age is not None and 10 <= age <= 99:
            lus.append((bool(re.search(r"\b(?:pas|plus)\b", proposition.texte)), age))
    surs = [age for nie, age in lus if not nie]
    return surs[-1] if len(set(surs)) == 1 else (surs[0] if surs else None)


def _read_age(proposition: Proposition, *, question: str | None, jour: date) -> int | None:
    texte = proposition.texte
    naissance = _NAISSANCE.search(texte)
    if naissance:
        return _compute_age(naissance, jour)
    if _PAS_UN_AGE.search(texte) and not re.search(r"\bj ai \d{2} ans\b(?! d| de| dans)", texte):
        return None
    trouve = _AGE.search(texte)
    if trouve and (
        "ans" in texte
        or "old" in texte
        or "an" in texte.split()
        or "nos" in texte
        or re.match(r"(?:i am|i m) \d", texte)
        or question == "age_ans"
    ):
        age = read_nombre(trouve.group(1))
    elif _AGE_NU.match(texte):
        age = read_nombre(_AGE_NU.match(texte).group(1))  # type: ignore[union-attr]
    elif question == "age_ans":
        nu = re.search(rf"\b{_CHIFFRE}\b", texte)
        age = read_nombre(nu.group(1)) if nu and len(texte.split()) <= 5 else None
    else:
        age = None
    return age - 1 if age is not None and _BIENTOT.search(texte) else age


def _compute_age(naissance: re.Match[str], jour: date) -> int | None:
    """Age from a birth date; with the year alone, the difference of the years."""
    annee = int(naissance.group(3))
    age = jour.year - annee
    if naissance.group(1) and naissance.group(2):
        mois = _MOIS.get(naissance.group(2)) or (
            int(naissance.group(2)) if naissance.group(2).isdigit() else None
        )
        if mois and (mois, int(naissance.group(1))) > (jour.month, jour.day):
            age -= 1
    return age


def read_experience(propositions: list[Proposition], *, question: str | None) -> int | None:
    """Work experience in months, the longest one told; None when no clause is about work."""
    durees = []
    for proposition in propositions:
        if not proposition.de_moi or _PAS_DU_TRAVAIL.search(proposition.texte):
            continue
        if question != "experience_mois" and not _TRAVAIL.search(proposition.texte):
            continue
        for nombre, unite in _DUREE.findall(proposition.texte):
            valeur = read_nombre(nombre)
            if valeur is not None and not re.search(rf"\bj ai {nombre} ans$", proposition.texte):
                durees.append(valeur * (12 if unite == "ans" else 1))
    return max(durees) if durees else None
