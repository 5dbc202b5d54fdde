"""What a message says: the answer to the question asked, facts, needs, « je ne sais pas », or nothing understood."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from rasa_sdk import Tracker

from actions.base import get_jour
from actions.messages import describe_situation
from actions.suivi import (
    QUESTION,
    Suivi,
    read_besoins_lus,
    read_entites,
    read_intention,
    read_texte,
)
from knowledge import (
    Base,
    Valeur,
    build_situation,
    complete_situation,
    get_question,
    normalize,
    read_faits,
    read_reponse,
)

_MOTS_D_UNE_REPONSE = 3
# Chinese and Japanese write no space between words: two signs are about one.
_MOT = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]{1,2}|[^\s\u3040-\u30ff\u4e00-\u9fff]+")
_REPONSES_LIBRES = frozenset({"metier_vise", "experience_domaine"})
_CLES_DE_LIEU = frozenset({"commune", "code_insee", "code_departement"})
_NUMERO = re.compile(r"\b(?:\d{2,3}|2[abAB])\b")
_DIT_LE_DEPARTEMENT = re.compile(r"d[ée]partement|\b(?:dans|du|le)\b", re.IGNORECASE)
_ESSAI = re.compile(
    r"\bet si\b|\bsi j['’](?:avais|étais|etais|habitais)\b|\bsi je (?:n['’]avais|vivais)\b", re.IGNORECASE
)


DETOURS = frozenset(
    {
        "changer_de_besoin",
        "changer_de_langue",
        "demander_a_garder",
        "demander_aide",
        "demander_autre_chose",
        "demander_definition",
        "demander_effacement",
        "demander_identite_du_bot",
        "demander_la_suite",
        "demander_plus_pres",
        "demander_pourquoi",
        "demander_qui_appeler",
        "demander_recapitulatif",
        "dire_au_revoir",
        "hors_sujet",
        "insulter",
        "parler_a_un_conseiller",
        "recommencer",
        "remercier",
        "revenir_en_arriere",
        "saluer",
        "urgence_sans_abri",
        "urgence_suicide",
        "urgence_violence",
    }
)
"""Messages that are not answers: a rule replies, then the form asks its question again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tour:
    """What one message brought: the memory after it, what to say about it.

    ``essai`` is true for « et si j'avais le permis ? »: something to try, not something said of oneself.
    """

    suivi: Suivi
    noter: tuple[str, ...] = ()
    besoins: tuple[str, ...] = ()
    essai: bool = False
    incompris: bool = False


def read_tour(base: Base, tracker: Tracker, suivi: Suivi, *, question: str | None) -> Tour:
    """What the last message says: an answer, facts, another need, « je ne sais pas », or nothing that is understood."""
    intention = read_intention(tracker)
    if intention in DETOURS and not is_reponse(base, tracker):
        return Tour(suivi=suivi)
    if intention in ("passer", "ne_pas_savoir") and question:
        return Tour(suivi=skip(suivi, question))
    entites = read_entites(tracker)
    if intention == "repondre":
        return read_choix(base, suivi, entites)
    return read_message(base, tracker, suivi, question)


def skip(suivi: Suivi, question: str) -> Suivi:
    """The question is set aside and never asked again, unless the person answers it later."""
    return replace(
        suivi,
        passees=tuple(dict.fromkeys((*suivi.passees, question))),
        communes_possibles=(),
        incomprehensions=0,
    )


def read_choix(base: Base, suivi: Suivi, entites: Mapping[str, str]) -> Tour:
    """The answer of a button."""
    critere, valeur = entites.get("critere", ""), entites.get("valeur", "")
    if critere == "commune" and valeur == "autre":
        return Tour(suivi=replace(suivi, communes_possibles=()))
    lue = read_reponse(base, critere, valeur)
    if lue is None:
        return Tour(suivi=replace(suivi, incomprehensions=suivi.incomprehensions + 1), incompris=True)
    return Tour(suivi=replace(note_faits(base, suivi, {critere: lue}), communes_possibles=()))


def note_faits(base: Base, suivi: Suivi, faits: Mapping[str, Valeur | None]) -> Suivi:
    """The memory with these facts and what they imply; a new place or métier replaces all of the former one."""
    complets: dict[str, Valeur | None] = dict(faits)
    if _CLES_DE_LIEU & set(faits):
        complets = {**dict.fromkeys(_CLES_DE_LIEU), **complets}
    if "metier_vise" in faits and "code_rome" not in faits:
        complets["code_rome"] = None
    apres = suivi.with_faits(complets)
    return replace(apres, situation=complete_situation(base, apres.situation))


