"""How long the person has worked, and in which field; only work counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from knowledge.faits.mots import Mot, load_donnees
from knowledge.faits.propositions import Proposition
from knowledge.model import Valeur

MOIS_MAX = 840
_ANNEES = re.compile(
    r"\b(?:de|entre|depuis) (?P<a>(?:19|20)\d\d) (?:a|et|jusqu en|jusqu a) (?P<b>(?:19|20)\d\d)\b"
)
_AGE = re.compile(r"^(?:j ai|je suis|moi) (?:\w+ )?\d\d ans$|^\d\d ans$")
_RIEN = re.compile(
    r"(?:(?:non|je|j|n|ai|en|pas|l) )*(?:aucune?|jamais|rien|0|zero|pas d experience|jamais travaille)"
    r"(?: du tout| experience| travaille)*"
)
_DUREE = re.compile(
    r"\b(?P<n>\d{1,2}) ?(?P<u>ans|mois|semaines)\b(?P<demi> et demie?)?(?: et (?P<m>\d{1,2}) mois)?"
)
_PAS_UNE_DUREE = re.compile(r"\b(?:a|j ai eu|vers|dans|age de|ai que|des) $")
_DOMAINE_VOULU = re.compile(
    r"\b(?:veux|voudrais|aimerais|souhaite|cherche|pas travaille|envie|formation|stage|jamais|pouvoir|recherche)\b"
)
_A_TRAVAILLE = re.compile(r"\b(?:ai|je) (?:\w+ )?travaill\w*|travaillais|experience")
_REPONSE = re.compile(
    r"^(?:(?:dans|le|la|l|les|en|comme|un|une|du|de|j|ai|je|travaille|oui|c|etait|etais|fait|plutot|domaine|secteur) )+"
)
_SANS_REPONSE = re.compile(r"\b(?:sais|non|oui|aucun|rien|jamais|pas|passer|quoi)\b|^\d")
_AVEC_COMPLEMENT = frozenset(
    {
        "aide",
        "agent",
        "agente",
        "chef",
        "femme",
        "homme",
        "hotesse",
        "garde",
        "service",
        "auxiliaire",
        "technicien",
    }
    | {"conducteur", "employe", "chauffeur", "equipier"}
)


@dataclass(frozen=True, slots=True)
class _Motifs:
    travail: re.Pattern[str]
    sauf: re.Pattern[str]
    aucune: re.Pattern[str]
    domaine: re.Pattern[str]
    fins: frozenset[str]
    pas_un_domaine: frozenset[str]
    vides: frozenset[str]


@lru_cache(maxsize=1)
def _load() -> _Motifs:
    donnees = load_donnees("experience")
    return _Motifs(
        travail=re.compile(donnees["travail"]),
        sauf=re.compile(donnees["sauf"]),
        aucune=re.compile(donnees["aucune"]),
        domaine=re.compile(donnees["domaine"]),
        fins=frozenset(map(str, donnees["fin_de_domaine"])),
        pas_un_domaine=frozenset(map(str, donnees["pas_un_domaine"])),
        vides=frozenset(map(str, donnees["vides"])),
    )


def read_experience(propositions: tuple[Proposition, ...], *, question: str | None) -> dict[str, Valeur]:
    """``experience_mois`` (summed over distinct fields, else the longest) and ``experience_domaine`` (the longest one's)."""
    motifs = _load()
    durees: list[tuple[int, str | None]] = []
    aucune, domaine_seul = False, None
    for position, proposition in enumerate(propositions):
        if not proposition.moi or proposition.douteuse:
            continue
        aucune = aucune or bool(motifs.aucune.search(proposition.texte))
        precedente = propositions[position - 1] if position and propositions[position - 1].moi else None
        domaine = _read_domaine(proposition, motifs)
        mois = _read_mois(proposition, precedente, motifs, question)
        if mois:
            durees.append((mois, domaine or (_read_domaine(precedente, motifs) if precedente else None)))
        elif domaine and _A_TRAVAILLE.search(proposition.texte):
            domaine_seul = domaine
    return _conclude(durees, domaine_seul, aucune=aucune or _is_rien(propositions, question))


def read_domaine_nu(proposition: Proposition) -> str | None:
    """The field given as a bare answer, in the words typed; None when the answer names none."""
    lu = _REPONSE.sub("", proposition.texte)
    if not lu or len(lu.split()) > 5 or _SANS_REPONSE.search(lu):
        return None
    mots = [mot.brut for mot in proposition.mots if mot.lu][-len(lu.split()) :]
    return " ".join(mots) or None


def _is_rien(propositions: tuple[Proposition, ...], question: str | None) -> bool:
    return (
        question == "experience_mois" and bool(propositions) and bool(_RIEN.fullmatch(propositions[0].texte))
    )


def _conclude(
    durees: list[tuple[int, str | None]], domaine: str | None, *, aucune: bool
) -> dict[str, Valeur]:
    faits: dict[str, Valeur] = {}
    if durees:
        domaines = [lu for _, lu in durees]
        distincts = len(set(domaines)) == len(domaines) and None not in domaines
        mois = sum(m for m, _ in durees) if distincts else max(m for m, _ in durees)
        faits["experience_mois"] = min(mois, MOIS_MAX)
        domaine = max(durees, key=lambda duree: duree[0])[1]
    elif aucune:
        faits["experience_mois"] = 0
    if domaine:
        faits["experience_domaine"] = domaine
    return faits


def _read_mois(
    proposition: Proposition, precedente: Proposition | None, motifs: _Motifs, question: str | None
) -> int | None:
    """Months of work said in a clause; the words of work may be in the clause just before."""
    texte = proposition.texte
    if motifs.sauf.search(texte) or re.search(r"\bpas (?:\w+ )?travaill", texte):
        return None
    demande = question == "experience_mois"
    if not demande and not motifs.travail.search(texte):
        proche = precedente is not None and precedente.phrase == proposition.phrase
        if not (
            proche
            and precedente
            and re.search(r"\b(?:travaille|experience|ete|fait (?:du|de la))\b", precedente.texte)
        ):
            return None
        if motifs.sauf.search(precedente.texte) or not re.match(
            r"^(?:pendant |durant |depuis |environ |ca fait |plus de )*\d", texte
        ):
            return None
    if _AGE.match(texte) and not (demande and "j ai" not in texte):
        return None
    if annees := _ANNEES.search(texte):
        return max(0, int(annees.group("b")) - int(annees.group("a"))) * 12 or None
    durees = [_to_mois(trouve) for trouve in _find_durees(texte)]
    return max(durees) if durees else None


def _find_durees(texte: str) -> list[re.Match[str]]:
    """The lengths of time of a clause; neither « à 16 ans » nor « j'ai 30 ans », which are ages."""
    trouves = []
    for trouve in _DUREE.finditer(texte):
        avant, apres = texte[: trouve.start()], texte[trouve.end() :]
        if _PAS_UNE_DUREE.search(avant):
            continue
        if re.search(r"\bj ai (?:maintenant |deja )?$", avant) and not re.match(
            r" (?:d |de |dans |en |comme )", apres
        ):
            continue
        trouves.append(trouve)
    return trouves


def _to_mois(trouve: re.Match[str]) -> int:
    nombre = int(trouve.group("n"))
    if trouve.group("u") == "ans":
        return nombre * 12 + (6 if trouve.group("demi") else 0) + int(trouve.group("m") or 0)
    return nombre if trouve.group("u") == "mois" else nombre // 4


def _read_domaine(proposition: Proposition, motifs: _Motifs) -> str | None:
    """The field after « dans le », « en », « comme », in the words that were typed."""
    if not motifs.domaine.search(proposition.texte):
        return None
    if _DOMAINE_VOULU.search(proposition.texte):
        return None
    mots = [mot for mot in proposition.mots if mot.lu]
    lus = [mot.lu for mot in mots]
    for position in range(len(lus)):
        debut = _debut_de_domaine(lus, position)
        if debut and (domaine := _cut(mots[debut:], motifs)):
            return domaine
    return None


def _debut_de_domaine(lus: list[str], position: int) -> int:
    """Where the field starts when a link stands at ``position``, else 0."""
    if position == 0:
        return 0
    if (
        lus[position] == "dans"
        and lus[position + 1 : position + 2]
        and lus[position + 1] in ("le", "la", "les", "l", "un", "une")
    ):
        return position + 2
    if lus[position] in ("comme", "en"):
        return position + (3 if lus[position + 1 : position + 3] == ["tant", "que"] else 1)
    return 0


def _cut(mots: list[Mot], motifs: _Motifs) -> str | None:
    gardes: list[Mot] = []
    for mot in mots:
        if mot.lu in motifs.vides and not gardes:
            continue
        if mot.lu in ("de", "d", "du") and not gardes:
            continue
        lien = mot.lu in ("a", "de", "d") and gardes and gardes[-1].lu in _AVEC_COMPLEMENT
        if (mot.lu in motifs.fins or mot.lu.isdigit()) and not lien:
            break
        gardes.append(mot)
        if len(gardes) == 5:
            break
    if not gardes or gardes[0].lu in motifs.pas_un_domaine or len(gardes[0].lu) < 3:
        return None
    return " ".join(mot.brut for mot in gardes if mot.brut)
