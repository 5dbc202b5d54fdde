"""What a clause leaves unsaid because the message, or the clause before, named it: « mal au dos, mais rien de reconnu »."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from knowledge.faits.donnees import load_donnees
from knowledge.faits.propositions import SUR_MOI, Proposition

_JE = re.compile(r"\b(?:je|j|me|m|moi)\b")
# « réfugié, j'ai droit à quoi ? »: what one is, at the head of one's own question
_STATUT = re.compile(
    r"(?:(?:bonjour|bonsoir|salut|en tant que|etant|comme|moi|jeune|\d+ ans) )*"
    r"(?:refugie|demandeu(?:r|se) d asile|beneficiaire de la protection|travailleur handicape"
    r"|allocataire du rsa)\b(?: \w+){0,2}"
)
# « j'ai demandé le RSA, refusé », « caissière depuis 12 ans, à temps partiel », « plus de salaire, plus de chômage, rien »
_SUITE = re.compile(
    r"(?:mais |et |deja )?(?:refusee?|rejetee?|coupe|supprime|retire)(?: (?:en|il|depuis|le mois|la|a) .*)?"
    r"|(?:a|en) (?:temps partiel|mi temps|temps plein|cdi|cdd|(?:parcours d )?insertion)"
    r"|(?:donc |alors |du coup |et |puis |depuis |maintenant |apres |depuis \w+ ){0,4}(?:je n ai |j ai |je touche )?"
    r"(?:plus |ni )?rien(?: du tout)?"
)
# « plus de droits, plus de salaire »
_PLUS_DE_SALAIRE = re.compile(
    r"(?:plus|pas|aucune?|ni|sans)(?: (?:de|d|un|le))* (?:salaire|droits?|chomage|revenus?|allocations?|aides?|rsa)"
)
_PARLE_PEU = re.compile(
    r"(?:(?:et|mais|moi|la|pour|l|le|instant|moment|encore) )*je (?:le )?parle (?:(?:encore|tres|trop|un|tout|petit) )*"
    r"(?:peu|pas(?: encore| tres| trop)* (?:beaucoup|bien))$"
)
# « le français, je me débrouille », « je comprends quand on parle doucement »: what one can do in the language just named
_EN_LANGUE = re.compile(
    r"^(?!.*\b(?:anglais|espagnol|arabe|allemand|italien|russe|portugais|turc|franca\w+|ordinateur\w*|informatique)\b)"
    r"(?:.*\b(?:me debrouille(?: \w+){0,3}|(?:peux|sais|arrive a) "
    r"(?:discuter|communiquer)(?: (?!d\b|de\b|du\b|des\b)\w+){0,5}"
    r"|(?:c est|etait) (?:(?:la|ma|notre) )?langue (?:de l ecole|d enseignement|des? (?:mes )?etudes"
    r"|de (?:ma )?scolarite)(?: \w+){0,3}"
    r"|(?:tenir|suivre|avoir) une (?:petite )?conversation(?: \w+){0,4})"
    r"|(?:\w+ ){0,2}(?:on|vous|les gens) (?:me )?parlez? (?:tres |plus )?(?:lentement|doucement|pas (?:trop )?vite)"
    r"|(?:(?:mais|et|je|ne|moi) )*(?:parle (?:(?:assez|plutot|tres) )?bien|"
    r"comprends? (?:rien(?: du tout)?|(?:presque |quasi )?(?:tout|bien))))$"
)
# « le français ? aujourd'hui je suis B2 »
_CECRL_SEUL = re.compile(
    r"^(?!.*\b(?:franca\w+|permis|anglais|espagnol|arabe|allemand|italien|russe|batiment|visa)\b).*\b[abc][12]\b"
)
_DU_FRANCAIS = re.compile(
    r"\b(?:francais|asile|refugie|ofpra|cnda|ofii|delf|dalf|tcf|cecrl)\b|\b[abc][12]\b.*\b[abc][12]\b"
)
# « le CAP, il me manque l'anglais »: the diploma is in the clause before
_MANQUE = re.compile(
    r"(?:(?:et|mais|il|n|me|m|ne|y) )*(?:manque|reste) (?!pas\b)"
    r"|(?:(?:et|mais|j|ai|eu|que|juste|seulement|valide) )*(?:la pratique|la theorie|l ecrit|l oral|le general)\b"
)
_EN_LISTE = re.compile(r"(?:et )?(?:le |mon |un )?permis(?: b| de conduire)?")
# « les permis A, B et C »
_LETTRES = re.compile(r"(?:et )?b(?: (?:et )?(?:c|ce|d|e|be))*")
# « j'ai arrêté la fac et le permis », « je veux le bac et le permis »
_PAS_EU = re.compile(
    r"\b(?:arrete|rate|abandonne|lache|perdu|veux|voudrais|aimerais|passer|preparer?|cherche|faut|finir)\b"
)
# « ils demandent le permis | mais je l'ai pas »
_NOMME = re.compile(r"\b(?:permis|rqth|rsa)$")
_MAIS = re.compile(
    r"^(?:(?:mais|et|or|alors|moi|la|cette fois|pour (?:l instant|le moment)|actuellement|aujourd hui|en ce moment) )+"
)
_REPRIS = re.compile(
    rf"(?:{_MAIS.pattern})?(?:je (?:n |ne )?(?:l ai|l[ea] (?:touche|percois|recois))|j (?:n )?en ai)"
    r"(?: (?:pas|plus|jamais|deja|bien|depuis|toujours|eu|obtenu|enfin)\b|$)"
)
_NE = re.compile(r"\b(je|j) (?:ne|n) ")
# « je suis suivi à la mission locale et à France Travail »
_SUIVI = re.compile(r"(?<!pas )(?<!plus )(?<!jamais )\b(?:suivi|inscrit|accompagne)\b")
_ET_AUSSI = re.compile(r"et (?:aussi )?(?P<ou>(?:a|par|chez|au) (?:la )?(?:france travail|mission locale))")


@dataclass(frozen=True, slots=True, kw_only=True)
class _SousEntendu:
    message: re.Pattern[str]
    proposition: re.Pattern[str]
    sauf: re.Pattern[str]
    ajout: str


@lru_cache(maxsize=1)
def _load() -> tuple[_SousEntendu, ...]:
    return tuple(
        _SousEntendu(
            ajout=entree["ajout"],
            **{cle: re.compile(entree[cle]) for cle in ("message", "proposition", "sauf")},
        )
        for entree in load_donnees("sous_entendus")["sous_entendus"]
    )


def complete_sous_entendus(propositions: tuple[Proposition, ...]) -> tuple[Proposition, ...]:
    """The clauses with what the message, then the clause before, lets one guess, in the same order; others unchanged."""
    propositions = _complete_du_message(propositions)
    tout = " ".join(proposition.texte for proposition in propositions)
    francais, langue = bool(_DU_FRANCAIS.search(tout)), "francais" in tout
    completes: list[Proposition] = []
    precedent = ""
    for proposition in propositions:
        completes.append(
            _complete_d_avant(proposition, precedent=precedent, francais=francais, langue=langue)
        )
        if proposition.texte != "et" and (proposition.moi or not _NOMME.search(precedent)):
            precedent = proposition.texte  # what somebody else does in between changes no topic
    return tuple(completes)


def _complete_du_message(propositions: tuple[Proposition, ...]) -> tuple[Proposition, ...]:
    tout = " ".join(p.texte for p in propositions if p.moi or SUR_MOI.search(p.texte))
    utiles = [sous for sous in _load() if sous.message.search(tout) and sous.proposition.search(tout)]
    demande = any(p.interroge for p in propositions) and bool(_JE.search(tout))
    if not utiles and not demande:
        return propositions
    return tuple(_complete(p, utiles, demande=demande) for p in propositions)


def _complete(proposition: Proposition, utiles: list[_SousEntendu], *, demande: bool) -> Proposition:
    texte = proposition.texte
    if demande and proposition.interroge and proposition.moi and _STATUT.fullmatch(texte):
        return replace(proposition, texte=f"je suis {texte}")
    for sous in utiles:
        if sous.proposition.search(texte) and not sous.sauf.search(texte):
            return replace(proposition, texte=f"{texte} {sous.ajout}")
    return proposition


def _complete_d_avant(
    proposition: Proposition, *, precedent: str, francais: bool, langue: bool
) -> Proposition:
    """The clause with the words of the one before that it goes on with.

    « j'ai le bac, le permis et 2 ans de vente »: in a list, the verb said once counts for all; « suivi par la mission
    locale et à France Travail », « le permis, je l'ai », « le RSA, refusé », « le CAP, il me manque l'anglais ». « je parle
    très peu » and « B1 » speak of French in a message that names it, or tells of exile.
    """
    if (francais and _PARLE_PEU.match(proposition.texte)) or (
        langue and _EN_LANGUE.search(proposition.texte)
    ):
        return replace(proposition, texte=f"{proposition.texte} francais")
    if francais and _CECRL_SEUL.search(proposition.texte):
        return replace(proposition, texte=f"{proposition.texte} francais")
    lie = precedent if proposition.avant else ""
    suivi = _SUIVI.search(proposition.avant)
    if suivi and proposition.moi and (aussi := _ET_AUSSI.fullmatch(proposition.texte)):
        return replace(proposition, texte=f"suis {suivi.group()} {aussi.group('ou')}")
    if _LETTRES.fullmatch(proposition.texte) and proposition.moi and "ai les permis" in proposition.avant:
        return replace(proposition, texte="j ai le permis b")
    nomme = _NOMME.search(precedent)  # « après ce sera le RSA. Pour l'instant je ne le touche pas »
    if nomme and proposition.moi and _REPRIS.match(proposition.texte):
        repris = _NE.sub(r"\1 ", _MAIS.sub("", proposition.texte))
        return replace(proposition, texte=f"{nomme.group()} {repris}")
    liste = _EN_LISTE.fullmatch(proposition.texte) and proposition.avant and proposition.moi
    if liste:
        perdu = _PAS_EU.search(proposition.avant)
        return replace(proposition, texte="" if perdu else f"j ai {proposition.texte}")
    if proposition.moi and (
        _SUITE.fullmatch(proposition.texte)
        or (_PLUS_DE_SALAIRE.fullmatch(proposition.texte) and _PLUS_DE_SALAIRE.fullmatch(lie))
    ):
        return replace(proposition, texte=f"{lie} {proposition.texte}".strip())
    if proposition.moi and _MANQUE.match(proposition.texte):
        return replace(proposition, texte=f"{proposition.avant} {proposition.texte}".strip())
    return proposition
