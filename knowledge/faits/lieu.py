"""Where the person lives: commune, homonyms to choose from, or only the département when that is all they say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from knowledge.faits.donnees import load_donnees
from knowledge.faits.propositions import Proposition
from knowledge.model import Valeur
from knowledge.territoires import LieuxReperes
from knowledge.territoires.normalisation import fold

if TYPE_CHECKING:
    from knowledge.territoires import Territoires

CANDIDATS_MAX = 6
SCORE_SUR = 0.85  # likeness asked of a misspelled name after « j'habite à »
SCORE_DE_VILLE = 0.84  # …and of a town when a shorter name was found in it, or no verb says « habite »
SCORE_SUR_NOM_LONG = 0.79  # …and of a long one, where two slips still leave no doubt
SCORE_D_UN_NOM = 0.95  # « moi c'est Samir de Bondy »: nothing else says that it is a place
NOM_LONG = 8  # letters
PROPOSITIONS_MAX = 30  # a place is said early; the cost of a long message stays bounded
INCONNUS_MAX = 3  # words beside a place said in passing that say neither home nor elsewhere
MOTS_D_UN_LIEU_DIT = 5  # « j'habite Poissy pas Paris »: words from which a second place may be denied
MOTS_MAX = 14  # a longer clause without a verb of residence does not only name a place
_APRES_HABITE = re.compile(
    r"\b(?:h?abite|habitons|residee?|vis|loges?|logee?s?|hebergee?s?|domiciliee?|installer?|installee?|demeure|suis)"
    r"(?: (?:actuellement|maintenant|toujours|seule?|situee?|dans la ville|en ce moment))*"
    r" (?:a|au|aux|sur|vers) (?P<lieu>\w.*)$|\b(?:h?abite|reside) (?P<nu>\w{5,}.*)$"
)
_DANS_LE = re.compile(r"\b(?:dans (?:le |la |les |l )?|en )(?P<nom>[a-z]\w*(?: \w+){0,4})")
_HEBERGE_A = re.compile(
    r"\b(?:au|a l|en|dans un|dans le|dans l) (?:cada|cph|foyer|chrs|hotel|centre(?: d hebergement)?|camping|squat)"
    r"(?: \w+){0,3}? (?:de|d|du|a|sur) "
)
_POINTS_CARDINAUX = frozenset({"nord", "manche", "lot"})  # départements, and everyday words
_PAS_AILLEURS = re.compile(
    r"(?<=\w{3}) (?:et |mais )?pas (?:a |sur |de )?[a-z]+$"
)  # « j'habite Poissy pas Paris »
_ETRANGER = re.compile(
    r"\b(?:i live in|live in|vivo en|moro em|vivo in|i am from|i m from|i m in|i am in|i am living in|estoy en|je viens d arriver (?:a|sur|dans))\b"  # noqa: E501
)
_QUITTE = re.compile(r"\b(?:quitte|parti|partie|travaille|formation|ecole|etudie|cours|avant|ne|famille)\b")
_DEMENAGE_DE = re.compile(r"\bdemenager? (?:de|d|du) (?:\w+ ){1,4}?(?:a|vers|pour|sur|au) ")
_VIENS = re.compile(r"\bviens (?:de|du|d|des)\b")
_DIT_LE_DEPARTEMENT = re.compile(r"(?<!\d)(?:\d{2}|9 ?[1-5]|97\d|2[ab])(?!\d)")
_PAS_LA = re.compile(
    r"(?:et |mais |non |c est )*(?:pas|plus) (?!(?:de|d|encore) )|(?:et|mais) non (?=\w)"
)  # « Pantin et non Paris »
# « 18e », « syrienne »: neither says anything else of a place
_ACCOMPAGNE = re.compile(r"\d+e\w*|(?!entretien)\w{3,}(?:ien|ienne|aise?|aine?|oise?|ane|inois|olaise?)")
_PAS_EN_PASSANT = re.compile(
    r"\b(?:etais|etait|avais|vu|obtenue?|passage|detenue?|liberte|bac|cap|bep|bts|licence|master|titre|diplome|concert|appel\w*"
    r"|ecris|ecrit|offre|annonce|magasin|match|billet|train|avion|viens|retour|mort|enterr\w*|club|festival"
    r"|cd[di]|dans une? \w+|chez (?!m[aoe]|des|un)\w+)\b"
)
# « au RSA à Montreuil avec deux enfants »: what follows the town says nothing of it
_SUITE_DU_LIEU = re.compile(r" (?:depuis|avec|et|sans|qui|pour|ou|mais)\b.*$")
# « je suis a vitri sur seine »: a misspelled town right after, at the end
_SUIS_A = re.compile(r"\bsuis (?:a|au|aux|sur) \w+(?: \w+){0,3}$")
SCORE_DE_VILLAGE, HABITANTS_DE_VILLAGE = 0.82, 2_000  # below both, a likeness is no answer
HABITANTS_SUR = 10_000  # a misspelled town said without « habite » must be one that people speak of
_A_LA_FIN = re.compile(r"\b(?:a|sur) (?:\w+ ){0,4}\w+$")
_PAS_CE_CODE = re.compile(
    r"\bpas (?:le |dans le |du )?\d{2,5},? *(?=(?:mais |c'est |le |dans le )?\d)", re.IGNORECASE
)
# « avant j'étais à Sarcelles, maintenant c'est Pontoise »
_MAINTENANT = re.compile(
    r"\b(?:avant|plus|etais|habitais|vivais)\b.*\b(?:maintenant|desormais|aujourd hui) "
    r"(?:(?:c est|je suis|j habite|je vis) )?(?:a |au |aux |sur )?(?P<lieu>\w.*)$"
)
# « 20e arrondissement »: only Paris has so many
_ARRONDISSEMENT = re.compile(r"^(?:(?:dans|le|c est) )*(?P<n>1[7-9]|20)(?:e|em|eme|ieme)(?: arr\w*)?$")
_DU_COTE = re.compile(r"\bdu c[oô]t[eé] d(?:e |['’])", re.IGNORECASE)
_LE_DEPARTEMENT = re.compile(r"\b(?:dans|en|sur) le (?P<code>\d{2}|2[ab])\b")
# « je passe souvent par Châtelet, à Paris »: what stands before the comma says that it is no home
_AVANT_AILLEURS = re.compile(r"\b(?:passe\w*|travaill\w+|etudi\w+|suis nee?|grandi|stage|formation)\b")
# « moi c'est Samir de Bondy », « salut, c'est Inès de Sevran »
_SALUTS = ("slt", "salut", "bonjour", "bonsoir", "hello", "coucou", "bjr")
_PRESENTE = re.compile(
    rf"^(?:(?:{'|'.join(_SALUTS)}|et) )*(?P<qui>moi )?(?:(?:c|c est|je suis|je m appelle|m appelle|mon prenom c est) )(?P<nom>\w+)(?: \d\d ans)? (?:de|d|du) (?P<lieu>\w{{4,}}(?: \w+){{0,4}})$"  # noqa: E501
)
_PAS_UN_PRENOM = frozenset(
    "pres loin proche celui celle cours fin fini debut ouvert centre pas plus rien trop originaire "  # noqa: SIM905
    "question fort val pont port ile bois".split()
)
_NOM_COMPOSE = re.compile(r"\b(?P<nom>[a-z]{4,} (?:les|sous|sur) [a-z]+)$")
_CHIFFRE = re.compile(r"\d")
_HESITE = re.compile(r"\b(?:soit|hesite)\b")

Precisions = dict[str, tuple[dict[str, str], ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listes:
    ailleurs: re.Pattern[str]
    residence: re.Pattern[str]
    residence_niee: re.Pattern[str]
    autre_chose: re.Pattern[str]
    autour: frozenset[str]
    faux_lieux: frozenset[str]
    fin_de_lieu: frozenset[str]


@lru_cache(maxsize=1)
def _load() -> _Listes:
    donnees = load_donnees("lieux")
    return _Listes(
        ailleurs=re.compile(donnees["ailleurs"]),
        residence=re.compile(donnees["residence"]),
        residence_niee=re.compile(donnees["residence_niee"]),
        autre_chose=re.compile(donnees["autre_chose"]),
        **{cle: frozenset(map(str, donnees[cle])) for cle in ("autour", "faux_lieux", "fin_de_lieu")},
    )


def read_lieu(
    texte: str, propositions: tuple[Proposition, ...], territoires: Territoires, *, question: str | None
) -> tuple[dict[str, Valeur], Precisions]:
    """The facts of the place and the homonyms left to choose from; both empty when nothing is sure."""
    retenues = [
        p
        for p in propositions[:PROPOSITIONS_MAX]
        if p.moi and not p.douteuse and (_is_presente(p, territoires) or _is_residence(p, territoires))
    ]
    if retenues:
        lieux = _read_retenues(retenues, territoires)
        if lieux is not None:
            return to_faits(_find_entier(texte, lieux, territoires) if question == "commune" else lieux)
    if question in ("commune", "code_departement", "code_insee"):
        return _read_reponse(_DU_COTE.sub("", _PAS_CE_CODE.sub("", texte)), propositions, territoires)
    return {}, {}


def _read_reponse(
    texte: str, propositions: tuple[Proposition, ...], territoires: Territoires
) -> tuple[dict[str, Valeur], Precisions]:
    """The place given as an answer; nothing when the answer speaks of something else."""
    miennes = [p for p in propositions if p.moi and not _load().residence_niee.search(p.texte)]
    if not miennes or _HESITE.search(texte.lower()) or _load().autre_chose.search(miennes[-1].texte):
        return {}, {}
    nom = _DU_COTE.sub("", miennes[-1].nom)
    if arrondissement := _ARRONDISSEMENT.match(nom):
        texte = f"Paris {arrondissement.group('n')}e"
    maintenant = _MAINTENANT.search(nom)
    lieux = None
    if len(miennes) == len(propositions) and not maintenant:
        lieux = territoires.reperer_lieux(texte, tout_le_texte_est_un_lieu=True)
    if lieux is None or not (lieux.communes or lieux.departement):
        nom = maintenant.group("lieu") if maintenant else nom
        lieux = territoires.reperer_lieux(nom, tout_le_texte_est_un_lieu=True)
    if lieux.relation == "proximite":
        dit = _LE_DEPARTEMENT.search(nom)
        departement = territoires.find_departement(dit.group("code")) if dit else None
        return ({"code_departement": departement.code} if departement else {}), {}
    if (lieux.autres and lieux.relation != "residence") or _is_village_douteux(lieux):
        return {}, {}
    return to_faits(lieux)


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
    lieux = territoires.reperer_lieux(texte, tout_le_texte_est_un_lieu=True)
    if not lieux.communes or lieux.ambigu or lieux.communes[0].score < SCORE_D_UN_NOM:
        return connu
    return lieux if lieux.communes[0].commune.code_departement == connu.departement.code else connu


def _read_retenues(retenues: list[Proposition], territoires: Territoires) -> LieuxReperes | None:
    """The last place said; a département said beside it cuts its homonyms."""
    lus = [_find(p, territoires) for p in retenues]
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
    return derniere


def _find_departement(nom: str, territoires: Territoires) -> LieuxReperes | None:
    """« dans le Val-de-Marne »: the exact name of a département right after « dans le » or « en »."""
    dans = _DANS_LE.search(nom)
    mots = dans.group("nom").split() if dans else []
    for taille in range(min(5, len(mots)), 0, -1):
        if taille == 1 and mots[0] in _POINTS_CARDINAUX:
            break
        departement = territoires.find_departement(" ".join(mots[:taille]))
        if departement and fold(departement.nom) == " ".join(mots[:taille]):
            return LieuxReperes(departement=departement, relation="residence")
    return None


def _find_dans(nom: str, departement: LieuxReperes, territoires: Territoires) -> LieuxReperes:
    """« Goussainville dans le Val-d'Oise »: the commune named beside the département, else the département alone."""
    assert departement.departement is not None
    reste = _DANS_LE.sub(" ", nom).strip()
    lieux = territoires.reperer_lieux(f"{reste} {departement.departement.code}") if reste else departement
    dedans = lieux.communes and lieux.communes[0].commune.code_departement == departement.departement.code
    return lieux if dedans else departement


