"""Formations: what a sector asks is applied and explained; the DEJEPS and the licence hold what their sheets give."""

from __future__ import annotations

import csv
import re
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from knowledge import Base, ErreurCatalogue, Formation, Verdict, build_situation, orienter, search_formations
from knowledge.couverture import iter_references_libres, read_plages
from knowledge.loader import RACINE, load_catalogue, load_referentiels
from knowledge.rules.entree import EvaluationFormation, evaluate_formation

DEJEPS = "dejeps-coordination-projets-imsat"
CNAM = "licence-pro-coordonnateur-insertion-cnam"
DEBUT_DE_SESSION = date(2026, 11, 2)


def _juger(base: Base, jour: date, formation: str, type_: str = "C", **faits: Any) -> EvaluationFormation:
    return evaluate_formation(
        base.catalogue.formations[formation],
        build_situation(base, faits),
        types=(type_,),
        referentiels=base.referentiels,
        jour=jour,
    )


def _find(base: Base, code_rome: str) -> str:
    return next(fiche.id for fiche in base.catalogue.formations.values() if code_rome in fiche.rome)


# Sector, formation (or métier), type followed, the person's facts, the verdict the source gives.
REGLES = [
    ("F1201", "C", {"code_rome": "F1201", "experience_mois": 0}, Verdict.NON_ELIGIBLE),
    ("F1201", "C", {"code_rome": "F1201", "experience_mois": 12}, Verdict.INDETERMINE),
    ("F1201", "AQ", {"code_rome": "F1201", "experience_mois": 0}, Verdict.ELIGIBLE),
    ("F1703", "C", {"code_rome": "F1703", "experience_mois": 0}, Verdict.ELIGIBLE),
    ("D1202", "C", {"projet": "confirme"}, Verdict.ELIGIBLE),
    ("D1202", "C", {"projet": "idee"}, Verdict.NON_ELIGIBLE),
    ("D1202", "C", {}, Verdict.INDETERMINE),
    ("L1502", "C", {"experience_mois": 23, "projet": "confirme"}, Verdict.NON_ELIGIBLE),
    ("L1502", "C", {"experience_mois": 24, "projet": "confirme"}, Verdict.INDETERMINE),
    ("L1502", "C", {"experience_mois": 24, "projet": "aucun"}, Verdict.NON_ELIGIBLE),
    ("J1305", "C", {"projet": "confirme"}, Verdict.ELIGIBLE),
    ("J1305", "C", {"projet": "idee"}, Verdict.NON_ELIGIBLE),
    ("J1305", "AQ", {"projet": "idee"}, Verdict.ELIGIBLE),
    ("D1205", "P", {"projet": "aucun"}, Verdict.NON_ELIGIBLE),
    ("N4102", "C", {}, Verdict.ELIGIBLE),
]


@pytest.mark.parametrize(("metier", "type_", "faits", "attendu"), REGLES)
def test_la_regle_d_entree_du_secteur_decide(
    base: Base, jour: date, metier: str, type_: str, faits: dict[str, Any], attendu: Verdict
) -> None:
    assert _juger(base, jour, _find(base, metier), type_, **faits).verdict is attendu


def test_une_regle_d_un_metier_ne_vaut_pas_pour_un_autre_metier_de_la_meme_formation(
    base: Base, jour: date
) -> None:
    macon = _juger(base, jour, _find(base, "F1703"), code_rome="F1703", experience_mois=0)
    assert macon.raisons == ()


def test_ce_qui_manque_est_dit_avec_sa_source(base: Base, jour: date) -> None:
    raison = _juger(base, jour, _find(base, "F1201"), code_rome="F1201", experience_mois=0).raisons[0]
    assert "avoir déjà travaillé" in raison.phrase
    assert raison.source.id == "pacte l.689-692"


def test_l_etape_d_un_parcours_dit_ce_que_demande_la_formation(base: Base, jour: date) -> None:
    situation = build_situation(
        base,
        {
            "metier_vise": "costumière",
            "code_departement": "75",
            "inscrit_france_travail": True,
            "projet": "confirme",
        },
    )
    reponse = orienter(base, ["obtenir-une-qualification"], situation, jour=jour)
    etapes = [etape for parcours in reponse.parcours_list for etape in parcours.etapes if etape.formation_id]
    assert etapes
    for etape in etapes:
        assert etape.verdict is Verdict.INDETERMINE
        assert any("AFDAS" in phrase for phrase in etape.a_verifier)


