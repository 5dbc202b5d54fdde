"""What was true and no longer is: « j'avais le RSA, plus maintenant », « je croyais être en QPV, mais non »."""

from __future__ import annotations

import itertools
import re

from knowledge.faits.chiffres import MOIS
from knowledge.faits.propositions import SUR_MOI, Proposition
from knowledge.model import Valeur

# What the clause before names; a licence taken back says nothing (see README), a MLDS once left was still a MLDS.
_NOMS = {
    "rsa": re.compile(r"\brsa\b"),
    "inscrit_france_travail": re.compile(r"\bfrance travail\b"),
    "suivi_mission_locale": re.compile(r"\bmission locale\b"),
    "handicap_rqth": re.compile(r"\brqth\b|\b(?:travailleur|reconnu\w*|reconnaissance)\b(?: \w+){0,4} handicap"),
    "reside_qpv": re.compile(r"\bqpv\b|\bquartiers?(?: \w+)? (?:prioritaire|politique)"),
    "salarie_iae": re.compile(r"\b(?:chantier|entreprise|structure|association|interim|contrat) d insertion\b|\bcddi\b"),
}  # fmt: skip
_EN_TETE = (
    r"^(?:(?:et|mais|puis|sauf|donc|or|la|maintenant|aujourd|hui|ensuite|finalement|desormais|depuis|en|fait"
    r"|vrai|verite|realite) )*"
)
_QUAND = (
    r"(?: (?:depuis|maintenant|aujourd hui|actuellement|il y a|y a|du tout|a present|cette ans|l ans dernier"
    rf"|en (?:(?:19|20)\d\d|{'|'.join(MOIS)})|pour (?:le moment|l instant)|car|parce)\b.*)?$"
)
_FINI = re.compile(
    rf"{_EN_TETE}(?:(?:c|ca|ce|ce n|elle|il|elle n|il n|elle s|il s|ca s|s) (?:est|a ete|etait) (?:tout )?"
    r"(?:finie?|terminee?|arretee?|refusee?|retiree?|perimee?|expiree?|plus (?:le cas|valable|valide|bon))"
    r"|plus la$|plus(?= (?:maintenant|depuis|du tout|aujourd|actuellement|desormais|a present|trop|cette))|plus du tout|non"
    r"|(?:je |j )?(?:n |ne )?(?:l |le |la |y |en )(?:ai|suis|touche|percois|vais|beneficie|habite) plus"
    r"(?: (?:suivi|inscrit|accompagne|indemnise|reconnu|salarie|embauche))?"
    r"|(?:elle|il|ils|ca|on|y) (?:ne |n )?(?:me |m |y |en |l )?(?:suit|suivent|accompagnent?|verse|est|a|existe) plus"
    r"|(?:on|ils|elle|il|la caf|le departement|la mairie|la prefecture) (?:me l|me les|me la|m|l|nous l) (?:a|ont) "
    r"(?:\w+ )?(?:refuse|rejete|retire|coupe|supprime|enleve|sucre|desinscrit|radie|raye|dit (?:que )?non)e?"
    r"|(?:refuse|rejete|radie|coupe|supprime|desinscrit)e?"
    r"|j ai (?:tout )?(?:arrete|refuse|abandonne|laisse tomber|renonce)(?: d y aller)?"
    r"|j ai (?:pas|jamais) (?:voulu|demande|donne suite|continue|fait la demande)"
    r"|(?:que )?(?:je |j )(?:ne |n )?(?:l )?ai (?:pas|toujours pas|pas encore|jamais) (?:encore |toujours )?faite?"
    r"|(?:(?:ce|ca|c|n|est|la|reste) )*(?:toujours pas|pas encore|pas|a) (?:faite?|faire)"
    r"|(?:mon|l|cette) inscription (?:a|s est|est|n est) (?:\w+ )?"
    r"(?:saute|annulee?|supprimee?|tombee?|resiliee?|expiree?|cloturee?|perimee?|finie?|terminee?).*"
    r"|(?:je |j )(?:ne |n )?l ai (?:pas encore|toujours pas|pas|jamais|plus) "
    r"(?:refait|renouvele|redemande|demande|fait|eu|obtenu)\w*"
    r"|(?:pas|jamais|plus) (?:ete )?(?:renouvelee?|redemandee?|refaite?)"
    r"|(?:(?:c|ce|il|elle|n|est|a|ete) )*(?:toujours pas|pas encore|encore pas)(?: ete)? "
    r"(?:accepte|valide|accorde|ouvert|traite|passe)e?"
    rf"|pas (?:dedans|dans le perimetre)){_QUAND}"
)
_DIT_QUE_NON = re.compile(
    r"\b(?:dit|disent|confirme\w*|repond\w*|verifie) que (?:non|pas|c etait pas)\b(?! (?:pour|besoin)\b)"
)
_CONTRAT_FINI = re.compile(r"\b(?:mon|le) (?:contrat|cddi|cdd)\b(?: \w+){0,3} (?:termine|fini|arrete)\b")
_SUBORDONNE = re.compile(r"\b(?:que|qu|depuis|quand|parce)$")  # « au RSA depuis que | j'ai arrêté »
_TEMPS = re.compile(
    r"ce que?|chose que?|(?:et |mais )?(?:avant|maintenant|(?:depuis|en(?! fait)|apres) \w+(?: \w+)?)"
)
# « j'étais suivie par la mission locale jusqu'à mes 26 ans »
_JUSQU = re.compile(
    r"\b(?:etais|etait|ete|avais|avait|eu|touchais|allais|suivait|accompagnait|percevais)\b.* jusqu (?:a|au|en|aux)\b"
    r"(?! (?:present|maintenant|aujourd|ce jour|fin|la fin))"
    r"|\bm a (?:suivi|accompagne|aide)e?\b.* jusqu (?:a mes|a l|en)\b"
    r"|\bjusqu (?:a|en) (?:l (?:ans?|annee|ete|automne|hiver) (?:dernier|derniere|passee?)|hier|il y a|y a)\b"
)
_REVENU = re.compile(r"\b(?:revenue?|retournee?|reinscrite?|repris|de nouveau|a nouveau)\b")
# « on m'a proposé un CER, j'ai refusé »
_CONTRAT = re.compile(r"\b(?:cer|ppae|contrats? d engagements?(?! jeunes?)(?: reciproques?)?)\b")
_REFUSE = re.compile(
    rf"{_EN_TETE}(?:(?:je|j|n|ne|on|l|les|le|ai|a) )*(?:(?:tout|toujours|poliment|tous|les 2) )*"
    r"(?:refuse|dit non|decline|(?:pas|jamais|toujours pas|pas encore|rien) (?:voulu|signe|souhaite|accepte))"
    r"(?: (?:les 2|tout|de (?:le |les )?signer|signer|le|les|tous|merci|aux 2))*$"
)
# « je n'y suis plus, à la mission locale »
_RAPPEL_MOTS = 4
_PRONOM = re.compile(r"\b(?:y|l|la|le|les|en)\b")  # « plus maintenant » recalls nothing
_JE = re.compile(r"(?:j|je) ")  # « non, j'ai le RSA » tells something, and recalls nothing
_MENTION_MOTS = 14  # a longer clause tells something else as well


