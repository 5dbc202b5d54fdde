"""The métier the person aims at; never a past or present job."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Protocol

from rapidfuzz import fuzz

from knowledge.faits.corrections import find_reprise
from knowledge.faits.domaine import RESSEMBLANCE
from knowledge.faits.donnees import load_donnees
from knowledge.faits.ecriture import join_bruts
from knowledge.faits.propositions import Proposition
from knowledge.model import Valeur
from knowledge.territoires.normalisation import fold

SCORE_SUR = 0.9
CODES_MAX = 8  # trades of a field: beyond, the field is too wide to be aimed at
MOTS_MAX = 5  # words of a trade's name
_ARTICLE = re.compile(r"(?:le|la|les|l) ")  # a field that leads to trades, not the name of one
_ARTICLES = re.compile(r"^(?:(?:des?|du|d|les?|la|l|aux?|une?|en) )+")
_SUJET = re.compile(r"\b(?:je|j|suis|ai)\b")
_REPRISES_MAX = 2  # clauses looked at before « c'est ce que je veux »


class _Metiers(Protocol):
    """What is used of the métiers: names to ROME codes."""

    def find_metiers(self, texte: str, limite: int = 5) -> Any: ...

    def reperer_metier(self, texte: str) -> Any: ...

    def find_domaine(self, texte: str) -> Any: ...


@lru_cache(maxsize=1)
def _load_activites() -> dict[str, str]:
    return {verbe: str(nom) for verbe, nom in load_donnees("metiers_vises")["activites"].items()}


@lru_cache(maxsize=1)
def _load() -> tuple[tuple[re.Pattern[str], ...], dict[str, re.Pattern[str]]]:
    donnees = load_donnees("metiers_vises")

    def build(motif: str) -> re.Pattern[str]:
        for nom, valeur in donnees["macros"].items():
            motif = motif.replace(f"<{nom}>", valeur)
        return re.compile(motif)

    return tuple(map(build, donnees["cibles"])), {cle: build(m) for cle, m in donnees["motifs"].items()}


def read_metier(
    texte: str, propositions: tuple[Proposition, ...], metiers: _Metiers, *, question: str | None
) -> dict[str, Valeur]:
    """``metier_vise`` and, when known, ``code_rome``; the last target said wins."""
    _, motifs = _load()
    if code := motifs["code_rome"].search(texte):
        return {"code_rome": code.group("code").upper()}
    if question == "experience_domaine" and not any(motifs["voeu"].search(p.texte) for p in propositions):
        return {}  # « plutôt la garde d'enfants » tells of the past
    demande = question in ("metier_vise", "code_rome")
    faits = _read_corrige(propositions, metiers, demande=demande) or _read_derniere(propositions, metiers)
    if faits:
        return faits
    if question == "projet":  # « oui j'en ai un, cuisinier »
        seuls = (_find_seul(p, metiers) for p in propositions if p.moi and not p.interroge)
        return next((faits for faits in seuls if faits), {})
    if demande:
        return _read_reponse(texte, propositions, metiers)
    return {}


def _read_derniere(propositions: tuple[Proposition, ...], metiers: _Metiers) -> dict[str, Valeur]:
    """The target of the last clause that has one."""
    _, motifs = _load()
    for position, proposition in reversed(tuple(enumerate(propositions))):
        suite = propositions[position + 1] if position + 1 < len(propositions) else None
        if _is_ecartee(proposition, suite, motifs):
            continue
        avant = propositions[max(0, position - _REPRISES_MAX) : position]
        if motifs["reprend"].match(proposition.texte):
            faits = _read_repris(avant, metiers)
        elif avant and motifs["decide"].match(proposition.texte):
            faits = _find_seul(avant[-1], metiers)
        else:
            faits = _read_cible(proposition, suite, metiers)
        if faits := faits or _read_appose(proposition, avant, metiers):
            return faits
    return {}


def _read_corrige(
    propositions: tuple[Proposition, ...], metiers: _Metiers, *, demande: bool
) -> dict[str, Valeur]:
    """« agent de sécurité, non attendez, hôte d'accueil », « plus cuisinier, pâtissier »: the trade said last."""
    _, motifs = _load()
    for position in range(len(propositions) - 1, 0, -1):
        avant, dite = propositions[position - 1], propositions[position]
        if not dite.moi or dite.interroge:
            continue
        ancien, nouveau = motifs["remplace"].match(avant.texte), motifs["remplacant"].match(dite.texte)
        if ancien and nouveau and _find_nom(ancien.group("nom"), metiers):
            return _find_nom(nouveau.group("nom"), metiers)
        nom = find_reprise(avant.texte, dite.texte)
        if nom is None or not (faits := _find_nom(nom, metiers)):
            continue
        if demande or any(_read_cible(p, None, metiers) for p in propositions[:position] if p.moi):
            return faits
    return {}


