"""Keeping a parcours without JavaScript, and reopening it with its code: forms and files, nothing in an address."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from api.dependances import Aujourdhui, LaBase, LesReglages
from api.documents.demande import check_debit_documents, clean_code, pick_etape, pick_parcours
from api.documents.parcours import build_pdf_parcours
from api.documents.rappel import build_rappel
from api.documents.routes import NOMS
from api.documents.texte import write_texte
from api.fichiers import build_fichier
from api.limites import check_debit
from api.orientation.schemas import ParcoursJson
from api.partages.contenu import build_lien, check_essais, get_adresse, keep_connus
from api.partages.routes import draw_qr
from api.partages.services import (
    DUREES_JOURS,
    ContenuPartage,
    create_partage,
    open_partage,
    revoke_partage,
)
from api.problemes import Probleme
from api.stockage import LaSession
from api.web.formulaire import Saisie, read_saisie, to_situation
from api.web.pages import Champs, build_resultat, list_accueil, read_corps
from api.web.rendu import Rendu
from knowledge import Base


def add_garder(router: APIRouter, rendu: Rendu) -> None:
    """Add the pages that keep and reopen a parcours."""
    _add_reprendre(router, rendu)
    _add_creer(router, rendu)


def _add_reprendre(router: APIRouter, rendu: Rendu) -> None:
    @router.get("/reprendre")
    def read_reprendre(request: Request, base: LaBase) -> Response:
        return _build_reprendre(rendu, request, base)

    @router.post("/reprendre")
    async def open_code(request: Request, base: LaBase, jour: Aujourdhui, db_session: LaSession) -> Response:
        code = Champs(await read_corps(request)).get("code")

        def ouvrir() -> Response:
            lu = open_partage(db_session, code)
            connu, _ = keep_connus(lu.contenu, base)
            partage = {
                "code": clean_code(code),
                "expire_le": lu.expire_le.date(),
                "note": connu.note,
                "paroles": connu.paroles,
            }
            return build_resultat(rendu, request, base, to_saisie(connu, base), jour, partage=partage)

        try:
            check_essais(request)
            return await run_in_threadpool(ouvrir)
        except Probleme as probleme:
            return _build_reprendre(rendu, request, base, code=code, probleme=probleme)

    @router.post("/reprendre/annuler")
    async def cancel_code(request: Request, base: LaBase, db_session: LaSession) -> Response:
        code = Champs(await read_corps(request)).get("code")
        try:
            check_essais(request)
            await run_in_threadpool(revoke_partage, db_session, code)
        except Probleme as probleme:
            return _build_reprendre(rendu, request, base, code=code, probleme=probleme)
        return _build_reprendre(rendu, request, base, message="code.annule")


def _add_creer(router: APIRouter, rendu: Rendu) -> None:
    @router.post("/garder")
    async def keep(request: Request, base: LaBase, reglages: LesReglages, db_session: LaSession) -> Response:
        corps = await read_corps(request)
        champs, saisie = Champs(corps), read_saisie(corps, base=base)
        check_debit(request, "partages", "60/hour")
        contenu = to_contenu(saisie, base=base, langue=rendu.choose_langue(request))
        jours = champs.get_nombre("jours", defaut=max(DUREES_JOURS))
        cree = await run_in_threadpool(create_partage, db_session, contenu, jours=jours)
        lien = build_lien(get_adresse(request, reglages), cree.code)
        return rendu.build_page(
            request,
            "code.html",
            code=cree.code,
            lien=lien,
            qr=draw_qr(lien),
            expire_le=cree.expire_le.date(),
            saisie=saisie,
            **list_accueil(base),
        )

    @router.post("/garder/{nature}")
    async def download(
        request: Request, nature: str, base: LaBase, reglages: LesReglages, jour: Aujourdhui
    ) -> Response:
        if nature not in NOMS:
            raise Probleme(404, "Cette adresse n'existe pas.")
        check_debit_documents(request)
        corps = await read_corps(request)
        champs, saisie = Champs(corps), read_saisie(corps, base=base)
        adresse, code = get_adresse(request, reglages), clean_code(champs.get("code"))
        lien = build_lien(adresse, code) if code else adresse

        def write() -> bytes:
            contenu = to_contenu(saisie, base=base)
            parcours = pick_parcours(contenu, champs.get_nombre("rang", defaut=0), base=base, jour=jour)
            if nature == "ics":
                return _write_rappel(parcours, champs, jour)
            if nature == "txt":
                return write_texte(parcours, lien=lien if code else "").encode()
            return build_pdf_parcours(parcours, jour=jour, lien=lien, code=code)

        return build_fichier(await run_in_threadpool(write), NOMS[nature])


def _write_rappel(parcours: ParcoursJson, champs: Champs, jour: date) -> bytes:
    rang = champs.get_nombre("etape", defaut=parcours.etapes[0].rang)
    try:
        quand = date.fromisoformat(champs.get("date"))
    except ValueError:
        quand = next_jour_ouvre(jour)
    return build_rappel(pick_etape(parcours, rang), jour=quand)


def next_jour_ouvre(jour: date) -> date:
    """The first day after ``jour`` that is neither a Saturday nor a Sunday."""
    suivant = jour + timedelta(days=1)
    while suivant.weekday() > 4:
        suivant += timedelta(days=1)
    return suivant


def to_contenu(saisie: Saisie, *, base: Base, langue: str = "fr") -> ContenuPartage:
    """What a form holds, to be kept; 422 when it holds no need."""
    if not saisie.besoins:
        raise Probleme(422, "Il n'y a pas encore de parcours à garder. Dites d'abord ce que vous cherchez.")
    return ContenuPartage(
        besoins=saisie.besoins,
        situation=to_situation(saisie, base=base).as_dict(),
        passees=saisie.passees,
        indisponibles=saisie.indisponibles,
        langue=langue,
    )


def to_saisie(contenu: ContenuPartage, base: Base) -> Saisie:
    """What was kept, as the form that goes on from it."""
    faits: dict[str, Any] = dict(contenu.situation)
    return Saisie(
        besoins=contenu.besoins,
        faits=faits,
        passees=contenu.passees,
        indisponibles=tuple(i for i in contenu.indisponibles if i in base.catalogue.dispositifs),
        action="resultat",
    )


def _build_reprendre(
    rendu: Rendu,
    request: Request,
    base: Base,
    *,
    code: str = "",
    message: str = "",
    probleme: Probleme | None = None,
) -> Response:
    return rendu.build_page(
        request,
        "reprendre.html",
        statut=probleme.statut if probleme else 200,
        code=code[:40],
        message=message,
        erreur=probleme.detail if probleme else "",
        introuvable=probleme is not None and probleme.statut == 404,
        **list_accueil(base),
    )
