"""Find the places a sentence speaks of, without taking an ordinary word for a commune."""

from __future__ import annotations

import re
from typing import NamedTuple

from knowledge.territoires.departements import ChercheurDepartements
from knowledge.territoires.donnees import Donnees
from knowledge.territoires.indices import (
    DEBUT_DE_REPONSE,
    MOTS_SANS_LIEU,
    UNITES,
    Force,
    read_indice,
)
from knowledge.territoires.lieux import CommuneTrouvee, Departement, LieuxReperes, Relation
from knowledge.territoires.mentions import departement_after, named_departement, numbered_departement
from knowledge.territoires.normalisation import LONGUEUR_MAX, fold, normalise
from knowledge.territoires.recherche import SCORES, ChercheurCommunes

MOTS_MAX = 7  # words in the longest name looked for
GRANDE_VILLE = 20_000  # inhabitants from which a name is recognised without any cue
VILLE = 10_000  # inhabitants from which a name may be said by its first words (« Vitry », « Saint-Ouen »)
RAPPORT_SANS_DOUTE = 10  # a homonym ten times smaller than the first does not deserve a question
RAPPORT_D_UN_NOM_ENTIER = (
    5  # « Saint-Étienne » is its own whole name, and only the beginning of Saint-Étienne-du-Rouvray
)
SCORE_MIN_REPONSE = 0.72
SCORE_NOM_ENTIER = 0.9  # the whole answer, misspelled, is surer than a shorter name inside it
ECART_ORTHOGRAPHE = 0.05  # a likeness lower than the best by more than this is not a candidate
_LIAISONS = frozenset("sur sous en les le la l de d du des aux au et".split())  # noqa: SIM905
_ARTICLES = frozenset({"le", "la", "les", "l"})
_ABREGES = {"st": "saint", "ste": "sainte", "ss": "sous"}
_NUMERO_ARRONDISSEMENT = re.compile(r"^(\d{1,2})(?:er|e|eme|ieme)?$")
_ARRONDISSEMENT_AVANT = re.compile(r"(?:^| )(\d{1,2})(?:er|e|eme|ieme)(?: arrondissement)?(?: de| a)?$")
_NEUF_TROIS = re.compile(r"(?:(?<=le )|(?<=du )|^)9 ([1-5])(?= |$)(?! \d)")
# « je bouge » answers where one lives without naming a commune that resembles it
_DIT_AUTRE_CHOSE = re.compile(
    r"\b(?:je|j|on) (?!(?:h?abit|resid|vi[st]\b|suis|est\b|sommes|loge|heberg|demeur|reste|dors|squatt|m\b"
    r"|ai demenag)\w*)[a-z]{2,}"
)
_ORDRE_RELATIONS: dict[Relation, int] = {"residence": 0, "proximite": 1, "mention": 2}


class _Mention(NamedTuple):
    """One place of the sentence, with its candidates."""

    trouvees: list[CommuneTrouvee]
    relation: Relation


