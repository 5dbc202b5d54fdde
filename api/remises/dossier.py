"""What the page of a handover holds: the code, what it opened, what was corrected together."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from fastapi import Request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy.orm import Session

from api.comptes.acces import Formulaire
from api.limites import check_debit
from api.partages.coffre import read_code, write_code
from api.partages.contenu import check_essais, keep_connus
from api.partages.services import NOTE_MAX, ContenuPartage, open_partage
from api.prescripteurs.demande import Demande, read_demande, write_valeur
from api.problemes import Probleme
from knowledge import Base, Situation, build_situation

# Needs that say something of a person's health: printed only with her agreement, like the sensitive answers.
BESOINS_SENSIBLES = frozenset({"vivre-avec-un-handicap", "prendre-soin-de-ma-sante"})
_PREUVE = 2 * 3600
_CHANGE = (
    "Ce résultat vient d'être changé ailleurs. Rouvrez le code pour voir la dernière version avant d'écrire."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A result opened by its code. ``demande`` is what the form says now, ``contenu`` what was kept."""

    code: str
    preuve: str
    contenu: ContenuPartage
    expire_le: datetime
    demande: Demande
    note: str
    choix: str
    avec_sensibles: bool
    est_corrige: bool

    def to_situation(self, base: Base) -> Situation:
        """The situation agreed."""
        return build_situation(base, self.demande.faits)

    def to_contenu(self) -> ContenuPartage:
        """What is given back: needs, facts and note of now; the person's words and the rest stay as they were."""
        return replace(
            self.contenu,
            besoins=self.demande.besoins,
            situation=dict(self.demande.faits),
            passees=self.demande.passees,
            note=self.note or None,
        )


def open_dossier(
    request: Request, formulaire: Formulaire, db_session: Session, *, base: Base, jour: date
) -> Dossier:
    """Open the code of the form, and read what was corrected since it was opened.

    Raises:
        Probleme: 404 for a code that opens nothing, 429 after too many tries.
    """
    lu = read_code(formulaire.get("code")[:40])
    code = write_code(lu) if lu else formulaire.get("code")[:40]
    _check_essais(request, code, formulaire.get("preuve"))
    partage = open_partage(db_session, code)
    contenu, situation = keep_connus(partage.contenu, base)
    est_relu = bool(formulaire.get("relu"))
    if est_relu:
        demande = read_demande(_list_champs(formulaire), base=base, jour=jour)
        demande = replace(demande, faits=build_situation(base, demande.faits).as_dict())
    else:
        demande = Demande(besoins=contenu.besoins, faits=situation.as_dict(), passees=contenu.passees)
    return Dossier(
        code=code,
        preuve=_sign(request).dumps(_digest(code)),
        contenu=contenu,
        expire_le=partage.expire_le,
        demande=demande,
        note=formulaire.get("note")[:NOTE_MAX] if est_relu else contenu.note or "",
        choix=formulaire.get("etape")[:100],
        avec_sensibles=formulaire.get("sensibles") == "oui",
        est_corrige=(demande.besoins, dict(demande.faits)) != (contenu.besoins, situation.as_dict()),
    )


def check_version(dossier: Dossier, formulaire: Formulaire) -> None:
    """Refuse to overwrite what somebody else gave back in between.

    Raises:
        Probleme: 409.
    """
    if formulaire.get("version") != (dossier.contenu.modifie_le or ""):
        raise Probleme(409, _CHANGE)


def list_sensibles(base: Base) -> frozenset[str]:
    """The criteria that are printed only when the person agrees."""
    return frozenset(cle for cle, critere in base.referentiels.criteres.items() if critere.sensible)


def list_caches(demande: Demande) -> Sequence[tuple[str, str]]:
    """The facts that the compact form does not show, carried as they are."""
    return [(cle, write_valeur(valeur)) for cle, valeur in demande.faits.items() if cle == "code_rome"]


def _list_champs(formulaire: Formulaire) -> list[tuple[str, str]]:
    """The fields of the form, without the code of a commune whose name was erased or of a métier typed over."""
    champs = [(nom, valeur) for nom, valeur in formulaire.list_champs() if valeur]
    saisis = dict(champs)
    if "commune" not in saisis:
        champs = [(nom, valeur) for nom, valeur in champs if nom != "code_insee"]
    metier = saisis.get("metier_vise", "")
    if metier != saisis.get("metier_avant", metier):
        champs = [(nom, valeur) for nom, valeur in champs if nom != "code_rome"]
    return champs


def _check_essais(request: Request, code: str, preuve: str) -> None:
    """Count a try, unless this page already opened the code: correcting an answer is not guessing."""
    try:
        if _sign(request).loads(preuve, max_age=_PREUVE) == _digest(code):
            check_debit(request, "remises", "120/minute")
            return
    except BadSignature:
        pass
    check_essais(request)


def _sign(request: Request) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(request.app.state.reglages.secret, salt="remise")


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