def test_un_secteur_mal_ecrit_dans_les_regles_est_refuse(tmp_path: Path) -> None:
    shutil.copytree(RACINE / "catalogue", tmp_path / "catalogue")
    (tmp_path / "referentiels").mkdir()
    regles = (RACINE / "referentiels" / "regles_entree.yml").read_text(encoding="utf-8")
    faux = regles.replace('secteurs: ["Culture"]', 'secteurs: ["Cultures"]')
    (tmp_path / "referentiels" / "regles_entree.yml").write_text(faux, encoding="utf-8")
    with pytest.raises(ErreurCatalogue, match="« Culture »"):
        load_catalogue(load_referentiels(), tmp_path)


# Figures of the two sheets, as a reader of the sheet would check them.
DANS_LE_DEJEPS = [
    "39930", "04/12/2029", "118019", "335", "44067", "32135", "K1206", "02/11/2026", "29/10/2027", "1729", "735", "994",
    "8 à 20", "12", "25 jours", "35 heures", "5880", "7 jours", "90 %", "10 %", "BC1", "BC2", "BC3", "BC4",
    "imsat.co/contact-imsat", "04 94 75 24 15", "06 66 20 89 59", "83130 La Garde", "BP253", "DRAJES", "PSC1", "1600",
]  # fmt: skip
DANS_LA_LICENCE = [
    "560",
    "4 mois",
    "un an",
    "15 jours",
    "12 jours",
    "une seule structure",
    "tuteur",
    "mémoire",
]


@pytest.mark.parametrize(("fiche", "dits"), [(DEJEPS, DANS_LE_DEJEPS), (CNAM, DANS_LA_LICENCE)])
def test_la_fiche_dit_les_chiffres_de_son_document(fiche: str, dits: list[str]) -> None:
    texte = (RACINE / "catalogue" / "dispositifs" / f"{fiche}.yml").read_text(encoding="utf-8").lower()
    assert [dit for dit in dits if dit.lower() not in texte] == []


def test_le_dejeps_a_ses_huit_modules_et_ses_quatre_blocs(base: Base) -> None:
    complements: Any = base.catalogue.dispositifs[DEJEPS].complements
    assert [module["numero"] for module in complements["modules"]] == list(range(1, 9))
    assert [bloc["code"] for bloc in complements["blocs_de_competences"]] == ["BC1", "BC2", "BC3", "BC4"]
    assert all(bloc["evaluation"] and bloc["competences"] for bloc in complements["blocs_de_competences"])


@pytest.mark.parametrize(
    ("jour_lu", "attendue"),
    [(DEBUT_DE_SESSION - timedelta(days=1), "session-a-venir"), (DEBUT_DE_SESSION, "session-commencee")],
)
def test_une_session_commencee_est_montree_comme_commencee(base: Base, jour_lu: date, attendue: str) -> None:
    conditions = base.catalogue.dispositifs[DEJEPS].conditions
    en_vigueur = [c.id for c in conditions if c.id.startswith("session-") and c.en_vigueur(jour_lu)]
    assert en_vigueur == [attendue]


def test_les_metiers_deduits_sont_dits_deduits(base: Base) -> None:
    licence = base.catalogue.dispositifs[CNAM]
    assert licence.rome
    assert licence.rome_deduit


@pytest.mark.parametrize(
    ("territoire", "attendu"), [("83", True), ("83062", True), ("93", False), ("93066", False)]
)
def test_le_dejeps_n_est_propose_que_dans_le_var(base: Base, territoire: str, attendu: bool) -> None:
    trouvees = {formation.id for formation in search_formations(base, q="projets", territoire=territoire)}
    assert (DEJEPS in trouvees) is attendu


def _sources_libres(fiche: Formation | Any) -> list[str]:
    return list(iter_references_libres(fiche.complements))


def test_les_sources_des_complements_existent(base: Base, sources: Path) -> None:
    documents = base.referentiels.documents
    fautes = []
    fiches = [*base.catalogue.dispositifs.values(), *base.catalogue.formations.values()]
    for fiche in fiches:
        for reference in _sources_libres(fiche):
            identifiant, _, lignes = reference.partition(" l.")
            document = documents.get(identifiant)
            if document is None or document.document is None:
                fautes.append(f"{fiche.id} : {reference}")
                continue
            total = len((sources / document.document).read_text(encoding="utf-8").splitlines())
            if any(not 1 <= debut <= fin <= total for debut, fin in read_plages(lignes)):
                fautes.append(f"{fiche.id} : {reference}")
    assert fautes == []