class Reperage:
    """Reads sentences. Holds the short names of towns, and the indexes shared with the search."""

    def __init__(
        self, donnees: Donnees, communes: ChercheurCommunes, departements: ChercheurDepartements
    ) -> None:
        self._donnees = donnees
        self._communes = communes
        self._departements = departements
        self._noms_courts = frozenset(
            court
            for cle, codes in donnees.par_cle.items()
            if max(donnees.populations[code] for code in codes) >= VILLE
            for court in _short_names(cle)
            if court not in donnees.mots_courants
        )

    def read(self, texte: str, *, tout_le_texte_est_un_lieu: bool) -> LieuxReperes:
        """The places of the text; an empty result when there is none."""
        cle = _prepare(texte)
        if not cle:
            return LieuxReperes()
        if tout_le_texte_est_un_lieu and (reponse := self._read_reponse(cle, texte)):
            return reponse
        mentions, departement = self._scan(cle.split())
        departement = departement or numbered_departement(cle, self._departements)
        code_postal = self._code_postal(cle.split())
        if code_postal:
            mentions.insert(0, _Mention(self._communes.find(self._around(cle, code_postal)), "residence"))
            departement = departement or self._departements.by_code(code_postal)
        lieux = _conclude([m for m in mentions if m.trouvees], departement, code_postal, self._departements)
        if tout_le_texte_est_un_lieu and lieux.communes and not code_postal:
            entier = self._read_near(cle)
            if entier.communes and entier.communes[0].score >= SCORE_NOM_ENTIER:
                return entier  # « garge les gonesse » is not Gonesse
        if tout_le_texte_est_un_lieu and not lieux.communes:
            proches = self._read_near(cle)
            return proches if proches.communes or not lieux.departement else lieux
        return lieux

    def _read_reponse(self, cle: str, texte: str) -> LieuxReperes | None:
        """The text as the answer to « où habitez-vous ? » when it is exactly a commune, a code or a département."""
        nue = DEBUT_DE_REPONSE.sub("", cle)
        if not set(nue.split()) - MOTS_SANS_LIEU:  # « à la rue » is not the commune of Rue
            return None
        departement = self._departements.find(nue, orthographe=False)
        for essai in (normalise(texte), nue):
            trouvees = self._keep(self._communes.find(essai, orthographe=False))
            if trouvees and not (departement and departement.code != "75" and len(nue) < 5):
                mention = _Mention(trouvees, "residence")
                code_postal = self._code_postal(essai.split())
                indique = departement if departement and essai != nue else None
                return _conclude([mention], indique, code_postal, self._departements)
        if departement:
            return LieuxReperes(departement=departement, relation="residence")
        return None

    def _read_near(self, cle: str) -> LieuxReperes:
        """Last resort when the place was asked: typing errors, unless the words say something else than a place."""
        nue = DEBUT_DE_REPONSE.sub("", cle)
        mots = nue.split()
        if not 0 < len(mots) <= MOTS_MAX or MOTS_SANS_LIEU & set(mots) or _DIT_AUTRE_CHOSE.search(cle):
            return LieuxReperes()
        if departement := self._departements.find(nue):
            return LieuxReperes(departement=departement, relation="residence")
        trouvees = [t for t in self._communes.find(nue) if t.score >= SCORE_MIN_REPONSE]
        if not trouvees:
            return LieuxReperes()
        meilleur = max(t.score for t in trouvees)
        trouvees = [t for t in trouvees if t.score >= meilleur - ECART_ORTHOGRAPHE]
        return _conclude([_Mention(trouvees, "residence")], None, None, self._departements)

    def _scan(self, mots: list[str]) -> tuple[list[_Mention], Departement | None]:
        """Every name of the sentence, longest first at each place, and the first département named."""
        mentions: list[_Mention] = []
        departement: Departement | None = None
        position = 0
        while position < len(mots):
            for taille in range(min(MOTS_MAX, len(mots) - position), 0, -1):
                nom = " ".join(mots[position : position + taille])
                avant = " ".join(mots[max(0, position - 6) : position])
                nomme = named_departement(nom, avant, self._departements)
                if nomme:
                    departement = departement or nomme
                    break
                trouve = self._mention(nom, avant, mots[position + taille : position + taille + 4])
                if trouve:
                    mentions.append(trouve)
                    if not trouve.trouvees[0].code_arrondissement:
                        departement = departement or departement_after(
                            mots[position + taille : position + taille + 2], self._departements
                        )
                    break
            position += taille
        return mentions, departement

    def _mention(self, nom: str, avant: str, apres: list[str]) -> _Mention | None:
        connu = (
            nom in self._donnees.par_cle or nom in self._donnees.sans_article or nom in self._communes.usuels
        )
        court = not connu and nom in self._noms_courts
        ancien = not connu and " " in nom and nom in self._donnees.anciennes
        if not (connu or court or ancien):
            return None
        force, relation = read_indice(avant)
        trouvees = self._keep(self._communes.find(nom, orthographe=False))
        if not trouvees or not self._is_place(
            nom, force, trouvees[0], seul=not avant and not apres, court=court
        ):
            return None
        if nom in ("paris", "lyon", "marseille"):
            trouvees = self._arrondissement(nom, avant, apres) or trouvees
        return _Mention(trouvees, relation)

    def _is_place(self, nom: str, force: Force, trouvee: CommuneTrouvee, *, seul: bool, court: bool) -> bool:
        """Whether a known name is a place here: the more ordinary the word, the stronger the cue must be."""
        habitants = trouvee.commune.population or 0
        if force is Force.INTERDIT:
            return False
        mots = nom.split()
        if len(mots) == 1 or mots[0] in _ARTICLES:
            if mots[-1] in self._donnees.mots_courants or (
                len(nom) <= 3 and habitants < GRANDE_VILLE and force < Force.FORTE
            ):
                grande = habitants >= GRANDE_VILLE and trouvee.motif == "nom"
                return force is Force.CERTAINE or (grande and (seul or force >= Force.MOYENNE))
            if habitants >= GRANDE_VILLE and not court:
                return True
            minimum = {Force.FAIBLE: VILLE, Force.MOYENNE: 500}.get(force, 0)
            return seul or (force > Force.AUCUNE and habitants >= minimum)
        distinctif = len(mots) >= 3 or mots[0] in ("saint", "sainte") or habitants >= GRANDE_VILLE
        return seul or force >= Force.MOYENNE or (distinctif and (force is Force.FAIBLE or not court))

    def _arrondissement(self, ville: str, avant: str, apres: list[str]) -> list[CommuneTrouvee]:
        """« paris 18 », « paris 18eme », « 18eme de paris »: the same city, with its arrondissement."""
        numero = None
        if apres[:2] in (["dans", "le"], ["dans", "l"]):
            apres = apres[2:]
        if apres and (suivant := _NUMERO_ARRONDISSEMENT.match(apres[0])):
            if len(apres) < 2 or apres[1] not in UNITES or apres[1] == "arrondissement":
                numero = suivant.group(1)
        elif precedent := _ARRONDISSEMENT_AVANT.search(avant):
            numero = precedent.group(1)
        trouvees = self._communes.find(f"{ville} {numero}", 1) if numero else []
        return [t for t in trouvees if t.code_arrondissement]

    def _keep(self, trouvees: list[CommuneTrouvee]) -> list[CommuneTrouvee]:
        """The exact names, and the towns that a short name usually means."""
        return [
            t
            for t in trouvees
            if t.motif != "debut_du_nom"
            or (t.score >= SCORES["debut_du_nom"] and (t.commune.population or 0) >= VILLE)
        ]

    def _code_postal(self, mots: list[str]) -> str | None:
        """The first five-digit number that is a postal code and counts nothing (« 12000 euros »)."""
        for position, mot in enumerate(mots):
            suivant = mots[position + 1] if position + 1 < len(mots) else ""
            if (
                len(mot) == 5
                and mot.isdigit()
                and suivant not in UNITES
                and mot in self._donnees.codes_postaux
            ):
                return mot
        return None

    def _around(self, cle: str, code_postal: str) -> str:
        """The code with the name beside it, when it is a name: « 93200 saint denis »."""
        mots = cle.split()
        position = mots.index(code_postal)
        for taille in range(4, 0, -1):
            for nom in (
                mots[position + 1 : position + 1 + taille],
                mots[max(0, position - taille) : position],
            ):
                if " ".join(nom) in self._donnees.par_cle:
                    return f"{code_postal} {' '.join(nom)}"
        return code_postal


