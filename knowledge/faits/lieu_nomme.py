"""Which place a clause names: a commune, a misspelled town after « j'habite à », a département by its name."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from knowledge.faits.donnees import load_donnees
from knowledge.territoires import LieuxReperes
from knowledge.territoires.normalisation import fold

if TYPE_CHECKING:
    from knowledge.faits.propositions import Proposition
    from knowledge.territoires import Territoires

SCORE_SUR = 0.85  # likeness asked of a misspelled name after « j'habite à »
SCORE_DE_VILLE = 0.84  # …and of a town when a shorter name was found in it, or no verb says « habite »
SCORE_SUR_NOM_LONG = 0.79  # …and of a long one, where two slips still leave no doubt
SCORE_D_UN_VILLAGE = 0.91  # …and of a village, which few people misspell
SCORE_D_UN_NOM = 0.95  # « moi c'est Samir de Bondy »: nothing else says that it is a place
NOM_LONG = 8  # letters
MOTS_D_UN_LIEU_DIT = 5  # « j'habite Poissy pas Paris »: words from which a second place may be denied
_APRES_HABITE = re.compile(
    r"\b(?:h?abite|habitons|habitant|reside|residant|vi[st]|vivons|vivant|loges?|logee?s?|hebergee?s?|domiciliee?|installer?"
    r"|installee?|demeure|demeurant|suis)"
    r"(?: (?:actuellement|maintenant|toujours|seule?|situee?|dans la ville|en (?:ce moment|couple|famille|foyer|coloc\w*)"
    r"|(?:chez|avec) (?:ma|mon|mes|des|une?) (?:\d )?\w+))*"
    r"(?: dans le \d\d)? (?:a|au|aux|sur|vers) (?P<lieu>\w.*)$|\b(?:h?abite|reside) (?P<nu>(?:(?:le|la|les|l) )?\w{5,}.*)$"
)
_DANS_LE = re.compile(
    r"\b(?:(?:dans (?:toute? )?|sur toute? )(?:le |la |les |l )?|en |h?abit(?:e|ons) (?:le |la |les |l ))"
    r"(?P<nom>[a-z]\w*(?: \w+){0,4})"
)
_HEBERGE_A = re.compile(
    r"\b(?:au|a l|en|dans un|dans le|dans l) (?:cada|cph|foyer|chrs|hotel|centre(?: d hebergement)?|camping|squat)"
    r"(?: \w+){0,3}? (?:de|d|du|a|sur) "
)
_POINTS_CARDINAUX = frozenset({"nord", "manche", "lot"})  # départements, and everyday words
_PAS_AILLEURS = re.compile(
    r"(?<=\w{3}) (?:et |mais )?pas (?:a |sur |de )?[a-z]+$"
)  # « j'habite Poissy pas Paris »
QUITTE = re.compile(r"\b(?:quitte|parti|partie|travaille|formation|ecole|etudie|cours|avant|ne|famille)\b")
_DEMENAGE_DE = re.compile(r"\bdemenager? (?:de|d|du) (?:\w+ ){1,4}?(?:a|vers|pour|sur|au) ")
HABITANTS_D_UNE_GRANDE = 50_000
HABITANTS_SUR = 10_000  # a misspelled town said without « habite » must be one that people speak of
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
# « au Lamentin », « du Tampon » is Le Lamentin, Le Tampon; « des Abymes » is Les Abymes
_AU, _AUX = re.compile(r"\b(?:au|du) (?=\w)"), re.compile(r"\b(?:aux|des) (?=\w)")
_VILLE_AU_BOUT = re.compile(
    r"\b(?:h?abite|habitons|vis|vit|suis|est|viens|reside|loge|demeure) (?:(?:a|de|d) )?(?P<ville>[a-z]{2,}(?: [a-z]+){0,3})$"
)
# « du côté de Nemours », « autour de Champigny », « dans le secteur de Redon »: there, as people say it
_ENVIRONS = re.compile(
    r"\b(?:du cote|autour|aux alentours|(?:dans|sur) le (?:coin|secteur)|secteur|coin) (?:de |d |du )?(?=\w{3,})"
)
# « dans le quartier de la Meinau à Strasbourg », « rue de Paris à Melun »
_QUARTIER = re.compile(
    r"\b(?:dans |de )?(?:le |la |l |un |une )?(?:quartier|cite|residence|rue|avenue|boulevard) "
    r"(?:(?:de|du|des|d|la|le|les|l) )*(?!prioritaire|populaire)\w+(?: \w+)?? (?=(?:a|au|aux) [a-z]{3})"
)
# « quitté Paris pour s'installer à Guéret », « parti de Lyon pour Gap »: the second place is home
_VERS_CHEZ_SOI = re.compile(
    r"\b(?:demenager?|quitte|quittons|laisse|(?:parti|partie|partis|pars|venue?) (?:de|d|du)) (?:\w+ ){1,7}?(?:pour|et) "
    r"(?:(?:venir|aller|revenir|partir|enfin) )*(?:vivre|habiter|(?:s |m |nous )?installer|emmenager|venir|revenir)"
    r"(?: \w+)? (?=(?:a|au|aux|sur|en|dans) )"
)
_POUR_UN_NOM = re.compile(
    r"\b(?:quitte|quittons|pars (?:de|d)|partie? (?:de|d)) (?:\w+ ){1,4}?"
    r"(?:pour|direction) (?=[a-z]{3,})(?!l[ea]s? |l |une? |des )"
    r"(?!\w+(?:er|ir|re) (?:a|au|aux|sur|comme|chez)\b)"
)
# « au fin fond de la Creuse », « un village perdu du Cantal », « dans le sud de l'Indre »
_AU_FOND = re.compile(
    r"\b(?:(?:dans|en|a) )?(?:(?:un|une|le|la|l|mon) )?"
    r"(?:(?:petite?|vieux) )?(?:(?:au|du) (?:fin )?fond"
    r"|(?:au|le) (?:milieu|centre|sud|nord)|coin|village|bled|hameau|patelin|trou|campagne|quelque part)"
    r"(?: (?:perdue?|paumee?|isolee?|profonde?|tranquille))? (?:de la|de l|du|des) (?!ville\b|village\b|cote\b)"
)
# « Clichy près de Paris », « à Rezé, juste à côté de Nantes »: the second only says where the first is
_VOISINE = re.compile(
    r" (?:(?:juste|tout|vraiment) )?(?:pres|proche|a cote|pas (?:tres |trop )?loin|non loin|aux portes|near|close to|cerca"
    r"|perto|a \d+ (?:minutes|min|mn|km|kilometres)|en banlieue) (?:d |de |du )?[a-z]{3,}(?: [a-z]+){0,3}$"
)
_LISTES = ("autour", "faux_lieux", "fin_de_lieu", "prenoms_aussi", "mots_du_francais")
# « Vitré », « Moulins (03) »: the clause is nothing but a name, perhaps with its département
_NU = re.compile(r"(?P<nom>[a-z]+(?: [a-z]+){0,4})(?: (?P<code>\d{2}|2[ab]|97\d|\d{5}))?")
# « moi c sonia 27 ans drancy », « vannes 31 ans »
_APRES_L_AGE = re.compile(r"\b\d\d ans (?P<lieu>[a-z]{3,}.*)$")
_AVANT_L_AGE = re.compile(r"^(?P<lieu>[a-z]{3,}(?: [a-z]+){0,3}) \d\d ans\b(?! (?:de|d|dans|en|comme)\b)")
HABITANTS_PRES_DE_L_AGE = 5_000
HABITANTS_NU = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listes:
    ailleurs: re.Pattern[str]
    residence: re.Pattern[str]
    residence_niee: re.Pattern[str]
    autre_chose: re.Pattern[str]
    cherche: re.Pattern[str]
    cherche_autre_chose: re.Pattern[str]
    habite_ailleurs: re.Pattern[str]
    autour: frozenset[str]
    faux_lieux: frozenset[str]
    fin_de_lieu: frozenset[str]
    prenoms_aussi: frozenset[str]
    mots_du_francais: frozenset[str]


@lru_cache(maxsize=1)
def load_listes() -> _Listes:
    """The words and turns of phrase of `lieux.yml`, compiled once."""
    donnees = load_donnees("lieux")
    return _Listes(
        ailleurs=re.compile(donnees["ailleurs"]),
        residence=re.compile(donnees["residence"]),
        residence_niee=re.compile(donnees["residence_niee"]),
        autre_chose=re.compile(donnees["autre_chose"]),
        cherche=re.compile(donnees["cherche"]),
        cherche_autre_chose=re.compile(donnees["cherche_autre_chose"]),
        habite_ailleurs=re.compile(donnees["habite_ailleurs"]),
        **{cle: frozenset(map(str, donnees[cle])) for cle in _LISTES},
    )


def write_environs(nom: str) -> str:
    """The clause with « à » before the town around which the person says they are, its quarter or street left out."""
    nom = _AU_FOND.sub("dans la ", _QUARTIER.sub("", nom))
    return _ENVIRONS.sub("a ", _POUR_UN_NOM.sub("ici a ", _VERS_CHEZ_SOI.sub("j habite ", nom)))


def cut_voisine(nom: str, territoires: Territoires) -> str:
    """The clause without the larger town it names to say where its own place is: « Cenon près de Bordeaux »."""
    voisine = _VOISINE.search(nom)
    avant = nom[: voisine.start()] if voisine else nom
    return avant if voisine is None or territoires.reperer_lieux(avant).communes else nom


def find_lieu_nomme(proposition: Proposition, territoires: Territoires) -> LieuxReperes:
    """The place of a clause, then the misspelled name after « j'habite à »."""
    if presente := _read_presente(proposition.nom):
        return territoires.reperer_lieux(presente, tout_le_texte_est_un_lieu=True)
    dit = cut_voisine(write_environs(proposition.nom), territoires)
    dit = _HEBERGE_A.sub("a ", _from_residence(dit))
    if departement := find_departement_nomme(dit, territoires):
        return _find_dans(dit, departement, territoires)
    lieux = territoires.reperer_lieux(dit)
    # « dans le Val-de-Marne » must not become Le Val: a département by its name is all that was said.
    if not lieux.communes and lieux.departement and not any(mot.isdigit() for mot in dit.split()):
        return lieux
    if lieux.communes:
        return _find_plus_long(dit, lieux, territoires)
    nom = _read_nom_habite(dit)
    if len(nom) < 4:
        return find_nom_nu(proposition, territoires) or lieux
    if lieux.departement:
        nom = f"{nom} {lieux.departement.code}"
    proches = territoires.reperer_lieux(nom, tout_le_texte_est_un_lieu=True)
    seuil = SCORE_SUR_NOM_LONG if len(nom) >= NOM_LONG else SCORE_SUR
    if not proches.communes:
        return proches if proches.departement else lieux
    premiere = proches.communes[0]
    if (premiere.commune.population or 0) < HABITANTS_NU:
        seuil = SCORE_D_UN_VILLAGE
    return proches if premiere.score >= seuil else lieux


