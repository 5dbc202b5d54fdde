"""Cut a message into short clauses and say, for each, whether it is about the person who writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from knowledge.faits.donnees import load_donnees
from knowledge.faits.mot import Mot
from knowledge.faits.mots import FIN_DE_PHRASE, PAUSE, read_mots

_DEBUTS_D_OBJET = frozenset(
    "le la l les mon ma mes un une du de au pour niveau question cote permis rsa rqth bac france ecole "  # noqa: SIM905
    "diplome diplomes effacez enlevez retirez supprimez oubliez".split()
)
# « côté mission locale, je ne suis pas inscrite », « question diplôme, j'ai rien »: the topic, then what is said of it
_THEMES = frozenset({"cote", "question", "concernant"})
_NOMS_DE_THEME = frozenset(
    {"permis", "diplome", "diplomes", "revenu", "revenus", "argent", "experience", "garde"}
)
_APRES_UN_THEME = frozenset("0 zero neant je j rien pas aucun aucune c ca toujours".split())  # noqa: SIM905
MOTS_D_UN_THEME = 5
# « dix ans que je fais du ménage », « de 2010 à 2018 j'ai travaillé »: the length of time goes with the verb after it
_DUREE_EN_TETE = re.compile(
    r"^(?:et |mais |bonjour )?(?:(?:ca fait |voila |il y a |cela fait )?(?:\w+ ){0,2}"
    r"\d+ (?:ans|mois) (?:et demie? |et \d+ mois )?qu?e?"
    r"|(?:pendant|durant|depuis|de|entre) (?:\w+ ){0,2}?\d+(?: ans| mois)?(?: (?:a|et|jusqu en) \d+| et demie?)?)$"
)
_PAS_ENCORE = (["toujours", "pas"], ["pas", "encore"], ["pas", "eu"], ["pas", "passe"], ["pas", "obtenu"])
_VERBES_AVANT_DONC = frozenset({"ai", "suis", "reste", "est", "cherche", "habite", "vis"})
_VALIDE = frozenset({"eu", "valide", "validee", "obtenu", "acquis", "reussi"})
_DIPLOMES = frozenset({"cap", "bep", "bac", "bts", "diplome", "titre", "licence"})
_AVANT_UN_CAR = frozenset(
    {"de", "du", "en", "un", "le", "conducteur", "conductrice", "chauffeur"}
)  # the coach
_PLURIELS = frozenset({"ils", "elles"})
_A_FAIT = frozenset(
    "moi mis donne accorde signe fait eu ete trouve travaille obtenu passe dit pu".split()  # noqa: SIM905
)
# « mon français il est moyen », « la RQTH elle est finie »: the pronoun stands for the thing just named
_CHOSES = frozenset(
    {"francais", "permis", "rqth", "rsa", "contrat", "cdd", "cdi", "cddi", "niveau", "diplome", "cap", "bac"}
)
_REPRISES = frozenset({"l", "le", "la", "les", "en", "y"})
# « ma conseillère dit que mon quartier… »: what is said is about the person
_DIRE = frozenset({"dit", "disent", "pense", "pensent", "trouve", "trouvent", "confirme", "affirme"})
_MIENS = frozenset({"mon", "ma", "mes", "notre"})
# « mes parents parlaient arabe | mais le français c'est ma langue »
_EST_A_MOI = re.compile(r"(?:mais |et )?(?:le |la |l )\w+ (?:c est|est) (?:ma|mon) (?P<nom>\w+)")
# « il reste l'écrit », never « il reste à la maison »
_RESTES = frozenset({"le", "la", "l", "les", "un", "une", "que", "plus", "juste", "des", "2", "3"})
_REPONSES = frozenset({"non", "nan", "oui", "ouais", "pas", "toujours", "jamais", "aucun", "ok", "ni"})
_EXPLIQUE = re.compile(
    r"\b(?:c est quoi|veut dire|veulent dire|expliquez|explique moi|m expliquer|signifie|definition)\b"
)
_INVERSION = re.compile(
    r"\b(?:faut|peut|est|doit|avez|pouvez|puis|dois|ai|suis|sont|a|existe|aurait|serait)(?: t)? (?:il|on|elle|vous|je|ce)\b"
    r"|^(?:et |mais )?(?:quoi|combien|quel|quelle|quels|quelles|qui|ou|quand|c est quoi)\b"
)
# « faut-il avoir le permis », a question even when its mark was left out
_DEMANDE = re.compile(r"(?:et |mais |bonjour )?(?:faut|doit|peut|existe|puis|dois) (?:t )?(?:il|on|je)\b")
# « je ne sais pas si mon quartier est prioritaire »
_SAIS_PAS_SI = re.compile(
    r"\b(?:sais|sait|suis) (?:(?:meme|trop|vraiment|du tout|pas|plus|sure?|certaine?) )+si "
    r"(?:mon|ma|mes|notre|nos|le|la|l|les|on) "
)
# « quelle différence entre un CER | et un PPAE ? »: still the question
_SUITE_DE_QUESTION = re.compile(r"(?:et|ou) (?!.*\b(?:je|j|moi|suis|ai|mon|ma|mes)\b)")
# « le juge m'a mis sous bracelet », « ils me l'ont coupé »: someone acts, the person is concerned
SUR_MOI = re.compile(r"\b(?:m|nous|me l) (?:a|ont|avait)\b|\bme (?:suit|suivent|mettent|met)\b")
# « mon frère est en prison mais pas moi »
_PAS_MOI = re.compile(r"(?:mais |et |alors que )?(?:pas moi|moi (?:non|pas|jamais))")
# « il paraît qu'avec la RQTH… », « on m'a dit qu'il fallait le B1 »: hearsay on a rule tells nothing of the person
_OUI_DIRE = re.compile(
    r"^(?:(?:et|mais|bonjour|il) )*parait qu"
    r"|\b(?:m|nous) (?:a|ont) (?:dit|raconte|explique) que? "
    r"(?:il (?:faut|fallait|faudrait)|on\b|avec\b|pour\b|sans\b|passe\b)"
    r"|\b(?:on|ils|elle|il|dame|monsieur|conseillere?) (?:dit|disent|raconte|racontent) que? "
    r"(?:les\b|il (?:faut|fallait|faudrait)|on\b|avec\b|pour\b|sans\b)"
    r"|\b(?:ai|avais) (?:entendu(?: dire)?|lu) (?:partout |quelque part )?que?\b"
    r"|^(?:apparemment|normalement|d apres|selon)\b(?!.*\b(?:je|j|mon|ma|mes)\b)"
)
# « l'offre demande 2 ans d'expérience », « j'ai vu une annonce : cariste, Saran »: the rest of the sentence is what it asks
_OFFRE = re.compile(
    r"\b(?:(?<!votre )(?<!vos )(?:offre|annonce)|fiche de poste|profil (?:de|recherche|demande|souhaite))\b"
    r"|\b(?:formation|poste|emploi|concours|ecole|entreprise|boite|patron|employeur|ils|elle|il|metier)"
    r"(?: (?!(?:je|j|me|m|nous|vous)\b)\w+){0,4} "
    r"(?:(?:demande|exige|reclame|precise)(?:nt)?|requiert|(?:prend|prennent) que)\b"
)
_REPOND = re.compile(
    r"\b(?:reponds?|repondre|postul\w+|candidate?|(?:re)?cherche|trouver|suite a|interess\w+)\b"
)
LETTRES_INFINITIF = (
    4  # letters: « hier », « avoir » aside, a word in -er or -ir before a noun is an infinitive
)
MOTS_MAX = 60  # words of a clause: nobody writes more without a stop, and patterns stay quick
_IGNORE = re.compile(
    r"(?:\b(?:sais|sait|savoir|demande|demander|comprends|souviens|rappelle)(?: pas| plus| meme pas)? (?:si|quand|comment|ou)"
    r"|\b(?:supposons|imaginons|admettons)(?: que)?|\best ce que?|\bcomment|\bpourquoi|\b(?:a|de) quel age)$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposition:
    """A clause. ``moi``: about the person; ``texte``: folded, numbers in digits; ``nom``: folded, for places.

    ``phrase`` numbers its sentence, ``avant`` is the end of what comes before in the same sentence, ``douteuse`` says that
    it asks rather than tells (« je ne sais pas si… »), ``supposee`` that it supposes (« si j'avais… »), ``interroge``
    that its sentence ends with a question mark.
    """

    mots: tuple[Mot, ...]
    texte: str
    nom: str
    phrase: int
    moi: bool
    avant: str
    douteuse: bool
    supposee: bool
    interroge: bool = False


@dataclass(slots=True)
class _Etat:
    """What the walk remembers: the clause being read, who it is about, who the next one is about by default."""

    courante: list[Mot] = field(default_factory=list)
    moi: bool = True
    defaut: bool = True
    phrase: int = 0
    avant: str = ""
    explicite: bool = False
    questions: frozenset[int] = frozenset()
    explique: int = -1
    demande: int = -1  # the sentence whose last clause asks
    offre: int = -1  # the sentence that tells of an offer
    au_debut: bool | None = None  # whether the sentence began with the person; None in its first clause
    passage: bool = False


@dataclass(frozen=True, slots=True)
class _Listes:
    possessifs: frozenset[str]
    articles: frozenset[str]
    adjectifs: frozenset[str]
    noms: frozenset[str]
    verbes_tiers: frozenset[str]
    legers: frozenset[str]
    coupures: frozenset[str]
    apres_et: frozenset[str]
    impersonnels: frozenset[str]
    pour_autrui: re.Pattern[str]
    garde: frozenset[str]


@lru_cache(maxsize=1)
def _load_listes() -> _Listes:
    donnees = load_donnees("personnes")
    champs = {cle: frozenset(valeur) for cle, valeur in donnees.items() if cle != "pour_autrui"}
    return _Listes(**champs, pour_autrui=re.compile(donnees["pour_autrui"]))


def read_propositions(texte: str) -> tuple[Proposition, ...]:
    """The clauses of a message, in order; none when it holds no word."""
    return tuple(_walk(read_mots(texte)))


def _walk(mots: list[Mot]) -> Iterator[Proposition]:
    listes, etat = _load_listes(), _Etat()
    fins = [mot.brut for mot in mots if mot.lu == FIN_DE_PHRASE]
    etat.questions = frozenset(rang for rang, brut in enumerate(fins) if brut == "?")
    for position, mot in enumerate(mots):
        if mot.lu in (FIN_DE_PHRASE, PAUSE):
            if mot.lu == PAUSE and _suit_ni(etat.courante, mots[position + 1 : position + 2]):
                continue
            if _is_repris(etat, mot, mots[position + 1 : position + 4]):
                etat.questions -= {etat.phrase}
                continue
            yield from _close(etat, listes)
            if mot.lu == FIN_DE_PHRASE:
                _end_phrase(etat)
            continue
        suite = [suivant.lu for suivant in mots[position + 1 : position + 5]]
        nouveau = _find_sujet(mot.lu, suite, etat, listes)
        if nouveau and _is_repris(etat, None, mots[position : position + 4]):
            nouveau = None
        coupe = (mot.lu in listes.coupures and not _est_au_milieu(mot.lu, etat.courante, suite)) or (
            mot.lu == "et" and bool(suite) and suite[0] in listes.apres_et
        )
        # « un CAP cuisine et 3 ans de restaurant »
        coupe = coupe or (
            mot.lu == "et"
            and suite[1:2] == ["ans"]
            and suite[0].isdigit()
            and not any(m.lu.isdigit() for m in etat.courante)
        )
        # « c'est pas Lyon c'est Bondy »
        coupe = coupe or (
            mot.lu == "c" and suite[:1] == ["est"] and any(m.lu in ("pas", "plus") for m in etat.courante)
        )
        coupe = coupe or (
            mot.lu == "est"
            and suite[:1] == ["ce"]
            and not (etat.courante and etat.courante[-1].lu in ("c", "ce", "qu", "n"))
        )
        coupe = coupe or len(etat.courante) >= MOTS_MAX
        if coupe or (nouveau is not None and not _is_legere(etat.courante, listes)):
            yield from _close(etat, listes)
        if nouveau is not None:
            etat.passage = mot.lu in _PLURIELS or (etat.passage and not nouveau)
            etat.moi, etat.explicite = nouveau, True
        etat.courante.append(mot)
    yield from _close(etat, listes)


def _end_phrase(etat: _Etat) -> None:
    """« j'ai arrêté à la naissance des jumeaux, ils ont 1 an. BTS. »: the next sentence is about the person again."""
    if etat.passage and etat.au_debut:
        etat.defaut = etat.moi = True
    etat.phrase, etat.avant, etat.au_debut, etat.passage = etat.phrase + 1, "", None, False


def _est_au_milieu(mot: str, courante: list[Mot], suite: list[str]) -> bool:
    """« j'ai donc que le bac », « j'ai tout validé sauf l'anglais »: the verb still waits for what follows."""
    dernier = courante[-1].lu if courante else ""
    return (
        (mot == "donc" and dernier in _VERBES_AVANT_DONC)
        or (mot == "quand" and suite[:1] == ["meme"])
        or (mot == "sauf" and (dernier in _VALIDE or (dernier in _DIPLOMES and "permis" not in suite)))
        or (mot == "car" and dernier in _AVANT_UN_CAR)
    )


def _suit_ni(courante: list[Mot], suite: list[Mot]) -> bool:
    """« ni brevet, ni CAP, ni rien » is one list."""
    return bool(suite) and suite[0].lu == "ni" and any(mot.lu == "ni" for mot in courante)


def _is_repris(etat: _Etat, ponctuation: Mot | None, suite: list[Mot]) -> bool:
    """« le permis, je l'ai pas », « le RSA ? non »: what is named first belongs to the verb that comes next."""
    lus = [mot.lu for mot in suite]
    court = etat.moi and lus[:1] in (["je"], ["j"]) and 1 < len(etat.courante) <= 10
    if court and _DUREE_EN_TETE.match(" ".join(mot.lu for mot in etat.courante if mot.lu)):
        return True
    debut = next((mot.lu for mot in etat.courante if mot.lu not in ("et", "mais")), "")
    theme = debut in _THEMES or (debut == "niveau" and etat.courante[-1].lu in _NOMS_DE_THEME)
    if theme and len(etat.courante) <= MOTS_D_UN_THEME and lus and lus[0] in _APRES_UN_THEME:
        return True
    if len(etat.courante) > 5 or debut not in _DEBUTS_D_OBJET:
        return False
    if lus[:1] in (["je"], ["j"]):
        return (lus[2:3] if lus[1:2] in (["n"], ["ne"]) else lus[1:2])[:1] != [] and (
            (lus[2] if lus[1] in ("n", "ne") and len(lus) > 2 else lus[1]) in _REPRISES
        )
    if lus[:1] == ["on"] and lus[1:2] in (["me"], ["m"], ["l"], ["la"]) and ponctuation is None:
        return True
    if ponctuation is not None and (lus[:1] == ["jamais"] or lus[:2] in _PAS_ENCORE):
        return True  # « le permis, jamais eu les moyens »
    return (
        ponctuation is not None
        and ponctuation.brut == "?"
        and bool(lus)
        and (lus[0] in _REPONSES or lus[0].isdigit())
    )


def _is_legere(courante: list[Mot], listes: _Listes) -> bool:
    return len(courante) <= 5 and all(mot.lu in listes.legers for mot in courante)


def _find_sujet(mot: str, suite: list[str], etat: _Etat, listes: _Listes) -> bool | None:
    """True when this word starts a clause about the person, False about someone else, None when it starts none."""
    if mot in ("j", "je", "i", "moi") and not (
        mot == "i" and suite[:1] not in (["am"], ["m"], ["live"], ["have"])
    ):
        avant = etat.courante[-1].lu if etat.courante else ""
        return None if mot == "moi" and avant not in ("", "et", "mais") else True
    if mot in _MIENS and suite and suite[0] not in listes.noms:
        fin = [m.lu for m in etat.courante[-2:]]
        if fin[1:] == ["que"] and fin[0] in _DIRE:
            return True
    if mot in ("on", "nous"):
        dernier = etat.courante[-1].lu if etat.courante else ""
        return (
            None
            if dernier in ("je", "il", "elle", "ne", "de", "chez", "avec", "pour", "peut", "doit")
            else True
        )
    if mot in ("il", "elle", "ils", "elles", "lui"):
        if (suite and mot == "il" and suite[0] in listes.impersonnels) or mot == "lui":
            return None
        avant = etat.courante[-1].lu if etat.courante else ""
        if avant in _CHOSES or (
            mot == "il" and suite[:1] == ["reste"] and suite[1:2] and suite[1] in _RESTES
        ):
            return None
        return None if avant in ("s", "avec", "chez", "pour", "a", "faut", "t", "existe") else False
    if (
        mot == "vous"
        and suite[:1]
        and suite[0] in ("avez", "proposez", "faites", "etes", "pouvez", "connaissez")
    ):
        return False
    if mot == "qui":
        return False if any(m.lu in listes.noms for m in etat.courante) else None
    return False if _is_autre(mot, suite, etat, listes) else None


def _is_autre(mot: str, suite: list[str], etat: _Etat, listes: _Listes) -> bool:
    """« mon fils » as a subject: at the head of the clause, or with a verb after it."""
    possessif = mot in listes.possessifs
    if not (possessif or mot in listes.articles):
        return False
    rang = 1 if suite[:1] and suite[0] in listes.adjectifs and suite[1:2] and suite[1] in listes.noms else 0
    if not suite[rang : rang + 1] or suite[rang] not in listes.noms:
        return False
    apres = suite[rang + 1] if len(suite) > rang + 1 else ""
    # « mère de deux enfants », « la personne que… » need a verb; « mon fils, 12 ans » does not.
    tete = _is_legere(etat.courante, listes)
    dernier = etat.courante[-1].lu if etat.courante else ""
    if (
        dernier in ("suis", "etre", "comme", "avec", "chez", "pour", "garder", "par", "de", "d", "elever")
        or apres == "qui"
    ):
        return False
    if not tete and len(dernier) > LETTRES_INFINITIF and dernier.endswith(("er", "ir")):
        return False  # « récupérer ma fille à l'école »
    if tete and not possessif and apres == "a" and len(suite) > rang + 2 and suite[rang + 2] in _A_FAIT:
        return True  # « un ami à moi a fait 5 ans », « un ami a trouvé »
    # « j'ai mon fils a garder », « garde mes enfants en » are not subjects.
    fort = apres in listes.verbes_tiers and apres not in ("a", "en") and apres != "y"
    verbe_a = apres == "a" and suite[rang + 2 : rang + 3] not in (["garder"], ["charge"], ["la"], ["elever"])
    if possessif:
        return tete or fort or (verbe_a and dernier not in ("ai", "ait"))
    de = (
        apres == "de" and not "".join(suite[rang + 2 : rang + 3]).isdigit()
    )  # « deux enfants de 3 ans »: their age
    return tete and (fort or de or suite[rang + 1 : rang + 3] == ["a", "moi"])


def _close(etat: _Etat, listes: _Listes) -> Iterator[Proposition]:
    if not etat.courante:
        return
    mots = tuple(etat.courante)
    texte = " ".join(mot.lu for mot in mots if mot.lu)
    legers = " ".join(mot.lu for mot in mots[:6])
    autrui = bool(listes.pour_autrui.search(texte)) and not any(mot.lu in listes.garde for mot in mots)
    interroge = etat.phrase in etat.questions
    explique = bool(_EXPLIQUE.search(texte)) or (etat.explique == etat.phrase and texte.startswith("et "))
    etat.explique = etat.phrase if explique else -1
    a_moi = _EST_A_MOI.match(texte)
    vous = " vous " in f" {texte} " and not etat.moi
    lue = etat.offre == etat.phrase and not etat.explicite
    etat.offre = etat.phrase if lue or (_OFFRE.search(texte) and not _REPOND.search(texte)) else -1
    demande = (
        bool(_IGNORE.search(etat.avant))
        or legers.startswith(("est ce que", "est ce qu", "comment", "pourquoi"))
        or (interroge and bool(_INVERSION.search(texte)))
        or bool(_DEMANDE.match(texte))
        or bool(_SAIS_PAS_SI.search(texte))
        or (etat.demande == etat.phrase and bool(_SUITE_DE_QUESTION.match(texte)))
    )
    etat.demande = etat.phrase if demande else -1
    yield Proposition(
        mots=mots,
        texte=texte,
        nom=" ".join(mot.nom for mot in mots),
        phrase=etat.phrase,
        moi=(
            etat.moi
            or bool(_PAS_MOI.fullmatch(texte))
            or (a_moi is not None and a_moi.group("nom") not in listes.noms)
        )
        and not autrui
        and not lue,
        avant=etat.avant,
        douteuse=demande or explique or bool(_OUI_DIRE.search(texte)),
        supposee=" si " in f" {' '.join((etat.avant.split() or [''])[-1:])} {legers} ",
        interroge=interroge,
    )
    etat.avant = " ".join(f"{etat.avant} {texte}".split()[-6:])
    etat.au_debut = etat.moi if etat.au_debut is None else etat.au_debut
    etat.defaut = False if autrui else (etat.defaut if vous else etat.moi)
    etat.moi, etat.courante, etat.explicite = etat.defaut, [], False
