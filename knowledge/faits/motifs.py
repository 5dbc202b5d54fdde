"""Read the facts that ``motifs.yml`` describes: what a clause says, whether it denies it, whether it is sure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from knowledge.faits.donnees import load_donnees
from knowledge.faits.foyer import keep_son_foyer
from knowledge.faits.propositions import SUR_MOI, Proposition
from knowledge.faits.sous_entendu import complete_sous_entendus
from knowledge.model import Valeur

# « pas de » denies what follows at once; « pas » reaches a few words; « sans », « ni », « aucun » the next two.
_NEGATION = re.compile(
    r"(?:\b(?:pas|(?<!bac )plus|jamais)(?! (?:de|d|seulement|mal|que|loin)\b)(?: \w+){0,2}"
    r"|\bpas moi qui(?: \w+){0,4}|\b(?:pas (?:de|d)|sans|ni|aucune?|0)(?: (?:le|la|les|l|de|d|mon|ma|un|une|aucune?|statut))*|\bnon(?! (?:j|je|mais)\b)) ?$"  # noqa: E501
)
_NEGATION_DEDANS = re.compile(
    r"\b(?:pas|(?<!bac )plus|jamais|aucune?|ni|sans)\b(?! (?:de \d|seulement|mal|que|emploi)\b)"
)
_NEGATION_APRES = re.compile(
    r"^ (?:non(?! vehicul)|nan|jamais|toujours pas|pas(?! (?:de|d|encore d|(?:encore )?(?:le |au |du )?[abc][12])\b)|j ai pas|(?:moi )?(?:je|j) (?:n |ne )?(?:l |le |la |les |en |y )\w+ (?:pas|plus|jamais)|(?:je|j) (?:ne |n )?(?:en )?ai (?:pas|plus))\b(?! seulement)"  # noqa: E501
)


_NON_POINT = re.compile(r"\b(?:non|nan) $")
_SANS_CONSEILLER = re.compile(r"\b(?:pas|plus|aucune?)(?: \w+){0,3} (?:conseill|referent)")
_AUTRE_PARENT = re.compile(
    r"\b(?:femme|mari|conjointe?|compagne|compagnon|mere|pere|soeurs?|freres?|amie?s?|copines?|voisine?s?|cousine?s?"
    r"|collegues?|patronne|elle|tante|dame)\b"
)
_SUJET = re.compile(r"\b(?:je|j|moi|mon|ma|mes|suis|ai|on|nous)\b")
# « sans revenu : par où commencer ? »
_AFFIRME = re.compile(rf"{_SUJET.pattern}|^(?:sans|pas de|aucune?|ni)\b")
_CONTRASTE = re.compile(
    r"(?:^| )(?:mais |et |alors que |par contre )?(?:pas (?:moi|nous)|(?:moi|nous) (?:non|si|oui|pas|jamais|j ai pas|je suis pas|je l ai pas)|(?P<comme>(?:moi|nous) (?:aussi|non plus|pareil)))$"  # noqa: E501
)
_DEFAIT = re.compile(
    r"\bme (?:l|les) (?:a|ont) (?:\w+ )?(?:retire|annule|supprime|enleve|repris|coupe|suspendu|confisque|refuse)e?\b"
    r"|^(?:(?:mais|et|sauf|qu|elle|il|c|est|ca) )*(?:a|est|s est) "
    r"(?:expiree?|perimee?|finie?|terminee?|arretee?|plus valable|plus a jour)\b"
    r"|^(?:mais |et )?(?:moi )?je (?:le )?(?:crois|pense) pas$"
    r"|\bai (?:pas|jamais) (?:renouvele|refait|redemande)\w*\b"
    r"|^(?:je |j )?(?:ne )?(?:connais pas(?: ca| du tout)?$|sais (?:meme )?pas (?:ce que c est|c est quoi))"
    r"|^(?:mais|et|puis) j ai (?:vite |tout )?(?:arrete|demissionne|lache)(?:$| (?:au bout|apres|tout de suite|parce|car)\b)"
    r"|^(?:(?:et|puis|ensuite|mais|on|me|l|la|a) )*(?:retire|annule|enleve|supprime|refuse)e?\b"
)
# « avant la mission locale, maintenant France Travail »
_MAINTENANT = re.compile(r"(?:et |mais )?(?:maintenant|aujourd hui|desormais|depuis|actuellement)\b")
# « quand j'avais 20 ans »: what was said just before belongs to that time
_QUAND_J_ETAIS = re.compile(r"(?:et |c etait |mais )*(?:quand|lorsque) (?:j|je) (?:avais|etais)\b")
_SUIVIS = frozenset({"suivi_mission_locale", "inscrit_france_travail", "rsa", "sans_revenu"})
_VIENS_DE = re.compile(
    r"\b(?:viens|vient|venons) (?:de |d )(?:m )?\w+"
)  # « je viens d'avoir la RQTH » is done
_CONTRATS = {"CER": "ppae", "PPAE": "cer"}  # each with the other one
_PREMIERE_PERSONNE = {
    "a": "ai", "ont": "ai", "est": "suis", "sont": "suis", "touchent": "touche", "vit": "vis", "percoit": "percois",
    "vivent": "vis", "avait": "ai", "recoit": "recois",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """The patterns of one criterion. ``nie``: what a denial gives (``faux``, ``rien``, ``ignorer`` = not looked for)."""

    critere: str
    mots: re.Pattern[str]
    sauf: re.Pattern[str] | None
    valeurs: tuple[tuple[Valeur, re.Pattern[str]], ...]
    non: re.Pattern[str] | None
    non_d_abord: re.Pattern[str] | None
    oui_d_abord: re.Pattern[str] | None
    tous: bool
    nie: str
    phrase: bool
    exige: re.Pattern[str] | None
    annule: re.Pattern[str] | None
    contexte: re.Pattern[str] | None
    hors_doute: frozenset[str]
    autrui_oui: re.Pattern[str] | None
    autrui_non: re.Pattern[str] | None
    questions: bool
    rien_d_abord: re.Pattern[str] | None
    sauf_message: re.Pattern[str] | None
    sur_moi: bool


@lru_cache(maxsize=1)
def load_themes() -> tuple[tuple[Theme, ...], re.Pattern[str]]:
    """The themes of ``motifs.yml`` and the words of doubt, compiled once."""
    donnees = load_donnees("motifs")
    macros: Mapping[str, str] = donnees["macros"]
    themes = tuple(_build_theme(cle, champs, macros) for cle, champs in donnees["themes"].items())
    return themes, re.compile(donnees["doute"])


def _compile(motifs: Iterable[str] | str | None, macros: Mapping[str, str]) -> re.Pattern[str] | None:
    if not motifs:
        return None
    texte = motifs if isinstance(motifs, str) else "|".join(f"(?:{motif})" for motif in motifs)
    for nom, valeur in macros.items():
        texte = texte.replace(f"<{nom}>", valeur)
    return re.compile(texte)


def _build_theme(critere: str, champs: Mapping[str, Any], macros: Mapping[str, str]) -> Theme:
    motifs: Mapping[Any, Any] = champs.get("valeurs") or {True: champs["oui"]}
    ordre = champs.get("ordre_des_valeurs") or list(motifs)
    compiles = tuple((valeur, motif) for valeur in ordre if (motif := _compile(motifs[valeur], macros)))
    return Theme(
        critere=critere,
        mots=re.compile("|".join(map(re.escape, champs["mots"]))),
        sauf=_compile(champs.get("sauf"), macros),
        valeurs=compiles,
        non=_compile(champs.get("non"), macros),
        non_d_abord=_compile(champs.get("non_d_abord"), macros),
        oui_d_abord=_compile(champs.get("oui_d_abord"), macros),
        tous=champs.get("tous", False),
        nie=champs.get(
            "nie", "ignorer" if critere == "projet" else "rien" if "valeurs" in champs else "faux"
        ),
        phrase=champs.get("phrase", False),
        exige=_compile(champs.get("exige"), macros),
        annule=_compile(champs.get("annule"), macros),
        contexte=_compile(champs.get("contexte"), macros),
        hors_doute=frozenset(champs.get("hors_doute", ())),
        autrui_oui=_compile(champs.get("autrui_oui"), macros),
        autrui_non=_compile(champs.get("autrui_non"), macros),
        questions=champs.get("questions", False),
        rien_d_abord=_compile(champs.get("rien_d_abord"), macros),
        sauf_message=_compile(champs.get("sauf_message"), macros),
        sur_moi=champs.get("sur_moi", False),
    )


def read_themes(propositions: tuple[Proposition, ...]) -> dict[str, Valeur]:
    """The facts said by the clauses about the person; the last word wins."""
    propositions = complete_sous_entendus(propositions)
    tout = " ".join(proposition.texte for proposition in propositions)
    foyer = keep_son_foyer(propositions)
    phrases = {False: _join_phrases(propositions, tous=False), True: _join_phrases(foyer, tous=True)}
    faits: dict[str, Valeur] = {}
    for theme in load_themes()[0]:
        if not theme.mots.search(tout):
            continue
        if theme.sauf_message and theme.sauf_message.search(tout):
            continue  # « je ne touche rien, à part l'AAH »
        entiere = foyer if theme.tous else propositions
        for proposition in phrases[theme.tous] if theme.phrase else entiere:
            if not theme.mots.search(proposition.texte):
                continue
            valeur = _read_dit(theme, proposition)
            if valeur is True and _is_defaite(proposition, propositions, de_suivi=theme.critere in _SUIVIS):
                continue
            if valeur is not None and not _is_l_autre(valeur, faits.get(theme.critere), proposition.texte):
                faits[theme.critere] = valeur
        if contraste := _read_contraste(theme, propositions):
            faits[theme.critere] = contraste[0]
    if faits.get("rsa") is True and faits.get("sans_revenu") is True:
        del faits["sans_revenu"]  # the RSA is an income
    return faits


def _is_l_autre(nie: Valeur, dit: Valeur | None, texte: str) -> bool:
    """« j'ai un PPAE, pas de CER »: the contract denied is not the one that was named."""
    return (
        nie == "aucun" and dit in _CONTRATS and _CONTRATS[str(dit)] in texte and str(dit).lower() not in texte
    )


