"""Finding and ranking records: which ones answer needs, where, in which order, and whom to contact nearby."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from knowledge.catalogue_model import Catalogue, Formation
from knowledge.model import Contact, Dispositif, Evaluation, Situation, Verdict
from knowledge.rules.carnet import Carnet
from knowledge.rules.evaluate import is_proposable
from knowledge.territoires import Commune, Territoires

PARTOUT = ""
_RANG_VERDICT = {Verdict.ELIGIBLE: 0, Verdict.INDETERMINE: 1, Verdict.NON_ELIGIBLE: 2}
_HORS_ZONE_MAX = 15
_SANS_LIEU_MAX = 60
_DOUTE_FORT = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """The catalogue by besoin, by acquis and by département (``PARTOUT`` for the records valid everywhere).

    ``…_seul``: whatever the place, those valid everywhere first, at most ``_SANS_LIEU_MAX`` of the others: while the place
    is not known, a national base must not be walked whole, and the place is what will be asked.
    """

    par_besoin: Mapping[tuple[str, str], tuple[Dispositif, ...]]
    par_besoin_seul: Mapping[str, tuple[Dispositif, ...]]
    par_acquis: Mapping[tuple[str, str], tuple[Dispositif, ...]]
    par_acquis_seul: Mapping[str, tuple[Dispositif, ...]]
    formations_par_rome: Mapping[str, tuple[Formation, ...]]
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
    for formation in catalogue.formations.values():
        for code in formation.rome:
            par_rome[code].append(formation)
    return Index(
        par_besoin={cle: tuple(fiches) for cle, fiches in par_besoin.items()},
        par_besoin_seul={cle: _bound(fiches) for cle, fiches in besoin_seul.items()},
        par_acquis={cle: tuple(fiches) for cle, fiches in par_acquis.items()},
        par_acquis_seul={cle: _bound(fiches) for cle, fiches in acquis_seul.items()},
        formations_par_rome={cle: tuple(fiches) for cle, fiches in par_rome.items()},
        carnet=Carnet(catalogue.referentiels),
    )


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
    dedans: dict[str, Dispositif] = {}
    ailleurs: dict[str, Dispositif] = {}
    for besoin in besoins:
        if departement is None:
            dedans.update((fiche.id, fiche) for fiche in index.par_besoin_seul.get(besoin, ()))
            continue
        for zone in (departement, PARTOUT):
            dedans.update((fiche.id, fiche) for fiche in index.par_besoin.get((besoin, zone), ()))
        for fiche in index.par_besoin_seul.get(besoin, ())[: _HORS_ZONE_MAX + len(dedans)]:
            ailleurs.setdefault(fiche.id, fiche)
    hors = [fiche for cle, fiche in ailleurs.items() if cle not in dedans][:_HORS_ZONE_MAX]
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


def evaluate_all(
    dispositifs: Iterable[Dispositif],
    situation: Situation,
    *,
    besoins: Sequence[str],
    carnet: Carnet,
    jour: date,
) -> list[Evaluation]:
    """Full evaluations with reasons, best first; ties are broken by id so that the order is stable.

    A record "to be checked" that rests on something true of very few people (detention, asylum…) comes after the others.
    """
    evaluations = [carnet.evaluate(dispositif, situation, jour) for dispositif in dispositifs]
    return sorted(
        evaluations,
        key=lambda evaluation: (
            rank_key(
                evaluation.dispositif,
                verdict=evaluation.verdict,
                prioritaire=evaluation.prioritaire,
                besoins=besoins,
                situation=situation,
                douteux=carnet.find(evaluation.dispositif, situation, jour).doute > _DOUTE_FORT,
            ),
            evaluation.dispositif.id,
        ),
    )


def rank_fast(
    dispositifs: Iterable[Dispositif],
    situation: Situation,
    *,
    besoins: Sequence[str],
    carnet: Carnet,
    jour: date,
) -> list[tuple[str, Verdict, bool]]:
    """Same order as ``evaluate_all`` without writing a sentence: (id, verdict, prioritaire) best first."""
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
        rangs.append((cle, dispositif.id, note.verdict, note.prioritaire))
    return [(identifiant, verdict, prioritaire) for _, identifiant, verdict, prioritaire in sorted(rangs)]


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


def find_formations(
    index: Index, *, code_rome: str | None, types: Iterable[str] = (), bassins: Iterable[str] = ()
) -> list[Formation]:
    """Formations of a métier, those offered in one of ``bassins`` (or the whole region) first; [] without métier."""
    if code_rome is None:
        return []
    voulus, zones = set(types), set(bassins)
    trouvees = [
        formation
        for formation in index.formations_par_rome.get(code_rome, ())
        if not voulus or voulus & set(formation.parcours_types)
    ]

    def loin(formation: Formation) -> bool:
        territoires = {nom for offre in formation.offres for nom in offre.territoires}
        return bool(zones) and not (territoires & zones or "Région" in territoires)

    return sorted(
        trouvees,
        key=lambda formation: (loin(formation), -len(formation.intitule_imprime or ""), formation.id),
    )
