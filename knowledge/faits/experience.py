"""How long the person has worked, and in which field; only work counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from knowledge.faits.age import is_presentee
from knowledge.faits.domaine import (
    PAS_UN_PROJET,
    TOUTE_LA_VIE,
    find_domaine_dit,
    find_domaine_evoque,
    find_domaine_nomme,
    find_metier_en_tete,
    is_apres_duree,
    is_lieu_de_travail,
    is_nom_de_travail,
)
from knowledge.faits.donnees import load_donnees
from knowledge.faits.durees import find_employeur, read_mois, write_durees
from knowledge.faits.metiers_connus import Metiers
from knowledge.faits.propositions import Proposition
from knowledge.model import Valeur
from knowledge.territoires.normalisation import fold

MOIS_MAX = 840
_AGE = re.compile(r"^(?:j ai|je suis|moi) (?:\w+ )?\d\d ans$|^(?:1[4-9]|[2-9]\d) ans$")
# « finir comme mon père, 35 ans d'usine »: the time is theirs
_COMME_AUTRUI = re.compile(r"\bcomme (?:mon|ma|mes) (?:pere|mere|frere|soeur|oncle|tante|parents|cousine?)$")
# « moi c'est Ryan, 19 ans de Bondy »: the age, then the town
_PRESENTATION = re.compile(r"\b(?:moi c|moi c est|m appelle|c est moi) (?:\w+ ){1,3}\d\d ans (?:de|d) \w+$")
_RIEN = re.compile(
    r"(?:(?:non|je|j|n|ai|en|pas|l|ben|euh|bah|moi) )*(?:aucune?|jamais|rien|0|zero|pas d experience|jamais travaille|pas encore travaille|pas du tout|pas un (?:seul )?(?:jour|mois))"  # noqa: E501
    r"(?: du tout| experience| travaille| encore)*"
)
_TRAVAILLE = re.compile(r"\b(?:travaill\w*|metier|experience|emploi|etais)\b")
_PAS_TRAVAILLE = re.compile(r"\bpas (?:\w+ )?travaill")
_CONTINUE = re.compile(
    r"\b(?:smic|mi temps|en poste|en cd[id]|en interim|(?<!ans )comme (?!si\b)\w+"
    r"|travaille?|experience|ete|etais|f(?:ait|ais|aisais) (?:que )?(?:du|de la|des)"
    r"|(?:aide|soigne|livre|garde) (?:des|les|aux)"
    r"|ma vie (?:dans|en)|toujours (?:dans|en))\b"
)
_ENSUITE_LA_DUREE = re.compile(
    r"^(?:j y (?:ai (?:passe|fait|travaille) |(?:suis|etais|travaille|travaillais) )"
    r"|en tout |au total |soit |pendant |durant |depuis |environ |ca fait |plus de |presque |et "
    r"|facile\w* |largement |bien |deja |a mon compte "
    r"|en cd[id] |en interim |a (?:temps \w+|mi temps) |au (?:moins|noir|black|pays) |dans les "
    r"|pas loin de |quasi\w* |pres de |a peu pres |genre |chez \w+ )*(?:\d|depuis)"
)
_QUAND = re.compile(
    r" (?:(?:l |cet )?(?:ete|hiver)|l an|le mois|l annee)(?: (?:dernier|derniere|passee?))?\b(?= |$)"
)
_PAS_CETTE_DUREE = re.compile(
    r"^(?:(?:non|c|ce|n|est|etait|ai|j) )*pas \d+ (?:ans|mois)(?: d experience| de (?:travail|metier))?$"
)
# « un peu moins de 4 ans », « j'ai commencé en 2016 »: the answer to « since when »
_A_PEINE = re.compile(r"\b(?:un peu |a peine )?moins (?:de|d) (?=\d)")
_COMMENCE = re.compile(r"\b(?:commence|debute|demarre)(?: \w+){0,4}? en (?=(?:19|20)\d\d\b)")
# « un peu de tout en intérim | surtout de la manutention »
_VAGUE = re.compile(
    r"\b(?:un peu de tout|de tout|interim|petits? (?:travail|jobs?)|missions?|extras?"
    r"|saisons?|(?:plein|toutes? sortes?) de (?:choses|trucs|travail))\b"
)
_SURTOUT = re.compile(
    r"(?:et |mais )?(?:plutot|surtout|principalement|notamment|essentiellement|majoritairement|beaucoup)\b"
)
_AJOUTE = re.compile(r"(?:et|puis|ensuite|apres|plus)\b")  # « puis 2 ans chez Quick »
_EN_TOUT = re.compile(r"(?:en tout|au total|soit|le tout)\b")
_A_VECU = re.compile(
    r"\b(?:etais|ai ete) (?!en\b|a\b|au\b|sous\b)"
)  # « j'étais cuisinière, 17 ans » is no age
# « je suis couvreur, 25 ans de toit »
_ANS_DE = re.compile(r"^\d+ ans (?:de|d) (?P<nom>[a-z]{4,})$")
_J_AI_PEU = re.compile(r"^j ai (\d ans|\d+ mois)$")  # asked for the time at work, it is no age
_A_TRAVAILLE = re.compile(
    r"\b(?:ai|je|avons) (?:\w+ ){0,2}travaill\w*|travaillais|faisais|experience|\bai (?:deja |longtemps |tout )?(?:ete|fait)\b"  # noqa: E501
    r"|\binterimaire (?:dans|en)\b|\bmon (?:poste|emploi|cdd|cdi|contrat) (?:de|d|comme)\b"
    r"|\betais\b|\b(?:je|j) suis\b|^suis\b|de metier\b|carriere|\bancien(?:ne)?\b|^ex\b"
    r"|\btoujours dans (?:la|le|l|les)\b|\b(?:employe|salarie)e? (?:a|au|comme)\b"
    r"|\bai (?:monte|cree|repris|tenu|gere|dirige) (?:un|une|mon|ma|notre|le|la|l|les)\b"
    r"|(?:\bai passe |\btoute |^)ma vie (?:dans|en|comme|a)\b"
    r"|\b(?:derni(?:er|ere)|anciens?|ancienne|precedent) (?:poste|emploi|travail|metier|mission)"
    r"|\b(?:occupe|occupais|exerce|exercais)\b|\b(?:avais|quitte|perdu|fini\w*|lache|plaque|termine|terminer|arrete|abandonne|laisse|cesse"
    r"|(?:demissionne|licencie|vire|renvoye) (?:de|d)) (?:un|une|mon|ma|le|la)\b|\beu plusieurs\b"
    r"|\b(?:viens|sors|issue?) d|\b(?:livrais|vendais|conduisais|nettoyais|gardais|enseignais|cuisinais|coiffais|reparais|cousais)\b"  # noqa: E501
    r"|\b(?:faisais des|fais les|faisais les) (?:marches|extras|saisons|vendanges|menages|chantiers|livraisons)\b"
    r"|\b(?:petits|differents) (?:travail|jobs?|metiers|emplois|postes)\b"
    r"|^(?:j ai (?:fait|eu|exerce) )?plusieurs (?:travail|jobs?|metiers|emplois|postes)\b|\b\d+ saisons? (?:de|d|en|dans)\b"
)
_EN_COURS = re.compile(r"\b(?:je|ai|avons)(?: \w+){0,2} travaill\w+|\b(?:interim\w*|experience|cd[id])\b")
_ENFANTS_GARDES = re.compile(r"\b(?:garde|gardais) (?:des|les|d) (?:enfants|bebes|petits)\b")

_REPRISES_MAX = 3  # clauses looked at before « 10 ans d'expérience dedans »
_DEDANS = re.compile(
    r"\b(?:dedans|j en ai fait|que j y (?:suis|travaille)|dans ce (?:domaine|secteur|metier)|dans cette branche)\b"
)
_DE_METIER = re.compile(
    r"^(?:et |j ai |avec |travaille |bosse |pendant |puis |deja |forte? de )*\d+ (?:ans|mois) (?:passee?s? )?"
    r"(?:de (?:metier|pratique|boite|maison|terrain|poste|carriere)|d (?:experience|anciennete|agence|atelier)"
    r"|en (?:cabinet|bureau|agence|salon|atelier|clinique|collectivite|entreprise|boite))\b"
)

# « maçon, 24 ans, de Lyon »: a trade and nothing else, beside an age
_AGE_SEUL = re.compile(r"^(?:(?:je me presente|j ai|moi|et|homme|femme|bonjour) )*(?:1[6-9]|[2-6]\d) ans$")
_PRESENTE = re.compile(
    r"^(?:(?:bonjour|moi|et|ancien|ancienne|ex|apprentie?|je suis) )*(?P<nom>(?!(?:bp\w*|cap|bep|bac|bts|dut)\b)\w.*?)"
    r"(?: (?:au chomage|de metier|de formation|sans emploi|a \w+))?$"
)
# « apprenti maçon à Ernée, mon patron m'a viré »
_RENVOYE = re.compile(
    r"\b(?:m a|m ont|me suis fait) (?:\w+ )?(?:vire|licencie|renvoye|remercie|jete|mise? (?:dehors|a la porte))"
)
PRESENTATION_MAX = 5  # clauses in which somebody says who they are
# « le cuisinier de la cantine a 40 ans de métier »: theirs
_SUJET_AUTRE = re.compile(
    r"^(?:(?:et|mais|bonjour) )*(?:le|la|l|un|une|ce|cette|cet)(?: (?!(?:je|j|moi|mon|ma|mes|me|m|ou)\b)\w+){1,6}? (?:a|avait|exerce) "  # noqa: E501
    r"(?:\w+ )?\d+ (?:ans|mois)\b"
)
# « j'étais toiletteuse. J'ai arrêté au bout de 8 ans »: the time of the work just told
_AU_BOUT = re.compile(
    r"\b(?:arrete|quitte|parti|lache|demissionne|abandonne|ferme|vendu|revendu|craque|licencie|vire|renvoye|(?:mis|mise) (?:dehors|a la porte))\w*\b"  # noqa: E501
    r"(?: (?!(?:ecole|etudes|formation|fac|lycee|cours|fumer|boire|stage)\b)\w+){0,8} (?:au bout de|apres) (?:\w+ )?\d+ (?:ans|mois)\b"  # noqa: E501
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
    if question == "scolarise_moins_de_6_ans" and not any(_TRAVAILLE.search(p.texte) for p in propositions):
        return {}  # « trois ans chez les sœurs » tells of school
    durees: list[tuple[int, str | None, str | None]] = []
    aucune, domaine_seul = False, None
    precedente: Proposition | None = None
    derniere: Proposition | None = None  # the last clause that names work without its length
    for position, proposition in enumerate(propositions):
        presente = _PRESENTATION.search(proposition.texte) or (
            is_presentee(precedente) and not motifs.travail.search(proposition.texte)
        )
        de_lui = precedente is not None and _COMME_AUTRUI.search(precedente.texte)
        de_lui = de_lui or _SUJET_AUTRE.match(proposition.texte)
        if not proposition.moi or proposition.douteuse or presente or de_lui:
            precedente = None
            continue
        aucune = aucune or bool(motifs.aucune.search(proposition.texte))
        demande = question == "experience_mois"
        passe = _A_TRAVAILLE.search(proposition.texte) or TOUTE_LA_VIE.search(proposition.texte)
        cherche = demande or passe or _UN_NOMBRE.search(proposition.texte)
        domaine = find_domaine_dit(proposition, metiers) if cherche else None
        repris = _find_repris(propositions, position, metiers) if cherche and not domaine else None
        if _EN_TOUT.match(proposition.texte) and derniere and derniere.phrase == proposition.phrase:
            precedente = derniere  # « la plonge puis le service, en tout 5 ans »
        mois = _read_mois(
            proposition,
            precedente,
            motifs,
            question=question,
            domaine=domaine or repris,
            metiers=metiers,
            jour=jour,
        )
        if not mois and derniere and _AU_BOUT.search(proposition.texte):
            mois = read_mois(proposition.texte, reponse=True, jour=jour)
            repris = domaine_seul
        if mois:
            lu = (
                _find_plus_precis(domaine, precedente, proposition, metiers)
                or (_find_domaine_avant(precedente, metiers) if question != "metier_vise" else None)
                or repris
                or _find_domaine_apres(propositions[position + 1 : position + 2], proposition, metiers)
                or find_domaine_nomme(proposition, metiers)
            )
            ailleurs = _AJOUTE.match(proposition.texte) and not domaine and find_employeur(proposition.texte)
            durees.append((mois, lu, ailleurs or lu or find_employeur(proposition.texte)))
        elif domaine and (demande or passe) and not proposition.interroge:
            domaine_seul, derniere = domaine, proposition
        elif precedente and _SURTOUT.match(proposition.texte) and _VAGUE.search(precedente.texte):
            domaine_seul = find_metier_en_tete(proposition, metiers) or domaine_seul
        precedente = proposition
    if question is None and not durees and domaine_seul is None:
        domaine_seul = _find_metier_presente(propositions, metiers)
    return _conclude(durees, domaine_seul, aucune=aucune or _is_rien(propositions, question))


def _find_metier_presente(propositions: tuple[Proposition, ...], metiers: Metiers) -> str | None:
    """« maçon, 24 ans, de Lyon », « apprenti maçon, mon patron m'a viré »: the trade of who says it first."""
    for avant, apres in pairwise(propositions[:PRESENTATION_MAX]):
        for metier, age in ((avant, apres), (apres, avant)):
            if metier.phrase != age.phrase or metier.interroge or not metier.moi:
                continue
            seul = _AGE_SEUL.match(age.texte) and age.moi
            if not (seul or _RENVOYE.search(age.texte)) or not (
                domaine := find_metier_en_tete(metier, metiers)
            ):
                continue
            presente = _PRESENTE.match(metier.texte)
            if presente and presente.group("nom") == " ".join(fold(domaine).split()):
                return domaine
    return None


