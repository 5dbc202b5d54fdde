"""What a document is asked for with, and the parcours it is about."""

from __future__ import annotations

from datetime import date, time

from fastapi import Request
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from api.dialogue import Dialogue
from api.limites import check_debit
from api.orientation.schemas import EtapeJson, ParcoursJson
from api.partages.coffre import read_code, write_code
from api.partages.contenu import orient_contenu, read_contenu
from api.partages.schemas import DemandePartage
from api.partages.services import ContenuPartage
from api.problemes import Probleme
from knowledge import Base


class DemandeDocument(DemandePartage):
    """Le parcours voulu : celui d'une conversation, ou celui de besoins et d'une situation."""

    rang: int = Field(0, ge=0, le=20, description="Le rang du parcours dans le résultat, à partir de 0.")
    code: str | None = Field(None, max_length=40, description="Un code déjà créé, à imprimer avec son lien.")


class DemandeRappel(DemandeDocument):
    """Un rappel pour une étape, le jour que la personne choisit."""

    etape: int = Field(1, ge=1, le=40, description="Le rang de l'étape dans le parcours.")
    date: date
    heure: time = time(9)


def check_debit_documents(request: Request) -> None:
    """Thirty documents a minute from one address: drawing a page takes some tenths of a second.

    Raises:
        Probleme: 429 beyond.
    """
    check_debit(request, "documents", "30/minute")


async def find_parcours(
    demande: DemandeDocument, *, base: Base, dialogue: Dialogue, jour: date
) -> ParcoursJson:
    """The parcours asked for.

    Raises:
        Probleme: 404 when the result has no parcours of this rank, or the conversation is gone.
    """
    contenu = await read_contenu(demande, base=base, dialogue=dialogue)
    return await run_in_threadpool(pick_parcours, contenu, demande.rang, base=base, jour=jour)


def pick_parcours(contenu: ContenuPartage, rang: int, *, base: Base, jour: date) -> ParcoursJson:
    """The parcours of this rank (from 0) in the result of the day; 404 when there is none."""
    liste = orient_contenu(contenu, base=base, jour=jour).parcours
    if rang >= len(liste):
        raise Probleme(404, "Ce parcours n'existe plus. Affichez à nouveau votre résultat.")
    return liste[rang]


def pick_etape(parcours: ParcoursJson, rang: int) -> EtapeJson:
    """The step of this rank in the parcours; 404 when there is none."""
    for etape in parcours.etapes:
        if etape.rang == rang:
            return etape
    raise Probleme(404, "Cette étape n'existe plus. Affichez à nouveau votre résultat.")


def clean_code(code: str | None) -> str:
    """The code as it is shown; empty when none is given or it cannot be one."""
    lu = read_code(code or "")
    return write_code(lu) if lu else ""
