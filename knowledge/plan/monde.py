"""What a search of parcours handles: the world it reads, the steps it chains, and what a step changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from knowledge.model import Articulation, Dispositif, Situation, StatutLien
from knowledge.referentiel import Referentiels
from knowledge.rules.evaluate import is_proposable
from knowledge.search import PARTOUT, Index


@dataclass(frozen=True, slots=True, kw_only=True)
class Maillon:
    """A step of a chain: the record, the goals it reaches, the situation before it, the link from the previous step."""

    dispositif: Dispositif
    acquis: tuple[str, ...]
    avant: Situation
    lien: Articulation | None
    statut: StatutLien | None
    rend_possible: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chaine:
    """A complete chain; ``manques`` are the goals for which nothing was found."""

    cout: float
    maillons: tuple[Maillon, ...]
    manques: tuple[str, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of its steps, in order."""
        return tuple(maillon.dispositif.id for maillon in self.maillons)


@dataclass(frozen=True, slots=True, kw_only=True)
class Monde:
    """What a search needs to know: the catalogue's index, the rules, the day, the needs and what is unavailable."""

    index: Index
    referentiels: Referentiels
    jour: date
    besoins: tuple[str, ...]
    indisponibles: frozenset[str] = frozenset()


def apply_effets(dispositif: Dispositif, situation: Situation) -> Situation:
    """The situation once the step is done."""
    faits = {effet.critere: effet.valeur for effet in dispositif.effets if effet.critere}
    return situation.with_faits(faits) if faits else situation


def iter_pour_acquis(monde: Monde, acquis: str, departement: str | None) -> Iterator[Dispositif]:
    """Records in force that bring ``acquis`` in this département, or anywhere when it is not known."""
    index = monde.index
    if departement is None:
        fiches = index.par_acquis_seul.get(acquis, ())
    else:
        fiches = index.par_acquis.get((acquis, departement), ()) + index.par_acquis.get((acquis, PARTOUT), ())
    for dispositif in fiches:
        if dispositif.id not in monde.indisponibles and is_proposable(dispositif, monde.jour):
            yield dispositif


def find_lien(
    precedent: Dispositif | None, suivant: Dispositif
) -> tuple[Articulation | None, StatutLien | None]:
    """The link the source writes between two steps, with its status; ``DEDUIT`` when only their effects chain."""
    if precedent is None:
        return None, None
    for lien in precedent.articulations:
        if lien.vers == suivant.id:
            return lien, lien.statut
    return None, StatutLien.DEDUIT
