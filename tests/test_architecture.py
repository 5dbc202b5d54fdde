"""What the tree promises as a whole: a README per folder, nothing generated in git, no work at import."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parent.parent
LIGNES_MAXIMUM = 400
LIGNES_MAXIMUM_README = 40

# Written in two halves, so that this file does not contain what it forbids.
ADRESSES_DE_DEPOTS = [
    "py" + "pi.org",
    "python" + "hosted.org",
    "registry.npm" + "js.org",
    "deb.deb" + "ian.org",
]
CHEMINS_DE_MACHINE = ["/ro" + "ot/", "/ho" + "me/", "/wo" + "rk/"]
DOSSIER_VOISIN = "../sha" + "red"
SUFFIXES_DE_TEXTE = {
    ".py",
    ".md",
    ".yml",
    ".yaml",
    ".toml",
    ".sh",
    ".json",
    ".html",
    ".css",
    ".js",
    ".csv",
    "",
}

# Run apart: what happens during an import can only be seen in a fresh interpreter.
IMPORTE_TOUT_EN_ECOUTANT = """
import importlib, pkgutil, sys
racine, paquets = sys.argv[1], sys.argv[2:]
vus = []
def ecouter(evenement, arguments):
    if evenement == "open" and isinstance(arguments[0], str) and arguments[0].startswith(racine):
        if arguments[0].endswith((".yml", ".yaml", ".json", ".csv", ".db", ".sqlite", ".tar.gz", ".html")):
            vus.append(f"{module} ouvre {arguments[0]}")
    if evenement in ("sqlite3.connect", "socket.connect", "subprocess.Popen"):
        vus.append(f"{module} : {evenement}")
sys.addaudithook(ecouter)
for nom in paquets:
    module = nom
    paquet = importlib.import_module(nom)
    for trouve in pkgutil.walk_packages(paquet.__path__, f"{nom}."):
        module = trouve.name
        if not module.endswith("__main__"):
            importlib.import_module(module)
print("\\n".join(vus))
"""


@cache
def list_fichiers_suivis() -> tuple[str, ...]:
    """List the files that git tracks, or that a commit would add; the whole tree is not looked at."""
    resultat = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=RACINE,
        capture_output=True,
        text=True,
        check=False,
    )
    if resultat.returncode != 0:
        pytest.skip("hors d'un dépôt git")
    return tuple(nom for nom in resultat.stdout.split("\0") if nom and (RACINE / nom).is_file())


def read_textes() -> list[tuple[str, str]]:
    """Pair each tracked text file with its content; the lock file apart, which is written by a tool."""
    noms = [n for n in list_fichiers_suivis() if Path(n).suffix in SUFFIXES_DE_TEXTE and n != "uv.lock"]
    return [(nom, (RACINE / nom).read_text(errors="replace")) for nom in noms]


def test_chaque_dossier_de_la_racine_a_son_readme() -> None:
    dossiers = {nom.split("/")[0] for nom in list_fichiers_suivis() if "/" in nom and not nom.startswith(".")}

    assert [d for d in sorted(dossiers) if not (RACINE / d / "README.md").is_file()] == []


def test_le_readme_d_un_dossier_reste_court() -> None:
    longueurs = {
        nom: len((RACINE / nom).read_text().splitlines())
        for nom in list_fichiers_suivis()
        if nom.count("/") == 1 and nom.endswith("/README.md")
    }

    assert {nom: n for nom, n in longueurs.items() if n > LIGNES_MAXIMUM_README} == {}


@pytest.mark.parametrize(
    "interdit", [r"\.tar\.gz$", r"\.(db|sqlite3?)$", r"^models/", r"^site/", r"\.pyc$", r"\.log$"]
)
def test_git_ne_suit_rien_qui_se_regenere(interdit: str) -> None:
    assert [nom for nom in list_fichiers_suivis() if re.search(interdit, nom)] == []


def test_aucun_module_ne_depasse_la_taille_permise() -> None:
    modules = [n for n in list_fichiers_suivis() if n.endswith(".py")]
    tailles = {nom: len((RACINE / nom).read_text().splitlines()) for nom in modules}

    assert {nom: n for nom, n in tailles.items() if n > LIGNES_MAXIMUM} == {}


def test_aucun_module_fourre_tout() -> None:
    interdits = {"utils.py", "helpers.py", "common.py", "manager.py"}

    assert [nom for nom in list_fichiers_suivis() if Path(nom).name in interdits] == []


def test_chaque_todo_a_un_responsable_et_une_date() -> None:
    """The accepted form: ``# TODO(name, AAAA-MM-JJ): what``."""
    mot = "TO" + "DO"
    fautes = [
        f"{nom}:{numero}"
        for nom, texte in read_textes()
        if nom.endswith((".py", ".yml", ".sh", ".js"))
        for numero, ligne in enumerate(texte.splitlines(), start=1)
        if re.search(rf"\b{mot}\b", ligne) and not re.search(rf"\b{mot}\(\w+, \d{{4}}-\d\d-\d\d\): \S", ligne)
        if nom != "tests/test_architecture.py"
    ]

    assert fautes == []


@pytest.mark.parametrize("mot", ADRESSES_DE_DEPOTS + CHEMINS_DE_MACHINE)
def test_aucun_fichier_ne_nomme_un_depot_ni_un_chemin_de_machine(mot: str) -> None:
    # « https://…/work/… » is a page's address, not a path of ours.
    motif = re.compile(rf"(?<![\w.…-]){re.escape(mot)}")

    assert [nom for nom, texte in read_textes() if motif.search(texte)] == []


def test_seuls_les_tests_nomment_le_dossier_voisin() -> None:
    assert [n for n, texte in read_textes() if DOSSIER_VOISIN in texte and not n.startswith("tests/")] == []


@pytest.mark.parametrize("paquet", ["knowledge", "api"])
def test_importer_un_module_ne_lit_aucun_fichier_et_n_ouvre_rien(paquet: str) -> None:
    resultat = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", IMPORTE_TOUT_EN_ECOUTANT, str(RACINE), paquet],
        cwd=RACINE,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (resultat.returncode, resultat.stdout.strip()) == (0, ""), resultat.stderr[-2000:]
