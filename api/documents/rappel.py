"""A reminder to call, for the person's own calendar."""

from __future__ import annotations

import secrets
from datetime import date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from api.documents.texte import find_moyen
from api.orientation.schemas import EtapeJson
from api.stockage.session import read_maintenant

_DUREE = timedelta(minutes=30)


def build_rappel(etape: EtapeJson, *, jour: date, heure: time = time(9)) -> bytes:
    """The .ics of a reminder on the day and hour chosen; floating time: it rings at that hour wherever one is."""
    contact = etape.contacts[0] if etape.contacts else None
    qui = f"{contact.organisme} {find_moyen(contact)}".strip() if contact else ""
    debut = datetime.combine(jour, heure)
    evenement = Event()
    evenement.add("uid", f"{secrets.token_hex(12)}@passerelle")
    evenement.add("dtstamp", read_maintenant())
    evenement.add("dtstart", debut)
    evenement.add("dtend", debut + _DUREE)
    evenement.add("summary", f"Passerelle : {etape.titre}")
    evenement.add("description", "\n".join(phrase for phrase in (etape.a_faire, qui) if phrase))
    sonnerie = Alarm()
    sonnerie.add("action", "DISPLAY")
    sonnerie.add("trigger", timedelta(0))
    sonnerie.add("description", etape.titre)
    evenement.add_component(sonnerie)
    agenda = Calendar()
    agenda.add("prodid", "-//Passerelle//FR")
    agenda.add("version", "2.0")
    agenda.add_component(evenement)
    return bytes(agenda.to_ical())
