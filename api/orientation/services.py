"""From the values of the core to the JSON of the contract; used by the API, the web pages and the dialogue's results."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from api.orientation.schemas import (
    ChoixJson,
    ContactJson,
    DispositifJson,
    EtapeJson,
    LienJson,
    OrientationJson,
    ParcoursJson,
    QuestionJson,
    RaisonJson,
    SourceJson,
)
from api.problemes import Probleme
from knowledge import (
    Base,
    Contact,
    Etape,
    Evaluation,
    Orientation,
    Parcours,
    QuestionSuivante,
    Raison,
    Situation,
    Source,
    order_contacts,
    orienter,
)

_CONTACTS_MAX = 12


def read_jour(texte: str | None, *, aujourd_hui: date) -> date:
    """The day asked for; today when none is given. A day that does not exist is a 422."""
    if texte is None:
        return aujourd_hui
    try:
        return date.fromisoformat(texte)
    except ValueError:
        raise Probleme(422, f"La date « {texte} » n'existe pas. Écrivez-la AAAA-MM-JJ.") from None


def orient_to_json(
    base: Base,
    besoins: Iterable[str],
    situation: Situation,
    *,
    jour: date,
    limite: int | None = None,
    passees: Iterable[str] = (),
    indisponibles: Iterable[str] = (),
) -> OrientationJson:
    """The engine's answer in the contract's shape, the same on every page and route; arguments as for ``orienter``.

    Raises:
        BesoinInconnu: one of the ids does not exist.
    """
    orientation = orienter(
        base,
        besoins,
        situation,
        jour=jour,
        limite=limite,
        passees=passees,
        indisponibles=indisponibles,
    )
    return to_orientation_json(orientation, base=base, situation=situation)


def to_orientation_json(orientation: Orientation, *, base: Base, situation: Situation) -> OrientationJson:
    """The contract's answer."""
    return OrientationJson(
        dispositifs=[to_dispositif_json(e, base=base, situation=situation) for e in orientation.evaluations],
        parcours=[to_parcours_json(parcours) for parcours in orientation.parcours_list],
        question_suivante=to_question_json(orientation.question_suivante),
        contacts=[to_contact_json(contact) for contact in orientation.contacts],
        besoins_sans_reponse=list(orientation.besoins_sans_reponse),
        buts_manques=list(orientation.buts_manques),
    )


def to_dispositif_json(evaluation: Evaluation, *, base: Base, situation: Situation) -> DispositifJson:
    """A judged record, its contacts nearest first."""
    dispositif = evaluation.dispositif
    contacts = order_contacts(dispositif.contacts, situation, base.territoires, limite=_CONTACTS_MAX)
    return DispositifJson(
        id=dispositif.id,
        nom=dispositif.nom,
        sigle=dispositif.sigle,
        resume=dispositif.resume,
        verdict=evaluation.verdict.value,
        prioritaire=evaluation.prioritaire,
        presque=evaluation.presque,
        raisons=[to_raison_json(raison) for raison in evaluation.raisons],
        a_verifier=list(evaluation.a_verifier),
        contacts=[to_contact_json(contact) for contact in contacts],
    )


def to_raison_json(raison: Raison) -> RaisonJson:
    """A reason with its source."""
    return RaisonJson(
        critere=raison.critere,
        verdict=raison.verdict.value,
        phrase=raison.phrase,
        source=to_source_json(raison.source),
        nature=raison.nature,
        a_changer=raison.a_changer,
    )


def to_source_json(source: Source) -> SourceJson:
    """A source; for a page, the document is its title."""
    return SourceJson(
        document=source.document or source.titre,
        lignes=source.lignes,
        lien=source.lien,
        titre=source.titre,
        date_source=source.date_source,
        verifie_le=source.verifie_le,
    )


def to_contact_json(contact: Contact) -> ContactJson:
    """A contact with its source."""
    return ContactJson(
        organisme=contact.organisme,
        role=contact.role,
        telephone=contact.telephone,
        courriel=contact.courriel,
        site=contact.site,
        adresse=contact.adresse,
        commune=contact.commune,
        code_departement=contact.code_departement,
        precision=contact.precision,
        distance_km=contact.distance_km,
        source=to_source_json(contact.source),
        verifie_le=contact.verifie_le,
    )


def to_parcours_json(parcours: Parcours) -> ParcoursJson:
    """A parcours with its steps."""
    return ParcoursJson(
        id=parcours.id,
        nature=parcours.nature,
        resume=parcours.resume,
        duree_semaines=parcours.duree_semaines,
        etapes=[_to_etape_json(etape) for etape in parcours.etapes],
        points_de_vigilance=list(parcours.points_de_vigilance),
    )


def _to_etape_json(etape: Etape) -> EtapeJson:
    lien = None
    if etape.lien_statut and etape.lien_phrase:
        source = to_source_json(etape.lien.source) if etape.lien else None
        lien = LienJson(statut=etape.lien_statut.value, phrase=etape.lien_phrase, source=source)
    return EtapeJson(
        rang=etape.rang,
        dispositif=etape.dispositif.id,
        formation=etape.formation_id,
        titre=etape.titre,
        resume=etape.dispositif.resume,
        pourquoi=etape.pourquoi,
        verdict=etape.verdict.value,
        en_parallele=etape.en_parallele,
        duree=etape.duree,
        cout=etape.cout,
        remuneration=etape.remuneration,
        a_faire=etape.a_faire,
        a_verifier=list(etape.a_verifier),
        contacts=[to_contact_json(contact) for contact in etape.contacts],
        source=to_source_json(etape.source),
        lien=lien,
    )


def to_question_json(question: QuestionSuivante | None) -> QuestionJson | None:
    """The next question, or None."""
    if question is None:
        return None
    return QuestionJson(
        critere=question.critere,
        texte=question.texte,
        pourquoi=question.pourquoi,
        choix=[ChoixJson(valeur=choix.valeur, libelle=choix.libelle) for choix in question.choix],
        sensible=question.sensible,
    )


def to_json(modele: Any) -> dict[str, Any]:
    """A JSON-ready mapping of any of these shapes."""
    resultat: dict[str, Any] = modele.model_dump(mode="json")
    return resultat
