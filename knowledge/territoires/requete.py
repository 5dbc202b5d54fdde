"""Split what was typed into a name, a postal code, a département and an arrondissement."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.territoires.departements import ChercheurDepartements
from knowledge.territoires.normalisation import normalise

LONGUEUR_MAX = 120  # no place name, with its département, is longer
_CODE_POSTAL = re.compile(r"(?<!\d)(\d{2}) ?(\d{3})(?!\d)")
_NEUF_TROIS = re.compile(r"(?<![\d ])( ?)9 ([1-5])(?!\d)")
_ORDINAL = r"(?:er|e|eme|ieme|ere)?"
_VILLE_ARRONDISSEMENT = re.compile(
    rf"^(paris|lyon|marseille) (?:dans le )?(\d{{1,2}}) ?{_ORDINAL}(?: arr\w*)?(?= |$)"
)
_ARRONDISSEMENT_VILLE = re.compile(
    rf"^(?:dans )?(?:le )?(\d{{1,2}}) ?{_ORDINAL}(?: arr\w*)? (?:de |a )?(paris|lyon|marseille)$"
)
_CODE_A_LA_FIN = re.compile(r"^(.+?) (?:dans le |departement |dept |dep |le )?(\d{2,3}|2[ab])$")
_CODE_AU_DEBUT = re.compile(r"^(?:le )?(\d{2,3}|2[ab]) (?:a )?(\D.+)$")
_PREMIERS_CODES = {"paris": (75100, 20), "lyon": (69380, 9), "marseille": (13200, 16)}
_FIN_DE_LIEN = re.compile(r" (?:dans (?:le|la|les|l)|en|departement (?:de|du|des|d))$")
_LIENS = frozenset({"sur", "sous", "de", "du", "des", "d", "le", "la", "les", "l", "et", "a", "au", "aux"})
_ENTETE = re.compile(r"^(?:(?:la )?(?:ville|commune|mairie) (?:de |d |du )|a |au )")


@dataclass(frozen=True, slots=True, kw_only=True)
class Requete:
    """A place as typed. ``nom`` is a normalised key, empty when only a code was given."""

    nom: str
    code_postal: str | None = None
    code_departement: str | None = None
    code_arrondissement: str | None = None


def read_requete(
    texte: str, departements: ChercheurDepartements, connus: frozenset[str] | set[str]
) -> Requete:
    """Read a typed place; never fails. ``connus`` are the names that must not be cut (« Neuilly-sur-Marne »)."""
    cle = _ENTETE.sub("", _NEUF_TROIS.sub(r"\g<1>9\2", normalise(texte[:LONGUEUR_MAX])))
    code_postal = None
    if trouve := _CODE_POSTAL.search(cle):
        code_postal = trouve.group(1) + trouve.group(2)
        cle = f"{cle[: trouve.start()]} {cle[trouve.end() :]}"
        cle = " ".join(cle.split())
    if arrondissement := _read_arrondissement(cle):
        return Requete(nom=arrondissement[0], code_postal=code_postal, code_arrondissement=arrondissement[1])
    if cle in connus:
        return Requete(nom=cle, code_postal=code_postal)
    nom, departement = _split_departement(cle, departements)
    return Requete(nom=nom, code_postal=code_postal, code_departement=departement)


def _read_arrondissement(cle: str) -> tuple[str, str] | None:
    """« paris 18eme » or « 18e arrondissement de paris » to the city and the code 75118."""
    if devant := _VILLE_ARRONDISSEMENT.match(cle):
        ville, numero = devant.group(1), int(devant.group(2))
    elif derriere := _ARRONDISSEMENT_VILLE.match(cle):
        ville, numero = derriere.group(2), int(derriere.group(1))
    else:
        return None
    base, nombre = _PREMIERS_CODES[ville]
    return (ville, str(base + numero)) if 1 <= numero <= nombre else None


def _split_departement(cle: str, departements: ChercheurDepartements) -> tuple[str, str | None]:
    """« saint denis 93 », « montreuil seine saint denis » to the name and the département code."""
    for motif, nom, code in ((_CODE_A_LA_FIN, 1, 2), (_CODE_AU_DEBUT, 2, 1)):
        if (trouve := motif.match(cle)) and (departement := departements.by_code(trouve.group(code))):
            return trouve.group(nom), departement.code
    mots = cle.split()
    for debut in range(max(1, len(mots) - 5), len(mots)):
        trouve_nom = departements.noms.get(" ".join(mots[debut:]))
        avant = " ".join(mots[:debut])
        lie = _FIN_DE_LIEN.search(avant)
        if trouve_nom and trouve_nom.code != "75" and (lie or mots[debut - 1] not in _LIENS):
            return _FIN_DE_LIEN.sub("", avant), trouve_nom.code
    return cle, None
