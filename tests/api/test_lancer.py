"""The launcher: real processes, made of a few lines of Python instead of the API and the dialogue."""

from __future__ import annotations

import asyncio
import io
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from api import lancer
from api.processus import Lanceur, Redemarrages, Service
from tests.services import find_port

RACINE = Path(__file__).resolve().parents[2]

SERVEUR = """
import http.server, os, sys
class Reponse(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(int(sys.argv[2])); self.end_headers()
    def log_message(self, *a): pass
if len(sys.argv) > 3:
    open(sys.argv[3], "w").write(str(os.getpid()))
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Reponse).serve_forever()
"""
SOURD = """
import os, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
open(sys.argv[1], "w").write(str(os.getpid()))
time.sleep(60)
"""
CAUSE = "La cause est dans les lignes ci-dessus."
IMPATIENT = Redemarrages(maximum=2, attente_s=0.05)


def un_service(
    *arguments: object, code: str = SERVEUR, port: int | None = None, **reglages: object
) -> Service:
    base = {
        "nom": "Dialogue",
        "commande": [sys.executable, "-c", code, *map(str, arguments)],
        "url_sante": f"http://127.0.0.1:{port or 9}/sante",
        "annonce": "Le dialogue est prêt ({duree} s)",
    }
    return Service(**(base | reglages))  # type: ignore[arg-type]


async def wait_for_texte(sortie: io.StringIO, texte: str, *, delai_s: float = 10.0) -> None:
    limite = time.monotonic() + delai_s
    while texte not in sortie.getvalue():
        assert time.monotonic() < limite, f"« {texte} » n'est pas apparu dans : {sortie.getvalue()}"
        await asyncio.sleep(0.02)


def read_pid(fichier: Path) -> int | None:
    return int(fichier.read_text() or 0) or None if fichier.exists() else None


async def wait_for_fichier(fichier: Path) -> int:
    limite = time.monotonic() + 10
    while (pid := read_pid(fichier)) is None:
        assert time.monotonic() < limite, f"{fichier.name} n'est pas apparu"
        await asyncio.sleep(0.02)
    return pid


