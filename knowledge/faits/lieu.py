"""Where the person lives: commune, homonyms to choose from, or only the département when that is all they say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge.faits.lieu_indirect import (
    find_departement_proche,
    find_lieu_cherche,
    find_lieu_repris,
    is_loge_par_autrui,
)
from knowledge.faits.lieu_nomme import (
    QUITTE,
    cut_voisine,
    find_departement_nomme,
    find_lieu_nomme,
    find_nom_nu,
    is_presente,
    is_ville_sure,
    load_listes,
    write_environs,
)
from knowledge.faits.lieu_precis import (
    ARTICLES_DE_VILLE,
    find_dans_departement,
    find_dans_l_autre,
    find_exact,
    find_sure,
)
from knowledge.faits.pas_un_lieu import is_pas_un_lieu
from knowledge.faits.propositions import Proposition
from knowledge.model import Valeur
from knowledge.territoires import LieuxReperes
from knowledge.territoires.normalisation import fold

if TYPE_CHECKING:
    from knowledge.faits.metiers_connus import Metiers
    from knowledge.territoires import Territoires

CANDIDATS_MAX = 6
PROPOSITIONS_MAX = 30  # a place is said early; the cost of a long message stays bounded
INCONNUS_MAX = 3  # words beside a place said in passing that say neither home nor elsewhere
MOTS_MAX = 14  # a longer clause without a verb of residence does not only name a place
_ETRANGER = re.compile(
    r"\b(?:i live in|live in|vivo en|moro em|vivo in|i am from|i m from|i m in|i am in|i am living in|estoy en|je viens d arriver (?:a|sur|dans))\b"  # noqa: E501
)
_PAS_LA = re.compile(
    r"(?:et |mais |non |c est )*(?:pas|plus) (?!(?:de|d|encore) )|(?:et|mais) non (?=\w)"
)  # « Pantin et non Paris »
# « 18e », « syrienne »: neither says anything else of a place
_ACCOMPAGNE = re.compile(r"\d+e\w*|(?!entretien)\w{3,}(?:ien|ienne|aise?|aine?|oise?|ane|inois|olaise?)")
# « le siège est à Nanterre », « mon colis est à Chartres »: something else is there
_AUTRE_SUJET = re.compile(
    r"^(?:(?:et|mais) )?(?:le|la|l|les|mon|ma|mes|ce) "
    r"(?!(?:(?:nouvelle?|petite?) )?(?:adresse|appart\w*|logement|maison|vie|domicile|famille|ville|hotel|foyer"
    r"|chambre|studio|caravane))"
    r"(?:\w+ ){1,3}(?:est|sont|etait|etaient|part|vient|arrive) (?:\w+ )?(?:a|au|aux|sur|de)\b"
)
_PAS_EN_PASSANT = re.compile(
    r"^on s est\b|\bje (?:joue|supporte|livre|transporte|vends|peche|chasse|chante|refuse)\b"
    r"|\bai (?:laisse|perdu|oublie|pris|rencontre|achete|vendu|paye|vote|signe|envoye|recu|rate|mange|couru|depose|joue)\b"
    r"|\b(?:etais|etait|avais|vu|obtenue?|passage|detenue?|liberte|operee?|soignee?|hospitalisee?|controlee?|jugee?|condamnee?"
    r"|marie|baptise\w*|accouche|agressee?|courses|medecin|dentiste|docteur|tribunal|notaire|gare"
    r"|bac|cap|bep|bts|licence|master|titre|diplome|concert|appel\w*"
    r"|ecris|ecrit|offre|annonce|magasin|match|billet|train|avion|viens|retour|mort|enterr\w*|club|festival"
    r"|cd[di]|dans une? \w+|chez (?!m[aoe]|des|un)\w+)\b"
)
# « au RSA à Montreuil avec deux enfants »: what follows the town says nothing of it
_SUITE_DU_LIEU = re.compile(r" (?:depuis|avec|et|sans|qui|pour|ou|mais)\b.*$")
_DEPUIS = re.compile(r" depuis\b.*$")  # « artisan taxi à Cholet depuis 2015 »
_VILLE_SEULE = re.compile(
    r"(?:(?:(?:moi|je|on) )*(?:suis|vis|vit|reste|est) )?(?P<a>a|au|aux|sur|du|des) (?P<ville>[a-z]{3,}(?: [a-z]+){0,3})"
)
# « je suis a vitri sur seine »: a misspelled town right after, at the end
_SUIS_A = re.compile(r"\bsuis (?:a|au|aux|sur) \w+(?: \w+){0,3}$")
SCORE_DE_VILLAGE, HABITANTS_DE_VILLAGE = 0.82, 2_000  # below both, a likeness is no answer
_A_LA_FIN = re.compile(r"\b(?:a|sur) (?:\w+ ){0,4}\w+$")
_PAS_CE_CODE = re.compile(
    r"\bpas (?:le |dans le |du )?\d{2,5},? *(?=(?:mais |c'est |le |dans le )?\d)", re.IGNORECASE
)
# « avant j'étais à Sarcelles, maintenant c'est Pontoise »
_MAINTENANT = re.compile(
    r"\b(?:avant|plus|etais|habitais|vivais)\b.*\b(?:maintenant|desormais|aujourd hui) "
    r"(?:(?:c est|je suis|j habite|je vis) )?(?:a |au |aux |sur )?(?P<lieu>\w.*)$"
)
# « avant c'était Thouars | et maintenant Parthenay »
_DESORMAIS = re.compile(
    r"^(?:(?:et|mais|la|du coup) )*(?:maintenant|desormais|aujourd hui|actuellement) "
    r"(?:(?:c est|je suis|j habite|je vis) )?(?:(?:a|au|aux|sur) )?(?P<lieu>\w.*)$"
)
# « 20e arrondissement »: only Paris has so many
_ARRONDISSEMENT = re.compile(r"^(?:(?:dans|le|c est) )*(?P<n>1[7-9]|20)(?:e|em|eme|ieme)(?: arr\w*)?$")
_PAS_LOIN = re.compile(
    r"\bpas (?:tr[eè]s |trop |bien )?loin de\b|\b[aà] [\w-]+(?: [\w-]+)? (?:minutes?|min|mn|km|kilom[eè]tres?) de\b",
    re.IGNORECASE,
)
_DU_COTE = re.compile(r"\bdu c[oô]t[eé] d(?:e |['’])", re.IGNORECASE)
# « ben à Sète pardi »
_BREF = re.compile(
    r"(?<=\w)[ ,]+(?:pardi|quoi|hein|voil[aà]|lol|mdr|svp|stp|merci|bien s[uû]r|évidemment)\W*$",
    re.IGNORECASE,
)
_LE_DEPARTEMENT = re.compile(r"\b(?:dans|en|sur) le (?P<code>\d{2}|2[ab])\b")
# « je passe souvent par Châtelet, à Paris »: what stands before the comma says that it is no home
_AVANT_AILLEURS = re.compile(
    r"\b(?:passe\w*|travaill\w+|etudi\w+|suis nee?|grandi|stage|formation)\b|^entre "
    r"|\b(?:chantier|poste|siege|agence|usine|entreprise|boite|patron|mission|magasin|centre|ecole|rendez vous|rdv) est\b"
)
# « à Hem, pas loin de Roubaix »: the second clause only says where the first is
_SITUE = re.compile(
    r"(?:(?:juste|tout|c est|vraiment) )*(?:pres|proche|a cote|pas (?:tres |trop )?loin|non loin|aux portes|en banlieue"
    r"|a \d+ (?:minutes|min|mn|km|kilometres)|entre) (?:d |de |du )?[a-z]{3,}"
)
_SEUL_DANS = re.compile(r"^(?:en|dans (?:le|la|les|l)) ")  # « en Corrèze » is no town
_HESITE = re.compile(r"\b(?:soit|hesite)\b|\bentre (?!deux\b)\w.* et ")

_QUESTIONS = ("commune", "code_departement", "code_insee")

Precisions = dict[str, tuple[dict[str, str], ...]]


def read_lieu(
    texte: str,
    propositions: tuple[Proposition, ...],
    territoires: Territoires,
    metiers: Metiers,
    *,
    question: str | None,
) -> tuple[dict[str, Valeur], Precisions]:
    """The facts of the place and the homonyms left to choose from; both empty when nothing is sure."""
    if question in _QUESTIONS:
        dites = tuple(p for p in propositions if not is_pas_un_lieu(p, metiers, territoires))
        if not dites:
            return {}, {}
        if len(dites) < len(propositions):  # « maçon, à Mende »
            propositions, texte = dites, ", ".join(p.nom for p in dites)
    retenues = [
        p
        for p in propositions[:PROPOSITIONS_MAX]
        if (p.moi or is_loge_par_autrui(p))
        and not p.douteuse
        and (is_presente(p, territoires) or _is_residence(p, territoires))
    ]
    if retenues:
        lieux = _read_retenues(retenues, territoires)
        if lieux is not None:
            lieux = _find_ville_dite_apres(lieux, propositions, territoires)
            nie = any(load_listes().residence_niee.search(p.texte) for p in propositions)
            return to_faits(
                _find_entier(texte, lieux, territoires) if question == "commune" and not nie else lieux
            )
    if question in _QUESTIONS:
        faits, precisions = _read_reponse(
            _DU_COTE.sub("", _PAS_CE_CODE.sub("", _PAS_LOIN.sub("près de", _BREF.sub("", texte)))),
            propositions,
            territoires,
        )
        if faits or precisions:
            return faits, precisions
    lues = propositions[:PROPOSITIONS_MAX]
    indirect = (
        find_lieu_repris(lues, territoires)
        or find_lieu_cherche(lues, territoires)
        or find_departement_proche(lues, territoires)
    )
    return to_faits(indirect) if indirect else ({}, {})


def _read_reponse(
    texte: str, propositions: tuple[Proposition, ...], territoires: Territoires
) -> tuple[dict[str, Valeur], Precisions]:
    """The place given as an answer; nothing when the answer speaks of something else."""
    miennes = [p for p in propositions if p.moi and not load_listes().residence_niee.search(p.texte)]
    dites = [p for p in miennes if not load_listes().autre_chose.search(p.texte)]
    if not dites or _HESITE.search(texte.lower()):
        return {}, {}
    suivie = dites[-1] is not miennes[-1]  # « Longwy, j'ai pas bougé »
    if suivie or (len(dites) > 1 and _SITUE.match(dites[-1].nom)):
        premier = find_exact(dites[0].nom, territoires)
        if suivie or premier:
            return to_faits(premier or LieuxReperes())
    nom = _DU_COTE.sub("", _PAS_LOIN.sub("pres de", miennes[-1].nom))
    seul = len(miennes) == len(propositions)
    if len(miennes) > 1 and (desormais := _DESORMAIS.match(nom)):
        nom, seul = desormais.group("lieu"), False
    if arrondissement := _ARRONDISSEMENT.match(nom):
        texte = f"Paris {arrondissement.group('n')}e"
    maintenant = _MAINTENANT.search(nom)
    nom = maintenant.group("lieu") if maintenant else nom
    lieux = _find_dit(texte if seul and not maintenant else nom, nom, territoires)
    if not lieux.communes and (precis := find_dans_departement(nom, territoires)):
        return to_faits(precis)
    if lieux.relation == "proximite":
        return _read_departement(nom, territoires), {}
    if (lieux.autres and lieux.relation != "residence") or _is_village_douteux(lieux):
        return {}, {}
    return to_faits(lieux)


def _find_dit(texte: str, nom: str, territoires: Territoires) -> LieuxReperes:
    """The place of the whole answer, else that of its last clause."""
    lieux = territoires.reperer_lieux(texte, tout_le_texte_est_un_lieu=True)
    trouve = texte == nom or lieux.communes or lieux.departement
    return lieux if trouve else territoires.reperer_lieux(nom, tout_le_texte_est_un_lieu=True)


def _read_departement(nom: str, territoires: Territoires) -> dict[str, Valeur]:
    """« près de Vannes dans le 56 »: the département is all that is sure."""
    dit = _LE_DEPARTEMENT.search(nom)
    nomme = find_departement_nomme(nom, territoires, pres=True)
    departement = territoires.find_departement(dit.group("code")) if dit else nomme and nomme.departement
    return {"code_departement": departement.code} if departement else {}


def _find_ville_dite_apres(
    connu: LieuxReperes, propositions: tuple[Proposition, ...], territoires: Territoires
) -> LieuxReperes:
    """« en Guadeloupe, aux Abymes »: the town alone in its clause, in the département already known."""
    if connu.communes or connu.departement is None:
        return connu
    for dite in (_VILLE_SEULE.fullmatch(p.nom) for p in propositions[:PROPOSITIONS_MAX] if p.moi):
        if dite is None:
            continue
        article = ARTICLES_DE_VILLE.get(dite.group("a"), "")
        nom = f"{article}{dite.group('ville')} {connu.departement.code}"
        if lieux := find_sure(nom, connu.departement.code, territoires):
            return lieux
    return connu


def _is_village_douteux(lieux: LieuxReperes) -> bool:
    """« vitri » is not Vitrimont: few people live in a village, many misspell a town."""
    premiere = lieux.communes[0] if lieux.communes else None
    if premiere is None or lieux.code_postal:
        return False
    return premiere.score < SCORE_DE_VILLAGE and (premiere.commune.population or 0) < HABITANTS_DE_VILLAGE


def _find_entier(texte: str, connu: LieuxReperes, territoires: Territoires) -> LieuxReperes:
    """« Moi c'est Fort-de-France, en Martinique »: the town of the whole answer, in the département already known."""
    if connu.communes or connu.departement is None:
        return connu
    if _SEUL_DANS.sub("", fold(texte)) == fold(connu.departement.nom):
        return connu
    return (
        find_dans_departement(fold(texte), territoires)
        or find_sure(texte, connu.departement.code, territoires)
        or connu
    )


