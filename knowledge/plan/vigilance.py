"""What could break a parcours, said before the person starts: gaps, money, detention, steps that may not exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from knowledge.model import Etape, Situation, Source, StatutLien, Verdict
from knowledge.referentiel import Referentiels

_JOURS_FRAICHEUR = 365


def iter_vigilance(
    etapes: Sequence[Etape],
    manques: Iterable[str],
    situation: Situation,
    *,
    referentiels: Referentiels,
    jour: date,
) -> Iterator[str]:
    """What could break the chain, most serious first, each as one sentence."""
    for manque in manques:
        yield f"Nous n'avons rien trouvé pour : {referentiels.acquis[manque].libelle}. Parlez-en à un conseiller."
    yield from _iter_revenu(etapes, situation)
    if situation.sous_main_de_justice == "detention":
        yield "Vous êtes en détention : parlez de chaque étape au SPIP (service pénitentiaire d'insertion)."
    for etape in etapes:
        if etape.verdict is Verdict.INDETERMINE:
            yield f"À vérifier avant d'y aller : {etape.titre}."
    for etape in etapes:
        if etape.dispositif.etat != "en_vigueur":
            yield f"{etape.titre} : le document en parle comme d'un projet ou d'un essai. Demandez si cela existe."
    if any(etape.lien_statut is StatutLien.SOUHAITE for etape in etapes):
        yield "Un passage entre deux étapes est souhaité, mais pas garanti."
    if any(is_perime(etape.source, jour) for etape in etapes):
        yield "Des informations datent de plus d'un an : appelez pour vérifier avant de vous déplacer."


def _iter_revenu(etapes: Sequence[Etape], situation: Situation) -> Iterator[str]:
    """What is not paid, or may not be: graver for someone without income, with what to ask."""
    non_payees = _join(etape for etape in etapes if etape.dispositif.remuneration.statut == "non")
    if not situation.sans_revenu:
        if non_payees:
            yield f"Ceci n'est pas payé : {non_payees}."
        return
    if non_payees:
        yield (
            f"Vous êtes sans revenu et ceci n'est pas payé : {non_payees}. "
            "Demandez avant d'entrer si une aide ou une rémunération est possible."
        )
    inconnues = _join(
        etape
        for etape in etapes
        if etape.dispositif.remuneration.statut == "non_precise" and not etape.en_parallele
    )
    if inconnues:
        yield f"Vous êtes sans revenu et nous ne savons pas si ceci est payé : {inconnues}. Demandez-le avant d'entrer."


def _join(etapes: Iterable[Etape]) -> str:
    return ", ".join(etape.titre for etape in etapes)


def is_perime(source: Source, jour: date) -> bool:
    """Whether a fact was last checked, or written, more than a year ago (or never)."""
    dernier = source.verifie_le or source.date_source
    return dernier is None or (jour - dernier).days > _JOURS_FRAICHEUR
