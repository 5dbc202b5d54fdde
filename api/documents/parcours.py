"""A parcours as one printed page."""

from __future__ import annotations

from datetime import date

from api.documents.pdf import Bloc, Feuillet, Section, Ton, build_pdf
from api.documents.texte import order_etapes
from api.orientation.schemas import ContactJson, EtapeJson, ParcoursJson
from knowledge import capitalize

_CONTACTS_MAX = 2
_VERDICTS = {
    "eligible": "C'est possible pour vous",
    "indetermine": "À vérifier",
    "non_eligible": "Pas pour l'instant",
}
_NATURES = {
    "recommande": "Le parcours conseillé",
    "court": "Le plus court",
    "soutenu": "Le plus accompagné",
    "paye": "Payé à chaque étape",
}
_PIED = (
    "Imprimé le {jour}. Passerelle aide à s'orienter. Elle ne décide pas de vos droits : "
    "les contacts vous le confirmeront."
)
A_VERIFIER = "À vérifier : "
"""How the engine begins what is to be checked; left out under a heading that says it."""


def build_pdf_parcours(parcours: ParcoursJson, *, jour: date, lien: str, code: str = "") -> bytes:
    """The parcours on one A4 page.

    Args:
        parcours: As the API gives it.
        jour: The day printed at the foot.
        lien: What the QR code opens: the link of the code, or the home page.
        code: The code, printed under the QR code to be typed by hand; empty when there is none.
    """
    duree = f"Environ {parcours.duree_semaines} semaines. " if parcours.duree_semaines else ""
    sections = [build_section(etape, rang) for rang, etape in enumerate(order_etapes(parcours), start=1)]
    # What is to be checked is already said step by step.
    vigilance = tuple(
        p for p in parcours.points_de_vigilance if not p.startswith("À vérifier avant d'y aller")
    )
    if vigilance:
        bon_a_savoir = Bloc(phrases=vigilance, liste=True, importance=2)
        sections.append(Section(titre="Bon à savoir avant de commencer", blocs=(bon_a_savoir,)))
    return build_pdf(
        Feuillet(
            titre="Mon parcours",
            sous_titre=f"{_NATURES.get(parcours.nature, parcours.resume)}. {duree}",
            sections=tuple(sections),
            lien=lien,
            legende=f"Rouvrir ce parcours, code {code}" if code else "Retrouver Passerelle",
            pied=_PIED.format(jour=jour.strftime("%d/%m/%Y")),
        )
    )


def build_section(etape: EtapeJson, rang: int) -> Section:
    """A step as a section; ``rang`` is not printed for a step led alongside."""
    moment = "En même temps" if etape.en_parallele else "Maintenant" if rang == 1 else "Ensuite"
    return Section(
        titre=etape.titre,
        rang="+" if etape.en_parallele else str(rang),
        mention=f"{moment} · {_VERDICTS.get(etape.verdict, '')}",
        blocs=(
            Bloc(intitule="Ce que vous faites", phrases=(etape.a_faire,), ton=Ton.ACTION),
            Bloc(
                intitule="À vérifier avant d'y aller",
                phrases=tuple(capitalize(phrase.removeprefix(A_VERIFIER)) for phrase in etape.a_verifier),
                liste=True,
                ton=Ton.ATTENTION,
            ),
            Bloc(intitule="À apporter", phrases=tuple(etape.a_apporter), liste=True),
            Bloc(phrases=tuple(_list_faits(etape)), importance=2),
            Bloc(
                intitule="Qui appeler",
                phrases=tuple(write_contact(contact) for contact in etape.contacts[:_CONTACTS_MAX])
                or ("Les documents ne donnent pas de contact. Demandez à votre conseiller.",),
                liste=True,
            ),
            Bloc(intitule="Pourquoi vous", phrases=(etape.pourquoi,), importance=3),
        ),
    )


def write_contact(contact: ContactJson) -> str:
    """A contact on one line: who, where, how."""
    lieu = ", ".join(dict.fromkeys(part for part in (contact.adresse, contact.commune) if part))
    moyens = " · ".join(m for m in (contact.telephone, contact.courriel, _shorten(contact.site)) if m)
    return " – ".join(part for part in (contact.organisme, lieu, moyens) if part)


def _shorten(site: str | None) -> str:
    return (site or "").removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")


def _list_faits(etape: EtapeJson) -> list[str]:
    trois = (("Durée", etape.duree), ("Prix", etape.cout), ("Payé", etape.remuneration))
    return [f"{nom} : {valeur.rstrip('.')}." for nom, valeur in trois if valeur]
