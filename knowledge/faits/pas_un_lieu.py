"""Answers to « où habitez-vous ? » that only look like a town: « maçon » is not Mâcon, « maman » is not Mazan."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge.faits.lieu_nomme import HABITANTS_NU, SCORE_D_UN_NOM, load_listes
from knowledge.faits.metiers_connus import SCORE_SUR
from knowledge.territoires.normalisation import fold

if TYPE_CHECKING:
    from knowledge.faits.metiers_connus import Metiers
    from knowledge.faits.propositions import Proposition
    from knowledge.territoires import Territoires

_DEBUT = re.compile(
    r"^(?:(?:je|j|suis|c|est|moi|etais|un|une|le|la|les|l|de|d|du|dans|ancien|ancienne|ex|futur|future|apprenti|apprentie"
    r"|oui|non|ben|bah|bonjour|mon|ma|mes|chez|et|mais|metier) )*"
)
_METIER_DIT = re.compile(r"(?:je suis|suis|j etais|ancien|ancienne|ex|un|une|apprentie?) ")
MOTS_MAX = 4  # a longer answer is read as a sentence


def is_pas_un_lieu(proposition: Proposition, metiers: Metiers, territoires: Territoires) -> bool:
    """Whether the clause is nothing but everyday words, or a trade of which no town has just the name."""
    dit = proposition.nom
    nu = _DEBUT.sub("", dit)
    if not nu or len(nu.split()) > MOTS_MAX:
        return False
    if all(mot in load_listes().mots_du_francais for mot in nu.split()):
        return True
    trouves = metiers.find_metiers(nu, 1)
    if not trouves or trouves[0].score < SCORE_SUR or fold(trouves[0].appellation) != nu:
        return False
    if _METIER_DIT.match(dit):
        return True  # « je suis peintre »
    ecrit = "".join(mot.brut.lower() for mot in proposition.mots)
    lieux = territoires.reperer_lieux(nu, tout_le_texte_est_un_lieu=True)
    ville = lieux.communes[0].commune if lieux.communes else None
    exact = ville is not None and lieux.communes[0].score >= SCORE_D_UN_NOM and fold(ville.nom) == nu
    grande = exact and ville is not None and (ville.population or 0) >= HABITANTS_NU
    # « maçon », with its cedilla, was never Mâcon
    return not grande or ("ç" in ecrit and ville is not None and "ç" not in ville.nom.lower())
