"""Each record as plain French for review, and the JSON Schemas editors use: ``make fiches``.

``python -m knowledge.fiches --verifier`` writes nothing and fails when a generated file is stale.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from knowledge.catalogue_model import Formation
from knowledge.fichiers import SCHEMAS
from knowledge.loader import load_catalogue
from knowledge.model import Condition, Dispositif, Mention, Reponse, Source
from knowledge.plan.presentation import write_duree, write_reponse
from knowledge.referentiel import Referentiels
from knowledge.rules.phrases import describe_condition

RACINE = Path(__file__).parent.parent
FICHES = RACINE / "tests" / "knowledge" / "fiches"
SCHEMAS_JSON = RACINE / "knowledge" / "schemas"


def write_fiche(dispositif: Dispositif, referentiels: Referentiels) -> str:
    """One record as a short document in French, every sentence made from the data, with its coverage."""
    lignes = [f"# {dispositif.nom}", "", dispositif.resume, ""]
    lignes += _section(
        "Pour quels besoins", (_ligne(m, referentiels.besoins[m.id].libelle) for m in dispositif.besoins)
    )
    lignes += _section("Il faut", (_ligne_condition(c, referentiels) for c in dispositif.conditions))
    lignes += _section(
        "Sont prioritaires", (_ligne_condition(c, referentiels) for c in dispositif.public_prioritaire)
    )
    lignes += _section(
        "Ce que l'on y fait",
        (_ligne(m, referentiels.contenus.get(m.id, m.libelle or m.id)) for m in dispositif.contenus),
    )
    lignes += _section("En pratique", _iter_pratique(dispositif))
    lignes += _section("Certifications", (_ligne(m, m.libelle or m.id) for m in dispositif.certifications))
    lignes += _section("Ce que cela change", _iter_effets(dispositif, referentiels))
    lignes += _section(
        "Et après",
        (
            f"{lien.vers} ({lien.statut.value}){_suite(lien.precision)} {_cite(lien.source)}"
            for lien in dispositif.articulations
        ),
    )
    lignes += _section("Résultats", (_ligne(m, f"{m.libelle} : {m.valeur}") for m in dispositif.resultats))
    lignes += _section("Ce que les documents ne disent pas", dispositif.manques)
    lignes += ["", write_couverture(dispositif)]
    return "\n".join(lignes) + "\n"


def write_couverture(dispositif: Dispositif) -> str:
    """How many conditions the machine can judge: « 3 conditions sur 4 évaluées »."""
    total = len(dispositif.conditions)
    evaluees = sum(condition.regle is not None for condition in dispositif.conditions)
    return f"{evaluees} condition(s) sur {total} évaluée(s) ; les autres sont à vérifier avec un conseiller."


def _section(titre: str, lignes: Any) -> list[str]:
    contenu = [f"- {ligne}" for ligne in lignes]
    return ["", f"## {titre}", *contenu] if contenu else []


def _cite(source: Source | None) -> str:
    if source is None:
        return ""
    return f"[{source.document or source.lien}{', l.' + source.lignes if source.lignes else ''}]"


def _suite(precision: str | None) -> str:
    return f" : {precision}" if precision else ""


def _ligne(mention: Mention, libelle: str) -> str:
    return f"{libelle}{_suite(mention.precision or mention.raison)} {_cite(mention.source)}".strip()


def _ligne_condition(condition: Condition, referentiels: Referentiels) -> str:
    phrase = describe_condition(condition, referentiels)
    marque = "" if condition.regle is not None else " (à vérifier avec un conseiller)"
    precision = _suite(condition.precision) if condition.regle is not None else ""
    return f"{phrase}{precision}{marque} {_cite(condition.source)}"


def _iter_pratique(dispositif: Dispositif) -> Iterator[str]:
    duree = write_duree(dispositif.duree) or dispositif.duree.raison
    yield f"Durée : {duree} {_cite(dispositif.duree.source)}"
    for nom, mention in (("Rythme", dispositif.rythme), ("Entrée", dispositif.entree)):
        yield f"{nom} : {mention.precision or mention.raison} {_cite(mention.source)}"
    for nom, reponse in (("Payé", dispositif.remuneration), ("Coût", dispositif.cout)):
        yield f"{nom} : {_dire(reponse)} {_cite(reponse.source)}"
    yield f"Territoire : {dispositif.territoire.libelle} {_cite(dispositif.territoire.source)}"
    yield f"À faire : {dispositif.a_faire}"
    yield f"Contacts : {len(dispositif.contacts)}"


def _dire(reponse: Reponse) -> str:
    return write_reponse(reponse) or f"non précisé ({reponse.raison})"


def _iter_effets(dispositif: Dispositif, referentiels: Referentiels) -> Iterator[str]:
    for effet in dispositif.effets:
        if effet.acquis:
            yield f"{referentiels.acquis[effet.acquis].libelle} {_cite(effet.source)}"
        else:
            yield f"{referentiels.criteres[effet.critere or ''].libelle} devient {effet.valeur} {_cite(effet.source)}"


def write_fiche_formation(formation: Formation, referentiels: Referentiels) -> str:
    """One formation in a few lines."""
    niveaux = ", ".join(referentiels.niveaux[niveau].libelle for niveau in formation.niveaux)
    offres = "\n".join(
        f"- {', '.join(offre.territoires)} {_cite(offre.source)}" for offre in formation.offres
    )
    return (
        f"## {formation.intitule}\n"
        f"Secteur : {formation.secteur}. Niveaux : {niveaux} (dans le document : {formation.niveaux_source}). "
        f"Type : {', '.join(formation.parcours_types)}. Métiers : {', '.join(formation.rome)}.\n{offres}\n"
    )


def build_fichiers() -> dict[Path, str]:
    """Every generated file with its content: one fiche per dispositif, one list of formations, the JSON Schemas."""
    catalogue = load_catalogue()
    referentiels = catalogue.referentiels
    fichiers = {
        FICHES / f"{dispositif.id}.md": write_fiche(dispositif, referentiels)
        for dispositif in catalogue.dispositifs.values()
    }
    formations = "\n".join(
        write_fiche_formation(fiche, referentiels) for fiche in catalogue.formations.values()
    )
    fichiers[FICHES / "formations.md"] = f"# Formations\n\n{formations}"
    for nom, modele in SCHEMAS.items():
        schema = modele.model_json_schema()
        fichiers[SCHEMAS_JSON / f"{nom}.schema.json"] = (
            json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        )
    return fichiers


def main(arguments: list[str] | None = None) -> int:
    """Write the files, or check them with ``--verifier``; 1 when some are stale or left over."""
    verifier = "--verifier" in (sys.argv[1:] if arguments is None else arguments)
    fichiers = build_fichiers()
    perimes = [
        chemin
        for chemin, texte in fichiers.items()
        if not chemin.exists() or chemin.read_text(encoding="utf-8") != texte
    ]
    en_trop = [chemin for chemin in FICHES.glob("*.md") if chemin not in fichiers]
    if verifier and (perimes or en_trop):
        noms = ", ".join(sorted(chemin.name for chemin in [*perimes, *en_trop]))
        print(f"Fiches à refaire avec « make fiches » : {noms}", file=sys.stderr)
        return 1
    if not verifier:
        for chemin in perimes:
            chemin.parent.mkdir(parents=True, exist_ok=True)
            chemin.write_text(fichiers[chemin], encoding="utf-8")
        for chemin in en_trop:
            chemin.unlink()
        print(f"{len(fichiers)} fichiers, {len(perimes)} refaits, {len(en_trop)} retirés.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
