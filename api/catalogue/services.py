"""Records turned into their JSON shapes, and lists filtered and cut into pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import TypeVar

from api.catalogue.schemas import (
    ArticulationJson,
    BesoinJson,
    ConditionJson,
    DispositifComplet,
    DispositifResume,
    EtapeTypeJson,
    FormationJson,
    MentionJson,
    OffreJson,
    OrganismeJson,
    Page,
    ParcoursTypeJson,
)
from api.orientation.services import to_contact_json, to_source_json
from knowledge import (
    Base,
    Dispositif,
    Formation,
    ParcoursType,
    Referentiels,
    Site,
    Situation,
    Verdict,
    describe_condition,
    find_sites,
    is_perime,
    normalize,
    write_duree,
)
from knowledge.model import Condition, Mention, Reponse

Element = TypeVar("Element")
Sortie = TypeVar("Sortie")


def cut_page(elements: Sequence[Element], *, page: int, size: int) -> tuple[list[Element], dict[str, int]]:
    """The elements of one page and its numbers; a page past the end is empty."""
    pages = max(1, -(-len(elements) // size))
    debut = (page - 1) * size
    return list(elements[debut : debut + size]), {
        "total": len(elements),
        "page": page,
        "size": size,
        "pages": pages,
    }


def list_besoins(referentiels: Referentiels) -> list[BesoinJson]:
    """The 23 needs, in the order of their families."""
    return [
        BesoinJson(
            id=besoin.id,
            famille=besoin.famille,
            famille_libelle=referentiels.familles[besoin.famille],
            libelle=besoin.libelle,
            libelle_prescripteur=besoin.libelle_prescripteur,
            thematiques_di=list(besoin.thematiques_di),
        )
        for besoin in referentiels.besoins.values()
    ]


def list_dispositifs(
    base: Base, *, besoin: str | None, territoire: str | None, q: str | None, verdict: str | None, jour: date
) -> list[DispositifResume]:
    """Records that match every filter given, in name order; ``verdict`` is read with the territory only."""
    situation = Situation(code_departement=territoire)
    retenus = []
    for dispositif in base.catalogue.dispositifs.values():
        if besoin and besoin not in dispositif.ids_besoins:
            continue
        if territoire and dispositif.departements and territoire not in dispositif.departements:
            continue
        if q and not _matches(
            q, [dispositif.nom, dispositif.sigle or "", dispositif.resume, *dispositif.alias]
        ):
            continue
        juge = base.index.carnet.find(dispositif, situation, jour).verdict
        if verdict and juge.value != verdict:
            continue
        retenus.append(to_resume(dispositif, juge))
    return sorted(retenus, key=lambda fiche: normalize(fiche.nom))


def _matches(q: str, textes: Iterable[str]) -> bool:
    """Whether every word typed begins a word of the texts; accents and case do not count."""
    mots = _cut_mots(" ".join(textes))
    return all(any(mot.startswith(debut) for mot in mots) for debut in normalize(q).split())


@lru_cache(maxsize=20_000)
def _cut_mots(texte: str) -> tuple[str, ...]:
    """Folded words of a record's text; kept, because each search reads those of every record."""
    return tuple(dict.fromkeys(normalize(texte).split()))


def to_resume(dispositif: Dispositif, verdict: Verdict | None = None) -> DispositifResume:
    """A record in one line."""
    return DispositifResume(
        id=dispositif.id,
        nom=dispositif.nom,
        sigle=dispositif.sigle,
        resume=dispositif.resume,
        nature=dispositif.nature,
        etat=dispositif.etat,
        besoins=list(dispositif.ids_besoins),
        territoire=dispositif.territoire.libelle,
        verdict=verdict.value if verdict else None,
    )


def to_dispositif_complet(dispositif: Dispositif, *, base: Base, jour: date) -> DispositifComplet:
    """A record in full, every fact with its source."""
    referentiels = base.referentiels
    return DispositifComplet(
        **to_resume(dispositif).model_dump(),
        alias=list(dispositif.alias),
        reponses=_to_mentions(dispositif.besoins),
        contenus=[_to_contenu(mention, referentiels) for mention in dispositif.contenus],
        conditions=_to_conditions(dispositif.conditions, referentiels),
        public_prioritaire=_to_conditions(dispositif.public_prioritaire, referentiels),
        duree=write_duree(dispositif.duree),
        duree_source=to_source_json(dispositif.duree.source) if dispositif.duree.source else None,
        rythme=_to_mention(dispositif.rythme),
        certifications=_to_mentions(dispositif.certifications),
        remuneration=_to_reponse(dispositif.remuneration),
        cout=_to_reponse(dispositif.cout),
        financements=_to_mentions(dispositif.financements),
        entree=_to_mention(dispositif.entree),
        prescripteurs=_to_mentions(dispositif.prescripteurs),
        effets=[
            MentionJson(
                id=effet.acquis or effet.critere,
                libelle=referentiels.acquis[effet.acquis].libelle if effet.acquis else None,
                valeur=str(effet.valeur) if effet.valeur is not None else None,
                source=to_source_json(effet.source),
            )
            for effet in dispositif.effets
        ],
        articulations=[
            ArticulationJson(
                vers=lien.vers,
                statut=lien.statut.value,
                precision=lien.precision,
                source=to_source_json(lien.source),
            )
            for lien in dispositif.articulations
        ],
        resultats=_to_mentions(dispositif.resultats),
        contacts=[to_contact_json(contact) for contact in dispositif.contacts],
        a_faire=dispositif.a_faire,
        manques=list(dispositif.manques),
        complements=dict(dispositif.complements),
        a_reverifier=any(is_perime(source, jour) for source in dispositif.sources),
    )


