"""Search a commune from what a person typed: exact names first, then beginnings of names, then typing errors."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from math import log10
from pathlib import Path

from rapidfuzz import fuzz, process

from knowledge.territoires.departements import ChercheurDepartements
from knowledge.territoires.donnees import Donnees, NomUsuel, read_yaml
from knowledge.territoires.lieux import CommuneTrouvee, Motif
from knowledge.territoires.normalisation import normalise, phonetic
from knowledge.territoires.requete import Requete, read_requete

# How sure each way of matching is. Population then orders candidates: see ``_rank``.
SCORES: dict[Motif, float] = {
    "nom": 1.0,
    "code_postal": 1.0,
    "arrondissement": 1.0,
    "nom_usuel": 0.98,
    "ancien_nom": 0.94,
    "code_insee": 0.9,
    "debut_du_nom": 0.93,
    "agglomeration": 0.6,
    "orthographe_proche": 0.9,  # same sound; a few letters apart: 0.9 × likeness
}
SCORE_DEBUT_DE_MOT = 0.8  # « montr » for Montreuil: the last word is not finished
# Ten times more people is worth 0.08: « Asnières » is Asnières-sur-Seine (94 000), not Asnières in the Eure (300),
# while « Saint-Denis » stays an exact name before Saint-Denis-en-Val.
POIDS_POPULATION = 0.08
SEUIL_ORTHOGRAPHE = 78.0
SEUIL_ORTHOGRAPHE_DANS_DEPARTEMENT = 72.0
LONGUEUR_MIN_ORTHOGRAPHE = 4
LONGUEUR_MIN_DU_SON = 6  # letters from which a sound is heard behind an unfinished word
LONGUEUR_MAX_NOM = 60
SONS_MIN = 3  # two sounds are shared by too many names
_DEBUTS_VAGUES = frozenset({"le", "la", "les", "l", "saint", "sainte", "sur", "sous", "de"})

_Trouvees = dict[str, CommuneTrouvee]


class ChercheurCommunes:
    """The index of names. Read-only once built; the sound index is made at the first unknown name."""

    def __init__(self, donnees: Donnees, departements: ChercheurDepartements, dossier: Path) -> None:
        self._donnees = donnees
        self._departements = departements
        self.usuels: dict[str, NomUsuel] = {}
        for entree in read_yaml(dossier / "noms_usuels.yml")["noms"]:
            self.usuels[normalise(entree["nom"])] = self._build_usuel(entree)
        self._cles = sorted([*donnees.par_cle, *donnees.sans_article])
        self._connus = {*donnees.par_cle, *self.usuels, *donnees.anciennes}
        self._sons: dict[str, list[str]] | None = None
        self._par_departement: dict[str, list[str]] | None = None

    def _build_usuel(self, entree: dict[str, str]) -> NomUsuel:
        if "commune" in entree:
            return NomUsuel(entree["nom"], (entree["commune"],), False)
        if "epci" in entree:
            return NomUsuel(entree["nom"], tuple(self._donnees.codes_by(code_epci=entree["epci"])), True)
        return NomUsuel(entree["nom"], (), True)

    def set_communes_of_bassin(self, nom: str, codes_insee: Iterable[str]) -> None:
        """Give its communes to a usual name that designates a bassin."""
        self.usuels[normalise(nom)] = NomUsuel(nom, tuple(sorted(codes_insee)), True)

    def find(
        self, texte: str, limite: int = 8, *, code_departement: str | None = None, orthographe: bool = True
    ) -> list[CommuneTrouvee]:
        """The communes that answer the text, best first; empty when nothing resembles it."""
        if limite < 1:
            return []
        requete = read_requete(texte, self._departements, self._connus)
        code_departement = requete.code_departement or code_departement
        if requete.code_postal:
            trouvees = self._by_code_postal(requete)
            if trouvees or not requete.nom:
                return trouvees[:limite]
        if not requete.nom or len(requete.nom) > LONGUEUR_MAX_NOM:
            return []
        if requete.code_arrondissement:
            return self._by_arrondissement(requete)
        trouvees = self._by_nom(requete.nom, code_departement, orthographe)
        if not trouvees and code_departement and not requete.code_departement:
            trouvees = self._by_nom(requete.nom, None, orthographe)
        return trouvees[:limite]

    def exact(self, cle: str) -> list[CommuneTrouvee]:
        """The communes whose name, usual name or former name is exactly this normalised key, best first."""
        trouvees: _Trouvees = {}
        self._add_exact(cle, trouvees)
        return self._sorted(trouvees.values(), None)

    def _by_code_postal(self, requete: Requete) -> list[CommuneTrouvee]:
        code = requete.code_postal or ""
        arrondissement = self._donnees.arrondissements.get(code)
        trouvees: _Trouvees = {}
        if arrondissement:
            self._add(
                trouvees, [arrondissement.code_insee], "code_postal", arrondissement=arrondissement.code
            )
        elif code in self._donnees.par_code_postal:
            self._add(trouvees, self._donnees.par_code_postal[code], "code_postal")
        else:
            self._add(trouvees, [code], "code_insee")
        ordonnees = self._sorted(trouvees.values(), None)
        if requete.nom and len(ordonnees) > 1:
            # « 93200 st denis »: the name chooses among the communes of the code; a wrong name does not hide them.
            nom = requete.nom
            ordonnees.sort(key=lambda t: -fuzz.token_set_ratio(nom, normalise(t.commune.nom)))
            exacts = [t for t in ordonnees if normalise(t.commune.nom) == nom]
            proches = [t for t in ordonnees if fuzz.token_set_ratio(nom, normalise(t.commune.nom)) >= 85]
            ordonnees = exacts or proches or ordonnees
        return ordonnees

    def _by_arrondissement(self, requete: Requete) -> list[CommuneTrouvee]:
        arrondissement = self._donnees.arrondissements[requete.code_arrondissement or ""]
        trouvees: _Trouvees = {}
        self._add(trouvees, [arrondissement.code_insee], "arrondissement", arrondissement=arrondissement.code)
        return list(trouvees.values())

    def _by_nom(self, cle: str, code_departement: str | None, orthographe: bool) -> list[CommuneTrouvee]:
        trouvees: _Trouvees = {}
        self._add_exact(cle, trouvees)
        self._add_beginnings(cle, trouvees)
        if (
            orthographe
            and len(cle) >= LONGUEUR_MIN_DU_SON
            and all(trouvee.score <= SCORE_DEBUT_DE_MOT for trouvee in trouvees.values())
        ):
            self._add_same_sound(cle, trouvees)  # « chamberi » is Chambéry, not the beginning of Chambéria
        ordonnees = self._sorted(trouvees.values(), code_departement)
        if not ordonnees and orthographe and len(cle) >= LONGUEUR_MIN_ORTHOGRAPHE:
            trouvees = {}
            self._add_near(cle, trouvees, code_departement)
            ordonnees = self._sorted(trouvees.values(), code_departement)
        return ordonnees

    def _add_exact(self, cle: str, trouvees: _Trouvees) -> None:
        donnees = self._donnees
        self._add(trouvees, donnees.par_cle.get(cle, ()), "nom")
        if cle in donnees.sans_article:
            self._add(trouvees, donnees.par_cle[donnees.sans_article[cle]], "nom")
        if usuel := self.usuels.get(cle):
            self._add(
                trouvees,
                usuel.codes_insee,
                "agglomeration" if usuel.is_groupe else "nom_usuel",
                reconnu=usuel.nom,
            )
        for ancienne in donnees.anciennes.get(cle, ()):
            self._add(trouvees, [ancienne.code_insee], "ancien_nom", reconnu=ancienne.nom)

    def _add_beginnings(self, cle: str, trouvees: _Trouvees) -> None:
        """Names that begin with the key: « vitry » for Vitry-sur-Seine, « montr » for Montreuil."""
        if len(cle) < 3 or cle in _DEBUTS_VAGUES:
            return
        position = bisect_left(self._cles, cle)
        while position < len(self._cles) and self._cles[position].startswith(cle):
            nom = self._cles[position]
            score = SCORES["debut_du_nom"] if nom[len(cle) : len(cle) + 1] == " " else SCORE_DEBUT_DE_MOT
            codes = self._donnees.par_cle[self._donnees.sans_article.get(nom, nom)]
            self._add(trouvees, codes, "debut_du_nom", score=score)
            position += 1

    def _add_near(self, cle: str, trouvees: _Trouvees, code_departement: str | None) -> None:
        """Names that sound the same or differ by a few letters."""
        self._add_same_sound(cle, trouvees)
        seuil = SEUIL_ORTHOGRAPHE_DANS_DEPARTEMENT if code_departement else SEUIL_ORTHOGRAPHE
        cles = self._cles_of(code_departement) if code_departement else self._cles
        for nom, ratio, _ in process.extract(cle, cles, scorer=fuzz.ratio, score_cutoff=seuil, limit=40):
            self._add_key(nom, trouvees, score=round(0.9 * ratio / 100, 3))

    def _add_same_sound(self, cle: str, trouvees: _Trouvees) -> None:
        son = phonetic(cle)
        for nom in self._sound_index().get(son, ()) if len(son) >= SONS_MIN else ():
            self._add_key(nom, trouvees, score=SCORES["orthographe_proche"])

    def _add_key(self, nom: str, trouvees: _Trouvees, *, score: float) -> None:
        codes = self._donnees.par_cle[self._donnees.sans_article.get(nom, nom)]
        self._add(trouvees, codes, "orthographe_proche", score=score)

    def _sound_index(self) -> dict[str, list[str]]:
        if self._sons is None:
            sons: dict[str, list[str]] = {}
            for cle in self._cles:
                sons.setdefault(phonetic(cle), []).append(cle)
            self._sons = sons
        return self._sons

    def _cles_of(self, code_departement: str) -> list[str]:
        """Names of the communes of a département; those of all of them are sorted once, at the first need."""
        if self._par_departement is None:
            donnees, noms = self._donnees, defaultdict(list)
            for cle in self._cles:
                codes = donnees.par_cle[donnees.sans_article.get(cle, cle)]
                for departement in {donnees.departement_of(code) for code in codes}:
                    noms[departement].append(cle)
            self._par_departement = dict(noms)
        return self._par_departement.get(code_departement, [])

    def _add(
        self,
        trouvees: _Trouvees,
        codes: Iterable[str],
        motif: Motif,
        *,
        score: float | None = None,
        arrondissement: str | None = None,
        reconnu: str | None = None,
    ) -> None:
        """Add the communes of these codes, keeping for each the best match only."""
        valeur = SCORES[motif] if score is None else score
        for code in codes:
            deja = trouvees.get(code)
            commune = self._donnees.commune(code)
            if commune is None or (deja is not None and deja.score >= valeur):
                continue
            trouvees[code] = CommuneTrouvee(
                commune=commune,
                score=valeur,
                motif=motif,
                code_arrondissement=arrondissement,
                nom_reconnu=reconnu,
            )

    def _sorted(
        self, trouvees: Iterable[CommuneTrouvee], code_departement: str | None
    ) -> list[CommuneTrouvee]:
        gardees = [t for t in trouvees if code_departement in (None, t.commune.code_departement)]
        return sorted(gardees, key=lambda trouvee: (-_rank(trouvee), trouvee.commune.code_insee))


def _rank(trouvee: CommuneTrouvee) -> float:
    """The order of the answers: how sure the text is, plus how many people the place is likely to mean."""
    return trouvee.score + POIDS_POPULATION * log10((trouvee.commune.population or 0) + 1)
