"""Every fact has a source that resolves, and the figures of a record stand in the lines it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from knowledge import Base, Dispositif, Formation
from knowledge.model import Source, Test
from knowledge.rules.conditions import iter_tests

_NOMBRE = re.compile(r"(?<!\d)\d{1,3}(?:[  .,]\d{3})+(?!\d)|\d+")
_LETTRES = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9,
    "dix": 10, "douze": 12, "quinze": 15, "vingt": 20,
}  # fmt: skip


@lru_cache(maxsize=16)
def _lignes(chemin: Path) -> list[str]:
    return chemin.read_text(encoding="utf-8").splitlines()


def _iter_plages(lignes: str) -> Iterator[tuple[int, int]]:
    for morceau in lignes.split(","):
        debut, _, fin = morceau.strip().partition("-")
        yield int(debut), int(fin or debut)


def _extrait(sources: Path, source: Source) -> str:
    """Text of the cited lines."""
    assert source.document is not None
    assert source.lignes is not None
    lignes = _lignes(sources / source.document)
    return "\n".join(ligne for debut, fin in _iter_plages(source.lignes) for ligne in lignes[debut - 1 : fin])


def _nombres(texte: str) -> set[int]:
    trouves = {int(re.sub(r"\D", "", nombre)) for nombre in _NOMBRE.findall(texte)}
    trouves |= {int(nombre) for nombre in re.findall(r"\d+", texte)}
    return trouves | {
        valeur for mot, valeur in _LETTRES.items() if re.search(rf"\b{mot}\b", texte, re.IGNORECASE)
    }


def _sources_de_formation(formation: Formation) -> Iterator[Source]:
    yield from (offre.source for offre in formation.offres)
    yield from (condition.source for condition in formation.conditions)
    yield from (mention.source for mention in formation.qualite.values() if mention.source)


def _toutes_les_sources(base: Base) -> Iterator[tuple[str, Source]]:
    for dispositif in base.catalogue.dispositifs.values():
        for source in dispositif.sources:
            yield f"dispositifs/{dispositif.id}", source
    for formation in base.catalogue.formations.values():
        for source in _sources_de_formation(formation):
            yield f"formations/{formation.id}", source
    for site in base.catalogue.sites:
        yield f"organismes/{site.dispositif}", site.source
    for parcours in base.catalogue.parcours_types.values():
        yield f"parcours_types/{parcours.id}", parcours.source
        for etape in parcours.etapes:
            yield f"parcours_types/{parcours.id}", etape.source
    for terme in base.entraide.termes:
        yield f"glossaire/{terme.mot}", terme.source


def test_chaque_source_est_un_document_avec_ses_lignes_ou_une_page(base: Base) -> None:
    for fiche, source in _toutes_les_sources(base):
        assert (source.document and source.lignes) or source.lien, f"{fiche} : {source.id}"


def test_les_documents_et_les_lignes_cites_existent(base: Base, sources: Path) -> None:
    fautes = []
    for fiche, source in _toutes_les_sources(base):
        if source.document is None:
            continue
        assert (sources / source.document).is_file(), f"{fiche} : {source.document}"
        total = len(_lignes(sources / source.document))
        for debut, fin in _iter_plages(source.lignes or ""):
            if not 1 <= debut <= fin <= total:
                fautes.append(f"{fiche} : {source.id}")
    assert fautes == []


def test_les_lignes_citees_ne_sont_pas_vides(base: Base, sources: Path) -> None:
    vides = [
        f"{fiche} : {source.id}"
        for fiche, source in _toutes_les_sources(base)
        if source.document and not _extrait(sources, source).strip()
    ]
    assert vides == []


def _iter_chiffres(dispositif: Dispositif) -> Iterator[tuple[str, str, Source]]:
    """(place, text with figures, source) of the facts of a record."""
    if dispositif.duree.source:
        bornes = (
            dispositif.duree.heures_min,
            dispositif.duree.heures_max,
            dispositif.duree.semaines_min,
            dispositif.duree.semaines_max,
        )
        texte = " ; ".join(str(borne) for borne in bornes if borne is not None)
        yield "duree", f"{texte} {dispositif.duree.precision or ''}", dispositif.duree.source
    for nom, reponse in (("cout", dispositif.cout), ("remuneration", dispositif.remuneration)):
        if reponse.source:
            yield nom, f"{reponse.montant_euros or ''} {reponse.precision or ''}", reponse.source
    mentions = (
        *dispositif.contenus,
        *dispositif.certifications,
        *dispositif.financements,
        *dispositif.resultats,
        *dispositif.besoins,
        dispositif.entree,
        dispositif.rythme,
    )
    for mention in mentions:
        if mention.source:
            yield mention.id, f"{mention.precision or ''} {mention.valeur or ''}", mention.source
    for condition in (*dispositif.conditions, *dispositif.public_prioritaire):
        yield condition.id, condition.precision or "", condition.source
    for contact in dispositif.contacts:
        # A telephone is compared group by group, as it is written.
        texte = " ; ".join((contact.telephone or "", contact.adresse or "", contact.precision or ""))
        yield contact.organisme, texte, contact.source


def test_les_chiffres_des_fiches_sont_dans_les_lignes_citees(base: Base, sources: Path) -> None:
    fautes = []
    for dispositif in base.catalogue.dispositifs.values():
        for lieu, texte, source in _iter_chiffres(dispositif):
            if source.document is None:
                continue
            ecrits = {int(re.sub(r"\D", "", nombre)) for nombre in _NOMBRE.findall(texte)}
            absents = ecrits - _nombres(_extrait(sources, source)) - _admis(dispositif, texte)
            if absents:
                fautes.append(f"{dispositif.id}.{lieu} : {sorted(absents)} absents de {source.id}")
    assert fautes == []


def _admis(dispositif: Dispositif, texte: str) -> set[int]:
    """Figures that are not facts of the source: levels of today, départements, telephone numbers of the State."""
    admis = {int(nombre) for nombre in re.findall(r"niveau (\d)", texte)}
    admis |= {int(nombre) for nombre in re.findall(r"bac\+(\d)", texte)}
    admis |= {int(nombre) for nombre in re.findall(r"(?:PDIE|le) (93)\b", texte)}
    return admis


def test_les_bornes_d_age_sont_dans_les_lignes_citees(base: Base, sources: Path) -> None:
    fautes = []
    for dispositif in base.catalogue.dispositifs.values():
        for condition in (*dispositif.conditions, *dispositif.public_prioritaire):
            if condition.source.document is None:
                continue
            nombres = _nombres(_extrait(sources, condition.source))
            for test in iter_tests(condition.regle):
                fautes += [
                    f"{dispositif.id}.{condition.id} : {borne}" for borne in _bornes_absentes(test, nombres)
                ]
    assert fautes == []


def _bornes_absentes(test: Test, nombres: set[int]) -> list[int]:
    """Ages and months that the lines do not give; « moins de 26 ans » is written 25 at most."""
    if test.critere not in ("age_ans", "experience_mois"):
        return []
    absentes = []
    for valeur in test.valeurs:
        borne = int(valeur)
        ecritures = {borne, borne + 1, borne - 1} if test.critere == "age_ans" else {borne}
        if test.critere == "experience_mois" and borne % 12 == 0:
            ecritures.add(borne // 12)
        if not ecritures & nombres:
            absentes.append(borne)
    return absentes


def test_les_niveaux_imprimes_sont_convertis_une_seule_fois(base: Base) -> None:
    from knowledge import to_niveau

    for formation in base.catalogue.formations.values():
        if formation.niveaux_source is None:
            continue  # the document gives today's level, or none
        imprimes = [morceau.strip() for morceau in formation.niveaux_source.split(",") if morceau.strip()]
        attendus = {to_niveau(imprime) for imprime in imprimes}
        assert set(formation.niveaux) == attendus, formation.id


@pytest.mark.parametrize(
    ("document", "dossier", "attendu"),
    [("pacte-formations-detail.csv", "formations", 141), ("pacte-operateurs.csv", "sites", 225)],
)
def test_chaque_ligne_des_tableaux_est_dans_la_base(
    base: Base, sources: Path, document: str, dossier: str, attendu: int
) -> None:
    lignes = len(_lignes(sources / document)) - 1
    assert lignes == attendu
    if dossier == "formations":
        dedans = sum(
            offre.source.document == "pacte-ile-de-france-2019.txt"
            for formation in base.catalogue.formations.values()
            for offre in formation.offres
        )
    else:
        dedans = len(base.catalogue.sites)
    assert dedans == attendu
