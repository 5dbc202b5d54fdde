"""The schemas accept every record, explain every field in French, and offer the words of the closed lists."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from knowledge import Base
from knowledge.fichiers import SCHEMAS
from knowledge.lecture import read_yaml
from knowledge.loader import RACINE

DOSSIERS = {
    "dispositif": "catalogue/dispositifs",
    "formation": "catalogue/formations",
    "organismes": "catalogue/organismes",
    "parcours_type": "catalogue/parcours_types",
}


def _read_schema(nom: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(
        (RACINE / "schemas" / f"{nom}.schema.json").read_text(encoding="utf-8")
    )
    return schema


def _comme_json(valeur: Any) -> Any:
    """YAML dates as the texts a schema checks."""
    if isinstance(valeur, dict):
        return {cle: _comme_json(contenu) for cle, contenu in valeur.items()}
    if isinstance(valeur, list):
        return [_comme_json(contenu) for contenu in valeur]
    return valeur.isoformat() if isinstance(valeur, date) else valeur


def _iter_champs(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for nom, partie in [("fiche", schema), *schema.get("$defs", {}).items()]:
        for champ, propriete in partie.get("properties", {}).items():
            yield f"{nom}.{champ}", propriete


def _find_fautes(nom: str, chemin: Path) -> list[str]:
    validateur = Draft7Validator(_read_schema(nom))
    donnees = _comme_json(read_yaml(chemin))
    return [f"{chemin.name} : {faute.message[:150]}" for faute in validateur.iter_errors(donnees)]


@pytest.mark.parametrize("nom", DOSSIERS)
def test_chaque_fiche_suit_son_schema(nom: str) -> None:
    fichiers = sorted((RACINE / DOSSIERS[nom]).glob("*.yml"))
    assert fichiers
    assert [faute for chemin in fichiers for faute in _find_fautes(nom, chemin)] == []


def test_les_regles_de_secteur_et_le_modele_suivent_leur_schema() -> None:
    assert _find_fautes("regles_entree", RACINE / "referentiels" / "regles_entree.yml") == []
    assert _find_fautes("dispositif", RACINE / "catalogue" / "modele-dispositif.yml") == []


@pytest.mark.parametrize("nom", SCHEMAS)
def test_chaque_champ_a_un_titre_une_explication_et_un_exemple(nom: str) -> None:
    schema = _read_schema(nom)
    manques = [
        f"{champ} : {cle}"
        for champ, propriete in _iter_champs(schema)
        for cle in ("title", "description", "examples")
        # A field that is a part of its own takes its title from that part.
        if cle not in propriete and not (cle == "title" and "$ref" in propriete)
    ]
    assert manques == []


@pytest.mark.parametrize("nom", SCHEMAS)
def test_chaque_partie_d_un_schema_est_expliquee_en_francais(nom: str) -> None:
    schema = _read_schema(nom)
    parties = [schema, *schema.get("$defs", {}).values()]
    assert [p["title"] for p in parties if not p.get("description") or p["title"].endswith("Fichier")] == []


def test_les_exemples_d_un_schema_sont_acceptes_par_lui() -> None:
    schema = _read_schema("dispositif")
    for champ, propriete in schema["properties"].items():
        validateur = Draft7Validator({**propriete, "$defs": schema["$defs"]})
        for exemple in propriete["examples"]:
            assert validateur.is_valid(exemple), f"{champ} : {exemple}"


def test_les_mots_des_listes_fermees_sont_proposes(base: Base) -> None:
    parties = _read_schema("dispositif")["$defs"]
    assert parties["BesoinRepondu"]["properties"]["id"]["enum"] == list(base.referentiels.besoins)
    critere = parties["ConditionFichier"]["properties"]["critere"]["anyOf"][0]
    assert critere["enum"] == list(base.referentiels.criteres)
    assert len(critere["enumDescriptions"]) == len(critere["enum"])


def test_un_besoin_mal_ecrit_est_vu_par_le_schema() -> None:
    fiche = _comme_json(read_yaml(RACINE / "catalogue" / "dispositifs" / "pee.yml"))
    fiche["besoins"][0]["id"] = "choisir-mon-metier"
    assert not Draft7Validator(_read_schema("dispositif")).is_valid(fiche)
