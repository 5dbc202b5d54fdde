"""The name of a métier: which known trade some words are, or begin with."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz

from knowledge.faits.donnees import load_donnees
from knowledge.faits.metiers_connus import RESSEMBLANCE, SCORE_SUR, Metiers
from knowledge.model import Valeur
from knowledge.territoires.normalisation import fold

MOTS_MAX = 5  # words of a trade's name
TRES_PROCHE = 90  # percent: the very name, a letter aside
# somebody who does a trade: « ambulancier », « aide à domicile »
_PERSONNE = re.compile(
    r"(?:(?:mecano|atsem)\b"
    r"|(?:aide|agente?|auxiliaire|assistante?|femme|valet|garde|hote|hotesse|chef|chargee?|gardiennee?|employee?)\b \w"
    r"|\w+(?:eur|euse|ier|iere|iste|ien|ienne|trice|logue|graphe|aire|cher|chere|ger|gere|ant|ante|con|conne)\b)"
)
# « je veux parler à un conseiller », « mon patron cuisinier », « comme mon père chauffeur »
_AUTRUI = re.compile(
    r"\b(?:a|au|aux|avec|contre|chez|par|mon|ma|mes|ton|son|sa|ses|leur|leurs|notre|nos|le|la|les|du|ce|cette|cet|des|d|de|et"
    r"|pere|mere|frere|soeur|mari|femme|patron|patronne|pas|plus|ni|que|sans|sauf|vu|voir|appele|appeler|suis|etais|ete|fait)$"
    r"|(?<!etre )(?<!devenir )(?<!comme )(?<!serait )\bune?$|\b(?:rester|ou|peut|faire garder)\b"
)
_ARTICLE = re.compile(r"(?:le|la|les|l) ")  # a field that leads to trades, not the name of one
_ARTICLES = re.compile(r"^(?:(?:des?|du|d|les?|la|l|aux?|une?|en) )+")


@lru_cache(maxsize=1)
def _load_activites() -> dict[str, str]:
    return {verbe: str(nom) for verbe, nom in load_donnees("metiers_vises")["activites"].items()}


@lru_cache(maxsize=1)
def load_motifs() -> tuple[tuple[re.Pattern[str], ...], dict[str, re.Pattern[str]]]:
    """The patterns of ``metiers_vises.yml``: how a target is said, best first, and the others by name."""
    donnees = load_donnees("metiers_vises")

    def build(motif: str) -> re.Pattern[str]:
        for nom, valeur in donnees["macros"].items():
            motif = motif.replace(f"<{nom}>", valeur)
        return re.compile(motif)

    return tuple(map(build, donnees["cibles"])), {cle: build(m) for cle, m in donnees["motifs"].items()}


def find_nom(nom: str, metiers: Metiers) -> dict[str, Valeur]:
    """The known métier whose very name these words are, an end aside; « droits » only leads to « le droit »."""
    _, motifs = load_motifs()
    nom = motifs["tete"].sub("", motifs["fin"].sub("", nom)).strip()
    if not nom or motifs["pas_un_metier"].match(nom):
        return {}
    mots = nom.split()
    for taille in range(min(MOTS_MAX, len(mots)), 0, -1):
        dit = " ".join(mots[:taille])
        trouves = metiers.find_metiers(dit, 1)
        if not trouves or trouves[0].score < SCORE_SUR:
            continue
        appellation = fold(trouves[0].appellation)
        if not _ARTICLE.match(appellation) and fuzz.ratio(dit, appellation) >= RESSEMBLANCE:
            return _to_faits(trouves[0])
    return {}


def find_nom_final(texte: str, metiers: Metiers) -> dict[str, Valeur]:
    """The trade that ends a clause: « je veux passer à autre chose, ambulancier »."""
    mots = texte.split()
    for taille in range(min(MOTS_MAX, len(mots) - 1), 0, -1):
        dit = " ".join(mots[-taille:])
        if _PERSONNE.match(dit) and not _AUTRUI.search(" ".join(mots[:-taille])):
            trouves = metiers.find_metiers(dit, 1)
            if (
                trouves
                and trouves[0].score >= SCORE_SUR
                and fuzz.ratio(dit, fold(trouves[0].appellation)) >= TRES_PROCHE
            ):
                return _to_faits(trouves[0])
    return {}


def find_metier(nom: str, metiers: Metiers) -> dict[str, Valeur]:
    """The known métier that these words begin with, nothing when there is none."""
    _, motifs = load_motifs()
    nom = motifs["tete"].sub("", motifs["fin"].sub("", nom)).strip()
    if not nom or motifs["pas_un_metier"].match(nom):
        return {}
    nom = _name_activite(nom)
    mots = nom.split()
    essais = dict.fromkeys([nom, *(" ".join(mots[:n]) for n in range(min(MOTS_MAX, len(mots)), 0, -1))])
    for essai in essais:
        trouves = metiers.find_metiers(essai, 1)
        if trouves and trouves[0].score >= SCORE_SUR:
            return _to_faits(trouves[0])
    trouve = metiers.reperer_metier(" ".join(mots[:4]))
    return _to_faits(trouve) if trouve is not None and trouve.score >= SCORE_SUR else {}


def _name_activite(nom: str) -> str:
    """« conduire des bus » is done by « conducteur bus »; other words unchanged."""
    verbe, _, objet = nom.partition(" ")
    metier = _load_activites().get(verbe)
    return nom if metier is None else f"{fold(metier)} {_ARTICLES.sub('', objet)}".strip()


def _to_faits(trouve: Any) -> dict[str, Valeur]:
    return {"metier_vise": str(trouve.appellation), "code_rome": str(trouve.metier.code_rome)}
