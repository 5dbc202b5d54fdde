"""Keep processes alive, tell in French how they are, and stop them without leaving any behind.

Knows nothing of Passerelle: what to run comes as ``Service`` values.
Prints states only, never what a person wrote.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TextIO

import httpx

# Must fit in the five seconds a person waits after Ctrl-C.
DELAI_ARRET_S = 4.0
PERIODE_SONDE_S = 0.2
# The dialogue usually takes about ten seconds; past this, say so once and go on waiting.
DELAI_INQUIETUDE_S = 120.0
PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One process to keep alive.

    ``annonce`` is printed once ready; ``{duree}`` in it becomes the seconds since the process was started.
    ``toute_reponse_suffit``: any HTTP answer on ``url_sante`` means ready (the API answers 503 while
    the dialogue loads, and its page can already be read); otherwise only 200 does.
    """

    nom: str
    commande: Sequence[str]
    url_sante: str
    annonce: str
    toute_reponse_suffit: bool = False
    environnement: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Redemarrages:
    """How often a process that dies is started again.

    At most ``maximum`` times in a row, waiting ``attente_s`` seconds, then twice as long each time;
    the count starts afresh after ``stable_s`` seconds of life.
    """

    maximum: int = 5
    attente_s: float = 1.0
    stable_s: float = 60.0


def _die_with_parent() -> None:
    """Linux: ask the kernel to end this child if the launcher is killed, so that no orphan keeps the port."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Lanceur:
    """Keeps services alive until told to stop, and tells their state in French on ``sortie``."""

    def __init__(
        self, services: Sequence[Service], *, sortie: TextIO, redemarrages: Redemarrages | None = None
    ) -> None:
        self._services = services
        self._sortie = sortie
        self._redemarrages = redemarrages or Redemarrages()
        self._arret = asyncio.Event()
        self._abandon = False

    def ask_arret(self) -> None:
        """Ask for a clean stop; safe to call several times, and from a signal handler of the loop."""
        self._arret.set()

    async def run(self) -> int:
        """Keep all services alive until asked to stop (returns 0) or until one dies too often (returns 1)."""
        # Local addresses only: a proxy set for the machine must not come between.
        async with httpx.AsyncClient(timeout=2.0, trust_env=False) as client:
            taches = [asyncio.create_task(self._keep_alive(service, client)) for service in self._services]
            try:
                await asyncio.gather(*taches)
            finally:
                # Whatever went wrong with one, the others are stopped too.
                self._arret.set()
                await asyncio.gather(*taches, return_exceptions=True)
        self._say("Passerelle est arrêtée.")
        return 1 if self._abandon else 0

    def _say(self, phrase: str) -> None:
        print(phrase, file=self._sortie, flush=True)

    async def _keep_alive(self, service: Service, client: httpx.AsyncClient) -> None:
        """Start a service, and start it again when it dies, within what ``Redemarrages`` allows."""
        regle, morts = self._redemarrages, 0
        while not self._arret.is_set():
            debut = time.monotonic()
            code = await self._run_once(service, client)
            if self._arret.is_set():
                return
            morts = 1 if time.monotonic() - debut >= regle.stable_s else morts + 1
            if morts > regle.maximum:
                self._say(
                    f"{service.nom} : arrêté {morts} fois de suite (dernier code {code}), tout est arrêté. "
                    "La cause est dans les lignes ci-dessus."
                )
                self._abandon = True
                self._arret.set()
                return
            attente = regle.attente_s * 2 ** (morts - 1)
            self._say(
                f"{service.nom} : arrêt inattendu (code {code}). "
                f"Nouvel essai {morts} sur {regle.maximum} dans {attente:g} s."
            )
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._arret.wait(), attente)

    async def _run_once(self, service: Service, client: httpx.AsyncClient) -> int:
        """Run a service until it dies or a stop is asked; return its exit code. Leaves no child behind."""
        processus = await asyncio.create_subprocess_exec(
            *service.commande,
            stdin=asyncio.subprocess.DEVNULL,
            env={**os.environ, **service.environnement},
            # A group of its own: Ctrl-C reaches only the launcher, which then stops both in order.
            start_new_session=True,
            preexec_fn=_die_with_parent,
        )
        sonde = asyncio.create_task(self._announce_pret(service, client))
        fin = asyncio.create_task(processus.wait())
        arret = asyncio.create_task(self._arret.wait())
        try:
            await asyncio.wait({fin, arret}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            sonde.cancel()
            arret.cancel()
            await self._stop_groupe(processus, fin)
        return await fin

    async def _announce_pret(self, service: Service, client: httpx.AsyncClient) -> None:
        """Ask for the service's health until it answers, then announce it with the seconds it took."""
        debut, inquiet = time.monotonic(), False
        while True:
            with contextlib.suppress(httpx.HTTPError):
                reponse = await client.get(service.url_sante)
                if service.toute_reponse_suffit or reponse.status_code == 200:
                    break
            ecoule = time.monotonic() - debut
            if ecoule > DELAI_INQUIETUDE_S and not inquiet:
                inquiet = True
                self._say(f"{service.nom} : toujours pas prêt après {ecoule:.0f} s, l'attente continue.")
            await asyncio.sleep(PERIODE_SONDE_S)
        duree = f"{time.monotonic() - debut:.1f}".replace(".", ",")
        self._say(service.annonce.format(duree=duree))

    @staticmethod
    async def _stop_groupe(processus: asyncio.subprocess.Process, fin: asyncio.Task[int]) -> None:
        """Ask the process and its children to end, then end those that did not."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(processus.pid, signal.SIGTERM)
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(asyncio.shield(fin), DELAI_ARRET_S)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(processus.pid, signal.SIGKILL)
        await fin
