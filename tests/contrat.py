"""What the contract names, written apart from the base so that a change of either is seen."""

from __future__ import annotations

BESOINS_DU_CONTRAT = [
    "choisir-un-metier",
    "valider-un-projet",
    "reprendre-confiance",
    "changer-de-metier",
    "parler-francais",
    "lire-ecrire-compter",
    "utiliser-le-numerique",
    "parler-anglais",
    "obtenir-une-qualification",
    "actualiser-mes-competences",
    "faire-reconnaitre-mon-experience",
    "trouver-une-alternance",
    "financer-ma-formation",
    "trouver-un-emploi",
    "creer-mon-activite",
    "me-deplacer",
    "faire-garder-mes-enfants",
    "avoir-un-revenu",
    "me-loger",
    "prendre-soin-de-ma-sante",
    "vivre-avec-un-handicap",
    "retablir-mes-droits",
    "parler-a-un-conseiller",
]
