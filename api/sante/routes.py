"""GET /sante."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from api.dependances import LeDialogue
from api.problemes import Probleme, build_reponse

router = APIRouter(tags=["santé"])


@router.get("/sante", summary="Savoir si le service peut répondre")
async def read_sante(request: Request, dialogue: LeDialogue) -> JSONResponse:
    """200 quand tout répond ; 503 avec la partie qui manque avant."""
    base = getattr(request.app.state, "base", None)
    bot = await dialogue.read_sante()
    parties: dict[str, Any] = {"base": "ok" if base else "chargement", "dialogue": bot.get("etat", "absent")}
    manques = [nom for nom, etat in parties.items() if etat != "ok"]
    if manques:
        detail = "Pas encore prêt : " + ", ".join(f"{nom} ({parties[nom]})" for nom in manques) + "."
        return build_reponse(Probleme(503, detail, attendre=2, etat="demarrage", parties=parties))
    contenu = {
        "etat": "ok",
        "parties": parties,
        "dispositifs": len(base.catalogue.dispositifs),
        "formations": len(base.catalogue.formations),
        "modele": bot.get("modele"),
    }
    return JSONResponse(contenu)
