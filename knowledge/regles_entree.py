"""What a whole sector asks for, read from ``referentiels/regles_entree.yml`` and added to the formations concerned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from knowledge.catalogue_model import Formation
from knowledge.conversion import Convertisseur
from knowledge.errors import ErreurCatalogue
from knowledge.fichiers import RegleEntreeFichier, ReglesEntreeFichier
from knowledge.lecture import read_modele, suggest
from knowledge.model import Condition
from knowledge.referentiel import Referentiels

_FICHIER = "regles_entree.yml"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegleEntree:
    """A rule of a sector; ``rome`` or ``parcours_types`` empty: the whole sector. ``a_savoir``: (text, source) pairs."""

    id: str
    secteurs: tuple[str, ...]
    rome: frozenset[str]
    parcours_types: frozenset[str]
    conditions: tuple[Condition, ...]
    a_savoir: tuple[tuple[str, str], ...]

    def concerns(self, formation: Formation) -> bool:
        """Whether the formation is of the sector, leads to one of the métiers and offers one of the types."""
        return (
            formation.secteur in self.secteurs
            and (not self.rome or not self.rome.isdisjoint(formation.rome))
            and (not self.parcours_types or not self.parcours_types.isdisjoint(formation.parcours_types))
        )


def load_regles_entree(
    referentiels: Referentiels, racine: Path, fautes: list[str]
) -> tuple[RegleEntree, ...]:
    """The rules in file order; what is wrong is added to ``fautes``, in French."""
    try:
        fichier = read_modele(racine / "referentiels" / _FICHIER, ReglesEntreeFichier)
    except ErreurCatalogue as erreur:
        fautes.extend(erreur.fautes)
        return ()
    convertisseur = Convertisseur(f"referentiels/{_FICHIER}", referentiels)
    regles = tuple(_build_regle(regle, convertisseur) for regle in fichier.regles)
    fautes.extend(convertisseur.fautes)
    return regles


def _build_regle(fichier: RegleEntreeFichier, convertisseur: Convertisseur) -> RegleEntree:
    for mention in fichier.a_savoir:
        convertisseur.to_source(mention.source)  # an unknown document is a fault
    return RegleEntree(
        id=fichier.id,
        secteurs=tuple(fichier.secteurs),
        rome=frozenset(fichier.rome),
        parcours_types=frozenset(fichier.parcours_types),
        conditions=tuple(
            replace(condition, rome=tuple(fichier.rome), parcours_types=tuple(fichier.parcours_types))
            for condition in convertisseur.to_conditions(fichier.conditions)
        ),
        a_savoir=tuple((mention.texte, mention.source) for mention in fichier.a_savoir),
    )


def add_regles_entree(
    formations: Mapping[str, Formation], regles: Iterable[RegleEntree], fautes: list[str]
) -> dict[str, Formation]:
    """The formations, each with the conditions and the "à savoir" of its sector after its own.

    A rule that concerns no formation is a fault when there are formations: a misspelt sector would be lost silently.
    """
    regles = tuple(regles)
    secteurs = sorted({formation.secteur for formation in formations.values()})
    for regle in regles if formations else ():
        for secteur in regle.secteurs:
            if secteur not in secteurs:
                proche = suggest(secteur, secteurs)
                fautes.append(
                    f"{_FICHIER}, règle « {regle.id} » : aucune formation du secteur « {secteur} ».{proche}"
                )
    return {
        cle: _add(formation, [regle for regle in regles if regle.concerns(formation)])
        for cle, formation in formations.items()
    }


def _add(formation: Formation, regles: list[RegleEntree]) -> Formation:
    if not regles:
        return formation
    a_savoir = [{"texte": texte, "source": source} for regle in regles for texte, source in regle.a_savoir]
    complements = {**formation.complements, "a_savoir": a_savoir} if a_savoir else formation.complements
    conditions = [condition for regle in regles for condition in regle.conditions]
    return replace(formation, conditions=(*formation.conditions, *conditions), complements=complements)
