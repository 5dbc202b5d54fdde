"""Read the territory files into plain rows and indexes; communes become objects only when someone asks for them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from knowledge.errors import ErreurCatalogue
from knowledge.territoires.lieux import Commune, Departement
from knowledge.territoires.normalisation import normalise, without_article

DOSSIER = Path(__file__).resolve().parent.parent / "referentiels" / "territoires"


class Ancienne(NamedTuple):
    """A former commune, an associated commune or an arrondissement, and the commune of today that holds it."""

    code: str
    nom: str
    type: str
    code_insee: str
    codes_postaux: str
    latitude: str
    longitude: str

    @property
    def is_arrondissement(self) -> bool:
        """Whether it is an arrondissement of Paris, Lyon or Marseille."""
        return self.type == "arrondissement-municipal"


class NomUsuel(NamedTuple):
    """A name people use for a commune, or for a group of communes (``is_groupe``)."""

    nom: str
    codes_insee: tuple[str, ...]
    is_groupe: bool


def _read_csv(chemin: Path) -> Iterator[list[str]]:
    with chemin.open(encoding="utf-8", newline="") as fichier:
        lignes = csv.reader(fichier, delimiter=";")
        next(lignes)
        yield from lignes


def read_yaml(chemin: Path) -> dict[str, Any]:
    """One YAML file of the referential.

    Raises:
        ErreurCatalogue: the file is not a YAML mapping.
    """
    contenu = yaml.safe_load(chemin.read_text(encoding="utf-8"))
    if not isinstance(contenu, dict):
        raise ErreurCatalogue([f"{chemin.name} : le fichier doit contenir des clés et des valeurs."])
    return contenu


class Donnees:
    """The rows of the files and the indexes that every search shares. Read-only once built."""

    def __init__(self, dossier: Path = DOSSIER) -> None:
        regions = dict(_read_csv(dossier / "regions.csv"))
        self.departements = {
            code: Departement(code=code, nom=nom, code_region=region, nom_region=regions.get(region, nom))
            for code, nom, region in _read_csv(dossier / "departements.csv")
        }
        self.epci: dict[str, str] = {}
        self.ept: dict[str, str] = {"T1": "Paris"}
        for code, nom, _, code_ept in _read_csv(dossier / "intercommunalites.csv"):
            if code_ept:
                self.ept[code_ept] = nom
            else:
                self.epci[code] = nom
        self.mots_courants = frozenset((dossier / "mots_courants.txt").read_text(encoding="utf-8").split())
        self._lignes = {ligne[0]: ligne for ligne in _read_csv(dossier / "communes.csv")}
        self._communes: dict[str, Commune] = {}
        self.par_cle: dict[str, list[str]] = {}
        self.par_code_postal: dict[str, list[str]] = {}
        self.populations: dict[str, int] = {}
        for code, nom, _, codes_postaux, _, _, population, *_ in self._lignes.values():
            self.par_cle.setdefault(normalise(nom), []).append(code)
            self.populations[code] = int(population or 0)
            for code_postal in codes_postaux.split("|"):
                self.par_code_postal.setdefault(code_postal, []).append(code)
        self.anciennes: dict[str, list[Ancienne]] = {}
        self.arrondissements: dict[str, Ancienne] = {}
        for champs in _read_csv(dossier / "communes_anciennes.csv"):
            self._add_ancienne(Ancienne(*champs))
        self.codes_postaux = frozenset(
            [*self.par_code_postal, *(c for c in self.arrondissements if len(c) == 5)]
        )
        self.sans_article: dict[str, str] = {
            courte: cle
            for cle in self.par_cle
            if (courte := without_article(cle)) != cle and courte not in self.par_cle
        }

    def _add_ancienne(self, ancienne: Ancienne) -> None:
        if ancienne.is_arrondissement:
            for code in ancienne.codes_postaux.split("|"):
                self.arrondissements[code] = ancienne
            self.arrondissements[ancienne.code] = ancienne
        elif normalise(ancienne.nom) != normalise(self._lignes[ancienne.code_insee][1]):
            self.anciennes.setdefault(normalise(ancienne.nom), []).append(ancienne)

    def commune(self, code: str) -> Commune | None:
        """The commune of this INSEE code, or None; built once, then kept."""
        if code not in self._communes and code in self._lignes:
            self._communes[code] = self._build(self._lignes[code])
        return self._communes.get(code)

    def communes(self, codes: list[str] | tuple[str, ...]) -> list[Commune]:
        """The communes of these codes, most populated first; unknown codes are left out."""
        trouvees = [commune for code in codes if (commune := self.commune(code)) is not None]
        return sorted(trouvees, key=lambda commune: (-(commune.population or 0), commune.code_insee))

    def codes(self) -> list[str]:
        """All INSEE codes of today, in order."""
        return list(self._lignes)

    def codes_by(self, *, code_epci: str | None = None, code_ept: str | None = None) -> list[str]:
        """The codes of the communes of an EPCI or of an EPT, in order."""
        return [
            ligne[0]
            for ligne in self._lignes.values()
            if (code_epci and ligne[4] == code_epci) or (code_ept and ligne[5] == code_ept)
        ]

    def codes_in_region(self, code_region: str) -> list[str]:
        """The codes of the communes of a région, in order."""
        return [
            ligne[0]
            for ligne in self._lignes.values()
            if self.departements[ligne[2]].code_region == code_region
        ]

    def departement_of(self, code: str) -> str:
        """The département code of an INSEE code that exists, without building the commune."""
        return self._lignes[code][2]

    def _build(self, ligne: list[str]) -> Commune:
        code, nom, departement, codes_postaux, epci, ept, population, latitude, longitude, approche = ligne
        return Commune(
            code_insee=code,
            nom=nom,
            code_departement=departement,
            nom_departement=self.departements[departement].nom,
            code_region=self.departements[departement].code_region,
            codes_postaux=tuple(codes_postaux.split("|")) if codes_postaux else (),
            code_epci=epci or None,
            nom_epci=self.epci.get(epci),
            code_ept=ept or None,
            nom_ept=self.ept.get(ept),
            population=int(population) if population else None,
            latitude=float(latitude) if latitude else None,
            longitude=float(longitude) if longitude else None,
            coordonnees_approchees=approche == "a",
        )
