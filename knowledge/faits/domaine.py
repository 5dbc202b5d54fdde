"""The field of work a clause names, in the words that were typed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from knowledge.faits.activites import find_activite
from knowledge.faits.donnees import load_donnees
from knowledge.faits.ecriture import join_bruts
from knowledge.faits.metiers_connus import RESSEMBLANCE, SCORE_SUR, Metiers, is_fabrique
from knowledge.faits.mot import Mot
from knowledge.faits.propositions import Proposition
from knowledge.territoires.normalisation import fold

LETTRES_MIN = 4  # letters of a word that may name work
MOTS_MAX = 4  # words of a field: longer is a sentence, not a name
_ARTICLES = frozenset({"le", "la", "les", "l", "un", "une", "des", "d", "du", "de"})
_DETERMINANTS = frozenset({"le", "la", "les", "l", "un", "une"})
ADVERBES = frozenset(
    "apprenti apprentie successivement notamment aussi toujours actuellement deja bien longtemps moi surtout".split()  # noqa: SIM905
)
_FINS_DE_METIER = ("erie", "ure", "age", "ologie")  # « 20 ans de fonderie » is work, « de canicule » is not
_AVANT_UN_TRAVAIL = frozenset(
    "experience metier en dans comme pratique qualite tant que qu sur".split()  # noqa: SIM905
)
_POSSESSIFS = frozenset({"mon", "ma", "mes", "notre", "nos", "son", "sa", "ses"})
_LIEUX = frozenset({"a", "l", "la", "au", "aux", "sur", "les"})
_CONTRATS = frozenset({"en", "interim", "cdi", "cdd"})  # « je travaille en intérim logistique »
_PREPOSITIONS = frozenset({"de", "d", "a", "en", "du", "des", "au"})
_LEGERS = frozenset(
    "et mais j je ai suis moi bonjour oui puis plus surtout notamment principalement comme en dans le la l les de d du des "  # noqa: SIM905
    "essentiellement majoritairement beaucoup apprenti apprentie".split()
)
_A = frozenset({"a", "au", "aux"})
_EMPLOYE = frozenset({"employe", "employee", "salarie", "salariee"})
_A_TRAVAILLE = frozenset({"travaille", "travaillais", "travailler"})  # « 4 ans avec mon père au garage »
_SANS_METIER = frozenset({"usine", "usines"})  # « à l'usine » tells no field
# « licenciée de l'usine après 19 ans », « j'ai quitté la banque »
_A_QUITTE = frozenset(
    "licencie licenciee vire viree renvoye renvoyee remercie remerciee quitte demissionne".split()  # noqa: SIM905
)
# « j'ai repris la ferme de mes parents »: what is run is a place of work when it is known as one
_A_TENU = frozenset(
    "tenu tiens tenais gere gerais vendu enseigne repris rachete ouvert monte cree dirige dirigeais exploite".split()  # noqa: SIM905
)
_AVANT_FAIT = frozenset({"ai", "je", "j", "deja", "aussi", "tout"})  # « j'ai fait cariste »
_CHANTIERS = frozenset({"chantier", "chantiers", "atelier"})  # « chantier d'insertion » is no field
_CHEFS = frozenset({"chef", "cheffe"})  # « chef de rang » is a trade, « chef » alone is not
_LA_BAS = re.compile(r"^(?:(?:et|moi|avant|puis|ensuite|au pays|la bas|chez moi|dans mon pays) )+")
_DERRIERE = frozenset({"caisse", "comptoir", "bar", "volant", "fourneaux"})  # « dix ans derrière une caisse »
_SUR_MOI = re.compile(r"\b(?:me|m|nous|lui) \w")  # « la sécu me doit 210 euros depuis 5 mois »
_VERBE = re.compile(r"\b(?:ai|je|j)\b")
# « mon dernier poste : magasinier », « j'ai quitté mon emploi de serveuse », « j'ai exercé le métier de comptable »
_POSTE = re.compile(
    r"\b(?:occupe|occupais|exerce|exercais|tenu|eu|avais|demissionne|licencie|renvoye|quitte|perdu|perdre|fini\w*|lache|plaque|sors|termine|terminer|vire|arrete|abandonne|laisse|cesse)"
    r"(?: (?:un|une|mon|ma|le|la|l|ce|des|plusieurs|petite?|dernier|derniere|d|de))*"
    r" (?:postes?|emplois?|metier|activite|fonctions?|profession|contrats?|cdd|cdi|missions?|travail)(?: en cd[id])?"
    r" (?:de|d|comme) "
    # « mon CDD de magasinier se termine »
    r"|\b(?:mon|ma) (?:poste|emploi|cdd|cdi|contrat|mission|activite|travail) "
    r"(?:de|d|comme|dans|en) (?!(?:cd[id]|interim|assurance)\b)"
    # « plein de petits boulots : plonge, ménage »
    r"|\b(?:petits|plusieurs|differents) (?:travail|jobs?|metiers|emplois|postes|missions)"
    r"(?: (?:comme|dans|en|de|d|notamment|surtout|le|la|les|l))* "
    r"|\b(?:dernier|derniere|ancien|ancienne|precedent|precedente) (?:poste|emploi|metier|travail|mission|experience)"
    r"(?: (?:c|ce|etait|est|ete|occupe|comme|dans|un|une|le|la|l|de|d|en|a|en date|professionnelle))* "
)
# « je voudrais changer après dix ans d'enseignement »: what follows is the past
_APRES_DUREE = re.compile(
    r"\b(?:apres|malgre|forte? d une experience de)(?: \w+){0,3}? \d+ (?:ans|mois) (?:de|d|dans|comme|en) "
    r"|\b(?:cap|bep|bac pro|bts|titre pro)(?: \w+){1,3}? \d+ (?:ans|mois) (?:de|d|dans|comme|en) "
)
# « peintre depuis 12 ans sans aucun diplôme », « AVS dans une école »: no diploma is wished
PAS_UN_PROJET = re.compile(
    r"\b(?:sans|pas de|aucun)(?: aucun| le| mon)? (?:diplome|cap|bac|bep|formation|ecole)\b"
    r"|\b(?:dans une|dans des|en) ecoles?\b(?! (?:de|d|du|superieure|privee)\b)"
)
_DIPLOME_DE = re.compile(
    r"^(?:(?:j|ai|avec|un|le|mon|titulaire|d|et) )*"
    r"(?:cap|bep|bac pro|bts|but|dut|titre pro\w*|licence(?: pro\w*)?|master|diplome)(?: (?:de|d|en))? (?=\w)"
)
# « en chantier d'insertion aux espaces verts »
_INSERTION = re.compile(
    r"\b(?:chantier|entreprise|structure|association|aci) d insertion (?:aux?|en|sur|pour|de|d|dans)(?: (?:le|la|les|l))? "
)
_DANS_LE = re.compile(r"\bdans (?:le |la |les |l )")
_THEME = re.compile(r"^(?:(?:et|moi|mais|pourtant|alors|bon) )*(?:le|la|l|les|du|de la) (?=\w)")
TOUTE_LA_VIE = re.compile(r"\b(?:toute ma vie|toute une vie|depuis toujours|de metier|de pere en fils)\b")
# « moi travailler avant Syrie couture 12 ans »
_JUSTE_AVANT = re.compile(r"\btravaill\w* .*?(?P<nom>\w+) (?:pendant |depuis )?\d+ (?:ans|mois)$")
_DUREE = re.compile(
    r"\b(?:\d+|\w+aine d) (?:ans|mois)\b|\b(?:de|entre) (?:19|20)\d\d (?:a|et)\b|\bdepuis (?:19|20)\d\d\b|\bde metier\b"
)


@dataclass(frozen=True, slots=True)
class _Listes:
    voulu: re.Pattern[str]
    fins: frozenset[str]
    pas_un_domaine: frozenset[str]
    vides: frozenset[str]
    avec_complement: frozenset[str]
    generaux: frozenset[str]
    lieux_de_travail: frozenset[str]
    pas_du_travail: frozenset[str]


@lru_cache(maxsize=1)
def _load() -> _Listes:
    donnees = load_donnees("experience")
    return _Listes(
        voulu=re.compile(donnees["domaine_voulu"]),
        **{
            cle: frozenset(map(str, donnees[nom]))
            for cle, nom in (
                ("fins", "fin_de_domaine"), ("pas_un_domaine", "pas_un_domaine"), ("vides", "vides"),
                ("avec_complement", "avec_complement"), ("generaux", "metiers_generaux"),
                ("lieux_de_travail", "lieux_de_travail"),
                ("pas_du_travail", "pas_du_travail"),
            )
        },
    )  # fmt: skip


def find_domaine_nomme(proposition: Proposition, metiers: Metiers) -> str | None:
    """The field a diploma names (« CAP boucher, 12 ans de métier »); None when there is none."""
    return (
        _find_apres(_DIPLOME_DE.match(proposition.texte), proposition, metiers) if proposition.moi else None
    )


def find_domaine_evoque(proposition: Proposition, metiers: Metiers) -> str | None:
    """The field spoken of, wished or not: « je cherche dans le ménage, 10 ans dedans », « la plonge, j'en ai fait »."""
    if not proposition.moi:
        return None
    if domaine := _find_apres(_DANS_LE.search(proposition.texte), proposition, metiers):
        return domaine
    theme = _THEME.match(proposition.texte)
    suite = proposition.texte[theme.end() :].split() if theme else []
    if is_nom_de_travail(suite[:1]):
        mots = [mot for mot in proposition.mots if mot.lu]
        return _cut(mots[len(mots) - len(suite) :], _load(), metiers, connu=len(suite) > 1)
    return find_domaine_dit(proposition, metiers)


