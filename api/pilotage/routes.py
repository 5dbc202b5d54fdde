"""The steering page, its exports, and what the content team does there. Every route needs the role éditeur."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from api.avis.services import Genre, Statut, close_signalement, list_signalements, summarize_avis
from api.comptes.acces import Identite, LeFormulaire, RoutePage, build_page, require_role
from api.comptes.journal import trace
from api.dependances import Aujourdhui, LaBase
from api.fichiers import build_fichier
from api.mesures.compter import get_registre
from api.pilotage.chiffres import (
    Periode,
    build_tableaux,
    compute_satisfaction,
    list_choix_mois,
    read_periode,
    sum_usage,
    write_mois,
    write_mois_court,
)
from api.pilotage.exports import HORS_SUJET, write_csv, write_tableau, write_yaml
from api.pilotage.phrases import file_phrase, list_phrases
from api.problemes import Probleme
from api.stockage import LaSession
from knowledge import Base

# Not through the package: importing it there would make « python -m knowledge.qualite » (make qualite) warn.
from knowledge.qualite import Note, score_catalogue

router = APIRouter(prefix="/prescripteurs/pilotage", route_class=RoutePage, include_in_schema=False)
LEditeur = Annotated[Identite, Depends(require_role("editeur"))]
_PHRASES_AVIS = 50
_FICHES = 20
GENRES = {
    Genre.CONTACT.value: "Contact faux",
    Genre.FERME.value: "Fermé ou complet",
    Genre.CONDITION.value: "Condition fausse",
    Genre.INCOMPREHENSIBLE.value: "Pas compréhensible",
    Genre.AUTRE.value: "Autre",
}


def install_pilotage(app: FastAPI) -> None:
    """Add the page to the application."""
    app.include_router(router)


@router.get("")
def read_pilotage(
    request: Request,
    identite: LEditeur,
    base: LaBase,
    jour: Aujourdhui,
    db_session: LaSession,
    de: str = "",
    a: str = "",
) -> Response:
    """Everything on one page, over whole months."""
    get_registre(request).flush()
    periode = read_periode(de, a, jour=jour)
    tableaux = build_tableaux(db_session, periode, base)
    notes = list_a_reverifier(request, base, jour)
    return build_page(
        request,
        "prescripteurs/pilotage.html",
        identite=identite,
        rubrique="pilotage",
        periode=periode,
        mois=[(write_mois(m), write_mois_court(m)) for m in periode.mois],
        choix_mois=list_choix_mois(jour),
        tableaux=tableaux,
        usage=sum_usage(tableaux["usage"]),
        satisfaction=compute_satisfaction(tableaux["satisfaction"]),
        phrases_avis=_list_phrases_avis(db_session, periode),
        phrases=list_phrases(db_session),
        classees=list_phrases(db_session, classees=True),
        signalements=list_signalements(db_session, statut=Statut.NOUVEAU),
        genres=GENRES,
        a_reverifier=notes[:_FICHES],
        nombre_a_reverifier=len(notes),
        nombre_fiches=len(base.catalogue.dispositifs) + len(base.catalogue.formations),
        noms={id_: fiche.nom for id_, fiche in base.catalogue.dispositifs.items()}
        | {id_: formation.intitule for id_, formation in base.catalogue.formations.items()},
        besoins=base.referentiels.besoins,
        hors_sujet=HORS_SUJET,
    )


@router.get("/export/{nom}.csv")
def export_tableau(
    request: Request,
    nom: str,
    identite: LEditeur,
    base: LaBase,
    jour: Aujourdhui,
    db_session: LaSession,
    de: str = "",
    a: str = "",
) -> Response:
    """A table as CSV, with the same hidden figures as on the page."""
    get_registre(request).flush()
    if nom == "fiches-a-reverifier":
        notes = list_a_reverifier(request, base, jour)
        contenu = write_csv(
            ("Fiche", "Genre", "Complète à", "Manque"),
            [(n.id, n.genre, f"{n.score:.0%}", ", ".join(n.manques)) for n in notes],
        )
    else:
        tableaux = build_tableaux(db_session, read_periode(de, a, jour=jour), base)
        if nom not in tableaux:
            raise Probleme(404, "Ce tableau n'existe pas.")
        contenu = write_tableau(tableaux[nom])
    trace(db_session, identite.courriel, "export", nom)
    return build_fichier(contenu, f"passerelle-{nom}.csv")


@router.get("/phrases.yml")
def export_phrases(request: Request, identite: LEditeur, db_session: LaSession) -> Response:
    """The filed sentences as training data."""
    trace(db_session, identite.courriel, "export", "phrases classées")
    contenu = write_yaml(list_phrases(db_session, classees=True))
    return build_fichier(contenu, "passerelle-phrases.yml")


@router.post("/phrases/{identifiant}")
def send_phrase(
    identifiant: int, identite: LEditeur, formulaire: LeFormulaire, base: LaBase, db_session: LaSession
) -> Response:
    """File a sentence, or erase it."""
    besoin = formulaire.get("besoin")
    file_phrase(db_session, identifiant, besoin, base=base)
    trace(db_session, identite.courriel, "phrase classée", f"{identifiant} : {besoin or 'à classer'}")
    return RedirectResponse("/prescripteurs/pilotage#phrases", status_code=303)


@router.post("/signalements/{identifiant}/fermer")
def close(identifiant: int, identite: LEditeur, formulaire: LeFormulaire, db_session: LaSession) -> Response:
    """Mark a reported error as dealt with."""
    signalement = close_signalement(db_session, identifiant)
    trace(
        db_session, identite.courriel, "signalement traité", f"{identifiant} ({signalement.fiche or 'site'})"
    )
    return RedirectResponse("/prescripteurs/pilotage#signalements", status_code=303)


def list_a_reverifier(request: Request, base: Base, jour: date) -> list[Note]:
    """The records to be re-checked, least complete first; computed once a day."""
    connu: tuple[Base, date, list[Note]] | None = getattr(request.app.state, "a_reverifier", None)
    if connu is None or connu[0] is not base or connu[1] != jour:
        notes = [note for note in score_catalogue(base.catalogue, jour) if note.a_reverifier]
        connu = (base, jour, notes)
        request.app.state.a_reverifier = connu
    return connu[2]


def _list_phrases_avis(db_session: Session, periode: Periode) -> list[str]:
    """What people wrote, without day nor answer: a sentence alone says nothing of the counts."""
    bilan = summarize_avis(db_session, periode.depuis, periode.fin, phrases_max=_PHRASES_AVIS)
    return sorted(phrase for _, _, phrase in bilan.phrases)
