"""The free part of a record (``complements``: blocks, modules, prices…) as indented lists of plain French."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from knowledge.rules.phrases import capitalize


def iter_complements(valeur: Mapping[str, Any], retrait: str = "") -> Iterator[str]:
    """The free part of a record as an indented list: one line per name, its source at the end, its parts below."""
    for cle, contenu in valeur.items():
        if cle == "source":
            continue
        if isinstance(contenu, Mapping):
            yield f"{retrait}{_puce(retrait)}{_write_tete(_dire_cle(cle), contenu)}"
            yield from iter_complements(_keep_parties(contenu), retrait + "  ")
        elif isinstance(contenu, list | tuple):
            if cle != "liste":
                yield f"{retrait}{_puce(retrait)}{capitalize(_dire_cle(cle))} :"
            yield from _iter_membres(contenu, retrait if cle == "liste" else retrait + "  ")
        else:
            yield f"{retrait}{_puce(retrait)}{capitalize(_dire_cle(cle))} : {_dire(contenu)}"


def _iter_membres(membres: Iterable[Any], retrait: str) -> Iterator[str]:
    for membre in membres:
        if isinstance(membre, Mapping):
            yield f"{retrait}- {_write_tete('', membre)}"
            yield from iter_complements(_keep_parties(membre), retrait + "  ")
        else:
            yield f"{retrait}- {_dire(membre)}"


def _keep_parties(valeur: Mapping[str, Any]) -> dict[str, Any]:
    """The parts that have parts of their own: the simple ones are already on the line above."""
    return {cle: contenu for cle, contenu in valeur.items() if isinstance(contenu, Mapping | list | tuple)}


def _write_tete(nom: str, valeur: Mapping[str, Any]) -> str:
    """The name of a part and its simple values on one line, with its source."""
    simples = [
        _dire(contenu) if cle in _SANS_NOM else f"{_dire_cle(cle)} : {_dire(contenu)}"
        for cle, contenu in valeur.items()
        if cle != "source" and not isinstance(contenu, Mapping | list | tuple)
    ]
    texte = " ; ".join(simple.rstrip(".") for simple in simples)
    source = f" [{valeur['source']}]" if isinstance(valeur.get("source"), str) else ""
    return f"{' : '.join(morceau for morceau in (capitalize(nom), texte) if morceau)}.{source}"


def _puce(retrait: str) -> str:
    return "- " if retrait else ""


_SANS_NOM = frozenset({"texte", "titre", "nom", "code", "financement"})
# The keys of the free parts are written without accents: here is how they are said.
_DITS = {
    "accessibilite": "accessibilité aux personnes handicapées",
    "activites_du_stage": "activités du stage",
    "aide_recherche_employeur": "aide à la recherche d'un employeur",
    "avant_d_entrer": "avant d'entrer",
    "blocs_de_competences": "blocs de compétences",
    "certif_info": "CertifInfo",
    "competences": "compétences",
    "conges": "congés",
    "cout": "coût",
    "debut": "début",
    "delai": "délai",
    "delais_acces": "conditions et délais d'accès",
    "duree_mois": "durée en mois",
    "echeance_enregistrement": "enregistré jusqu'au",
    "etapes": "étapes",
    "evaluation": "évaluation",
    "frais_d_inscription": "frais d'inscription",
    "heures_alternance": "heures chez l'employeur",
    "heures_centre": "heures en centre",
    "heures_total": "heures en tout",
    "lignes": "selon le financement",
    "memoire": "mémoire",
    "methodes": "méthodes",
    "metiers": "métiers",
    "nsf": "NSF",
    "numero": "module",
    "raison": "on ne sait pas",
    "reference": "références",
    "reponse": "réponse",
    "reserve": "réserve",
    "rncp": "RNCP",
    "rome": "ROME",
    "textes": "textes de loi",
}


def _dire_cle(cle: str) -> str:
    return _DITS.get(cle, cle.replace("_", " "))


def _dire(valeur: Any) -> str:
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    return str(valeur)