def _find_apres(trouve: re.Match[str] | None, proposition: Proposition, metiers: Metiers) -> str | None:
    """The known field right after what was found in a clause."""
    return (
        _cut_depuis(len(proposition.texte[: trouve.end()].split()), proposition, metiers) if trouve else None
    )


def _cut_depuis(debut: int, proposition: Proposition, metiers: Metiers) -> str | None:
    """The known field that begins at a word of a clause."""
    mots = [mot for mot in proposition.mots if mot.lu]
    return _cut(mots[debut:], _load(), metiers, connu=True)


def find_domaine_dit(proposition: Proposition, metiers: Metiers) -> str | None:
    """The first field or trade the person says to have worked in; None when it is only wished, or none is named."""
    listes = _load()
    texte, premier = proposition.texte, 0
    if domaine := find_activite(proposition, passee=bool(_DUREE.search(texte))):
        return domaine
    if listes.voulu.search(PAS_UN_PROJET.sub("", texte)):
        apres = _APRES_DUREE.search(texte)
        if apres is None:
            return None
        premier = len(texte[: apres.start()].split())
    dit = None if premier else (_POSTE.search(texte) or _INSERTION.search(texte))
    if domaine := _find_apres(dit, proposition, metiers):
        return domaine
    mots = [mot for mot in proposition.mots if mot.lu]
    lus = [mot.lu for mot in mots]
    for position in range(premier, len(lus)):
        debut, sur = (
            (_find_au(lus, position), True) if lus[position] in ("a", "au") else _find_debut(lus, position)
        )
        if debut and (domaine := _cut(mots[debut:], listes, metiers, connu=sur)):
            # « secrétaire médicale 14 ans dans le même cabinet »: the trade rather than the place
            precis = is_lieu_de_travail(domaine) and not _VERBE.search(texte)
            return (_cut_depuis(_find_tete(texte), proposition, metiers) if precis else None) or domaine
    if avant := _JUSTE_AVANT.search(texte):
        return _cut_depuis(len(texte[: avant.start("nom")].split()), proposition, metiers)
    if (
        (_DUREE.search(texte) or TOUTE_LA_VIE.search(texte))
        and not _VERBE.search(texte)
        and not _SUR_MOI.search(texte)
    ):  # « chauffeur de bus depuis 9 ans »
        return _cut_depuis(_find_tete(texte), proposition, metiers)
    return None


