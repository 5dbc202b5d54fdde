"""Sentences shared by the training data and the held-out data, word for word or nearly."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

import yaml
from rapidfuzz import fuzz, process

from outils.commande_rasa import RACINE
from outils.jeux_evaluation import DOSSIER

_TRES_PROCHES = 90
_DEVELOPPEMENT_DES_FAITS = RACINE / "tests" / "knowledge" / "faits"


def replier(texte: str) -> str:
    """Lower case, without accents nor punctuation, in any alphabet."""
    nu = "".join(signe for signe in unicodedata.normalize("NFKD", texte) if not unicodedata.combining(signe))
    return " ".join(re.findall(r"\w+", nu.lower()))


def iter_exemples(*, sans_frontiere: bool = False) -> Iterator[tuple[str, str, str]]:
    """Every example of ``data/nlu``: its text, its intent, its register (« courant » when none is said).

    ``sans_frontiere``: without those that only serve to tell emergencies, from which the needs are not learnt.
    """
    for fichier in sorted((RACINE / "data" / "nlu").rglob("*.yml")):
        for bloc in yaml.safe_load(fichier.read_text(encoding="utf-8")).get("nlu") or ():
            metadonnees = bloc.get("metadata") or {}
            if sans_frontiere and metadonnees.get("frontiere"):
                continue
            registre = metadonnees.get("registre", "courant")
            for ligne in bloc["examples"].splitlines():
                if ligne.strip().startswith("- "):
                    yield ligne.strip()[2:], bloc.get("intent", ""), registre


def list_entrainement() -> list[str]:
    """The text of every example of ``data/nlu``."""
    return [texte for texte, _, _ in iter_exemples()]


def list_developpement_des_faits() -> list[str]:
    """Every message the reading of facts was developed with."""
    cas = [
        ligne[0]
        for fichier in sorted(_DEVELOPPEMENT_DES_FAITS.glob("cas_*.yml"))
        for ligne in yaml.safe_load(fichier.read_text(encoding="utf-8"))
    ]
    relus = [
        message["texte"]
        for fichier in sorted(_DEVELOPPEMENT_DES_FAITS.glob("messages_*.yml"))
        for message in yaml.safe_load(fichier.read_text(encoding="utf-8"))["messages"]
    ]
    return cas + relus


def find_partagees(textes: Iterable[str], connus: Iterable[str]) -> list[str]:
    """The texts that stand among ``connus``, or almost (nine signs out of ten, from three words on)."""
    plies = sorted({replier(connu) for connu in connus} - {""})
    exacts = set(plies)
    partages = []
    for texte in textes:
        plie = replier(texte)
        proche = len(plie.split()) >= 3 and process.extractOne(
            plie, plies, scorer=fuzz.ratio, score_cutoff=_TRES_PROCHES
        )
        if plie in exacts or proche:
            partages.append(texte)
    return partages


def list_tenus_a_l_ecart() -> dict[str, list[str]]:
    """Held-out messages by file name without suffix."""
    trouves = {}
    for fichier in sorted(DOSSIER.rglob("*.yml")):
        contenu = yaml.safe_load(fichier.read_text(encoding="utf-8"))
        lignes = contenu.get("phrases") or contenu.get("messages") or ()
        trouves[fichier.stem] = [ligne["texte"] for ligne in lignes]
    return trouves