def _find_plus_precis(
    domaine: str | None, precedente: Proposition | None, proposition: Proposition, metiers: Metiers
) -> str | None:
    """« ancienne coiffeuse (14 ans de salon) »: the trade said just before, rather than the place of work."""
    if domaine and is_lieu_de_travail(domaine) and precedente and precedente.phrase == proposition.phrase:
        return _find_domaine_avant(precedente, metiers) or find_domaine_nomme(precedente, metiers) or domaine
    return domaine


def _find_domaine_avant(precedente: Proposition | None, metiers: Metiers) -> str | None:
    if precedente is None:
        return None
    return find_domaine_dit(precedente, metiers) or find_metier_en_tete(precedente, metiers)


def _find_domaine_apres(
    suite: tuple[Proposition, ...], proposition: Proposition, metiers: Metiers
) -> str | None:
    """« dans une entreprise d'insertion depuis 5 mois, nettoyage »: the field, alone right after the time at work."""
    if not suite or suite[0].phrase != proposition.phrase or suite[0].interroge:
        return None
    if not _EN_COURS.search(proposition.texte):
        return find_metier_en_tete(suite[0], metiers) if find_employeur(proposition.texte) else None
    return find_metier_en_tete(suite[0], metiers) or find_domaine_dit(suite[0], metiers)


