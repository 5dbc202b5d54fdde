"""One entrance to the territories: search, départements, bassins, distances, places in a sentence."""

from __future__ import annotations

from pathlib import Path

from rapidfuzz import fuzz

from knowledge.territoires import distances
from knowledge.territoires.bassins import Bassin, Bassins
from knowledge.territoires.departements import ChercheurDepartements
from knowledge.territoires.donnees import DOSSIER, Donnees
from knowledge.territoires.lieux import Commune, CommuneTrouvee, Departement, LieuxReperes, TerritoireTrouve
from knowledge.territoires.normalisation import normalise
from knowledge.territoires.recherche import ChercheurCommunes
from knowledge.territoires.reperage import Reperage
from knowledge.territoires.sites import resolve_site

SEUIL_INTERCOMMUNALITE = 90.0
LONGUEUR_MAX_RECHERCHE = 80


class Territoires:
    """The French territories, read once. Every method is safe on any text, of any length, and never writes."""

    def __init__(self, dossier: Path = DOSSIER) -> None:
        self._donnees = Donnees(dossier)
        self._departements = ChercheurDepartements(self._donnees.departements)
        self._communes = ChercheurCommunes(self._donnees, self._departements, dossier)
        self._bassins = Bassins(self._donnees, dossier)
        for nom, usuel in list(self._communes.usuels.items()):
            bassin = self._bassins.get(nom)
            if usuel.is_groupe and not usuel.codes_insee and bassin:
                self._communes.set_communes_of_bassin(usuel.nom, bassin.codes_insee)
        self._cles_epci = [(code, normalise(nom)) for code, nom in self._donnees.epci.items()]
        self._reperage = Reperage(self._donnees, self._communes, self._departements)

    def find_communes(
        self, texte: str, limite: int = 8, *, code_departement: str | None = None
    ) -> list[CommuneTrouvee]:
        """The communes that a typed name, postal code or INSEE code may mean.

        Order: the most likely first, from the text and the population; ``score`` is the sureness of the text alone.
        At most ``limite``; empty when nothing resembles it. ``code_departement`` keeps the communes of a département
        when it has some. Typing errors are accepted only when no name matches.
        """
        return self._communes.find(texte, limite, code_departement=code_departement)

    def find_departement(self, texte: str) -> Departement | None:
        """The département named by « 93 », « neuf trois », « Seine-St-Denis », « 2A », a postal code; else None."""
        return self._departements.find(texte)

    def get_commune(self, code_insee: str) -> Commune | None:
        """The commune of this INSEE code; an arrondissement gives its city; None when unknown."""
        arrondissement = self._donnees.arrondissements.get(code_insee)
        if arrondissement and arrondissement.code == code_insee:
            return self._donnees.commune(arrondissement.code_insee)
        return self._donnees.commune(code_insee)

    def get_departement(self, code: str) -> Departement | None:
        """The département of this exact code (« 93 », « 2A », « 971 »), or None."""
        return self._donnees.departements.get(code.upper())

    def find_territoires(self, texte: str, limite: int = 10) -> list[TerritoireTrouve]:
        """Communes, départements, EPCI and bassins that a text may mean, for ``GET /territoires``; best first."""
        if not texte.strip() or limite < 1:
            return []
        lignes: list[TerritoireTrouve] = []
        if departement := self._departements.find(texte):
            lignes.append(_line_departement(departement, texte))
        if bassin := self._bassins.get(texte[:LONGUEUR_MAX_RECHERCHE]):
            lignes.append(_line_bassin(bassin))
        lignes += [_line_commune(trouvee) for trouvee in self.find_communes(texte, limite)]
        lignes += self._find_intercommunalites(texte)
        # A commune that bears the exact name goes before the rest; sorted() keeps the order among equals.
        return sorted(lignes, key=lambda ligne: -ligne.score)[:limite]

    def _find_intercommunalites(self, texte: str) -> list[TerritoireTrouve]:
        cle = normalise(texte[:LONGUEUR_MAX_RECHERCHE])
        if len(cle) < 5:
            return []
        notes = [
            (fuzz.token_set_ratio(cle, epci), code, self._donnees.epci[code])
            for code, epci in self._cles_epci
        ]
        proches = sorted((n for n in notes if n[0] >= SEUIL_INTERCOMMUNALITE), key=lambda n: (-n[0], n[1]))[
            :2
        ]
        return [
            TerritoireTrouve(
                type="intercommunalite",
                code=code,
                nom=nom,
                libelle=nom,
                code_departement=None,
                codes_postaux=(),
                population=None,
                score=round(0.7 * note / 100, 3),
                motif="nom",
            )
            for note, code, nom in proches
        ]

    def distance_km(self, commune_a: Commune, commune_b: Commune) -> float | None:
        """Kilometres in a straight line between two centres, or None when one is not known."""
        return distances.distance_km(commune_a, commune_b)

    def proximite(self, commune_personne: Commune, commune_site: Commune) -> tuple[float, int]:
        """A sort key, nearest first: kilometres (estimated if needed), then the administrative rank 0..5."""
        return distances.proximite(commune_personne, commune_site)

    def bassin_of(self, commune: Commune) -> str | None:
        """The one bassin of the Pacte that holds a commune, or None: elsewhere, or not known."""
        bassin = self._bassins.of(commune.code_insee)
        return bassin.nom if bassin else None

    def bassins_possibles(self, commune: Commune) -> tuple[str, ...]:
        """The bassins a commune may belong to: one when known, several when nobody can tell, else none."""
        return self._bassins.possibles(commune.code_insee)

    def get_bassin(self, nom: str) -> Bassin | None:
        """A territory of the Pacte by its name, label or alias (« T8 », « Est Ensemble », « Nord 77 »), or None."""
        return self._bassins.get(nom)

    def bassins(self) -> list[Bassin]:
        """All bassins, in the order of the file."""
        return list(self._bassins.tous)

    def communes_du_bassin(self, nom: str) -> list[Commune]:
        """The communes of a territory of the Pacte, most populated first; empty when the name is unknown."""
        bassin = self._bassins.get(nom)
        return self._donnees.communes(tuple(bassin.codes_insee)) if bassin else []

    def est_dans_territoire(self, commune: Commune, libelle: str) -> bool | None:
        """Whether a territory as the Pacte prints it (« T6 », « Région sauf T1 ») covers a commune; None: unknown."""
        return self._bassins.covers(libelle, commune.code_insee)

    def communes_de_region(self, code_region: str) -> list[Commune]:
        """The communes of a région, most populated first; empty when the code is unknown."""
        return self._donnees.communes(self._donnees.codes_in_region(code_region))

    def resolve_site(self, nom_imprime: str, code_departement: str | None) -> Commune | None:
        """The commune of a site as a document prints it, inside the département; None when it names none."""
        return resolve_site(nom_imprime, code_departement, self._communes)

    def reperer_lieux(self, texte: str, *, tout_le_texte_est_un_lieu: bool = False) -> LieuxReperes:
        """The places a sentence speaks of; conservative, unless the question asked was the place."""
        return self._reperage.read(texte, tout_le_texte_est_un_lieu=tout_le_texte_est_un_lieu)

    def __len__(self) -> int:
        """How many communes of today are known."""
        return len(self._donnees.codes())


