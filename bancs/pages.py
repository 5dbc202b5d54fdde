"""The jobseeker's page on a slow telephone: weight, requests, time before it can be used, result read again offline.

Usage: ``python -m bancs.pages``. Needs the trained model and Chromium. Nothing here is an assertion: tests/web/test_reseau.py
counts what must not grow; this prints times, which depend on the machine.
"""

from __future__ import annotations

import gzip
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

from bancs.dialogue import RACINE, find_port, start, wait_for

ESSAIS = 5
# A slow 3G: 400 ms there and back, 400 kbit/s each way. The processor is not slowed down.
PROFIL_3G: Mapping[str, float | bool] = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 400_000 / 8,
    "uploadThroughput": 400_000 / 8,
}
_OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
_TELEPHONE = {"width": 360, "height": 740}
_REPONSES_MAX = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Chargement:
    """One first visit: milliseconds from the request, then what crossed the network once all is there."""

    lisible_ms: float
    vivante_ms: float
    requetes: int
    octets: int


def ralentir(page: Page, profil: Mapping[str, float | bool]) -> None:
    """Give a page the network of this profile (Chromium only)."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", dict(profil))


def attendre_utilisable(page: Page) -> None:
    """Wait until the home page is painted with its style, its text box open and its first choices in sight."""
    page.wait_for_function(
        "() => performance.getEntriesByName('first-contentful-paint').length", timeout=60_000
    )
    page.wait_for_selector("#texte-depart:enabled >> visible=true")
    page.wait_for_selector(".famille summary >> visible=true")


def measure_chargement(navigateur: Browser, adresse: str) -> Chargement:
    """A first visit, nothing in cache, on the 3G profile."""
    contexte = navigateur.new_context(viewport=_TELEPHONE, locale="fr-FR", service_workers="block")  # type: ignore[arg-type]
    page = contexte.new_page()
    poids: list[int] = []
    session = contexte.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda recu: poids.append(int(recu["encodedDataLength"])))
    ralentir(page, PROFIL_3G)
    debut = time.perf_counter()
    page.goto(f"{adresse}/?langue=fr", wait_until="commit")
    attendre_utilisable(page)
    lisible = time.perf_counter() - debut
    page.wait_for_selector("html[data-pret=oui]", timeout=60_000)
    vivante = time.perf_counter() - debut
    contexte.close()
    return Chargement(
        lisible_ms=lisible * 1000, vivante_ms=vivante * 1000, requetes=len(poids), octets=sum(poids)
    )


def measure_hors_ligne(navigateur: Browser, adresse: str) -> float:
    """Milliseconds to read again, without network, a result seen before."""
    contexte = navigateur.new_context(viewport=_TELEPHONE, locale="fr-FR")  # type: ignore[arg-type]
    page = contexte.new_page()
    page.goto(f"{adresse}/?langue=fr")
    page.wait_for_selector("html[data-pret=oui]")
    page.evaluate("() => navigator.serviceWorker.ready")
    _reach_parcours(page)
    page.wait_for_function("async () => (await (await caches.open('passerelle-resultat')).keys()).length")
    contexte.set_offline(True)
    debut = time.perf_counter()
    page.goto(f"{adresse}/?langue=fr")
    page.click("#reprendre button")
    page.wait_for_selector(".message-parcours", state="attached")
    duree = (time.perf_counter() - debut) * 1000
    contexte.close()
    return duree


def _reach_parcours(page: Page) -> None:
    """Say a need, then take the first answer each time, until there is a result."""
    _send(page, lambda: _say(page, "#texte-depart", "j'ai du mal à m'exprimer en français"))
    for _ in range(_REPONSES_MAX):
        if page.locator(".message-parcours").count():
            return
        if page.locator("#choix button").count():
            _send(page, lambda: page.locator("#choix button").first.click())
        else:
            _send(page, lambda: _say(page, "#texte", "Saint-Denis 93"))
    raise RuntimeError(f"aucun parcours après {_REPONSES_MAX} réponses")


def _say(page: Page, champ: str, texte: str) -> None:
    page.fill(champ, texte)
    page.press(champ, "Enter")


def _send(page: Page, agir: Callable[[], None]) -> None:
    avant = page.locator(".message-passerelle").count()
    agir()
    page.wait_for_function(
        "n => document.querySelectorAll('.message-passerelle').length > n && document.getElementById('attente').hidden",
        arg=avant,
        timeout=30_000,
    )


def measure_widget(adresse: str) -> int:
    """Compressed bytes of the script that other sites load."""
    return len(gzip.compress(httpx.get(f"{adresse}/static/widget.js").content, 9))


def show(chargements: list[Chargement], hors_ligne: float, widget: int) -> None:
    """The figures, one a line, with the goal where there is one."""
    dernier = chargements[-1]
    lisible = statistics.median(c.lisible_ms for c in chargements)
    vivante = statistics.median(c.vivante_ms for c in chargements)
    print(f"réseau : {PROFIL_3G['latency']} ms, 400 kbit/s ; écran de 360 px ; médiane de {len(chargements)}")
    print(f"{'premier chargement':34}{dernier.octets / 1000:9.1f} ko compressés (but : 100)")
    print(f"{'requêtes':34}{dernier.requetes:9d}")
    print(f"{'page utilisable':34}{lisible / 1000:9.2f} s (but : 3)")
    print(f"{'scripts prêts':34}{vivante / 1000:9.2f} s")
    print(f"{'widget':34}{widget / 1000:9.1f} ko compressés (but : 30)")
    print(f"{'parcours relu hors connexion':34}{hors_ligne / 1000:9.2f} s")


def main() -> None:
    """Start the product, measure, print."""
    chromium = shutil.which("chromium")
    if chromium is None:
        print("NON MESURÉ : chromium n'est pas installé (apt-get install chromium)")
        return
    port = find_port()
    with tempfile.TemporaryDirectory() as dossier:
        reglages = {
            "PASSERELLE_PORT": str(port),
            "PASSERELLE_BOT_PORT": str(find_port()),
            "PASSERELLE_MODELE": str(RACINE / "models" / "passerelle.tar.gz"),
            "PASSERELLE_BASE_URL": f"sqlite:///{Path(dossier) / 'banc.db'}",
        }
        with start([sys.executable, "-m", "api.lancer"], **reglages), sync_playwright() as playwright:
            adresse = f"http://127.0.0.1:{port}"
            wait_for(f"{adresse}/api/v1/sante", maximum=120)
            navigateur = playwright.chromium.launch(executable_path=chromium, args=_OPTIONS)
            chargements = [measure_chargement(navigateur, adresse) for _ in range(ESSAIS)]
            show(chargements, measure_hors_ligne(navigateur, adresse), measure_widget(adresse))
            navigateur.close()


if __name__ == "__main__":
    main()