def _is_ecartee(
    proposition: Proposition, suite: Proposition | None, motifs: dict[str, re.Pattern[str]]
) -> bool:
    """Whether a clause tells of someone else, of what is refused, or of a wish of the past."""
    texte = proposition.texte
    sur_moi = proposition.moi or motifs["demande"].search(texte) or motifs["conseille"].search(texte)
    if motifs["nie"].search(texte) or not sur_moi:
        return True
    if proposition.avant.endswith("avant") or motifs["enfance"].search(proposition.avant):
        return True
    if motifs["voulait"].search(texte) and motifs["jadis"].search(f"{proposition.avant} {texte}"):
        return True
    laisse = suite is not None and motifs["abandonne"].match(suite.texte)
    return bool(laisse and motifs["voulait"].search(texte))


def _read_cible(proposition: Proposition, suite: Proposition | None, metiers: _Metiers) -> dict[str, Valeur]:
    """The trade a clause aims at, known or only named like one."""
    cibles, motifs = _load()
    texte = proposition.texte
    if suite is not None and texte.endswith(" que") and suite.phrase == proposition.phrase:
        trouve = motifs["clive"].search(f"{texte} {suite.texte}")
        if trouve and (faits := _find(trouve.group("cible"), metiers)):
            return faits
        evoque = motifs["c_est_ca"].search(f"{texte} {suite.texte}")
        if evoque and (faits := _find_evoque(evoque.group("dit"), metiers)):
            return faits
    if not motifs["indice"].search(texte):
        return {}
    for cible in cibles:
        if trouve := cible.search(texte):
            lus = trouve.groupdict()
            faits = _find(lus["cible"], metiers) if "cible" in lus else _find_nom(lus["nom"], metiers)
            if faits:
                return faits
    return _read_inconnu(proposition, motifs) or _read_secteur(proposition, metiers)


def _read_appose(
    proposition: Proposition, avant: tuple[Proposition, ...], metiers: _Metiers
) -> dict[str, Valeur]:
    """« je voudrais être à l'accueil, comme hôtesse »: a trade alone, soon after a wish that names none."""
    _, motifs = _load()
    voeu = next((p for p in reversed(avant) if _SUJET.search(p.texte)), avant[0] if avant else None)
    if voeu is None or not voeu.moi or voeu.phrase != proposition.phrase or proposition.interroge:
        return {}
    if not motifs["voeu"].search(voeu.texte) or motifs["nie"].search(voeu.texte):
        return {}
    return {} if _read_cible(voeu, None, metiers) else _find_seul(proposition, metiers)


def _find_seul(proposition: Proposition, metiers: _Metiers) -> dict[str, Valeur]:
    """The known trade that a clause names and nothing else."""
    nom = _load()[1]["apposition"].match(proposition.texte)
    return _find_nom(nom.group("cible"), metiers) if nom else {}


def _find_nom(nom: str, metiers: _Metiers) -> dict[str, Valeur]:
    """The known métier whose very name these words are, an end aside; « droits » only leads to « le droit »."""
    _, motifs = _load()
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


