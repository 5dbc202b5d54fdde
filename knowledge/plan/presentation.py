"""Chains of steps turned into what a person reads: why each, what to check, whom to contact, what could break."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from knowledge.catalogue_model import TYPES_DE_PARCOURS, Formation
from knowledge.model import (
    Contact,
    Dispositif,
    Duree,
    Etape,
    Parcours,
    Reponse,
    Situation,
    Source,
    StatutLien,
    Verdict,
)
from knowledge.plan.monde import Chaine, Maillon
from knowledge.plan.vigilance import iter_vigilance
from knowledge.referentiel import Referentiels
from knowledge.rules.entree import evaluate_formation
from knowledge.rules.phrases import describe_faits
from knowledge.search import Index, iter_formations, order_contacts
from knowledge.territoires import Territoires

_CONTACTS_MAX = 6
_FORMATIONS_EXAMINEES = 60
_HEURES_PAR_SEMAINE = 35
_RESUMES = {
    "recommande": "Le parcours conseillé",
    "court": "Le plus court",
    "soutenu": "Le plus sûr : des liens déjà prévus",
    "paye": "Payé du début à la fin",
    "autre": "Une autre possibilité",
}
_LIENS = {
    StatutLien.ETABLI: "Le passage de l'étape d'avant à celle-ci est prévu.",
    StatutLien.PRIORITAIRE: "Après l'étape d'avant, vous êtes prioritaire ici.",
    StatutLien.SOUHAITE: "Le passage de l'étape d'avant à celle-ci est souhaité, mais pas garanti : demandez-le.",
    StatutLien.DEDUIT: "Cette suite est logique, mais aucun document ne la garantit : parlez-en à un conseiller.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Presentation:
    """What is needed to write the steps: labels, places, contacts by need, and the day for freshness."""

    referentiels: Referentiels
    territoires: Territoires
    index: Index
    contacts: Sequence[Contact]
    jour: date
    metier_hors_offre: str | None = None

    def to_parcours(
        self,
        chaine: Chaine,
        *,
        nature: str,
        situation: Situation,
        paralleles: Sequence[tuple[str, Maillon | None]],
    ) -> Parcours:
        """A parcours with its main steps ranked from 1, then the steps led alongside, and what could break it."""
        principaux = [
            self._to_etape(maillon, rang + 1, situation) for rang, maillon in enumerate(chaine.maillons)
        ]
        deja = {etape.dispositif.id for etape in principaux}
        suite = len(principaux)
        for besoin, maillon in paralleles:
            if maillon is not None and maillon.dispositif.id not in deja:
                deja.add(maillon.dispositif.id)
                suite += 1
                principaux.append(self._to_etape(maillon, suite, situation, parallele=besoin))
        ids = [etape.dispositif.id for etape in principaux]
        return Parcours(
            id="-".join([nature, *ids])[:120],
            nature=nature,
            resume=f"{_RESUMES[nature]} : " + _write_resume(principaux),
            duree_semaines=_sum_semaines(
                etape.dispositif.duree for etape in principaux if not etape.en_parallele
            ),
            etapes=tuple(principaux),
            points_de_vigilance=(
                *self._iter_metier(),
                *iter_vigilance(
                    principaux, chaine.manques, situation, referentiels=self.referentiels, jour=self.jour
                ),
            ),
        )

    def _iter_metier(self) -> Iterator[str]:
        """The métier aimed at when none of our formations leads to it: better said than let hoped for."""
        if self.metier_hors_offre:
            yield (
                f"Métier « {self.metier_hors_offre} » : aucune formation de notre base n'y mène. "
                "Un conseiller peut vous dire où il s'apprend."
            )

    def _to_etape(
        self, maillon: Maillon, rang: int, situation: Situation, *, parallele: str | None = None
    ) -> Etape:
        dispositif = maillon.dispositif
        evaluation = self.index.carnet.evaluate(dispositif, maillon.avant, self.jour)
        formation, reserves = self._find_formation(dispositif, maillon.avant)
        titre = dispositif.nom_et_sigle
        return Etape(
            rang=rang,
            dispositif=dispositif,
            formation_id=formation.id if formation else None,
            titre=f"{titre} : {formation.intitule}" if formation else titre,
            pourquoi=self._write_pourquoi(maillon, parallele, situation),
            # What reaches a goal of the chain is one of its steps, even an aid that usually goes alongside.
            en_parallele=parallele is not None or (dispositif.en_parallele and not maillon.acquis),
            acquis=maillon.acquis,
            duree=write_duree(dispositif.duree),
            cout=write_reponse(dispositif.cout),
            remuneration=write_reponse(dispositif.remuneration),
            a_faire=dispositif.a_faire,
            a_verifier=(*evaluation.a_verifier, *reserves),
            contacts=self._find_contacts(dispositif, situation, parallele),
            source=find_source(dispositif),
            verdict=_lower_verdict(evaluation.verdict, reserves),
            lien=maillon.lien,
            lien_statut=maillon.statut,
            lien_phrase=_LIENS[maillon.statut] if maillon.statut else None,
        )

    def _find_formation(
        self, dispositif: Dispositif, situation: Situation
    ) -> tuple[Formation | None, tuple[str, ...]]:
        """The formation of the métier aimed at, for the steps that are a family of formations, and what it asks.

        One that the person can enter comes before one that she cannot, then those offered nearby.
        """
        type_ = TYPES_DE_PARCOURS.get(dispositif.id)
        if type_ is None or situation.code_rome is None:
            return None, ()
        commune = self.territoires.get_commune(situation.code_insee) if situation.code_insee else None
        bassin = self.territoires.bassin_of(commune) if commune else None
        premiere: tuple[Formation | None, tuple[str, ...]] = (None, ())
        trouvees = iter_formations(
            self.index, code_rome=situation.code_rome, type_=type_, bassin=bassin or None
        )
        for formation in islice(trouvees, _FORMATIONS_EXAMINEES):
            jugee = evaluate_formation(
                formation, situation, types=(type_,), referentiels=self.referentiels, jour=self.jour
            )
            if jugee.verdict is not Verdict.NON_ELIGIBLE:
                return formation, jugee.a_verifier
            premiere = premiere if premiere[0] else (formation, jugee.a_verifier)
        return premiere

    def _write_pourquoi(self, maillon: Maillon, parallele: str | None, situation: Situation) -> str:
        dispositif = maillon.dispositif
        phrases = []
        if maillon.rend_possible:
            phrases.append(f"Il faut le faire avant : {maillon.rend_possible}.")
        elif maillon.acquis:
            libelles = [self.referentiels.acquis[acquis].libelle for acquis in maillon.acquis]
            phrases.append("But de cette étape : " + ", ".join(libelles) + ".")
        else:
            phrases.append(dispositif.resume)
        precision = next((b.precision for b in dispositif.besoins if b.id == parallele and b.precision), None)
        if precision:
            phrases.append(precision)
        faits = dict.fromkeys(
            describe_faits(condition.regle, situation, self.referentiels)
            for condition in dispositif.conditions
            if condition.regle is not None
        )
        connus = [fait for fait in faits if fait]
        if connus:
            phrases.append("Pour vous : " + ", ".join(connus) + ".")
        return " ".join(phrases)

    def _find_contacts(
        self, dispositif: Dispositif, situation: Situation, parallele: str | None
    ) -> tuple[Contact, ...]:
        """Nearest contacts of the record, then the advisers of its needs, so that there is always someone to call."""
        propres = order_contacts(dispositif.contacts, situation, self.territoires)
        besoins = {parallele} if parallele else set(dispositif.ids_besoins)
        if any(contact.telephone or contact.site or contact.courriel for contact in propres):
            return propres[:_CONTACTS_MAX]
        generaux = [contact for contact in self.contacts if besoins & set(contact.besoins)]
        return (*propres[: _CONTACTS_MAX - 2], *generaux[:2])


def _lower_verdict(verdict: Verdict, reserves: Sequence[str]) -> Verdict:
    """An open step is only "to be checked" while its formation asks for something not known, or not fulfilled, yet."""
    return Verdict.INDETERMINE if reserves and verdict is Verdict.ELIGIBLE else verdict


def _write_resume(etapes: Sequence[Etape]) -> str:
    """The main steps one after the other, or those led alongside when there is nothing else."""
    principales = [etape.titre for etape in etapes if not etape.en_parallele]
    return " → ".join(principales) or ", ".join(etape.titre for etape in etapes)


def find_source(dispositif: Dispositif) -> Source:
    """The source shown for a step: the one of its first condition, else of its first need."""
    for condition in dispositif.conditions:
        return condition.source
    source = dispositif.besoins[0].source
    assert source is not None  # a besoin always has a source: refused at load otherwise
    return source


def write_duree(duree: Duree) -> str | None:
    """The length in words: « de 70 à 945 heures »; None when the source does not say it."""
    for mini, maxi, unite in (
        (duree.heures_min, duree.heures_max, "heures"),
        (duree.semaines_min, duree.semaines_max, "semaines"),
    ):
        if mini is not None and maxi is not None and mini != maxi:
            return f"de {mini} à {maxi} {unite}"
        if maxi is not None and mini is None:
            return f"{maxi} {unite} au plus"
        if mini is not None:
            return f"{mini} {unite}" if mini == maxi else f"au moins {mini} {unite}"
    return duree.precision


def write_reponse(reponse: Reponse) -> str | None:
    """Paid or not, free or not, in words; None when the source does not say it."""
    if reponse.statut == "non_precise":
        return None
    mots = {
        "oui": "Oui",
        "non": "Non",
        "selon_situation": "Selon votre situation",
        "gratuit": "Gratuit",
        "payant": "Payant",
    }
    texte = mots[reponse.statut]
    if reponse.montant_euros:
        texte += f" : {reponse.montant_euros} €"
    return f"{texte}. {reponse.precision}" if reponse.precision else texte


def _sum_semaines(durees: Iterable[Duree]) -> int | None:
    """Total length in weeks at most (35 h a week); None as soon as one length is not known."""
    total = 0.0
    for duree in durees:
        semaines = duree.semaines_max or duree.semaines_min
        heures = duree.heures_max or duree.heures_min
        if semaines is None and heures is None:
            return None
        total += semaines if semaines is not None else (heures or 0) / _HEURES_PAR_SEMAINE
    return round(total) or None
