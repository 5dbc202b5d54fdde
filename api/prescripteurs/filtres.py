"""Filters on the sheets. What a document does not say is kept and shown as « non précisé »: unknown is never "no"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields

from knowledge import TYPES_DE_PARCOURS, Base, Dispositif, normalize

_HEURES_PAR_SEMAINE = 35
_COURT, _MOYEN = 4, 13
_DIRECTE = re.compile(r"directement|soi même|il suffit|en ligne|ouvert à tous", re.IGNORECASE)
_PAYEES = {"oui": "oui", "selon_situation": "oui", "non": "non", "non_precise": None}
DUREES = {"courte": "4 semaines au plus", "moyenne": "De 1 à 3 mois", "longue": "Plus de 3 mois"}
ENTREES = {"directe": "La personne peut y aller directement", "prescription": "Avec un prescripteur"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filtres:
    """What must be true of a sheet; an empty string means "whatever". Names are those of the fields of the address."""

    pour: str = ""
    contenu: str = ""
    niveau: str = ""
    territoire: str = ""
    payee: str = ""
    duree: str = ""
    certification: str = ""
    entree: str = ""
    operateur: str = ""
    precise: str = ""

    def to_champs(self) -> list[tuple[str, str]]:
        """The filters in use, as fields of an address."""
        return [(champ.name, valeur) for champ in fields(self) if (valeur := getattr(self, champ.name))]

    @property
    def actifs(self) -> int:
        """How many filters are in use."""
        return len(self.to_champs())


def read_filtres(parametres: Iterable[tuple[str, str]]) -> Filtres:
    """The filters among the fields of an address."""
    noms = {champ.name for champ in fields(Filtres)}
    return Filtres(**{nom: valeur[:120] for nom, valeur in parametres if nom in noms})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tri:
    """What a filter says of a sheet: kept or not, and what its documents do not say."""

    garde: bool
    non_dits: tuple[str, ...] = ()


def check_filtres(dispositif: Dispositif, filtres: Filtres, base: Base) -> Tri:
    """Whether a sheet passes all the filters in use, and which of them its documents leave without answer."""
    reponses = {
        nom: check(voulu, dispositif, base)
        for champ, (nom, check) in _CONTROLES.items()
        if (voulu := getattr(filtres, champ))
    }
    non_dits = tuple(nom for nom, reponse in reponses.items() if reponse is None)
    garde = False not in reponses.values() and not (filtres.precise and non_dits)
    return Tri(garde=garde, non_dits=non_dits)


def _est_dans_si_dit(voulu: str, valeurs: Sequence[str]) -> bool | None:
    return voulu in valeurs if valeurs else None


def _compare(voulu: str, valeur: str | None) -> bool | None:
    return None if valeur is None else voulu == valeur


def _check_certification(voulue: str, dispositif: Dispositif, _: Base) -> bool | None:
    noms = [mention.libelle or "" for mention in dispositif.certifications]
    if voulue == "oui":
        return bool(noms) or None
    return voulue in noms


def list_niveaux(dispositif: Dispositif, base: Base) -> list[int]:
    """Levels of qualification it leads to, as its formations and its record say; empty when nothing says it."""
    niveaux: set[int] = set()
    type_formation = TYPES_DE_PARCOURS.get(dispositif.id)
    for formation in base.catalogue.formations.values():
        if formation.dispositif == dispositif.id or type_formation in formation.parcours_types:
            niveaux.update(formation.niveaux)
    reference = dispositif.complements.get("reference")
    if isinstance(reference, dict) and isinstance(reference.get("niveau"), int):
        niveaux.add(reference["niveau"])
    return sorted(niveaux)


def find_tranche(dispositif: Dispositif) -> str | None:
    """« courte », « moyenne » or « longue », from the longest length said; None when no length is said."""
    duree = dispositif.duree
    semaines: float | None = duree.semaines_max or duree.semaines_min
    heures = duree.heures_max or duree.heures_min
    if semaines is None and heures is not None:
        semaines = heures / _HEURES_PAR_SEMAINE
    if semaines is None:
        return None
    return "courte" if semaines <= _COURT else "moyenne" if semaines <= _MOYEN else "longue"


def list_entrees(dispositif: Dispositif) -> list[str]:
    """Ways in: « directe », « prescription »; empty when the documents say neither."""
    entrees = []
    if _DIRECTE.search((dispositif.entree.precision or "").replace("-", " ")):
        entrees.append("directe")
    if dispositif.prescripteurs:
        entrees.append("prescription")
    return entrees


def list_operateurs(dispositif: Dispositif, base: Base) -> list[str]:
    """Organisations named in the table of sites of a dispositif, in alphabetical order."""
    noms = {site.organisme for site in base.catalogue.sites if site.dispositif == dispositif.id}
    return sorted((nom for nom in noms if nom), key=normalize)


# What each filter is called when the documents do not answer it, and how a sheet answers it: None when they do not say.
_CONTROLES: dict[str, tuple[str, Callable[[str, Dispositif, Base], bool | None]]] = {
    "pour": ("besoin", lambda voulu, fiche, _: voulu in fiche.ids_besoins),
    "contenu": ("contenu", lambda voulu, fiche, _: voulu in [mention.id for mention in fiche.contenus]),
    "niveau": (
        "niveau",
        lambda voulu, fiche, base: _est_dans_si_dit(voulu, [str(n) for n in list_niveaux(fiche, base)]),
    ),
    "territoire": (
        "territoire",
        lambda voulu, fiche, _: not fiche.departements or voulu in fiche.departements,
    ),
    "payee": (
        "rémunération",
        lambda voulu, fiche, _: _compare(voulu, _PAYEES.get(fiche.remuneration.statut)),
    ),
    "duree": ("durée", lambda voulu, fiche, _: _compare(voulu, find_tranche(fiche))),
    "certification": ("certification", _check_certification),
    "entree": ("entrée", lambda voulu, fiche, _: _est_dans_si_dit(voulu, list_entrees(fiche))),
    "operateur": ("opérateur", lambda voulu, fiche, base: voulu in list_operateurs(fiche, base)),
}


def list_options(base: Base) -> dict[str, list[tuple[str, str]]]:
    """The choices of each filter: (value, label), only those that at least one sheet answers to."""
    dispositifs = list(base.catalogue.dispositifs.values())
    contenus = {mention.id for fiche in dispositifs for mention in fiche.contenus}
    niveaux = {niveau for fiche in dispositifs for niveau in list_niveaux(fiche, base)}
    certifications = {mention.libelle for fiche in dispositifs for mention in fiche.certifications}
    operateurs = {site.organisme for site in base.catalogue.sites if site.organisme}
    codes = sorted({code for fiche in dispositifs for code in fiche.departements})
    referentiels = base.referentiels
    return {
        "pour": [(besoin.id, besoin.libelle_prescripteur) for besoin in referentiels.besoins.values()],
        "contenu": [(cle, nom) for cle, nom in referentiels.contenus.items() if cle in contenus],
        "niveau": [(str(n), f"Niveau {n} : {referentiels.niveaux[n].libelle}") for n in sorted(niveaux)],
        "territoire": [(code, _name_departement(base, code)) for code in codes],
        "payee": [("oui", "Oui, ou selon la situation"), ("non", "Non")],
        "duree": list(DUREES.items()),
        "certification": [
            ("oui", "Au moins une"),
            *((nom, nom) for nom in sorted(filter(None, certifications), key=normalize)),
        ],
        "entree": list(ENTREES.items()),
        "operateur": [(nom, nom) for nom in sorted(operateurs, key=normalize)],
    }


def _name_departement(base: Base, code: str) -> str:
    departement = base.territoires.get_departement(code)
    return f"{departement.nom} ({code})" if departement else code
