"""How well the dialogue understands messages nobody tuned it on: ``make evaluer``.

Usage: ``python -m outils.evaluer [--erreurs]`` from the project's root, with a trained model. Prints one table per
question: needs by register and language, out of scope, emergencies, commands, facts by key, places. ``--erreurs`` lists
what was missed; those lists are for finding general ideas, never for copying a sentence into the training data.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from knowledge import Base, load_base, normalize, read_faits
from outils.commande_rasa import MODELE, RACINE
from outils.jeux_evaluation import Phrase, iter_besoins, iter_hors_sujet, read_jeu

JOUR = date(2026, 11, 21)
_TEXTE_LIBRE = frozenset({"metier_vise", "experience_domaine"})
_SUIT_UN_AUTRE = frozenset({"code_rome", "code_insee", "code_departement"})
_CONFUSIONS_MONTREES = 12


def parse_all(textes: Sequence[str]) -> list[dict[str, Any]]:
    """What the trained model makes of each message, as the API's recognition sees it."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    from rasa.core.agent import Agent
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.WARNING)

    from bot.server import to_reconnaissance

    agent = Agent.load(str(RACINE / MODELE))

    async def parse() -> list[dict[str, Any]]:
        lus = [await agent.parse_message(texte) for texte in textes]
        return [{**to_reconnaissance(lu), "doute": bool(lu.get("doute_urgence"))} for lu in lus]

    return asyncio.run(parse())


def show_taux(nom: str, bons: int, total: int, suite: str = "") -> None:
    """One line of a table."""
    print(f"  {nom:28}{bons / total:7.1%}{total:7} messages  {suite}" if total else f"  {nom:28}    –")


def measure_besoins(phrases: Sequence[Phrase], lus: Sequence[dict[str, Any]]) -> list[tuple[Phrase, Any]]:
    """Tables of needs: first proposal, first three, refused; returns the misses."""
    notes: dict[str, list[tuple[bool, bool, bool]]] = defaultdict(list)
    confusions: Counter[tuple[str, str]] = Counter()
    manques = []
    for phrase, lu in zip(phrases, lus, strict=True):
        trouves = [besoin["id"] for besoin in lu["besoins"]]
        premier = bool(trouves) and trouves[0] in phrase.besoins
        note = (premier, any(t in phrase.besoins for t in trouves[:3]), bool(lu["hors_sujet"]))
        cles = [f"langue {phrase.langue}"] if phrase.jeu == "langues" else [phrase.jeu, "français"]
        for cle in [*cles, "autres langues"] if phrase.jeu == "langues" else cles:
            notes[cle].append(note)
        if not premier:
            confusions[phrase.besoins[0], trouves[0] if trouves else "rien"] += 1
            manques.append((phrase, trouves[:3] or lu["intent"]))
    print("\nBesoins : le premier proposé est juste")
    for cle, lignes in notes.items():
        trois = sum(ligne[1] for ligne in lignes) / len(lignes)
        refuses = sum(ligne[2] for ligne in lignes) / len(lignes)
        suite = f"dans les trois premiers {trois:6.1%}   refusés {refuses:5.1%}"
        show_taux(cle, sum(ligne[0] for ligne in lignes), len(lignes), suite)
    print("\nConfusions les plus fréquentes (attendu → proposé)")
    for (attendu, propose), nombre in confusions.most_common(_CONFUSIONS_MONTREES):
        print(f"  {nombre:4}  {attendu} → {propose}")
    return manques


def measure_hors_sujet(phrases: Sequence[Phrase], lus: Sequence[dict[str, Any]]) -> list[tuple[Phrase, Any]]:
    """Share of out-of-scope messages politely declined."""
    print("\nHors sujet reconnu")
    manques = [(p, lu["besoins"][:1]) for p, lu in zip(phrases, lus, strict=True) if not lu["hors_sujet"]]
    show_taux("hors sujet", len(phrases) - len(manques), len(phrases))
    return manques


def measure_urgences(
    lignes: Sequence[dict[str, Any]], lus: Sequence[dict[str, Any]]
) -> list[tuple[Any, Any]]:
    """Emergencies missed and false alarms; then the numbers to call said before the answer, in doubt."""
    manques, fausses, total = [], [], 0
    rappels: Counter[bool] = Counter()
    for ligne, lu in zip(lignes, lus, strict=True):
        attendues = ligne["urgence"] if isinstance(ligne["urgence"], list) else [ligne["urgence"]]
        urgence = lu["intent"] if lu["intent"].startswith("urgence_") else None
        rappels[attendues != [None]] += lu["doute"]
        if attendues == [None]:
            fausses += [(ligne, urgence)] if urgence else []
            continue
        total += 1
        # Another emergency still gives numbers to call: what must never happen is no answer at all.
        manques += [] if urgence else [(ligne, lu["intent"])]
    print("\nUrgences")
    show_taux("urgence reconnue", total - len(manques), total)
    autres = len(lignes) - total
    show_taux("sans danger, laissé passer", autres - len(fausses), autres, f"{len(fausses)} fausses alertes")
    show_taux("reconnue ou numéros donnés", total - len(manques) + rappels[True], total)
    show_taux("sans danger, rien d'ajouté", autres - len(fausses) - rappels[False], autres)
    return manques + fausses


def measure_intentions(
    lignes: Sequence[dict[str, Any]], lus: Sequence[dict[str, Any]]
) -> list[tuple[Any, Any]]:
    """Commands and small talk."""
    print("\nCommandes et politesses")
    manques = [
        (ligne, lu["intent"])
        for ligne, lu in zip(lignes, lus, strict=True)
        if lu["intent"] != ligne["intention"]
    ]
    show_taux("intention juste", len(lignes) - len(manques), len(lignes))
    return manques


