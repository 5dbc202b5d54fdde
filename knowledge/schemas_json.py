"""The JSON Schemas that an editor's tool uses to help: made from the shapes of the files and the closed lists."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from knowledge.fichiers import SCHEMAS
from knowledge.referentiel import Referentiels

# Draft 7: the one that editors' YAML tools know best.
_DIALECTE = "http://json-schema.org/draft-07/schema#"
# The fields whose words come from a closed list: (name of the part, field) -> name of the list.
_LISTES = {
    ("BesoinRepondu", "id"): "besoins",
    ("ContactFichier", "besoins"): "besoins",
    ("FormationFichier", "besoins"): "besoins",
    ("ParcoursTypeFichier", "besoins"): "besoins",
    ("RegleFichier", "critere"): "criteres",
    ("ConditionFichier", "critere"): "criteres",
    ("EffetFichier", "critere"): "criteres",
    ("EffetFichier", "acquis"): "acquis",
    ("MentionFichier", "id"): "contenus",
}


def build_schemas(referentiels: Referentiels) -> dict[str, str]:
    """The text of each schema by name (« dispositif »), with the words of the closed lists offered as choices."""
    listes = {
        "besoins": {cle: besoin.libelle for cle, besoin in referentiels.besoins.items()},
        "criteres": {cle: critere.libelle for cle, critere in referentiels.criteres.items()},
        "acquis": {cle: acquis.libelle for cle, acquis in referentiels.acquis.items()},
        "contenus": dict(referentiels.contenus),
    }
    return {nom: _write_schema(nom, modele, listes) for nom, modele in SCHEMAS.items()}


def _write_schema(nom: str, modele: type[BaseModel], listes: Mapping[str, Mapping[str, str]]) -> str:
    schema = modele.model_json_schema()
    for partie, contenu in [(modele.__name__, schema), *schema.get("$defs", {}).items()]:
        for champ, propriete in contenu.get("properties", {}).items():
            _hoist_explications(propriete)
            liste = _LISTES.get((partie, champ))
            if liste:
                _add_choix(propriete, listes[liste])
    return json.dumps({"$schema": _DIALECTE, **schema}, ensure_ascii=False, indent=2) + "\n"


def _hoist_explications(propriete: dict[str, Any]) -> None:
    """Put at the level of the field what stands in its only useful variant: editors' tools look there."""
    for variante in propriete.get("anyOf", ()):
        for cle in ("title", "description", "examples"):
            if cle in variante and (cle not in propriete or cle == "title"):
                propriete[cle] = variante.pop(cle)


def _add_choix(propriete: dict[str, Any], choix: Mapping[str, str]) -> None:
    """Close the list of words of a text field, or of a list of texts; each word comes with its meaning."""
    for texte in _iter_textes(propriete):
        texte["enum"] = list(choix)
        texte["enumDescriptions"] = list(choix.values())
        texte.pop("pattern", None)


def _iter_textes(propriete: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if propriete.get("type") == "string":
        yield propriete
    for variante in (*propriete.get("anyOf", ()), *([propriete["items"]] if "items" in propriete else ())):
        yield from _iter_textes(variante)
