"""What the detector of emergencies makes of suspicions: an alarm, the numbers in doubt, or nothing at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa.shared.nlu.training_data.message import Message

from bot.components.urgences import UrgenceDetector
from outils.commande_rasa import RACINE

CLASSEMENT = [
    {"name": "urgence_suicide", "confidence": 0.5},
    {"name": "me_loger", "confidence": 0.4},
    {"name": "avoir_un_revenu", "confidence": 0.1},
]


def lire(*soupcons: float) -> Message:
    """A message whose whole, then parts, are suspected as said."""
    message = Message({"text": "essai", "intent_ranking": CLASSEMENT, "intent": CLASSEMENT[0]})
    message.set("soupcons", [{"urgence_suicide": soupcon} for soupcon in soupcons])
    return UrgenceDetector(seuil=0.3, seuil_partie=0.995, seuil_doute=0.1).process([message])[0]


def noms(message: Message) -> list[Any]:
    return [note["name"] for note in message.get("intent_ranking")]


def test_un_message_soupconne_est_une_urgence() -> None:
    assert lire(0.4).get("intent") == {"name": "urgence_suicide", "confidence": 1.0}


def test_une_urgence_est_seule_au_classement_pour_que_rien_ne_la_rende_ambigue() -> None:
    assert noms(lire(0.4)) == ["urgence_suicide"]


def test_une_partie_presque_sure_suffit() -> None:
    assert lire(0.05, 0.2, 0.998).get("intent")["name"] == "urgence_suicide"


def test_une_partie_seulement_soupconnee_ne_suffit_pas() -> None:
    assert lire(0.05, 0.6).get("intent")["name"] == "me_loger"


def test_sans_urgence_le_premier_des_autres_prend_sa_place() -> None:
    message = lire(0.05)
    assert noms(message) == ["me_loger", "avoir_un_revenu"]
    assert message.get("intent")["confidence"] == pytest.approx(0.8)


@pytest.mark.parametrize(("soupcon", "attendu"), [(0.05, None), (0.2, True), (0.4, None)])
def test_le_doute_est_entre_rien_et_l_alarme(soupcon: float, attendu: bool | None) -> None:
    assert lire(soupcon).get("doute_urgence") is attendu


@pytest.mark.parametrize("fichier", sorted((RACINE / "data" / "nlu").rglob("*.yml")), ids=lambda f: f.stem)
def test_seules_les_phrases_du_dossier_frontiere_sont_marquees(fichier: Path) -> None:
    blocs = yaml.safe_load(fichier.read_text(encoding="utf-8"))["nlu"]
    marques = {bool((bloc.get("metadata") or {}).get("frontiere")) for bloc in blocs}
    assert marques == {fichier.parent.name == "frontiere"}
