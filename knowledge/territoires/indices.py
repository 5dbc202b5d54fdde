"""What, in a sentence, says that the next words are a place: the cues and how strong each one is."""

from __future__ import annotations

import re
from enum import IntEnum

from knowledge.territoires.lieux import Relation


class Force(IntEnum):
    """How strongly the words before a name announce a place."""

    INTERDIT = -1  # « rue de Paris », « gare de Lyon »: the name is not where someone lives
    AUCUNE = 0
    FAIBLE = 1  # « de »
    MOYENNE = 2  # « à », « sur »
    FORTE = 3  # « je suis à », « près de »
    CERTAINE = 4  # « j'habite à », « ville de »


_PREPOSITION = r"(?:a|au|aux|sur|dans|vers|en|de|d|du|des)"
_MOMENT = r"(?: (?:actuellement|maintenant|toujours|aujourd hui|seule?|moi))?"
_VOIE = (
    r"(?:rue|avenue|av|boulevard|bd|place|quai|chemin|allee|gare|porte|route|impasse|metro|station|rer|stade|hopital|"
    r"lycee|college|universite|ecole|fac|faculte|iut|tribunal|prefecture|academie|ligne|train|bus)"
)
_PROCHE = (
    r"(?:pres|proche|autour|banlieue(?: \w+)?|region|agglo\w*|cote|alentours|environs|secteur|peripherie|"
    r"(?:a )?(?:cote|\d+ (?:km|minutes|min)))"
)
_MOTIFS: tuple[tuple[re.Pattern[str], Force, Relation], ...] = (
    (re.compile(rf"\b{_VOIE}(?: (?:de|d|du|des|de la|de l))?$"), Force.INTERDIT, "mention"),
    (re.compile(r"\b(?:quartier|residence)(?: (?:de|d|du|des|de la|de l))?$"), Force.INTERDIT, "mention"),
    (re.compile(rf"\b{_PROCHE} (?:de|d|sur|vers)$"), Force.FORTE, "proximite"),
    (re.compile(r"\bvers$"), Force.FORTE, "proximite"),
    (
        re.compile(
            rf"\b(?:h?abit\w*|resid\w*|loge\w*|heberge\w*|domicilie\w*|demenage\w*|demeurant|vivant)"
            rf"{_MOMENT} (?!en$){_PREPOSITION}$"
        ),
        Force.CERTAINE,
        "residence",
    ),
    # « en quartier prioritaire », « en ville »: « en » seldom announces a commune
    (re.compile(rf"\b(?:h?abit\w*|reside\w*|loge\w*){_MOMENT} en$"), Force.FORTE, "residence"),
    (re.compile(r"\b(?:ville|commune)(?: (?:de|d|est|c est))?$"), Force.CERTAINE, "residence"),
    (re.compile(rf"\b(?:h?abit(?:e\w*|ant\w*)|reside\w*){_MOMENT}$"), Force.FORTE, "residence"),
    (
        re.compile(
            rf"\b(?:suis|est|sommes|vis|vit|vivons|vivre|demeure\w*|installe\w*){_MOMENT} {_PREPOSITION}$"
        ),
        Force.FORTE,
        "residence",
    ),
    (
        re.compile(r"\b(?:mairie|agence|mission locale|pole emploi|france travail) (?:de|d|a)$"),
        Force.FORTE,
        "mention",
    ),
    (re.compile(r"\b(?:a|sur|dans)$"), Force.MOYENNE, "mention"),
    (re.compile(r"\b(?:de|d|et|ou|entre|vers|code postal)$"), Force.FAIBLE, "mention"),
)


def read_indice(avant: str) -> tuple[Force, Relation]:
    """The cue at the end of the words that come before a name; nothing gives ``Force.AUCUNE``."""
    for motif, force, relation in _MOTIFS:
        if motif.search(avant):
            return force, relation
    return Force.AUCUNE, "mention"


UNITES = frozenset(
    "ans an mois euros euro eur e eme er ieme h heure heures km min minutes jours jour semaines semaine kg cm fois "  # noqa: SIM905
    "enfants enfant personnes salaries pour au arrondissement janvier fevrier mars avril mai juin juillet aout "
    "septembre octobre novembre decembre".split()
)
# Answers that are not a place, even when the place was asked and some name resembles them.
MOTS_SANS_LIEU = frozenset(
    "pas sais sait non oui ok aucun aucune rien nulle part jamais partout peu importe veux veut peux dire comprends "  # noqa: SIM905
    "quoi pourquoi comment merci bonjour salut aide besoin cherche travail emploi formation stop retour maison chez "
    "bout plus tard autre passer suivant question rue sdf fixe secret prive ailleurs ici loin france".split()
)
DEBUT_DE_REPONSE = re.compile(
    r"^(?:(?:bonjour|alors|toujours|oui|ben|euh|moi|c est|j|je|on|nous|habite|abite|habit|habitons|"
    r"reside|vis|suis|loge|heberge|heberges|domicilie|domiciliee|actuellement|ma|mon|la|ville|commune|code|postal|est|vers|a|au|aux|sur|dans|en|de|du|d|"
    r"le departement|departement) )+(?=\S)"
)
_EXPRESSION_NUMERO = (
    r"(?:{cue}) (?:departement |numero )?"
    r"(?P<code>9 [1-5]|\d\d|2[ab]|97[1-6])(?= |$)(?! \d)(?! (?:{unites})(?: |$))"
)
NUMERO_SUR = re.compile(
    _EXPRESSION_NUMERO.format(
        cue=r"\b(?:dans le|du|habite le|habite|suis du|viens du|departement|dept|dep)",
        unites="|".join(sorted(UNITES)),
    )
)
NUMERO_FRANCILIEN = re.compile(
    r"\b(?:le|dans le|du) (?P<code>9 [1-5]|9[1-5]|7[578]|97[1-6])(?= |$)(?! \d)(?! ans)"
)
NOMS_DEPARTEMENTS_COURANTS = frozenset(
    "nord manche lot cher creuse somme aube allier landes ain var paris vienne".split()  # noqa: SIM905
)
