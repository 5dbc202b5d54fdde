"""The métier the person aims at; never a past or present job."""

from __future__ import annotations

import re

from knowledge.faits.corrections import find_reprise
from knowledge.faits.ecriture import join_bruts
from knowledge.faits.metier_nomme import MOTS_MAX, find_metier, find_nom, find_nom_final, load_motifs
from knowledge.faits.metiers_connus import Metiers
from knowledge.faits.propositions import Proposition
from knowledge.model import Valeur

CODES_MAX = 8  # trades of a field: beyond, the field is too wide to be aimed at
_NON = re.compile(r"(?:mais )?(?:non|nan)")
_SUJET = re.compile(r"\b(?:je|j|suis|ai)\b")
_DEDANS_MAX = 3  # clauses looked at before « travailler là-dedans »
_REPRISES_MAX = 2  # clauses looked at before « c'est ce que je veux »


def read_metier(
    texte: str, propositions: tuple[Proposition, ...], metiers: Metiers, *, question: str | None
) -> dict[str, Valeur]:
    """``metier_vise`` and, when known, ``code_rome``; the last target said wins."""
    _, motifs = load_motifs()
    if code := motifs["code_rome"].search(texte):
        return {"code_rome": code.group("code").upper()}
    if question == "experience_domaine" and not any(motifs["voeu"].search(p.texte) for p in propositions):
        return {}  # « plutôt la garde d'enfants » tells of the past
    demande = question in ("metier_vise", "code_rome")
    faits = _read_corrige(propositions, metiers, demande=demande) or _read_derniere(propositions, metiers)
    if faits:
        return faits
    if question == "projet":  # « oui j'en ai un, cuisinier »
        seuls = (_find_seul(p, metiers) for p in propositions if p.moi and not p.interroge)
        return next((faits for faits in seuls if faits), {})
    if demande:
        return _read_reponse(texte, propositions, metiers)
    return {}


def _read_derniere(propositions: tuple[Proposition, ...], metiers: Metiers) -> dict[str, Valeur]:
    """The target of the last clause that has one."""
    _, motifs = load_motifs()
    for position, proposition in reversed(tuple(enumerate(propositions))):
        suite = propositions[position + 1] if position + 1 < len(propositions) else None
        if _is_ecartee(proposition, suite, motifs):
            continue
        avant = propositions[max(0, position - _REPRISES_MAX) : position]
        if motifs["reprend"].match(proposition.texte):
            faits = _read_repris(avant, metiers)
        elif motifs["dedans"].search(proposition.texte):
            proches = propositions[max(0, position - _DEDANS_MAX) : position + 1]
            faits = _read_repris(proches, metiers) or _read_repris(proches, metiers, cle="fait")
        elif avant and motifs["decide"].match(proposition.texte):
            faits = _find_seul(avant[-1], metiers)
        else:
            faits = _read_cible(proposition, suite, metiers)
        if (
            faits := faits
            or _read_appose(proposition, avant, metiers)
            or _read_ensuite(proposition, avant, metiers)
            or _read_lieu_vise(proposition)
        ):
            return faits
    return {}


def _read_corrige(
    propositions: tuple[Proposition, ...], metiers: Metiers, *, demande: bool
) -> dict[str, Valeur]:
    """« agent de sécurité, non attendez, hôte d'accueil », « plus cuisinier, pâtissier »: the trade said last."""
    _, motifs = load_motifs()
    for position in range(len(propositions) - 1, 0, -1):
        avant, dite = propositions[position - 1], propositions[position]
        if not dite.moi or dite.interroge:
            continue
        ancien, nouveau = motifs["remplace"].match(avant.texte), motifs["remplacant"].match(dite.texte)
        if ancien and nouveau and find_nom(ancien.group("nom"), metiers):
            return find_nom(nouveau.group("nom"), metiers)
        nom = find_reprise(avant.texte, dite.texte)
        if nom is None or not (faits := find_nom(nom, metiers)):
            continue
        if demande or any(_read_cible(p, None, metiers) for p in propositions[:position] if p.moi):
            return faits
    return {}