def _is_defaite(proposition: Proposition, propositions: tuple[Proposition, ...], *, de_suivi: bool) -> bool:
    """« j'ai eu le permis mais on me l'a retiré », « la RQTH, mais elle a expiré »: undone soon after.

    ``de_suivi``: what ends with time (« la mission locale m'a aidé quand j'avais 20 ans »), unlike a licence.
    """
    rang = next((r for r, p in enumerate(propositions) if p is proposition), len(propositions))
    suite = [p.texte for p in propositions[rang + 1 : rang + 3] if p.phrase == proposition.phrase]
    passee = de_suivi and bool(suite) and bool(_QUAND_J_ETAIS.match(suite[0]))
    return passee or any(_DEFAIT.search(texte) for texte in suite)


def _read_dit(theme: Theme, proposition: Proposition) -> Valeur | None:
    """What a clause says of the person, even when someone else is its subject."""
    texte = proposition.texte
    if theme.autrui_non and theme.autrui_non.search(texte):
        return False  # « mon patron m'a viré »
    if theme.autrui_oui and theme.autrui_oui.search(texte) and not _SANS_CONSEILLER.search(texte):
        # « ma conseillère mission locale m'a dit… »: hers, so the person is followed; a choice has its own value
        return True if theme.valeurs[0][0] is True else _read(theme, proposition)
    if proposition.moi or (theme.tous and not _AUTRE_PARENT.search(texte)):
        return _read(theme, proposition)
    if theme.sur_moi and SUR_MOI.search(texte):
        return _read(theme, proposition)
    return None