def test_les_chiffres_des_regles_de_secteur_sont_dans_les_lignes_citees(base: Base, sources: Path) -> None:
    lignes = (sources / "pacte-ile-de-france-2019.txt").read_text(encoding="utf-8").splitlines()
    fautes = []
    for formation in base.catalogue.formations.values():
        for mention in formation.complements.get("a_savoir", ()):
            plages = read_plages(mention["source"].partition(" l.")[2])
            extrait = "\n".join(ligne for debut, fin in plages for ligne in lignes[debut - 1 : fin])
            # Levels are said in today's numbers, converted once: the source prints the old ones.
            texte = re.sub(r"niveau \d \(bac[^)]*\)", "", mention["texte"])
            absents = [nombre for nombre in re.findall(r"\d+", texte) if nombre not in extrait]
            if absents:
                fautes.append(f"{formation.id} : {absents} absents de {mention['source']}")
    assert fautes == []


def _par_ligne(base: Base) -> dict[str, Formation]:
    return {offre.source.id: fiche for fiche in base.catalogue.formations.values() for offre in fiche.offres}


def test_chaque_formation_dit_ce_que_dit_sa_ligne_du_tableau(base: Base, sources: Path) -> None:
    with (sources / "pacte-formations-detail.csv").open(encoding="utf-8") as ouvert:
        lignes = list(csv.DictReader(ouvert, delimiter=";"))
    par_ligne = _par_ligne(base)
    fautes = []
    for ligne in lignes:
        reference = f"pacte l.{ligne['source_line']}-{ligne['source_line_end']}"
        fiche = par_ligne[reference]
        offre = next(offre for offre in fiche.offres if offre.source.id == reference)
        dits = {
            "rome": (set(fiche.rome), set(ligne["rome_codes"].split("|"))),
            "types": (set(fiche.parcours_types), {t.strip() for t in ligne["parcours_eligibles"].split(",")}),
            "niveau": (_mots(fiche.niveaux_source or ""), _mots(ligne["niveau"])),
            "secteur": (fiche.secteur, ligne["secteur"]),
            "titre": (fiche.intitule_imprime or "", ligne["intitule_imprime"]),
            "territoire": (offre.territoire_imprime, ligne["territoire_imprime"]),
            "territoires": (
                _territoires("|".join(offre.territoires)),
                _territoires(ligne["territoires_norm"]),
            ),
        }
        fautes += [f"{fiche.id}, {champ} : {ici} / {la}" for champ, (ici, la) in dits.items() if ici != la]
    assert fautes == []


def _mots(texte: str) -> set[str]:
    return {mot.strip() for mot in texte.split(",")}


def _territoires(texte: str) -> set[str]:
    return {nom.partition(" [")[0].strip() for nom in texte.split("|")}


def test_chaque_lieu_dit_ce_que_dit_sa_ligne_du_tableau(base: Base, sources: Path) -> None:
    with (sources / "pacte-operateurs.csv").open(encoding="utf-8") as ouvert:
        lignes = list(csv.DictReader(ouvert, delimiter=";"))
    sites = {site.source.id: site for site in base.catalogue.sites}
    fautes = []
    for rang, ligne in enumerate(lignes, start=2):
        site = sites[f"pacte-operateurs l.{rang}"]
        if ligne["departement"] and site.code_departement != ligne["departement"]:
            fautes.append(f"ligne {rang} : département {site.code_departement} / {ligne['departement']}")
        lieu = ligne["territoire_ou_site"]
        if lieu.endswith(" OF"):  # only a number of organisations is printed
            if not (site.note or "").startswith(lieu.removesuffix(" OF")):
                fautes.append(f"ligne {rang} : nombre {site.note} / {lieu}")
        elif lieu and site.lieu != lieu:
            fautes.append(f"ligne {rang} : lieu {site.lieu} / {ligne['territoire_ou_site']}")
        if site.organisme is not None and site.organisme not in ligne["organisme_imprime"]:
            fautes.append(f"ligne {rang} : organisme {site.organisme} / {ligne['organisme_imprime']}")
    assert fautes == []