def _from_residence(nom: str) -> str:
    """The clause from its verb of residence on: « j'ai quitté Lyon pour m'installer à Bagnolet » lives in the second."""
    nom = _DEMENAGE_DE.sub("demenage a ", nom)
    if len(nom.split()) >= MOTS_D_UN_LIEU_DIT and not _load().residence_niee.search(nom):
        nom = _PAS_AILLEURS.sub("", nom)
    habite = _load().residence.search(nom)
    if habite and _QUITTE.search(nom[: habite.start()]):
        return f"j habite {nom[habite.end() :].strip()}"
    return nom


def _find(proposition: Proposition, territoires: Territoires) -> LieuxReperes:
    """The place of a clause, then the misspelled name after « j'habite à »."""
    if presente := _read_presente(proposition.nom):
        return territoires.reperer_lieux(presente, tout_le_texte_est_un_lieu=True)
    dit = _HEBERGE_A.sub("a ", _from_residence(proposition.nom))
    if departement := _find_departement(dit, territoires):
        return _find_dans(dit, departement, territoires)
    lieux = territoires.reperer_lieux(dit)
    # « dans le Val-de-Marne » must not become Le Val: a département by its name is all that was said.
    if not lieux.communes and lieux.departement and not any(mot.isdigit() for mot in dit.split()):
        return lieux
    if lieux.communes:
        return _find_plus_long(dit, lieux, territoires)
    nom = _read_nom_habite(dit)
    if len(nom) < 4:
        return lieux
    if lieux.departement:
        nom = f"{nom} {lieux.departement.code}"
    proches = territoires.reperer_lieux(nom, tout_le_texte_est_un_lieu=True)
    seuil = SCORE_SUR_NOM_LONG if len(nom) >= NOM_LONG else SCORE_SUR
    sur = proches.departement if not proches.communes else proches.communes[0].score >= seuil
    return proches if sur else lieux


