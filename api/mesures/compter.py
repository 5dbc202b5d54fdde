"""What is counted, one function per event; routes call them in one line, and nothing here can make a route fail."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from starlette.concurrency import run_in_threadpool

from api.mesures.anonymat import anonymize
from api.mesures.registre import Registre
from api.orientation.schemas import OrientationJson
from knowledge import Base, normalize

CONVERSATION = "conversation"
RESULTAT = "resultat"
BESOIN = "besoin"
SANS_REPONSE = "sans_reponse"
QUESTION_PASSEE = "question_passee"
CODE_OUVERT = "code_ouvert"
FICHE = "fiche_prescription"
RESULTAT_RENDU = "resultat_rendu"
_SECONDES = 60.0
_BOUTONS_MAX = 6
# Offered with nearly every answer, as the way to a human: it says nothing of what was understood.
_CONSEILLER = "besoin:parler-a-un-conseiller"


def install_mesures(app: FastAPI) -> None:
    """Give the application its register of counts."""
    app.state.mesures = Registre(app.state.stockage, app.state.aujourd_hui)


async def keep_writing(registre: Registre) -> None:
    """Write what was counted every minute, and once more at the end."""
    try:
        while True:
            await asyncio.sleep(_SECONDES)
            await run_in_threadpool(registre.flush)
    finally:
        registre.flush()


def get_registre(request: Request) -> Registre:
    """The register of this application."""
    registre: Registre = request.app.state.mesures
    return registre


def count(request: Request, mesure: str, *, cle: str = "", territoire: str = "") -> None:
    """One more of something."""
    get_registre(request).add(mesure, cle=cle, territoire=territoire)


def count_orientation(
    request: Request,
    besoins: Iterable[str],
    departement: str | None,
    resultat: OrientationJson,
    *,
    passees: Iterable[str] = (),
) -> None:
    """A result shown: its needs and département, the needs it leaves without answer, the questions passed."""
    registre, base = get_registre(request), request.app.state.base
    territoire = departement or ""
    registre.add(RESULTAT, territoire=territoire)
    for besoin in dict.fromkeys(besoins):
        registre.add(BESOIN, cle=besoin, territoire=territoire)
        if is_sans_reponse(base, besoin, resultat):
            registre.add(SANS_REPONSE, cle=besoin, territoire=territoire)
    for question in dict.fromkeys(passees):
        if question in base.referentiels.questions:
            registre.add(QUESTION_PASSEE, cle=question)


def is_sans_reponse(base: Base, besoin: str, resultat: OrientationJson) -> bool:
    """Whether nothing answers this need: every record says no, or no parcours reaches one of its goals."""
    if besoin in resultat.besoins_sans_reponse:
        return True
    connu = base.referentiels.besoins.get(besoin)
    return connu is not None and not set(connu.buts).isdisjoint(resultat.buts_manques)


def count_reponse(
    request: Request, texte: str | None, bruts: Sequence[Mapping[str, Any]], messages: Sequence[Any]
) -> None:
    """An answer of the dialogue: the results it shows, and the sentence when it was not understood.

    Args:
        request: Of the message.
        texte: What the person wrote; None for a button.
        bruts: The messages as the dialogue gave them, with what each result was computed from.
        messages: The same messages as they leave, with their ``boutons`` and ``parcours``.
    """
    for brut, message in zip(bruts, messages, strict=True):
        charge = brut.get("charge_utile") or {}
        if message.parcours is not None:
            situation = charge.get("situation") or {}
            count_orientation(
                request,
                charge.get("besoins") or (),
                situation.get("code_departement"),
                message.parcours,
                passees=charge.get("questions_passees") or (),
            )
    if texte and is_incompris(messages):
        propre = anonymize(texte, is_connu=build_connu(request))
        if propre:
            get_registre(request).add_phrase(propre)


def is_incompris(messages: Sequence[Any]) -> bool:
    """Whether the dialogue answered words by offering a few needs to choose from: its way of saying « not sure »."""
    choix = [bouton.choix for message in messages for bouton in message.boutons]
    if not choix or len(choix) > _BOUTONS_MAX or any(message.parcours for message in messages):
        return False
    besoins = [c for c in choix if c.startswith("besoin:") and c != _CONSEILLER]
    return bool(besoins) and not any(c.startswith("reponse:") for c in choix)


def build_connu(request: Request) -> Callable[[str], bool]:
    """Whether a word is an ordinary one: those of the base's own French (needs, questions, sheets), read once."""
    base: Base = request.app.state.base
    connu: tuple[Base, frozenset[str]] | None = getattr(request.app.state, "mots_ordinaires", None)
    if connu is None or connu[0] is not base:
        connu = (base, list_mots_ordinaires(base))
        request.app.state.mots_ordinaires = connu
    mots = connu[1]
    return lambda mot: normalize(mot) in mots


def list_mots_ordinaires(base: Base) -> frozenset[str]:
    """The words of needs, questions and sheets, folded; names of people are not among them."""
    referentiels = base.referentiels
    textes = [f"{b.libelle} {b.libelle_prescripteur}" for b in referentiels.besoins.values()]
    textes += [f"{q.texte} {q.pourquoi}" for q in referentiels.questions.values()]
    textes += [dispositif.resume for dispositif in base.catalogue.dispositifs.values()]
    return frozenset(normalize(" ".join(textes)).split())
