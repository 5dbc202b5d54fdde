"""The fiche de prescription: one A4 page for the organisme, with room for its answer.

What the organisme writes back follows pdie-93-fiches-actions.txt: reasons of refusal and préconisation (l.706-709,
876-879), needs in French seen at recruitment (l.194-195), what follows for the person (l.711-712, 882-888).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from api.documents.parcours import A_VERIFIER, write_contact
from api.documents.pdf import Bloc, Feuillet, Section, Ton, build_pdf
from api.documents.texte import order_etapes
from api.orientation.schemas import ContactJson, DispositifJson, EtapeJson, OrientationJson, ParcoursJson
from api.problemes import Probleme
from api.remises.dossier import BESOINS_SENSIBLES, Dossier, list_sensibles
from api.web.formulaire import list_faits
from knowledge import Base, capitalize

_TRAIT = "…" * 47
# Room to write by hand; it goes first when the page is full.
_ESPACE = Bloc(phrases=("\u00a0",), importance=2)
_CONTACTS_MAX = 3
_PAROLES_MAX = 300
_RIEN_A_PRESCRIRE = (
    "Ce résultat ne mène à aucune action pour le moment : il n'y a rien à prescrire. "
    "Complétez les réponses, ou appelez un des contacts."
)
_PIED = (
    "Établie le {jour} avec la personne. Un document lui est remis aussi. Passerelle aide à s'orienter : "
    "l'organisme et le prescripteur décident de l'entrée."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prescription:
    """The action prescribed, why the person can enter, and the parcours it belongs to."""

    titre: str
    a_faire: str
    raisons: tuple[str, ...]
    a_verifier: tuple[str, ...]
    contacts: tuple[ContactJson, ...]
    etape: EtapeJson | None
    parcours: ParcoursJson | None


def pick_prescription(resultat: OrientationJson, choix: str) -> Prescription:
    """The action chosen on the page; the first step of the recommended parcours by default.

    ``choix`` is « parcours:rang » for a step, « fiche:id » for another possible action.

    Raises:
        Probleme: 409 when nothing can be prescribed in this result.
    """
    possibles = {f"fiche:{d.id}": d for d in resultat.dispositifs if d.verdict != "non_eligible"}
    if choix in possibles:
        return _from_dispositif(possibles[choix], resultat)
    etapes = {
        f"{rang}:{etape.rang}": (parcours, etape)
        for rang, parcours in enumerate(resultat.parcours)
        for etape in order_etapes(parcours)
    }
    if not etapes:
        raise Probleme(409, _RIEN_A_PRESCRIRE)
    parcours, etape = etapes.get(choix) or next(iter(etapes.values()))
    return Prescription(
        titre=etape.titre,
        a_faire=etape.a_faire,
        raisons=tuple(
            raison.phrase
            for juge in resultat.dispositifs
            if juge.id == etape.dispositif
            for raison in juge.raisons
            if raison.verdict == "eligible"
        ),
        a_verifier=tuple(etape.a_verifier),
        contacts=tuple(etape.contacts),
        etape=etape,
        parcours=parcours,
    )


def _from_dispositif(juge: DispositifJson, resultat: OrientationJson) -> Prescription:
    return Prescription(
        titre=juge.nom,
        a_faire=juge.resume,
        raisons=tuple(raison.phrase for raison in juge.raisons if raison.verdict == "eligible"),
        a_verifier=tuple(juge.a_verifier),
        contacts=tuple(juge.contacts),
        etape=None,
        parcours=resultat.parcours[0] if resultat.parcours else None,
    )


def build_fiche(
    dossier: Dossier, resultat: OrientationJson, *, base: Base, jour: date, prescripteur: str = ""
) -> bytes:
    """The fiche as a PDF of exactly one A4 page; sensitive answers only when the person agreed.

    Raises:
        Probleme: 409 when nothing can be prescribed in this result.
    """
    prescription = pick_prescription(resultat, dossier.choix)
    is_imprimable = build_filtre(dossier, base=base)
    return build_pdf(
        Feuillet(
            titre="Fiche de prescription",
            sous_titre=f"Action proposée : {prescription.titre}",
            sections=(
                _build_personne(dossier, base=base, prescripteur=prescripteur),
                _build_action(prescription, is_imprimable),
                *_build_parcours(prescription, dossier, is_imprimable, base=base),
                *_build_note(dossier),
                _build_reponse(),
            ),
            pied=_PIED.format(jour=jour.strftime("%d/%m/%Y")),
        )
    )


def list_faits_imprimes(dossier: Dossier, *, base: Base) -> list[str]:
    """The facts agreed, as sentences; without the sensitive ones unless the person agreed to them."""
    caches = frozenset() if dossier.avec_sensibles else list_sensibles(base)
    faits = list_faits(dossier.to_situation(base), base=base)
    return [capitalize(clause) for cle, clause in faits if cle not in caches]


def build_filtre(dossier: Dossier, *, base: Base) -> Callable[[str], bool]:
    """Whether a sentence may be printed: it does not repeat a sensitive answer that the person keeps for herself."""
    if dossier.avec_sensibles:
        return lambda _: True
    sensibles = list_sensibles(base)
    tus = [
        clause.casefold()
        for cle, clause in list_faits(dossier.to_situation(base), base=base)
        if cle in sensibles
    ]
    return lambda phrase: not any(clause in phrase.casefold() for clause in tus)


def _build_personne(dossier: Dossier, *, base: Base, prescripteur: str) -> Section:
    besoins = [
        base.referentiels.besoins[besoin].libelle_prescripteur
        for besoin in dossier.demande.besoins
        if dossier.avec_sensibles or besoin not in BESOINS_SENSIBLES
    ]
    paroles = " ".join((dossier.contenu.paroles or "").split())[:_PAROLES_MAX]
    faits = list_faits_imprimes(dossier, base=base)
    return Section(
        titre="La personne et son prescripteur",
        blocs=(
            Bloc(intitule="Nom, prénom, téléphone (à écrire à la main)", phrases=("…" * 20,)),
            Bloc(
                intitule="Prescripteur, structure, téléphone",
                phrases=(prescripteur, "…" * max(8, 30 - len(prescripteur))),
            ),
            Bloc(intitule="Ses mots", phrases=(f"« {paroles} »",) if paroles else (), importance=2),
            Bloc(intitule="Ses besoins", phrases=tuple(f"{besoin}." for besoin in besoins)),
            Bloc(intitule="Vu ensemble", phrases=tuple(f"{clause}." for clause in faits)),
        ),
    )


def _build_action(prescription: Prescription, is_imprimable: Callable[[str], bool]) -> Section:
    raisons = tuple(phrase for phrase in prescription.raisons if is_imprimable(phrase))
    a_verifier = [p.removeprefix(A_VERIFIER) for p in prescription.a_verifier if is_imprimable(p)]
    intitule = "À faire" if prescription.etape is not None else "De quoi il s'agit"
    return Section(
        titre=prescription.titre,
        mention="Action prescrite",
        blocs=(
            Bloc(intitule=intitule, phrases=(prescription.a_faire,), ton=Ton.ACTION),
            Bloc(intitule="Pourquoi cette personne", phrases=raisons, liste=True, importance=2),
            Bloc(intitule="À vérifier à l'entrée", phrases=tuple(a_verifier), liste=True, ton=Ton.ATTENTION),
            Bloc(
                intitule="Qui joindre",
                phrases=tuple(write_contact(contact) for contact in prescription.contacts[:_CONTACTS_MAX])
                or ("Les documents ne donnent pas de contact.",),
                liste=True,
            ),
        ),
    )


def _build_parcours(
    prescription: Prescription, dossier: Dossier, is_imprimable: Callable[[str], bool], *, base: Base
) -> tuple[Section, ...]:
    """The steps planned; those that would say a health need out loud only when the person agreed."""
    if prescription.parcours is None:
        return ()
    tus = frozenset() if dossier.avec_sensibles else BESOINS_SENSIBLES
    fiches = base.catalogue.dispositifs
    etapes = [
        etape
        for etape in order_etapes(prescription.parcours)
        if etape is prescription.etape
        or not etape.en_parallele
        or not set(fiches[etape.dispositif or ""].ids_besoins) <= tus
    ]
    lignes = [_write_etape(rang, etape, prescription) for rang, etape in enumerate(etapes, start=1)]
    vigilance = tuple(phrase for phrase in prescription.parcours.points_de_vigilance if is_imprimable(phrase))
    blocs = (
        *(Bloc(phrases=(ligne,)) for ligne in lignes),
        Bloc(phrases=vigilance, liste=True, importance=3),
    )
    return (Section(titre="Le parcours prévu", blocs=blocs),)


def _write_etape(rang: int, etape: EtapeJson, prescription: Prescription) -> str:
    ici = " (action de cette fiche)" if etape is prescription.etape else ""
    return f"{'En même temps :' if etape.en_parallele else f'{rang}.'} {etape.titre}{ici}"


def _build_note(dossier: Dossier) -> tuple[Section, ...]:
    if not dossier.note:
        return ()
    return (Section(titre="Note du prescripteur", blocs=(Bloc(phrases=(" ".join(dossier.note.split()),)),)),)


def _build_reponse() -> Section:
    """Empty fields, written by hand by the organisme and sent back to the prescripteur."""
    return Section(
        titre="Réponse de l'organisme, à renvoyer au prescripteur",
        blocs=(
            _ESPACE,
            Bloc(phrases=("[   ] Entrée prévue le …………………………      [   ] Entrée refusée le …………………………",)),
            Bloc(
                intitule="Motif du refus",
                phrases=("[   ] projet professionnel    [   ] intérêt exprimé    [   ] prérequis",),
            ),
            Bloc(phrases=(f"[   ] autre motif : {_TRAIT[:36]}",)),
            Bloc(intitule="Préconisation pour la suite", phrases=("…" * 29,)),
            _ESPACE,
            Bloc(phrases=(_TRAIT,)),
            _ESPACE,
            Bloc(phrases=(_TRAIT,)),
            Bloc(intitule="Besoins en français vus à l'accueil", phrases=("…" * 23,)),
            Bloc(phrases=("[   ] Un document expliquant cette réponse a été remis à la personne.",)),
        ),
    )
