"""Homes said otherwise than by « j'habite à »: lodged by others, « j'y habite », where work is looked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from knowledge.faits.lieu_nomme import (
    QUITTE,
    SCORE_D_UN_NOM,
    find_departement_nomme,
    find_lieu_nomme,
    is_ville_sure,
    load_listes,
    write_environs,
)
from knowledge.territoires import LieuxReperes
from knowledge.territoires.normalisation import fold

if TYPE_CHECKING:
    from knowledge.faits.propositions import Proposition
    from knowledge.territoires import Territoires

# « ma sœur m'héberge à Lorient », « ils m'ont mis sous bracelet chez ma tante à Albi »
_ME_LOGE = re.compile(
    r"\b(?:me|m|nous) (?:(?:a|ont|avait) (?:\w+ )?)?(?:heberg|log|accueill|recueill|depann|mis|plac|relog)\w*\b"
    r".* (?:a|au|aux|sur|en|dans) "
)
# « j'ai tout quitté pour suivre | mon compagnon à Bastia »
_POUR_SUIVRE = re.compile(r"\b(?:ai|suis)\b.* pour (?:suivre|rejoindre)$|\bai (?:suivi|rejoint)$")
_J_Y_HABITE = re.compile(
    r"\b(?:j|on|nous) y (?:h?abite|habitons|vit|vivons|vis|reside|loge|demeure|suis (?:encore|toujours))\b(?! (?:pas|plus))"
)
_L_AI_SUIVI = re.compile(r"\b(?:l ai|ai du le|ai du la) (?:suivi|suivre|rejoint|rejoindre)\b")
_MUTE = re.compile(r"\b(?:mut|affect|nomm|parti|embauch)\w*\b")
# « je n'habite plus Nevers | mais Cosne », « j'habite plus à Dreux | maintenant c'est Vendôme »
_DESORMAIS = re.compile(
    r"^(?:(?:mais|et|la|maintenant|desormais|aujourd hui|c est|je suis|j habite|je vis|plutot) )+"
    r"(?:(?:a|au|aux|sur) )?(?P<lieu>[a-z]{3,}(?: [a-z]+){0,4})$"
)
_PLUS_LA = re.compile(
    r"^(?:(?:et|mais|non|bonjour) )*(?:plus|c etait|avant) (?:(?:c etait|j etais) )?(?:(?:a|au|aux|sur) )?[a-z]{3}"
)
_VERS = re.compile(r"\bvers (?=[a-z]{4,}(?: [a-z]+){0,4}$)")
_SUJET = re.compile(r"\b(?:je|j)\b")
_A_LA_FIN = re.compile(r"\b(?:a|au|aux|sur) (?P<lieu>[a-z]{5,}(?: [a-z]+){0,4})$")
_CE_LIEU = re.compile(r"\bcherche (?P<mot>\w+)")  # « je cherche Bobigny sur la carte »
_PRES = re.compile(r"\b(?:pres|proche|vers|loin|cote|cotes|alentours|autour|environs|minutes|km|entre)\b")
_DANS = re.compile(r"(?:dans (?:le|la|les|l)|en) ")
_EN = re.compile(r"\b(?:in|em|en)(?= [a-z]+(?: [a-z]+){0,3}$)")


def is_loge_par_autrui(proposition: Proposition) -> bool:
    """Whether someone else is the subject, and the place the person's all the same."""
    texte = proposition.texte
    return not proposition.moi and bool(_ME_LOGE.search(texte) or _POUR_SUIVRE.search(proposition.avant))


def find_lieu_repris(propositions: Sequence[Proposition], territoires: Territoires) -> LieuxReperes | None:
    """« né à Bastia, j'y habite encore », « mon mari a été muté à Brive, je l'ai suivi »: the place named just before."""
    for position, proposition in enumerate(propositions):
        if position and (lieux := _find_desormais(propositions[position - 1], proposition, territoires)):
            return lieux
        y_habite = proposition.moi and _J_Y_HABITE.search(proposition.texte)
        if not y_habite and not (proposition.moi and _L_AI_SUIVI.search(proposition.texte)):
            continue
        for avant in reversed(propositions[max(0, position - 2) : position]):
            lieux = find_lieu_nomme(avant, territoires)
            if (y_habite or _MUTE.search(avant.texte)) and lieux.communes and not lieux.autres:
                return lieux
    return None


def _find_desormais(
    avant: Proposition, proposition: Proposition, territoires: Territoires
) -> LieuxReperes | None:
    """The place that replaces the one just left: « je n'habite plus Nevers », then « mais Cosne »."""
    quittee = load_listes().residence_niee.search(avant.texte) or _PLUS_LA.match(avant.nom)
    if not avant.moi or not quittee:
        return None
    desormais = _DESORMAIS.match(proposition.nom)
    if desormais is None:
        return None
    lieux = territoires.reperer_lieux(desormais.group("lieu"), tout_le_texte_est_un_lieu=True)
    return lieux if lieux.communes and lieux.communes[0].score >= SCORE_D_UN_NOM else None


def find_departement_proche(
    propositions: Sequence[Proposition], territoires: Territoires
) -> LieuxReperes | None:
    """« j'habite vers Saint-Flour dans le Cantal »: near a town, the département is all that is sure."""
    listes = load_listes()
    for p, suite in zip_longest(propositions, propositions[1:]):
        if not p.moi or p.douteuse or listes.residence_niee.search(p.texte):
            continue
        habite = listes.residence.search(p.nom)
        if habite is None or not _PRES.search(p.nom, habite.end()) or QUITTE.search(p.nom):
            continue
        nom = f"{p.nom} {suite.nom}" if suite and _DANS.match(suite.nom) else p.nom
        if departement := find_departement_nomme(nom, territoires, pres=True):
            return departement
    return None


def find_lieu_cherche(propositions: Sequence[Proposition], territoires: Territoires) -> LieuxReperes | None:
    """The only place where work is looked for; None when the person lives or would go elsewhere."""
    listes = load_listes()
    miennes = [p for p in propositions if p.moi]
    if any(listes.habite_ailleurs.search(p.nom) for p in miennes):
        return None
    trouves = [
        lieux
        for p in miennes
        if listes.cherche.search(p.texte)
        and not listes.cherche_autre_chose.search(p.texte)
        and not p.douteuse
        and (not p.interroge or _SUJET.search(p.texte))
        and (lieux := _find_au_bout(p.nom, territoires)) is not None
    ]
    distincts = {lieux.communes[0].commune.code_insee for lieux in trouves if lieux.communes}
    return trouves[-1] if trouves and len(distincts) < 2 else None


def _find_au_bout(nom: str, territoires: Territoires) -> LieuxReperes | None:
    """The place a clause of search names, misspelled at its end perhaps; None when there are several."""
    nom = _VERS.sub("a ", _EN.sub("a", write_environs(nom)))
    lieux = find_departement_nomme(nom, territoires) or territoires.reperer_lieux(nom)
    if not lieux.communes and not lieux.departement and (fin := _A_LA_FIN.search(nom)):
        lieux = territoires.reperer_lieux(fin.group("lieu"), tout_le_texte_est_un_lieu=True)
        return lieux if is_ville_sure(lieux) else None
    if not (lieux.communes or lieux.departement) or lieux.relation == "proximite" or lieux.autres:
        return None
    mot = _CE_LIEU.search(nom)
    return (
        None
        if mot and lieux.communes and mot.group("mot") in fold(lieux.communes[0].commune.nom).split()
        else lieux
    )