def _find_repris(propositions: tuple[Proposition, ...], position: int, metiers: Metiers) -> str | None:
    """« CAP boucher, 12 ans de métier », « le ménage, 10 ans d'expérience dedans »: the field said just before."""
    texte, avant = propositions[position].texte, propositions[max(0, position - _REPRISES_MAX) : position]
    if _DEDANS.search(texte):
        find = find_domaine_evoque
    elif _DE_METIER.match(texte):
        find = _find_nomme
    else:
        return None
    return next((domaine for p in reversed(avant) if (domaine := find(p, metiers))), None)


def _find_nomme(proposition: Proposition, metiers: Metiers) -> str | None:
    """The field of a clause on a diploma (« CAP boucher ») or on a job (« mon CDD de magasinier »)."""
    return find_domaine_nomme(proposition, metiers) or (
        find_domaine_dit(proposition, metiers) if proposition.moi else None
    )


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
        nommees = sorted((d for d in durees if d[1]), key=lambda duree: -duree[0])
        domaine = nommees[0][1] if nommees else domaine
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
    texte = _PAS_CETTE_DUREE.sub("", write_durees(proposition.texte))
    demande = question == "experience_mois"
    if demande:
        texte = _COMMENCE.sub("depuis ", _A_PEINE.sub("", _QUAND.sub("", texte)))
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
    vecu = precedente and precedente.phrase == proposition.phrase and _A_VECU.search(precedente.texte)
    if _AGE.match(texte) and not (vecu or (demande and "j ai" not in texte)):
        return None
    return read_mois(_J_AI_PEU.sub(r"\1", texte) if demande else texte, reponse=demande, jour=jour)


def _continue_travail(
    precedente: Proposition, proposition: Proposition, texte: str, motifs: _Motifs, metiers: Metiers
) -> bool:
    """« j'ai travaillé dans la restauration, 4 ans », « couturière au pays, 15 ans »: the time comes right after the work."""
    if precedente.phrase != proposition.phrase or motifs.sauf.search(precedente.texte):
        return False
    if not (suite := _ENSUITE_LA_DUREE.match(texte)):
        return False
    if _CONTINUE.search(precedente.texte) or find_metier_en_tete(precedente, metiers):
        return True
    # « je suis coiffeuse, 24 ans »: an age, unless a word says that the time is spent
    ans_de = _ANS_DE.match(texte)
    if ans_de and is_nom_de_travail([ans_de.group("nom")]):
        return find_domaine_dit(precedente, metiers) is not None
    passe = precedente.texte.startswith("ancien") or not suite.group()[:1].isdigit()
    return passe and find_domaine_dit(precedente, metiers) is not None
