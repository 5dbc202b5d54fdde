"""What a sheet shows beside the record itself: links before and after, sites, freshness, changes, comparison."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from api.prescripteurs.demande import Demande
from api.prescripteurs.dessin import Dessin, draw_voisinage
from api.prescripteurs.filtres import check_filtres, list_niveaux
from knowledge import (
    Articulation,
    Base,
    Condition,
    Dispositif,
    Evaluation,
    Formation,
    Site,
    Source,
    capitalize,
    describe_condition,
    get_dispositif,
    is_perime,
    normalize,
    write_duree,
)

COMPARES_MAX = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Lien:
    """A link of the catalogue, read from one of its two ends."""

    fiche: Dispositif
    articulation: Articulation


@dataclass(frozen=True, slots=True, kw_only=True)
class Fraicheur:
    """How old the facts of a sheet are: the oldest and latest source, and how many are to be checked again."""

    plus_ancienne: date | None
    plus_recente: date | None
    a_reverifier: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Vue:
    """A sheet ready to be shown."""

    fiche: Dispositif
    avant: tuple[Lien, ...]
    apres: tuple[Lien, ...]
    dessin: Dessin | None
    sites: tuple[tuple[str, tuple[Site, ...]], ...]
    nombre_sites: int
    formations: tuple[Formation, ...]
    niveaux: tuple[int, ...]
    duree: str | None
    fraicheur: Fraicheur
    changements: tuple[dict[str, str], ...]
    evaluation: Evaluation | None


def build_vue(fiche: Dispositif, demande: Demande, *, base: Base, jour: date, departement: str = "") -> Vue:
    """Everything a sheet shows; ``evaluation`` only when the address holds facts about a person."""
    avant, apres = list_liens(fiche, base)
    sites = [site for site in base.catalogue.sites if site.dispositif == fiche.id]
    voulus = [site for site in sites if not departement or site.code_departement == departement]
    return Vue(
        fiche=fiche,
        avant=avant,
        apres=apres,
        dessin=draw_voisinage(fiche, [lien.fiche for lien in avant], [lien.fiche for lien in apres], base)
        if avant or apres
        else None,
        sites=_group_sites(voulus, base),
        nombre_sites=len(sites),
        formations=_list_formations(fiche, base),
        niveaux=tuple(list_niveaux(fiche, base)),
        duree=write_duree(fiche.duree),
        fraicheur=measure_fraicheur(fiche.sources, jour),
        changements=list_changements(fiche),
        evaluation=_evaluate(fiche, demande, base, jour),
    )


def list_liens(fiche: Dispositif, base: Base) -> tuple[tuple[Lien, ...], tuple[Lien, ...]]:
    """Links that lead to a sheet, and links that leave it, in the order of the catalogue."""
    fiches = base.catalogue.dispositifs
    avant = tuple(
        Lien(fiche=autre, articulation=articulation)
        for autre in fiches.values()
        for articulation in autre.articulations
        if articulation.vers == fiche.id
    )
    apres = tuple(
        Lien(fiche=fiches[articulation.vers], articulation=articulation)
        for articulation in fiche.articulations
        if articulation.vers in fiches
    )
    return avant, apres


def _group_sites(sites: Iterable[Site], base: Base) -> tuple[tuple[str, tuple[Site, ...]], ...]:
    groupes: dict[str, list[Site]] = {}
    for site in sorted(sites, key=lambda s: (s.code_departement, normalize(s.lieu))):
        departement = base.territoires.get_departement(site.code_departement)
        nom = f"{departement.nom} ({departement.code})" if departement else site.code_departement
        groupes.setdefault(nom, []).append(site)
    return tuple((nom, tuple(membres)) for nom, membres in groupes.items())


def _list_formations(fiche: Dispositif, base: Base) -> tuple[Formation, ...]:
    return tuple(f for f in base.catalogue.formations.values() if f.dispositif == fiche.id)


def measure_fraicheur(sources: Sequence[Source], jour: date) -> Fraicheur:
    """Dates of the sources of a record; a source without date counts as to be checked."""
    dates = [quand for source in sources if (quand := source.verifie_le or source.date_source)]
    return Fraicheur(
        plus_ancienne=min(dates, default=None),
        plus_recente=max(dates, default=None),
        a_reverifier=sum(is_perime(source, jour) for source in sources),
        total=len(sources),
    )


def list_changements(fiche: Dispositif) -> tuple[dict[str, str], ...]:
    """What changed in a record, latest first, when the record says it; empty for a first version.

    A condition with a start or an end is a change that the record itself dates.
    """
    changements = []
    for condition in (*fiche.conditions, *fiche.public_prioritaire):
        nom = condition.precision or condition.id.replace("-", " ")
        if condition.depuis:
            changements.append({"date": condition.depuis.isoformat(), "texte": f"Nouvelle règle : {nom}"})
        if condition.jusqu_au:
            changements.append({"date": condition.jusqu_au.isoformat(), "texte": f"Fin de la règle : {nom}"})
    declares = fiche.complements.get("changements")
    if isinstance(declares, list):
        changements += [
            {"date": str(item.get("date", "")), "texte": str(item.get("texte", ""))}
            for item in declares
            if isinstance(item, dict)
        ]
    return tuple(sorted(changements, key=lambda item: item["date"], reverse=True))


def _evaluate(fiche: Dispositif, demande: Demande, base: Base, jour: date) -> Evaluation | None:
    if not demande.faits:
        return None
    return base.index.carnet.evaluate(fiche, demande.to_situation(base), jour)


def write_condition(condition: Condition, base: Base) -> str:
    """A condition as a sentence, without « il faut » when only a person can judge it."""
    return f"{capitalize(describe_condition(condition, base.referentiels))}."


def list_vues(ids: Sequence[str], demande: Demande, *, base: Base, jour: date) -> list[Vue]:
    """The sheets to compare, in the order given.

    Raises:
        FicheIntrouvable: one of the ids does not exist.
    """
    return [build_vue(get_dispositif(base, cle), demande, base=base, jour=jour) for cle in ids]


def split_ids(ids: Sequence[str], base: Base) -> tuple[list[str], list[str]]:
    """Ids to compare, each once, three at most: those of dispositifs (or unknown ones), then those of formations."""
    uniques = list(dict.fromkeys(ids))[:COMPARES_MAX]
    formations = [cle for cle in uniques if cle in base.catalogue.formations]
    return [cle for cle in uniques if cle not in formations], formations


def list_fiches(demande: Demande, *, base: Base) -> list[tuple[Dispositif, tuple[str, ...]]]:
    """The sheets that pass the filters, in name order, with what their documents do not say of the filters."""
    retenues = []
    for fiche in base.catalogue.dispositifs.values():
        tri = check_filtres(fiche, demande.filtres, base)
        if tri.garde:
            retenues.append((fiche, tri.non_dits))
    return sorted(retenues, key=lambda item: normalize(item[0].nom))
