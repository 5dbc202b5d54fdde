"""The one function that chat, API, web and prescripteur pages call: needs and situation in, whole answer out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.catalogue_model import Catalogue
from knowledge.conversion import Convertisseur, find_faute_de_valeur
from knowledge.entraide import Entraide, Secours, Terme, find_terme, load_entraide
from knowledge.errors import (
    BesoinInconnu,
    CritereInconnu,
    ErreurCatalogue,
    ValeurInvalide,
    find_proche,
)
from knowledge.fichiers import ContactFichier
from knowledge.guide import Etat, next_question, to_question_suivante
from knowledge.lecture import read_yaml
from knowledge.loader import RACINE, load_catalogue
from knowledge.metiers import Metiers, load_metiers
from knowledge.model import (
    Contact,
    Dispositif,
    Orientation,
    QuestionSuivante,
    Situation,
    Valeur,
    Verdict,
    criteres_de_situation,
)
from knowledge.plan.monde import Monde
from knowledge.plan.parcours import plan_parcours
from knowledge.plan.presentation import Presentation
from knowledge.referentiel import Question, Referentiels
from knowledge.rules.carnet import Note
from knowledge.search import Index, build_index, find_dispositifs, order_contacts, rank_all
from knowledge.territoires import Territoires, load_territoires

SCORE_BESOIN_DIT = 0.18
"""Score from which a need recognised in a message counts as said; below it, it is only proposed."""

_ECRITES_PAR_BESOIN = 30
"""Reasons and contacts are written for the best ranked records only: a national base ranks hundreds for a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """Everything the engine reads, loaded once and passed as an argument."""

    catalogue: Catalogue
    index: Index
    territoires: Territoires
    metiers: Metiers
    contacts: tuple[Contact, ...]
    entraide: Entraide

    @property
    def referentiels(self) -> Referentiels:
        """The closed lists of the catalogue."""
        return self.catalogue.referentiels


def load_base(racine: Path = RACINE) -> Base:
    """The base from its files (about a second).

    Raises:
        ErreurCatalogue: every fault found, in French.
    """
    catalogue = load_catalogue(racine=racine)
    return Base(
        catalogue=catalogue,
        index=build_index(catalogue),
        territoires=load_territoires(),
        metiers=load_metiers(),
        contacts=load_contacts(catalogue.referentiels, racine),
        entraide=load_entraide(catalogue.referentiels, racine),
    )


def with_catalogue(base: Base, catalogue: Catalogue) -> Base:
    """The same base around another catalogue, for catalogues made elsewhere."""
    return replace(base, catalogue=catalogue, index=build_index(catalogue))


def load_contacts(referentiels: Referentiels, racine: Path = RACINE) -> tuple[Contact, ...]:
    """National contacts by need, in file order.

    Raises:
        ErreurCatalogue: a contact is wrong.
    """
    convertisseur = Convertisseur("referentiels/contacts.yml", referentiels)
    donnees = read_yaml(racine / "referentiels" / "contacts.yml")["contacts"]
    contacts = tuple(convertisseur.to_contact(ContactFichier.model_validate(contact)) for contact in donnees)
    if convertisseur.fautes:
        raise ErreurCatalogue(convertisseur.fautes)
    return contacts


def build_situation(base: Base, donnees: Mapping[str, Any]) -> Situation:
    """A checked situation; places and métiers given by name are completed with their codes.

    Raises:
        CritereInconnu: a key that does not exist, with the nearest one.
        ValeurInvalide: a value outside its type, unit or list.
    """
    criteres = base.referentiels.criteres
    for cle, valeur in donnees.items():
        if cle not in criteres:
            raise CritereInconnu.among(cle, criteres)
        faute = None if valeur is None else find_faute_de_valeur(criteres[cle], valeur)
        if faute:
            raise ValeurInvalide(f"« {cle} » : {faute}", critere=cle)
    situation = Situation(**{cle: donnees.get(cle) for cle in criteres_de_situation()})
    return complete_situation(base, situation)


def complete_situation(base: Base, situation: Situation) -> Situation:
    """The same situation with what its place and métier imply; nothing is invented when a name is ambiguous."""
    faits: dict[str, Valeur] = {}
    commune = base.territoires.get_commune(situation.code_insee) if situation.code_insee else None
    if commune is None and situation.commune:
        trouvees = [
            trouvee.commune
            for trouvee in base.territoires.find_communes(situation.commune)
            if trouvee.score >= 0.9 and situation.code_departement in (None, trouvee.commune.code_departement)
        ]
        commune = trouvees[0] if len({trouvee.code_insee for trouvee in trouvees}) == 1 else None
    if commune is not None:
        faits["code_insee"] = commune.code_insee
        faits["commune"] = commune.nom
        if situation.code_departement is None:
            faits["code_departement"] = commune.code_departement
    if situation.code_rome is None and situation.metier_vise:
        metiers = base.metiers.find_metiers(situation.metier_vise, limite=1)
        if metiers and metiers[0].est_sur and metiers[0].metier.code_rome:
            faits["code_rome"] = metiers[0].metier.code_rome
    return situation.with_faits(faits) if faits else situation


def find_metier_hors_offre(base: Base, situation: Situation) -> str | None:
    """Name of the métier aimed at when it is known and no formation of the base leads to it; None otherwise."""
    metier = base.metiers.get(situation.code_rome) if situation.code_rome else None
    if metier is None and situation.metier_vise:
        trouve = base.metiers.reperer_metier(situation.metier_vise)
        metier = trouve.metier if trouve is not None else None
    if metier is None or metier.dans_l_offre:
        return None
    return situation.metier_vise or metier.libelle


