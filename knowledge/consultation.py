"""Read-only lookups on the base: records by id, formations by everyday words, parcours types, sites around a commune."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from knowledge.catalogue_model import Formation, ParcoursType, Site
from knowledge.errors import FicheIntrouvable, find_proche
from knowledge.model import Dispositif
from knowledge.orientation import Base
from knowledge.territoires.bassins import ILE_DE_FRANCE
from knowledge.territoires.lieux import Commune, Departement
from knowledge.territoires.normalisation import fold

normalize = fold

T = TypeVar("T")


def get_dispositif(base: Base, identifiant: str) -> Dispositif:
    """A dispositif by id.

    Raises:
        FicheIntrouvable: with the nearest id.
    """
    return _get_fiche(base.catalogue.dispositifs, identifiant)


def get_formation(base: Base, identifiant: str) -> Formation:
    """A formation by id.

    Raises:
        FicheIntrouvable: with the nearest id.
    """
    return _get_fiche(base.catalogue.formations, identifiant)


def get_parcours_type(base: Base, identifiant: str) -> ParcoursType:
    """A parcours type by id.

    Raises:
        FicheIntrouvable: with the nearest id.
    """
    return _get_fiche(base.catalogue.parcours_types, identifiant)


def _get_fiche(fiches: Mapping[str, T], identifiant: str) -> T:
    fiche = fiches.get(identifiant)
    if fiche is None:
        raise FicheIntrouvable(identifiant[:60], find_proche(identifiant, fiches))
    return fiche


def search_formations(
    base: Base,
    *,
    q: str | None = None,
    besoin: str | None = None,
    rome: str | None = None,
    niveau: int | None = None,
    territoire: str | None = None,
) -> list[Formation]:
    """Formations that match every filter given, best first when words are typed.

    ``q`` is read first as a métier ("aide soignante", spelling mistakes accepted), then as words of the title or sector.
    ``territoire`` is a code of département, a code INSEE or the name of a bassin.
    """
    codes = _find_codes(base, q, rome)
    libelles: dict[str, bool] = {}
    trouvees = []
    for identifiant, (rang, formation) in _iter_candidates(base, q, codes).items():
        if besoin and besoin not in formation.besoins:
            continue
        if niveau is not None and niveau not in formation.niveaux:
            continue
        if territoire and not is_offered(base, formation, territoire, libelles):
            continue
        trouvees.append((rang, identifiant, formation))
    return [formation for _, _, formation in sorted(trouvees, key=lambda note: note[:2])]


def _iter_candidates(base: Base, q: str | None, codes: dict[str, int]) -> dict[str, tuple[int, Formation]]:
    """Formations found by the indexes, with their rank: by métier first, then by words; all of them without either."""
    debuts = fold(q or "").split()
    if not codes and not debuts:
        return {cle: (0, formation) for cle, formation in base.catalogue.formations.items()}
    trouvees: dict[str, tuple[int, Formation]] = {}
    for code, rang in sorted(codes.items(), key=lambda paire: paire[1]):
        for formation in base.index.formations_par_rome.get(code, ()):
            trouvees.setdefault(formation.id, (rang, formation))
    for formation in _find_par_mots(base, debuts):
        trouvees.setdefault(formation.id, (len(codes), formation))
    return trouvees


def _find_par_mots(base: Base, debuts: list[str]) -> list[Formation]:
    """Formations with, for each word typed, a word that begins so."""
    restantes: dict[str, Formation] | None = None
    for debut in debuts:
        restantes = {
            formation.id: formation
            for mot, formations in base.index.formations_par_mot.items()
            if mot.startswith(debut)
            for formation in formations
            if restantes is None or formation.id in restantes
        }
    return list((restantes or {}).values())


def _find_codes(base: Base, q: str | None, rome: str | None) -> dict[str, int]:
    """ROME codes asked for, with their rank; empty when the words are not a métier."""
    if rome:
        return {rome.upper(): 0}
    if not q:
        return {}
    codes: dict[str, int] = {}
    for trouve in base.metiers.find_metiers(q, limite=5):
        codes.setdefault(trouve.metier.code_rome, len(codes))
    domaine = base.metiers.find_domaine(q)
    for code in domaine.codes_rome if domaine else ():
        codes.setdefault(code, len(codes))
    return codes


def is_offered(base: Base, formation: Formation, territoire: str, vus: dict[str, bool] | None = None) -> bool:
    """Whether a formation is offered in a département, a commune or a bassin, as far as the source says.

    ``vus`` remembers the names of territories already compared with this one, for many formations in a row.
    """
    vus = {} if vus is None else vus
    commune = base.territoires.get_commune(territoire)
    departement = base.territoires.get_departement(commune.code_departement if commune else territoire)
    libelles = [libelle for offre in formation.offres for libelle in offre.territoires]
    porteur = base.catalogue.dispositifs.get(formation.dispositif or "")
    if departement is not None and porteur is not None and porteur.departements:
        if departement.code not in porteur.departements:
            return False
        if departement.code_region != ILE_DE_FRANCE:
            return True  # the bassins of the source stop at the border of Île-de-France
    for libelle in libelles:
        if libelle not in vus:
            vus[libelle] = _covers(base, libelle, territoire, commune, departement)
    return any(vus[libelle] for libelle in libelles)


def _covers(
    base: Base, libelle: str, territoire: str, commune: Commune | None, departement: Departement | None
) -> bool:
    """Whether the territory that a source names holds the place."""
    if commune is not None:
        return base.territoires.est_dans_territoire(commune, libelle) is not False
    if libelle == "Région" or departement is None:
        return libelle in (territoire, "Région")
    return any(
        voisine.code_departement == departement.code
        for voisine in base.territoires.communes_du_bassin(libelle)
    )


def find_parcours_types(
    base: Base, *, besoin: str | None = None, profil: str | None = None
) -> list[ParcoursType]:
    """Examples of parcours for a need and words of a profile, in file order."""
    mots = fold(profil or "").split()
    return [
        parcours
        for parcours in base.catalogue.parcours_types.values()
        if (besoin is None or besoin in parcours.besoins)
        and all(
            mot in fold(f"{parcours.titre} {parcours.profil} {' '.join(parcours.publics)}") for mot in mots
        )
    ]


def find_sites(
    base: Base, *, dispositif: str | None = None, commune: str | None = None
) -> list[tuple[Site, float | None]]:
    """Sites with their distance in km (None when a place is not known), nearest to ``commune`` first.

    ``commune`` is a code INSEE, a postal code or a name; an unknown one leaves the order of the source.
    """
    sites: Iterable[Site] = base.catalogue.sites
    retenus = [site for site in sites if dispositif is None or site.dispositif == dispositif]
    maison = find_commune(base, commune) if commune else None
    if maison is None:
        return [(site, None) for site in retenus]
    notes = []
    for site in retenus:
        lieu = base.territoires.get_commune(site.code_insee) if site.code_insee else None
        distance = base.territoires.distance_km(maison, lieu) if lieu else None
        meme_departement = site.code_departement == maison.code_departement
        notes.append(((distance is None, distance or 0.0, not meme_departement), site, distance))
    notes.sort(key=lambda note: note[0])
    return [(site, round(distance, 1) if distance is not None else None) for _, site, distance in notes]


def find_commune(base: Base, texte: str) -> Commune | None:
    """The commune of a code or of a name; the first one by population when several share the name."""
    connue = base.territoires.get_commune(texte)
    if connue is not None:
        return connue
    trouvees = base.territoires.find_communes(texte, limite=1)
    return trouvees[0].commune if trouvees else None
