"""French sentences made from the rules the machine runs, so that what is read is what is applied."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge.model import AVerifier, Condition, Regle, Situation, Test, Valeur
from knowledge.referentiel import Critere, Referentiels
from knowledge.rules.conditions import iter_tests

_AGES = {"entre": "de {0} à {1} ans", "au_moins": "{0} ans ou plus", "au_plus": "{0} ans au plus"}
_GRANDEURS = {"entre": "de {0} à {1}", "au_moins": "{0} ou plus", "au_plus": "{0} au plus"}


def capitalize(texte: str) -> str:
    """The text with a capital first letter, the rest untouched.

    >>> capitalize("durée en mois")
    'Durée en mois'
    """
    return texte[:1].upper() + texte[1:]


def describe_condition(condition: Condition, referentiels: Referentiels) -> str:
    """The rule of a condition as an infinitive clause: « avoir de 16 à 25 ans »."""
    if condition.lieu:
        return f"habiter dans ce territoire : {condition.lieu}"
    if condition.regle is None:
        return _lower(condition.precision or condition.id).rstrip(".")
    return describe_regle(condition.regle, referentiels)


def describe_regle(regle: Regle, referentiels: Referentiels) -> str:
    """A rule as an infinitive clause; groups are joined with « et », « ou bien », « ni »."""
    if isinstance(regle, Test):
        return describe_test(regle, referentiels)
    if isinstance(regle, AVerifier):
        return _lower(regle.texte).rstrip(".")
    membres = [describe_regle(membre, referentiels) for membre in regle.membres]
    if regle.mode == "toutes":
        return " et ".join(membres)
    if regle.mode == "une_de":
        return " ou bien ".join(membres)
    return "ne pas être dans ce cas : " + " ; ".join(membres)


def describe_test(test: Test, referentiels: Referentiels) -> str:
    """One comparison as an infinitive clause."""
    critere = referentiels.criteres[test.critere]
    if critere.type == "booleen":
        return critere.regles["oui" if test.valeurs[0] else "non"]
    libelles = [describe_valeur(critere, valeur, referentiels) for valeur in test.valeurs]
    if critere.cle == "age_ans":
        return "avoir " + _AGES.get(test.operateur, "{0} ans").format(*libelles)
    if critere.cle == "niveau_diplome":
        return _describe_niveau(test, libelles)
    if critere.cle == "experience_mois" and test.operateur == "au_moins" and test.valeurs == (1,):
        return "avoir déjà travaillé"  # one month is the least there is: any experience
    if critere.cle == "experience_mois":
        return (
            "avoir "
            + _GRANDEURS.get(test.operateur, "{0}").format(*map(describe_mois, test.valeurs))
            + " d'expérience"
        )
    if critere.cle == "niveau_francais":
        return "parler français : niveau " + _GRANDEURS.get(test.operateur, "{0}").format(*libelles)
    if critere.cle == "code_departement":
        return "habiter dans le département " + _join(libelles)
    phrases = [_with_verbe(libelle) for libelle in libelles]
    if all(phrase.startswith("avoir ") for phrase in phrases):
        return "avoir " + _join(libelles)
    return _join(phrases)


def _with_verbe(libelle: str) -> str:
    """What one has or is, with its verb.

    >>> _with_verbe("en détention"), _with_verbe("une peine aménagée")
    ('être en détention', 'avoir une peine aménagée')
    >>> _with_verbe("pas d'idée de métier"), _with_verbe("aucun contrat")
    ("ne pas avoir d'idée de métier", "n'avoir aucun contrat")
    """
    if libelle.startswith("pas "):
        return f"ne pas avoir {libelle[4:]}"
    if libelle.startswith("aucun"):
        return f"n'avoir {libelle}"
    return f"{'être' if libelle.startswith('en ') else 'avoir'} {libelle}"


def _describe_niveau(test: Test, libelles: list[str]) -> str:
    if test.operateur == "au_plus":
        return f"ne pas avoir de diplôme plus haut que : {libelles[0]}"
    if test.operateur == "au_moins":
        return f"avoir au moins ce niveau : {libelles[0]}"
    if test.operateur == "entre":
        return f"avoir un niveau entre : {libelles[0]} et {libelles[1]}"
    return "avoir le niveau : " + _join(libelles)


def describe_valeur(critere: Critere, valeur: Valeur, referentiels: Referentiels) -> str:
    """A value as people say it: « CAP, BEP (niveau 3) », « un projet de métier confirmé »."""
    if critere.cle == "niveau_diplome" and isinstance(valeur, int):
        return f"{referentiels.niveaux[valeur].libelle} (niveau {valeur})" if valeur else "sans diplôme"
    return critere.libelles.get(str(valeur), str(valeur))


def describe_mois(valeur: Valeur) -> str:
    """A number of months as people say it.

    >>> describe_mois(24), describe_mois(6), describe_mois(12)
    ('2 ans', '6 mois', '1 an')
    """
    mois = int(valeur)
    if mois >= 12 and mois % 12 == 0:
        return f"{mois // 12} an{'s' if mois >= 24 else ''}"
    return f"{mois} mois"


def describe_fait(critere: Critere, valeur: Valeur, referentiels: Referentiels) -> str:
    """A fact of the person, said to the person: « vous avez 22 ans »."""
    if critere.type == "booleen":
        return critere.faits["oui" if valeur else "non"]
    if critere.cle == "niveau_diplome" and valeur == 0:
        return "vous n'avez pas de diplôme"
    if critere.cle == "experience_mois":
        return f"vous avez {describe_mois(valeur)} d'expérience"
    if critere.cle == "code_departement":
        return f"vous habitez dans le {valeur}"
    if dit := critere.faits.get(str(valeur)):
        return dit
    return (critere.fait or "votre réponse : {valeur}").format(
        valeur=describe_valeur(critere, valeur, referentiels)
    )


def describe_faits(regle: Regle, situation: Situation, referentiels: Referentiels) -> str:
    """The known facts a rule looks at, joined; empty when none is known."""
    faits = {}
    for test in iter_tests(regle):
        valeur = situation.get(test.critere)
        if valeur is not None:
            faits[test.critere] = describe_fait(referentiels.criteres[test.critere], valeur, referentiels)
    return ", ".join(faits.values())


def write_raison(
    condition: Condition, *, verite: bool | None, situation: Situation, referentiels: Referentiels
) -> str:
    """The sentence of a reason: the person's fact, then the rule; what is missing when it is not known."""
    regle = describe_condition(condition, referentiels)
    faits = describe_faits(condition.regle, situation, referentiels) if condition.regle else ""
    if condition.lieu and situation.commune and faits:
        faits = f"vous habitez à {situation.commune} ({situation.code_departement})"
    if verite is None:
        return f"À vérifier : il faut {regle}."
    if verite:
        return f"{capitalize(faits)} : c'est bon. La règle : {regle}." if faits else f"C'est bon : {regle}."
    return f"{capitalize(faits)}. Il faut {regle}." if faits else f"Il faut {regle}."


def write_priorite(condition: Condition, situation: Situation, referentiels: Referentiels) -> str:
    """Why the person is among the "public prioritaire"."""
    faits = describe_faits(condition.regle, situation, referentiels) if condition.regle else ""
    return f"Vous êtes prioritaire : {faits}."


def _join(mots: Iterable[str]) -> str:
    liste = list(mots)
    return liste[0] if len(liste) == 1 else ", ".join(liste[:-1]) + " ou " + liste[-1]


def _lower(texte: str) -> str:
    return texte[:1].lower() + texte[1:]
