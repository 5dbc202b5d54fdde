"""Parcours types: found by need and by profile, adapted to a person, written as text or as one printed page."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from api.documents.pdf import Bloc, Feuillet, Section, Ton, build_pdf
from api.prescripteurs.demande import write_valeur
from knowledge import (
    Base,
    EtapeType,
    ParcoursType,
    Source,
    find_parcours_types,
    normalize,
)

# What the start of the map is called when it is the profile of an example.
PROFIL = "profil:"
LIENS = {
    "etabli": "passage établi dans le document",
    "prioritaire": "la personne est prioritaire",
    "souhaite": "passage souhaité, pas garanti",
    "deduit": "suite logique, aucun document ne la garantit",
}


def list_exemples(base: Base, *, besoin: str, public: str, q: str) -> list[ParcoursType]:
    """The parcours types of a need, of a public, whose words hold ``q``, in title order."""
    trouves = find_parcours_types(base, besoin=besoin or None, profil=q or None)
    return sorted(
        (exemple for exemple in trouves if not public or public in exemple.publics),
        key=lambda exemple: normalize(exemple.titre),
    )


def list_publics(base: Base) -> list[str]:
    """The publics that parcours types name, in alphabetical order."""
    publics = {public for exemple in base.catalogue.parcours_types.values() for public in exemple.publics}
    return sorted(publics, key=normalize)


def list_champs(exemple: ParcoursType) -> list[tuple[str, str]]:
    """The needs and the situation of an example, as fields of an address."""
    champs = [("besoin", besoin) for besoin in exemple.besoins]
    return champs + [(cle, write_valeur(valeur)) for cle, valeur in exemple.situation.items()]


def write_adresse(exemple: ParcoursType) -> str:
    """The guided lookup with the situation of the example, to be corrected for the person."""
    return f"/prescripteurs?{urlencode(list_champs(exemple))}"


def order_etapes(exemple: ParcoursType) -> list[EtapeType]:
    """Steps that follow each other, then those led alongside."""
    return sorted(exemple.etapes, key=lambda etape: etape.en_parallele)


def write_texte(exemple: ParcoursType, base: Base, *, jour: date) -> str:
    """The example as plain text, ready to be pasted in a message."""
    lignes = [exemple.titre, "", exemple.profil, ""]
    rang = 0
    for etape in order_etapes(exemple):
        fiche = base.catalogue.dispositifs[etape.dispositif]
        rang += not etape.en_parallele
        marque = "En même temps :" if etape.en_parallele else f"{rang}."
        lignes.append(f"{marque} {fiche.nom_et_sigle}")
        if etape.precision:
            lignes.append(f"   {etape.precision}")
        if etape.lien and not etape.en_parallele:
            lignes.append(f"   Lien avec l'étape d'avant : {LIENS.get(etape.lien, etape.lien)}.")
        lignes += [f"   À faire : {fiche.a_faire}", f"   Source : {_cite(etape.source)}"]
    if exemple.points_de_vigilance:
        lignes += ["", "Points de vigilance", *(f"- {phrase}" for phrase in exemple.points_de_vigilance)]
    lignes += [
        "",
        f"Exemple de parcours, relevé le {jour:%d/%m/%Y} : à adapter à la personne et à vérifier. Passerelle",
    ]
    return "\n".join(lignes) + "\n"


def build_pdf_exemple(exemple: ParcoursType, base: Base, *, jour: date) -> bytes:
    """The example on one A4 page."""
    sections, rang = [], 0
    for etape in order_etapes(exemple):
        fiche = base.catalogue.dispositifs[etape.dispositif]
        rang += not etape.en_parallele
        blocs = [Bloc(intitule="À faire", phrases=(fiche.a_faire,), ton=Ton.ACTION)]
        if etape.precision:
            blocs.insert(0, Bloc(phrases=(etape.precision,)))
        if etape.lien and not etape.en_parallele:
            blocs.append(
                Bloc(intitule="Lien avec l'étape d'avant", phrases=(f"{LIENS.get(etape.lien, etape.lien)}.",))
            )
        blocs.append(Bloc(intitule="Source", phrases=(_cite(etape.source),), importance=2))
        sections.append(
            Section(
                titre=fiche.nom_et_sigle,
                rang="+" if etape.en_parallele else str(rang),
                mention="En même temps" if etape.en_parallele else "",
                blocs=tuple(blocs),
            )
        )
    if exemple.points_de_vigilance:
        vigilance = Bloc(phrases=exemple.points_de_vigilance, liste=True, ton=Ton.ATTENTION)
        sections.append(Section(titre="Points de vigilance", blocs=(vigilance,)))
    return build_pdf(
        Feuillet(
            titre=exemple.titre,
            sous_titre=exemple.profil,
            sections=tuple(sections),
            pied=f"Exemple de parcours imprimé le {jour:%d/%m/%Y}. À adapter à la personne : il ne décide pas de ses droits.",
        )
    )


def _cite(source: Source) -> str:
    lignes = f", lignes {source.lignes}" if source.lignes else ""
    quand = f", {source.date_source:%d/%m/%Y}" if source.date_source else ""
    return f"{source.titre}{lignes}{quand}"
