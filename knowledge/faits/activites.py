"""The work that a verb and its object tell: « j'ai coupé la canne vingt ans », « je travaille à trier des vêtements »."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from knowledge.faits.donnees import load_donnees
from knowledge.faits.ecriture import join_bruts
from knowledge.faits.propositions import Proposition

OBJET_MAX = 3  # words kept of what the work bears on: « personnes âgées dépendantes »
_ARTICLE = r"(?:des|les|de la|de l|du|la|le|l|d)"


@dataclass(frozen=True, slots=True)
class _Motifs:
    nommees: re.Pattern[str]
    noms: Mapping[str, str]
    objet: re.Pattern[str]
    infinitif: re.Pattern[str]
    pas_un_travail: re.Pattern[str]
    fins: frozenset[str]


@lru_cache(maxsize=1)
def _load() -> _Motifs:
    donnees = load_donnees("experience")
    fait, faisait = ("|".join(donnees[cle]) for cle in ("activites_passees", "activites_habituelles"))
    verbes = rf"(?:{donnees['verbes_de_travail']})"
    return _Motifs(
        nommees=re.compile(
            rf"(?:\b(?:ai (?:\w+ )?|je (?!garde\b))(?P<fait>{fait})|\b(?P<faisait>{faisait})){donnees['objet_d_activite']}"
        ),
        noms=donnees["activites_passees"] | donnees["activites_habituelles"],
        objet=re.compile(
            rf"\b(?:ai|avons|a|et) (?:(?!pas\b|jamais\b)\w+ )?{verbes}(?: et \w+)? {_ARTICLE} (?P<objet>\w{{3,}}.*)$"
        ),
        infinitif=re.compile(
            rf"\b(?:travaill|boss)(?!er\b)\w*(?: \w+){{0,6}}? a (?P<objet>[a-z]{{2,}}(?:er|ir|dre|tre) {_ARTICLE} \w{{3,}}.*)$"  # noqa: E501
        ),
        pas_un_travail=re.compile(donnees["objet_sans_travail"]),
        fins=frozenset(map(str, donnees["fin_de_domaine"])),
    )


def find_activite(proposition: Proposition, *, passee: bool) -> str | None:
    """The work a clause tells by a verb; None when it tells none.

    Args:
        proposition: the clause.
        passee: whether the clause says for how long, without which « j'ai coupé la haie » is no work.
    """
    motifs, texte = _load(), proposition.texte
    if infinitif := motifs.infinitif.search(texte):
        return _keep(proposition, infinitif.start("objet"), OBJET_MAX + 1, motifs)
    nommee = motifs.nommees.search(texte)
    if nommee is not None and (passee or nommee.group("faisait")):
        return motifs.noms[nommee.group("fait") or nommee.group("faisait")]
    objet = motifs.objet.search(texte) if passee else None
    if objet is None or motifs.pas_un_travail.match(objet.group("objet")):
        return None
    return _keep(proposition, objet.start("objet"), OBJET_MAX, motifs)


def _keep(proposition: Proposition, debut: int, taille: int, motifs: _Motifs) -> str | None:
    """The words of a clause from a character on, as typed, up to what ends them."""
    mots = [mot for mot in proposition.mots if mot.lu][len(proposition.texte[:debut].split()) :]
    gardes = mots[:2] if taille > OBJET_MAX else []  # « trier les »: an article stays inside
    for mot in mots[len(gardes) : taille]:
        if mot.lu in motifs.fins or mot.lu.isdigit():
            break
        gardes.append(mot)
    return join_bruts(gardes) or None
