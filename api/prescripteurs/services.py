"""What the guided lookup shows: the engine's answer sorted in three groups, what to ask next, what words find."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from api.orientation.schemas import DispositifJson, OrientationJson, QuestionJson
from api.orientation.services import orient_to_json
from api.prescripteurs.demande import Demande, write_valeur
from api.prescripteurs.filtres import check_filtres
from knowledge import Base, Dispositif, Situation, Verdict

GROUPES = (
    ("eligible", "Éligible"),
    ("indetermine", "À vérifier"),
    ("non_eligible", "Non éligible"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ligne:
    """A dispositif of the answer with its sheet, and what the filters say of it."""

    juge: DispositifJson
    fiche: Dispositif
    non_dits: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Groupe:
    """The dispositifs of one verdict, in the engine's order."""

    verdict: str
    nom: str
    lignes: tuple[Ligne, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """The question that settles most, with one address per answer, and how many dispositifs wait for it."""

    question: QuestionJson
    reponses: tuple[tuple[str, str, str], ...]
    passer: str
    concernes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Resultat:
    """The whole answer; ``masques`` counts the dispositifs that the filters leave out."""

    reponse: OrientationJson
    groupes: tuple[Groupe, ...]
    masques: int
    question: Question | None


def find_resultat(demande: Demande, *, base: Base, jour: date) -> Resultat | None:
    """The answer of ``orienter``, the same as the API's; None while no need is chosen."""
    if not demande.besoins:
        return None
    reponse = orient_to_json(
        base, demande.besoins, demande.to_situation(base), jour=jour, passees=demande.passees
    )
    lignes = list(_iter_lignes(reponse, demande, base))
    return Resultat(
        reponse=reponse,
        groupes=tuple(
            Groupe(verdict=verdict, nom=nom, lignes=tuple(li for li in lignes if li.juge.verdict == verdict))
            for verdict, nom in GROUPES
        ),
        masques=len(reponse.dispositifs) - len(lignes),
        question=_build_question(reponse, demande, base),
    )


def _iter_lignes(reponse: OrientationJson, demande: Demande, base: Base) -> Iterable[Ligne]:
    for juge in reponse.dispositifs:
        fiche = base.catalogue.dispositifs[juge.id]
        tri = check_filtres(fiche, demande.filtres, base)
        if tri.garde:
            yield Ligne(juge=juge, fiche=fiche, non_dits=tri.non_dits)


def _build_question(reponse: OrientationJson, demande: Demande, base: Base) -> Question | None:
    question = reponse.question_suivante
    if question is None:
        return None
    donnes = set(base.referentiels.questions[question.critere].donne) | {question.critere}
    concernes = sum(
        any(r.critere in donnes and r.verdict == Verdict.INDETERMINE.value for r in juge.raisons)
        for juge in reponse.dispositifs
    )
    reponses = tuple(
        (choix.libelle, valeur, demande.to_adresse(**{question.critere: valeur}))
        for choix in question.choix
        if (valeur := write_valeur(choix.valeur))
    )
    passer = demande.to_adresse(passee=question.critere)
    return Question(question=question, reponses=reponses, passer=passer, concernes=concernes)


def list_resume(situation: Situation, base: Base) -> list[str]:
    """What is known of the situation, in short clauses without « vous », for a heading or a printed page."""
    referentiels = base.referentiels
    connus = situation.as_dict()
    clauses = []
    for cle, valeur in connus.items():
        critere = referentiels.criteres[cle]
        if cle in {"code_insee", "code_rome"} or (cle == "code_departement" and "commune" in connus):
            continue
        if critere.type == "booleen":
            clauses.append(critere.regles["oui" if valeur else "non"])
        elif cle == "niveau_diplome" and isinstance(valeur, int):
            clauses.append(referentiels.niveaux[valeur].libelle)
        elif cle == "commune":
            clauses.append(f"{valeur} ({connus.get('code_departement', '')})")
        else:
            unite = f" {critere.unite}" if critere.unite else ""
            clauses.append(f"{critere.libelles.get(str(valeur), str(valeur))}{unite}")
    return clauses
