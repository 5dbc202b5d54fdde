"""Finding and ranking records: which ones answer needs, where, in which order, and whom to contact nearby."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from heapq import merge
from itertools import chain, product
from operator import itemgetter

from knowledge.catalogue_model import Catalogue, Formation
from knowledge.model import Contact, Dispositif, Situation, Verdict
from knowledge.rules.carnet import Carnet, Note
from knowledge.rules.evaluate import is_proposable
from knowledge.territoires import Commune, Territoires
from knowledge.territoires.normalisation import fold

PARTOUT = ""
_REGION = "Région"
_RANG_VERDICT = {Verdict.ELIGIBLE: 0, Verdict.INDETERMINE: 1, Verdict.NON_ELIGIBLE: 2}
_HORS_ZONE_MAX = 10
_HORS_ZONE_PAR_BESOIN = 5
_SANS_LIEU_MAX = 60
_DOUTE_FORT = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """The catalogue by besoin, by acquis and by département (``PARTOUT`` for the records valid everywhere).

    ``…_seul``: whatever the place, those valid everywhere first, at most ``_SANS_LIEU_MAX`` of the others: while the place
    is not known, a national base must not be walked whole, and the place is what will be asked.
    ``formations_par_mot``: see ``_index_mots``. ``formations_par_lieu``: by ROME code, type (C, P, AQ) and territory
    (``PARTOUT``: all of them), best titled first.
    """

    par_besoin: Mapping[tuple[str, str], tuple[Dispositif, ...]]
    par_besoin_seul: Mapping[str, tuple[Dispositif, ...]]
    par_acquis: Mapping[tuple[str, str], tuple[Dispositif, ...]]
    par_acquis_seul: Mapping[str, tuple[Dispositif, ...]]
    formations_par_rome: Mapping[str, tuple[Formation, ...]]
    formations_par_lieu: Mapping[tuple[str, str, str], tuple[Formation, ...]]
    formations_par_mot: Mapping[str, tuple[Formation, ...]]
    carnet: Carnet


def build_index(catalogue: Catalogue) -> Index:
    """Index of the catalogue, built once; records keep their file-name order."""
    par_besoin: dict[tuple[str, str], list[Dispositif]] = defaultdict(list)
    par_acquis: dict[tuple[str, str], list[Dispositif]] = defaultdict(list)
    besoin_seul: dict[str, list[Dispositif]] = defaultdict(list)
    acquis_seul: dict[str, list[Dispositif]] = defaultdict(list)
    for dispositif in catalogue.dispositifs.values():
        zones = dispositif.departements or (PARTOUT,)
        for besoin in dict.fromkeys(dispositif.ids_besoins):
            besoin_seul[besoin].append(dispositif)
            for zone in zones:
                par_besoin[besoin, zone].append(dispositif)
        for acquis in dict.fromkeys(effet.acquis for effet in dispositif.effets if effet.acquis):
            acquis_seul[acquis].append(dispositif)
            for zone in zones:
                par_acquis[acquis, zone].append(dispositif)
    par_rome: dict[str, list[Formation]] = defaultdict(list)
    par_lieu: dict[tuple[str, str, str], list[Formation]] = defaultdict(list)
    for formation in sorted(catalogue.formations.values(), key=_rank_formation):
        lieux = {lieu for offre in formation.offres for lieu in offre.territoires}
        for code, type_, lieu in product(formation.rome, formation.parcours_types, (PARTOUT, *lieux)):
            par_lieu[code, type_, lieu].append(formation)
    for formation in catalogue.formations.values():
        for code in formation.rome:
            par_rome[code].append(formation)
    return Index(
        par_besoin={cle: tuple(fiches) for cle, fiches in par_besoin.items()},
        par_besoin_seul={cle: _bound(fiches) for cle, fiches in besoin_seul.items()},
        par_acquis={cle: tuple(fiches) for cle, fiches in par_acquis.items()},
        par_acquis_seul={cle: _bound(fiches) for cle, fiches in acquis_seul.items()},
        formations_par_rome={cle: tuple(fiches) for cle, fiches in par_rome.items()},
        formations_par_lieu={cle: tuple(fiches) for cle, fiches in par_lieu.items()},
        formations_par_mot=_index_mots(catalogue.formations.values()),
        carnet=Carnet(catalogue.referentiels),
    )


def _index_mots(formations: Iterable[Formation]) -> dict[str, tuple[Formation, ...]]:
    """Formations by folded word of their title, sector and certification; words in alphabetical order."""
    par_mot: dict[str, list[Formation]] = defaultdict(list)
    connus: dict[str, frozenset[str]] = {}
    for formation in formations:
        texte = f"{formation.intitule} {formation.secteur} {formation.certification or ''}"
        if texte not in connus:
            connus[texte] = frozenset(fold(texte).split())
        for mot in connus[texte]:
            par_mot[mot].append(formation)
    return {mot: tuple(par_mot[mot]) for mot in sorted(par_mot)}


def _bound(fiches: Sequence[Dispositif]) -> tuple[Dispositif, ...]:
    """All the records when they are few; else those valid everywhere, and the first ones of the others."""
    if len(fiches) <= _SANS_LIEU_MAX:
        return tuple(fiches)
    partout = [fiche for fiche in fiches if not fiche.departements]
    ailleurs = [fiche for fiche in fiches if fiche.departements]
    return tuple(partout + ailleurs[:_SANS_LIEU_MAX])


def find_dispositifs(
    index: Index, besoins: Iterable[str], *, departement: str | None, jour: date
) -> tuple[list[Dispositif], list[Dispositif]]:
    """Records that answer one of the needs: those of the area first, then a bounded list of those elsewhere.

    Without département everything counts as in the area, because nothing can be left out yet.
    """
    besoins = tuple(besoins)
    maximum = max(_HORS_ZONE_MAX, _HORS_ZONE_PAR_BESOIN * len(besoins))
    dedans: dict[str, Dispositif] = {}
    ailleurs: dict[str, Dispositif] = {}
    for besoin in besoins:
        if departement is None:
            dedans.update((fiche.id, fiche) for fiche in index.par_besoin_seul.get(besoin, ()))
            continue
        for zone in (departement, PARTOUT):
            dedans.update((fiche.id, fiche) for fiche in index.par_besoin.get((besoin, zone), ()))
        for fiche in index.par_besoin_seul.get(besoin, ())[: maximum + len(dedans)]:
            ailleurs.setdefault(fiche.id, fiche)
    hors = [fiche for cle, fiche in ailleurs.items() if cle not in dedans][:maximum]
    return (
        [fiche for fiche in dedans.values() if is_proposable(fiche, jour)],
        [fiche for fiche in hors if is_proposable(fiche, jour)],
    )


def rank_key(
    dispositif: Dispositif,
    *,
    verdict: Verdict,
    prioritaire: bool,
    besoins: Sequence[str],
    situation: Situation,
    douteux: bool = False,
) -> tuple[int, ...]:
    """Sort key, best first: verdict, priority, needs answered (the first need counts most), how general it is."""
    siens = dispositif.ids_besoins
    repondus = [rang for rang, besoin in enumerate(besoins) if besoin in siens]
    metier_etranger = bool(dispositif.rome) and situation.code_rome not in dispositif.rome
    return (
        _RANG_VERDICT[verdict],
        int(metier_etranger or douteux),
        0 if prioritaire else 1,
        -len(repondus),
        repondus[0] if repondus else len(besoins),
        0 if dispositif.etat == "en_vigueur" else 1,
        0 if any(c.regle is not None and c.lieu is None for c in dispositif.conditions) else 1,
        next((rang for rang, besoin in enumerate(siens) if besoin in besoins), 9),
    )


def rank_all(
    dispositifs: Iterable[Dispositif],
    situation: Situation,
    *,
    besoins: Sequence[str],
    carnet: Carnet,
    jour: date,
) -> list[tuple[Dispositif, Note]]:
    """Records with their notes, best first; ties are broken by id so that the order is stable. No sentence is written.

    A record "to be checked" that rests on something true of very few people (detention, asylum…) comes after the others.
    """
    rangs = []
    for dispositif in dispositifs:
        note = carnet.find(dispositif, situation, jour)
        cle = rank_key(
            dispositif,
            verdict=note.verdict,
            prioritaire=note.prioritaire,
            besoins=besoins,
            situation=situation,
            douteux=note.doute > _DOUTE_FORT,
        )
        rangs.append(((cle, dispositif.id), dispositif, note))
    rangs.sort(key=itemgetter(0))
    return [(dispositif, note) for _, dispositif, note in rangs]


def rank_fast(
    dispositifs: Iterable[Dispositif],
    situation: Situation,
    *,
    besoins: Sequence[str],
    carnet: Carnet,
    jour: date,
) -> list[tuple[str, Verdict, bool]]:
    """Same order as ``rank_all``: (id, verdict, prioritaire) best first."""
    ranges = rank_all(dispositifs, situation, besoins=besoins, carnet=carnet, jour=jour)
    return [(dispositif.id, note.verdict, note.prioritaire) for dispositif, note in ranges]


def order_contacts(
    contacts: Iterable[Contact], situation: Situation, territoires: Territoires, *, limite: int | None = None
) -> tuple[Contact, ...]:
    """Contacts a person can use, nearest first.

    A site in another département is left out when the person's one has at least one; distances (km) are added when both
    places are known. One that serves the person's bassin comes first, one that serves another bassin last; contacts
    without place come after the sites.
    """
    contacts = list(contacts)
    locaux = [contact for contact in contacts if contact.code_departement]
    nationaux = [contact for contact in contacts if not contact.code_departement]
    ici = [contact for contact in locaux if contact.code_departement == situation.code_departement]
    if situation.code_departement is not None and ici:
        locaux = ici
    maison = territoires.get_commune(situation.code_insee) if situation.code_insee else None
    notes = []
    for contact in locaux:
        lieu = territoires.get_commune(contact.code_insee) if contact.code_insee else None
        distance = territoires.distance_km(maison, lieu) if maison and lieu else None
        dessert = (
            territoires.est_dans_territoire(maison, contact.bassin) if maison and contact.bassin else None
        )
        cle = (dessert is False, dessert is None and distance is None, distance or 0.0)
        notes.append((cle, contact, lieu, distance))
    notes.sort(key=lambda note: note[0])
    proches = [_situate(contact, lieu, distance) for _, contact, lieu, distance in notes[:limite]]
    return tuple([*proches, *nationaux][:limite])


def _situate(contact: Contact, lieu: Commune | None, distance: float | None) -> Contact:
    """The contact with the official name of its commune and its distance, when they are known."""
    nom = lieu.nom if lieu is not None and not contact.adresse else contact.commune
    return replace(contact, commune=nom, distance_km=round(distance, 1) if distance is not None else None)


def iter_formations(
    index: Index, *, code_rome: str, type_: str, bassin: str | None = None
) -> Iterator[Formation]:
    """Formations of a métier and type, each once: those of ``bassin`` or of the whole region first, then the others.

    Lazy: a national base has thousands of formations for a métier, and the first ones are enough.
    """

    def offertes(lieu: str) -> tuple[Formation, ...]:
        return index.formations_par_lieu.get((code_rome, type_, lieu), ())

    proches = merge(offertes(bassin), offertes(_REGION), key=_rank_formation) if bassin else iter(())
    vues: set[str] = set()
    for formation in chain(proches, offertes(PARTOUT)):
        if formation.id not in vues:
            vues.add(formation.id)
            yield formation


def _rank_formation(formation: Formation) -> tuple[int, str]:
    """The most precise title first."""
    return -len(formation.intitule_imprime or ""), formation.id