def _find_plus_long(dit: str, lieux: LieuxReperes, territoires: Territoires) -> LieuxReperes:
    """The town of a longer, misspelled name: « au blan mesnil » is not Blan, « garge les gonesse » is not Gonesse."""
    if lieux.code_postal or " dans " in dit:
        return lieux
    nom = _read_nom_habite(dit)
    queue = _NOM_COMPOSE.search(nom or dit)
    entier = queue.group("nom") if queue else nom
    if " " not in entier or entier == fold(lieux.communes[0].commune.nom) or _CHIFFRE.search(entier):
        return lieux
    debut = entier.rpartition(" ")[0]
    for trouvee in lieux.communes[1:]:
        if " " in debut and fold(trouvee.commune.nom).startswith(f"{debut} "):
            return replace(lieux, communes=(trouvee,), ambigu=False)  # « clichy sous boi »
    ville = territoires.reperer_lieux(entier, tout_le_texte_est_un_lieu=True)
    return ville if is_ville_sure(ville) else lieux


def find_nom_nu(proposition: Proposition, territoires: Territoires) -> LieuxReperes | None:
    """A town named without any cue: alone in its clause, or right beside the age."""
    nom = proposition.nom
    nu = _NU.fullmatch(nom)
    if nu and (nu.group("code") or proposition.mots[0].brut[:1].isupper()):
        lieux = territoires.reperer_lieux(
            f"j habite a {nom}"
        )  # no guess on its spelling, which would be slow
        if lieux.communes and not lieux.ambigu and _is_nom_ecrit(proposition, nu, lieux):
            return lieux
    avant = _AVANT_L_AGE.match(nom)
    if avant and avant.group("lieu") not in load_listes().prenoms_aussi:
        lieux = territoires.reperer_lieux(avant.group("lieu"))
        if lieux.communes and _is_entier(avant.group("lieu").split(), lieux):
            return lieux
    if apres := _APRES_L_AGE.search(nom):
        mots = apres.group("lieu").split()[:4]
        for taille in range(len(mots), 0, -1):
            lieux = territoires.reperer_lieux(" ".join(mots[:taille]))
            if lieux.communes and _is_entier(mots[:taille], lieux):
                return lieux
    return None


