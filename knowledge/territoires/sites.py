"""Resolve a site name as a document prints it: « Conflans-Ste Honorine », « Paris 18ème et 19ème »."""

from __future__ import annotations

import re

from knowledge.territoires.lieux import Commune
from knowledge.territoires.normalisation import normalise
from knowledge.territoires.recherche import ChercheurCommunes

SCORE_MIN = 0.75  # a site is printed by an office: a name far from any commune is not a commune
_SEUL_NUMERO = re.compile(r"^(\d{1,2})(?:er|e|eme|ieme)?(?: arrondissement)?$")


def resolve_site(
    nom_imprime: str, code_departement: str | None, communes: ChercheurCommunes
) -> Commune | None:
    """The commune of a printed site, always inside ``code_departement`` when it is given; None when it names none.

    A quarter, an agglomération or a bassin gives None, for a wrong address is worse than no address.
    """
    cle = normalise(nom_imprime)
    if code_departement == "75" and _SEUL_NUMERO.match(cle):
        cle = f"paris {cle}"
    trouvees = communes.find(cle, 3, code_departement=code_departement)
    for trouvee in trouvees:
        if code_departement not in (None, trouvee.commune.code_departement):
            continue
        if trouvee.motif == "agglomeration" or trouvee.score < SCORE_MIN:
            return None
        return trouvee.commune
    return None