def is_lieu_de_travail(domaine: str) -> bool:
    """Whether a field is only the place where many trades are done: « salon », « chantier »."""
    return fold(domaine) in _load().lieux_de_travail


def is_apres_duree(texte: str) -> bool:
    """Whether a clause tells of work before a change: « après dix ans d'enseignement »."""
    return bool(_APRES_DUREE.search(texte))


def find_metier_en_tete(proposition: Proposition, metiers: Metiers) -> str | None:
    """The known trade that begins a clause without verb (« couturière au pays »); None otherwise."""
    texte = proposition.texte
    if _load().voulu.search(texte) or _VERBE.search(texte) or not proposition.moi:
        return None
    return _cut_depuis(_find_tete(texte), proposition, metiers)


def _find_tete(texte: str) -> int:
    """Where a clause really begins: « au pays », « et moi » name nothing."""
    passe = _LA_BAS.match(texte)
    debut = len(passe.group().split()) if passe else 0
    return next((rang for rang, lu in enumerate(texte.split()) if rang >= debut and lu not in _LEGERS), 0)


def find_connu(mots: list[Mot], metiers: Metiers) -> str | None:
    """The known field that words begin with; None when they begin with none."""
    return _cut(mots, _load(), metiers, connu=True)


def _find_debut(lus: Sequence[str], position: int) -> tuple[int, bool]:
    """Where the field starts after the link at ``position`` (0: none), and whether it must be a known one."""
    mot, suite = lus[position], lus[position + 1 :]
    autrui = mot.startswith("ancien") and bool(position) and lus[position - 1] in _POSSESSIFS
    if (
        not suite
        or autrui
        or (mot in ("suis", "etais") and suite[0] == "a" and suite[1:2] not in (["la"], ["l"]))
    ):
        return 0, False  # « mon ancienne prof », « je suis à Vitry »
    if mot in ("dans", "derriere") and suite[0] in _DETERMINANTS and position:
        return _find_dedans(lus, position), True
    if mot in ("comme", "tant") and position:
        saute = 1 + (suite[0] in ("un", "une", "que", "qu"))
        return position + saute, True
    if mot in ("en", "dans") and position:
        return (0, False) if suite[0] in ("tant", "qualite") else (position + 1, True)
    if mot in (
        "ete",
        "etais",
        "suis",
        "devenu",
        "devenue",
        "apprenti",
        "apprentie",
        "ancien",
        "ancienne",
        "ex",
    ):
        rang = {"employe", "salarie"} if mot.startswith(("ancien", "ex")) else set()
        return _skip(lus, position + 1, ADVERBES | {"un", "une", "en"} | rang), True
    if mot in ("fait", "fais", "faisais", "faire"):
        return _find_apres_fait(lus, position), True
    a_tenu = mot in _A_TENU | _A_QUITTE and suite[0] in _ARTICLES | _POSSESSIFS
    if a_tenu or (mot in _EMPLOYE and suite[0] in _A):
        return _skip(lus, position + 1, _ARTICLES | _POSSESSIFS | _A), True
    if mot in ("ans", "mois", "saisons", "experience", "demi"):
        return _find_apres_duree(lus, position)
    if mot in ("travaille", "travaillais", "exerce") and position:
        # « pour une boîte de nettoyage »
        pour = len(suite) > 1 and suite[0] == "pour" and suite[1] in ("une", "un", "des")
        return position + 3 if pour else _skip(lus, position + 1, _LIEUX | _CONTRATS), True
    return 0, False


