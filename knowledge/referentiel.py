"""The closed lists read from ``referentiels/``: besoins, criteres, questions, acquis, contenus, niveaux, documents."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from knowledge.model import Choix, Regle, Valeur


@dataclass(frozen=True, slots=True, kw_only=True)
class Critere:
    """A key of the situation: type, unit, allowed values, sensitivity."""

    cle: str
    type: str  # entier | booleen | texte | choix
    libelle: str
    sensible: bool
    unite: str | None = None
    minimum: int | None = None
    maximum: int | None = None
    valeurs: tuple[str, ...] = ()
    ordre: bool = False
    motif: re.Pattern[str] | None = None
    demande_par: str | None = None
    regles: Mapping[str, str] = field(default_factory=dict)
    faits: Mapping[str, str] = field(default_factory=dict)
    fait: str | None = None
    libelles: Mapping[str, str] = field(default_factory=dict)

    @property
    def question(self) -> str:
        """The key of the question that gives this criterion (a commune gives the département)."""
        return self.demande_par or self.cle


@dataclass(frozen=True, slots=True, kw_only=True)
class Essai:
    """A plausible answer and its weight, used to choose the next question."""

    valeur: Valeur
    poids: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """How a criterion is asked: text, why, buttons, effort 1 to 3, plausible answers."""

    critere: str
    texte: str
    pourquoi: str
    effort: int
    choix: tuple[Choix, ...]
    essais: tuple[Essai, ...]
    essais_de: str
    donne: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Besoin:
    """A need: the only entry of the base. ``buts`` are ids of acquis, in the order a parcours reaches them."""

    id: str
    famille: str
    libelle: str
    libelle_prescripteur: str
    buts: tuple[str, ...]
    en_parallele: bool
    thematiques_di: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Acquis:
    """Something a step brings and a plan looks for; ``acquis_si`` says when the situation has it already."""

    id: str
    phase: int
    libelle: str
    acquis_si: Regle | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Niveau:
    """A level of qualification today (0 to 8) and its names in the old nomenclature."""

    niveau: int
    ancien: tuple[str, ...]
    libelle: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentCite:
    """A document or page that records cite."""

    id: str
    titre: str
    document: str | None
    lien: str | None
    date_source: date | None
    verifie_le: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Referentiels:
    """All the closed lists, indexed by id, in file order."""

    criteres: Mapping[str, Critere]
    questions: Mapping[str, Question]
    familles: Mapping[str, str]
    besoins: Mapping[str, Besoin]
    acquis: Mapping[str, Acquis]
    contenus: Mapping[str, str]
    niveaux: Mapping[int, Niveau]
    documents: Mapping[str, DocumentCite]

    @property
    def besoins_par_famille(self) -> dict[str, list[Besoin]]:
        """The needs of each family, by id of family, in file order."""
        return {
            famille: [besoin for besoin in self.besoins.values() if besoin.famille == famille]
            for famille in self.familles
        }


def to_niveau(ancien: str) -> int | None:
    """Level of today for a level of the 1969 nomenclature, the only place where it is converted.

    Arabic digits in the 2019 documents mean the old levels ("niveau 5" = V = CAP). None when not a level.

    Source: referentiels/niveaux.yml.

    >>> to_niveau("V"), to_niveau("5"), to_niveau("II"), to_niveau("?")
    (3, 3, 6, None)
    """
    romains = {"I": 7, "II": 6, "III": 5, "IV": 4, "V": 3, "V bis": 2, "VI": 0}
    arabes = {"1": "I", "2": "II", "3": "III", "4": "IV", "5": "V", "6": "VI"}
    ancien = ancien.strip()
    return romains.get(arabes.get(ancien, ancien))


def build_critere(cle: str, donnees: Mapping[str, Any]) -> Critere:
    """A criterion from its mapping in ``criteres.yml``."""
    motif = donnees.get("motif")
    return Critere(
        cle=cle,
        type=donnees["type"],
        libelle=donnees["libelle"],
        sensible=donnees["sensible"],
        unite=donnees.get("unite"),
        minimum=donnees.get("minimum"),
        maximum=donnees.get("maximum"),
        valeurs=tuple(donnees.get("valeurs", ())),
        ordre=donnees.get("ordre", False),
        motif=re.compile(motif) if motif else None,
        demande_par=donnees.get("demande_par"),
        regles=donnees.get("regles", {}),
        faits=donnees.get("faits", {}),
        fait=donnees.get("fait"),
        libelles=donnees.get("libelles", {}),
    )


def build_question(critere: str, donnees: Mapping[str, Any]) -> Question:
    """A question from its mapping in ``questions.yml``; yes/no questions get their two buttons."""
    choix = donnees.get("choix") or []
    if donnees.get("oui_non"):
        choix = [{"valeur": True, "libelle": "Oui"}, {"valeur": False, "libelle": "Non"}]
    return Question(
        critere=critere,
        texte=donnees["texte"],
        pourquoi=donnees["pourquoi"],
        effort=donnees["effort"],
        choix=tuple(Choix(valeur=item["valeur"], libelle=item["libelle"]) for item in choix),
        essais=tuple(Essai(valeur=item["valeur"], poids=item["poids"]) for item in donnees.get("essais", ())),
        essais_de=donnees.get("essais_de", critere),
        donne=tuple(donnees.get("donne", (critere,))),
    )