def read_message(base: Base, tracker: Tracker, suivi: Suivi, question: str | None) -> Tour:
    """Free text: facts first, then other needs; a misunderstanding is counted when the question got no answer."""
    texte = read_texte(tracker)
    if not texte:
        return Tour(suivi=add_besoins(base, tracker, suivi))
    lus = read_faits(texte, base=base, question=question, jour=get_jour())
    if suivi.communes_possibles and not lus.faits and read_intention(tracker) == "nier":
        return Tour(suivi=replace(suivi, communes_possibles=()))  # none of these towns
    if choisie := find_possible(suivi, lus.faits):
        apres = replace(note_faits(base, suivi, {"code_insee": choisie}), communes_possibles=())
        return Tour(suivi=apres, noter=describe_nouveaux(base, suivi, apres, question))
    if is_nombre_douteux(base, texte, lus.faits):
        lus = replace(lus, faits={})
    apres = note_faits(base, suivi, lus.faits) if lus.faits else suivi
    possibles = order_communes(base, [choix["code_insee"] for choix in lus.a_preciser.get("commune", ())])
    lieu = bool(possibles) or bool(_CLES_DE_LIEU & set(lus.faits))
    ici = choose_commune(possibles, texte, apres)
    if ici is not None:
        apres, possibles = note_faits(base, apres, {"code_insee": ici}), ()
    # A commune that is still to be chosen stays so while the person speaks of something else.
    apres = replace(apres, communes_possibles=possibles if lieu else suivi.communes_possibles)
    repondu = bool(lus.faits) or lieu
    essai = bool(lus.faits) and _ESSAI.search(texte) is not None
    seul = lieu and is_court(texte)
    if not repondu or (question is None and not essai and not seul):
        apres = add_besoins(base, tracker, apres)
    if question is not None and not repondu and apres.besoins == suivi.besoins:
        manque = replace(apres, incomprehensions=suivi.incomprehensions + 1)
        if manque.incomprehensions >= 3:
            return Tour(suivi=skip(manque, question))
        return Tour(suivi=manque, incompris=True)
    ajoutes = tuple(besoin for besoin in apres.besoins if besoin not in suivi.besoins)
    return Tour(
        suivi=apres,
        noter=describe_nouveaux(base, suivi, apres, question),
        besoins=ajoutes if suivi.besoins else (),
        essai=essai,
    )


def is_reponse(base: Base, tracker: Tracker) -> bool:
    """Whether a short message taken for small talk answers the question: « Melun » is a town, not a greeting.

    Questions answered with any word are left out, and so are emergencies.
    """
    question, texte = tracker.get_slot(QUESTION), read_texte(tracker)
    if not question or not texte or read_intention(tracker).startswith("urgence_"):
        return False
    if question in _REPONSES_LIBRES or not is_court(texte):
        return False
    lus = read_faits(texte, base=base, question=question, jour=get_jour())
    attendus = {question, *get_question(base, question).donne}
    if not attendus & {*lus.faits, *lus.a_preciser}:
        return False
    # A place is read in spite of typing errors; a greeting must not become a village that looks like it.
    commune = lus.faits.get("commune")
    return commune is None or normalize(str(commune)) in normalize(texte)


def is_court(texte: str) -> bool:
    """Whether a message is no longer than a bare answer."""
    return len(_MOT.findall(texte)) <= _MOTS_D_UNE_REPONSE


def choose_commune(possibles: tuple[str, ...], texte: str, suivi: Suivi) -> str | None:
    """The one commune of these in the known département or in the one written (« 93 saint denis »), if only one is."""
    numeros = tuple(numero.upper() for numero in _NUMERO.findall(texte))
    connu = suivi.situation.code_departement
    return find_seule(possibles, (connu,) if connu else numeros)


def find_possible(suivi: Suivi, faits: Mapping[str, Valeur | None]) -> str | None:
    """The town meant by its département alone (« celle du 93 »), among those of one name that wait for a choice."""
    if set(faits) != {"code_departement"}:
        return None
    return find_seule(suivi.communes_possibles, (str(faits["code_departement"]),))


def find_seule(possibles: tuple[str, ...], departements: tuple[str, ...]) -> str | None:
    """The one commune of these that lies in these départements; None when there is none, or several."""
    ici = [code for code in possibles if code.startswith(departements)]
    return ici[0] if len(ici) == 1 else None


def is_nombre_douteux(base: Base, texte: str, faits: Mapping[str, Valeur | None]) -> bool:
    """Whether a bare number was read as a far département: « 30 » is more often an age than the Gard."""
    if set(faits) != {"code_departement"} or _DIT_LE_DEPARTEMENT.search(texte):
        return False
    return str(faits["code_departement"]) not in list_zones(base)


def list_zones(base: Base) -> tuple[str, ...]:
    """Départements that the base covers."""
    return tuple({code for fiche in base.catalogue.dispositifs.values() for code in fiche.departements})


def order_communes(base: Base, codes: list[str]) -> tuple[str, ...]:
    """Communes of the same name, those of the départements the base covers first."""
    if len(codes) < 2:
        return tuple(codes)
    zones = list_zones(base)
    return tuple(sorted(codes, key=lambda code: not code.startswith(zones)))


def add_besoins(base: Base, tracker: Tracker, suivi: Suivi) -> Suivi:
    """The needs said in the message, added to those known; nothing when the intent is not a need."""
    lus = tuple(besoin for besoin in read_besoins_lus(tracker) if besoin in base.referentiels.besoins)
    return suivi.with_besoins(lus)


def describe_nouveaux(base: Base, avant: Suivi, apres: Suivi, question: str | None) -> tuple[str, ...]:
    """What was understood beyond the question asked, to be said back; a correction too."""
    anciens = avant.situation.as_dict()
    donne = set(get_question(base, question).donne) if question else set()
    nouveaux = {
        cle: valeur
        for cle, valeur in apres.situation.as_dict().items()
        if anciens.get(cle) != valeur and (cle not in donne or cle in anciens or cle in _CLES_DE_LIEU)
    }
    return tuple(describe_situation(base, build_situation(base, nouveaux))) if nouveaux else ()