def _find_dedans(lus: Sequence[str], position: int) -> int:
    """« dans la vente », « dans la même imprimerie », « derrière une caisse »."""
    suite = lus[position + 2 : position + 4]
    if lus[position] == "derriere":
        return position + 2 if suite[:1] and suite[0] in _DERRIERE else 0
    return (
        position + 3 if suite[:1] == ["meme"] and suite[1:] and suite[1] not in _SANS_METIER else position + 2
    )


def _find_au(lus: Sequence[str], position: int) -> int:
    """« j'ai travaillé 4 ans avec mon père au garage »: a place of work, after a verb of work only."""
    debut = _skip(lus, position + 1, _LIEUX) if _A_TRAVAILLE & set(lus[:position]) else 0
    return debut if debut and lus[debut] in _load().generaux - _SANS_METIER else 0


def _find_apres_fait(lus: Sequence[str], position: int) -> int:
    """« j'ai fait de la vente », « j'ai fait cariste »."""
    if lus[position + 1] in _ARTICLES | {"beaucoup", "un", "pas", "que", "surtout"}:
        return _skip(lus, position + 1, _ARTICLES | {"beaucoup", "peu", "mal", "que", "surtout"})
    nu = position and lus[position] != "faire" and lus[position - 1] in _AVANT_FAIT
    return position + 1 if nu else 0


