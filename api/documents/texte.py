"""A parcours as a short text, for a message. ``api/web/static/garder.js`` writes the same; a test compares them."""

from __future__ import annotations

from api.orientation.schemas import ContactJson, EtapeJson, ParcoursJson

SIGNES_MAX = 480
_TITRE_COURT = 48


def order_etapes(parcours: ParcoursJson) -> list[EtapeJson]:
    """The steps as they are read: one after the other, then those led alongside."""
    return [e for e in parcours.etapes if not e.en_parallele] + [e for e in parcours.etapes if e.en_parallele]


def write_texte(parcours: ParcoursJson, *, debut: str = "Mon parcours Passerelle", lien: str = "") -> str:
    """The steps, what to do and whom to call, in 480 signs at most: what matters least goes first.

    The link, when there is one, is always whole.
    """
    fin = [lien] if lien else []
    for ecrire in (_write_longue, _write_moyenne, _write_courte):
        lignes = [
            debut,
            *(ligne for rang, e in enumerate(order_etapes(parcours)) for ligne in ecrire(rang, e)),
        ]
        texte = "\n".join([*lignes, *fin])
        if len(texte) <= SIGNES_MAX:
            return texte
    while len("\n".join([*lignes, "…", *fin])) > SIGNES_MAX and len(lignes) > 1:
        lignes.pop()
    return "\n".join([*lignes, "…", *fin])


def _write_longue(rang: int, etape: EtapeJson) -> list[str]:
    return [f"{_mark(rang, etape)} {etape.titre}", f"   {etape.a_faire}", *_write_contact(etape)]


def _write_moyenne(rang: int, etape: EtapeJson) -> list[str]:
    return [f"{_mark(rang, etape)} {etape.titre}", *_write_contact(etape)]


def _write_courte(rang: int, etape: EtapeJson) -> list[str]:
    titre = (
        etape.titre if len(etape.titre) <= _TITRE_COURT else etape.titre[: _TITRE_COURT - 1].rstrip() + "…"
    )
    moyen = find_moyen(etape.contacts[0]) if etape.contacts else ""
    return [f"{_mark(rang, etape)} {titre}{f' : {moyen}' if moyen else ''}"]


def _mark(rang: int, etape: EtapeJson) -> str:
    return "+" if etape.en_parallele else f"{rang + 1}."


def _write_contact(etape: EtapeJson) -> list[str]:
    if not etape.contacts:
        return []
    contact = etape.contacts[0]
    moyen = find_moyen(contact)
    return [f"   {contact.organisme}{f' : {moyen}' if moyen else ''}"]


def find_moyen(contact: ContactJson) -> str:
    """The best way to reach a contact: telephone, then e-mail, site, town; empty when none is known."""
    return contact.telephone or contact.courriel or contact.site or contact.commune or ""
