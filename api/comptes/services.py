"""What is done with accounts: create, log in, change, deactivate."""

from __future__ import annotations

import re

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.comptes.journal import trace
from api.comptes.motsdepasse import (
    draw_mot_de_passe,
    find_faute,
    hash_mot_de_passe,
    needs_rehash,
    verify_mot_de_passe,
)
from api.comptes.roles import Role
from api.comptes.sessions import close_sessions
from api.comptes.tables import Compte
from api.problemes import Probleme
from api.stockage.session import read_maintenant

_COURRIEL = re.compile(r"^[^@\s<>\"'(),;:]{1,64}@[a-z0-9.-]{1,185}\.[a-z]{2,24}$")


def read_courriel(texte: str) -> str:
    """An e-mail address in one form (small letters).

    Raises:
        Probleme: 422 when it is not an address.
    """
    courriel = texte.strip().casefold()
    if not _COURRIEL.match(courriel):
        raise Probleme(422, "Cette adresse électronique n'est pas complète. Exemple : prenom.nom@exemple.fr")
    return courriel


def read_role(texte: str) -> str:
    """A role.

    Raises:
        Probleme: 422 for anything else.
    """
    if texte not in [role.value for role in Role]:
        raise Probleme(422, "Ce rôle n'existe pas. Choisissez prescripteur, éditeur ou administrateur.")
    return texte


def find_by_courriel(db_session: Session, courriel: str) -> Compte | None:
    """The account of an address, whatever its letters' case."""
    return db_session.scalar(select(Compte).where(Compte.courriel == courriel.strip().casefold()))


def list_comptes(db_session: Session) -> list[Compte]:
    """Every account, active ones first, by address."""
    return list(db_session.scalars(select(Compte).order_by(Compte.est_actif.desc(), Compte.courriel)))


def create_compte(
    db_session: Session, courriel: str, role: str, *, qui: str, mot_de_passe: str | None = None
) -> tuple[Compte, str]:
    """A new account and its password; a password drawn here is to be changed at the first login.

    Raises:
        Probleme: 422 for a wrong address, role or password; 409 when the account exists.
    """
    adresse, role = read_courriel(courriel), read_role(role)
    if find_by_courriel(db_session, adresse) is not None:
        raise Probleme(409, "Un compte existe déjà pour cette adresse.")
    faute = find_faute(mot_de_passe, adresse) if mot_de_passe is not None else None
    if faute:
        raise Probleme(422, faute)
    choisi = mot_de_passe or draw_mot_de_passe()
    compte = Compte(
        courriel=adresse,
        role=role,
        empreinte=hash_mot_de_passe(choisi),
        doit_changer=mot_de_passe is None,
        cree_le=read_maintenant(),
    )
    db_session.add(compte)
    trace(db_session, qui, "compte créé", f"{adresse} ({role})")
    db_session.flush()
    return compte, choisi


def authenticate(db_session: Session, courriel: str, mot_de_passe: str) -> Compte | None:
    """The active account of this address and password; the same time and answer whatever is wrong."""
    compte = find_by_courriel(db_session, courriel)
    empreinte = compte.empreinte if compte is not None and compte.est_actif else None
    if not verify_mot_de_passe(empreinte, mot_de_passe) or compte is None:
        return None
    if compte.empreinte and needs_rehash(compte.empreinte):
        compte.empreinte = hash_mot_de_passe(mot_de_passe)
    return compte


def change_mot_de_passe(
    db_session: Session, compte: Compte, *, actuel: str, nouveau: str, jeton: str
) -> str | None:
    """Change one's own password and close one's other sessions; the French fault, or None when done."""
    if not verify_mot_de_passe(compte.empreinte, actuel):
        return "Le mot de passe actuel n'est pas le bon."
    faute = find_faute(nouveau, compte.courriel)
    if faute is None and nouveau == actuel:
        faute = "Choisissez un mot de passe différent de l'actuel."
    if faute:
        return faute
    compte.empreinte, compte.doit_changer = hash_mot_de_passe(nouveau), False
    close_sessions(db_session, compte, sauf=jeton)
    trace(db_session, compte.courriel, "mot de passe changé", compte.courriel)
    return None


def get_compte(db_session: Session, identifiant: int) -> Compte:
    """An account by number.

    Raises:
        Probleme: 404.
    """
    compte = db_session.get(Compte, identifiant)
    if compte is None:
        raise Probleme(404, "Ce compte n'existe pas.")
    return compte


def change_role(db_session: Session, compte: Compte, role: str, *, qui: str) -> None:
    """Give another role and close the sessions opened with the old one.

    Raises:
        Probleme: 422 for an unknown role, 409 when no administrator would be left.
    """
    nouveau = read_role(role)
    if nouveau != Role.ADMINISTRATEUR.value:
        _check_reste(db_session, compte)
    trace(db_session, qui, "rôle changé", f"{compte.courriel} : {compte.role} → {nouveau}")
    compte.role = nouveau
    close_sessions(db_session, compte)


def change_actif(db_session: Session, compte: Compte, *, est_actif: bool, qui: str) -> None:
    """Deactivate an account (its sessions end at once), or open it again.

    Raises:
        Probleme: 409 when no administrator would be left.
    """
    if not est_actif:
        _check_reste(db_session, compte)
        close_sessions(db_session, compte)
    compte.est_actif = est_actif
    trace(db_session, qui, "compte réactivé" if est_actif else "compte désactivé", compte.courriel)


def reset_mot_de_passe(db_session: Session, compte: Compte, *, qui: str) -> str:
    """A password for one login, to be given to the person; her sessions end."""
    provisoire = draw_mot_de_passe()
    compte.empreinte, compte.doit_changer = hash_mot_de_passe(provisoire), True
    close_sessions(db_session, compte)
    trace(db_session, qui, "mot de passe réinitialisé", compte.courriel)
    return provisoire


def _check_reste(db_session: Session, compte: Compte) -> None:
    """Refuse to leave the site without an active administrator."""
    if compte.role != Role.ADMINISTRATEUR.value or not compte.est_actif:
        return
    autres = select(func.count()).where(
        Compte.role == Role.ADMINISTRATEUR.value, Compte.est_actif.is_(True), Compte.id != compte.id
    )
    if not db_session.scalar(autres):
        raise Probleme(409, "C'est le dernier compte administrateur actif : créez-en un autre d'abord.")
