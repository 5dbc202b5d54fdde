"""Words of a message: folded, written in plain words, numbers in digits, raw spelling kept beside."""

from __future__ import annotations

import re

from knowledge.faits.chiffres import read_nombre
from knowledge.faits.corrections import keep_derniers
from knowledge.faits.ecriture import translate_phrases, write_mots
from knowledge.faits.mot import Mot
from knowledge.territoires.normalisation import fold

LONGUEUR_MAX = 5000  # characters read: the cost of a message stays bounded
FIN_DE_PHRASE = ". "
PAUSE = ","
DEPARTEMENT_EN_LETTRES = 75  # from this number on, a number in letters may be a département

_LETTRE_REPETEE = re.compile(
    r"([^\W\d_iIwWxX])\1{2,}|(?<=[^\W\d_iI])([iI])\2{2,}"
)  # « ouiii », never « niveau III »
_DE_SUITE = re.compile(r"\s*d(?:e\b|['’])")
_SIGLE = re.compile(r"\b(?:[A-Za-z]\.){2,}(?:[A-Za-z]\b)?")
_CODE_ENTRE_PARENTHESES = re.compile(
    r"[,(]\s*(\d{2,3}|2[AaBb]|\d{5})\s*(?:\)|(?=,|$|\.))"
)  # « Saint-Denis (93) »
_NEUF_POINT_TROIS = re.compile(r"(?i)\b(du|le) 9 ?[./-] ?([1-5])\b(?! ?\d)")  # « chui du 9.3 »
_CORRIGE = re.compile(r"(?i)(\bpas (?:à |de )?[\w'’-]+(?: [\w'’-]+)?) ?: ?")  # « pas Castres : Mazamet »
# letters without end, which each pattern would go through from every one of them; Chinese has no spaces
_MOT_SANS_FIN = re.compile(r"(\w{200})\w+")
_MOTS = re.compile(
    r"(?P<date>\d{1,2}[/.\-]\d{1,2}[/.\-](?:\d{4}|\d{2})(?!\d))"
    r"|(?P<age>\d{1,3})(?=(?:ans?|piges|balais|mois|anos|years?)\b)"
    r"|(?P<mot>[^\W_]+)"
    r"|(?P<fin>[.!?\n…•]+)"
    r"|(?P<pause>[,;()«»\"–—|]|\s-\s|(?<=\d)\s*/\s*(?=[a-z]))"
    r"|(?P<plus>\+)"
)


def read_mots(texte: str) -> list[Mot]:
    """The words of a text in order; ``FIN_DE_PHRASE`` and ``PAUSE`` stand between them as words of their own."""
    lus: list[Mot] = []
    texte = _MOT_SANS_FIN.sub(r"\1", texte[:LONGUEUR_MAX])
    texte = translate_phrases(texte)
    texte = _LETTRE_REPETEE.sub(lambda m: m.group()[0], texte)
    texte = _SIGLE.sub(lambda m: m.group().replace(".", "") + " ", texte.replace("_", " "))
    texte = _NEUF_POINT_TROIS.sub(r"\1 9\2", texte)
    texte = _CODE_ENTRE_PARENTHESES.sub(r" \1 ", texte)
    texte = _CORRIGE.sub(r"\1, ", texte)
    for trouve in _MOTS.finditer(texte):
        genre, brut = trouve.lastgroup, trouve.group()
        if genre == "fin":
            lus.append(Mot(FIN_DE_PHRASE, FIN_DE_PHRASE, "?" if "?" in brut else brut[0]))
        elif genre == "pause":
            lus.append(Mot(PAUSE, PAUSE, ","))
        elif genre == "plus":
            compare = (lus and lus[-1].lu == "bac") or _DE_SUITE.match(texte, trouve.end())
            lus.append(
                Mot("plus", "plus", "+") if compare else Mot(PAUSE, PAUSE, ",")
            )  # « bac+2 », « RQTH + permis »
        elif genre == "date":
            lus.append(Mot(re.sub(r"[.\-]", "/", brut), brut, brut))
        elif plie := fold(brut):
            suite = texte[trouve.end() : trouve.end() + 2]
            lie = suite[:1] in ("'", "’", "-") and suite[1:].isalpha()
            lus.append(Mot(plie, plie, brut + suite[0] if lie else brut))
    return keep_derniers(_write_nombres(write_mots(lus)))


def _write_nombres(mots: list[Mot]) -> list[Mot]:
    lus = [mot.lu for mot in mots]
    ecrits: list[Mot] = []
    position = 0
    while position < len(mots):
        valeur, taille = read_nombre(lus, position)
        if taille:
            en_lettres = valeur >= DEPARTEMENT_EN_LETTRES
            nom = str(valeur) if en_lettres else mots[position].nom
            ecrits.append(Mot(str(valeur), nom, mots[position].brut))
            ecrits += [
                Mot("", "" if en_lettres else mot.nom, mot.brut)
                for mot in mots[position + 1 : position + taille]
            ]
            position += taille
        else:
            ecrits.append(mots[position])
            position += 1
    return ecrits