def _read_retenues(retenues: list[Proposition], territoires: Territoires) -> LieuxReperes | None:
    """The last place said; a département said beside it cuts its homonyms."""
    lus = [find_lieu_nomme(p, territoires) for p in retenues]
    communes = [lieux for lieux in lus if lieux.communes]
    if not communes:
        return lus[-1] if lus[-1].departement else None
    derniere = communes[-1]
    seuls = [lieux for lieux in lus if not lieux.communes and lieux.departement]
    if seuls and derniere.ambigu and seuls[-1].departement:
        nom = derniere.communes[0].nom_reconnu or derniere.communes[0].commune.nom
        precis = territoires.reperer_lieux(
            f"{nom} {seuls[-1].departement.code}", tout_le_texte_est_un_lieu=True
        )
        return precis if precis.communes else derniere
    if seuls and seuls[-1].departement and not derniere.ambigu:
        return find_dans_l_autre(derniere, seuls[-1].departement.code, territoires) or derniere
    return derniere


def _is_residence(proposition: Proposition, territoires: Territoires) -> bool:
    """Whether the place of this clause is where the person lives."""
    listes = load_listes()
    texte = cut_voisine(write_environs(proposition.nom), territoires)
    if "en reunion" in texte or listes.residence_niee.search(proposition.texte) or _PAS_LA.match(texte):
        return False
    habite = listes.residence.search(texte)
    gene = listes.ailleurs.search(texte)
    if habite:
        ou_j_habite = texte.endswith(" ou")  # « je cherche un poste sur Nanterre où j'habite »
        avant = gene and gene.start() < habite.start() and not QUITTE.match(gene.group())
        if avant and not ou_j_habite and proposition.moi:
            return False
        if gene and gene.group() in (
            "pres",
            "proche",
            "entre",
            "loin",
            "avant",
            "cote de",
            "cote d",
            "cotes d",
            "minutes de",
            "km de",
        ):
            return False
        lieux = find_lieu_nomme(proposition, territoires)
        return bool(lieux.communes or lieux.departement) and lieux.relation != "proximite"
    if (gene and not _ETRANGER.search(texte)) or _AUTRE_SUJET.search(texte):
        return False
    if texte.startswith(("a ", "au ", "aux ", "sur ", "et ")) and _AVANT_AILLEURS.search(proposition.avant):
        return False
    lieux = find_departement_nomme(texte, territoires) or territoires.reperer_lieux(texte)
    if not (lieux.communes or lieux.departement) and _SUIS_A.search(texte):
        return is_ville_sure(find_lieu_nomme(proposition, territoires))
    if find_nom_nu(proposition, territoires):
        return True
    if not (lieux.communes or lieux.departement) or lieux.relation == "proximite" or lieux.autres:
        return False
    return (lieux.relation == "residence" and not gene) or _is_dit_en_passant(
        texte, lieux, interroge=proposition.interroge
    )


