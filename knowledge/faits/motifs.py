"""Read the facts that ``motifs.yml`` describes: what a clause says, whether it denies it, whether it is sure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from knowledge.faits.mots import load_donnees
from knowledge.faits.propositions import Proposition
from knowledge.model import Valeur

# « pas de » denies what follows at once; « pas » reaches a few words; « sans », « ni », « aucun » the next two.
_NEGATION = re.compile(
    r"(?:\b(?:pas|plus|jamais)(?! (?:de|d|seulement|mal|que|loin)\b)(?: \w+){0,2}"
    r"|\b(?:pas (?:de|d)|sans|ni|aucune?|0)(?: (?:le|la|les|l|de|d|mon|ma|un|une|aucune?|statut))*|\bnon(?! (?:j|je|mais)\b)) ?$"  # noqa: E501
)
_NEGATION_DEDANS = re.compile(r"\b(?:pas|plus|jamais|aucune?|ni|sans)\b(?! (?:de \d|seulement|mal|que)\b)")
_NEGATION_APRES = re.compile(r"^ (?:non|nan|pas|j ai pas|je l ai pas|je n en ai pas)\b(?! seulement)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """The patterns of one criterion. ``nie``: what a denial gives (``faux``, ``rien``, ``ignorer`` = not looked for)."""

    critere: str
    mots: tuple[str, ...]
    sauf: re.Pattern[str] | None
    valeurs: tuple[tuple[Valeur, re.Pattern[str]], ...]
    non: re.Pattern[str] | None
    nie: str
    phrase: bool
    exige: re.Pattern[str] | None
    annule: re.Pattern[str] | None
    contexte: re.Pattern[str] | None
    hors_doute: frozenset[str]
    conseiller: re.Pattern[str] | None


@lru_cache(maxsize=1)
def load_themes() -> tuple[tuple[Theme, ...], re.Pattern[str]]:
    """The themes of ``motifs.yml`` and the words of doubt, compiled once."""
    donnees = load_donnees("motifs")
    macros: Mapping[str, str] = donnees["macros"]
    themes = tuple(_build_theme(cle, champs, macros) for cle, champs in donnees["themes"].items())
    return themes, re.compile(donnees["doute"])


def _compile(motifs: Iterable[str] | str | None, macros: Mapping[str, str]) -> re.Pattern[str] | None:
    if not motifs:
        return None
    texte = motifs if isinstance(motifs, str) else "|".join(f"(?:{motif})" for motif in motifs)
    for nom, valeur in macros.items():
        texte = texte.replace(f"<{nom}>", valeur)
    return re.compile(texte)


def _build_theme(critere: str, champs: Mapping[str, Any], macros: Mapping[str, str]) -> Theme:
    motifs: Mapping[Any, Any] = champs.get("valeurs") or {True: champs["oui"]}
    ordre = champs.get("ordre_des_valeurs") or list(motifs)
    compiles = tuple((valeur, motif) for valeur in ordre if (motif := _compile(motifs[valeur], macros)))
    return Theme(
        critere=critere,
        mots=tuple(champs["mots"]),
        sauf=_compile(champs.get("sauf"), macros),
        valeurs=compiles,
        non=_compile(champs.get("non"), macros),
        nie=champs.get(
            "nie", "ignorer" if critere == "projet" else "rien" if "valeurs" in champs else "faux"
        ),
        phrase=champs.get("phrase", False),
        exige=_compile(champs.get("exige"), macros),
        annule=_compile(champs.get("annule"), macros),
        contexte=_compile(champs.get("contexte"), macros),
        hors_doute=frozenset(champs.get("hors_doute", ())),
        conseiller=_compile(champs.get("conseiller"), macros),
    )


def read_themes(propositions: tuple[Proposition, ...]) -> dict[str, Valeur]:
    """The facts said by the clauses about the person; the last word wins."""
    tout = " ".join(proposition.texte for proposition in propositions)
    phrases = _join_phrases(propositions)
    faits: dict[str, Valeur] = {}
    for theme in load_themes()[0]:
        if not any(mot in tout for mot in theme.mots):
            continue
        for proposition in phrases if theme.phrase else propositions:
            valeur = _read(theme, proposition) if proposition.moi else None
            if (
                theme.conseiller
                and theme.conseiller.search(proposition.texte)
                and not _NEGATION_DEDANS.search(proposition.texte)
            ):
                valeur = True  # « ma conseillère mission locale m'a dit… »: hers, so the person is followed
            if valeur is not None:
                faits[theme.critere] = valeur
    if faits.get("rsa") is True and faits.get("sans_revenu") is True:
        del faits["sans_revenu"]  # the RSA is an income
    return faits


def _join_phrases(propositions: tuple[Proposition, ...]) -> tuple[Proposition, ...]:
    """One entry per sentence, the clauses about someone else left out."""
    groupes: dict[int, list[Proposition]] = {}
    for proposition in propositions:
        if proposition.moi:
            groupes.setdefault(proposition.phrase, []).append(proposition)
    return tuple(
        Proposition(
            mots=(),
            texte=" ".join(membre.texte for membre in membres),
            nom="",
            phrase=numero,
            moi=True,
            avant="",
            douteuse=membres[0].douteuse,
            supposee=False,
        )
        for numero, membres in groupes.items()
    )


def _read(theme: Theme, proposition: Proposition) -> Valeur | None:
    texte = proposition.texte
    if theme.sauf and theme.sauf.search(texte):
        return None
    if (theme.annule and theme.annule.search(texte)) or (theme.exige and not theme.exige.search(texte)):
        return None
    if theme.contexte and not theme.contexte.search(texte):
        return None
    if theme.non and theme.non.search(texte) and not proposition.douteuse:
        return False
    for valeur, motif in theme.valeurs:
        trouve = motif.search(texte)
        if trouve is None:
            continue
        if (theme.nie != "ignorer" or valeur in ("idee", "confirme")) and _is_niee(texte, trouve):
            return False if theme.nie == "faux" and not proposition.douteuse else None
        if proposition.douteuse or _is_incertaine(theme, proposition, trouve):
            return None
        return valeur
    return None


def _is_niee(texte: str, trouve: re.Match[str]) -> bool:
    avant, dedans, apres = texte[: trouve.start()], trouve.group(), texte[trouve.end() :]
    if "parle" in dedans:  # « je ne parle pas français » is itself the fact
        return False
    return bool(
        _NEGATION.search(avant) or _NEGATION_DEDANS.search(dedans.strip()) or _NEGATION_APRES.match(apres)
    )


def _is_incertaine(theme: Theme, proposition: Proposition, trouve: re.Match[str]) -> bool:
    """Wishes, requests and the past give nothing; « si j'avais » is read, because it asks to plan again."""
    if theme.critere in ("projet", "parent_ayant_interrompu", "enfants_a_garder"):
        return False
    doute = load_themes()[1]
    for mot in doute.findall(proposition.texte[: trouve.end()]):
        if mot in theme.hors_doute or (proposition.supposee and mot in ("etais", "avais", "touchais")):
            continue
        return True
    return False
