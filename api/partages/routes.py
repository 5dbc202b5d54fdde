"""POST, GET, DELETE /partages."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Annotated

import segno
from fastapi import APIRouter, Path, Request
from starlette.concurrency import run_in_threadpool

from api.dependances import Aujourdhui, LaBase, LeDialogue, LesReglages
from api.limites import check_debit
from api.partages.contenu import (
    build_lien,
    check_essais,
    get_adresse,
    keep_connus,
    orient_connu,
    read_contenu,
)
from api.partages.schemas import DemandePartage, PartageCreeJson, PartageLuJson
from api.partages.services import create_partage, open_partage, revoke_partage
from api.stockage import LaSession

router = APIRouter(prefix="/partages", tags=["partages"])

LeCode = Annotated[str, Path(description="Le code, avec ou sans tiret.", examples=["7KQ2M-9XTBA"])]


@router.post("", status_code=201, summary="Garder un parcours sous un code")
async def create(
    request: Request,
    demande: DemandePartage,
    base: LaBase,
    dialogue: LeDialogue,
    reglages: LesReglages,
    db_session: LaSession,
) -> PartageCreeJson:
    """Un code de dix signes, que la personne donne à qui elle veut et peut annuler."""
    check_debit(request, "partages", "60/hour")
    contenu = await read_contenu(demande, base=base, dialogue=dialogue)
    cree = await run_in_threadpool(create_partage, db_session, contenu, jours=demande.jours)
    lien = build_lien(get_adresse(request, reglages), cree.code)
    return PartageCreeJson(code=cree.code, lien=lien, qr=draw_qr(lien), expire_le=to_utc(cree.expire_le))


@router.get("/{code}", summary="Rouvrir un parcours avec son code")
def read(
    request: Request, code: LeCode, base: LaBase, jour: Aujourdhui, db_session: LaSession
) -> PartageLuJson:
    """Ce qui a été gardé, et le résultat d'aujourd'hui."""
    check_essais(request)
    lu = open_partage(db_session, code)
    connu, situation = keep_connus(lu.contenu, base)
    return PartageLuJson(
        besoins=list(connu.besoins),
        situation=dict(connu.situation),
        questions_passees=list(connu.passees),
        indisponibles=list(connu.indisponibles),
        paroles=connu.paroles,
        note=connu.note,
        langue=connu.langue,
        modifie_le=connu.modifie_le,
        expire_le=to_utc(lu.expire_le),
        orientation=orient_connu(connu, situation, base=base, jour=jour),
    )


@router.delete("/{code}", status_code=204, summary="Annuler un code")
def revoke(request: Request, code: LeCode, db_session: LaSession) -> None:
    """Le code ne marche plus ; ce qu'il ouvrait est effacé."""
    check_essais(request)
    revoke_partage(db_session, code)


def draw_qr(lien: str) -> str:
    """The link as a QR code: an SVG image in a ``data:`` address, quiet zone included."""
    return str(segno.make(lien, error="m", micro=False).svg_data_uri(scale=4, border=4, dark="#0a3835"))


def to_utc(moment: datetime) -> datetime:
    """A moment of the tables, which keep UTC without saying it, as one that says it."""
    return moment.replace(tzinfo=timezone.utc)