def _find_plus_long(dit: str, lieux: LieuxReperes, territoires: Territoires) -> LieuxReperes:
    """The town of a longer, misspelled name: « au blan mesnil » is not Blan, « garge les gonesse » is not Gonesse."""
    if lieux.code_postal or " dans " in dit:
        return lieux
    nom, queue = _read_nom_habite(dit), _NOM_COMPOSE.search(dit)
    entier = queue.group("nom") if queue else nom
    if " " not in entier or entier == fold(lieux.communes[0].commune.nom) or _CHIFFRE.search(entier):
        return lieux
    ville = territoires.reperer_lieux(entier, tout_le_texte_est_un_lieu=True)
    return ville if _is_ville_sure(ville) else lieux


def _read_nom_habite(dit: str) -> str:
    """The words after « j'habite à », empty when they cannot name a commune."""
    apres = _APRES_HABITE.search(dit)
    if not apres:
        return ""
    listes = _load()
    mots: list[str] = []
    for mot in (apres.group("lieu") or apres.group("nu")).split():
        if (mot in listes.fin_de_lieu and mots) or len(mots) == 5:
            break
        if mot in listes.faux_lieux:
            return ""
        mots.append(mot)
    return " ".join(mots)


def _is_ville_sure(lieux: LieuxReperes) -> bool:
    """Whether a misspelled name can only be that of a town people speak of."""
    return (
        bool(lieux.communes)
        and lieux.communes[0].score >= SCORE_DE_VILLE
        and (lieux.communes[0].commune.population or 0) >= HABITANTS_SUR
    )


