"""How a French message sounds: « sa fai 4 an ke jatten » and « ça fait 4 ans que j'attends » become nearly the same text.

Not a phonetic transcription: a spelling where letters that sound alike are the same letter, and where what is not heard is
gone. Messages of other languages go through the same rules, always in the same manner.
"""

from __future__ import annotations

import re

_SUIT_UNE_VOYELLE = "(?![aeiouyéèêmnâî])"  # « an » sounds otherwise in « animal »

# In this order: each rule reads what the former ones wrote. Capitals are sounds already written; 1, 2 and 3 the nasals.
# Endings are cut at three letters: without a bound, a message of such letters alone would cost the square of its length.
_REGLES = tuple(
    (re.compile(motif), ecrit)
    for motif, ecrit in (
        (r"[’']", ""),  # « j'ai » is typed « jai »
        (r"[^\w ]+", " "),
        (r"\bqq(?=s|u|$)", "kelk"),
        (r"œu|oeu|eu", "e"),
        (r"eaux?|aux?\b|au|ô", "o"),
        (r"qu|q", "k"),
        (r"ch", "X"),
        (r"ph", "f"),
        (r"c(?=[eéèêiîy])|ç", "s"),
        (r"c", "k"),
        (r"gu(?=[eéèêi])", "G"),
        (r"ge(?=[ao])|g(?=[eéèêiy])", "j"),
        (r"G", "g"),
        (r"h", ""),
        (rf"(?:ain|ein|aim|in|im|un|yn){_SUIT_UNE_VOYELLE}", "1"),
        (rf"(?:an|am|en|em){_SUIT_UNE_VOYELLE}", "2"),
        (rf"(?:on|om){_SUIT_UNE_VOYELLE}", "3"),
        (r"oî|oi|oua|wa", "W"),
        (r"ou|où|oû", "u"),
        (r"w", "u"),
        (r"aî|ai|ei|ay|ey|é|è|ê|ë", "E"),
        (r"(?:er|ez|et|est|es)\b", "E"),
        (r"(?<=[aeiouEWu])s(?=[aeiouEW123y])", "z"),
        (r"y|î|ï", "i"),
        (r"[àâ]", "a"),
        (r"[ùû]", "u"),
        (r"(.)\1+", r"\1"),
        (r"E[es]?[stdxz]{0,3}\b", "E"),
        (r"(?<=\w\w)(?:e?[stdxzp]{1,3}|e|2t|ent)\b", ""),
        (r"(?<=\w\w)[stdxzp]\b", ""),
    )
)


def write_sons(texte: str) -> str:
    """The text as it is heard, words apart; accents and silent letters gone, lower case."""
    texte = texte.lower()
    for motif, ecrit in _REGLES:
        texte = motif.sub(ecrit, texte)
    return texte.lower()
