"""The vocabulary of the core: frozen values with no behaviour beyond reading themselves.

Nothing here opens a file, knows SQL or decides anything: rules evaluate, ``guide`` asks, ``plan`` chains.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from enum import Enum
from functools import lru_cache

Valeur = bool | int | str


class Verdict(str, Enum):
    """Kleene's three answers. ``INDETERMINE`` means "not known yet", never "no"."""

    ELIGIBLE = "eligible"
    NON_ELIGIBLE = "non_eligible"
    INDETERMINE = "indetermine"


class StatutLien(str, Enum):
    """How sure a link between two steps is, in the words of its source."""

    ETABLI = "etabli"
    PRIORITAIRE = "prioritaire"
    SOUHAITE = "souhaite"
    DEDUIT = "deduit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What is known of a person. ``None`` always means "not known", never "no".

    Units are in the names (``age_ans``, ``experience_mois``); ``niveau_diplome`` is 0 to 8 in today's nomenclature.
    """

    age_ans: int | None = None
    code_departement: str | None = None
    commune: str | None = None
    code_insee: str | None = None
    niveau_diplome: int | None = None
    inscrit_france_travail: bool | None = None
    en_recherche_emploi: bool | None = None
    rsa: bool | None = None
    contrat_accompagnement: str | None = None
    handicap_rqth: bool | None = None
    reside_qpv: bool | None = None
    niveau_francais: str | None = None
    scolarise_moins_de_6_ans: bool | None = None
    permis_b: bool | None = None
    enfants_a_garder: bool | None = None
    metier_vise: str | None = None
    code_rome: str | None = None
    projet: str | None = None
    experience_mois: int | None = None
    experience_domaine: str | None = None
    sous_main_de_justice: str | None = None
    protection_internationale: bool | None = None
    salarie: bool | None = None
    salarie_iae: bool | None = None
    parent_ayant_interrompu: bool | None = None
    sorti_mlds: bool | None = None
    suivi_mission_locale: bool | None = None
    validation_partielle: bool | None = None
    sans_revenu: bool | None = None

    def get(self, critere: str) -> Valeur | None:
        """Value of a criterion, None when not known."""
        valeur: Valeur | None = getattr(self, critere)
        return valeur

    def with_faits(self, faits: Mapping[str, Valeur | None]) -> Situation:
        """A copy where ``faits`` replace what was known; a None forgets the fact."""
        return replace(self, **faits)  # type: ignore[arg-type]

    def as_dict(self) -> dict[str, Valeur]:
        """The known facts only, in the order of the fields."""
        return {nom: valeur for nom in criteres_de_situation() if (valeur := self.get(nom)) is not None}


@lru_cache(maxsize=1)
def criteres_de_situation() -> tuple[str, ...]:
    """The criterion keys, in the order of the fields of ``Situation``."""
    return tuple(champ.name for champ in fields(Situation))


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a fact stands: a document and its lines, or a page. ``verifie_le`` None means "to be re-checked"."""

    id: str
    titre: str
    document: str | None = None
    lignes: str | None = None
    lien: str | None = None
    date_source: date | None = None
    verifie_le: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """A leaf of a rule: one criterion compared with one bound or list."""

    critere: str
    operateur: str  # egal, parmi, entre, au_moins, au_plus
    valeurs: tuple[Valeur, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AVerifier:
    """A leaf that only a person can judge: never true nor false here, so it never decides alone."""

    texte: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Groupe:
    """``toutes``, ``une_de`` or ``aucune_de`` over tests and groups, at most three deep."""

    mode: str
    membres: tuple[Test | AVerifier | Groupe, ...]


Regle = Test | AVerifier | Groupe


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One condition of a record. ``regle`` None: cannot be evaluated here, shown as "à vérifier".

    ``lieu`` names the territory when the rule is about the place of living. ``rome`` and ``parcours_types`` not empty:
    the condition of a formation holds only for who aims at one of these métiers, by one of these types (C, P, AQ).
    """

    id: str
    regle: Regle | None
    precision: str | None
    source: Source
    depuis: date | None = None
    jusqu_au: date | None = None
    lieu: str | None = None
    rome: tuple[str, ...] = ()
    parcours_types: tuple[str, ...] = ()

    def en_vigueur(self, jour: date) -> bool:
        """Whether the condition holds on that day; bounds included."""
        return (self.depuis is None or self.depuis <= jour) and (
            self.jusqu_au is None or jour <= self.jusqu_au
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Raison:
    """Why a verdict: the criterion, its verdict, a sentence with the person's fact and the rule, the source."""

    critere: str
    verdict: Verdict
    phrase: str
    source: Source
    nature: str = "condition"  # condition | priorite | a_verifier
    a_changer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Someone to reach. ``verifie_le`` None is shown as "à vérifier"; ``bassin`` is the area it serves, if it has one.

    ``age_min`` and ``age_max``: ages received, in years, both included.
    """

    organisme: str
    role: str
    source: Source
    telephone: str | None = None
    courriel: str | None = None
    site: str | None = None
    adresse: str | None = None
    commune: str | None = None
    code_insee: str | None = None
    code_departement: str | None = None
    besoins: tuple[str, ...] = ()
    precision: str | None = None
    age_min: int | None = None
    age_max: int | None = None
    bassin: str | None = None
    verifie_le: date | None = None
    distance_km: float | None = None

    def receives(self, age: int | None) -> bool:
        """Whether someone of this age can be received; an unknown age can."""
        return age is None or (self.age_min or 0) <= age <= (self.age_max or age)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A sourced statement: an id of a closed list or a label, a precision in plain words."""

    id: str
    source: Source | None
    precision: str | None = None
    libelle: str | None = None
    valeur: str | None = None
    raison: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Duree:
    """Length of a step. All None with ``raison`` when the source does not say it."""

    heures_min: int | None = None
    heures_max: int | None = None
    semaines_min: int | None = None
    semaines_max: int | None = None
    precision: str | None = None
    source: Source | None = None
    raison: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reponse:
    """How a record answers: ``statut`` of a closed list, in plain words, with its source or why it is unknown."""

    statut: str  # oui | non | selon_situation | gratuit | payant | non_precise
    precision: str | None = None
    source: Source | None = None
    montant_euros: str | None = None
    raison: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Effet:
    """What a step changes: a criterion takes a value, or an ``acquis`` is gained."""

    acquis: str | None
    critere: str | None
    valeur: Valeur | None
    source: Source
    au_moins: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Articulation:
    """A link towards another record, with how sure it is in the source."""

    vers: str
    statut: StatutLien
    source: Source
    precision: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispositif:
    """A record of the catalogue a person can be oriented to. ``departements`` empty means everywhere in France."""

    id: str
    nom: str
    sigle: str | None
    alias: tuple[str, ...]
    resume: str
    nature: str
    etat: str  # en_vigueur | experimental | prevu : what the source says of its existence
    besoins: tuple[Mention, ...]
    contenus: tuple[Mention, ...]
    conditions: tuple[Condition, ...]
    public_prioritaire: tuple[Condition, ...]
    duree: Duree
    rythme: Mention
    certifications: tuple[Mention, ...]
    remuneration: Reponse
    cout: Reponse
    financements: tuple[Mention, ...]
    entree: Mention
    prescripteurs: tuple[Mention, ...]
    effets: tuple[Effet, ...]
    articulations: tuple[Articulation, ...]
    resultats: tuple[Mention, ...]
    territoire: Mention
    departements: tuple[str, ...]
    contacts: tuple[Contact, ...]
    sources: tuple[Source, ...]
    a_faire: str
    en_parallele: bool = False
    debut_validite: date | None = None
    fin_validite: date | None = None
    rome: tuple[str, ...] = ()
    rome_deduit: str | None = None  # why these métiers, when the source does not give them
    manques: tuple[str, ...] = ()
    complements: Mapping[str, object] = field(default_factory=dict)

    @property
    def nom_et_sigle(self) -> str:
        """Its name, then its acronym when it has one."""
        return f"{self.nom} ({self.sigle})" if self.sigle else self.nom

    @property
    def ids_besoins(self) -> tuple[str, ...]:
        """The besoins it answers, ids only."""
        return tuple(mention.id for mention in self.besoins)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """A dispositif judged for a situation: verdict, one reason per condition, what is left to check."""

    dispositif: Dispositif
    verdict: Verdict
    prioritaire: bool
    raisons: tuple[Raison, ...]
    a_verifier: tuple[str, ...]
    presque: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Choix:
    """A button of a question."""

    valeur: Valeur
    libelle: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSuivante:
    """The next thing worth asking, why, and the buttons offered with it."""

    critere: str
    texte: str
    pourquoi: str
    choix: tuple[Choix, ...]
    sensible: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Etape:
    """One step of a parcours, ready to be shown."""

    rang: int
    dispositif: Dispositif
    formation_id: str | None
    titre: str
    pourquoi: str
    en_parallele: bool
    acquis: tuple[str, ...]
    duree: str | None
    cout: str | None
    remuneration: str | None
    a_faire: str
    a_verifier: tuple[str, ...]
    contacts: tuple[Contact, ...]
    source: Source
    verdict: Verdict
    lien: Articulation | None = None
    lien_statut: StatutLien | None = None
    lien_phrase: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcours:
    """An ordered way from the situation to the goal; ``duree_semaines`` None when a length is not known."""

    id: str
    nature: str
    resume: str
    duree_semaines: int | None
    etapes: tuple[Etape, ...]
    points_de_vigilance: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Orientation:
    """The whole answer of the engine, the same for chat, API and prescripteurs."""

    evaluations: tuple[Evaluation, ...]
    parcours_list: tuple[Parcours, ...]
    question_suivante: QuestionSuivante | None
    contacts: tuple[Contact, ...] = ()
    besoins_sans_reponse: tuple[str, ...] = ()
    buts_manques: tuple[str, ...] = ()