def _read_contraste(theme: Theme, propositions: tuple[Proposition, ...]) -> tuple[bool] | None:
    """« ma femme a le permis, pas moi », « mon frère est au RSA et moi aussi »: what is said of others, turned to oneself."""
    if theme.nie != "faux":
        return None
    for position, proposition in enumerate(propositions):
        contraste = _CONTRASTE.search(proposition.texte)
        if not contraste:
            continue
        autre = proposition if contraste.start() else propositions[position - 1] if position else None
        if autre is None or autre.moi or autre.phrase != proposition.phrase:
            continue
        texte = _CONTRASTE.sub("", autre.texte)
        texte = " ".join(_PREMIERE_PERSONNE.get(mot, mot) for mot in texte.split()[2:])
        texte = f"j {texte}" if texte.startswith("ai ") else f"je {texte}"
        valeur = _read(theme, replace(autre, texte=texte, moi=True))
        if isinstance(valeur, bool):
            return (valeur if contraste.group("comme") else not valeur,)
    return None


def _join_phrases(propositions: tuple[Proposition, ...], *, tous: bool) -> tuple[Proposition, ...]:
    """One entry per sentence, the clauses about someone else left out; ``tous`` keeps those about the children."""
    groupes: dict[int, list[Proposition]] = {}
    for proposition in propositions:
        if proposition.moi or (tous and not _AUTRE_PARENT.search(proposition.texte)):
            groupes.setdefault(proposition.phrase, []).append(proposition)
    return tuple(
        Proposition(
            mots=(),
            texte=" ".join(membre.texte for membre in membres),
            nom="",
            phrase=numero,
            moi=True,
            avant="",
            douteuse=membres[0].douteuse,
            supposee=False,
        )
        for numero, membres in groupes.items()
    )


