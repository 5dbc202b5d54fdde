"""The plain form flow, for a browser without JavaScript: what is known travels in the form itself, never in an address."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import parse_qs

from api.problemes import Probleme
from knowledge import (
    Base,
    QuestionSuivante,
    Situation,
    Valeur,
    build_situation,
    describe_fait,
    get_question,
    next_question_for,
    read_faits,
    read_reponse,
)

_CHAMPS_MAX = 200
_LUS_SANS_QUESTION = frozenset({"code_insee", "code_rome", "code_departement"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Saisie:
    """What the form holds: needs, facts, questions passed and asked, and the answer just given."""

    besoins: tuple[str, ...] = ()
    faits: dict[str, Valeur] = field(default_factory=dict)
    passees: tuple[str, ...] = ()
    posees: tuple[str, ...] = ()
    indisponibles: tuple[str, ...] = ()
    action: str = ""
    question: str = ""
    reponse: str = ""
    texte: str = ""
    erreur: str = ""
    communes: tuple[dict[str, Any], ...] = ()

    def list_champs(self) -> list[tuple[str, str]]:
        """The hidden fields that carry this to the next page."""
        champs = [("besoin", besoin) for besoin in self.besoins]
        champs += [("fait", f"{cle}={write_valeur(valeur)}") for cle, valeur in self.faits.items()]
        champs += [("passee", cle) for cle in self.passees]
        champs += [("posee", cle) for cle in self.posees]
        return champs + [("indisponible", fiche) for fiche in self.indisponibles]


def write_valeur(valeur: Valeur) -> str:
    """A value as a field holds it: booleans are « oui » and « non »."""
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    return str(valeur)


def read_saisie(corps: bytes, *, base: Base) -> Saisie:
    """The form sent.

    Raises:
        Probleme: 400 when it is not one of our forms.
    """
    try:
        champs = parse_qs(corps.decode("utf-8"), max_num_fields=_CHAMPS_MAX)
    except ValueError:
        raise Probleme(
            400, "Ce formulaire ne peut pas être lu. Revenez à l'accueil et recommencez."
        ) from None

    def first(nom: str) -> str:
        return champs.get(nom, [""])[0].strip()

    connus = base.referentiels.questions
    return Saisie(
        besoins=tuple(dict.fromkeys(b for b in champs.get("besoin", []) if b in base.referentiels.besoins)),
        faits=_read_faits_caches(champs.get("fait", []), base),
        passees=tuple(dict.fromkeys(cle for cle in champs.get("passee", []) if cle in connus)),
        posees=tuple(dict.fromkeys(cle for cle in champs.get("posee", []) if cle in connus)),
        indisponibles=tuple(f for f in champs.get("indisponible", []) if f in base.catalogue.dispositifs),
        action=first("action"),
        question=first("question") if first("question") in connus else "",
        reponse=first("reponse"),
        texte=first("texte"),
    )


def _read_faits_caches(champs: list[str], base: Base) -> dict[str, Valeur]:
    """Facts carried by the form; the form can be changed by hand, so each one is checked again."""
    faits: dict[str, Valeur] = {}
    for champ in champs:
        cle, _, brut = champ.partition("=")
        critere = base.referentiels.criteres.get(cle)
        if critere is None or not brut:
            continue
        if critere.type == "booleen":
            faits[cle] = brut == "oui"
        elif critere.type == "entier":
            if brut.isdecimal() and len(brut) < 6:
                faits[cle] = int(brut)
        else:
            faits[cle] = brut
    return faits


def apply_action(saisie: Saisie, *, base: Base, jour: date) -> Saisie:
    """The form after what the person did: an answer, « je ne sais pas », going back, a correction."""
    genre, _, cle = saisie.action.partition(":")
    if genre == "repondre" and saisie.question:
        return _answer(saisie, base=base, jour=jour)
    if genre == "passer" and saisie.question:
        return replace(_ask(saisie, saisie.question), passees=_with(saisie.passees, saisie.question))
    if genre == "precedente" and saisie.posees:
        return _forget(saisie, saisie.posees[-1], base=base)
    if genre == "corriger" and cle in base.referentiels.criteres:
        return _forget(saisie, base.referentiels.criteres[cle].question, base=base)
    if genre == "questions":
        return replace(saisie, passees=())
    return saisie


def _answer(saisie: Saisie, *, base: Base, jour: date) -> Saisie:
    if saisie.reponse:
        cle = "code_insee" if saisie.question == "commune" else saisie.question
        valeur = read_reponse(base, cle, saisie.reponse)
        if valeur is not None:
            return _ask(replace(saisie, faits=saisie.faits | {cle: valeur}), saisie.question)
    if not saisie.texte:
        return replace(saisie, erreur="formulaire.erreur.vide")
    lus = read_faits(saisie.texte[:5000], base=base, question=saisie.question, jour=jour)
    nouveaux = {cle: valeur for cle, valeur in lus.faits.items() if valeur is not None}
    communes = tuple(dict(choix) for choix in lus.a_preciser.get("commune", ()))
    if communes:
        return replace(saisie, communes=communes)
    if not nouveaux:
        return replace(saisie, erreur="formulaire.erreur.incompris")
    return _ask(replace(saisie, faits=saisie.faits | nouveaux), saisie.question)


def _ask(saisie: Saisie, cle: str) -> Saisie:
    return replace(saisie, posees=_with(saisie.posees, cle))


def _forget(saisie: Saisie, cle: str, *, base: Base) -> Saisie:
    """Without the answer to a question: it will be asked again, first."""
    donne = set(get_question(base, cle).donne) if cle in base.referentiels.questions else {cle}
    faits = {nom: valeur for nom, valeur in saisie.faits.items() if nom not in donne | {cle}}
    return replace(
        saisie,
        faits=faits,
        passees=tuple(autre for autre in saisie.passees if autre != cle),
        posees=tuple(autre for autre in saisie.posees if autre != cle),
        question=cle,
        action="reposer",
    )


def _with(cles: tuple[str, ...], cle: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*cles, cle)))


def find_question(saisie: Saisie, situation: Situation, *, base: Base, jour: date) -> QuestionSuivante | None:
    """The question to show now; None when the result is to be shown."""
    if saisie.action.startswith("resultat"):
        return None
    return next_question_for(base, saisie.besoins, situation, jour=jour, passees=saisie.passees)


def list_faits(situation: Situation, *, base: Base) -> list[tuple[str, str]]:
    """What is known, as short clauses that the person can check and correct."""
    caches = _LUS_SANS_QUESTION if situation.commune else _LUS_SANS_QUESTION - {"code_departement"}
    return [
        (cle, describe_fait(base.referentiels.criteres[cle], valeur, base.referentiels))
        for cle, valeur in situation.as_dict().items()
        if cle not in caches
    ]


def to_situation(saisie: Saisie, *, base: Base) -> Situation:
    """The situation that the form holds."""
    return build_situation(base, saisie.faits)
