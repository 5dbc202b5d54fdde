"""GET /besoins, /dispositifs, /formations, /parcours-types, /organismes, /territoires."""

from __future__ import annotations

from fastapi import APIRouter

from api.catalogue.parameters import (
    Besoin,
    CodeRome,
    Commune,
    IdFiche,
    LeNiveau,
    Mots,
    NumeroDePage,
    Profil,
    TailleDePage,
    Territoire,
    UnDispositif,
    UnVerdict,
)
from api.catalogue.schemas import (
    BesoinJson,
    CommuneJson,
    DispositifComplet,
    DispositifResume,
    FormationJson,
    OrganismeJson,
    Page,
    ParcoursTypeJson,
)
from api.catalogue.services import (
    cut_page,
    list_besoins,
    list_dispositifs,
    list_organismes,
    to_dispositif_complet,
    to_formation,
    to_page,
    to_parcours_type,
)
from api.dependances import Aujourdhui, LaBase
from knowledge import find_parcours_types, get_dispositif, get_formation, search_formations

router = APIRouter(tags=["catalogue"])


@router.get("/besoins", summary="Les besoins")
def read_besoins(base: LaBase) -> list[BesoinJson]:
    """Les 23 besoins, l'entrée de tout."""
    return list_besoins(base.referentiels)


@router.get("/dispositifs", summary="Chercher des dispositifs")
def read_dispositifs(
    base: LaBase,
    jour: Aujourdhui,
    besoin: Besoin = None,
    verdict: UnVerdict = None,
    territoire: Territoire = None,
    q: Mots = None,
    page: NumeroDePage = 1,
    size: TailleDePage = 50,
) -> Page[DispositifResume]:
    """Les dispositifs qui répondent à tous les filtres."""
    fiches = list_dispositifs(base, besoin=besoin, verdict=verdict, territoire=territoire, q=q, jour=jour)
    return to_page(fiches, page=page, size=size)


@router.get("/dispositifs/{identifiant}", summary="Une fiche dispositif")
def read_dispositif(identifiant: IdFiche, base: LaBase, jour: Aujourdhui) -> DispositifComplet:
    """La fiche entière, chaque fait avec sa source."""
    return to_dispositif_complet(get_dispositif(base, identifiant), base=base, jour=jour)


@router.get("/formations", summary="Chercher des formations")
def read_formations(
    base: LaBase,
    q: Mots = None,
    besoin: Besoin = None,
    rome: CodeRome = None,
    niveau: LeNiveau = None,
    territoire: Territoire = None,
    page: NumeroDePage = 1,
    size: TailleDePage = 20,
) -> Page[FormationJson]:
    """Les formations d'un métier dit avec des mots de tous les jours, d'un niveau, d'un territoire."""
    trouvees = search_formations(base, q=q, besoin=besoin, rome=rome, niveau=niveau, territoire=territoire)
    formations, nombres = cut_page(trouvees, page=page, size=size)
    return Page(items=[to_formation(formation, base=base) for formation in formations], **nombres)


@router.get("/formations/{identifiant}", summary="Une fiche formation")
def read_formation(identifiant: IdFiche, base: LaBase) -> FormationJson:
    """La fiche entière."""
    return to_formation(get_formation(base, identifiant), base=base)


@router.get("/parcours-types", summary="Des exemples de parcours")
def read_parcours_types(
    base: LaBase,
    besoin: Besoin = None,
    profil: Profil = None,
    page: NumeroDePage = 1,
    size: TailleDePage = 50,
) -> Page[ParcoursTypeJson]:
    """Les exemples de parcours d'un besoin ou d'un profil."""
    trouves = find_parcours_types(base, besoin=besoin, profil=profil)
    return to_page([to_parcours_type(parcours, base=base) for parcours in trouves], page=page, size=size)


@router.get("/organismes", summary="Les lieux, du plus proche au plus loin")
def read_organismes(
    base: LaBase,
    dispositif: UnDispositif = None,
    commune: Commune = None,
    page: NumeroDePage = 1,
    size: TailleDePage = 50,
) -> Page[OrganismeJson]:
    """Les lieux d'un dispositif, autour d'une commune."""
    return to_page(list_organismes(base, dispositif=dispositif, commune=commune), page=page, size=size)


@router.get("/territoires", summary="Trouver une commune")
def read_territoires(
    base: LaBase, q: Mots = None, page: NumeroDePage = 1, size: TailleDePage = 20
) -> Page[CommuneJson]:
    """Les communes d'un nom ou d'un code postal ; les homonymes restent séparés."""
    trouvees = base.territoires.find_communes(q, limite=50) if q else []
    communes = [
        CommuneJson(
            commune=trouvee.commune.nom,
            code_insee=trouvee.commune.code_insee,
            code_departement=trouvee.commune.code_departement,
            departement=trouvee.commune.nom_departement,
            codes_postaux=list(trouvee.commune.codes_postaux),
            intercommunalite=trouvee.commune.nom_epci,
            bassin=base.territoires.bassin_of(trouvee.commune),
            score=round(trouvee.score, 3),
        )
        for trouvee in trouvees
    ]
    return to_page(communes, page=page, size=size)