def _is_dit_en_passant(texte: str, lieux: LieuxReperes, *, interroge: bool) -> bool:
    """Whether a clause without a verb of residence says nothing else than a place, or little before it."""
    if len(texte.split()) > MOTS_MAX:
        return False
    noms = _words_of(lieux)
    inconnus = _list_inconnus(texte, noms)
    debut = _SUITE_DU_LIEU.sub("", texte)
    if not inconnus or (debut.split()[-1:] and debut.split()[-1] in noms and not _list_inconnus(debut, noms)):
        return True
    # « caissière depuis 8 ans à Bourges »: a place said in passing, at the end of what the person says of themselves
    avant = _DEPUIS.sub("", texte)
    a_la_fin = bool(lieux.communes) and avant.split()[-1] in noms and bool(_A_LA_FIN.search(avant))
    return len(inconnus) <= INCONNUS_MAX and a_la_fin and not (interroge or _PAS_EN_PASSANT.search(texte))


def _list_inconnus(texte: str, noms: frozenset[str]) -> list[str]:
    """The words that neither name the place nor usually stand beside it."""
    autour = load_listes().autour
    return [
        mot
        for mot in texte.split()
        if not (mot in autour or mot in noms or mot.isdigit() or _ACCOMPAGNE.fullmatch(mot))
    ]