def _is_ecartee(
    proposition: Proposition, suite: Proposition | None, motifs: dict[str, re.Pattern[str]]
) -> bool:
    """Whether a clause tells of someone else, of what is refused, or of a wish of the past."""
    texte = proposition.texte
    sur_moi = proposition.moi or motifs["demande"].search(texte) or motifs["conseille"].search(texte)
    if motifs["nie"].search(texte) or not sur_moi:
        return True
    if proposition.avant.endswith("avant") or motifs["enfance"].search(proposition.avant):
        return True
    if motifs["voulait"].search(texte) and motifs["jadis"].search(f"{proposition.avant} {texte}"):
        return True
    laisse = suite is not None and motifs["abandonne"].match(suite.texte)
    return bool(laisse and motifs["voulait"].search(texte))


def _read_cible(proposition: Proposition, suite: Proposition | None, metiers: Metiers) -> dict[str, Valeur]:
    """The trade a clause aims at, known or only named like one."""
    cibles, motifs = load_motifs()
    texte = proposition.texte
    if suite is not None and texte.endswith(" que") and suite.phrase == proposition.phrase:
        trouve = motifs["clive"].search(f"{texte} {suite.texte}")
        if trouve and (faits := find_metier(trouve.group("cible"), metiers)):
            return faits
        evoque = motifs["c_est_ca"].search(f"{texte} {suite.texte}")
        if evoque and (faits := _find_evoque(evoque.group("dit"), metiers)):
            return faits
    if not motifs["indice"].search(texte):
        return {}
    for cible in cibles:
        if trouve := cible.search(texte):
            lus = trouve.groupdict()
            faits = find_metier(lus["cible"], metiers) if "cible" in lus else find_nom(lus["nom"], metiers)
            if faits:
                return faits
    return _read_inconnu(proposition, motifs) or _read_secteur(proposition, metiers)


def _read_appose(
    proposition: Proposition, avant: tuple[Proposition, ...], metiers: Metiers
) -> dict[str, Valeur]:
    """« je voudrais être à l'accueil, comme hôtesse »: a trade alone, soon after a wish that names none."""
    _, motifs = load_motifs()
    voeu = next((p for p in reversed(avant) if _SUJET.search(p.texte)), avant[0] if avant else None)
    if voeu is None or not voeu.moi or voeu.phrase != proposition.phrase or proposition.interroge:
        return {}
    if not motifs["voeu"].search(voeu.texte) or motifs["nie"].search(voeu.texte):
        return {}
    return {} if _read_cible(voeu, None, metiers) else _find_seul(proposition, metiers)


def _read_ensuite(
    proposition: Proposition, avant: tuple[Proposition, ...], metiers: Metiers
) -> dict[str, Valeur]:
    """The trade that ends a wish, or stands alone after one: « mon rêve ? mécanicien »."""
    _, motifs = load_motifs()
    texte = proposition.texte
    if motifs["voeu_fort"].search(texte) and not motifs["passe"].search(texte):
        return find_nom_final(texte, metiers)
    seul = motifs["seul"].match(texte)
    if seul is None or not avant or proposition.interroge:
        return {}
    precedente = avant[-2] if len(avant) > 1 and _NON.fullmatch(avant[-1].texte) else avant[-1]
    memes = (p.texte for p in avant if p.phrase == proposition.phrase)
    contraste = motifs["moi_aussi"].match(texte) and any(map(motifs["souhait"].search, memes))
    annonce = precedente.moi and motifs["annonce"].search(precedente.texte)
    return find_nom(seul.group("nom"), metiers) if contraste or annonce else {}


def _read_lieu_vise(proposition: Proposition) -> dict[str, Valeur]:
    """« je voudrais bosser dans une médiathèque »: where the person wants to work, when no trade is named."""
    _, motifs = load_motifs()
    lieu = motifs["lieu_vise"].search(proposition.texte)
    voulu = lieu and motifs["voeu"].search(proposition.texte[: lieu.start()])
    return _keep_brut(proposition, lieu.start("nom"), 1) if lieu and voulu else {}


def _find_seul(proposition: Proposition, metiers: Metiers) -> dict[str, Valeur]:
    """The known trade that a clause names and nothing else."""
    nom = load_motifs()[1]["apposition"].match(proposition.texte)
    return find_nom(nom.group("cible"), metiers) if nom else {}


