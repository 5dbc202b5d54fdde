"""The first account, from a terminal: ``python -m api.comptes.creer --courriel … --role administrateur``."""

from __future__ import annotations

import argparse
import getpass
import sys

from api.comptes.roles import Role
from api.comptes.services import create_compte
from api.config import Reglages
from api.problemes import Probleme
from api.stockage import Stockage


def main(arguments: list[str] | None = None) -> int:
    """Create an account; the password is asked, or drawn and printed with ``--provisoire`` or without a terminal."""
    lecteur = argparse.ArgumentParser(prog="python -m api.comptes.creer", description="Créer un compte.")
    lecteur.add_argument("--courriel", required=True, help="l'adresse de la personne")
    lecteur.add_argument("--role", required=True, choices=[role.value for role in Role])
    lecteur.add_argument(
        "--provisoire", action="store_true", help="tirer un mot de passe à changer à la première connexion"
    )
    lu = lecteur.parse_args(arguments)
    choisi = None if lu.provisoire or not sys.stdin.isatty() else _ask()
    stockage = Stockage(Reglages.from_environnement().base_url)
    try:
        stockage.prepare()
        with stockage.open() as db_session:
            compte, mot_de_passe = create_compte(
                db_session, lu.courriel, lu.role, qui="ligne de commande", mot_de_passe=choisi
            )
            db_session.commit()
            courriel = compte.courriel
    except Probleme as probleme:
        sys.stderr.write(f"{probleme.detail}\n")
        return 1
    finally:
        stockage.close()
    _say(f"Compte créé : {courriel} ({lu.role}).")
    if choisi is None:
        _say(f"Mot de passe pour la première connexion, à changer ensuite : {mot_de_passe}")
    return 0


def _say(phrase: str) -> None:
    sys.stdout.write(f"{phrase}\n")


def _ask() -> str:
    """The password, typed twice; empty to have one drawn is not accepted here."""
    premier = getpass.getpass("Mot de passe (12 caractères au moins) : ")
    if getpass.getpass("Encore une fois : ") != premier:
        raise SystemExit("Les deux ne sont pas pareils. Recommencez.")
    return premier


if __name__ == "__main__":
    raise SystemExit(main())
