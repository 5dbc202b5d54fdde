"""Settings: a machine where nothing is set must start as well as one where everything is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from api.config import FournisseurOidc, Reglages
from api.stockage.session import Stockage

OIDC = {
    "PASSERELLE_OIDC_ISSUER": "https://fournisseur.example",
    "PASSERELLE_OIDC_CLIENT_ID": "passerelle",
    "PASSERELLE_OIDC_CLIENT_SECRET": "secret",
}


def test_sans_variable_chaque_reglage_a_sa_valeur_par_defaut() -> None:
    lus = Reglages.from_environnement({})

    assert replace(lus, secret="") == Reglages(secret="")


def test_sans_variable_la_base_a_son_dossier_cree_au_besoin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PASSERELLE_BASE_URL", raising=False)

    Stockage(Reglages.from_environnement().base_url)

    assert (tmp_path / "var").is_dir()


def test_un_fournisseur_sans_nom_ni_portee_garde_ceux_par_defaut() -> None:
    lu = FournisseurOidc.from_environnement(OIDC)

    assert lu is not None
    assert (lu.nom, lu.portee) == ("ProConnect", "openid email")
