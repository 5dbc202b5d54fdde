"""All the readers together: one message, the facts it gives for sure, and what must be asked back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from knowledge.faits.nombres import read_age, read_experience
from knowledge.faits.reponses import read_oui_non
from knowledge.faits.texte import (
    AUTRES,
    COUPURES,
    LONGUEUR_MAX,
    MOI,
    Proposition,
    prepare,
    split_propositions,
)
from knowledge.model import Valeur
from knowledge.territoires.normalisation import fold

_THEMES = Path(__file__).parent / "themes.yml"
_COMMUNES_MAX = 6
_CECR = re.compile(r"\b(a1|a2|b1|b2|c1|c2)\b")
_VISE = re.compile(
    r"\b(?:devenir|etre|travailler (?:comme|en tant que|dans)|travailler|formation (?:de|d|en|pour etre|pour devenir)|former (?:au metier de|comme|en)|"
    r"metier (?:de|d)|faire|cap|diplome (?:de|d))\s+(?:un |une |le |la |l |du |de la |des )?(.{3,60})$"
)
_AILLEURS = re.compile(
    r"\b(?:travaill\w+|bosse\w*|nee?s?|formation|stage|ecole|viens? (?:de|du)|originaire|plus (?:a|sur|dans)|pas (?:a|sur|dans)|quitte|"
    r"avant|aller (?:a|sur)|demenag\w+|emploi|poste|entretien|rendez vous)\b"
)
_DEPARTEMENT_DIT = re.compile(
    r"^(?:(?:dans|le|du|en|j habite|je suis) )*(?:\d ?\d|\d ?[ab]|9 7 \d|neuf [a-z]+|97\d)$"
)
_PROJET_DE = re.compile(
    r"\b(?:veux|voudrais|aimerais|souhaite|cherche|reve|projet|devenir|formation|interesse)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lecture:
    """Facts by criterion key; ``a_preciser`` holds the communes to choose from when several share the name."""

    faits: Mapping[str, Valeur] = field(default_factory=dict)
    a_preciser: Mapping[str, tuple[dict[str, str], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Themes:
    booleens: Mapping[str, tuple[re.Pattern[str], re.Pattern[str] | None]]
    choix: Mapping[str, Mapping[str, re.Pattern[str]]]
    diplomes: tuple[tuple[int, re.Pattern[str]], ...]
    sans_diplome: re.Pattern[str]
    jamais_ecole: re.Pattern[str]
    pas_obtenu: re.Pattern[str]
    pas_encore: re.Pattern[str]


def _join(motifs: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{motif})" for motif in motifs))


@lru_cache(maxsize=1)
def _load_themes() -> _Themes:
    lu = yaml.load(_THEMES.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return _Themes(
        booleens={
            cle: (_join(motifs["oui"]), _join(motifs["non"]) if motifs["non"] else None)
            for cle, motifs in lu["booleens"].items()
        },
        choix={
            cle: {valeur: _join(motifs) for valeur, motifs in valeurs.items()}
            for cle, valeurs in lu["choix"].items()
        },
        diplomes=tuple((niveau, _join(motifs)) for niveau, motifs in lu["diplomes"].items()),
        sans_diplome=_join(lu["sans_diplome"]),
        jamais_ecole=_join(lu["jamais_ecole"]),
        pas_obtenu=_join(lu["pas_obtenu"]),
        pas_encore=_join(lu["pas_encore"]),
    )


def read_faits(texte: str, *, base: Any, question: str | None = None, jour: date) -> Lecture:
    """The facts a message gives about the person who writes it.

    Args:
        texte: the message, in the person's words.
        base: the loaded base, for its places and trades.
        question: key just asked, so that « 23 », « non » or « st denis » can be read.
        jour: today, for birth dates.
    """
    themes = _load_themes()
    propositions = split_propositions(texte)
    faits: dict[str, Valeur] = {}
    _add(faits, "age_ans", read_age(propositions, question=question, jour=jour))
    _add(faits, "experience_mois", read_experience(propositions, question=question))
    for proposition in propositions:
        if proposition.de_moi:
            faits.update(_read_themes(proposition.texte, themes))
    faits.update(_read_diplome(propositions, themes, question))
    faits.update(_read_francais(propositions, question))
    faits.update(_read_metier(propositions, base, question))
    faits.update(_read_reponse_courte(texte, question, base))
    lieux, a_preciser = _read_lieu(texte, base, question)
    faits.update(lieux)
    return Lecture(faits=faits, a_preciser=a_preciser)


def _add(faits: dict[str, Valeur], cle: str, valeur: Valeur | None) -> None:
    if valeur is not None:
        faits[cle] = valeur


def _read_themes(texte: str, themes: _Themes) -> dict[str, Valeur]:
    faits: dict[str, Valeur] = {}
    for cle, (oui, non) in themes.booleens.items():
        if non is not None and non.search(texte):
            faits[cle] = False
        elif oui.search(texte):
            faits[cle] = True
    for cle, valeurs in themes.choix.items():
        for valeur, motif in valeurs.items():
            if motif.search(texte):
                faits[cle] = valeur
    return faits


def _read_diplome(
    propositions: list[Proposition], themes: _Themes, question: str | None
) -> dict[str, Valeur]:
    """The highest diploma the person has; one that is wanted, failed or under way does not count."""
    faits: dict[str, Valeur] = {}
    niveaux = []
    for proposition in propositions:
        if not proposition.de_moi:
            continue
        texte = proposition.texte
        if themes.sans_diplome.search(texte):
            faits["niveau_diplome"] = 0
        if themes.jamais_ecole.search(texte):
            faits["scolarise_moins_de_6_ans"] = True
        for niveau, motif in themes.diplomes:
            trouve = motif.search(texte)
            if trouve is None:
                continue
            avant = texte[: trouve.start()]
            if themes.pas_obtenu.search(avant) or (
                question != "niveau_diplome" and themes.pas_encore.search(avant)
            ):
                continue
            niveaux.append(niveau)
            break
    if niveaux:
        faits["niveau_diplome"] = max(niveaux)
    elif question == "niveau_diplome" and re.match(
        r"^(?:aucun|rien|zero|non|pas de diplome|sans)\b", propositions[0].texte if propositions else ""
    ):
        faits["niveau_diplome"] = 0
    return faits


def _read_francais(propositions: list[Proposition], question: str | None) -> dict[str, Valeur]:
    for proposition in propositions:
        texte = proposition.texte
        if not proposition.de_moi:
            continue
        cecr = _CECR.search(texte)
        if cecr and (question == "niveau_francais" or re.search(r"\b(?:francais|niveau|delf|dcl)\b", texte)):
            return {"niveau_francais": cecr.group(1).upper()}
        if re.search(
            r"\b(?:parle|comprends) (?:pas|presque pas|aucun mot)(?: \w+){0,2} francais\b|\bgrande? debutante?\b",
            texte,
        ):
            return {"niveau_francais": "infra-A1"}
        if re.search(r"\bfrancais(?: est)?(?: ma)? langue maternelle\b|\bfrancais de naissance\b", texte):
            return {"niveau_francais": "natif"}
    return {}


def _read_metier(propositions: list[Proposition], base: Any, question: str | None) -> dict[str, Valeur]:
    """The trade aimed at; a former trade is not a target."""
    for proposition in propositions:
        texte = proposition.texte
        vise = question == "metier_vise"
        if not proposition.de_moi or proposition.negative or not (vise or _PROJET_DE.search(texte)):
            continue
        trouve = _VISE.search(texte)
        cible = trouve.group(1) if trouve else (texte if vise else "")
        metier = base.metiers.reperer_metier(cible) if cible else None
        if metier is None and vise and len(texte.split()) <= 6:
            proches = base.metiers.find_metiers(texte, limite=1)
            metier = proches[0] if proches else None
        if metier is not None:
            return {"metier_vise": metier.appellation, "code_rome": metier.metier.code_rome}
        if vise and read_oui_non(texte) is None and 1 <= len(texte.split()) <= 6:
            return {"metier_vise": texte}
    return {}


def _read_reponse_courte(texte: str, question: str | None, base: Any) -> dict[str, Valeur]:
    critere = base.referentiels.criteres.get(question or "")
    if critere is None:
        return {}
    plie = prepare(texte)
    if critere.type == "booleen":
        lu = read_oui_non(plie)
        return {} if lu is None else {critere.cle: lu}
    if critere.type == "choix":
        for valeur in critere.valeurs:
            if plie == fold(valeur) or plie == fold(critere.libelles.get(valeur, valeur)):
                return {critere.cle: valeur}
        if read_oui_non(plie) is False and {"aucun", "aucune"} & set(critere.valeurs):
            return {critere.cle: "aucun" if "aucun" in critere.valeurs else "aucune"}
    return {}


def _read_lieu(
    texte: str, base: Any, question: str | None
) -> tuple[dict[str, Valeur], dict[str, tuple[dict[str, str], ...]]]:
    """Where the person lives, the last place told; several communes of the same name are left to be chosen."""
    demande = question in ("commune", "code_departement", "code_insee")
    if question is not None and not demande and fold(texte).isdigit():
        return {}, {}
    faits: dict[str, Valeur] = {}
    a_preciser: dict[str, tuple[dict[str, str], ...]] = {}
    for morceau in [texte] if demande else iter_chez_moi(texte):
        lus, choix = _read_un_lieu(morceau, base, demande)
        if lus or choix:
            faits, a_preciser = lus or faits, choix
    return faits, a_preciser


def iter_chez_moi(texte: str) -> Iterator[str]:
    """The clauses that may say where the person lives: not someone else's, not a workplace, not a former home."""
    de_moi = True
    for morceau in COUPURES.split(texte[:LONGUEUR_MAX]):
        plie = prepare(morceau)
        if AUTRES.search(plie):
            de_moi = False
        elif MOI.search(plie):
            de_moi = True
        if de_moi and plie and not _AILLEURS.search(plie):
            yield re.sub(r"\bj ?abite\b", "j'habite", morceau, flags=re.IGNORECASE)


def _read_un_lieu(
    morceau: str, base: Any, demande: bool
) -> tuple[dict[str, Valeur], dict[str, tuple[dict[str, str], ...]]]:
    lieux = base.territoires.reperer_lieux(morceau, tout_le_texte_est_un_lieu=demande)
    if lieux.communes:
        if not lieux.ambigu:
            commune = lieux.communes[0].commune
            return {
                "commune": commune.nom,
                "code_insee": commune.code_insee,
                "code_departement": commune.code_departement,
            }, {}
        zones = {code for fiche in base.catalogue.dispositifs.values() for code in fiche.departements}
        ordonnees = sorted(lieux.communes, key=lambda trouvee: trouvee.commune.code_departement not in zones)
        choix = tuple(
            {"code_insee": trouvee.commune.code_insee, "libelle": trouvee.commune.libelle}
            for trouvee in ordonnees[:_COMMUNES_MAX]
        )
        sur: dict[str, Valeur] = {"code_departement": lieux.departement.code} if lieux.departement else {}
        return sur, {"commune": choix}
    departement = lieux.departement
    if departement is None and _DEPARTEMENT_DIT.match(fold(morceau)):
        departement = base.territoires.find_departement(morceau)
    return ({"code_departement": departement.code} if departement else {}), {}
