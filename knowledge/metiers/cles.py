"""Comparison keys of words: a light French root that joins genders and numbers, and a sound key."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.territoires.normalisation import fold

LONGUEUR_MAX = 500  # characters read: a trade is named early, and the cost stays bounded

_OUTILS = frozenset(
    [
        "de",
        "d",
        "la",
        "le",
        "les",
        "un",
        "une",
        "l",
        "en",
        "du",
        "des",
        "a",
        "au",
        "aux",
        "et",
        "pour",
        "par",
        "sur",
        "dans",
        "h",
        "f",
        "ou",
    ]
)
_INCLUSIF = re.compile(
    r"(?<=\w)\s?[·•./(\-]\s?(?:e|euse|ère|ere|ière|iere|trice|rice|ne|se|le|ienne|enne|fe)s?\b\)?(?:[·.]s\b)?",
    re.IGNORECASE,
)
_COMPOSES = (("boite de nuit", "boitedenuit"), ("auto ecole", "autoecole"), ("baby sitter", "babysitter"))
_PLURIELS = (("teaux", "teau"), ("eaux", "eau"), ("iaux", "ial"), ("aux", "al"), ("s", ""), ("x", ""))
_FEMININS = (
    ("trice", "teur"),
    ("euse", "eur"),
    ("eure", "eur"),
    ("iere", "ier"),
    ("ere", "er"),
    ("ienne", "ien"),
    ("enne", "en"),
    ("onne", "on"),
    ("ive", "if"),
    ("elle", "el"),
    ("ette", "et"),
    ("esse", ""),
    ("ffe", "f"),
    ("ee", ""),
    ("e", ""),
)
_DERIVES = (
    "isation",
    "isateur",
    "isage",
    "ation",
    "ateur",
    "ement",
    "erie",
    "eur",
    "age",
    "ure",
    "er",
    "ier",
    "iste",
    "ie",
)
_SONS = tuple(
    (re.compile(motif), son)
    for motif, son in (
        (r"sch|sh|ch", "C"),
        (r"ph", "f"),
        (r"gn", "ni"),
        (r"tion", "sion"),
        (r"cc(?=[eiy])", "ks"),
        (r"c(?=[eiy])|ss+", "S"),
        (r"qu|q|ck|c", "k"),
        (r"ge(?=[aou])|g(?=[eiy])", "j"),
        (r"gu(?=[eiy])", "g"),
        (r"h", ""),
        (r"mpt", "mt"),
        (r"x", "ks"),
        (r"([a-zA-Z])\1+", r"\1"),
        (r"eau|au", "o"),
        (r"oeu|eu", "E"),
        (r"ou", "U"),
        (r"oi|oy", "wa"),
        (r"(?:ain|ein|aim|yn|ym|in|im|un)(?![aeiouyEUmn])", "1"),
        (r"(?<=i)en(?![aeiouyEUmn])", "1"),
        (r"(?:an|am|en|em)(?![aeiouyEUmn])", "2"),
        (r"(?:on|om)(?![aeiouyEUmn])", "3"),
        (r"ai|ei|ay|ey|(?:er|ez|et|es)$", "e"),
        (r"ill?(?=[aeiouEU])|y", "i"),
        (r"w", "v"),
        (r"z|S", "s"),
        (r"(.)\1+", r"\1"),
        (r"[estdxp]+$", ""),
    )
)


@dataclass(frozen=True, slots=True)
class Mot:
    """A word of a text: as typed (folded), its root, its sound keys (one or two)."""

    brut: str
    racine: str
    sons: tuple[str, ...]


def stem(mot: str) -> str:
    """The root that the masculine, the feminine and the plural of a folded word share.

    >>> stem("coiffeuses"), stem("maconne"), stem("conductrice"), stem("aides")
    ('coiffeur', 'macon', 'conducteur', 'aid')
    """
    for fins in (_PLURIELS, _FEMININS):
        for fin, reste in fins:
            if mot.endswith(fin) and len(mot) - len(fin) >= 3:
                mot = mot[: len(mot) - len(fin)] + reste
                break
    return mot


def find_famille(racine: str) -> str:
    """What a trade, its verb and its activity share; empty when the word is not built so.

    >>> find_famille("reparer") == find_famille("reparateur") == "repar"
    True
    """
    for fin in _DERIVES:
        if racine.endswith(fin) and len(racine) - len(fin) >= 4:
            return racine[: len(racine) - len(fin)]
    return ""


def join_mots(premier: Mot, second: Mot) -> Mot:
    """Two words written apart, read as one (« électro mécanicien »)."""
    brut = premier.brut + second.brut
    return Mot(brut, stem(brut), (build_son(brut),))


def build_son(mot: str) -> str:
    """A rough French sound key of a folded word.

    >>> build_son("elektrissien") == build_son("electricien")
    True
    """
    for motif, son in _SONS:
        mot = motif.sub(son, mot)
    return mot


def split_mots(texte: str, memoire: dict[tuple[str, str], Mot] | None = None) -> tuple[Mot, ...]:
    """The words of a text that carry meaning, in order; inclusive endings and doubled forms are joined.

    ``memoire`` keeps the words already read: for the files, never for what people type.

    >>> [mot.racine for mot in split_mots("Conducteur/trice d'engins")]
    ['conducteur', 'engin']
    """
    mots: list[Mot] = []
    for brut, entendu in _pair(texte):
        mot = memoire.get((brut, entendu)) if memoire is not None else None
        if mot is None:
            racine = stem(brut)
            mot = Mot(brut, racine, tuple(dict.fromkeys((build_son(entendu), build_son(stem(entendu))))))
            if memoire is not None:
                memoire[brut, entendu] = mot
        if not mots or mots[-1].racine != mot.racine:
            mots.append(mot)
    return tuple(mots)


def split_racines(texte: str) -> tuple[str, ...]:
    """The roots of the words of a text, without their sounds."""
    racines: list[str] = []
    for brut, _ in _pair(texte):
        racine = stem(brut)
        if not racines or racines[-1] != racine:
            racines.append(racine)
    return tuple(racines)


def _pair(texte: str) -> list[tuple[str, str]]:
    """Each word that carries meaning, as written without accents and as heard.

    Folding loses the sound of « ç »: it is kept on the side, so that « masson » meets « maçon ».
    """
    texte = _INCLUSIF.sub("", texte[:LONGUEUR_MAX].lower())
    plies, entendus = _split(texte), _split(texte.replace("ç", "ss"))
    return [
        (brut, entendu)
        for brut, entendu in zip(plies, entendus, strict=True)
        if len(brut) > 1 and brut not in _OUTILS
    ]


def _split(texte: str) -> list[str]:
    plie = fold(texte)
    for ecrit, colle in _COMPOSES:
        plie = plie.replace(ecrit, colle)
    return plie.split()


def build_cle(texte: str) -> str:
    """The comparison key of a name: the roots of its words, in order.

    >>> build_cle("Les boulangères") == build_cle("boulanger")
    True
    """
    return " ".join(split_racines(texte))