def _prepare(texte: str) -> str:
    """The folded sentence. « s » is not read as « sur » here: in a sentence it is a pronoun (« s'il »)."""
    lu = texte[:LONGUEUR_MAX].lower().replace("€", " euros ").replace(" s/", " sur ")
    return _NEUF_TROIS.sub(r"9\1", " ".join(_ABREGES.get(mot, mot) for mot in fold(lu).split()))


def _short_names(cle: str) -> list[str]:
    """« vitry » for « vitry sur seine », « saint ouen » for « saint ouen sur seine », « evry » for its full name."""
    mots = cle.split()
    debut = 1 if mots[0] in _ARTICLES else 0
    fin = debut + (2 if mots[debut : debut + 1] in (["saint"], ["sainte"]) else 1)
    if fin >= len(mots) or mots[fin - 1] in _LIAISONS or len(" ".join(mots[debut:fin])) < 4:
        return []
    return [" ".join(mots[debut:fin]), *([" ".join(mots[:fin])] if debut else [])]


def _is_sans_doute(premiere: CommuneTrouvee, seconde: CommuneTrouvee) -> bool:
    """Whether the first is so much larger that nobody means the second, the more so when that one has a longer name."""
    entier = premiere.motif == "nom" and seconde.motif == "debut_du_nom"
    rapport = RAPPORT_D_UN_NOM_ENTIER if entier else RAPPORT_SANS_DOUTE
    return (seconde.commune.population or 0) * rapport <= (premiere.commune.population or 0)


def _conclude(
    mentions: list[_Mention],
    departement: Departement | None,
    code_postal: str | None,
    departements: ChercheurDepartements,
) -> LieuxReperes:
    """Choose the place kept, cut its homonyms with the département, and say whether a question is needed."""
    if not mentions:
        return LieuxReperes(departement=departement, code_postal=code_postal)
    ordre = sorted(mentions, key=lambda mention: _ORDRE_RELATIONS[mention.relation])
    trouvees, relation = ordre[0]
    if departement:
        trouvees = [t for t in trouvees if t.commune.code_departement == departement.code] or trouvees
    ambigu = len(trouvees) > 1 and not _is_sans_doute(trouvees[0], trouvees[1])
    if not ambigu and departement is None:
        departement = departements.by_code(trouvees[0].commune.code_departement.lower())
    vues = {t.commune.code_insee for t in trouvees}
    autres = {m.trouvees[0].commune.code_insee: m.trouvees[0] for m in ordre[1:]}
    return LieuxReperes(
        communes=tuple(trouvees),
        ambigu=ambigu,
        departement=departement,
        code_postal=code_postal,
        relation=relation,
        autres=tuple(t for code, t in autres.items() if code not in vues),
    )