def load_territoires(dossier: Path = DOSSIER) -> Territoires:
    """Read the territory files (about a third of a second): build once, keep, pass as an argument."""
    return Territoires(dossier)


def _line_commune(trouvee: CommuneTrouvee) -> TerritoireTrouve:
    commune = trouvee.commune
    return TerritoireTrouve(
        type="commune",
        code=commune.code_insee,
        nom=commune.nom,
        libelle=f"{commune.nom} ({commune.code_departement}, {commune.nom_departement})",
        code_departement=commune.code_departement,
        codes_postaux=commune.codes_postaux,
        population=commune.population,
        score=trouvee.score,
        motif=trouvee.motif,
    )


def _line_departement(departement: Departement, texte: str) -> TerritoireTrouve:
    exact = normalise(texte) in (normalise(departement.nom), departement.code.lower())
    return TerritoireTrouve(
        type="departement",
        code=departement.code,
        nom=departement.nom,
        libelle=f"{departement.nom} ({departement.code})",
        code_departement=departement.code,
        codes_postaux=(),
        population=None,
        score=0.99 if exact else 0.8,
        motif="nom",
    )


def _line_bassin(bassin: Bassin) -> TerritoireTrouve:
    return TerritoireTrouve(
        type="bassin",
        code=bassin.nom,
        nom=bassin.libelle,
        libelle=f"{bassin.libelle} (bassin d'emploi)",
        code_departement=None,
        codes_postaux=(),
        population=None,
        score=0.95,
        motif="nom",
    )
