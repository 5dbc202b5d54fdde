"""Every French sentence the dialogue can say by itself: what the translations must cover."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from bot.confidentialite import load_confidentialite
from bot.server import _RETOUR
from knowledge import Base, describe_fait

RACINE = Path(__file__).parent.parent.parent
_TROU = re.compile(r"\{\w+\}")
_LETTRES_MIN = 5
_DEJA_DANS_LEUR_LANGUE = re.compile(r"^utter_(langue_|quelle_langue)")


def list_phrases(base: Base) -> list[str]:
    """The sentences, each once: questions, needs, replies, buttons, emergencies, warnings."""
    toutes = [
        *_iter_questions(base),
        *(besoin.libelle for besoin in base.referentiels.besoins.values()),
        *_iter_reponses(),
        *_iter_boutons(),
        *_iter_secours(base),
        *_iter_faits(base),
        *load_confidentialite().avis.values(),
        _RETOUR["texte"],
        *(bouton["libelle"] for bouton in _RETOUR["boutons"]),
    ]
    return [phrase for phrase in dict.fromkeys(toutes) if _has_mots(phrase)]


def _has_mots(phrase: str) -> bool:
    """Whether something is left to translate outside the blanks."""
    return sum(signe.isalpha() for signe in _TROU.sub("", phrase)) >= min(_LETTRES_MIN, len(phrase))


def _iter_questions(base: Base) -> Iterator[str]:
    for question in base.referentiels.questions.values():
        yield from (question.texte, question.pourquoi, *(choix.libelle for choix in question.choix))


def _iter_reponses() -> Iterator[str]:
    for fichier in sorted((RACINE / "bot" / "domain" / "responses").glob("*.yml")):
        for nom, variantes in yaml.safe_load(fichier.read_text(encoding="utf-8"))["responses"].items():
            if _DEJA_DANS_LEUR_LANGUE.match(nom):
                continue
            for variante in variantes:
                yield variante["text"]
                yield from (bouton["title"] for bouton in variante.get("buttons", ()))


def _iter_boutons() -> Iterator[str]:
    for fichier in sorted((RACINE / "actions").glob("*.py")):
        for noeud in ast.walk(ast.parse(fichier.read_text(encoding="utf-8"))):
            appel = isinstance(noeud, ast.Call) and getattr(noeud.func, "id", "") == "build_bouton"
            if appel and isinstance(noeud.args[0], ast.Constant):  # type: ignore[attr-defined]
                yield noeud.args[0].value  # type: ignore[attr-defined]
    yield from ("À faire : {quoi}", "Contact : {contact}", "Ensuite : {etape}", "En même temps : {etape}")
    yield from ("pas encore dit", "rien pour l'instant")


def _iter_faits(base: Base) -> Iterator[str]:
    """What a person is told of what was understood: each fact, for each value a list names."""
    referentiels = base.referentiels
    for cle, critere in referentiels.criteres.items():
        if cle == "niveau_diplome":
            yield from (describe_fait(critere, niveau, referentiels) for niveau in referentiels.niveaux)
        elif cle == "experience_mois":
            for mois, nombre in ((1, "1"), (12, "1"), (24, "2")):
                yield describe_fait(critere, mois, referentiels).replace(nombre, "{nombre}")
        elif critere.type == "booleen":
            yield from critere.faits.values()
        elif critere.type == "choix":
            yield from (describe_fait(critere, valeur, referentiels) for valeur in critere.valeurs)
        elif critere.fait and cle not in ("code_insee", "code_rome"):
            yield critere.fait


def _iter_secours(base: Base) -> Iterator[str]:
    for secours in base.entraide.secours.values():
        yield secours.message
        yield from (f"{{contact}}. {contact.role}" for contact in secours.contacts)