def check_besoins(base: Base, besoins: Iterable[str]) -> tuple[str, ...]:
    """The needs, each once, in the order given.

    Raises:
        BesoinInconnu: an id that does not exist, with the nearest one.
    """
    connus = base.referentiels.besoins
    uniques = tuple(dict.fromkeys(besoins))
    for besoin in uniques:
        if besoin not in connus:
            raise BesoinInconnu(besoin[:60], find_proche(besoin, connus))
    return uniques


def orienter(
    base: Base,
    besoins: Iterable[str],
    situation: Situation,
    *,
    jour: date,
    limite: int | None = None,
    passees: Iterable[str] = (),
    indisponibles: Iterable[str] = (),
) -> Orientation:
    """Evaluations best first, the few best parcours and the next question, for these needs on that day.

    Args:
        base: the loaded base.
        besoins: ids of needs, the most important first.
        situation: what is known; see ``build_situation``.
        jour: the day the rules are read for; conditions and records outside their dates do not count.
        limite: at most this many dispositifs in the answer; None for all of them (a national base is cut at 30 per need).
        passees: questions the person skipped.
        indisponibles: ids of records that are closed, full or refused: the plans do without them.

    Raises:
        BesoinInconnu: one of the ids does not exist.
    """
    uniques = check_besoins(base, besoins)
    monde = Monde(
        index=base.index,
        referentiels=base.referentiels,
        jour=jour,
        besoins=uniques,
        indisponibles=frozenset(indisponibles),
    )
    dedans, ailleurs = find_dispositifs(
        base.index, uniques, departement=situation.code_departement, jour=jour
    )
    carnet = base.index.carnet
    ranges = rank_all([*dedans, *ailleurs], situation, besoins=uniques, carnet=carnet, jour=jour)
    ecrites = ranges[: limite or _ECRITES_PAR_BESOIN * len(uniques)]
    presentation = Presentation(
        referentiels=base.referentiels,
        territoires=base.territoires,
        index=base.index,
        contacts=base.contacts,
        jour=jour,
        metier_hors_offre=find_metier_hors_offre(base, situation),
    )
    plan = plan_parcours(monde, situation, presentation)
    return Orientation(
        evaluations=tuple(carnet.evaluate(fiche, situation, jour) for fiche, _ in ecrites),
        parcours_list=plan.parcours_list,
        question_suivante=next_question(Etat(monde=monde, dispositifs=dedans), situation, passees=passees),
        contacts=find_contacts(base, uniques, situation),
        besoins_sans_reponse=_find_sans_reponse(uniques, ranges),
        buts_manques=plan.buts_manques,
    )


def next_question_for(
    base: Base, besoins: Iterable[str], situation: Situation, *, jour: date, passees: Iterable[str] = ()
) -> QuestionSuivante | None:
    """The next question alone, the same one ``orienter`` gives, without writing the results.

    Raises:
        BesoinInconnu: one of the ids does not exist.
    """
    uniques = check_besoins(base, besoins)
    monde = Monde(index=base.index, referentiels=base.referentiels, jour=jour, besoins=uniques)
    dedans, _ = find_dispositifs(base.index, uniques, departement=situation.code_departement, jour=jour)
    return next_question(Etat(monde=monde, dispositifs=dedans), situation, passees=passees)


def get_question(base: Base, critere: str) -> Question:
    """The question that gives a criterion.

    Raises:
        CritereInconnu: no question gives it.
    """
    criteres = base.referentiels.criteres
    cle = criteres[critere].question if critere in criteres else critere
    if cle not in base.referentiels.questions:
        raise CritereInconnu.among(critere, base.referentiels.questions)
    return base.referentiels.questions[cle]


def get_question_suivante(base: Base, critere: str) -> QuestionSuivante:
    """The public form of the question that gives a criterion.

    Raises:
        CritereInconnu: no question gives it.
    """
    return to_question_suivante(get_question(base, critere), base.referentiels)


def find_contacts(base: Base, besoins: Sequence[str], situation: Situation) -> tuple[Contact, ...]:
    """People to reach for these needs and this age, in the order of the needs; never empty for a known need."""
    recus = [contact for contact in base.contacts if contact.receives(situation.age_ans)]
    voulus = [contact for besoin in besoins for contact in recus if besoin in contact.besoins]
    return order_contacts(dict.fromkeys(voulus), situation, base.territoires)


def _find_sans_reponse(besoins: Sequence[str], ranges: Sequence[tuple[Dispositif, Note]]) -> tuple[str, ...]:
    """Needs for which every record says no, or that no record answers: the unmet needs."""
    possibles: set[str] = set()
    for dispositif, note in ranges:
        if possibles.issuperset(besoins):
            break
        if note.verdict is not Verdict.NON_ELIGIBLE:
            possibles.update(dispositif.ids_besoins)
    return tuple(besoin for besoin in besoins if besoin not in possibles)


def find_secours(base: Base, genre: str) -> Secours:
    """What to say in an emergency: "suicide", "violence" or "sans-abri"; the first one for anything else."""
    secours = base.entraide.secours
    return secours.get(genre) or next(iter(secours.values()))


def define_terme(base: Base, texte: str) -> Terme | None:
    """The glossary entry a message asks about, None when it is not in the glossary."""
    return find_terme(base.entraide, texte)
