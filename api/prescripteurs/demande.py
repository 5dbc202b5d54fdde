"""What a prescripteur asks, read from the address of the page and written back to it; nothing is kept elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import parse_qsl, urlencode

from api.prescripteurs.filtres import Filtres, read_filtres
from knowledge import Base, Situation, Valeur, build_situation, normalize, read_faits, read_reponse

MOTS_MAX = 200
CHAMPS_MAX = 200
_LIEU = ("commune", "code_insee", "code_departement")
Parametres = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Demande:
    """Needs, facts, questions passed, filters and words searched.

    ``fautes`` says what could not be read, by field; ``communes`` are the places to choose among.
    """

    besoins: tuple[str, ...] = ()
    faits: Mapping[str, Valeur] = field(default_factory=dict)
    passees: tuple[str, ...] = ()
    filtres: Filtres = field(default_factory=Filtres)
    q: str = ""
    saisies: Mapping[str, str] = field(default_factory=dict)
    fautes: Mapping[str, str] = field(default_factory=dict)
    communes: tuple[Mapping[str, str], ...] = ()

    def to_champs(self) -> list[tuple[str, str]]:
        """The fields of the address that say the same thing, in a fixed order."""
        champs = [("q", self.q)] if self.q else []
        champs += [("besoin", besoin) for besoin in self.besoins]
        champs += [(cle, write_valeur(valeur)) for cle, valeur in self.faits.items()]
        champs += [("passee", cle) for cle in self.passees]
        return champs + self.filtres.to_champs()

    def to_situation_champs(self) -> list[tuple[str, str]]:
        """Needs and facts only: what the other pages of the space need to know."""
        return [(nom, valeur) for nom, valeur in self.to_champs() if nom == "besoin" or nom in self.faits]

    def to_adresse(self, chemin: str = "/prescripteurs", **changes: str) -> str:
        """The address of this query with some facts replaced (``age_ans="22"``) or questions passed (``passee="rsa"``)."""
        champs = [(nom, valeur) for nom, valeur in self.to_champs() if nom not in changes or nom == "passee"]
        return f"{chemin}?{urlencode(champs + list(changes.items()))}"

    def to_situation(self, base: Base) -> Situation:
        """The situation, completed as the engine completes every other one."""
        return build_situation(base, self.faits)


def write_valeur(valeur: Valeur) -> str:
    """A value as an address holds it: booleans are « oui » and « non »."""
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    return str(valeur)


def parse_parametres(requete: str) -> list[tuple[str, str]]:
    """The fields of a query string, in order, blank ones left out; at most ``CHAMPS_MAX``."""
    try:
        champs = parse_qsl(requete, max_num_fields=CHAMPS_MAX)
    except ValueError:
        return []
    return [(nom, valeur.strip()) for nom, valeur in champs if valeur.strip()]


def read_demande(parametres: Parametres, *, base: Base, jour: date) -> Demande:
    """The query that the fields hold; unknown fields are ignored, unreadable values are told in ``fautes``."""
    derniers = dict(parametres)
    referentiels = base.referentiels
    demande = Demande(
        besoins=_list(parametres, "besoin", referentiels.besoins),
        passees=_list(parametres, "passee", referentiels.questions),
        filtres=read_filtres(parametres),
        q=derniers.get("q", "")[:MOTS_MAX],
        saisies={cle: derniers[cle][:MOTS_MAX] for cle in referentiels.criteres if cle in derniers},
    )
    faits: dict[str, Valeur] = {}
    fautes: dict[str, str] = {}
    for cle, brut in demande.saisies.items():
        if cle in _LIEU:
            continue
        valeur = read_reponse(base, cle, brut)
        if valeur is None:
            fautes[cle] = _dire_faute(cle, brut, base)
        else:
            faits[cle] = valeur
    return _read_lieu(replace(demande, faits=faits, fautes=fautes), base=base, jour=jour)


def _list(parametres: Parametres, nom: str, connus: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(valeur for cle, valeur in parametres if cle == nom and valeur in connus))


def _dire_faute(cle: str, brut: str, base: Base) -> str:
    critere = base.referentiels.criteres[cle]
    if critere.type == "entier" and critere.minimum is not None:
        return f"« {brut[:40]} » : écrivez un nombre entre {critere.minimum} et {critere.maximum} ({critere.unite})."
    return f"« {brut[:40]} » n'est pas une réponse possible."


def _read_lieu(demande: Demande, *, base: Base, jour: date) -> Demande:
    """The place: a code chosen in the list wins while its name stands typed, else the text is read as in the conversation.

    Without scripts the chosen code stays in the form when the person types another commune: the text then wins.
    """
    saisies = demande.saisies
    commune = base.territoires.get_commune(saisies.get("code_insee", ""))
    tapee = normalize(saisies.get("commune") or "")
    if commune is not None and tapee in ("", normalize(commune.nom)):
        lieu: dict[str, Valeur] = {
            "commune": commune.nom,
            "code_insee": commune.code_insee,
            "code_departement": commune.code_departement,
        }
        return replace(demande, faits={**demande.faits, **lieu})
    texte = saisies.get("commune") or saisies.get("code_departement")
    if not texte:
        return demande
    departement = base.territoires.get_departement(texte.upper())
    if departement is not None:
        return replace(demande, faits={**demande.faits, "code_departement": departement.code})
    lus = read_faits(texte, base=base, question="commune", jour=jour)
    trouves = {cle: valeur for cle in _LIEU if (valeur := lus.faits.get(cle)) is not None}
    communes = tuple(lus.a_preciser.get("commune", ()))
    fautes = dict(demande.fautes)
    if not trouves and not communes:
        fautes["commune"] = f"« {texte[:40]} » : aucune commune ni département ne porte ce nom."
    return replace(demande, faits={**demande.faits, **trouves}, communes=communes, fautes=fautes)