def _read(theme: Theme, proposition: Proposition) -> Valeur | None:
    texte = proposition.texte
    if theme.rien_d_abord and theme.rien_d_abord.search(texte):
        return None
    if not proposition.douteuse:
        if theme.non_d_abord and theme.non_d_abord.search(texte):
            return False
        if theme.oui_d_abord and theme.oui_d_abord.search(texte):
            return True
    return None if _is_ecartee(theme, texte) else _read_motifs(theme, proposition)


def _is_ecartee(theme: Theme, texte: str) -> bool:
    """Whether the clause says nothing sure about the theme."""
    presents = any(motif and motif.search(texte) for motif in (theme.sauf, theme.annule))
    return presents or any(motif and not motif.search(texte) for motif in (theme.exige, theme.contexte))


def _read_motifs(theme: Theme, proposition: Proposition) -> Valeur | None:
    texte = proposition.texte
    if theme.non and theme.non.search(texte) and not proposition.douteuse:
        return False
    for valeur, motif in theme.valeurs:
        trouve = motif.search(texte)
        if trouve is None:
            continue
        if _may_be_niee(theme, valeur) and _is_niee(texte, trouve):
            return False if theme.nie == "faux" and not proposition.douteuse else None
        if proposition.interroge and not theme.questions and not _AFFIRME.search(texte):
            return None  # « la RQTH, ça sert à quoi ? »
        if (proposition.douteuse and not theme.questions) or _is_incertaine(theme, proposition, trouve):
            return None
        return valeur
    return None


def _may_be_niee(theme: Theme, valeur: Valeur) -> bool:
    """« aucun contrat » is a denial already."""
    return valeur not in ("aucun", "aucune") and (theme.nie != "ignorer" or valeur in ("idee", "confirme"))


def _is_niee(texte: str, trouve: re.Match[str]) -> bool:
    avant, dedans, apres = texte[: trouve.start()], trouve.group(), texte[trouve.end() :]
    if dedans.startswith(("j ", "je ")):
        avant = _NON_POINT.sub("", avant)  # « non j'ai un emploi » answers, and denies nothing after it
    if any(
        verbe in dedans
        for verbe in (
            "parle",
            "comprend",
            "connais",
            "sais",
            "maitrise",
            "ecris",
            "lis ",
            "discut",
            "communiqu",
            "francais c est pas",
        )
    ):  # « je ne parle pas français » is itself the fact
        return False
    return bool(
        _NEGATION.search(avant) or _NEGATION_DEDANS.search(dedans.strip()) or _NEGATION_APRES.match(apres)
    )


def _is_incertaine(theme: Theme, proposition: Proposition, trouve: re.Match[str]) -> bool:
    """Wishes, requests and the past give nothing; « si j'avais » is read, because it asks to plan again."""
    if theme.critere in ("projet", "parent_ayant_interrompu", "enfants_a_garder"):
        return False
    if (
        proposition.avant.endswith("avant")
        and not theme.hors_doute
        and not _MAINTENANT.match(proposition.texte)
    ):
        return True
    if theme.critere == "salarie" and proposition.supposee and proposition.avant.endswith(" si"):
        return True  # « qui va les garder si je travaille »
    doute = load_themes()[1]
    for mot in doute.findall(_VIENS_DE.sub("", proposition.texte[: trouve.end()])):
        if mot in theme.hors_doute or (proposition.supposee and mot in ("etais", "avais", "touchais")):
            continue
        return True
    return False
