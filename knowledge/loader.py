"""The whole base from its YAML files, or one ``ErreurCatalogue`` that lists every fault in French."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from knowledge.catalogue_model import Catalogue, EtapeType, Formation, Offre, ParcoursType, Site
from knowledge.conversion import Convertisseur
from knowledge.errors import ErreurCatalogue
from knowledge.fichiers import (
    DispositifFichier,
    FormationFichier,
    OrganismesFichier,
    ParcoursTypeFichier,
    RegleFichier,
)
from knowledge.lecture import read_modele, read_yaml, require
from knowledge.model import Contact, Dispositif
from knowledge.referentiel import (
    Acquis,
    Besoin,
    DocumentCite,
    Niveau,
    Referentiels,
    build_critere,
    build_question,
)
from knowledge.regles_entree import add_regles_entree, load_regles_entree

RACINE = Path(__file__).parent


def load_referentiels(racine: Path = RACINE) -> Referentiels:
    """The closed lists of ``referentiels/``.

    Raises:
        ErreurCatalogue: a list is unreadable or inconsistent.
    """

    def lire(nom: str) -> Any:
        return read_yaml(racine / "referentiels" / f"{nom}.yml")

    besoins = lire("besoins")
    criteres = {cle: build_critere(cle, donnees) for cle, donnees in lire("criteres")["criteres"].items()}
    sans_acquis = Referentiels(
        criteres=criteres,
        questions={
            cle: build_question(cle, donnees) for cle, donnees in lire("questions")["questions"].items()
        },
        familles=besoins["familles"],
        besoins={donnees["id"]: _build_besoin(donnees) for donnees in besoins["besoins"]},
        acquis={},
        contenus=lire("contenus")["contenus"],
        niveaux={
            donnees["niveau"]: Niveau(
                niveau=donnees["niveau"], ancien=tuple(donnees["ancien"]), libelle=donnees["libelle"]
            )
            for donnees in lire("niveaux")["niveaux"]
        },
        documents={
            cle: DocumentCite(id=cle, **{"document": None, "lien": None, **donnees})
            for cle, donnees in lire("documents")["documents"].items()
        },
    )
    return _with_acquis(sans_acquis, lire("acquis")["acquis"])


def _build_besoin(donnees: Mapping[str, Any]) -> Besoin:
    return Besoin(
        id=donnees["id"],
        famille=donnees["famille"],
        libelle=donnees["libelle"],
        libelle_prescripteur=donnees["libelle_prescripteur"],
        buts=tuple(donnees["buts"]),
        en_parallele=donnees.get("en_parallele", False),
        thematiques_di=tuple(donnees["thematiques_di"]),
    )


def _with_acquis(referentiels: Referentiels, donnees: Mapping[str, Any]) -> Referentiels:
    """Acquis are read last: their rules use the criteria."""
    convertisseur = Convertisseur("referentiels/acquis.yml", referentiels)
    acquis = {}
    for cle, valeurs in donnees.items():
        regle = valeurs.get("acquis_si")
        acquis[cle] = Acquis(
            id=cle,
            phase=valeurs["phase"],
            libelle=valeurs["libelle"],
            acquis_si=convertisseur.to_regle(RegleFichier.model_validate(regle)) if regle else None,
        )
    for besoin in referentiels.besoins.values():
        for but in besoin.buts:
            faute = require(acquis, but, f"besoin « {besoin.id} » : le but", "referentiels/acquis.yml")
            if faute:
                convertisseur.refuse(faute)
    if convertisseur.fautes:
        raise ErreurCatalogue(convertisseur.fautes)
    return Referentiels(
        criteres=referentiels.criteres,
        questions=referentiels.questions,
        familles=referentiels.familles,
        besoins=referentiels.besoins,
        acquis=acquis,
        contenus=referentiels.contenus,
        niveaux=referentiels.niveaux,
        documents=referentiels.documents,
    )


def load_catalogue(referentiels: Referentiels | None = None, racine: Path = RACINE) -> Catalogue:
    """Every record of ``catalogue/``, checked and cross-checked.

    Raises:
        ErreurCatalogue: all the faults of all the files, each with file, field, value and nearest valid value.
    """
    referentiels = referentiels or load_referentiels()
    fautes: list[str] = []
    organismes = _read_dossier(racine, "organismes", OrganismesFichier, fautes)
    dispositifs_lus = _read_dossier(racine, "dispositifs", DispositifFichier, fautes)
    sites = [site for fichier in organismes for site in _build_sites(fichier, referentiels, fautes)]
    dispositifs = {
        fichier.id: _build_dispositif(fichier, referentiels, sites, fautes) for fichier in dispositifs_lus
    }
    formations = {
        fichier.id: _build_formation(fichier, referentiels, fautes)
        for fichier in _read_dossier(racine, "formations", FormationFichier, fautes)
    }
    regles = load_regles_entree(referentiels, racine, fautes)
    formations = add_regles_entree(formations, regles, fautes)
    parcours_types = {
        fichier.id: _build_parcours_type(fichier, referentiels, fautes)
        for fichier in _read_dossier(racine, "parcours_types", ParcoursTypeFichier, fautes)
    }
    # A file that cannot be read has its own fault: those that name it are not wrong for that.
    ecrits = {chemin.stem for chemin in (racine / "catalogue" / "dispositifs").glob("*.yml")}
    fautes.extend(_iter_references_perdues(dispositifs, formations, parcours_types, sites, ecrits))
    if fautes:
        raise ErreurCatalogue(fautes)
    return Catalogue(
        referentiels=referentiels,
        dispositifs=dispositifs,
        formations=formations,
        sites=tuple(sites),
        parcours_types=parcours_types,
    )


def _read_dossier(racine: Path, dossier: str, modele: Any, fautes: list[str]) -> list[Any]:
    """The files of a folder in name order; the file name must be the id."""
    lus = []
    for chemin in sorted((racine / "catalogue" / dossier).glob("*.yml")):
        try:
            fichier = read_modele(chemin, modele)
        except ErreurCatalogue as erreur:
            fautes.extend(erreur.fautes)
            continue
        if fichier.id != chemin.stem:
            fautes.append(
                f"{chemin.name} : l'id « {fichier.id} » doit être le nom du fichier, « {chemin.stem} »."
            )
        lus.append(fichier)
    return lus


def _build_sites(fichier: OrganismesFichier, referentiels: Referentiels, fautes: list[str]) -> list[Site]:
    convertisseur = Convertisseur(f"organismes/{fichier.id}.yml", referentiels)
    sites = [
        Site(
            dispositif=fichier.dispositif,
            role=fichier.role,
            **site.model_dump(exclude={"source"}),
            source=convertisseur.to_source(site.source),
        )
        for site in fichier.sites
    ]
    fautes.extend(convertisseur.fautes)
    return sites


def _build_dispositif(
    fichier: DispositifFichier, referentiels: Referentiels, sites: Iterable[Site], fautes: list[str]
) -> Dispositif:
    convertisseur = Convertisseur(f"dispositifs/{fichier.id}.yml", referentiels, dict(fichier.sources))
    propres = [
        _to_contact(site) for site in sites if fichier.sites and site.dispositif == fichier.sites.organismes
    ]
    dispositif = convertisseur.to_dispositif(fichier, propres)
    fautes.extend(convertisseur.fautes)
    return dispositif


def _to_contact(site: Site) -> Contact:
    """A site as someone to reach; its name is kept empty-safe when the source prints only a place."""
    return Contact(
        organisme=site.organisme or f"Site de {site.lieu}",
        role=site.role,
        commune=site.lieu,
        code_insee=site.code_insee,
        code_departement=site.code_departement,
        precision=site.note,
        bassin=site.bassin,
        source=site.source,
    )


def _build_formation(fichier: FormationFichier, referentiels: Referentiels, fautes: list[str]) -> Formation:
    convertisseur = Convertisseur(f"formations/{fichier.id}.yml", referentiels)
    convertisseur._check_besoins(fichier.besoins)
    formation = Formation(
        id=fichier.id,
        intitule=fichier.intitule,
        intitule_imprime=fichier.intitule_imprime,
        dispositif=fichier.dispositif,
        secteur=fichier.secteur,
        certification=fichier.certification,
        niveaux=tuple(fichier.niveaux),
        niveaux_source=fichier.niveaux_source,
        parcours_types=tuple(fichier.parcours_types),
        rome=tuple(fichier.rome),
        nsf=tuple(fichier.nsf),
        besoins=tuple(fichier.besoins),
        conditions=convertisseur.to_conditions(fichier.conditions),
        offres=tuple(
            Offre(
                territoires=tuple(offre.territoires),
                territoire_imprime=offre.territoire_imprime,
                source=convertisseur.to_source(offre.source),
            )
            for offre in fichier.offres
        ),
        precision=fichier.precision,
        complements=fichier.complements,
        contacts=tuple(convertisseur.to_contact(contact) for contact in fichier.contacts),
        qualite={cle: convertisseur.to_mention(mention) for cle, mention in fichier.qualite.items()},
        manques=tuple(fichier.manques),
    )
    fautes.extend(convertisseur.fautes)
    return formation


def _build_parcours_type(
    fichier: ParcoursTypeFichier, referentiels: Referentiels, fautes: list[str]
) -> ParcoursType:
    convertisseur = Convertisseur(f"parcours_types/{fichier.id}.yml", referentiels)
    convertisseur._check_besoins(fichier.besoins)
    parcours = ParcoursType(
        id=fichier.id,
        titre=fichier.titre,
        profil=fichier.profil,
        publics=tuple(fichier.publics),
        besoins=tuple(fichier.besoins),
        situation=fichier.situation,
        etapes=tuple(
            EtapeType(
                dispositif=etape.dispositif,
                precision=etape.precision,
                en_parallele=etape.en_parallele,
                lien=etape.lien,
                source=convertisseur.to_source(etape.source),
            )
            for etape in fichier.etapes
        ),
        points_de_vigilance=tuple(fichier.points_de_vigilance),
        source=convertisseur.to_source(fichier.source),
    )
    fautes.extend(convertisseur.fautes)
    return parcours


def _iter_references_perdues(
    dispositifs: Mapping[str, Dispositif],
    formations: Mapping[str, Formation],
    parcours_types: Mapping[str, ParcoursType],
    sites: Iterable[Site],
    ecrits: Collection[str],
) -> Iterable[str]:
    """Faults of records that name another record for which no file is written."""
    ou = "catalogue/dispositifs"
    renvois = [
        (f"dispositifs/{dispositif.id}.yml", lien.vers)
        for dispositif in dispositifs.values()
        for lien in dispositif.articulations
    ]
    renvois += [
        (f"formations/{fiche.id}.yml", fiche.dispositif) for fiche in formations.values() if fiche.dispositif
    ]
    renvois += [
        (f"parcours_types/{parcours.id}.yml", etape.dispositif)
        for parcours in parcours_types.values()
        for etape in parcours.etapes
    ]
    renvois += [("organismes", site.dispositif) for site in sites]
    for fichier, cible in renvois:
        faute = require(dispositifs, cible, "la fiche", ou)
        if faute and cible not in ecrits:
            yield f"{fichier} : {faute}"
