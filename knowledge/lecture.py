"""Reading YAML files with French, actionable messages: duplicate keys, unknown fields, wrong values, file and place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from knowledge.errors import ErreurCatalogue

Modele = TypeVar("Modele", bound=BaseModel)

_MESSAGES = {
    "missing": "ce champ est obligatoire",
    "string_type": "il faut du texte",
    "int_type": "il faut un nombre entier",
    "bool_type": "il faut true ou false",
    "list_type": "il faut une liste",
    "string_too_long": "le texte est trop long",
    "too_short": "la liste est trop courte",
}


class _Lecteur(yaml.CSafeLoader):
    """Safe YAML that refuses a key written twice, which plain YAML silently overwrites."""


def _construct_mapping(lecteur: _Lecteur, noeud: yaml.MappingNode) -> dict[Any, Any]:
    cles = [lecteur.construct_object(cle) for cle, _ in noeud.value]
    for cle in cles:
        if cles.count(cle) > 1:
            raise ErreurCatalogue(
                [f"ligne {noeud.start_mark.line + 1} : la clé « {cle} » est écrite deux fois."]
            )
    lecteur.flatten_mapping(noeud)
    return {
        lecteur.construct_object(cle, deep=True): lecteur.construct_object(valeur, deep=True)
        for cle, valeur in noeud.value
    }


_Lecteur.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _construct_mapping)


def read_yaml(chemin: Path) -> Any:
    """Content of one YAML file.

    Raises:
        ErreurCatalogue: unreadable file, bad encoding, bad YAML or duplicate key, with file and line.
    """
    try:
        return yaml.load(chemin.read_text(encoding="utf-8"), Loader=_Lecteur)  # noqa: S506 (safe subclass)
    except ErreurCatalogue as erreur:
        raise ErreurCatalogue([f"{chemin.name}, {faute}" for faute in erreur.fautes]) from None
    except UnicodeDecodeError:
        raise ErreurCatalogue(
            [f"{chemin.name} : le fichier n'est pas en UTF-8. Enregistrez-le en UTF-8."]
        ) from None
    except yaml.YAMLError as erreur:
        marque = getattr(erreur, "problem_mark", None)
        ligne = f" ligne {marque.line + 1}" if marque else ""
        raise ErreurCatalogue(
            [f"{chemin.name}{ligne} : l'écriture YAML est incorrecte (retrait, deux-points ou guillemet ?)."]
        ) from None


def read_modele(chemin: Path, modele: type[Modele]) -> Modele:
    """One file checked against its shape.

    Raises:
        ErreurCatalogue: each fault as "file, field: what is wrong, value, nearest valid field".
    """
    donnees = read_yaml(chemin)
    if not isinstance(donnees, dict):
        raise ErreurCatalogue([f"{chemin.name} : le fichier est vide ou n'est pas une fiche (clé: valeur)."])
    try:
        return modele.model_validate(donnees)
    except ValidationError as erreur:
        raise ErreurCatalogue([f"{chemin.name}, {faute}" for faute in iter_fautes(erreur, modele)]) from None


def iter_fautes(erreur: ValidationError, modele: type[BaseModel]) -> Iterator[str]:
    """The faults of a validation as French sentences, one per wrong field."""
    for detail in erreur.errors():
        lieu = ".".join(str(part) for part in detail["loc"]) or "fiche"
        if detail["type"] == "extra_forbidden":
            yield _describe_champ_inconnu(lieu, str(detail["loc"][-1]), modele)
        elif detail["type"] == "literal_error":
            attendu = str(detail.get("ctx", {}).get("expected", "")).replace(" or ", ", ")
            proche = suggest(str(detail["input"]), [mot.strip(" '") for mot in attendu.split(",")])
            yield f"champ « {lieu} » : « {detail['input']} » n'est pas dans la liste ({attendu}).{proche}"
        else:
            message = _MESSAGES.get(detail["type"], detail["msg"])
            valeur = "" if detail["type"] == "missing" else f" (valeur lue : « {str(detail['input'])[:80]} »)"
            yield f"champ « {lieu} » : {message}{valeur}."


def _describe_champ_inconnu(lieu: str, champ: str, modele: type[BaseModel]) -> str:
    noms = set(modele.model_fields)
    for annexe in BaseModel.__subclasses__():
        noms.update(annexe.model_fields)
        for petit in annexe.__subclasses__():
            if petit.__module__ == modele.__module__:
                noms.update(petit.model_fields)
    return f"champ « {lieu} » : ce champ n'existe pas.{suggest(champ, sorted(noms))}"


def suggest(mot: str, possibles: list[str]) -> str:
    """« Vouliez-vous écrire … ? » with the nearest word, or an empty text."""
    proches = get_close_matches(mot, possibles, n=1, cutoff=0.6)
    return f" Vouliez-vous écrire « {proches[0]} » ?" if proches else ""


def require(table: Mapping[str, Any], cle: str, quoi: str, liste: str) -> str | None:
    """None when ``cle`` is in the closed list, else the French fault with the nearest value and where the list is."""
    if cle in table:
        return None
    return f"{quoi} « {cle} » n'existe pas.{suggest(cle, list(table))} La liste est dans {liste}."
