"""What a parcours must reach: the acquis that the needs imply and that the situation does not have yet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from knowledge.model import Situation
from knowledge.referentiel import Besoin, Referentiels
from knowledge.rules.conditions import evaluate_regle

_SEUIL_PREQUALIFICATION = 2
"""Up to this level, an entry is prepared: "accès à la qualification" (Pacte l.12044-12046), "accès renforcé" to
alternance (l.3333-3335, 3362-3366)."""

_PREPARATIONS = {"qualification": "prequalification", "alternance": "preparation-alternance"}

_SEUIL_CLEA = 3
"""Up to this level, the CléA certificate can be aimed at on the way (clea.yml)."""

_TERMES = ("experience-reconnue", "alternance", "emploi", "activite-creee")
"""Ends of a parcours a person may ask for; then the qualification that the bases lead to is not imposed."""

_FAMILLE_DES_BASES = "apprendre-les-bases"
_FINANCEMENT = ("financement",)

_OBSTACLES = (("sans_revenu", "avoir-un-revenu"), ("enfants_a_garder", "faire-garder-mes-enfants"))
"""Facts that are an obstacle by themselves, with the need that handles it alongside the other steps."""


def find_buts(
    besoins: Iterable[str],
    situation: Situation,
    referentiels: Referentiels,
    *,
    certificat: bool = False,
    autre_voie: bool = False,
) -> tuple[str, ...]:
    """Ids of acquis to reach one after the other, in the natural order (bases, project, qualification, job).

    Needs led alongside (housing, income…) are not in it: see ``find_buts_paralleles``. Acquis that the situation already
    gives are left out, unless nothing would be left. ``certificat`` adds the CléA on the way when the bases are aimed at.
    ``autre_voie`` takes the other way when a diploma can come from experience or from a course.
    """
    voulus = _collect(besoins, situation, referentiels, autre_voie)
    niveau = situation.niveau_diplome
    dehors = situation.sous_main_de_justice != "detention"  # in detention one course prepares and qualifies
    if dehors and niveau is not None and niveau <= _SEUIL_PREQUALIFICATION:
        voulus += [avant for but, avant in _PREPARATIONS.items() if but in voulus]
    if certificat and "savoirs-de-base" in voulus and niveau is not None and niveau <= _SEUIL_CLEA:
        voulus.append("socle-cle-a")
    ordonnes = sorted(
        dict.fromkeys(voulus), key=lambda but: (referentiels.acquis[but].phase, voulus.index(but))
    )
    restants = [but for but in ordonnes if not has_acquis(but, situation, referentiels)]
    return tuple(restants or ordonnes[-1:])


def _collect(
    besoins: Iterable[str], situation: Situation, referentiels: Referentiels, autre_voie: bool
) -> list[str]:
    """The acquis of the needs, without those another one makes useless."""
    principaux = _find_principaux(besoins, referentiels)
    voulus = [but for besoin in principaux for but in besoin.buts]
    demandes = {but for besoin in principaux if besoin.famille != _FAMILLE_DES_BASES for but in besoin.buts}
    inutiles = set()
    if demandes & set(_TERMES) and "qualification" not in demandes:
        inutiles.add("qualification")
    if "experience-reconnue" in voulus:
        inutiles |= _choose_voie(voulus, demandes, situation, autre_voie)
    if "alternance" in voulus:
        inutiles.add("qualification")
    if "qualification" in voulus:
        inutiles.add("competences-a-jour")
    if "qualification" in demandes and situation.projet in ("aucun", "idee"):
        voulus.append("projet")
    return [but for but in voulus if but not in inutiles]


def _choose_voie(
    voulus: Sequence[str], demandes: Collection[str], situation: Situation, autre_voie: bool
) -> set[str]:
    """Goals to leave out so that one diploma is not sought twice: by experience, or by a course.

    The need named first decides. What is validated in part already is finished by a course (Pacte l.12020-12021).
    """
    if "qualification" not in demandes:
        return set() if "projet" in demandes else {"projet"}
    if situation.validation_partielle:
        return {"experience-reconnue"}
    par_experience = voulus.index("experience-reconnue") < voulus.index("qualification")
    if par_experience is autre_voie:
        return {"experience-reconnue", "choix-de-certification"}
    return {"qualification"}


def _find_principaux(besoins: Iterable[str], referentiels: Referentiels) -> list[Besoin]:
    """The needs that make the main steps: paying for a course is one only when nothing else is asked."""
    connus = [referentiels.besoins[identifiant] for identifiant in dict.fromkeys(besoins)]
    principaux = [besoin for besoin in connus if not besoin.en_parallele]
    sans_financement = [besoin for besoin in principaux if besoin.buts != _FINANCEMENT]
    return sans_financement or principaux


def find_buts_paralleles(
    besoins: Iterable[str], situation: Situation, referentiels: Referentiels
) -> tuple[tuple[str, str], ...]:
    """(besoin, acquis) pairs handled beside the main steps: the needs in the order given, then the known obstacles."""
    demandes = dict.fromkeys(besoins)
    principaux = {besoin.id for besoin in _find_principaux(demandes, referentiels)}
    demandes.update((besoin, None) for critere, besoin in _OBSTACLES if situation.get(critere) is True)
    return tuple(
        (identifiant, but)
        for identifiant in demandes
        if identifiant not in principaux
        for but in referentiels.besoins[identifiant].buts
    )


def has_acquis(acquis: str, situation: Situation, referentiels: Referentiels) -> bool:
    """Whether the known facts already give this acquis; an unknown fact gives nothing."""
    regle = referentiels.acquis[acquis].acquis_si
    return regle is not None and evaluate_regle(regle, situation, referentiels.criteres) is True