def is_juste(cle: str, attendu: Any, trouve: Any) -> bool:
    """Whether a value found is one of those that are right."""
    acceptes = attendu if isinstance(attendu, list) else [attendu]
    if trouve is None:
        return None in acceptes
    if cle in _TEXTE_LIBRE:
        plie = normalize(str(trouve))
        return len(plie.split()) <= 6 and any(a is not None and normalize(str(a)) in plie for a in acceptes)
    return any(a is not None and type(a) is type(trouve) and a == trouve for a in acceptes)


def iter_trouves(message: dict[str, Any], lus: dict[str, Any]) -> Iterator[str]:
    """Keys of the facts found that count: what merely follows from another fact is not counted when nobody asked for it."""
    for cle, valeur in lus.items():
        if valeur is not None and not (
            cle in _SUIT_UN_AUTRE and cle not in message["faits"] and cle not in message["absents"]
        ):
            yield cle


def find_erreurs(message: dict[str, Any], lus: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What was missed, wrong or invented in a message: expected and found, by key; empty when all is right."""
    exiges = message["faits"]
    erreurs = {
        cle: (attendu, lus.get(cle))
        for cle, attendu in exiges.items()
        if not is_juste(cle, attendu, lus.get(cle))
    }
    return erreurs | {cle: ("rien", lus[cle]) for cle in iter_trouves(message, lus) if cle not in exiges}


def measure_faits(base: Base, messages: Iterable[dict[str, Any]]) -> list[tuple[Any, Any]]:
    """Facts by key: found among those expected, and wrong or invented among those found."""
    attendus, justes, trouves, faux = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    manques = []
    for message in messages:
        lus = dict(read_faits(message["texte"], base=base, question=message["question"], jour=JOUR).faits)
        erreurs = find_erreurs(message, lus)
        for cle, attendu in message["faits"].items():
            exige = not (isinstance(attendu, list) and None in attendu)
            attendus[cle] += exige
            justes[cle] += exige and is_juste(cle, attendu, lus.get(cle))
        for cle in iter_trouves(message, lus):
            trouves[cle] += 1
            faux[cle] += cle in erreurs
        if erreurs:
            manques.append((message, erreurs))
    print("\nFaits lus : trouvés parmi les attendus, faux parmi les trouvés")
    for cle in sorted(attendus | trouves, key=lambda cle: -attendus[cle]):
        _show_fait(cle, justes[cle], attendus[cle], faux[cle], trouves[cle])
    _show_fait("ENSEMBLE", justes.total(), attendus.total(), faux.total(), trouves.total())
    return manques


def _show_fait(nom: str, justes: int, attendus: int, faux: int, trouves: int) -> None:
    rappel = f"{justes / attendus:7.1%} de {attendus:<5}" if attendus else "      –         "
    erreur = f"{faux / trouves:7.1%} de {trouves}" if trouves else "      –"
    print(f"  {nom:28}{rappel}  faux {erreur}")


def measure_lieux(base: Base, lignes: Sequence[dict[str, Any]]) -> list[tuple[Any, Any]]:
    """Places as typed in the place field: the first proposal is acceptable."""
    manques = []
    for ligne in lignes:
        if "departement" in ligne:
            departement = base.territoires.find_departement(ligne["texte"])
            trouve = departement.code if departement else None
            juste = trouve == ligne["departement"]
        else:
            communes = base.territoires.find_communes(ligne["texte"], 1)
            trouve = communes[0].commune.code_insee if communes else None
            juste = trouve in ligne["insee"]
        manques += [] if juste else [(ligne, trouve)]
    print("\nLieux")
    show_taux("premier lieu juste", len(lignes) - len(manques), len(lignes))
    return manques


def main(arguments: Sequence[str]) -> int:
    """Measure everything; 1 when there is no model."""
    if not (RACINE / MODELE).is_file():
        print("Le modèle de dialogue manque : lancez « make entrainer ».", file=sys.stderr)
        return 1
    base = load_base()
    besoins, hors_sujet = list(iter_besoins()), list(iter_hors_sujet())
    urgences, commandes = read_jeu("urgences")["phrases"], read_jeu("conversation")["phrases"]
    lots = [[p.texte for p in besoins], [p.texte for p in hors_sujet]]
    lots += [[ligne["texte"] for ligne in urgences], [ligne["texte"] for ligne in commandes]]
    lus = parse_all([texte for lot in lots for texte in lot])
    decoupes, debut = [], 0
    for lot in lots:
        decoupes.append(lus[debut : debut + len(lot)])
        debut += len(lot)
    manques = {
        "besoins": measure_besoins(besoins, decoupes[0]),
        "hors sujet": measure_hors_sujet(hors_sujet, decoupes[1]),
        "urgences": measure_urgences(urgences, decoupes[2]),
        "commandes": measure_intentions(commandes, decoupes[3]),
        "faits": measure_faits(base, read_jeu("faits")["messages"]),
        "lieux": measure_lieux(base, read_jeu("lieux")["lieux"]),
    }
    if "--erreurs" in arguments:
        for nom, liste in manques.items():
            print(f"\n== Manqués : {nom}")
            for ligne, trouve in liste:
                texte = ligne.texte if isinstance(ligne, Phrase) else ligne["texte"]
                print(f"  {texte!r}  →  {trouve}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
