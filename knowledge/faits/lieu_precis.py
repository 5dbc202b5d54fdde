"""The town that a name and a département together leave no doubt about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge.faits.lieu_nomme import SCORE_D_UN_NOM
from knowledge.territoires import LieuxReperes
from knowledge.territoires.normalisation import fold

if TYPE_CHECKING:
    from knowledge.territoires import Territoires

# « au Tampon à la Réunion », « st dié dans les vosges »: the département after the town, its name perhaps a part of it
_ET_DEPARTEMENT = re.compile(
    r"^(?:(?:je|j|suis|habite|vis|c est|bonjour) )*(?P<a>(?:a|au|aux|sur) )?(?P<ville>\w+(?: \w+){0,3}?)"
    r" (?:a la|en|a|dans (?:le|la|les|l)) (?P<departement>[a-z]+(?: [a-z]+){0,3})$"
)
ARTICLES_DE_VILLE = {"au": "le ", "du": "le ", "aux": "les ", "des": "les "}


def find_exact(nom: str, territoires: Territoires) -> LieuxReperes | None:
    """The only place of an answer, spelled as it should be; None otherwise."""
    lieux = territoires.reperer_lieux(nom, tout_le_texte_est_un_lieu=True)
    sur = lieux.communes and lieux.communes[0].score >= SCORE_D_UN_NOM and not lieux.autres
    return lieux if sur and lieux.relation != "proximite" else None


def find_dans_departement(nom: str, territoires: Territoires) -> LieuxReperes | None:
    """« au Tampon à la Réunion »: the town of a département named after it, None when none is sure."""
    dit = _ET_DEPARTEMENT.match(nom)
    departement = territoires.find_departement(dit.group("departement")) if dit else None
    if (
        dit is None
        or departement is None
        or fold(departement.nom).split()[-1] not in dit.group("departement").split()
    ):
        return None
    ville = dit.group("ville")
    article = ARTICLES_DE_VILLE.get((dit.group("a") or "").strip(), "")
    for essai in (
        f"{article}{ville} {departement.code}",
        f"{ville} {fold(departement.nom)}",
        f"{ville} des {fold(departement.nom)}",
    ):
        if lieux := find_sure(essai, departement.code, territoires):
            return lieux
    return None


def find_sure(nom: str, code_departement: str, territoires: Territoires) -> LieuxReperes | None:
    """The only town of this name, when it lies in the département known otherwise."""
    lieux = territoires.reperer_lieux(nom, tout_le_texte_est_un_lieu=True)
    if not lieux.communes or lieux.ambigu or lieux.communes[0].score < SCORE_D_UN_NOM:
        return None
    return lieux if lieux.communes[0].commune.code_departement == code_departement else None


def find_dans_l_autre(dite: LieuxReperes, code: str, territoires: Territoires) -> LieuxReperes | None:
    """« au Lamentin, Martinique »: the town of the département said beside it, when its namesake lies elsewhere."""
    commune = dite.communes[0].commune
    if commune.code_departement == code:
        return None
    essais = (f"{article}{fold(commune.nom)} {code}" for article in ("", "le ", "les ", "la "))
    return next((lieux for essai in essais if (lieux := find_sure(essai, code, territoires))), None)
