"""Short answers to the question just asked: yes, no, a level, a choice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from knowledge.faits.donnees import load_donnees
from knowledge.faits.propositions import SUR_MOI, Proposition

# « elle vient d'être renouvelée »: the recognition just asked about
_ELLE = re.compile(
    r"(?:oui |non |mais )?(?:elle|il) (?:vient d etre|a ete|n a pas ete|s est|est) "
    r"(?:renouvel|accept|accord|refus|rejet|prolong|expir|perim)"
    r"|(?:oui |non |mais )?elle (?:s arrete|se termine|expire|finit|court|est valable|a expire"
    r"|est (?:finie|terminee)|n est (?:plus|pas))\b"
)
_PAS_ENCORE = re.compile(
    r"(?:non |ben |bah )?(?:pas encore|toujours pas)\b(?! (?:\w+ )?(?:sure?|decidee?|certaine?|recu|regarde|compris)\b)"
)
_MOI_JE = re.compile(
    r"\bmoi (?:je|j) (?:ne |n )?(?:l|le|la|les|y|en) (?:ai|suis|touche|percois)(?P<pas> (?:pas|plus|jamais))?\b"
)
# « je crois pas, c'est un lotissement »: what follows makes it sure
_CROIS_PAS = re.compile(r"\b(?:crois|pense) (?:que )?(?:pas|non)\b")
_PAS_CE_NIVEAU = re.compile(r"\bpas (?:le |de |au |un )?(?:niveau )?[abc][12]\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Motifs:
    oui: re.Pattern[str]
    non: re.Pattern[str]
    incertain: re.Pattern[str]
    correction: re.Pattern[str]
    revolu: re.Pattern[str]
    conclut: re.Pattern[str]
    choix: Mapping[str, tuple[tuple[str, re.Pattern[str]], ...]]


@lru_cache(maxsize=1)
def _load() -> _Motifs:
    donnees = load_donnees("reponses")
    choix = {
        critere: tuple((valeur, re.compile(motif)) for valeur, motif in motifs.items())
        for critere, motifs in donnees["choix"].items()
    }
    cles = ("oui", "non", "incertain", "correction", "revolu", "conclut")
    return _Motifs(**{cle: re.compile(donnees[cle]) for cle in cles}, choix=choix)


def read_oui_non(texte: str, propositions: tuple[Proposition, ...]) -> bool | None:
    """True or False when the message starts with a plain yes or no; None when it hesitates or speaks of something else.

    >>> read_oui_non("نعم", ())
    True
    """
    motifs = _load()
    brut = texte.strip().strip(".!، ").lower()
    if brut in {"نعم", "أجل", "так", "да", "👍", "✅", "是", "ہاں", "হ্যাঁ", "አዎ"}:
        return True
    if brut in {"لا", "كلا", "ні", "нет", "👎", "❌", "不", "না"}:
        return False
    lu = " ".join(p.texte for p in propositions if p.phrase == propositions[0].phrase) if propositions else ""
    tout = " ".join(p.texte for p in propositions if p.moi)
    if not lu:
        return None
    if _PAS_ENCORE.match(lu) or (motifs.revolu.search(tout) and not motifs.incertain.search(lu)):
        return False
    if motifs.incertain.search(lu) or motifs.correction.search(lu):
        return None
    if (conclu := _read_conclusion(tout, autrui=not propositions[0].moi)) is not None:
        return conclu
    est_oui, est_non = motifs.oui.match(lu), motifs.non.match(lu)
    if est_oui and est_non:
        return est_non.end() < est_oui.end() if est_oui.start() == est_non.start() else None
    if est_oui:
        return True
    return False if est_non else None


def _read_conclusion(tout: str, *, autrui: bool) -> bool | None:
    """« jamais entendu, donc non », « mon frère l'a pas mais moi je l'ai »: the answer comes at the end."""
    if fin := _load().conclut.search(tout):
        return (fin.group("mot") or fin.group("dit") or fin.group("moi")) in ("oui", "si")
    moi_je = _MOI_JE.search(tout) if autrui else None
    return not moi_je.group("pas") if moi_je else None


@lru_cache(maxsize=1)
def _load_si_demande() -> dict[str, tuple[tuple[bool, re.Pattern[str]], ...]]:
    demandes = load_donnees("reponses")["si_demande"]
    return {
        critere: tuple((mot == "oui", re.compile(motifs[mot])) for mot in ("non", "oui"))
        for critere, motifs in demandes.items()
    }


def read_si_demande(critere: str, propositions: tuple[Proposition, ...]) -> bool | None:
    """What a longer answer means, because the question was just asked (« je touche l'ASS »: not without income)."""
    # « ma mère les prend », « mon conjoint gagne trop »: the answer is about someone else
    lu = " ".join(
        p.texte
        for p in propositions
        if (
            p.moi or critere in ("enfants_a_garder", "rsa") or SUR_MOI.search(p.texte) or _ELLE.match(p.texte)
        )
        and not p.douteuse
    )[:200]
    if _load().incertain.search(_CROIS_PAS.sub("", lu)):
        return None
    trouves = [valeur for valeur, motif in _load_si_demande().get(critere, ()) if motif.search(lu)]
    return trouves[0] if trouves else None


def read_choix(critere: str, propositions: tuple[Proposition, ...]) -> str | None:
    """The value of a choice criterion in a short answer, None when unclear."""
    dites = (p for p in propositions if p.moi or SUR_MOI.search(p.texte))
    tout = _PAS_CE_NIVEAU.sub("", " ".join(p.texte for p in dites if not p.douteuse)[:300])
    trouves = [valeur for valeur, motif in _load().choix.get(critere, ()) if motif.search(tout)]
    return trouves[0] if trouves else None
