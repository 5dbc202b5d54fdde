"""The field of work given as an answer, when it was asked for."""

from __future__ import annotations

import re
from itertools import pairwise

from knowledge.faits.corrections import find_reprise, find_reprise_dedans
from knowledge.faits.domaine import ADVERBES, MOTS_MAX, find_connu, find_metier_en_tete
from knowledge.faits.ecriture import join_bruts
from knowledge.faits.metiers_connus import Metiers
from knowledge.faits.mot import Mot
from knowledge.faits.propositions import Proposition

_REPONSE = re.compile(
    r"^(?:(?:bah|ben|euh|bon|alors|principalement|essentiellement|majoritairement|(?:plus )?precisement|a savoir|mais|dans|le|la|l|les|en|comme|un|une|du|de|j|ai|je|travaille|oui|c|etait|etais|fait|ete|suis|plutot|domaine|secteur|surtout|ben|beaucoup|des|petite?s?|missions?|contrats?|interim|travail|quelques|plusieurs|toute|ma|vie|a|au|aux) )+"  # noqa: E501
)
_SANS_REPONSE = re.compile(
    r"\b(?:(?:de|un peu) tout|partout|bof|sais|non|oui|aucun|rien|jamais|pas|passer|quoi|jsp)\b|^\d"
)
_FIN = re.compile(
    r"(?: (?:quoi|voila|hein|donc|en fait|en gros|principalement|essentiellement|par exemple))+$"
)
# « un peu partout mais surtout le ménage »: the part that counts most
_SURTOUT = re.compile(
    r"(?:(?:et|mais|avec|apres) )*(?:surtout|principalement|essentiellement|majoritairement|notamment"
    r"|(?:plus )?precisement|a savoir|c est a dire)\b"
)
CLAUSES_MAX = 3  # clauses looked at for the part that counts most


def read_domaine_demande(propositions: tuple[Proposition, ...], metiers: Metiers) -> str | None:
    """The field given as an answer; « vente, non pardon, restauration » gives the last one."""
    for avant, dite in reversed(tuple(pairwise(propositions))):
        nom = find_reprise(avant.texte, dite.texte)
        if nom is None:
            continue
        domaine = find_metier_en_tete(dite, metiers) or _read_nu(_keep_fin(dite, nom), nom, metiers)
        if domaine:
            return domaine
    if not propositions:
        return None
    surtout = next((p for p in propositions[:CLAUSES_MAX] if p.moi and _SURTOUT.match(p.texte)), None)
    dite = surtout or propositions[0]
    if nom := find_reprise_dedans(dite.texte):
        return _read_nu(_keep_fin(dite, nom), nom, metiers)
    return _read_nu([mot for mot in dite.mots if mot.lu], dite.texte, metiers)


def _keep_fin(proposition: Proposition, nom: str) -> list[Mot]:
    """The last words of a clause, as many as ``nom`` has."""
    return [mot for mot in proposition.mots if mot.lu][-len(nom.split()) :]


def _read_nu(mots: list[Mot], texte: str, metiers: Metiers) -> str | None:
    """The field given as a bare answer, in the words typed; None when the answer names none."""
    sans_fin = _FIN.sub("", texte)
    mots = mots[: len(sans_fin.split())]
    lu = _REPONSE.sub("", sans_fin)
    if not lu or _SANS_REPONSE.search(lu):
        return None
    gardes = mots[-len(lu.split()) :]
    if len(gardes) > MOTS_MAX:  # « du ménage et de la garde d'enfants »: only what is known
        return find_connu(gardes, metiers)
    while gardes and gardes[-1].lu in ADVERBES:
        gardes.pop()
    return join_bruts(gardes) or None
