"""From typed words to trades: a sure one in a sentence, or the best ones of a search."""

from __future__ import annotations

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from knowledge.metiers.cles import Mot, join_mots, split_mots
from knowledge.metiers.index import Index, Nom
from knowledge.metiers.modele import SCORE_SUR, Domaine, MetierTrouve
from knowledge.territoires.normalisation import fold

SCORE_AMBIGU = 0.6
SCORE_DOMAINE = 0.55
SCORE_PROCHE = 0.5
_SEUIL = 0.5
_ECART = 0.3  # behind a sure name, only what is nearly as good is worth showing
_FENETRE = 6
_POIDS_COURANT = 0.15
_POIDS_INCONNU = 0.6


def find_metiers(index: Index, texte: str, limite: int) -> tuple[MetierTrouve, ...]:
    """Trades for a few typed words, best first, one per code; empty when the words name none."""
    mots = _keep_utiles(index, _read_mots(index, texte))
    if not mots:
        return ()
    exacts: dict[Nom, float] = {}
    for cle, score in _build_cles(index, mots):
        if noms := index.par_cle.get(cle):
            exacts = dict.fromkeys(noms, score)
            break
        if codes := index.ambigus.get(cle):
            return _propose(index, codes, SCORE_AMBIGU, limite)
        if domaine := index.domaines.get(cle):
            return _propose(index, domaine.codes_rome, SCORE_DOMAINE, limite)
    notes = _rate_noms(index, mots) | exacts
    if not notes or max(notes.values()) < SCORE_SUR:
        notes |= _rate_colles(index, mots)
    return _sort(index, notes, fold(texte), limite)


def reperer_metier(index: Index, texte: str) -> MetierTrouve | None:
    """The trade named in a sentence, the longest name first, then the first said; None when not sure."""
    mots = _read_mots(index, texte)
    corriges = [_correct_avec_score(index, mot) for mot in mots]
    for longueur in range(min(_FENETRE, len(mots)), 0, -1):
        for debut in range(len(mots) - longueur + 1):
            fenetre = corriges[debut : debut + longueur]
            noms = index.par_cle.get(tuple(racine for racine, _ in fenetre), ())
            if not noms or (debut and (corriges[debut - 1][0],) in index.ambigus):
                continue
            courants = all(index.is_courant(mot) for mot in mots[debut : debut + longueur])
            if (noms[0].est_activite or courants) and not _is_vise(index, mots, debut, longueur):
                continue
            score = sum(note for _, note in fenetre) / longueur
            if score >= SCORE_SUR:
                nom = _choose(noms, " ".join(mot.brut for mot in mots[debut : debut + longueur]))
                return MetierTrouve(metier=nom.metier, appellation=nom.texte, score=round(score, 3))
    return None


def find_domaine(index: Index, texte: str) -> Domaine | None:
    """The field of work a text names; None when it names a trade, or no field."""
    mots = _keep_utiles(index, _read_mots(index, texte))
    racines = [_correct_sur(index, mot) for mot in mots]
    if tuple(racines) in index.domaines:
        return index.domaines[tuple(racines)]
    if reperer_metier(index, texte) is not None:
        return None
    for longueur in range(min(_FENETRE, len(racines)), 0, -1):
        for debut in range(len(racines) - longueur + 1):
            # A field right after the name of a function (« technicien informatique ») is that trade's own.
            if debut and (racines[debut - 1],) in index.ambigus:
                continue
            domaine = index.domaines.get(tuple(racines[debut : debut + longueur]))
            if domaine and not all(index.is_courant(mot) for mot in mots[debut : debut + longueur]):
                return domaine
    return None


def _read_mots(index: Index, texte: str) -> tuple[Mot, ...]:
    """The words of a text; two that make one known word are joined."""
    mots: list[Mot] = []
    for mot in split_mots(texte):
        colle = join_mots(mots[-1], mot) if mots and len(mot.brut) > 3 else None
        if colle and len(colle.brut) > 7 and colle.racine in index.connus:
            mots[-1] = colle
        else:
            mots.append(mot)
    return tuple(mots)


def _build_cles(index: Index, mots: tuple[Mot, ...]) -> list[tuple[tuple[str, ...], float]]:
    """The whole words corrected, then without the ordinary ones, each with how sure the correction is."""
    cles = []
    for gardes in (mots, tuple(mot for mot in mots if not index.is_courant(mot))):
        corriges = [_correct_avec_score(index, mot) for mot in gardes]
        if corriges:
            sur = sum(note or 1.0 for _, note in corriges) / len(corriges)
            cles.append((tuple(racine for racine, _ in corriges), sur))
    return cles


def _keep_utiles(index: Index, mots: tuple[Mot, ...]) -> tuple[Mot, ...]:
    """Words without the ordinary ones; alone, ordinary words stay only where a trade is expected."""
    gardes = tuple(mot for mot in mots if not index.is_courant(mot) or mot.racine in index.connus)
    if not all(index.is_courant(mot) for mot in gardes):
        return gardes
    racines = tuple(mot.racine for mot in mots)
    for longueur in range(min(_FENETRE, len(mots)), 0, -1):
        for debut in range(len(mots) - longueur + 1):
            cle = racines[debut : debut + longueur]
            # A name of several words (« aide à domicile ») is told from chance; one word is not.
            if cle in index.par_cle and longueur > 1:
                return mots[debut : debut + longueur]
            connu = cle in index.par_cle or cle in index.ambigus or cle in index.domaines
            if connu and _is_vise(index, mots, debut, longueur):
                return mots[debut : debut + longueur]
    return ()