def _to_mention(mention: Mention) -> MentionJson:
    return MentionJson(
        id=mention.id or None,
        libelle=mention.libelle,
        precision=mention.precision,
        valeur=mention.valeur,
        raison=mention.raison,
        source=to_source_json(mention.source) if mention.source else None,
    )


def _to_mentions(mentions: Iterable[Mention]) -> list[MentionJson]:
    return [_to_mention(mention) for mention in mentions]


def _to_contenu(mention: Mention, referentiels: Referentiels) -> MentionJson:
    return _to_mention(mention).model_copy(
        update={"libelle": referentiels.contenus.get(mention.id, mention.libelle)}
    )


def _to_reponse(reponse: Reponse) -> MentionJson:
    return MentionJson(
        id=reponse.statut,
        precision=reponse.precision,
        valeur=reponse.montant_euros,
        raison=reponse.raison,
        source=to_source_json(reponse.source) if reponse.source else None,
    )


def _to_conditions(conditions: Iterable[Condition], referentiels: Referentiels) -> list[ConditionJson]:
    return [
        ConditionJson(
            id=condition.id,
            phrase=f"Il faut {describe_condition(condition, referentiels)}.",
            evaluable=condition.regle is not None,
            precision=condition.precision,
            source=to_source_json(condition.source),
        )
        for condition in conditions
    ]


def to_formation(formation: Formation, *, base: Base) -> FormationJson:
    """A formation with where it is offered."""
    return FormationJson(
        id=formation.id,
        intitule=formation.intitule,
        dispositif=formation.dispositif,
        secteur=formation.secteur,
        certification=formation.certification,
        niveaux=list(formation.niveaux),
        niveaux_source=formation.niveaux_source,
        parcours_types=list(formation.parcours_types),
        rome=list(formation.rome),
        nsf=list(formation.nsf),
        besoins=list(formation.besoins),
        offres=[
            OffreJson(
                territoires=list(offre.territoires),
                territoire_imprime=offre.territoire_imprime,
                source=to_source_json(offre.source),
            )
            for offre in formation.offres
        ],
        conditions=_to_conditions(formation.conditions, base.referentiels),
        contacts=[to_contact_json(contact) for contact in formation.contacts],
        precision=formation.precision,
        complements=dict(formation.complements),
        manques=list(formation.manques),
    )


def to_parcours_type(parcours: ParcoursType, *, base: Base) -> ParcoursTypeJson:
    """An example of parcours, steps named."""
    return ParcoursTypeJson(
        id=parcours.id,
        titre=parcours.titre,
        profil=parcours.profil,
        publics=list(parcours.publics),
        besoins=list(parcours.besoins),
        situation=dict(parcours.situation),
        etapes=[
            EtapeTypeJson(
                dispositif=etape.dispositif,
                nom=base.catalogue.dispositifs[etape.dispositif].nom,
                precision=etape.precision,
                en_parallele=etape.en_parallele,
                lien=etape.lien,
                source=to_source_json(etape.source),
            )
            for etape in parcours.etapes
        ],
        points_de_vigilance=list(parcours.points_de_vigilance),
        source=to_source_json(parcours.source),
    )


def list_organismes(base: Base, *, dispositif: str | None, commune: str | None) -> list[OrganismeJson]:
    """Sites of a dispositif, nearest to the commune first when one is given."""
    return [
        OrganismeJson(
            dispositif=site.dispositif,
            organisme=site.organisme or f"Site de {site.lieu}",
            role=site.role,
            lieu=site.lieu,
            code_departement=site.code_departement,
            code_insee=site.code_insee,
            bassin=site.bassin,
            nombre_sites=site.nombre_sites,
            distance_km=distance,
            source=to_source_json(site.source),
        )
        for site, distance in find_sites(base, dispositif=dispositif, commune=commune)
    ]


def to_page(elements: Sequence[Sortie], *, page: int, size: int) -> Page[Sortie]:
    """One page of already converted elements."""
    items, nombres = cut_page(elements, page=page, size=size)
    return Page(items=items, **nombres)


__all__ = [
    "Site",
    "cut_page",
    "list_besoins",
    "list_dispositifs",
    "list_organismes",
    "to_dispositif_complet",
    "to_formation",
    "to_page",
    "to_parcours_type",
]
