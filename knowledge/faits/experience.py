"""How long the person has worked, and in which field; only work counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from knowledge.faits.age import is_presentee
from knowledge.faits.domaine import (
    PAS_UN_PROJET,
    Metiers,
    find_domaine_cite,
    find_domaine_dit,
    find_domaine_nomme,
    find_metier_en_tete,
    is_apres_duree,
)
from knowledge.faits.donnees import load_donnees
from knowledge.faits.propositions import Proposition
from knowledge.model import Valeur

MOIS_MAX = 840
_ANNEES = re.compile(
    r"\b(?:de|entre|depuis) (?P<a>(?:19|20)\d\d) (?:a|et|jusqu en|jusqu a) (?P<b>(?:19|20)\d\d)\b"
)
_DEPUIS = re.compile(r"\bdepuis (?:l ans |\w+ )?(?P<a>(?:19|20)\d\d)\b")
_A_PEU_PRES = re.compile(r"\b(dizaine|quinzaine|vingtaine|trentaine) d ans\b")
_DIZAINES = {"dizaine": "10", "quinzaine": "15", "vingtaine": "20", "trentaine": "30"}
_AGE = re.compile(r"^(?:j ai|je suis|moi) (?:\w+ )?\d\d ans$|^(?:1[4-9]|[2-9]\d) ans$")
# « moi c'est Ryan, 19 ans de Bondy »: the age, then the town
# « finir comme mon père, 35 ans d'usine »: the time is theirs
_COMME_AUTRUI = re.compile(r"\bcomme (?:mon|ma|mes) (?:pere|mere|frere|soeur|oncle|tante|parents|cousine?)$")
_PRESENTATION = re.compile(r"\b(?:moi c|moi c est|m appelle|c est moi) (?:\w+ ){1,3}\d\d ans (?:de|d) \w+$")
_RIEN = re.compile(
    r"(?:(?:non|je|j|n|ai|en|pas|l|ben|euh|bah|moi) )*(?:aucune?|jamais|rien|0|zero|pas d experience|jamais travaille|pas encore travaille|pas du tout)"  # noqa: E501
    r"(?: du tout| experience| travaille| encore)*"
)
_PAS_TRAVAILLE = re.compile(r"\bpas (?:\w+ )?travaill")
_CONTINUE = re.compile(
    r"\b(?:smic|mi temps|en poste|en cd[id]|en interim|(?<!ans )comme (?!si\b)\w+"
    r"|travaille?|experience|ete|etais|fait (?:que )?(?:du|de la)"
    r"|(?:aide|soigne|livre|garde) (?:des|les|aux)"
    r"|ma vie (?:dans|en)|toujours (?:dans|en))\b"
)
_ENSUITE_LA_DUREE = re.compile(
    r"^(?:en tout |au total |soit |pendant |durant |depuis |environ |ca fait |plus de |presque |et )*(?:\d|depuis)"
)
_QUAND = re.compile(r" (?:l ete|l hiver|l an|le mois|l annee|ete) (?:dernier|derniere|passee?)\b")
_PAS_CETTE_DUREE = re.compile(
    r"^(?:(?:non|c|ce|n|est|etait|ai|j) )*pas \d+ (?:ans|mois)(?: d experience| de (?:travail|metier))?$"
)
# « 3 ans en boulangerie et 2 ans en pâtisserie », « 6 mois chez Leclerc puis 1 an chez Auchan »
_CHEZ = re.compile(r"^ (?:chez|en|dans (?:la|le|les|l|une?)|comme|a|au) (?P<ou>(?!tout\b)[a-z]{3,})")
_DUREE = re.compile(
    r"\b(?P<n>\d{1,2}) ?(?P<u>ans|mois|semaines)\b(?P<demi> et demie?)?(?: et (?P<m>\d{1,2}) mois)?"
)
_PAS_UNE_DUREE = re.compile(
    r"\b(?:(?<!suite )(?<!grace )(?<!face )a|j ai eu|(?:a ete|est|etait)|vers|dans|age de|ai que|des|mes) $"
)
_AU_TRAVAIL = re.compile(
    r" (?:d |de |dans |en |comme |chez |experience|metier|travail|menage"
    r"|sur (?:les?|la|des) (?:chantiers?|routes?|marches?|machines?))"
)
_J_AI_PEU = re.compile(r"^j ai (\d ans|\d+ mois)$")  # asked for the time at work, it is no age
_A_TRAVAILLE = re.compile(
    r"\b(?:ai|je|avons) (?:\w+ ){0,2}travaill\w*|travaillais|faisais|experience|\bai (?:deja |longtemps )?(?:ete|fait)\b"
    r"|\binterimaire (?:dans|en)\b|\betais\b|\b(?:je|j) suis\b|^suis\b|de metier\b|carriere|\bancien(?:ne)?\b|^ex\b"
    r"|\btoujours dans (?:la|le|l|les)\b"
    r"|(?:\bai passe |\btoute |^)ma vie (?:dans|en|comme|a)\b"
    r"|\b(?:derni(?:er|ere)|anciens?|ancienne|precedent) (?:poste|emploi|travail|metier|mission)"
    r"|\b(?:occupe|occupais|exerce|exercais)\b|\b(?:avais|quitte|perdu|fini\w*|lache|plaque|termine|terminer|arrete|abandonne|laisse|cesse"
    r"|(?:demissionne|licencie|vire|renvoye) de) (?:un|une|mon|ma|le|la)\b|\beu plusieurs\b"
    r"|\b(?:viens|sors|issue?) d|\b(?:livrais|vendais|conduisais|nettoyais|gardais|enseignais|cuisinais|coiffais|reparais|cousais)\b"  # noqa: E501
)
_EN_COURS = re.compile(r"\b(?:je|ai|avons)(?: \w+){0,2} travaill\w+|\binterim\b|\bexperience\b")
_ENFANTS_GARDES = re.compile(r"\b(?:garde|gardais) (?:des|les|d) (?:enfants|bebes|petits)\b")

_REPRISES_MAX = 3  # clauses looked at before « 10 ans d'expérience dedans »
_DEDANS = re.compile(r"\b(?:dedans|dans ce (?:domaine|secteur|metier)|dans cette branche)\b")
_DE_METIER = re.compile(
    r"^(?:et |j ai |avec )*\d+ (?:ans|mois) (?:de metier|d experience|de pratique"
    r"|en (?:cabinet|bureau|agence|salon|atelier|clinique|collectivite|entreprise|boite))\b"
)

# looking a trade up costs: only where work or a length of time is said
_UN_NOMBRE = re.compile(r"\d|aine d ans")


@dataclass(frozen=True, slots=True)
class _Motifs:
    travail: re.Pattern[str]
    sauf: re.Pattern[str]
    aucune: re.Pattern[str]


@lru_cache(maxsize=1)
def _load() -> _Motifs:
    donnees = load_donnees("experience")
    return _Motifs(*(re.compile(donnees[cle]) for cle in ("travail", "sauf", "aucune")))


def read_experience(
    propositions: tuple[Proposition, ...], *, metiers: Metiers, question: str | None, jour: date
) -> dict[str, Valeur]:
    """``experience_mois`` (summed over distinct fields, else the longest) and ``experience_domaine`` (the longest one's).

    Args:
        propositions: the clauses of the message.
        metiers: the trades, to know a field of work from any other word.
        question: the criterion just asked.
        jour: the day « depuis 2015 » is counted to.
    """
    motifs = _load()
    durees: list[tuple[int, str | None, str | None]] = []
    aucune, domaine_seul = False, None
    precedente: Proposition | None = None
    for position, proposition in enumerate(propositions):
        presente = _PRESENTATION.search(proposition.texte) or (
            is_presentee(precedente) and not motifs.travail.search(proposition.texte)
        )
        de_lui = precedente is not None and _COMME_AUTRUI.search(precedente.texte)
        if not proposition.moi or proposition.douteuse or presente or de_lui:
            precedente = None
            continue
        aucune = aucune or bool(motifs.aucune.search(proposition.texte))
        demande = question == "experience_mois"
        cherche = demande or _A_TRAVAILLE.search(proposition.texte) or _UN_NOMBRE.search(proposition.texte)
        domaine = find_domaine_dit(proposition, metiers) if cherche else None
        mois = _read_mois(
            proposition, precedente, motifs, question=question, domaine=domaine, metiers=metiers, jour=jour
        )
        if mois:
            lu = (
                domaine
                or (_find_domaine_avant(precedente, metiers) if question != "metier_vise" else None)
                or _find_repris(propositions, position, metiers)
                or _find_domaine_apres(propositions[position + 1 : position + 2], proposition, metiers)
            )
            durees.append((mois, lu, lu or _find_employeur(proposition.texte)))
        elif domaine and (demande or _A_TRAVAILLE.search(proposition.texte)) and not proposition.interroge:
            domaine_seul = domaine
        precedente = proposition
    return _conclude(durees, domaine_seul, aucune=aucune or _is_rien(propositions, question))


def _find_domaine_avant(precedente: Proposition | None, metiers: Metiers) -> str | None:
    if precedente is None:
        return None
    return find_domaine_dit(precedente, metiers) or find_metier_en_tete(precedente, metiers)


def _find_domaine_apres(
    suite: tuple[Proposition, ...], proposition: Proposition, metiers: Metiers
) -> str | None:
    """« dans une entreprise d'insertion depuis 5 mois, nettoyage »: the field, alone right after the time at work."""
    if not suite or suite[0].phrase != proposition.phrase or not _EN_COURS.search(proposition.texte):
        return None
    return find_metier_en_tete(suite[0], metiers)


def _find_repris(propositions: tuple[Proposition, ...], position: int, metiers: Metiers) -> str | None:
    """« CAP boucher, 12 ans de métier », « le ménage, 10 ans d'expérience dedans »: the field said just before."""
    texte, avant = propositions[position].texte, propositions[max(0, position - _REPRISES_MAX) : position]
    if _DEDANS.search(texte):
        find = find_domaine_cite
    elif _DE_METIER.match(texte):
        find = find_domaine_nomme
    else:
        return None
    return next((domaine for p in reversed(avant) if (domaine := find(p, metiers))), None)


def _find_employeur(texte: str) -> str | None:
    """Where the time of a clause was spent: « 6 mois chez Leclerc »."""
    duree = _DUREE.search(texte)
    chez = _CHEZ.match(texte[duree.end() :]) if duree else None
    return chez.group("ou") if chez else None


def _is_rien(propositions: tuple[Proposition, ...], question: str | None) -> bool:
    return (
        question == "experience_mois" and bool(propositions) and bool(_RIEN.fullmatch(propositions[0].texte))
    )


def _conclude(
    durees: list[tuple[int, str | None, str | None]], domaine: str | None, *, aucune: bool
) -> dict[str, Valeur]:
    faits: dict[str, Valeur] = {}
    if durees:
        lieux = [ou for _, _, ou in durees]
        distincts = len(set(lieux)) == len(lieux) and None not in lieux
        mois = sum(m for m, _, _ in durees) if distincts else max(m for m, _, _ in durees)
        faits["experience_mois"] = min(mois, MOIS_MAX)
        domaine = max(durees, key=lambda duree: duree[0])[1] or domaine
    elif aucune:
        faits["experience_mois"] = 0
    if domaine:
        faits["experience_domaine"] = domaine
    return faits


def _read_mois(
    proposition: Proposition,
    precedente: Proposition | None,
    motifs: _Motifs,
    *,
    question: str | None,
    domaine: str | None,
    metiers: Metiers,
    jour: date,
) -> int | None:
    """Months of work said in a clause; the words of work may be in the clause just before."""
    texte = _A_PEU_PRES.sub(lambda m: f"{_DIZAINES[m.group(1)]} ans", proposition.texte)
    texte = _PAS_CETTE_DUREE.sub("", texte)
    demande = question == "experience_mois"
    if demande:
        texte = _QUAND.sub("", texte)
    autre_chose = motifs.sauf.search(
        _ENFANTS_GARDES.sub("garde", PAS_UN_PROJET.sub("", texte) if domaine else texte)
    )
    if (autre_chose and not (domaine and is_apres_duree(texte))) or _PAS_TRAVAILLE.search(texte):
        return None
    dit = demande or domaine or motifs.travail.search(texte)
    if not dit and (
        precedente is None or not _continue_travail(precedente, proposition, texte, motifs, metiers)
    ):
        return None
    if _AGE.match(texte) and not (demande and "j ai" not in texte):
        return None
    if annees := _ANNEES.search(texte):
        return max(0, int(annees.group("b")) - int(annees.group("a"))) * 12 or None
    texte = _J_AI_PEU.sub(r"\1", texte) if demande else texte
    trouvees = _find_durees(texte)
    durees = [_to_mois(trouve) for trouve in trouvees]
    if len(durees) > 1 and _are_distinctes(texte, trouvees):
        return sum(durees)
    if not durees and (depuis := _DEPUIS.search(texte)):
        return max(0, jour.year - int(depuis.group("a"))) * 12 or None
    return max(durees) if durees else None


def _continue_travail(
    precedente: Proposition, proposition: Proposition, texte: str, motifs: _Motifs, metiers: Metiers
) -> bool:
    """« j'ai travaillé dans la restauration, 4 ans », « couturière au pays, 15 ans »: the time comes right after the work."""
    if precedente.phrase != proposition.phrase or motifs.sauf.search(precedente.texte):
        return False
    if not (_CONTINUE.search(precedente.texte) or find_metier_en_tete(precedente, metiers)):
        return False
    return bool(_ENSUITE_LA_DUREE.match(texte))


def _find_durees(texte: str) -> list[re.Match[str]]:
    """The lengths of time of a clause; neither « à 16 ans » nor « j'ai 30 ans », which are ages."""
    trouves = []
    for trouve in _DUREE.finditer(texte):
        avant, apres = texte[: trouve.start()], texte[trouve.end() :]
        if avant.endswith("mes ") and re.match(r" (?:de|d|dans|comme|en) \w{4,}", apres):
            trouves.append(trouve)  # « mes 6 ans de secrétariat »
            continue
        if _PAS_UNE_DUREE.search(avant) and not re.match(r" (?:d experience|de travail|de metier)", apres):
            continue
        if re.search(r"\bj ai (?:maintenant |deja )?$", avant) and not _AU_TRAVAIL.match(apres):
            continue
        trouves.append(trouve)
    return trouves


def _are_distinctes(texte: str, durees: list[re.Match[str]]) -> bool:
    """Whether each length of time of a clause has its own place of work."""
    lieux = [chez.group("ou") for duree in durees if (chez := _CHEZ.match(texte[duree.end() :]))]
    return len(lieux) == len(durees) == len(set(lieux))


def _to_mois(trouve: re.Match[str]) -> int:
    nombre = int(trouve.group("n"))
    if trouve.group("u") == "ans":
        return nombre * 12 + (6 if trouve.group("demi") else 0) + int(trouve.group("m") or 0)
    return nombre if trouve.group("u") == "mois" else nombre // 4