def _words_of(lieux: LieuxReperes) -> frozenset[str]:
    noms = [lieux.code_postal or ""]
    if lieux.departement:
        noms += [lieux.departement.nom, lieux.departement.code]
    for trouvee in lieux.communes:
        noms += [trouvee.commune.nom, trouvee.nom_reconnu or "", trouvee.commune.nom_departement]
    mots = {mot for nom in noms for mot in fold(nom).split()}
    return frozenset(mots | {"st", "ste", "s", "ss"})


def to_faits(lieux: LieuxReperes) -> tuple[dict[str, Valeur], Precisions]:
    """One commune gives its three facts; homonyms give the candidates, and the département if it is certain."""
    if not lieux.communes:
        return ({"code_departement": lieux.departement.code}, {}) if lieux.departement else ({}, {})
    if not lieux.ambigu:
        commune = lieux.communes[0].commune
        return {
            "commune": commune.nom,
            "code_insee": commune.code_insee,
            "code_departement": commune.code_departement,
        }, {}
    communes = sorted(
        {t.commune.code_insee: t.commune for t in lieux.communes}.values(),
        key=lambda c: (-(c.population or 0), c.code_insee),
    )[:CANDIDATS_MAX]
    choix = tuple({"code_insee": c.code_insee, "libelle": c.libelle} for c in communes)
    departements = {t.commune.code_departement for t in lieux.communes}
    faits: dict[str, Valeur] = {"code_departement": departements.pop()} if len(departements) == 1 else {}
    return faits, {"commune": choix}
