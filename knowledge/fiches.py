"""Each record as plain French for review, and the JSON Schemas editors use: ``make fiches``.

``python -m knowledge.fiches --verifier`` writes nothing and fails when a generated file is stale.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from knowledge.catalogue_model import Catalogue, Formation
from knowledge.errors import ErreurCatalogue
from knowledge.fiche_dispositif import write_fiche
from knowledge.fiche_formation import write_fiche_secteur
from knowledge.lecture import read_yaml
from knowledge.loader import RACINE, load_catalogue
from knowledge.schemas_json import build_schemas
from knowledge.territoires.normalisation import fold


def build_fichiers(
    catalogue: Catalogue, racine: Path = RACINE, fiches: Path | None = None
) -> dict[Path, str]:
    """Every generated file with its content: a page per dispositif, a page per sector of formations, the schemas.

    Args:
        catalogue: the loaded records.
        racine: the folder that holds ``referentiels/`` and ``schemas/``.
        fiches: where the pages go; by default ``tests/knowledge/fiches``.
    """
    dossier = fiches or get_dossier_fiches(racine)
    metiers = _read_metiers(racine)
    fichiers = {
        dossier / f"{dispositif.id}.md": write_fiche(dispositif, catalogue, metiers)
        for dispositif in catalogue.dispositifs.values()
    }
    secteurs: dict[str, list[Formation]] = {}
    for formation in catalogue.formations.values():
        secteurs.setdefault(formation.secteur, []).append(formation)
    for secteur, formations in sorted(secteurs.items()):
        nom = "-".join(re.findall(r"[a-z0-9]+", fold(secteur)))[:60].strip("-")
        fichiers[dossier / f"formations-{nom}.md"] = write_fiche_secteur(
            secteur, formations, catalogue.referentiels, metiers
        )
    for nom, schema in build_schemas(catalogue.referentiels).items():
        fichiers[racine / "schemas" / f"{nom}.schema.json"] = schema
    return fichiers


def get_dossier_fiches(racine: Path = RACINE) -> Path:
    """The folder of the pages, in the project that holds ``racine``."""
    return racine.parent / "tests" / "knowledge" / "fiches"


def _read_metiers(racine: Path) -> dict[str, str]:
    """The name of each ROME code of the source."""
    metiers = read_yaml(racine / "referentiels" / "metiers.yml")["metiers"]
    return {metier["code_rome"]: metier["libelle"] for metier in metiers}


def find_perimes(fichiers: dict[Path, str], dossier: Path) -> tuple[list[Path], list[Path]]:
    """(files to write again, pages of records that no longer exist), each in path order."""
    perimes = [
        chemin
        for chemin, texte in fichiers.items()
        if not chemin.exists() or chemin.read_text(encoding="utf-8") != texte
    ]
    en_trop = [
        chemin for chemin in dossier.glob("*.md") if chemin not in fichiers and chemin.name != "README.md"
    ]
    return sorted(perimes), sorted(en_trop)


def main(arguments: list[str] | None = None) -> int:
    """Write the files, or check them with ``--verifier``; 1 when some are stale or left over.

    A wrong record writes nothing: its faults are printed in French and the result is 1.
    """
    verifier = "--verifier" in (sys.argv[1:] if arguments is None else arguments)
    try:
        fichiers = build_fichiers(load_catalogue())
    except ErreurCatalogue as erreur:
        print(erreur, file=sys.stderr)
        return 1
    perimes, en_trop = find_perimes(fichiers, get_dossier_fiches())
    if verifier and (perimes or en_trop):
        noms = ", ".join(chemin.name for chemin in [*perimes, *en_trop])
        print(f"Fiches à refaire avec « make fiches » : {noms}", file=sys.stderr)
        return 1
    if not verifier:
        for chemin in perimes:
            chemin.parent.mkdir(parents=True, exist_ok=True)
            chemin.write_text(fichiers[chemin], encoding="utf-8")
        for chemin in en_trop:
            chemin.unlink()
        print(f"{len(fichiers)} fichiers, {len(perimes)} refaits, {len(en_trop)} retirés.")
        for chemin in perimes:
            print(f"  {chemin.relative_to(RACINE.parent)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
