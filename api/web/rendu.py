"""Pages made from templates: the language of the interface, the security headers, the filters."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.web.statiques import Statiques

LANGUES = ("fr", "en", "ar", "es", "pt")
_DROITE_A_GAUCHE = frozenset({"ar"})
_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors {cadres}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendu:
    """What every page needs: templates, words of each language, addresses of the static files."""

    modeles: Environment
    textes: Mapping[str, Mapping[str, str]]
    statiques: Statiques

    def choose_langue(self, request: Request) -> str:
        """The language asked for in the address, else the browser's first one that we speak, else French."""
        demandee = request.query_params.get("langue")
        if demandee in LANGUES:
            return demandee
        acceptees = (morceau.split(";")[0].strip()[:2].lower() for morceau in _split_langues(request))
        return next((langue for langue in acceptees if langue in LANGUES), "fr")

    def build_page(
        self,
        request: Request,
        modele: str,
        *,
        statut: int = 200,
        langue: str | None = None,
        cadres: tuple[str, ...] = (),
        **valeurs: Any,
    ) -> HTMLResponse:
        """The page; ``cadres`` are the origins allowed to show it inside a frame, none by default."""
        langue = langue or self.choose_langue(request)
        contexte = {
            "langue": langue,
            "langues": [(code, self.textes[code]["langue.nom"]) for code in LANGUES],
            "direction": "rtl" if langue in _DROITE_A_GAUCHE else "ltr",
            "t": self.build_traducteur(langue),
            "libelle_besoin": self.build_libelle(langue),
            "statique": self.statiques.get_url,
            "empreinte": self.statiques.empreinte,
            **valeurs,
        }
        page = self.modeles.get_template(modele).render(contexte)
        entetes = {
            "Content-Security-Policy": _CSP.format(cadres=" ".join(cadres) or "'none'"),
            "Cache-Control": "no-store" if request.method == "POST" else "no-cache",
            "Content-Language": langue,
            "Vary": "Accept-Language, Accept-Encoding",
        }
        return HTMLResponse(page, status_code=statut, headers=entetes)

    def build_traducteur(self, langue: str) -> Callable[..., str]:
        """The function that gives a fixed sentence; a sentence not translated yet stays in French."""
        textes, secours = self.textes[langue], self.textes["fr"]

        def traduire(cle: str, **valeurs: Any) -> str:
            texte = textes.get(cle) or secours[cle]
            for nom, valeur in valeurs.items():
                texte = texte.replace("{" + nom + "}", str(valeur))
            return format_typo(texte)

        return traduire

    def build_libelle(self, langue: str) -> Callable[[Any], str]:
        """The function that says a need in the language of the page; the reference list is in French."""
        textes = self.textes[langue]
        return lambda besoin: format_typo(textes.get(f"besoin.{besoin.id}") or besoin.libelle)


def load_rendu(dossier: Path, statiques: Statiques) -> Rendu:
    """Templates and words from their folders."""
    modeles = Environment(
        loader=FileSystemLoader(dossier / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    modeles.filters["jour"] = format_jour
    modeles.filters["typo"] = format_typo
    modeles.filters["sans_debut"] = remove_debut
    modeles.filters["tel"] = format_tel
    textes = {langue: _read_textes(dossier, langue) for langue in LANGUES}
    return Rendu(modeles=modeles, textes=textes, statiques=statiques)


def format_jour(jour: str | date | None) -> str:
    """A day as written in France: 14/02/2019."""
    if jour is None:
        return ""
    return (date.fromisoformat(jour) if isinstance(jour, str) else jour).strftime("%d/%m/%Y")


def format_typo(texte: str) -> str:
    """French spacing: no « ? » or « : » alone at the start of a line."""
    return re.sub(r" ([?!:;»])", "\u00a0\\1", texte).replace("« ", "«\u00a0")


def remove_debut(phrases: list[str], debut: str) -> list[str]:
    """The sentences that do not begin like this."""
    return [phrase for phrase in phrases if not phrase.startswith(debut)]


def format_tel(numero: str) -> str:
    """A telephone number as a ``tel:`` address wants it: digits, and a leading + when there is one."""
    return "".join(signe for signe in numero if signe.isdigit() or signe == "+")


def _read_textes(dossier: Path, langue: str) -> dict[str, str]:
    chemin = dossier / "static" / "i18n" / f"{langue}.json"
    textes: dict[str, str] = json.loads(chemin.read_text(encoding="utf-8"))
    return textes


def _split_langues(request: Request) -> list[str]:
    return request.headers.get("accept-language", "").split(",")