def read_fini(propositions: tuple[Proposition, ...]) -> dict[str, Valeur]:
    """False for what a clause names and the next one ends, « aucun » for a contract refused; the last word wins."""
    faits: dict[str, Valeur] = dict(_read_jusqu(propositions))
    dites = [p for p in propositions if not _TEMPS.fullmatch(p.texte)]
    for nommee, suite in itertools.pairwise(dites):
        if (
            suite.phrase - nommee.phrase > 1
            or suite.interroge
            or nommee.douteuse
            or _SUBORDONNE.search(nommee.texte)
        ):
            continue
        if _REFUSE.search(suite.texte) and _CONTRAT.search(f"{nommee.avant} {nommee.texte}"):
            faits["contrat_accompagnement"] = "aucun"
        court = len(suite.texte.split()) <= _RAPPEL_MOTS and not _JE.match(suite.texte)
        if court and _FINI.search(nommee.texte) and _PRONOM.search(nommee.texte):
            faits |= {cle: False for cle, nom in _NOMS.items() if _is_rappel(suite, nom)}
        elif _FINI.search(suite.texte) or _DIT_QUE_NON.search(suite.texte):
            faits |= {cle: False for cle, nom in _NOMS.items() if _is_de_moi(nommee, nom)}
        elif _CONTRAT_FINI.search(suite.texte) and _is_de_moi(nommee, _NOMS["salarie_iae"]):
            faits["salarie_iae"] = False
    return faits


def _is_de_moi(nommee: Proposition, nom: re.Pattern[str]) -> bool:
    """Whether a clause names it for the person: said of oneself, or of it as the subject (« la mission locale m'aidait »)."""
    trouve = nom.search(nommee.texte)
    if trouve is None or len(nommee.texte.split()) > _MENTION_MOTS:
        return False
    return nommee.moi or trouve.start() <= len("la ") or bool(SUR_MOI.search(nommee.texte))


def _read_jusqu(propositions: tuple[Proposition, ...]) -> dict[str, bool]:
    """False for what lasted until some day, unless it is named again after."""
    faits: dict[str, bool] = {}
    for rang, proposition in enumerate(propositions):
        if proposition.douteuse or proposition.interroge or not _JUSQU.search(proposition.texte):
            continue
        if any(_REVENU.search(p.texte) for p in propositions[rang + 1 :]):
            continue
        suite = " ".join(p.texte for p in propositions[rang + 1 :])
        faits |= {
            cle: False for cle, nom in _NOMS.items() if _is_de_moi(proposition, nom) and not nom.search(suite)
        }
    return faits


def _is_rappel(suite: Proposition, nom: re.Pattern[str]) -> bool:
    """Whether a clause is nothing but the thing that the one before spoke of."""
    trouve = nom.search(suite.texte)
    return trouve is not None and suite.moi and trouve.end() == len(suite.texte)