def _is_vise(index: Index, mots: tuple[Mot, ...], debut: int, longueur: int) -> bool:
    """Whether these words are the whole text, or follow « travailler dans », « devenir », « formation »."""
    return longueur == len(mots) or (debut > 0 and mots[debut - 1].brut in index.cadres)


def _correct_avec_score(index: Index, mot: Mot) -> tuple[str, float]:
    """The word of the index this word surely is, itself otherwise."""
    trouves = index.correct(mot)
    if not trouves:
        return mot.racine, 0.0
    racine = max(trouves, key=lambda trouve: (trouves[trouve], fuzz.ratio(trouve, mot.racine)))
    return (racine, trouves[racine]) if trouves[racine] >= SCORE_SUR else (mot.racine, 0.0)


def _correct_sur(index: Index, mot: Mot) -> str:
    return _correct_avec_score(index, mot)[0]


def _rate_noms(index: Index, mots: tuple[Mot, ...]) -> dict[Nom, float]:
    """Score of each name that shares a telling word with the query."""
    total = 0.0
    apports: dict[int, float] = {}
    parlants: set[int] = set()
    for mot in mots:
        trouves = index.correct(mot, debuts=True)
        courant = index.is_courant(mot)
        propre = max((index.poids[racine] for racine in trouves), default=_POIDS_INCONNU)
        total += _POIDS_COURANT * propre if courant else propre
        meilleurs: dict[int, float] = {}
        for racine, note in trouves.items():
            for rang in index.par_racine.get(racine, ()):
                meilleurs[rang] = max(meilleurs.get(rang, 0.0), note * index.poids[racine])
        for rang, apport in meilleurs.items():
            apports[rang] = apports.get(rang, 0.0) + apport
        if not courant:
            parlants |= meilleurs.keys()
    notes = {}
    for rang in parlants:
        nom = index.noms[rang]
        couvert = min(apports[rang] / nom.poids, 1.0)
        dit = min(apports[rang] / total, 1.0)
        note = 0.7 * couvert + 0.3 * dit
        # Words in another order or beside others: near, but never as sure as the name itself.
        notes[nom] = min(note, 0.98) if couvert > 0.99 or note < SCORE_SUR else min(note, 0.97)
    return notes


def _rate_colles(index: Index, mots: tuple[Mot, ...]) -> dict[Nom, float]:
    """Names written in one word, or with a space too many (« aidesoignante », « auto école »)."""
    colle = "".join(mot.racine for mot in mots)
    if len(colle) < 6:
        return {}
    trouves = process.extract(
        colle, index.colles, scorer=OSA.normalized_similarity, score_cutoff=0.86, limit=4
    )
    return {index.noms[rang]: 0.5 + note / 2 - 0.02 for _, note, rang in trouves}


def _sort(index: Index, notes: dict[Nom, float], tape: str, limite: int) -> tuple[MetierTrouve, ...]:
    """One name per code, best first, then what is near a trade that is not in the offer."""
    par_code: dict[str, tuple[float, list[Nom]]] = {}
    for nom, note in notes.items():
        actuel, noms = par_code.get(nom.metier.code_rome, (0.0, []))
        if note > actuel + 1e-9:
            par_code[nom.metier.code_rome] = (note, [nom])
        elif note > actuel - 1e-9:
            noms.append(nom)
    rangs = {code: rang for rang, code in enumerate(index.metiers)}
    classes = sorted(par_code.items(), key=lambda paire: (-paire[1][0], rangs[paire[0]]))
    premier = classes[0][1][0] if classes else 0.0
    seuil = max(_SEUIL, premier - _ECART) if premier >= SCORE_SUR else _SEUIL
    trouves = []
    for _, (note, noms) in classes:
        if note >= seuil:
            nom = _choose(noms, tape)
            trouves.append(MetierTrouve(metier=nom.metier, appellation=nom.texte, score=round(note, 3)))
    return _add_proches(index, trouves)[:limite]


def _add_proches(index: Index, trouves: list[MetierTrouve]) -> tuple[MetierTrouve, ...]:
    """After a trade without formation, the near trades of the offer that the file gives."""
    if not trouves or not trouves[0].metier.proches:
        return tuple(trouves)
    deja = {trouve.metier.code_rome for trouve in trouves}
    proches = _propose(
        index, [code for code in trouves[0].metier.proches if code not in deja], SCORE_PROCHE, 8
    )
    return (*trouves, *proches)


def _propose(
    index: Index, codes: tuple[str, ...] | list[str], score: float, limite: int
) -> tuple[MetierTrouve, ...]:
    metiers = [index.metiers[code] for code in codes[:limite]]
    return tuple(
        MetierTrouve(metier=metier, appellation=metier.appellations[0], score=score) for metier in metiers
    )


def _choose(noms: list[Nom], tape: str) -> Nom:
    """Among equal names, the one written most like what was typed: keeps the person's gender."""
    return max(noms, key=lambda nom: fuzz.ratio(fold(nom.texte), tape))