def _is_nom_ecrit(proposition: Proposition, nu: re.Match[str], lieux: LieuxReperes) -> bool:
    """Whether an ordinary word is written as the town it also names: capital and accents, or its département."""
    commune = lieux.communes[0].commune
    if nu.group("nom") in load_listes().prenoms_aussi or fold(commune.nom) != nu.group("nom"):
        return False
    if nu.group("code"):
        return commune.code_departement == nu.group("code") or nu.group("code") in commune.codes_postaux
    ecrit = " ".join(mot.brut.rstrip("-'’") for mot in proposition.mots)
    return (
        ecrit == re.sub(r"[-'’]", " ", commune.nom)
        and (bool(proposition.avant) or not ecrit.isascii())
        and (commune.population or 0) >= HABITANTS_NU
    )


def _is_entier(mots: list[str], lieux: LieuxReperes) -> bool:
    """Whether these words, and nothing less, are the name of a town people speak of."""
    trouvee = lieux.communes[0]
    noms = {fold(trouvee.commune.nom), trouvee.nom_reconnu and fold(trouvee.nom_reconnu)}
    return " ".join(mots) in noms and (trouvee.commune.population or 0) >= HABITANTS_PRES_DE_L_AGE


def find_departement_nomme(nom: str, territoires: Territoires, *, pres: bool = False) -> LieuxReperes | None:
    """« dans le Val-de-Marne »: the exact name of a département right after « dans le » or « en ».

    ``pres``: a place is being told, so that « dans le Lot » can only be one.
    """
    dans = _DANS_LE.search(nom)
    while dans:
        mots = dans.group("nom").split()
        for taille in range(min(5, len(mots)), 0, -1):
            if taille == 1 and (mots[0] == "nord" or (mots[0] in _POINTS_CARDINAUX and not pres)):
                break
            departement = territoires.find_departement(" ".join(mots[:taille]))
            if departement and fold(departement.nom) == " ".join(mots[:taille]):
                return LieuxReperes(departement=departement, relation="residence")
        dans = _DANS_LE.search(nom, dans.start("nom"))
    return None