def is_vivant(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # A dead process that nobody has waited for yet still answers to kill.
    etat = Path(f"/proc/{pid}/stat")
    return not (etat.exists() and etat.read_text().rsplit(")", 1)[1].split()[0] == "Z")


async def test_l_adresse_s_affiche_des_que_l_api_repond_meme_503() -> None:
    port, sortie = find_port(), io.StringIO()
    api = un_service(port, 503, port=port, annonce="Passerelle : ici", toute_reponse_suffit=True)
    lanceur = Lanceur([api], sortie=sortie)

    marche = asyncio.create_task(lanceur.run())
    await wait_for_texte(sortie, "Passerelle : ici\n")
    lanceur.ask_arret()

    assert await marche == 0


async def test_le_dialogue_qui_repond_503_n_est_pas_annonce_pret() -> None:
    port, sortie = find_port(), io.StringIO()
    lanceur = Lanceur([un_service(port, 503, port=port)], sortie=sortie)

    marche = asyncio.create_task(lanceur.run())
    await asyncio.sleep(1.0)
    lanceur.ask_arret()
    await marche

    assert "prêt" not in sortie.getvalue()


async def test_le_dialogue_pret_est_annonce_avec_sa_duree_en_secondes() -> None:
    port, sortie = find_port(), io.StringIO()
    lanceur = Lanceur([un_service(port, 200, port=port)], sortie=sortie)

    marche = asyncio.create_task(lanceur.run())
    await wait_for_texte(sortie, " s)")
    lanceur.ask_arret()
    await marche

    assert sortie.getvalue().startswith("Le dialogue est prêt (0,") or ",0 s)" in sortie.getvalue()


async def test_un_processus_qui_meurt_est_relance_puis_abandonne_en_le_disant() -> None:
    sortie = io.StringIO()
    lanceur = Lanceur([un_service(code="raise SystemExit(3)")], sortie=sortie, redemarrages=IMPATIENT)

    assert await lanceur.run() == 1

    assert sortie.getvalue().splitlines() == [
        "Dialogue : arrêt inattendu (code 3). Nouvel essai 1 sur 2 dans 0.05 s.",
        "Dialogue : arrêt inattendu (code 3). Nouvel essai 2 sur 2 dans 0.1 s.",
        "Dialogue : arrêté 3 fois de suite (dernier code 3), tout est arrêté. " + CAUSE,
        "Passerelle est arrêtée.",
    ]


async def test_un_abandon_arrete_aussi_l_autre_processus(tmp_path: Path) -> None:
    port, fichier = find_port(), tmp_path / "pid"
    autre = un_service(port, 200, fichier, port=port)
    mourant = un_service(code="import time; time.sleep(0.5); raise SystemExit(1)")
    lanceur = Lanceur([autre, mourant], sortie=io.StringIO(), redemarrages=Redemarrages(maximum=0))

    code = await lanceur.run()

    assert (code, is_vivant(await wait_for_fichier(fichier))) == (1, False)


async def test_un_processus_tue_revient_et_redevient_pret(tmp_path: Path) -> None:
    port, sortie, fichier = find_port(), io.StringIO(), tmp_path / "pid"
    lanceur = Lanceur([un_service(port, 200, fichier, port=port)], sortie=sortie, redemarrages=IMPATIENT)
    marche = asyncio.create_task(lanceur.run())
    await wait_for_texte(sortie, "prêt")

    os.kill(await wait_for_fichier(fichier), signal.SIGKILL)
    await wait_for_texte(sortie, "arrêt inattendu (code -9)")
    sortie.truncate(0)
    await wait_for_texte(sortie, "prêt")
    lanceur.ask_arret()

    assert await marche == 0


async def test_un_processus_sourd_est_arrete_en_moins_de_cinq_secondes(tmp_path: Path) -> None:
    fichier = tmp_path / "pid"
    lanceur = Lanceur([un_service(fichier, code=SOURD)], sortie=io.StringIO())
    marche = asyncio.create_task(lanceur.run())
    pid = await wait_for_fichier(fichier)

    debut = time.monotonic()
    lanceur.ask_arret()
    await marche

    assert (time.monotonic() - debut < 5, is_vivant(pid)) == (True, False)


LANCEMENT = """
import asyncio, sys
from api.lancer import run_services
from api.processus import Service
services = [
    Service(nom="API", commande=[sys.executable, "-c", sys.argv[1], port, "200", fichier],
            url_sante=f"http://127.0.0.1:{port}/", annonce=f"prêt {port}")
    for port, fichier in zip(sys.argv[2::2], sys.argv[3::2])
]
sys.exit(asyncio.run(run_services(services, sortie=sys.stdout)))
"""


@pytest.mark.parametrize(("signal_recu", "code_attendu"), [("SIGINT", 0), ("SIGTERM", 0), ("SIGKILL", -9)])
def test_un_signal_arrete_tout_sans_orphelin(tmp_path: Path, signal_recu: str, code_attendu: int) -> None:
    if signal_recu == "SIGKILL" and sys.platform != "linux":
        pytest.skip("seul Linux sait arrêter les enfants d'un processus tué")
    fichiers = [tmp_path / "pid1", tmp_path / "pid2"]
    arguments = [str(a) for fichier in fichiers for a in (find_port(), fichier)]
    processus = subprocess.Popen(
        [sys.executable, "-c", LANCEMENT, SERVEUR, *arguments], cwd=RACINE, stdout=subprocess.PIPE, text=True
    )
    assert processus.stdout is not None
    with processus.stdout:
        annonces = [processus.stdout.readline(), processus.stdout.readline()]
        assert all(annonce.startswith("prêt") for annonce in annonces), annonces

        debut = time.monotonic()
        processus.send_signal(getattr(signal, signal_recu))
        code = processus.wait(timeout=10)
        duree_s = time.monotonic() - debut
    limite = time.monotonic() + 2
    while any(is_vivant(int(f.read_text())) for f in fichiers) and time.monotonic() < limite:
        time.sleep(0.05)

    assert (code, duree_s < 5) == (code_attendu, True)
    assert not any(is_vivant(int(f.read_text())) for f in fichiers)


def test_un_port_deja_pris_est_nomme_avec_sa_variable(tmp_path: Path) -> None:
    modele, sortie = tmp_path / "m.tar.gz", io.StringIO()
    modele.touch()
    with socket.socket() as occupant:
        occupant.bind(("127.0.0.1", 0))
        occupant.listen()
        port = str(occupant.getsockname()[1])
        code = lancer.main({"PASSERELLE_PORT": port, "PASSERELLE_MODELE": str(modele)}, sortie=sortie)

    assert (code, port in sortie.getvalue(), "PASSERELLE_PORT=" in sortie.getvalue()) == (1, True, True)


def test_un_modele_absent_renvoie_vers_make_entrainer(tmp_path: Path) -> None:
    sortie = io.StringIO()

    code = lancer.main({"PASSERELLE_MODELE": str(tmp_path / "absent.tar.gz")}, sortie=sortie)

    assert (code, "make entrainer" in sortie.getvalue()) == (1, True)


@pytest.mark.parametrize("valeur", ["huit", "0", "65536", "-1", "80.5"])
def test_un_port_mal_ecrit_est_refuse_en_francais(valeur: str) -> None:
    with pytest.raises(lancer.LancementImpossible, match=r"PASSERELLE_PORT vaut «.*numéro de port"):
        lancer.read_reglages({"PASSERELLE_PORT": valeur})


def test_les_deux_ports_ne_peuvent_pas_etre_egaux() -> None:
    with pytest.raises(lancer.LancementImpossible, match="deux différents"):
        lancer.read_reglages({"PASSERELLE_PORT": "9000", "PASSERELLE_BOT_PORT": "9000"})


def test_une_adresse_inconnue_est_dite_en_francais() -> None:
    with pytest.raises(lancer.LancementImpossible, match=r"PASSERELLE_HOTE"):
        lancer.check_port_libre("192.0.2.1", 8000, variable="PASSERELLE_PORT")


@pytest.mark.parametrize(
    ("hote", "adresse"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("::1", "http://[::1]:8000"),
    ],
)
def test_l_adresse_affichee_s_ouvre_dans_un_navigateur(hote: str, adresse: str) -> None:
    assert lancer.Reglages(hote=hote).adresse == adresse


def test_l_api_est_lancee_sans_websockets() -> None:
    api = lancer.build_services(lancer.Reglages())[0]

    assert " ".join(api.commande).endswith(
        "--ws none --log-level warning --no-access-log --timeout-graceful-shutdown 3"
    )


def test_le_lanceur_ne_charge_ni_fastapi_ni_rasa() -> None:
    lourds = ("rasa", "fastapi", "sqlalchemy", "tensorflow")
    code = f"import sys, api.lancer; print([m for m in {lourds} if m in sys.modules])"

    resultat = subprocess.run(
        [sys.executable, "-c", code], cwd=RACINE, capture_output=True, text=True, check=True
    )

    assert resultat.stdout.strip() == "[]"
