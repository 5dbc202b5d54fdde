"""Write a message in plain words: typing errors, words stuck together, learners' grammar, other languages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.faits.donnees import load_donnees
from knowledge.faits.mot import Mot
from knowledge.territoires.normalisation import fold

LETTRES_MIN = 5  # a shorter word has too many neighbours to be corrected
LETTRES_DEUX_FAUTES = 9
CORRECTIONS_MAX = 60  # words looked at in one message: the cost stays bounded
_ARABE = re.compile("[\u0600-\u06ff]")
_CHIFFRES_CHINOIS = "一二三四五六七八九"
_DIZAINES_CHINOISES = re.compile(f"([{_CHIFFRES_CHINOIS}]?)十([{_CHIFFRES_CHINOIS}]?)")
_CHIFFRES_ARABES = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789", "ـًٌٍَُِّْ")
_SONS = (
    ("eaux", "o"), ("eau", "o"), ("aux", "o"), ("au", "o"), ("ph", "f"), ("qu", "k"), ("ck", "k"), ("ce", "se"), ("ci", "si"),
    ("ch", "x"), ("y", "i"), ("ai", "e"), ("ei", "e"), ("c", "k"), ("h", ""), ("z", "s"), ("an", "en"), ("am", "en"), ("em", "en"),  # noqa: E501
)  # fmt: skip
_PRONONCES = {
    "jé": "j ai",
    "jè": "j ai",
    "jété": "j etais",
    "jétè": "j etais",
    "jétai": "j etais",
    "jais": "j ai",
    "brevé": "brevet",
    "francé": "francais",
    "francè": "francais",
    "jamé": "jamais",
    "jamè": "jamais",
    "mé": "mais",
    "fé": "fait",
    "mè": "mais",
    "cé": "c est",
    "sé": "c est",
}
_DOUBLES = re.compile(r"([a-z])\1+")
_RIEN = Mot("", "", "")
_ENTRE_AI_ET_PARTICIPE = frozenset({"pas", "jamais", "deja", "toujours", "bien", "aussi", "rien", "tout"})
_FINALES = re.compile(r"(?:e?[stxd]|ent|ee?)$")


@dataclass(frozen=True, slots=True)
class _Suites:
    """Sequences of words to replace, by first word, the longest first."""

    par_premier: Mapping[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]


@dataclass(frozen=True, slots=True)
class _Ecriture:
    mots: Mapping[str, str]
    suites: _Suites
    g_devant: frozenset[str]
    o_devant: frozenset[str]
    vocabulaire: tuple[str, ...]
    connus: frozenset[str]
    sons: Mapping[str, str]
    verbes_de_je: frozenset[str]
    infinitifs: Mapping[str, str]
    avant_infinitif: frozenset[str]
    francais: frozenset[str]
    langues: tuple[tuple[frozenset[str], frozenset[str], _Suites], ...]
    phrases: tuple[tuple[re.Pattern[str], tuple[tuple[re.Pattern[str], str], ...]], ...]


@lru_cache(maxsize=1)
def _load() -> _Ecriture:
    formes, donnees, langues = load_donnees("formes"), load_donnees("ecriture"), load_donnees("langues")
    mots = {fold(cle): str(valeur) for cle, valeur in formes["mots"].items()}
    vocabulaire = tuple(donnees["vocabulaire"])
    return _Ecriture(
        mots=mots,
        suites=_build_suites(formes["suites"]),
        g_devant=frozenset(formes["g_devant"]),
        o_devant=frozenset(formes["o_devant"]),
        vocabulaire=tuple(mot for mot in vocabulaire if len(mot) >= LETTRES_MIN),
        connus=frozenset(vocabulaire) | frozenset(load_donnees("voisins")["voisins"]),
        sons={_read_son(mot): mot for mot in vocabulaire if len(mot) >= LETTRES_MIN},
        verbes_de_je=frozenset(donnees["verbes_de_je"]),
        infinitifs=donnees["infinitifs"],
        avant_infinitif=frozenset(donnees["avant_infinitif"]),
        francais=frozenset(donnees["francais"]),
        langues=tuple(
            (frozenset(langue["marqueurs"]), frozenset(langue["ignores"]), _build_suites(langue["suites"]))
            for langue in langues.values()
        ),
        phrases=tuple(
            (
                re.compile(langue["quand"]),
                tuple((re.compile(motif), ecrit) for motif, ecrit in langue["motifs"]),
            )
            for langue in load_donnees("phrases").values()
        ),
    )


def _build_suites(table: Mapping[str, str]) -> _Suites:
    par_premier: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for suite, ecrit in table.items():
        mots = tuple(str(suite).split())
        par_premier.setdefault(mots[0], []).append((mots, tuple(str(ecrit).split())))
    return _Suites(
        {premier: tuple(sorted(choix, key=lambda c: -len(c[0]))) for premier, choix in par_premier.items()}
    )


def translate_phrases(texte: str) -> str:
    """The phrases that carry a fact, in the languages not read word by word, in plain French; other text unchanged."""
    if _ARABE.search(texte):
        texte = texte.translate(_CHIFFRES_ARABES)
    texte = _DIZAINES_CHINOISES.sub(_read_dizaines, texte)
    for quand, motifs in _load().phrases:
        if quand.search(texte):
            for motif, ecrit in motifs:
                texte = motif.sub(ecrit, texte)
    return texte


def _read_dizaines(trouve: re.Match[str]) -> str:
    """« 三十五 » is 35."""
    dizaine, unite = (
        _CHIFFRES_CHINOIS.find(signe) + 1 for signe in (trouve.group(1) or "一", trouve.group(2) or "　")
    )
    return str(10 * dizaine + unite)


def write_mots(mots: list[Mot]) -> list[Mot]:
    """The words in plain French: other languages, short forms, typing errors, infinitives."""
    ecriture = _load()
    presents = {mot.lu for mot in mots}
    marqueurs, ignores, suites = max(ecriture.langues, key=lambda langue: len(presents & langue[0]))
    if len(presents & marqueurs) > len(presents & ecriture.francais):
        mots = _replace([mot for mot in mots if mot.lu not in ignores], suites, traduit=True)
    mots = _write_formes(mots, ecriture)
    mots = _write_participes(_write_infinitifs(mots, ecriture))
    return _replace(mots, ecriture.suites)


def _replace(mots: list[Mot], suites: _Suites, *, traduit: bool = False) -> list[Mot]:
    """The words with known sequences replaced; ``traduit``: the French words stand for what was typed."""
    ecrits: list[Mot] = []
    position = 0
    while position < len(mots):
        for suite, forme in suites.par_premier.get(mots[position].lu, ()):
            if len(suite) > 1 and tuple(m.lu for m in mots[position : position + len(suite)]) != suite:
                continue
            ecrits += [Mot(partie, partie, partie if traduit else mots[position].brut) for partie in forme]
            position += len(suite)
            break
        else:
            ecrits.append(mots[position])
            position += 1
    return ecrits


def _write_formes(mots: list[Mot], ecriture: _Ecriture) -> list[Mot]:
    ecrits: list[Mot] = []
    reste = CORRECTIONS_MAX
    for position, mot in enumerate(mots):
        suivant = mots[position + 1] if position + 1 < len(mots) else _RIEN
        precedent = mots[position - 1] if position else _RIEN
        forme = _find_forme(mot, precedent, suivant, ecriture)
        if forme is None and reste and len(mot.lu) >= LETTRES_MIN - 1 and mot.lu.isalpha():
            reste -= 1
            corrige = correct(mot.lu)
            if corrige != mot.lu:
                # the place name, if it is one, keeps its spelling
                if " " not in corrige:
                    ecrits.append(Mot(corrige, mot.nom, mot.brut))
                    continue
                forme = corrige
        if forme is None:
            ecrits.append(mot)
            continue
        for rang, partie in enumerate(forme.split()):
            ecrits.append(Mot(partie, partie, mot.brut if rang == 0 else ""))
    return ecrits


def _find_forme(mot: Mot, precedent: Mot, suivant: Mot, ecriture: _Ecriture) -> str | None:
    """What a short or stuck form stands for, by the words around it; None for any other word."""
    if forme := _find_forme_courte(mot, precedent, suivant, ecriture):
        return forme
    if forme := _PRONONCES.get(mot.brut.lower()) or ecriture.mots.get(mot.lu):
        return forme
    return _find_colle(mot.lu, ecriture) if len(mot.lu) > 2 else None


def _find_forme_courte(mot: Mot, precedent: Mot, suivant: Mot, ecriture: _Ecriture) -> str | None:
    if mot.lu == "g" and (
        suivant.lu in ecriture.g_devant or suivant.lu.isdigit() or suivant.brut.lower().endswith(("é", "er"))
    ):
        return "j ai"
    if mot.lu == "moi" and precedent.lu.isdigit():
        return "mois"
    if mot.lu == "printemps" and precedent.lu.isdigit():
        return "ans"
    if mot.lu == "o" and suivant.lu in ecriture.o_devant:
        return "au"
    if mot.brut.rstrip("'-").isupper() and mot.lu == "but":
        return "iutbut"  # the diploma, never the everyday word
    return None


def _find_colle(mot: str, ecriture: _Ecriture) -> str | None:
    """« denfan », « lecole », « jcherche »: two words written as one."""
    if mot[0] in "dl" and len(mot) > LETTRES_MIN and mot[1] in "aeiou" and mot not in ecriture.connus:
        nom = ecriture.mots.get(mot[1:]) or correct(mot[1:])
        if nom in ecriture.vocabulaire:
            return f"{mot[0]} {nom}"
    if mot[0] == "j":
        verbe = ecriture.mots.get(mot[1:], mot[1:])
        verbe = ecriture.infinitifs.get(verbe, verbe)
        if verbe not in ecriture.verbes_de_je and len(verbe) >= LETTRES_MIN - 1:
            verbe = correct(verbe)
        if verbe in ecriture.verbes_de_je:
            return f"{'j' if verbe[0] in 'aeiouh' else 'je'} {verbe}"
    return None


@lru_cache(maxsize=4096)
def correct(mot: str) -> str:
    """The key word that a misspelled word stands for, the word itself when none is near enough.

    >>> correct("permmis"), correct("diplaume"), correct("parmi")
    ('permis', 'diplome', 'parmi')
    """
    ecriture = _load()
    if mot in ecriture.connus or mot in ecriture.mots or len(mot) < LETTRES_MIN - 1 or mot[0] == "j":
        return mot
    if len(mot) >= LETTRES_MIN and (au_son := ecriture.sons.get(_read_son(mot))) and au_son[0] == mot[0]:
        return au_son
    return _find_proche(mot, ecriture.vocabulaire)


def _find_proche(mot: str, vocabulaire: Sequence[str]) -> str:
    """The first key word at one letter (two in a long word), with the same first letter."""
    for juste, fautes, _ in process.extract(
        mot, vocabulaire, scorer=OSA.distance, score_cutoff=2, limit=3, processor=None
    ):
        permises = 2 if len(juste) >= LETTRES_DEUX_FAUTES and len(mot) >= LETTRES_DEUX_FAUTES - 1 else 1
        if juste[0] != mot[0] or fautes > permises:
            continue
        # in a short word, a different ending makes another word, not a slip
        if len(juste) <= LETTRES_MIN and mot[-1] != juste[-1] and len(mot) >= len(juste):
            continue
        return str(juste)
    return mot


def _read_son(mot: str) -> str:
    for signe, son in _SONS:
        mot = mot.replace(signe, son)
    return _FINALES.sub("", _DOUBLES.sub(r"\1", mot))


def _write_infinitifs(mots: list[Mot], ecriture: _Ecriture) -> list[Mot]:
    """« moi pas avoir permis » becomes « je ai pas permis »: only right after « moi » or « je » and light words."""
    ecrits: list[Mot] = []
    debut: int | None = None  # where the learner's subject stands in ``ecrits``
    for position, mot in enumerate(mots):
        if mot.lu in ("moi", "je", "j"):
            debut = len(ecrits) if debut is None or ecrits[debut].lu == "moi" else debut
            ecrits.append(mot)
            continue
        if debut is not None and mot.lu in ecriture.infinitifs:
            legers = [m for m in ecrits[debut + 1 :] if m.lu not in ("moi", "je", "j")]
            verbe = Mot(ecriture.infinitifs[mot.lu], ecriture.infinitifs[mot.lu], mot.brut)
            sujet = Mot("j" if verbe.lu[0] in "aeiouh" else "je", "je", ecrits[debut].brut)
            ecrits[debut:] = [sujet, verbe, *legers]
            if mot.lu == "travailler" and _is_duree(mots[position + 1 : position + 6]):
                # « moi travailler 5 ans » tells of the past
                ecrits[debut:] = [Mot("j", "j", sujet.brut), Mot("ai", "ai", ""), verbe, *legers]
            debut = None
            continue
        if mot.lu not in ecriture.avant_infinitif:
            debut = None
        ecrits.append(mot)
    return ecrits


def _write_participes(mots: list[Mot]) -> list[Mot]:
    """« j'ai valider », « j'ai jamais travailler »: heard alike, the participle is what is meant."""
    ecrits: list[Mot] = []
    for mot in mots:
        avant = [m.lu for m in ecrits[-2:]]
        apres_ai = avant[-1:] == ["ai"] or (avant[:1] == ["ai"] and avant[-1] in _ENTRE_AI_ET_PARTICIPE)
        if mot.lu == "master":
            ecrits.append(mot)  # « j'ai master économie »
        elif apres_ai and len(mot.lu) > LETTRES_MIN and mot.lu.endswith("er") and not mot.lu.endswith("ier"):
            ecrits.append(Mot(mot.lu[:-1], mot.nom, mot.brut))
        else:
            ecrits.append(mot)
    return ecrits


def _is_duree(suite: Sequence[Mot]) -> bool:
    """« 5 ans », « chantier 7 ans »: a length of time, soon after the verb."""
    return any(mot.lu in ("ans", "mois") for mot in suite[1:])


def join_bruts(mots: Sequence[Mot]) -> str:
    """The words as typed, apostrophes and hyphens kept: « agent d'entretien », « chauffeur-livreur »."""
    texte = " ".join(mot.brut for mot in mots if mot.brut)
    return re.sub(r"(['’-]) ", r"\1", texte).strip(" '’-")
