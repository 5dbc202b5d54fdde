"""What a message says of the children: whether they need looking after, and work stopped to raise them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from knowledge.faits.donnees import load_donnees
from knowledge.faits.foyer import keep_son_foyer
from knowledge.faits.propositions import Proposition
from knowledge.model import Valeur

MAJEURS = 18  # children of this age need nobody
SOLUTION_SEULE_MOTS = 8  # « ma fille est à la crèche », unasked: whether it suits is not said
SEULS = 14  # asked about care, a youngest child of this age stays alone

_MENTION = re.compile(
    r"\b(?:enfants?|fils|filles?|bebes?|petite?s?|garcons?|gamine?s?|jumeaux|jumelles|puces?|creche|garde\w*|gardait"
    r"|nounou|nourrice|maternelles?|periscolaire|naissance|grossesse|foyer|maternite|parental|conge mat|eleve|elever|loulous?"
    r"|mioches?|derniere?|enceinte|premiere?|deuxieme|troisieme|seule avec|seul avec)\b"
)
_ENFANT = re.compile(
    r"\b(?:mes|mon|ma|notre|nos|les|le|la|un|une|des|\d)(?: \w+)? (?:enfants?|fils|filles?|bebes?|petite?s?|garcons?"
    r"|gamine?s?|jumeaux|jumelles|puces?|loulous?)\b"
)
_AGES = re.compile(
    r"\b(?:enfants?|fils|filles?|petite?s?|garcons?|derniere?|ils|elles|elle|il|jeune)(?: \w+){0,2} (?:a|ont|de)"
    r"(?: (?:deja|maintenant|bientot))? (?P<ages>\d{1,2}(?:(?: ans)?(?: ,)?(?: et)? \d{1,2}){0,4}) ans\b"
)
_CONVIENT = re.compile(
    r"\b(?:tous les jours|toute la (?:journee|semaine)|la (?:journee|semaine)|tranquille|dispo\w*|libre|tout roule"
    r"|quand je (?:travaille|suis)|c est bon|ca va)\b"
)
_PLURIEL = re.compile(r"\b(?:mes|nos) \w+(?: \w+)? ont\b")
_SUR_SOI = re.compile(
    r"\b(?:je|j|moi|mon|ma|mes|me|m|nous|on|notre|nos|pas|plus|impossible|(?:mode|solution|frais) de garde)\b"
)
_AUTRE_PARENT = re.compile(
    r"\b(?:femme|mari|conjointe?|compagne|compagnon|mere|soeur|frere|amie?|copine|voisine?|cousine?|collegue|nounou|tante)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Motifs:
    garde: Mapping[str, re.Pattern[str]]
    interruption: Mapping[str, re.Pattern[str]]


@lru_cache(maxsize=1)
def _load() -> _Motifs:
    donnees = load_donnees("enfants")
    macros: Mapping[str, str] = donnees["macros"]
    return _Motifs(
        garde={cle: _compile(motifs, macros) for cle, motifs in donnees["garde"].items()},
        interruption={cle: _compile(motifs, macros) for cle, motifs in donnees["interruption"].items()},
    )


def _compile(motifs: Iterable[str], macros: Mapping[str, str]) -> re.Pattern[str]:
    """One pattern for all; a macro may hold others, written before it."""
    texte = "|".join(f"(?:{motif})" for motif in motifs)
    for nom, valeur in reversed(tuple(macros.items())):
        texte = texte.replace(f"<{nom}>", valeur)
    return re.compile(texte)


def read_enfants(
    propositions: tuple[Proposition, ...], *, question: str | None, dits: Mapping[str, Valeur]
) -> dict[str, bool]:
    """The care of the children and the work stopped for them; ``dits``: what the other readers heard."""
    tout = " ".join(p.texte for p in propositions)
    if question not in ("enfants_a_garder", "parent_ayant_interrompu") and not _MENTION.search(tout):
        return {}
    propositions = keep_son_foyer(propositions)
    tout = " ".join(p.texte for p in propositions)
    faits: dict[str, bool] = {}
    garde = _read_garde(
        propositions, tout, demande=question == "enfants_a_garder", dit=dits.get("enfants_a_garder")
    )
    if garde is not None:
        faits["enfants_a_garder"] = garde
    arret = _read_interruption(propositions, demande=question == "parent_ayant_interrompu")
    if arret is not None:
        faits["parent_ayant_interrompu"] = arret
    return faits


def _list_phrases(propositions: Iterable[Proposition]) -> list[str]:
    """One text per sentence, its clauses set apart by a comma."""
    phrases: dict[int, list[str]] = {}
    for proposition in propositions:
        phrases.setdefault(proposition.phrase, []).append(proposition.texte)
    return [" , ".join(textes) for textes in phrases.values()]


def _read_garde(
    propositions: tuple[Proposition, ...], tout: str, *, demande: bool, dit: Valeur | None
) -> bool | None:
    """The last sentence that says it wins; what is said in passing undoes no lack."""
    motifs = _load().garde
    d_enfants = demande or bool(_ENFANT.search(tout))
    suffit = demande or len(tout.split()) > SOLUTION_SEULE_MOTS or bool(_CONVIENT.search(tout))
    lu: bool | None = None
    for texte in _list_phrases(propositions):
        if motifs["ailleurs"].search(texte):
            continue
        valeur = _read_phrase(texte, d_enfants=d_enfants, suffit=suffit)
        if valeur is None and demande:
            valeur = _read_demande(texte)
        if valeur is None and lu is None and dit is None and suffit and motifs["faible"].search(texte):
            valeur = False
        lu = lu if valeur is None else valeur
    return lu


def _read_phrase(texte: str, *, d_enfants: bool, suffit: bool) -> bool | None:
    """In one sentence: a problem denied, else the last of what is lacking and what is found."""
    motifs = _load().garde
    if motifs["clos"].search(texte):
        return False
    non = ["non", *(["resolu"] if suffit else []), *(["resolu_avec_enfant"] if suffit and d_enfants else [])]
    manque = -1
    if d_enfants or _SUR_SOI.search(texte):
        manque = _find_dernier(motifs, ("oui", "oui_avec_enfant") if d_enfants else ("oui",), texte)
    trouve = _find_dernier(motifs, non, texte)
    if manque < 0 and trouve < 0:
        return False if _PLURIEL.search(texte) and _read_plus_jeune(texte) >= MAJEURS else None
    return manque >= trouve


def _find_dernier(motifs: Mapping[str, re.Pattern[str]], cles: Iterable[str], texte: str) -> int:
    """Where the last match of these patterns ends, -1 when there is none."""
    return max((trouve.end() for cle in cles for trouve in motifs[cle].finditer(texte)), default=-1)


def _read_plus_jeune(texte: str) -> int:
    """The age of the youngest child told of, -1 when none is."""
    ages = [int(age) for trouve in _AGES.finditer(texte) for age in re.findall(r"\d+", trouve.group("ages"))]
    return min(ages, default=-1)


def _read_demande(texte: str) -> bool | None:
    motifs = _load().garde
    if motifs["non_si_demande"].search(texte) or _read_plus_jeune(texte) >= SEULS:
        return False
    return True if motifs["oui_si_demande"].search(texte) else None


def _read_interruption(propositions: tuple[Proposition, ...], *, demande: bool) -> bool | None:
    motifs = _load().interruption
    lu: bool | None = None
    manque = False
    de_moi = [p for p in propositions if p.moi or not _AUTRE_PARENT.search(p.texte)]
    phrases = {p.phrase: [q for q in de_moi if q.phrase == p.phrase] for p in propositions}
    for numero, siennes in phrases.items():
        entier = " , ".join(p.texte for p in propositions if p.phrase == numero)
        texte = " , ".join(p.texte for p in siennes)
        if motifs["non"].search(entier) or (demande and motifs["non_si_demande"].search(entier)):
            lu = False
        elif not motifs["ailleurs"].search(entier) and (
            motifs["oui"].search(texte)
            or (manque and motifs["oui_apres_manque"].search(texte))
            or (demande and motifs["oui_si_demande"].search(texte))
        ):
            lu = True
        garde = _load().garde
        manque = any(m.search(entier) for m in (motifs["garde_soi"], garde["oui"], garde["oui_avec_enfant"]))
    return lu
