"""The highest diploma the person holds, and how long they went to school."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from knowledge.faits.corrections import find_reprise
from knowledge.faits.donnees import load_donnees
from knowledge.faits.propositions import Proposition
from knowledge.model import Valeur

_ECOLE = re.compile(
    r"\b(?:ecole|scolarise|scolarite|etudie)\b(?: \w+){0,6}? (?P<n>\d{1,2}) (?:ans|hivers)\b(?! (?:au travail))"
    r"|\b(?P<n4>1\d|9) ans d etudes\b|\b(?P<n2>\d{1,2}) ans (?:a l |d |de |de l )?(?:ecole|scolarite|primaire)\b|\b(?P<n3>\d{1,2}) ans (?:\w+ )?a l ecole"  # noqa: E501
)
_ECOLE_FAUX = re.compile(
    r"\b(?:arrete\w*|quitte\w*|jusqu|depuis|dossier|projet|commission|formation|conduite|auto|chance|a l age|age de|il y a|apres(?= (?:l ecole|la scolarite|\d))|sorti\w*|reprendre|arreter)\b"  # noqa: E501
)
ANS_D_ECOLE = 6
DEBUT_DE_L_ECOLE = 6  # the age at which school begins
_PRIMAIRE = re.compile(
    r"\b(?:arrete\w*|quitte\w*|sorti\w*)\b(?: \w+){0,4} (?:en|au) (?:cp|ce1|ce2|cm1|cm2|primaire)\b|\bjusqu (?:au|en|a la fin du) (?:cp|ce1|ce2|cm1|cm2)\b|\bniveau (?:cp|ce1|ce2|cm1|cm2|primaire)\b|\bai fait que (?:le |l ecole )?primaire\b"  # noqa: E501
)
# « scolarisé moins de 6 ans », « l'école jusqu'à 16 ans », « quitté l'école à 9 ans »; a school of a trade is no schooling
_MOINS = re.compile(
    r"\b(?:ecole|scolaris\w+|scolarite)\b(?: \w+){0,3} moins de [1-6] ans\b"
    r"|\bmoins de [1-6] ans (?:d |de |a l )?(?:ecole|scolarite)"
)
_PLUS = re.compile(
    r"\b(?:ecole|scolaris\w+|scolarite)\b(?: \w+){0,3} plus de (?:[6-9]|1\d) ans\b"
    r"|\bplus de (?:[6-9]|1\d) ans (?:d |de |a l )?(?:ecole|scolarite)"
)
_QUITTEE = re.compile(
    r"\b(?:arrete\w*|quitte\w*|sorti\w*|jusqu)\b(?: l| de l| a l)?(?: ecole)? a(?: l age de| mes)? (?:[6-9]|1[01]) ans\b"
)
# « à l'école jusqu'à 16 ans »: more than six years
_QUITTEE_TARD = re.compile(
    r"\b(?:ai|suis|etais|allais|ete|allee?|scolarisee?|restee?)\b(?: \w+){0,6} "
    r"jusqu a (?:l age de |mes )?(?:1[2-9]|2\d) ans\b"
)
_JUSQU_A = re.compile(
    r"^(?:\w+ ){0,5}?jusqu (?:a (?:l age de |mes )?(?P<n>\d{1,2}) ans"
    r"|(?:en|a la) (?:[345](?:e|eme)?|cinquieme|quatrieme))\b"
)
# « l'école, deux ans seulement », « l'école j'ai fait cinq ans »: the years after the topic
_ECOLE_EN_TETE = re.compile(
    r"^(?:(?:et|mais|moi|pour|cote|niveau|bonjour) )*(?:l )?(?:ecole|scolarite)$"
    r"|^(?:\w+ ){0,5}(?:pas (?:\w+ )?(?:longtemps|beaucoup)|peu)(?: \w+){0,3} ecole$"
)
_TANT_D_ANS = re.compile(
    r"^(?:(?:et|j|je|y|ai|suis|fait|ete|allee?|restee?|eu|c|est|etait|que|seulement|juste|a peine|peut etre|environ|pendant"
    r"|meme|presque|pas) )*(?P<n>\d{1,2}) (?:ans|hivers)(?: et demie?)?"
    r"(?: (?:seulement|peut etre|en tout|au village|environ|a peu pres|maxi\w*|pas plus|a peine|la bas|au pays)"
    r"(?: .*)?)?$"
)
# « le primaire et deux ans de collège »
_COLLEGE = re.compile(r"^(?!.*\b(?:avant|pas|jamais|sans|pendant|meme)\b).*\b(?:college|lycee|secondaire)\b")
_PEU = re.compile(
    r"\b(?:que|seulement|juste|a peine) (?:quelques|[1-5]|2 ou 3) (?:annees?|ans)"
    r"(?: (?:d|a l|de) (?:ecole|classe|primaire))?\b"
)
_ECOLE_DE_METIER = re.compile(
    r"\becole (?:d |de |superieure|nationale|prive|hoteliere|normale|militaire)(?!base|mon|ma|village|quartier|campagne)"
)
_TRAVAIL_A_L_ECOLE = re.compile(
    r"\b(?:travaill\w*|employe|poste|agente?|atsem|cantine|menage|surveillante?|cuisin\w+|mi temps)\b.*\becole\b"
)
# « titre pro d'assistante commerciale, niveau 4 »
_TITRE = re.compile(r"\b(?:titre|diplome|certification)\b")
_NIVEAU_DU_TITRE = re.compile(r"^(?:de )?niveau (?:[3-6]|v|iv|iii|ii)$")
_LEGERS = frozenset(
    "et moi le un mon une bonjour j je ai avec ma ans diplome titulaire d du aussi plus homme femme sauf a part hormis que "  # noqa: SIM905
    "juste seulement uniquement simplement oui non rsa au cap bac sans emploi jeune mais c est donc alors bref".split()
)
_OBTENU_APRES = re.compile(
    r"^(?: (?!mais\b|pas\b|non\b|et\b|pour\b|a\b)\w+){0,3} (?:valide|obtenu|obtenue|validee|reussi|en poche|mention)\b"
)
# « j'ai obtenu un BTS en alternance »
_OBTENU_AVANT = re.compile(
    r"\b(?:obtenu|reussi|decroche|titulaire)(?: (?:d|de|en))?(?: (?:mon|ma|le|la|un|une))? ?$"
)
# « vous demandez mon diplôme | mais j'en ai pas »
_J_EN_AI_PAS = re.compile(r"^(?:(?:mais|et|or|moi) )*j (?:n )?en ai (?:pas|aucun)$")
_DE_SOI = re.compile(r"\b(?:j ai|\d\d ans)\b")
# « moi c karim 20 ans bobigny bac pro elec »: a list without commas
_APRES_L_AGE = re.compile(
    r"(?:^|\b(?:j ai |moi |c )(?:\w+ )?)\d\d ans (?!que\b|de\b|d\b|et\b)(?:[a-z]{3,} ){0,3}$"
)
_REGRET = re.compile(r"(?:j (?:n )?aurais|je (?:ne )?serais)\b")
_ARRETE_AU = re.compile(
    r"\b(?:me suis arretee?|m arrete|suis restee?|(?:etudes|scolarite) (?:\w+ ){0,4}arretee?s?) "
    r"(?:au|a la|avec (?:le|mon)|apres (?:le|mon)?)(?: niveau)? ?$"
    r"|\b(?:pas|jamais)(?: \w+){1,2} (?:plus loin|plus haut|au dela)(?: (?:que|du|de))?(?: (?:le|mon|ma|la|un|une))? ?$"
)
# « après mon CAP j'ai travaillé », never « après le bac je voudrais… »
_APRES_LE = re.compile(r"\bapres (?:(?:avoir|eu|obtenu|passe|valide|decroche) )*(?:un|une|le|la|l|mon|ma) ?$")
_A_VENIR = re.compile(
    r"\b(?:veux|voudrais|aimerais|souhaite\w*|vais|pense|compte|ferai|serai|irai|envisage|espere|on|peut|faire)\b"
)
_ENSUITE = re.compile(r"\b(?:j ai|je (?:me )?suis|j etais|je faisais|\d+ (?:ans|mois)|rien)\b")
# « j'ai eu mon CAP puis mon BP »
_PUIS = re.compile(r"^(?:et )?(?:puis|ensuite) (?:(?:le|mon|un|une|ma|la) )?$")
_EU = re.compile(
    r"(?:\bai |^)(?:eu|obtenu|valide|passe|decroche|le|mon|un|cap|bep|bac|bts|dut|licence)\b"
    r"(?!.*\b(?:rate|arrete|abandonne|lache|jamais|pas)\b)"
)
_AU_DIPLOME = re.compile(r"(?:^|\b(?:et|mais|puis) )au $")
_AUTRES_ETUDES = re.compile(r"\b(?:fac|universite|prepa|ecole|\d ans? de|annees? de)\b")
# « Bac +2 en droit sans valider la deuxième année »
_SANS_VALIDER = re.compile(r"(?: \w+){0,4}? (?:sans (?:avoir )?valide|mais pas valide|non valide)")
_ANNEE_DE = re.compile(r"\b(?:annees?|semestres?|ans) (?:de|d|du) ?$")
_SAUF = re.compile(r"\b(?:sauf|a part|hormis|excepte|seulement|n ai que|juste|que le|qu un|que mon)\b")


@dataclass(frozen=True, slots=True)
class _Motifs:
    diplomes: tuple[tuple[int, re.Pattern[str]], ...]
    avant: re.Pattern[str]
    sauf_si: re.Pattern[str]
    apres: re.Pattern[str]
    annule: re.Pattern[str]
    negation: re.Pattern[str]
    sans: re.Pattern[str]
    college: re.Pattern[str]
    jamais: re.Pattern[str]
    rien: re.Pattern[str]


@lru_cache(maxsize=1)
def _load() -> _Motifs:
    donnees = load_donnees("diplomes")
    return _Motifs(
        tuple((d["niveau"], re.compile(rf"\b(?:{d['motif']})\b")) for d in donnees["diplomes"]),
        *(
            re.compile(donnees[cle])
            for cle in (
                "pas_obtenu_avant", "sauf_si_avant", "pas_obtenu_apres", "annule_suite", "negation_avant",
                "sans_diplome", "arret_college", "jamais_ecole", "rien",
            )
        ),
    )  # fmt: skip


def read_diplome(propositions: tuple[Proposition, ...], *, question: str | None) -> dict[str, Valeur]:
    """``niveau_diplome`` (the highest held) and ``scolarise_moins_de_6_ans``; only what is said."""
    motifs = _load()
    faits: dict[str, Valeur] = {}
    niveaux: list[int] = []
    rien = False
    ecole = -1  # the sentence that began with school
    for position, proposition in enumerate(propositions):
        if not proposition.moi or proposition.douteuse:
            continue
        suite = propositions[position + 1] if position + 1 < len(propositions) else None
        suite_texte = suite.texte if suite and suite.moi and suite.phrase - proposition.phrase <= 1 else ""
        if _NIVEAU_DU_TITRE.match(suite_texte) and _TITRE.search(proposition.texte):
            proposition, suite_texte = replace(proposition, texte=f"{proposition.texte} {suite_texte}"), ""
        proposition, repris = _keep_reprise(proposition, propositions[:position])
        niveau = _read_niveau(proposition, suite_texte, motifs, question)
        if niveau is not None:
            niveaux = [niveau] if repris else [*niveaux, niveau]
        texte = proposition.texte
        rien = rien or bool(
            motifs.sans.search(texte) and not re.search(r"\b(?:travail|emploi|metier) sans\b", texte)
        )
        rien = rien or bool(
            _J_EN_AI_PAS.search(texte) and proposition.avant.endswith((" diplome", " diplomes"))
        )
        rien = rien or bool(motifs.college.search(texte) and "licence" not in texte)
        if motifs.jamais.search(texte) and not _ECOLE_DE_METIER.search(texte):
            rien = faits["scolarise_moins_de_6_ans"] = True
        elif (moins := _read_scolarite(texte, question, suit=ecole == proposition.phrase)) is not None:
            faits["scolarise_moins_de_6_ans"] = moins
        ecole = proposition.phrase if _ECOLE_EN_TETE.match(texte) else ecole
    if question == "niveau_diplome" and not niveaux and propositions:
        dits = [p.texte for p in propositions if p.moi]
        rien = rien or any(motifs.rien.match(dit) for dit in (*dits, " ".join(dits[:2])))
    if niveaux:
        faits["niveau_diplome"] = max(niveaux)
    elif rien:
        faits["niveau_diplome"] = 0
    return faits


def _keep_reprise(proposition: Proposition, precedentes: tuple[Proposition, ...]) -> tuple[Proposition, bool]:
    """« un master, non pardon une licence »: what is said instead, and whether it takes back what came before."""
    if not precedentes or proposition.texte.startswith("et non "):
        return proposition, False  # « un BTS et non une licence »
    reprise = find_reprise(precedentes[-1].texte, proposition.texte)
    return (proposition, False) if reprise is None else (replace(proposition, texte=reprise), True)


def _read_niveau(proposition: Proposition, suite: str, motifs: _Motifs, question: str | None) -> int | None:
    """The highest diploma held in a clause; a diploma wanted, failed or in progress is not held."""
    texte = proposition.texte
    meilleur: int | None = None
    debut_pris: list[tuple[int, int]] = []
    for niveau, motif in motifs.diplomes:
        for trouve in motif.finditer(texte):
            if any(debut <= trouve.start() < fin for debut, fin in debut_pris):
                continue
            debut_pris.append(trouve.span())
            if _is_obtenu(proposition, trouve, suite, motifs, question) and (
                meilleur is None or niveau > meilleur
            ):
                meilleur = niveau
    if meilleur is not None and proposition.supposee and _REGRET.match(suite):
        return None  # « si j'avais le bac, j'aurais… »: a regret, not a new plan
    if (
        meilleur is not None
        and motifs.annule.search(suite)
        and not any(m.search(suite) for _, m in motifs.diplomes)
        and not _AUTRES_ETUDES.search(suite)  # « bac S, puis deux ans de fac sans valider »
    ):
        return None
    return meilleur


def _is_obtenu(
    proposition: Proposition, trouve: re.Match[str], suite: str, motifs: _Motifs, question: str | None
) -> bool:
    avant, apres = proposition.texte[: trouve.start()], proposition.texte[trouve.end() :]
    if motifs.apres.match(apres) and not _OBTENU_AVANT.search(avant):
        return False
    if trouve.group().startswith("bac plus") and _SANS_VALIDER.match(apres):
        return False
    if motifs.negation.search(avant) and not _SAUF.search(avant):
        return False
    if (etape := _read_etape(avant, f"{apres} {suite}", proposition.avant)) is not None:
        return etape
    if _OBTENU_APRES.match(apres):
        return not _ANNEE_DE.search(avant)  # « la deuxième année de licence en poche »
    obtenu = next(reversed(list(motifs.sauf_si.finditer(avant))), None)
    genes = list(motifs.avant.finditer(avant))
    if genes and not (obtenu and obtenu.end() >= genes[-1].start()):
        # « je suis bac+5 », « je suis docteure en chimie », « équivalent licence » given as an answer
        dit = question == "niveau_diplome" or trouve.group().startswith(("bac plus", "docteur"))
        return dit and (genes[-1].group() == "suis" or genes[-1].group().startswith("equivalen"))
    if "avais eu" in avant:
        return False  # « si j'avais eu le BTS »
    if obtenu or question == "niveau_diplome" or proposition.supposee:
        return True
    if proposition.interroge and not _DE_SOI.search(avant):
        return False  # « un CAP en un an, c'est possible ? »
    # « bac pro cuisine » alone, « 22 ans bac pro »: nothing but light words before it.
    return bool(_APRES_L_AGE.search(avant)) or all(mot in _LEGERS or mot.isdigit() for mot in avant.split())


def _read_etape(avant: str, ensuite: str, plus_tot: str) -> bool | None:
    """Whether a diploma told as a step of a life was obtained; None when it is not told so."""
    if _ARRETE_AU.search(avant) or (_PUIS.search(avant) and _EU.search(plus_tot)):
        return True  # « je me suis arrêtée au CAP »
    if _APRES_LE.search(avant):
        return bool(_ENSUITE.search(ensuite)) and not _A_VENIR.search(ensuite)
    return False if _AU_DIPLOME.search(avant) else None  # « au CAP j'ai eu la pratique »


def _read_scolarite(texte: str, question: str | None, *, suit: bool) -> bool | None:
    """Less than six years of school; ``suit``: the clause before only named school."""
    if suit and (ans := _TANT_D_ANS.match(texte)):
        return int(ans.group("n")) < ANS_D_ECOLE
    if _ECOLE_DE_METIER.search(texte) or _TRAVAIL_A_L_ECOLE.search(texte):
        return None
    if (
        _PRIMAIRE.search(texte)
        or _MOINS.search(texte)
        or (re.search(r"\b(?:ecole|classe)\b", texte) and (_QUITTEE.search(texte) or _PEU.search(texte)))
    ):
        return True
    if question == "scolarise_moins_de_6_ans" and _COLLEGE.match(texte):
        return False
    if _PLUS.search(texte) or (re.search(r"\b(?:ecole|scolaris)", texte) and _QUITTEE_TARD.search(texte)):
        return False
    trouve = _ECOLE.search(texte)
    if trouve and not _ECOLE_FAUX.search(texte):
        return int(next(n for n in trouve.groups() if n)) < ANS_D_ECOLE
    return _read_scolarite_demandee(texte) if question == "scolarise_moins_de_6_ans" else None


def _read_scolarite_demandee(texte: str) -> bool | None:
    """What an answer says of the years at school, which it need not name."""
    if jusqu := _JUSQU_A.search(texte):
        return bool(jusqu.group("n")) and int(jusqu.group("n")) - DEBUT_DE_L_ECOLE < ANS_D_ECOLE
    nu = re.search(r"^(?:\w+ ){0,4}?(\d{1,2}) ans\b", texte)
    sans_borne = re.sub(r"\bpas plus\b", "", texte)
    if nu and not _ECOLE_FAUX.search(texte) and not re.search(r"\b(?:plus|moins)\b", sans_borne):
        return int(nu.group(1)) < ANS_D_ECOLE
    if re.search(r"\bmoins de 6 ans\b", texte):
        return True
    if re.search(r"\b(?:plus de [6-9]|plus de 1\d|bien plus)\b", texte):
        return False
    return None