def _find_apres_duree(lus: Sequence[str], position: int) -> tuple[int, bool]:
    suite = lus[position + 1 :]
    # « mon expérience c'est surtout la vente »
    if lus[position] == "experience" and suite[0] in ("c", "est"):
        return _skip(lus, position + 1, _ARTICLES | {"c", "est", "surtout", "dans", "en"}), True
    if suite[0] in ("de", "d") and is_nom_de_travail(suite[1:]):
        return position + 2, not suite[1].endswith(_FINS_DE_METIER)
    if (
        suite[0] in _A
    ):  # « j'ai fait 14 ans à la fonderie », « après 16 ans à l'usine de conserves », never « 8 mois à l'hôtel »
        travaille = (_A_TRAVAILLE | {"fait"}) & set(lus[:position]) or lus[0] in ("apres", "malgre")
        debut = _skip(lus, position + 1, _LIEUX) if travaille else 0
        nomme = debut and (lus[debut] not in _SANS_METIER or lus[debut + 1 : debut + 2] in (["de"], ["d"]))
        return (debut, True) if nomme else (0, False)
    return _skip(lus, position + 1, _ARTICLES | _AVANT_UN_TRAVAIL), True


def is_nom_de_travail(suite: Sequence[str]) -> bool:
    """« 10 ans de caisse »: what follows a length of time is work, unless it is a known part of life."""
    return (
        bool(suite)
        and len(suite[0]) >= LETTRES_MIN
        and suite[0].isalpha()
        and suite[0] not in _load().pas_du_travail
    )


def _skip(lus: Sequence[str], debut: int, vides: frozenset[str]) -> int:
    while debut < len(lus) and lus[debut] in vides:
        debut += 1
    return debut if debut < len(lus) else 0


def _cut(mots: list[Mot], listes: _Listes, metiers: Metiers, *, connu: bool) -> str | None:
    """The words up to what ends a field; « de », « en » stay inside a known name (« peintre en bâtiment »)."""
    while mots and (mots[0].lu in listes.vides or mots[0].lu in _PREPOSITIONS):
        mots = mots[1:]
    gardes: list[Mot] = []
    for position, mot in enumerate(mots[:MOTS_MAX]):
        if mot.lu in _PREPOSITIONS and gardes:
            if not _is_lien(mots, position, listes, metiers):
                break
        elif mot.lu in listes.fins or mot.lu.isdigit():
            break
        gardes.append(mot)
    while gardes and gardes[-1].lu in _PREPOSITIONS:
        gardes.pop()
    if gardes and gardes[0].lu in _CHANTIERS and any(mot.lu == "insertion" for mot in mots[:MOTS_MAX]):
        return None
    compose = len(gardes) > 1 and gardes[0].lu in _CHEFS and gardes[-1].lu not in listes.pas_un_domaine
    if not gardes or (gardes[0].lu in listes.pas_un_domaine and not compose) or len(gardes[0].lu) < 3:
        return None
    if connu:
        gardes = _keep_connu(gardes, listes, metiers)
    return join_bruts(gardes) or None


def _is_lien(mots: list[Mot], position: int, listes: _Listes, metiers: Metiers) -> bool:
    if position + 1 >= len(mots) or mots[position + 1].lu.isdigit():
        return False
    if mots[position].lu in ("a", "de", "d") and mots[position - 1].lu in listes.avec_complement:
        return True
    nom = " ".join(mot.lu for mot in mots[: position + 2])
    trouves = metiers.find_metiers(nom, 1)
    return bool(
        trouves
        and trouves[0].score >= SCORE_SUR
        and mots[position].lu in fold(trouves[0].appellation).split()
    )


def _keep_connu(gardes: list[Mot], listes: _Listes, metiers: Metiers) -> list[Mot]:
    """The longest beginning that names a known trade or field, nothing when there is none."""
    if gardes[0].lu in listes.avec_complement and gardes[-1].lu in listes.generaux:
        return gardes  # « gardien de troupeau »
    for taille in range(len(gardes), 0, -1):
        nom = " ".join(mot.lu for mot in gardes[:taille])
        if (
            gardes[0].lu in listes.generaux | listes.lieux_de_travail
            or is_fabrique(gardes[0].lu)
            or metiers.find_domaine(nom) is not None
        ):
            return gardes[:taille]
        trouves = metiers.find_metiers(nom, 1)
        if not trouves or trouves[0].score < SCORE_SUR:
            continue
        if (
            fuzz.ratio(nom, fold(trouves[0].appellation)) >= RESSEMBLANCE
            and gardes[taille - 1].lu not in _PREPOSITIONS
        ):
            return gardes[:taille]
    return []
