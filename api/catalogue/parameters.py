"""Query and path parameters of the catalogue, described in French for the readers of the API."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query

Besoin = Annotated[str | None, Query(description="Identifiant d'un besoin.", examples=["parler-francais"])]
UnVerdict = Annotated[
    str | None,
    Query(
        pattern="^(eligible|non_eligible|indetermine)$", description="Verdict, avec le seul territoire connu."
    ),
]
Territoire = Annotated[
    str | None, Query(description="Code du département, code INSEE ou nom du bassin.", examples=["93"])
]
Mots = Annotated[
    str | None,
    Query(
        max_length=200, description="Mots cherchés, fautes de frappe acceptées.", examples=["aide soignante"]
    ),
]
CodeRome = Annotated[
    str | None, Query(pattern=r"^[A-Na-n]\d{4}$", description="Code ROME du métier.", examples=["J1501"])
]
LeNiveau = Annotated[
    int | None, Query(ge=0, le=8, description="Niveau de qualification d'aujourd'hui, de 0 à 8.")
]
Profil = Annotated[str | None, Query(max_length=80, description="Mots du profil.", examples=["jeune"])]
UnDispositif = Annotated[str | None, Query(description="Identifiant d'un dispositif.", examples=["pee"])]
Commune = Annotated[
    str | None,
    Query(max_length=80, description="Code INSEE, code postal ou nom d'une commune.", examples=["93066"]),
]
NumeroDePage = Annotated[int, Query(ge=1, le=10_000, description="Numéro de la page, à partir de 1.")]
TailleDePage = Annotated[int, Query(ge=1, le=200, description="Nombre d'éléments par page.")]
IdFiche = Annotated[str, Path(max_length=120, description="Identifiant de la fiche.", examples=["pee"])]
