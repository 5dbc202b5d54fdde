"""Reading YAML files with French, actionable messages: duplicate keys, unknown fields, wrong values, file and place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar, get_args

import yaml
from pydantic import BaseModel, ValidationError

from knowledge.errors import ErreurCatalogue

Modele = TypeVar("Modele", bound=BaseModel)

_MESSAGES = {
    "missing": "ce champ est obligatoire",
    "string_type": "il faut du texte, entre guillemets si c'est un code ou un nombre",
    "int_type": "il faut un nombre entier, en chiffres",
    "int_parsing": "il faut un nombre entier, en chiffres",
    "int_from_float": "il faut un nombre entier, sans virgule",
    "greater_than_equal": "le nombre est trop petit",
    "less_than_equal": "le nombre est trop grand",
    "bool_type": "il faut true ou false",
    "bool_parsing": "il faut true ou false",
    "list_type": "il faut une liste : des lignes qui commencent par un tiret, ou [a, b]",
    "dict_type": "il faut des champs, comme {libelle: …, source: …}",
    "model_type": "il faut des champs, comme {libelle: …, source: …}",
    "string_too_long": "le texte est trop long",
    "string_too_short": "le texte est vide",
    "too_short": "la liste est trop courte",
    "too_long": "la liste est trop longue",
    "date_type": "il faut une date, comme 2026-11-21",
    "date_parsing": "il faut une date, comme 2026-11-21",
    "date_from_datetime_parsing": "il faut une date, comme 2026-11-21",
    "date_from_datetime_inexact": "il faut une date sans heure, comme 2026-11-21",
}
# What a text that follows a pattern looks like, by the start of the pattern.
_MODELES = {
    r"^[a-z0-9-]+( l\.": "il faut un document et ses lignes, comme « pacte l.12-15, 20 », ou le nom d'une page",
    r"^[a-z0-9]+(-[a-z": "il faut des minuscules sans accent et des tirets, comme « mon-dispositif »",
    r"^[A-N]": "il faut un code ROME, comme « K1304 »",
    r"^(\d{2}|2[AB]|": 'il faut un numéro de département entre guillemets, comme « "93" »',
    r"^(\d{5}|2[AB]": 'il faut un code INSEE entre guillemets, comme « "93048" »',
    r"^\d+(-": "il faut des numéros de lignes, comme « 12-15, 20 »",
}
_VARIANTES = frozenset({"bool", "int", "str", "constrained-str"})


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
    """The faults of a validation as French sentences, one per wrong field: place, value, what is wrong, nearest word."""
    dits = set()
    for detail in erreur.errors():
        parties = list(detail["loc"])
        variante = bool(parties) and parties[-1] in _VARIANTES
        lieu = _write_lieu(parties[:-1] if variante else parties)
        if lieu in dits and variante:
            continue  # a value that may be of several types is refused once per type
        dits.add(lieu)
        if detail["type"] == "extra_forbidden":
            yield _describe_champ_inconnu(lieu, parties, modele)
        elif detail["type"] == "literal_error":
            attendu = str(detail.get("ctx", {}).get("expected", "")).replace(" or ", ", ").replace("'", "")
            proche = suggest(str(detail["input"]), [mot.strip() for mot in attendu.split(",")])
            yield f"champ « {lieu} » : « {detail['input']} » n'est pas dans la liste ({attendu}).{proche}"
        else:
            message = _write_message(detail["type"], detail.get("ctx", {}), detail["msg"], variante=variante)
            valeur = "" if detail["type"] == "missing" else f" (valeur lue : « {str(detail['input'])[:80]} »)"
            yield f"champ « {lieu} » : {message}{valeur}."


def _write_lieu(parties: Sequence[int | str]) -> str:
    """The place of a field for a reader: « conditions, n° 1, source »; the first of a list is n° 1."""
    return ", ".join(f"n° {part + 1}" if isinstance(part, int) else part for part in parties) or "fiche"


def _write_message(type_: str, contexte: Mapping[str, Any], defaut: str, *, variante: bool) -> str:
    if variante:
        return "il faut une seule valeur : true, false, un nombre ou un mot"
    if type_ == "string_pattern_mismatch":
        motif = str(contexte.get("pattern", ""))
        return next(
            (dit for debut, dit in _MODELES.items() if motif.startswith(debut)), "la forme est incorrecte"
        )
    if type_ == "value_error":
        return str(contexte.get("error", defaut))
    return _MESSAGES.get(type_, defaut)


def _describe_champ_inconnu(lieu: str, parties: Sequence[int | str], modele: type[BaseModel]) -> str:
    """The unknown field, with the nearest field of the part of the file where it stands."""
    noms = _find_champs(modele, [morceau for morceau in parties[:-1] if isinstance(morceau, str)])
    return f"champ « {lieu} » : ce champ n'existe pas.{suggest(str(parties[-1]), sorted(noms))}"


def _find_champs(modele: type[BaseModel], chemin: list[str]) -> set[str]:
    """Names of the fields of the part of ``modele`` that ``chemin`` leads to; of the whole when it is a free part."""
    for morceau in chemin:
        champ = modele.model_fields.get(morceau)
        parties = list(_iter_modeles(champ.annotation)) if champ else []
        if not parties:
            break
        modele = parties[0]
    return set(modele.model_fields)


def _iter_modeles(annotation: Any) -> Iterator[type[BaseModel]]:
    """The shapes named in a type annotation, however they are wrapped (list, dict, optional)."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _iter_modeles(argument)


def suggest(mot: str, possibles: list[str]) -> str:
    """« Vouliez-vous écrire … ? » with the nearest word, or an empty text."""
    proches = get_close_matches(mot, possibles, n=1, cutoff=0.6)
    return f" Vouliez-vous écrire « {proches[0]} » ?" if proches else ""


def require(table: Mapping[str, Any], cle: str, quoi: str, liste: str) -> str | None:
    """None when ``cle`` is in the closed list, else the French fault with the nearest value and where the list is."""
    if cle in table:
        return None
    return f"{quoi} « {cle} » n'existe pas.{suggest(cle, list(table))} La liste est dans {liste}."
