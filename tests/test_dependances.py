"""The environment is the one that was decided: each override of a pin is held here, with its reason.

Rasa 3.6.21 is the last open-source release and pins SQLAlchemy below 1.5 and pydantic below 1.10.10. The lock
file overrides both pins (``[tool.uv] override-dependencies``); DECISIONS.md tells the whole story.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.metadata import requires, version
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parent.parent

# Run apart: importing Rasa takes ten seconds and leaves TensorFlow in memory.
RASA_LIT_UNE_CONFIGURATION = """
import rasa.core.agent
import rasa.core.tracker_store
from rasa.engine.recipes.recipe import Recipe
from rasa.shared.core.domain import Domain
from rasa.shared.data import TrainingType
from rasa.shared.utils.io import read_yaml

configuration = read_yaml('''
recipe: default.v1
language: fr
pipeline:
  - name: WhitespaceTokenizer
  - name: CountVectorsFeaturizer
  - name: LogisticRegressionClassifier
policies:
  - name: RulePolicy
''')
recette = Recipe.recipe_for_name("default.v1")
graphe = recette.graph_config_for_recipe(configuration, {}, training_type=TrainingType.BOTH)
domaine = Domain.from_yaml('''
version: "3.1"
intents: [saluer]
responses: {utter_saluer: [{text: Bonjour}]}
''')
assert "utter_saluer" in domaine.action_names_or_texts
assert graphe.train_schema.nodes and graphe.predict_schema.nodes
print("lu")
"""


def test_sqlalchemy_est_en_version_2() -> None:
    """Override: the store is written in the typed 2.0 style (``Mapped``, ``select()``), which 1.4 has not.

    Rasa uses SQLAlchemy only in its SQL tracker store; its calls exist in 2.0.
    """
    assert version("sqlalchemy").startswith("2.")


def test_pydantic_est_en_version_2() -> None:
    """Override: the API and the catalogue's file boundary use pydantic 2, as current FastAPI requires.

    Rasa declares pydantic but imports it nowhere.
    """
    assert version("pydantic").startswith("2.")


def test_jsonschema_reste_en_3_2_0() -> None:
    """Pin: Rasa validates the answer of each custom action, and newer versions re-check the schema each time.

    Measured: 64 ms a turn with 4.17, 14 ms with 3.2.0.
    """
    assert version("jsonschema") == "3.2.0"


def test_websockets_reste_en_10_d_ou_uvicorn_sans_websockets() -> None:
    """Why the API is started with ``--ws none``: uvicorn's own websockets code needs a newer library."""
    assert version("websockets").startswith("10.")


@pytest.mark.parametrize("nom", ["sqlalchemy", "pydantic"])
def test_rasa_borne_encore_ce_que_nous_forcons(nom: str) -> None:
    """When Rasa's own pin goes away, the override has no reason left: remove it."""
    bornes = [r for r in requires("rasa") or [] if re.match(rf"{nom}\b", r, re.IGNORECASE)]

    assert any("<" in borne for borne in bornes), (
        f"Rasa ne borne plus {nom} : retirez l'override de pyproject.toml."
    )


@pytest.mark.parametrize("nom", ["sqlalchemy", "pydantic"])
def test_chaque_version_forcee_est_expliquee_dans_decisions(nom: str) -> None:
    assert nom in (RACINE / "DECISIONS.md").read_text().lower()


def test_rasa_3_6_21_s_importe_et_lit_une_configuration_avec_ces_versions() -> None:
    """The proof that the overrides hold: Rasa loads its agent and stores, a pipeline and a domain."""
    environnement = os.environ | {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}

    resultat = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", RASA_LIT_UNE_CONFIGURATION],
        cwd=RACINE,
        env=environnement,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (version("rasa"), resultat.stdout.strip()) == ("3.6.21", "lu"), resultat.stderr[-2000:]


def test_chaque_dependance_directe_est_expliquee_dans_decisions() -> None:
    """A library whose reason nobody wrote is a library nobody dares to remove."""
    projet = (RACINE / "pyproject.toml").read_text()
    bloc = projet.split("dependencies = [", 1)[1].split("[tool.uv]", 1)[0]
    noms = re.findall(r'^\s+"([A-Za-z0-9_.-]+)', bloc, re.MULTILINE)
    decisions = (RACINE / "DECISIONS.md").read_text().lower()

    assert [nom for nom in noms if f"`{nom.lower()}" not in decisions] == []