def _is_residence(proposition: Proposition, territoires: Territoires) -> bool:
    """Whether the place of this clause is where the person lives."""
    listes = _load()
    texte = proposition.nom
    if "en reunion" in texte or listes.residence_niee.search(proposition.texte) or _PAS_LA.match(texte):
        return False
    habite = listes.residence.search(texte)
    gene = listes.ailleurs.search(texte)
    if habite:
        ou_j_habite = texte.endswith(" ou")  # « je cherche un poste sur Nanterre où j'habite »
        avant = gene and gene.start() < habite.start() and not _QUITTE.match(gene.group())
        if avant and not ou_j_habite:
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
        ):
            return False
        lieux = _find(proposition, territoires)
        return bool(lieux.communes or lieux.departement) and lieux.relation != "proximite"
    if gene and not _ETRANGER.search(texte):
        return False
    if texte.startswith(("a ", "au ", "aux ", "sur ")) and _AVANT_AILLEURS.search(proposition.avant):
        return False
    lieux = _find_departement(texte, territoires) or territoires.reperer_lieux(texte)
    if not (lieux.communes or lieux.departement) and _SUIS_A.search(texte):
        return _is_ville_sure(_find(proposition, territoires))
    if not (lieux.communes or lieux.departement) or lieux.relation == "proximite" or lieux.autres:
        return False
    return (lieux.relation == "residence" and not gene) or _is_dit_en_passant(proposition, lieux)


