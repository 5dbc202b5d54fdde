"""Cut a message into short clauses and say, for each, whether it is about the person who writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from knowledge.faits.mots import FIN_DE_PHRASE, PAUSE, Mot, load_donnees, read_mots

MOTS_MAX = 60  # words of a clause: nobody writes more without a stop, and patterns stay quick
_IGNORE = re.compile(
    r"(?:\b(?:sais|sait|savoir|demande|demander|comprends|souviens|rappelle)(?: pas| plus| meme pas)? (?:si|quand|comment|ou)"
    r"|\best ce que|\bcomment|\bpourquoi)$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposition:
    """A clause. ``moi``: about the person; ``texte``: folded, numbers in digits; ``nom``: folded, for places.

    ``phrase`` numbers its sentence, ``avant`` is the end of what comes before in the same sentence, ``douteuse`` says that
    it asks rather than tells (« je ne sais pas si… »), ``supposee`` that it supposes (« si j'avais… »).
    """

    mots: tuple[Mot, ...]
    texte: str
    nom: str
    phrase: int
    moi: bool
    avant: str
    douteuse: bool
    supposee: bool


@dataclass(slots=True)
class _Etat:
    """What the walk remembers: the clause being read, who it is about, who the next one is about by default."""

    courante: list[Mot] = field(default_factory=list)
    moi: bool = True
    defaut: bool = True
    phrase: int = 0
    avant: str = ""
    autrui: bool = False
    explicite: bool = False


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
    for position, mot in enumerate(mots):
        if mot.lu in (FIN_DE_PHRASE, PAUSE):
            yield from _close(etat, listes)
            if mot.lu == FIN_DE_PHRASE:
                etat.phrase, etat.avant = etat.phrase + 1, ""
            continue
        suite = [suivant.lu for suivant in mots[position + 1 : position + 5]]
        nouveau = _find_sujet(mot.lu, suite, etat, listes)
        coupe = mot.lu in listes.coupures or (mot.lu == "et" and bool(suite) and suite[0] in listes.apres_et)
        # « c'est pas Lyon c'est Bondy »
        coupe = coupe or (
            mot.lu == "c" and suite[:1] == ["est"] and any(m.lu == "pas" for m in etat.courante)
        )
        coupe = coupe or len(etat.courante) >= MOTS_MAX
        if coupe or (nouveau is not None and not _is_legere(etat.courante, listes)):
            yield from _close(etat, listes)
        if nouveau is not None:
            etat.moi, etat.explicite = nouveau, True
        etat.courante.append(mot)
    yield from _close(etat, listes)


def _is_legere(courante: list[Mot], listes: _Listes) -> bool:
    return len(courante) <= 5 and all(mot.lu in listes.legers for mot in courante)


def _find_sujet(mot: str, suite: list[str], etat: _Etat, listes: _Listes) -> bool | None:
    """True when this word starts a clause about the person, False about someone else, None when it starts none."""
    if mot in ("j", "je", "i", "moi") and not (
        mot == "i" and suite[:1] not in (["am"], ["m"], ["live"], ["have"])
    ):
        avant = etat.courante[-1].lu if etat.courante else ""
        return None if mot == "moi" and avant not in ("", "et", "mais") else True
    if mot in ("on", "nous"):
        dernier = etat.courante[-1].lu if etat.courante else ""
        return None if dernier in ("je", "il", "elle", "ne", "chez", "avec", "pour") else True
    if mot in ("il", "elle", "ils", "elles", "lui"):
        if (suite and mot == "il" and suite[0] in listes.impersonnels) or mot == "lui":
            return None
        return (
            None
            if etat.courante and etat.courante[-1].lu in ("s", "avec", "chez", "pour", "a", "faut")
            else False
        )
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
        dernier in ("suis", "suis", "etre", "avec", "chez", "pour", "garder", "par", "de", "d", "elever")
        or apres == "qui"
    ):
        return False
    # « j'ai mon fils a garder », « garde mes enfants en » are not subjects.
    fort = apres in listes.verbes_tiers and apres not in ("a", "en") and apres != "y"
    verbe_a = apres == "a" and suite[rang + 2 : rang + 3] not in (["garder"], ["charge"], ["la"], ["elever"])
    if possessif:
        return tete or fort or (verbe_a and dernier not in ("ai", "ait"))
    return (tete and apres in listes.verbes_tiers) or (tete and apres == "de")


def _close(etat: _Etat, listes: _Listes) -> Iterator[Proposition]:
    if not etat.courante:
        return
    mots = tuple(etat.courante)
    texte = " ".join(mot.lu for mot in mots if mot.lu)
    legers = " ".join(mot.lu for mot in mots[:6])
    autrui = bool(listes.pour_autrui.search(texte)) and not any(mot.lu in listes.garde for mot in mots)
    vous = " vous " in f" {texte} " and not etat.moi
    yield Proposition(
        mots=mots,
        texte=texte,
        nom=" ".join(mot.nom for mot in mots),
        phrase=etat.phrase,
        moi=etat.moi and not autrui,
        avant=etat.avant,
        douteuse=bool(_IGNORE.search(etat.avant)) or legers.startswith(("est ce que", "comment", "pourquoi")),
        supposee=" si " in f" {' '.join((etat.avant.split() or [''])[-1:])} {legers} ",
    )
    etat.avant = " ".join(f"{etat.avant} {texte}".split()[-6:])
    etat.defaut = False if autrui else (etat.defaut if vous else etat.moi)
    etat.moi, etat.courante, etat.explicite = etat.defaut, [], False
