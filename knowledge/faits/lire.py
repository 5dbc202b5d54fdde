"""The one reader that gathers all others and checks what they found."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from knowledge.conversion import find_faute_de_valeur
from knowledge.faits.age import is_metier_et_age, read_age
from knowledge.faits.diplome import read_diplome
from knowledge.faits.domaine_demande import read_domaine_demande
from knowledge.faits.enfants import read_enfants
from knowledge.faits.experience import read_experience
from knowledge.faits.fini import read_fini
from knowledge.faits.lieu import read_lieu
from knowledge.faits.metier import read_metier
from knowledge.faits.motifs import read_themes
from knowledge.faits.mots import LONGUEUR_MAX
from knowledge.faits.oui_non import read_choix, read_oui_non, read_si_demande
from knowledge.faits.propositions import Proposition, read_propositions
from knowledge.model import Valeur

if TYPE_CHECKING:
    from knowledge.orientation import Base

# « c'est en cours » said of a driving licence: it is not held yet
_PAS_ENCORE = re.compile(
    r"^(?!(?:le |permis )*b (?:oui|ok)\b).*?(?:\ben cours\b"
    r"|\bje (?:le |suis en train de le )?passe(?:r)?\b|\bcode\b|\ble passer\b|\bbientot\b"
    r"|\blecons?\b|\bauto ecole\b)"
)
# « je cherche réception hôtel », « je cherche du ménage »: who looks for a trade looks for work
_CHERCHE = re.compile(
    r"\b(?:(?:re)?cherche\b(?! (?:pas|plus)\b)|(?:veux|voudrais|faut|faudrait) (?:un|du) (?:travail|emploi)\b)"
    r"(?!.*\b(?:formations?|stages?|ecole|cours|apprenti\w*|alternance"
    r"|info\w*|renseign\w*|comment|metiers?|cap|bac|bts|diplome|orientation|reconver\w*)\b)"
)
# « non, à Emmaüs c'était l'an dernier »: the first word is the answer
_NON_D_ABORD = re.compile(r"(?:non|nan)$|(?:non|nan) (?!si\b|mais\b|oui\b)")
_A_DES_ENFANTS = re.compile(r"\b(?:j ai|oui) (?:\w+ )?(?:enfants?|fils|filles?|bebes?)\b")


# « franchement aucune idée de ce que c'est »
_SANS_IDEE_DE_CELA = re.compile(r"(?:\w+ )?aucune idee(?:$| (?:de ce|si|ou|la dessus|quand|comment)\b)")
SANS_IDEE_MOTS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Lecture:
    """What a message says: facts by criterion, and places that need a choice (six candidates at most).

    ``a_preciser`` maps "commune" to candidates ``{"code_insee", "libelle"}``, most populated first.
    """

    faits: Mapping[str, Valeur | None] = field(default_factory=dict)
    a_preciser: Mapping[str, tuple[dict[str, str], ...]] = field(default_factory=dict)


def read_faits(texte: str, *, base: Base, question: str | None = None, jour: date) -> Lecture:
    """The facts a message states about the person who writes it; pure and deterministic.

    Args:
        texte: the message; only its first 5,000 characters are read.
        base: the loaded base (territories, métiers, criteria).
        question: the criterion just asked, so that « 23 » or « non » can be read.
        jour: the day ages are counted for.
    """
    texte = texte[:LONGUEUR_MAX]
    propositions = read_propositions(texte)
    faits: dict[str, Valeur] = read_themes(propositions)
    faits |= read_fini(propositions)
    faits |= read_enfants(propositions, question=question, dits=faits)
    sans_idee = len(texte.split()) <= SANS_IDEE_MOTS or (
        propositions and _SANS_IDEE_DE_CELA.match(propositions[0].texte)
    )
    if question not in (None, "projet", "metier_vise", "code_rome") and sans_idee:
        faits.pop("projet", None)  # « aucune idée » only answers the question just asked
    age = read_age(texte, propositions, question=question, jour=jour)
    if age is not None:
        faits["age_ans"] = age
    faits |= read_diplome(propositions, question=question)
    faits |= read_experience(propositions, metiers=base.metiers, question=question, jour=jour)
    faits |= read_metier(texte, propositions, base.metiers, question=question)
    if faits.get("salarie_iae") is True:
        faits.setdefault("salarie", True)  # a structure d'insertion employs
    if "metier_vise" in faits and any(p.moi and _CHERCHE.search(p.texte) for p in propositions):
        faits.setdefault("en_recherche_emploi", True)
    if faits.get("experience_mois") == 12 * int(faits.get("age_ans") or 0) and question != "age_ans":
        # « moi 18 ans couture », « soudeur 28 ans »: the same number cannot be both
        faits.pop("experience_mois" if is_metier_et_age(propositions) else "age_ans", None)
    lieu, a_preciser = read_lieu(texte, propositions, base.territoires, base.metiers, question=question)
    faits |= lieu
    if question is not None and question not in faits:
        reponse = _read_reponse_courte(texte, propositions, question, base)
        if reponse is not None:
            faits[question] = reponse
    return Lecture(faits=_check(faits, base), a_preciser=a_preciser)


def _read_reponse_courte(
    texte: str, propositions: tuple[Proposition, ...], question: str, base: Base
) -> Valeur | None:
    """The answer to the question just asked, when the message is nothing but that answer."""
    regle = base.referentiels.criteres.get(question)
    if regle is None:
        return None
    if regle.type == "choix":
        return read_choix(question, propositions)
    if question == "experience_domaine":
        return read_domaine_demande(propositions, base.metiers)
    if regle.type != "booleen":
        return None
    if (
        question == "permis_b"
        and propositions
        and _PAS_ENCORE.search(" ".join(p.texte for p in propositions if p.moi))
    ):
        return False
    if question == "enfants_a_garder" and propositions and _A_DES_ENFANTS.search(propositions[0].texte):
        return True
    dit = read_si_demande(question, propositions)
    if dit is None or (dit and _NON_D_ABORD.match(propositions[0].texte)):
        return read_oui_non(texte, propositions)
    return dit


def _check(faits: Mapping[str, Valeur], base: Base) -> dict[str, Valeur | None]:
    """Only values that the criteria allow: a reader's slip never reaches the engine."""
    criteres = base.referentiels.criteres
    return {
        cle: valeur
        for cle, valeur in faits.items()
        if cle in criteres and find_faute_de_valeur(criteres[cle], valeur) is None
    }
