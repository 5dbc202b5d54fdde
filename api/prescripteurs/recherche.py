"""Full-text search over everything the base names; built once, forgiving of typing errors and accents."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from rapidfuzz import fuzz, process

from knowledge import Base, normalize

GENRES = {
    "dispositif": "Dispositifs",
    "formation": "Formations",
    "metier": "Métiers",
    "organisme": "Organismes",
    "terme": "Mots expliqués",
}
_VIDE = re.compile(r"\w|aux?|avec|ce|des?|du|en|es?t|je|la|les?|ou|par|pour|que?|sur|une?")
_SEUIL_COURT, _SEUIL_LONG = 84, 79
_LONG = 8
_PREFIXE_MIN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouvaille:
    """Something found: its kind, its name, one line about it, where it is read; ``score`` only ranks."""

    genre: str
    id: str
    titre: str
    detail: str
    adresse: str
    score: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Moteur:
    """The index: documents, and for each word the documents that hold it with its weight there."""

    documents: tuple[Trouvaille, ...]
    mots: dict[str, dict[int, float]]

    def search(self, texte: str, *, limite: int = 24, genre: str = "") -> list[Trouvaille]:
        """Documents with every word typed, best first; with most of them when none has all. Empty for no word.

        A word matches itself, a longer word it begins, or a word that looks like it.
        """
        demandes = _cut(texte)[:12]
        if not demandes:
            return []
        scores: dict[int, float] = defaultdict(float)
        comptes: dict[int, int] = defaultdict(int)
        for demande in demandes:
            for document, score in self._match(demande).items():
                scores[document] += score
                comptes[document] += 1
        if not comptes:
            return []
        complets = max(comptes.values())
        notes = [
            (score, document)
            for document, score in scores.items()
            if comptes[document] == complets and (not genre or self.documents[document].genre == genre)
        ]
        notes.sort(key=lambda note: (-note[0], note[1]))
        return [self.documents[document] for _, document in notes[:limite]]

    def _match(self, demande: str) -> dict[int, float]:
        """Score of each document for one word typed."""
        meilleurs: dict[int, float] = {}
        for mot, qualite in self._find_mots(demande).items():
            lieux = self.mots[mot]
            rarete = math.log(1 + len(self.documents) / len(lieux))
            for document, poids in lieux.items():
                meilleurs[document] = max(meilleurs.get(document, 0.0), qualite * rarete * poids)
        return meilleurs

    def _find_mots(self, demande: str) -> dict[str, float]:
        """Words of the index meant by a word typed, with how sure (0 to 1)."""
        trouves = {demande: 1.0} if demande in self.mots else {}
        if len(demande) >= _PREFIXE_MIN:
            for mot in self.mots:
                if mot.startswith(demande) and mot != demande:
                    trouves[mot] = 0.85 if len(mot) - len(demande) <= 3 else 0.7
        if trouves or len(demande) < 4:
            return trouves
        seuil = _SEUIL_LONG if len(demande) >= _LONG else _SEUIL_COURT - 5 * (len(demande) < 6)
        proches = process.extract(demande, self.mots.keys(), scorer=fuzz.ratio, score_cutoff=seuil, limit=6)
        return {mot: 0.6 * score / 100 for mot, score, _ in proches}


def _cut(texte: str) -> list[str]:
    return [mot for mot in dict.fromkeys(normalize(texte).split()) if not _VIDE.fullmatch(mot)]


def build_moteur(base: Base) -> Moteur:
    """The index of the base: a few thousand words, under a second."""
    documents: list[Trouvaille] = []
    mots: dict[str, dict[int, float]] = defaultdict(dict)
    for document, textes in _iter_documents(base):
        rang = len(documents)
        documents.append(document)
        for texte, poids in textes:
            for mot in _cut(texte):
                mots[mot][rang] = max(mots[mot].get(rang, 0.0), poids)
    return Moteur(documents=tuple(documents), mots=dict(mots))


Documents = Iterable[tuple[Trouvaille, list[tuple[str, float]]]]


def _iter_documents(base: Base) -> Documents:
    yield from _iter_dispositifs(base)
    yield from _iter_formations(base)
    yield from _iter_metiers(base)
    yield from _iter_organismes(base)
    for terme in base.entraide.termes:
        adresse = "/prescripteurs/fiches?" + urlencode({"genre": "terme", "q": terme.mot})
        yield (
            Trouvaille(
                genre="terme", id=terme.mot, titre=terme.mot, detail=terme.definition, adresse=adresse
            ),
            [(terme.mot, 1.5), (" ".join(terme.alias), 1.2), (terme.definition, 0.3)],
        )


def _iter_dispositifs(base: Base) -> Documents:
    besoins, contenus = base.referentiels.besoins, base.referentiels.contenus
    for fiche in base.catalogue.dispositifs.values():
        yield (
            Trouvaille(
                genre="dispositif",
                id=fiche.id,
                titre=fiche.nom_et_sigle,
                detail=fiche.resume,
                adresse=f"/prescripteurs/dispositifs/{fiche.id}",
            ),
            [
                (f"{fiche.nom} {fiche.sigle or ''} {' '.join(fiche.alias)} {fiche.id}", 3.0),
                (" ".join(besoins[b].libelle_prescripteur for b in fiche.ids_besoins), 1.2),
                (fiche.resume, 1.0),
                (" ".join(contenus.get(m.id, m.libelle or "") for m in fiche.contenus), 0.8),
                (" ".join(m.libelle or "" for m in (*fiche.certifications, *fiche.prescripteurs)), 0.6),
            ],
        )


def _iter_formations(base: Base) -> Documents:
    for fiche in base.catalogue.formations.values():
        metiers = [metier for code in fiche.rome if (metier := base.metiers.get(code))]
        niveaux = ", ".join(str(niveau) for niveau in fiche.niveaux)
        yield (
            Trouvaille(
                genre="formation",
                id=fiche.id,
                titre=fiche.intitule,
                detail=f"{fiche.secteur}. Niveau {niveaux}." if niveaux else f"{fiche.secteur}.",
                adresse=f"/prescripteurs/formations/{fiche.id}",
            ),
            [
                (f"{fiche.intitule} {fiche.certification or ''}", 2.2),
                (f"{fiche.secteur} {' '.join(fiche.rome)}", 1.0),
                (" ".join(nom for metier in metiers for nom in metier.appellations), 1.4),
            ],
        )


def _iter_metiers(base: Base) -> Documents:
    # Every métier of the reference list has at least one formation: the list is the order placed by the Region.
    for code, formations in sorted(base.index.formations_par_rome.items()):
        metier = base.metiers.get(code)
        if metier is None:
            continue
        nombre = len(formations)
        detail = f"Code ROME {code}. {nombre} formation{'s' if nombre > 1 else ''} dans la base."
        yield (
            Trouvaille(
                genre="metier",
                id=code,
                titre=metier.libelle,
                detail=detail,
                adresse="/prescripteurs/fiches?" + urlencode({"genre": "formation", "rome": code}),
            ),
            [(f"{metier.libelle} {code}", 1.6), (" ".join(metier.appellations), 1.6)],
        )


def _iter_organismes(base: Base) -> Documents:
    sites: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for site in base.catalogue.sites:
        if site.organisme:
            sites[site.organisme].append((site.dispositif, site.lieu))
    for nom, lieux in sites.items():
        ids = list(dict.fromkeys(dispositif for dispositif, _ in lieux))
        fiches = [base.catalogue.dispositifs[identifiant] for identifiant in ids]
        communes = sorted({lieu for _, lieu in lieux})
        yield (
            Trouvaille(
                genre="organisme",
                id=nom,
                titre=nom,
                detail=f"{', '.join(f.sigle or f.nom for f in fiches)} : {len(lieux)} lieu{'x' if len(lieux) > 1 else ''}.",
                adresse="/prescripteurs/fiches?" + urlencode({"operateur": nom}),
            ),
            [
                (nom, 2.4),
                (" ".join(communes), 0.5),
                (" ".join(f"{f.nom} {f.sigle or ''}" for f in fiches), 0.4),
            ],
        )