def _read_repris(avant: tuple[Proposition, ...], metiers: _Metiers) -> dict[str, Valeur]:
    """« cariste, un CACES, c'est tout ce que je demande »: the trade named before, nearest first."""
    for proposition in reversed(avant):
        if not proposition.moi:
            continue
        if faits := _find(proposition.texte, metiers) or _find_evoque(proposition.texte, metiers):
            return faits
    return {}


def _find_evoque(texte: str, metiers: _Metiers) -> dict[str, Valeur]:
    """The trade somebody tells to have tried: « on m'a fait faire un stage en boulangerie »."""
    evoque = _load()[1]["evoque"].search(texte)
    return _find(evoque.group("cible"), metiers) if evoque else {}


def _find(nom: str, metiers: _Metiers) -> dict[str, Valeur]:
    """The known métier that these words begin with, nothing when there is none."""
    _, motifs = _load()
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


def _read_inconnu(proposition: Proposition, motifs: dict[str, re.Pattern[str]]) -> dict[str, Valeur]:
    """« je veux devenir maréchal-ferrant »: kept as typed when the words can only be a trade."""
    trouve = motifs["inconnu"].search(proposition.texte)
    if not trouve or motifs["pas_un_metier"].match(trouve.group("nom")):
        return {}
    return _keep_brut(proposition, trouve.start("nom"), len(trouve.group("nom").split()))


def _read_secteur(proposition: Proposition, metiers: _Metiers) -> dict[str, Valeur]:
    """« je voudrais travailler dans le tourisme »: a whole field, in the person's words."""
    _, motifs = _load()
    if trouve := motifs["secteur"].search(proposition.texte):
        mots = motifs["fin"].sub("", trouve.group("nom")).split()[:MOTS_MAX]
        for taille in range(len(mots), 0, -1):
            nom = " ".join(mots[:taille])
            domaine = None if motifs["pas_un_metier"].match(nom) else metiers.find_domaine(nom)
            if domaine is not None:
                etroit = len(domaine.codes_rome) <= CODES_MAX
                return _keep_brut(proposition, trouve.start("nom"), taille) if etroit else {}
    if (trouve := motifs["secteur_nouveau"].search(proposition.texte)) and motifs["voeu"].search(
        proposition.texte
    ):
        return _keep_brut(proposition, trouve.start("nom"), 1)
    return {}


def _keep_brut(proposition: Proposition, debut: int, taille: int) -> dict[str, Valeur]:
    """The words of a clause from a character on, as typed."""
    mots = [mot for mot in proposition.mots if mot.lu]
    premier = len(proposition.texte[:debut].split())
    nom = join_bruts(mots[premier : premier + taille])
    return {"metier_vise": nom[:200]} if nom else {}


def _read_reponse(texte: str, propositions: tuple[Proposition, ...], metiers: _Metiers) -> dict[str, Valeur]:
    """The whole text is the answer; an unknown métier is kept in the person's words."""
    _, motifs = _load()
    miennes = [p for p in propositions if p.moi and not motifs["ecarte"].match(p.texte)]
    if not miennes or motifs["nie"].search(miennes[0].texte):
        return {}
    for dite in reversed(miennes[1:]):
        if (suite := motifs["donc"].match(dite.texte)) and (faits := _find_nom(suite.group("nom"), metiers)):
            return faits
    if faits := _find(motifs["reponse"].sub("", miennes[0].texte).strip(), metiers):
        return faits
    premiere = miennes[0] if len(miennes[0].texte.split()) > 1 or len(miennes) == 1 else miennes[-1]
    nom = motifs["reponse"].sub("", premiere.texte).strip()
    if motifs["vide"].search(nom):
        # « je sais pas encore, peut-être cuisinier »
        return _find(motifs["reponse"].sub("", miennes[-1].texte), metiers) if len(miennes) > 1 else {}
    if faits := _find(nom, metiers):
        return faits
    if not nom or "?" in texte or len(nom.split()) > 6 or nom.isdigit() or len(nom) < 3:
        return {}
    brut = join_bruts([mot for mot in premiere.mots if mot.lu][-len(nom.split()) :])
    return {"metier_vise": brut[:200]} if brut else {}
