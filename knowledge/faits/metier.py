"""The métier the person aims at; never a past or present job."""

from __future__ import annotations

import re
from typing import Any, Protocol

from knowledge.faits.propositions import Proposition
from knowledge.model import Valeur

SCORE_SUR = 0.9
_VOEU = r"(?:veux|voudrais|voulais|aimerais|souhaite|souhaiterais|reve|envisage|compte|projette|pense|cherche|souhaitais|adorerais|ai envie|veut|voudrait|envie|objectif|projet|but|idee)"  # noqa: E501
_CIBLE = re.compile(
    rf"\b{_VOEU}\b(?! (?:pas|plus|jamais|arreter)\b)(?: (?:bien|vraiment|beaucoup|peut etre|surtout|plutot|c est|est|serait|a|d|de|me|m|pouvoir|aussi|toujours|un jour|maintenant|professionnel))*"  # noqa: E501
    r" (?:etre|devenir|travailler (?:comme|en tant que?|en qualite de)|exercer(?: comme| le metier de?| en tant que?)?|reconvertir (?:comme|en|dans (?:le|la) metier de?)|faire (?:le metier de?|comme metier)|"  # noqa: E501
    r"former (?:au metier de?|comme|en tant que?|pour etre|pour devenir)|lancer comme|faire un metier de) (?P<cible>.+)$"
    r"|\b(?:cherche|recherche|trouver|veux|voudrais|aimerais|souhaite)\b(?: \w+){0,3}? (?:emploi|poste|travail|metier|alternance|stage|apprentissage|contrat)(?: en cdi| en cdd)? (?:de|d|comme|en tant que?) (?P<cible2>.+)$"  # noqa: E501
    r"|\b(?:cherche|veux|voudrais|aimerais|souhaite|trouver|suivre|faire|interesse par|besoin d)\b(?: \w+){0,2}? formation (?:de|d|pour etre|pour devenir|comme|au metier de?) (?P<cible3>.+)$"  # noqa: E501
    r"|^(?:une |la )?formation (?:de|d|pour etre|pour devenir) (?P<cible4>.+)$"
    r"|\b(?:pour (?:etre|devenir)|metier vise(?: est| c est)?|mon projet (?:est |c est )?(?:de |d )(?:devenir|etre)|^devenir) (?P<cible5>.+)$"  # noqa: E501
    r"|\b(?:want to be|want to become|quiero ser|quero ser)(?: an?)? (?P<cible6>.+)$"
)
_NIE = re.compile(
    r"\b(?:veux|voudrais|souhaite) (?:pas|plus)\b|\bj etais\b|\bavant\b|\bplus (?:etre|travailler)\b"
)
_FIN = re.compile(
    r" (?:mais|car|pour|depuis|parce|si|quand|avec|dans|apres|et je|et j|ou|en alternance|en france|a paris|plus tard|un jour|je|j)\b.*$"  # noqa: E501
)
_TETE = re.compile(r"^(?:(?:un|une|le|la|les|l|de|d|du|des|metier|futur|future|bon|bonne|vrai|comme|bien) )+")
_REPONSE = re.compile(
    r"^(?:(?:oui|alors|ben|euh|bonjour|moi|c est|ce serait|ca serait|je|j|veux|voudrais|aimerais|souhaite|souhaiterais|etre|devenir|faire|travailler|comme|en tant que|le metier de|metier|dans|un|une|le|la|l|les|bien|plutot|de|d|du|pense|a|peut etre|reve) )+(?=\w)"  # noqa: E501
)
_VIDE = re.compile(
    r"\b(?:sais pas|sais plus|aucune?|rien|n importe|peu importe|pas d idee|pas encore|idee|non|oui|jamais|passer|quoi|comprends|pareil|tout|hesite|pas)\b|^(?:ok|merci|bonjour|salut|oui|stop|retour|aide)$|\?"  # noqa: E501
)


class _Metiers(Protocol):
    """What is used of the métiers: names to ROME codes."""

    def find_metiers(self, texte: str, limite: int = 5) -> Any: ...

    def reperer_metier(self, texte: str) -> Any: ...


def read_metier(
    texte: str, propositions: tuple[Proposition, ...], metiers: _Metiers, *, question: str | None
) -> dict[str, Valeur]:
    """``metier_vise`` and, when known, ``code_rome``; the last target said wins."""
    for proposition in reversed(propositions):
        if not proposition.moi or _NIE.search(proposition.texte):
            continue
        cible = _CIBLE.search(_without_nombres(proposition))
        if not cible:
            continue
        nom = next(valeur for valeur in cible.groupdict().values() if valeur)
        if faits := _find(nom, metiers):
            return faits
    if question in ("metier_vise", "code_rome"):
        return _read_reponse(texte, propositions, metiers)
    return {}


def _without_nombres(proposition: Proposition) -> str:
    return proposition.texte


def _find(nom: str, metiers: _Metiers) -> dict[str, Valeur]:
    """The known métier that these words begin with, nothing when there is none."""
    nom = _TETE.sub("", _FIN.sub("", nom)).strip()
    mots = nom.split()
    if not mots:
        return {}
    for essai in (nom, " ".join(mots[:4]), " ".join(mots[:3]), " ".join(mots[:2])):
        trouves = metiers.find_metiers(essai, 1)
        if trouves and trouves[0].score >= SCORE_SUR:
            return _to_faits(trouves[0])
    trouve = metiers.reperer_metier(" ".join(mots[:4]))
    return _to_faits(trouve) if trouve is not None and trouve.score >= SCORE_SUR else {}


def _to_faits(trouve: Any) -> dict[str, Valeur]:
    return {"metier_vise": str(trouve.appellation), "code_rome": str(trouve.metier.code_rome)}


def _read_reponse(texte: str, propositions: tuple[Proposition, ...], metiers: _Metiers) -> dict[str, Valeur]:
    """The whole text is the answer; an unknown métier is kept in the person's words."""
    miennes = [p for p in propositions if p.moi]
    if not miennes:
        return {}
    premiere = miennes[0] if len(miennes[0].texte.split()) > 1 or len(miennes) == 1 else miennes[-1]
    nom = _REPONSE.sub("", premiere.texte).strip()
    if faits := _find(nom, metiers):
        return faits
    if not nom or "?" in texte or _VIDE.search(nom) or len(nom.split()) > 6 or nom.isdigit() or len(nom) < 3:
        return {}
    brut = _strip(premiere, len(nom.split()))
    return {"metier_vise": brut[:200]} if brut else {}


def _strip(proposition: Proposition, combien: int) -> str:
    mots = [mot.brut for mot in proposition.mots if mot.lu][-combien:]
    return " ".join(mot for mot in mots if mot)
