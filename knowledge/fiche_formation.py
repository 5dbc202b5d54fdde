"""The formations of a sector as a page of plain French, with what the sector asks, written once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from knowledge.catalogue_model import Formation
from knowledge.fiche_dispositif import cite, iter_conditions, section, sentence
from knowledge.model import Condition
from knowledge.referentiel import Referentiels

_TYPES = {
    "C": "diplôme ou titre (C)",
    "P": "compétences pour un métier (P)",
    "AQ": "préparation à la qualification (AQ)",
}


def write_fiche_secteur(
    secteur: str, formations: Iterable[Formation], referentiels: Referentiels, metiers: Mapping[str, str]
) -> str:
    """The page of a sector; ``metiers`` gives the name of each ROME code, shown beside it."""
    formations = list(formations)
    offres = sum(len(formation.offres) for formation in formations)
    contenus = f"{len(formations)} formation{'s' if len(formations) > 1 else ''}"
    lignes = [
        f"# Formations : {secteur}",
        "",
        f"{contenus}, {offres} ligne{'s' if offres > 1 else ''} de document.",
    ]
    for formation in formations:
        lignes += _write_formation(formation, referentiels, metiers)
    return "\n".join(lignes) + "\n"


def _write_formation(
    formation: Formation, referentiels: Referentiels, metiers: Mapping[str, str]
) -> list[str]:
    """One formation under its own heading."""
    partie = ["", f"## {formation.intitule}", "", f"Fiche `{formation.id}`.", ""]
    partie += [f"- {ligne}" for ligne in _iter_lignes(formation, referentiels, metiers)]
    partie += _sous_section("Pour entrer, il faut", _iter_conditions(formation, referentiels))
    a_savoir = formation.complements.get("a_savoir", ())
    partie += _sous_section("À savoir", (f"{mention['texte']} [{mention['source']}]" for mention in a_savoir))
    partie += _sous_section("Où", (_write_offre(formation, rang) for rang in range(len(formation.offres))))
    return partie + _sous_section("Ce que les documents ne disent pas", formation.manques)


def _sous_section(titre: str, lignes: Iterable[str]) -> list[str]:
    return [
        ligne.replace("## ", "### ", 1) if ligne.startswith("## ") else ligne
        for ligne in section(titre, lignes)
    ]


def _iter_lignes(
    formation: Formation, referentiels: Referentiels, metiers: Mapping[str, str]
) -> Iterator[str]:
    if formation.certification:
        yield f"Certification : {formation.certification}."
    yield f"Niveau : {write_niveaux(formation, referentiels)}."
    if formation.parcours_types:
        yield f"Type de parcours : {', '.join(_TYPES[type_] for type_ in formation.parcours_types)}."
    if formation.rome:
        noms = ", ".join(f"{metiers.get(code, 'métier')} ({code})" for code in formation.rome)
        yield f"Métiers : {noms}."
    if formation.nsf:
        yield f"Spécialités (NSF) : {' / '.join(formation.nsf)}."
    if formation.dispositif:
        yield f"Dispositif : `{formation.dispositif}`."


def write_niveaux(formation: Formation, referentiels: Referentiels) -> str:
    """The levels of today in words, then those of the document when it prints the old ones."""
    if not formation.niveaux:
        return "le document n'en donne pas"
    noms = [f"{referentiels.niveaux[niveau].libelle} (niveau {niveau})" for niveau in formation.niveaux]
    imprime = (
        f" ; dans le document, ancienne nomenclature : {formation.niveaux_source}"
        if formation.niveaux_source
        else ""
    )
    return ", ".join(noms) + imprime


def _iter_conditions(formation: Formation, referentiels: Referentiels) -> Iterator[str]:
    """The conditions, each with the métiers and the types it is for, when it is not for all."""
    for condition, phrase in zip(
        formation.conditions, iter_conditions(formation.conditions, referentiels), strict=True
    ):
        yield f"{_write_portee(condition)}{phrase}"


def _write_portee(condition: Condition) -> str:
    portees = []
    if condition.rome:
        portees.append(f"métiers {', '.join(condition.rome)}")
    if condition.parcours_types:
        portees.append(", ".join(_TYPES[type_] for type_ in condition.parcours_types))
    return f"(Pour : {' ; '.join(portees)}.) " if portees else ""


def _write_offre(formation: Formation, rang: int) -> str:
    offre = formation.offres[rang]
    return f"{sentence(', '.join(offre.territoires))}{cite(offre.source)}"