def _read_repris(
    avant: tuple[Proposition, ...], metiers: Metiers, *, cle: str = "evoque"
) -> dict[str, Valeur]:
    """« cariste, un CACES, c'est tout ce que je demande »: the trade named before, nearest first."""
    for proposition in reversed(avant):
        if not proposition.moi:
            continue
        if faits := find_metier(proposition.texte, metiers) or _find_evoque(
            proposition.texte, metiers, cle=cle
        ):
            return faits
    return {}


def _find_evoque(texte: str, metiers: Metiers, *, cle: str = "evoque") -> dict[str, Valeur]:
    """The trade somebody tells to have tried: « on m'a fait faire un stage en boulangerie »."""
    evoque = load_motifs()[1][cle].search(texte)
    return find_metier(evoque.group("cible"), metiers) if evoque else {}


def _read_inconnu(proposition: Proposition, motifs: dict[str, re.Pattern[str]]) -> dict[str, Valeur]:
    """« je veux devenir maréchal-ferrant »: kept as typed when the words can only be a trade."""
    trouve = motifs["inconnu"].search(proposition.texte)
    if trouve and motifs["pas_un_metier"].match(trouve.group("nom")):
        return {}
    trouve = trouve or motifs["activite_libre"].search(proposition.texte)
    if trouve is None:
        return {}
    return _keep_brut(proposition, trouve.start("nom"), len(trouve.group("nom").split()))


def _read_secteur(proposition: Proposition, metiers: Metiers) -> dict[str, Valeur]:
    """« je voudrais travailler dans le tourisme »: a whole field, in the person's words."""
    _, motifs = load_motifs()
    if trouve := motifs["secteur"].search(proposition.texte):
        mots = motifs["fin"].sub("", trouve.group("nom")).split()[:MOTS_MAX]
        for taille in range(len(mots), 0, -1):
            nom = " ".join(mots[:taille])
            domaine = None if motifs["pas_un_metier"].match(nom) else metiers.find_domaine(nom)
            if domaine is not None:
                etroit = len(domaine.codes_rome) <= CODES_MAX
                return _keep_brut(proposition, trouve.start("nom"), taille) if etroit else {}
    if (trouve := motifs["secteur_nouveau"].search(proposition.texte)) and motifs["voeu"].search(
        proposition.texte
    ):
        return _keep_brut(proposition, trouve.start("nom"), 1)
    return {}


def _keep_brut(proposition: Proposition, debut: int, taille: int) -> dict[str, Valeur]:
    """The words of a clause from a character on, as typed."""
    mots = [mot for mot in proposition.mots if mot.lu]
    premier = len(proposition.texte[:debut].split())
    nom = join_bruts(mots[premier : premier + taille])
    return {"metier_vise": nom[:200]} if nom else {}


def _read_reponse(texte: str, propositions: tuple[Proposition, ...], metiers: Metiers) -> dict[str, Valeur]:
    """The whole text is the answer; an unknown métier is kept in the person's words."""
    _, motifs = load_motifs()
    miennes = [p for p in propositions if p.moi and not motifs["ecarte"].match(p.texte)]
    if not miennes or motifs["nie"].search(miennes[0].texte):
        return {}
    for dite in reversed(miennes[1:]):
        if (suite := motifs["donc"].match(dite.texte)) and (faits := find_nom(suite.group("nom"), metiers)):
            return faits
    if faits := find_metier(motifs["reponse"].sub("", miennes[0].texte).strip(), metiers):
        return faits
    premiere = miennes[0] if len(miennes[0].texte.split()) > 1 or len(miennes) == 1 else miennes[-1]
    nom = motifs["reponse"].sub("", premiere.texte).strip()
    if motifs["vide"].search(nom):
        # « je sais pas encore, peut-être cuisinier »
        return find_metier(motifs["reponse"].sub("", miennes[-1].texte), metiers) if len(miennes) > 1 else {}
    if faits := find_metier(nom, metiers):
        return faits
    if not nom or "?" in texte or len(nom.split()) > 6 or nom.isdigit() or len(nom) < 3:
        return {}
    brut = join_bruts([mot for mot in premiere.mots if mot.lu][-len(nom.split()) :])
    return {"metier_vise": brut[:200]} if brut else {}
