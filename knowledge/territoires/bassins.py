"""The territories of the Pacte (T1 to T12 and the bassins of the outer départements) and the communes they cover."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from knowledge.errors import ErreurCatalogue
from knowledge.territoires.donnees import Donnees, read_yaml
from knowledge.territoires.lieux import StatutBassin
from knowledge.territoires.normalisation import normalise

ILE_DE_FRANCE = "11"
_NOTE = re.compile(r"\[[^\]]*\]")  # « Nord-Est 77 [imprimé "Nord 77"] »


@dataclass(frozen=True, slots=True, kw_only=True)
class Bassin:
    """A territory of the Pacte. ``hypothese`` says what was assumed when ``statut`` is not « officiel »."""

    nom: str
    libelle: str
    statut: StatutBassin
    codes_insee: frozenset[str]
    hypothese: str | None


class Bassins:
    """The commune ↔ bassin table, in both directions."""

    def __init__(self, donnees: Donnees, dossier: Path) -> None:
        contenu = read_yaml(dossier / "bassins.yml")
        self._donnees = donnees
        self.tous: list[Bassin] = []
        self._par_nom: dict[str, Bassin] = {}
        self._par_commune: dict[str, Bassin] = {}
        self._possibles: dict[str, tuple[str, ...]] = {}
        for entree in contenu["bassins"]:
            bassin = self._add(entree, entree["statut"])
            self.tous.append(bassin)
            for code in sorted(bassin.codes_insee):
                if code in self._par_commune:
                    raise ErreurCatalogue([f"bassins.yml : la commune {code} est dans deux bassins."])
                self._par_commune[code] = bassin
            for partie in entree.get("parties", []):
                self._add(partie, entree["statut"])
        for entree in contenu["non_resolus"]:
            for code in self._codes_of({"epci": [entree["epci"]]}):
                self._possibles[code] = tuple(entree["possibles"])

    def _add(self, entree: dict[str, Any], statut: str) -> Bassin:
        bassin = Bassin(
            nom=entree["nom"],
            libelle=entree["libelle"],
            statut=cast(StatutBassin, statut),
            codes_insee=frozenset(self._codes_of(entree)),
            hypothese=entree.get("hypothese"),
        )
        for nom in (entree["nom"], entree["libelle"], *entree.get("alias", [])):
            self._par_nom.setdefault(normalise(nom), bassin)
        return bassin

    def _codes_of(self, entree: dict[str, Any]) -> list[str]:
        """The Île-de-France communes of the EPT and EPCI of an entry (an EPCI may cross the border of the région)."""
        codes = [code for ept in entree.get("ept", []) for code in self._donnees.codes_by(code_ept=ept)]
        codes += [code for epci in entree.get("epci", []) for code in self._donnees.codes_by(code_epci=epci)]
        departements = self._donnees.departements
        return [
            c for c in codes if departements[self._donnees.departement_of(c)].code_region == ILE_DE_FRANCE
        ]

    def get(self, nom: str) -> Bassin | None:
        """The territory of this name, label or alias (« T8 », « Est Ensemble », « Nord 77 »), or None."""
        return self._par_nom.get(normalise(_NOTE.sub("", nom)))

    def of(self, code_insee: str) -> Bassin | None:
        """The one bassin of a commune, or None: outside Île-de-France, or not known."""
        return self._par_commune.get(code_insee)

    def possibles(self, code_insee: str) -> tuple[str, ...]:
        """The names a commune may belong to: one when known, several when not resolved, none outside the région."""
        bassin = self.of(code_insee)
        return (bassin.nom,) if bassin else self._possibles.get(code_insee, ())

    def covers(self, libelle: str, code_insee: str) -> bool | None:
        """Whether a territory printed in the Pacte covers a commune; None when the Pacte does not allow to say.

        Understands the bassin names, « Région », « Région sauf T1 », « hors T1-T5 » and « hors T1-T12 ».
        """
        departement = self._donnees.departements.get(self._donnees.departement_of(code_insee))
        if departement is None or departement.code_region != ILE_DE_FRANCE:
            return False
        cle = normalise(libelle)
        if cle in ("region", "ile de france"):
            return True
        exclus = _exclusions(cle)
        if exclus is not None:
            return not any(code_insee in bassin.codes_insee for nom in exclus if (bassin := self.get(nom)))
        demande = self.get(libelle)
        if demande is None:
            return None
        if code_insee in demande.codes_insee:
            return True
        return None if demande.nom in self._possibles.get(code_insee, ()) else False


def _exclusions(cle: str) -> list[str] | None:
    """The T names excluded by « region sauf t1 » or « hors t1 t5 » (a span), else None."""
    mots = cle.split()
    if not {"sauf", "hors"} & set(mots):
        return None
    numeros = [int(mot[1:]) for mot in mots if mot[:1] == "t" and mot[1:].isdigit()]
    if not numeros:
        return None
    return [f"T{numero}" for numero in range(min(numeros), max(numeros) + 1)]