def _find_dans(nom: str, departement: LieuxReperes, territoires: Territoires) -> LieuxReperes:
    """« Goussainville dans le Val-d'Oise »: the commune named beside the département, else the département alone."""
    assert departement.departement is not None
    avant, cite, _ = nom.rpartition(f" en {fold(departement.departement.nom)}")
    reste = avant if cite else _DANS_LE.sub(" ", nom).strip()
    ecrit = _AUX.sub("a les ", _AU.sub("a le ", reste))
    for essai in (reste, ecrit) if reste else ():
        lieux = territoires.reperer_lieux(f"{essai} {departement.departement.code}")
        if lieux.communes and lieux.communes[0].commune.code_departement == departement.departement.code:
            return lieux
    bout = _VILLE_AU_BOUT.search(ecrit)
    if nu := bout.group("ville") if bout else _NU.fullmatch(reste) and reste:  # « Péronne dans la Somme »
        lieux = territoires.reperer_lieux(
            f"{nu} {departement.departement.code}", tout_le_texte_est_un_lieu=True
        )
        premiere = lieux.communes[0] if lieux.communes else None
        if (
            premiere
            and premiere.score >= SCORE_D_UN_NOM
            and (premiere.commune.population or 0) >= HABITANTS_NU
        ):
            return lieux
    return departement


def _from_residence(nom: str) -> str:
    """The clause from its verb of residence on: « j'ai quitté Lyon pour m'installer à Bagnolet » lives in the second."""
    nom = _DEMENAGE_DE.sub("demenage a ", nom)
    if len(nom.split()) >= MOTS_D_UN_LIEU_DIT and not load_listes().residence_niee.search(nom):
        nom = _PAS_AILLEURS.sub("", nom)
    habite = load_listes().residence.search(nom)
    if habite and QUITTE.search(nom[: habite.start()]):
        return f"j habite {nom[habite.end() :].strip()}"
    return nom


def _read_nom_habite(dit: str) -> str:
    """The words after « j'habite à », empty when they cannot name a commune."""
    apres = _APRES_HABITE.search(dit)
    if not apres:
        return ""
    listes = load_listes()
    mots: list[str] = []
    for mot in (apres.group("lieu") or apres.group("nu")).split():
        if (mot in listes.fin_de_lieu and mots) or len(mots) == 5:
            break
        if mot in listes.faux_lieux:
            return ""
        mots.append(mot)
    return " ".join(mots)


def is_ville_sure(lieux: LieuxReperes) -> bool:
    """Whether a misspelled name can only be that of a town people speak of."""
    if not lieux.communes:
        return False
    trouvee = lieux.communes[0]
    habitants = trouvee.commune.population or 0
    grande = habitants >= HABITANTS_D_UNE_GRANDE and len(trouvee.commune.nom) >= NOM_LONG
    return habitants >= HABITANTS_SUR and trouvee.score >= (SCORE_SUR_NOM_LONG if grande else SCORE_DE_VILLE)


def _read_presente(texte: str) -> str | None:
    """The town after one's first name: « moi c'est Samir de Bondy »."""
    presente = _PRESENTE.match(texte)
    if presente is None or presente.group("nom") in _PAS_UN_PRENOM:
        return None
    salue = texte.split()[0] in _SALUTS
    return presente.group("lieu") if presente.group("qui") or salue or " appelle " in texte else None


def is_presente(proposition: Proposition, territoires: Territoires) -> bool:
    """Whether the person gives their first name and town: « moi c'est Samir de Bondy »."""
    presente = _read_presente(proposition.nom)
    if presente is None:
        return False
    lieux = territoires.reperer_lieux(presente, tout_le_texte_est_un_lieu=True)
    return bool(lieux.communes) and lieux.communes[0].score >= SCORE_D_UN_NOM
