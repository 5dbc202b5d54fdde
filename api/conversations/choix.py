"""Choices of buttons: the public form and the payload the dialogue understands.

Rasa reads any text that begins with « / » as an intent, so a person could inject one. Only the forms below pass:
« besoin:parler-francais », « reponse:age_ans:20 », « commande:passer ». Everything else is refused.
"""

from __future__ import annotations

import json
import re

from api.problemes import Probleme
from knowledge import Referentiels

_COMMANDES = frozenset(
    {
        "passer",
        "ne_pas_savoir",
        "demander_pourquoi",
        "revenir_en_arriere",
        "recommencer",
        "reprendre",
        "changer_de_besoin",
        "parler_a_un_conseiller",
        "demander_recapitulatif",
        "demander_autre_chose",
        "demander_plus_pres",
        "demander_qui_appeler",
        "demander_a_garder",
        "demander_la_suite",
        "demander_effacement",
        "demander_aide",
        "changer_de_langue",
        "affirmer",
        "nier",
        "saluer",
    }
)
_CHARGE = re.compile(r"^/(?P<intention>[a-z_]+)(?P<entites>\{.*\})?$", re.DOTALL)


def to_charge(choix: str, referentiels: Referentiels) -> str:
    """The payload for the dialogue.

    Raises:
        Probleme: 422 when the choice is not one we issue.
    """
    genre, _, reste = choix.partition(":")
    if genre == "besoin" and reste in referentiels.besoins:
        return f"/{reste.replace('-', '_')}"
    if genre == "commande" and reste in _COMMANDES:
        return f"/{reste}"
    if genre == "reponse":
        critere, _, valeur = reste.partition(":")
        if critere in referentiels.criteres and valeur and "\n" not in valeur:
            return "/repondre" + json.dumps({"critere": critere, "valeur": valeur}, ensure_ascii=False)
    if genre == "langue" and re.fullmatch("[a-z]{2}", reste):
        return "/changer_de_langue" + json.dumps({"langue": reste})
    raise Probleme(422, "Ce choix n'existe pas. Utilisez un des boutons proposés, ou écrivez avec vos mots.")


def to_choix(charge: str, referentiels: Referentiels) -> str:
    """The public form of a payload made by the dialogue; the text itself when it is not a payload."""
    trouve = _CHARGE.match(charge)
    if not trouve:
        return charge
    intention = trouve["intention"]
    entites = json.loads(trouve["entites"]) if trouve["entites"] else {}
    if intention == "repondre":
        return f"reponse:{entites['critere']}:{entites['valeur']}"
    if intention == "changer_de_langue" and entites:
        return f"langue:{entites['langue']}"
    besoin = intention.replace("_", "-")
    return f"besoin:{besoin}" if besoin in referentiels.besoins else f"commande:{intention}"