def _is_dit_en_passant(proposition: Proposition, lieux: LieuxReperes) -> bool:
    """Whether a clause without a verb of residence says nothing else than a place, or little before it."""
    texte = proposition.nom
    if len(texte.split()) > MOTS_MAX:
        return False
    noms = _words_of(lieux)
    inconnus = _list_inconnus(texte, noms)
    debut = _SUITE_DU_LIEU.sub("", texte)
    if not inconnus or (debut.split()[-1:] and debut.split()[-1] in noms and not _list_inconnus(debut, noms)):
        return True
    # « caissière depuis 8 ans à Bourges »: a place said in passing, at the end of what the person says of themselves
    a_la_fin = bool(lieux.communes) and texte.split()[-1] in noms and bool(_A_LA_FIN.search(texte))
    return (
        len(inconnus) <= INCONNUS_MAX
        and a_la_fin
        and not (proposition.interroge or _PAS_EN_PASSANT.search(texte))
    )


def _list_inconnus(texte: str, noms: frozenset[str]) -> list[str]:
    """The words that neither name the place nor usually stand beside it."""
    autour = _load().autour
    return [
        mot
        for mot in texte.split()
        if not (mot in autour or mot in noms or mot.isdigit() or _ACCOMPAGNE.fullmatch(mot))
    ]


def _read_presente(texte: str) -> str | None:
    """The town after one's first name: « moi c'est Samir de Bondy »."""
    presente = _PRESENTE.match(texte)
    if presente is None or presente.group("nom") in _PAS_UN_PRENOM:
        return None
    salue = texte.split()[0] in _SALUTS
    return presente.group("lieu") if presente.group("qui") or salue or " appelle " in texte else None


def _is_presente(proposition: Proposition, territoires: Territoires) -> bool:
    presente = _read_presente(proposition.nom)
    if presente is None:
        return False
    lieux = territoires.reperer_lieux(presente, tout_le_texte_est_un_lieu=True)
    return bool(lieux.communes) and lieux.communes[0].score >= SCORE_D_UN_NOM


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
