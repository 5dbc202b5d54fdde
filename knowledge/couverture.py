"""What each source document names, and where it is in the base: ``python -m knowledge.couverture``.

``--resume`` prints the counts only; a name of document (``pacte``) prints that one. The expected lists are data, in
``referentiels/couverture/``. Returns 1 when something named is neither in the base nor left out with a reason.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.catalogue_model import Catalogue
from knowledge.errors import ErreurCatalogue
from knowledge.fichiers.couverture import CouvertureFichier, ElementFichier
from knowledge.lecture import read_modele
from knowledge.loader import RACINE, load_catalogue
from knowledge.metiers import Metiers, load_metiers

_PLAGES_MONTREES = 4
_REFERENCE = re.compile(r"^([a-z0-9-]+) l\.(.+)$")
Plage = tuple[int, int]
# Where a record is: « dispositifs/pee », and the lines it cites, by document.
Citations = Mapping[str, Mapping[str, set[tuple[str, Plage]]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Constat:
    """Where one named thing is: ``ou`` in the base, or the ``raison`` it is left out, or the ``fautes`` found."""

    nom: str
    lignes: str
    ou: tuple[str, ...]
    raison: str | None
    fautes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentCouvert:
    """The findings of one document, in its order."""

    document: str
    titre: str
    constats: tuple[Constat, ...]

    @property
    def absents(self) -> tuple[Constat, ...]:
        """What should be in the base and is not."""
        return tuple(constat for constat in self.constats if constat.fautes)

    @property
    def presents(self) -> int:
        """How many are in the base."""
        return sum(bool(constat.ou) and not constat.fautes for constat in self.constats)

    @property
    def ecartes(self) -> int:
        """How many are left out with a written reason."""
        return sum(constat.raison is not None and not constat.fautes for constat in self.constats)


def build_couverture(catalogue: Catalogue, racine: Path = RACINE) -> list[DocumentCouvert]:
    """The findings of every document, in file-name order.

    Raises:
        ErreurCatalogue: a list of ``referentiels/couverture/`` is badly written.
    """
    citations = find_citations(catalogue)
    metiers = load_metiers()
    couverts = []
    for chemin in sorted((racine / "referentiels" / "couverture").glob("*.yml")):
        fichier = read_modele(chemin, CouvertureFichier)
        constats = tuple(
            _check_element(element, fichier.document, citations, metiers) for element in fichier.elements
        )
        couverts.append(DocumentCouvert(document=fichier.document, titre=fichier.titre, constats=constats))
    return couverts


def find_citations(catalogue: Catalogue) -> Citations:
    """For each id, the places that bear it (« dispositifs/pee ») with the (document, lines) each one cites."""
    trouvees: dict[str, dict[str, set[tuple[str, Plage]]]] = defaultdict(lambda: defaultdict(set))
    for identifiant, dossier, reference in _iter_references(catalogue):
        lue = _REFERENCE.match(reference)
        lieu = trouvees[identifiant][f"{dossier}/{identifiant}"]
        if lue:
            lieu.update((lue[1], plage) for plage in read_plages(lue[2]))
    return trouvees


def _iter_references(catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    """(id, folder, reference) of every source of every record, those of the complements included."""
    for dispositif in catalogue.dispositifs.values():
        references = [source.id for source in dispositif.sources]
        for reference in [*references, *iter_references_libres(dispositif.complements)]:
            yield dispositif.id, "dispositifs", reference
    for formation in catalogue.formations.values():
        references = [offre.source.id for offre in formation.offres]
        references += [condition.source.id for condition in formation.conditions]
        references += [contact.source.id for contact in formation.contacts]
        references += [mention.source.id for mention in formation.qualite.values() if mention.source]
        for reference in [*references, *iter_references_libres(formation.complements)]:
            yield formation.id, "formations", reference
    for site in catalogue.sites:
        yield site.dispositif, "organismes", site.source.id


def iter_references_libres(valeur: Any) -> Iterator[str]:
    """The sources written anywhere in a free part of a record (``complements``)."""
    if isinstance(valeur, Mapping):
        for cle, contenu in valeur.items():
            if cle == "source" and isinstance(contenu, str):
                yield contenu
            else:
                yield from iter_references_libres(contenu)
    elif isinstance(valeur, list | tuple):
        for contenu in valeur:
            yield from iter_references_libres(contenu)


def read_plages(lignes: str) -> list[Plage]:
    """Ranges of lines, bounds included.

    >>> read_plages("12-15, 20")
    [(12, 15), (20, 20)]
    """
    plages = []
    for morceau in lignes.split(","):
        debut, _, fin = morceau.strip().partition("-")
        plages.append((int(debut), int(fin or debut)))
    return plages


def _check_element(element: ElementFichier, document: str, citations: Citations, metiers: Metiers) -> Constat:
    ou: list[str] = []
    fautes = [f"la fiche « {fiche} » n'existe pas" for fiche in element.voir if fiche not in citations]
    if element.metier is not None:
        (ou if metiers.get(element.metier) else fautes).append(f"métier {element.metier}")
    attendues = read_plages(element.lignes)
    for fiche in element.fiches:
        lieux = _find_lieux(citations.get(fiche, {}), document, attendues)
        ou.extend(lieux)
        if not lieux:
            existe = "ne cite pas ces lignes" if fiche in citations else "n'existe pas"
            fautes.append(f"la fiche « {fiche} » {existe}")
    raison = element.raison
    if raison and element.voir:
        raison += f" (voir {', '.join(element.voir)})"
    return Constat(nom=element.nom, lignes=element.lignes, ou=tuple(ou), raison=raison, fautes=tuple(fautes))


def _find_lieux(
    lieux: Mapping[str, set[tuple[str, Plage]]], document: str, attendues: list[Plage]
) -> list[str]:
    """The places of a record that cite some of the lines expected, with these lines."""
    trouves = []
    for lieu, citees in lieux.items():
        plages = sorted(
            (debut, fin)
            for cite, (debut, fin) in citees
            if cite == document and any(debut <= b and a <= fin for a, b in attendues)
        )
        if plages:
            textes = [f"{debut}-{fin}" if fin > debut else str(debut) for debut, fin in plages]
            suite = ", …" if len(textes) > _PLAGES_MONTREES else ""
            trouves.append(f"{lieu} (cite l.{', '.join(textes[:_PLAGES_MONTREES])}{suite})")
    return trouves


def write_document(couvert: DocumentCouvert) -> str:
    """The findings of a document, one line each, in plain French."""
    lignes = [f"\n{couvert.titre} [{couvert.document}]"]
    for constat in couvert.constats:
        if constat.fautes:
            suite = "ABSENT : " + " ; ".join(constat.fautes)
        elif constat.ou:
            suite = "→ " + " ; ".join(constat.ou)
        else:
            suite = f"pas de fiche : {constat.raison}"
        lignes.append(f"  l.{constat.lignes}  {constat.nom}\n      {suite}")
    return "\n".join(lignes)


def write_resume(couverts: list[DocumentCouvert]) -> str:
    """The counts by document, then the total."""
    titre = f"\n{'document':58} {'nommés':>7} {'en base':>8} {'raison':>7} {'absents':>8}"
    lignes = [titre]
    totaux = [0, 0, 0, 0]
    for couvert in couverts:
        nombres = [len(couvert.constats), couvert.presents, couvert.ecartes, len(couvert.absents)]
        totaux = [total + nombre for total, nombre in zip(totaux, nombres, strict=True)]
        lignes.append("{:58.58} {:7} {:8} {:7} {:8}".format(couvert.titre, *nombres))
    lignes.append("{:58} {:7} {:8} {:7} {:8}".format("Total", *totaux))
    return "\n".join(lignes)


def main(arguments: list[str] | None = None) -> int:
    """Print the findings, then the counts; 1 when something is absent or the document asked for is unknown."""
    demandes = sys.argv[1:] if arguments is None else arguments
    documents = [demande for demande in demandes if not demande.startswith("--")]
    try:
        couverts = build_couverture(load_catalogue())
    except ErreurCatalogue as erreur:
        sys.stderr.write(f"{erreur}\n")
        return 1
    if documents:
        connus = sorted({couvert.document for couvert in couverts})
        couverts = [couvert for couvert in couverts if couvert.document in documents]
        if not couverts:
            sys.stderr.write(f"Ce document n'a pas de liste. Les listes : {', '.join(connus)}.\n")
            return 1
    if "--resume" not in demandes:
        sys.stdout.writelines(write_document(couvert) + "\n" for couvert in couverts)
    sys.stdout.write(write_resume(couverts) + "\n")
    absents = [constat for couvert in couverts for constat in couvert.absents]
    for constat in absents:
        sys.stderr.write(f"ABSENT : {constat.nom} (l.{constat.lignes}) : {' ; '.join(constat.fautes)}\n")
    return 1 if absents else 0


if __name__ == "__main__":
    raise SystemExit(main())
