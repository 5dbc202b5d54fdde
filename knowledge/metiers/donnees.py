"""Reads the trades from their files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from knowledge.errors import ErreurCatalogue
from knowledge.lecture import read_yaml
from knowledge.metiers.cles import build_cle
from knowledge.metiers.modele import Domaine, Lexique, Metier

DOSSIER = Path(__file__).resolve().parent.parent / "referentiels"


def load_lexique(dossier: Path = DOSSIER) -> Lexique:
    """The trades, fields and words of the files.

    Raises:
        ErreurCatalogue: a code that does not exist, or one name under two codes.
    """
    offre = tuple(_to_metier(entree) for entree in read_yaml(dossier / "metiers.yml")["metiers"])
    hors = tuple(
        _to_hors_offre(entree) for entree in read_yaml(dossier / "metiers_hors_offre.yml")["metiers"]
    )
    mots = read_yaml(dossier / "mots_metiers.yml")
    lexique = Lexique(
        metiers=offre + hors,
        domaines=tuple(_to_domaine(entree, offre) for entree in mots["domaines"]),
        ambigus={mot: tuple(codes) for mot, codes in mots["ambigus"].items()},
        courants=frozenset(mots["courants"]),
        cadres=frozenset(mots["cadres"]),
    )
    if fautes := find_fautes(lexique):
        raise ErreurCatalogue(fautes)
    return lexique


def find_fautes(lexique: Lexique) -> list[str]:
    """What is wrong in the files, one sentence each; empty when nothing is."""
    fautes = []
    codes = {metier.code_rome for metier in lexique.metiers}
    offerts = {metier.code_rome for metier in lexique.metiers if metier.dans_l_offre}
    ambigus = {build_cle(mot) for mot in lexique.ambigus}
    tenus: dict[str, str] = {}
    if len(codes) != len(lexique.metiers):
        fautes.append("metiers.yml et metiers_hors_offre.yml : un code ROME est écrit deux fois.")
    for metier in lexique.metiers:
        fautes += [
            f"{metier.code_rome} : « {code} », donné comme proche, n'est pas dans metiers.yml."
            for code in metier.proches
            if code not in offerts
        ]
        for nom in (*metier.appellations, *metier.activites):
            cle = build_cle(nom)
            autre = tenus.setdefault(cle, metier.code_rome)
            if not cle or autre != metier.code_rome:
                fautes.append(f"« {nom} » est sous {autre} et sous {metier.code_rome} : gardez un seul code.")
            if cle in ambigus:
                fautes.append(f"« {nom} » ({metier.code_rome}) est aussi dans les mots ambigus.")
    for mot, proposes in lexique.ambigus.items():
        fautes += [
            f"mots_metiers.yml, « {mot} » : le code {code} n'existe pas."
            for code in proposes
            if code not in codes
        ]
    return fautes


def _to_metier(entree: dict[str, Any]) -> Metier:
    return Metier(
        code_rome=entree["code_rome"],
        libelle=entree["libelle"],
        libelle_source=entree["libelle_source"],
        appellations=tuple(entree["appellations"]),
        activites=tuple(entree.get("activites", ())),
        dans_l_offre=True,
        source_lignes=entree["source"]["lignes"],
    )


def _to_hors_offre(entree: dict[str, Any]) -> Metier:
    return Metier(
        code_rome=entree["code_rome"],
        libelle=entree["libelle"],
        libelle_source="",
        appellations=tuple(entree["appellations"]),
        activites=tuple(entree.get("activites", ())),
        dans_l_offre=bool(entree.get("dans_l_offre", False)),
        source_lignes="",
        proches=tuple(entree.get("proches", ())),
    )


def _to_domaine(entree: dict[str, Any], offre: tuple[Metier, ...]) -> Domaine:
    """``codes`` are codes or the beginning of codes ("F16"), in the order to show them."""
    codes = [
        metier.code_rome
        for debut in entree["codes"]
        for metier in offre
        if metier.code_rome.startswith(debut)
    ]
    return Domaine(nom=entree["nom"], noms=tuple(entree["noms"]), codes_rome=tuple(dict.fromkeys(codes)))
