"""The figures of the page, each one through ``publication.publish``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from api.avis.services import summarize_avis
from api.mesures import compter
from api.mesures.registre import list_compteurs
from api.pilotage.publication import (
    Chiffre,
    Ligne,
    add_up,
    end_of_month,
    first_of_month,
    list_mois,
    publish,
    total,
)
from knowledge import Base

MOIS_MAX = 36
_MOIS_PAR_DEFAUT = 12
_NOMS_MOIS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
_MOIS_COURTS = (
    "janv.",
    "févr.",
    "mars",
    "avr.",
    "mai",
    "juin",
    "juil.",
    "août",
    "sept.",
    "oct.",
    "nov.",
    "déc.",
)
_NON_PRECISE = "Territoire non précisé"
_AVIS = {"oui": "Oui", "un-peu": "Un peu", "non": "Non"}
_POIDS_AVIS = {"oui": 100, "un-peu": 50, "non": 0}
USAGE = (
    (compter.CONVERSATION, "Conversations commencées"),
    (compter.RESULTAT, "Résultats montrés"),
    (compter.CODE_OUVERT, "Codes ouverts par un prescripteur"),
    (compter.FICHE, "Fiches de prescription faites"),
    (compter.RESULTAT_RENDU, "Résultats rendus aux personnes"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Periode:
    """Whole months, from the first day of ``depuis`` to the last of ``jusqu_a``."""

    depuis: date
    jusqu_a: date

    @property
    def fin(self) -> date:
        """The last day."""
        return end_of_month(self.jusqu_a)

    @property
    def mois(self) -> Sequence[date]:
        """The months, oldest first."""
        return list_mois(self.depuis, self.jusqu_a)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tableau:
    """A table that can be drawn and exported: ``entetes`` of its keys, then one figure per line."""

    nom: str
    titre: str
    aide: str
    entetes: tuple[str, ...]
    lignes: tuple[tuple[tuple[str, ...], Chiffre], ...]

    @property
    def maximum(self) -> int:
        """The biggest figure, at least one."""
        return max([chiffre.nombre for _, chiffre in self.lignes] + [1])

    @property
    def somme(self) -> Chiffre:
        """The sum of the figures shown."""
        return total(chiffre for _, chiffre in self.lignes)


def read_periode(de: str, a: str, *, jour: date) -> Periode:
    """The months asked for (« AAAA-MM »); the last twelve when absent, unreadable or upside down."""
    dernier = first_of_month(jour)
    fin = min(_read_mois(a) or dernier, dernier)
    debut = _read_mois(de)
    if debut is None or debut > fin or len(list_mois(debut, fin)) > MOIS_MAX:
        debut = _back(fin, _MOIS_PAR_DEFAUT - 1)
    return Periode(depuis=debut, jusqu_a=fin)


def write_mois(mois: date) -> str:
    """A month as people write it: « mars 2026 »."""
    return f"{_NOMS_MOIS[mois.month - 1]} {mois.year}"


def write_mois_court(mois: date) -> str:
    """A month under a chart: « mars »."""
    return _MOIS_COURTS[mois.month - 1]


def list_choix_mois(jour: date) -> list[tuple[str, str]]:
    """The months one can choose, newest first."""
    dernier = first_of_month(jour)
    mois = list_mois(_back(dernier, MOIS_MAX - 1), dernier)
    return [(m.strftime("%Y-%m"), write_mois(m)) for m in reversed(mois)]


def build_tableaux(db_session: Session, periode: Periode, base: Base) -> dict[str, Tableau]:
    """Every table of the page, by name."""
    besoins = base.referentiels.besoins

    def nommer_besoin(cle: str) -> str:
        return besoins[cle].libelle_prescripteur if cle in besoins else cle

    def nommer_lieu(code: str) -> str:
        return name_departement(base, code)

    par_besoin = _publish(db_session, compter.BESOIN, periode)
    manques = _publish(db_session, compter.SANS_REPONSE, periode)
    resultats = _publish(db_session, compter.RESULTAT, periode)
    questions = _publish(db_session, compter.QUESTION_PASSEE, periode)
    tableaux = [
        _build_usage(db_session, periode, resultats),
        _build(
            "besoins", "Les besoins", "Combien de résultats partent de chaque besoin.", ("Besoin",),
            add_up(par_besoin, lambda _, cle: (nommer_besoin(cle[0]),)),
        ),
        _build(
            "territoires", "Les territoires", "Combien de résultats pour chaque département.", ("Département",),
            add_up(resultats, lambda _, cle: (nommer_lieu(cle[1]),)),
        ),
        _build(
            "besoins-territoires", "Les besoins par territoire", "", ("Besoin", "Département"),
            add_up(par_besoin, lambda _, cle: (nommer_besoin(cle[0]), nommer_lieu(cle[1]))),
        ),
        _build(
            "sans-reponse", "Les besoins sans réponse",
            "Le moteur n'a trouvé aucune action qui mène au but, pour ce besoin et ce territoire.",
            ("Besoin", "Département"),
            add_up(manques, lambda _, cle: (nommer_besoin(cle[0]), nommer_lieu(cle[1]))),
        ),
        _build(
            "questions-passees", "Les questions passées", "Les questions que l'on préfère ne pas répondre.",
            ("Question",), add_up(questions, lambda _, cle: (name_question(base, cle[0]),)),
        ),
        _build_avis(db_session, periode),
    ]  # fmt: skip
    return {tableau.nom: tableau for tableau in tableaux}


def compute_satisfaction(avis: Tableau) -> int | None:
    """Average satisfaction over the answers shown, from 0 to 100; None when none is shown."""
    montres = [(cle[1], chiffre.nombre) for cle, chiffre in avis.lignes if chiffre.nombre]
    poids = {_AVIS[reponse]: valeur for reponse, valeur in _POIDS_AVIS.items()}
    nombre = sum(n for _, n in montres)
    return round(sum(poids[reponse] * n for reponse, n in montres) / nombre) if nombre else None


def name_departement(base: Base, code: str) -> str:
    """A département as people read it: « Seine-Saint-Denis (93) »."""
    departement = base.territoires.get_departement(code) if code else None
    return f"{departement.nom} ({code})" if departement else (code or _NON_PRECISE)


def name_question(base: Base, cle: str) -> str:
    """The text of a question; its key when it is no longer asked."""
    question = base.referentiels.questions.get(cle)
    return question.texte if question else cle


def _build(
    nom: str, titre: str, aide: str, entetes: tuple[str, ...], sommes: dict[tuple[str, ...], Chiffre]
) -> Tableau:
    return Tableau(nom=nom, titre=titre, aide=aide, entetes=entetes, lignes=tuple(sommes.items()))


def _build_usage(
    db_session: Session, periode: Periode, resultats: dict[tuple[date, tuple[str, ...]], Chiffre]
) -> Tableau:
    """Uses by month, in the order of ``USAGE``; results are the sum of what is published by département."""
    lignes: list[tuple[tuple[str, ...], Chiffre]] = []
    for mesure, nom in USAGE:
        publies = resultats if mesure == compter.RESULTAT else _publish(db_session, mesure, periode)
        par_mois = add_up(publies, lambda mois, _: mois)
        lignes += [((write_mois(mois), nom), par_mois.get(mois, Chiffre())) for mois in periode.mois]
    return Tableau(
        nom="usage",
        titre="L'usage, mois par mois",
        aide="Combien de fois Passerelle a servi.",
        entetes=("Mois", "Usage"),
        lignes=tuple(lignes),
    )


def _build_avis(db_session: Session, periode: Periode) -> Tableau:
    lignes: list[tuple[tuple[str, ...], Chiffre]] = []
    for mois in periode.mois:
        bilan = summarize_avis(db_session, mois, end_of_month(mois), phrases_max=0)
        bruts = [Ligne(mois=mois, cle=(r,), nombre=bilan.par_reponse.get(r, 0)) for r in _AVIS]
        publies = publish(bruts)
        lignes += [
            ((write_mois(mois), nom), publies.get((mois, (r,)), Chiffre())) for r, nom in _AVIS.items()
        ]
    return Tableau(
        nom="satisfaction",
        titre="« Cela vous a-t-il aidé ? »",
        aide="Les réponses données à la fin d'un parcours.",
        entetes=("Mois", "Réponse"),
        lignes=tuple(ligne for ligne in lignes if ligne[1] != Chiffre()),
    )


def _publish(
    db_session: Session, mesure: str, periode: Periode
) -> dict[tuple[date, tuple[str, ...]], Chiffre]:
    compteurs = list_compteurs(db_session, mesure, periode.depuis, periode.fin)
    return publish(
        Ligne(mois=first_of_month(c.jour), cle=(c.cle, c.territoire), nombre=c.nombre) for c in compteurs
    )


def _read_mois(texte: str) -> date | None:
    try:
        return date.fromisoformat(f"{texte[:7]}-01") if texte else None
    except ValueError:
        return None


def _back(mois: date, nombre: int) -> date:
    rang = mois.year * 12 + mois.month - 1 - nombre
    return date(rang // 12, rang % 12 + 1, 1)


def sum_usage(usage: Tableau) -> list[tuple[str, Chiffre]]:
    """The uses over the whole period, in the order of ``USAGE``."""
    return [(nom, total(c for cle, c in usage.lignes if cle[1] == nom)) for _, nom in USAGE]
