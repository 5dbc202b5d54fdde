"""The person's age: said, or deduced from a birth date; never a length of time nor someone else's age."""

from __future__ import annotations

import re
from datetime import date

from knowledge.faits.chiffres import MOIS
from knowledge.faits.propositions import Proposition

AGE_MIN, AGE_MAX = 10, 99
AGE_SANS_DOUTE = 14
_NON_AGE = (
    r"(?! (?:d (?!origine)|de (?!nationalite|origine|sexe|bondy)\w+|"
    r"dans (?:le|la|les|l|un|une)\b(?! \d)|comme|en (?:tout|tant|cuisine|"
    r"restauration|usine|vente|interim|cdi|cdd)|chez|sur (?:les?|la|des|un|une) |derriere|que (?:je|j)|a (?:travailler|faire|mon compte)|apres|avant|plus tard))"  # noqa: E501
)
_ADVERBE = r"(?:(?:maintenant|pile|tout juste|deja|actuellement|aujourd hui|pour l instant|que|seulement|juste|a peine|bien|moi|exactement|desormais) )*"  # noqa: E501
_DIT = re.compile(
    rf"\b(?:j ai|n ai que|nous avons|j aurais|j avais|j avait) {_ADVERBE}(?P<age>\d{{1,3}}) ?ans\b{_NON_AGE}"
    rf"|\bj ai {_ADVERBE}(?P<age2>\d\d)$"
    r"|\b(?:suis|et|moi|^)(?: \w+)? ?\b(?:homme|femme|jeune(?: \w+)?|maman|papa|mere|pere|personne|celibataire|garcon|etudiante?|"  # noqa: E501
    r"demandeur d emploi|jeune fille|jeune homme) (?:\w+ )?de (?P<age3>\d\d) ans"
    r"|\bsuis (?:un|une) (?:\w+ ){1,3}de (?P<age13>\d\d) ans"
    r"|(?<!depuis l )(?<!\ba l )(?<!des l )(?<!vers l )\b(?:age|mon age)"
    r"(?: (?:de|est|c est|est de|j ai|actuel))* (?P<age4>\d\d)\b(?! ?%)"
    r"|\bje suis (?:un |une )?(?P<age5>\d\d)(?: ans\b| and\b|$)|\bho (?P<age8>\d\d) anni\b"
    r"|\b(?:avec|malgre|haut de|j ai|fete|fetais) mes (?P<age9>\d\d) ans\b"
    r"|\b(?:me voila|me retrouve|me revoila|suis encore|suis toujours)(?: \w+){0,4}? a (?P<age18>\d\d) ans\b(?! d)"
    r"|^(?:(?:et|avec|malgre|mais) )*mes (?P<age20>\d\d) ans$"
    r"|\b(?:sous bracelet|au rsa|au chomage|sans (?:emploi|diplome|permis)|celibataire|refugiee?|rqth"
    r"|d emploi) (?P<age21>1[6-9]|[2-6]\d) ans\b(?! (?:de|d|dans|en|que|a|comme|chez)\b)"
    r"|\bmoi a (?P<age15>\d\d)(?: ans)?(?: je| j)?$|\b(?:reprends|repars|recommence|redemarre)\b.* a (?P<age16>\d\d) ans$"
    r"|\bpersonne (?:ne )?(?:\w+ ){1,4}a (?P<age19>\d\d) ans$"
    r"|\b(?P<age17>\d\d) ans et pas \d\d\b|\bmoi j en ai (?P<age14>\d\d)(?: ans)?$"
    r"|\b(?:a|vu) mon age (?P<age10>\d\d)\b|^(?:et |mais )?moi (?P<age11>\d\d)(?: ans)?$"
    # « moi c'est Kevin 19 ans »
    r"|^(?=(?:\w+ )*(?:moi|c|appelle|prenom) )(?:(?!(?:depuis|pendant|durant|dans|il|y|a|de|d|fait|en|plus|moins|apres|avant|environ|entre|ou|ans|travail\w*|experience)\b)[a-z]+ ){1,7}(?P<age12>\d\d) ans(?=$| (?:de|d) \w+$| (?!de\b|d\b|dans\b|comme\b|en (?!france)|chez\b|experience|que\b|apres\b|sans travail|ou\b)[a-z])"  # noqa: E501
)
_TETE = r"(?:(?:je me presente|alors|sinon|bonjour|bonsoir|salut|oui|non|ben|en fait|moi|et|mais|pardon|homme|femme|jeune|c est|plutot|maintenant|seulement|que|slt|juste|tout juste|a peine|actuellement|presentement) )*"  # noqa: E501
_NU = re.compile(rf"^{_TETE}(?P<age>\d\d) ?ans\b(?! (?:ou|a|et demie? \w+|moins|plus|pour)\b){_NON_AGE}")
_BIENTOT = re.compile(
    r"\b(?:(?:j ai |je vais avoir |je vais bientot avoir |je suis |)(?:bientot|presque)(?: avoir)?|je vais (?:bientot )?(?:avoir|feter|sur mes)|j aurai(?: bientot)?|"  # noqa: E501
    r"je fete(?:rai)?(?: bientot)? mes|j approche(?: de)?(?: mes)?) (?:mes )?(?P<age>\d\d) ?ans\b"
)
_DANS = re.compile(
    r"^(?:(?:j|ai|aurai|moi|bientot) )*(?P<age3>\d\d) ans (?:le mois prochain|la semaine prochaine|l ans prochaine?|demain"
    r"|dans (?:quelques|\d+) (?:jours?|semaines?|mois))\b"
    r"|\bj ai (?P<age2>\d\d) ans dans \d+ (?:mois|semaines?|jours?)|\bdans \d+ (?:mois|semaines?|jours?)\b.{0,12}\bj (?:ai|aurai) (?P<age>\d\d) ans"  # noqa: E501
)
# « moi c'est Yanis, 17 ans de Bobigny »: the age, then the town
_PRENOM = re.compile(r"\b(?:moi c|moi c est|m appelle|prenom c est) \w+$")
_AGE_ET_VILLE = re.compile(r"^(?P<age>\d\d) ans (?:de|d) \w+$")
_DANS_PEU = re.compile(r"^(?:(?:et|mais|bonjour|moi) )*dans \d+ (?:mois|semaines?|jours?)$")
# « on dirait que j'ai 70 ans », « depuis que j'ai 15 ans »
_COMME_SI = re.compile(
    r"\b(?:on dirait|on croirait|comme si|impression|me sens|ai l air|depuis|des|avant|apres|jusqu a ce|une fois)\b"
    r"(?: (?:qu?e?|d|de|comme|si))* ?$"
)
# « y a moyen de devenir ambulancière à 44 ans ? »: who asks it after thirty is that old
_CHANGER_A = re.compile(
    r"^(?!.*\b(?:il|elle|avant|jusqu|partir|mari|femme|pere|mere|fils|fille|voulais|devenue?|etais?)\b)"
    r".*\b(?:devenir|reprendre|apprendre|[ms]e (?:reconvertir|former|lancer)|changer de (?:metier|voie|vie))"
    r"\b(?: \w+){0,6}? a (?P<age>[3-6]\d) ans\b"
)
# « est-ce encore raisonnable à 44 ans ? », « suis-je trop vieille à 52 ans pour… »
_DEMANDE_A = re.compile(
    r"^(?!.*\b(?:il|elle|ils|elles|voulais|quand|partir|jusqu|avant|fils|fille|enfants?|mari|femme|mere|pere|quel age"
    r"|arrete|quitte|commence|arrivee?|nee?|eu|obtenu|retraite|rsa|permis|chomage)\b)"
    r".*\ba (?P<age>1[6-9]|[2-6]\d) ans\b"
)
_SUR_SOI = re.compile(
    r"\b(?:je|j|me|m|moi|mon|ma|raisonnable|encore|trop (?:vieux|vieille|tard|age|jeune))\b"
)
_DANS_DES_ANS = re.compile(r"\bdans (\d) ans\b")
# « j'approche les 60, j'en ai 58 »
_EN_AI = re.compile(
    r"^(?:(?:et|mais|moi|aujourd hui|maintenant|la|en fait|non|pardon|enfin) )*j en ai "
    r"(?:maintenant |aujourd hui |desormais )?"
    r"(?P<age>\d\d)(?: ans)?(?: maintenant| aujourd hui| desormais| a present)?$"
)
# « jusqu'à mes 18 ans… J'en ai 21 aujourd'hui »
_EN_AI_MAINTENANT = re.compile(
    r"^(?:et |mais |moi )?j en ai (?P<age>1[6-9]|[2-6]\d)(?: ans)? (?:maintenant|aujourd hui|desormais|a present)$"
)
# « j'ai pas 40 ans mais 41 »
_MAIS = re.compile(r"^mais (?:plutot |bien |deja )?(?P<age>\d\d)(?: ans)?$")
# « j'ai écrit 54 ans mais c'est 45 »
_MAIS_C_EST = re.compile(
    r"^(?:mais )?(?:en fait |non )?(?:c est|c etait)(?: plutot| bien)? (?P<age>\d\d)(?: ans)?(?: en fait)?$"
)
# « je ne suis pas née en 1987 | mais en 1978 »
_PAS_NE = re.compile(r"\bpas ne (?:\w+ )?en (?:19|20)\d\d$")
_MAIS_EN = re.compile(r"^(?:mais |non |plutot )*(?:bien )?en (?P<annee>(?:19|20)\d\d)\b")
# « j'ai 29 ans, ou plutôt 30 depuis hier »
_PLUTOT = re.compile(
    r"(?:^|\bans )(?:ou |non |enfin |pardon )?plutot (?P<age>\d\d)\b(?! (?:heures|h|euros|minutes))"
)
_SUITES = (
    (
        _EN_AI,
        re.compile(
            r"\b(?:dit|ecrit|mis|note|tape|marque) \d\d$|\b(?:ans|age|approche|frole|passe|\w+aine)\b|\ba \d\d$"
        ),
    ),
    (_MAIS, re.compile(r"\bai pas (?:encore )?\d\d ans$")),
    (_MAIS_C_EST, re.compile(r"\b(?:ecrit|mis|dit|note|tape|marque)\b.*\d\d ans$")),
    (_PLUTOT, re.compile(r"\bai \d\d ans$")),
)
"""An age said in two clauses: what the second says, what the first one must have said."""
_FETE = re.compile(
    r"\bj ai eu (?:mes )?(?P<age>\d\d) ans (?:hier|avant hier|aujourd hui|ce|cette|la semaine|le mois|il y a \d+ (?:jours?|semaines?|mois)|"  # noqa: E501
    r"samedi|dimanche|lundi|mardi|mercredi|jeudi|vendredi|recemment|le \d+)|\bje viens (?:(?:tout|juste|a|peine) )*(?:d avoir|de feter|de prendre)(?: mes)? (?P<age2>\d\d) ans|\bai (?:fete|eu) mes (?P<age3>\d\d) ans"  # noqa: E501
)
_DATE = r"(?P<j>\d{1,2})/(?P<m>\d{1,2})/(?P<a>\d{4}|\d{2})"
_JOUR_DIT = re.compile(rf"\b(?:\d{{1,2}}(?:er)? )?(?:{'|'.join(MOIS)}) (?:19|20)\d\d$")
_DEPUIS_PEU = re.compile(
    rf"\bdepuis (?:{'|'.join(MOIS)}|hier|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b"
)
# « né à Oran en 1984 »
_A_TEL_ENDROIT = r"(?:(?:a|au|aux|en) (?:(?!et\b|en\b|le\b|arrive|venu|vis|habite)[a-z]+ ){1,3}?)?"
_NAISSANCE = re.compile(
    rf"(?:\bne {_A_TEL_ENDROIT}(?:\w+ )?(?:le )?|\bje suis du |\bnaissance (?:le |c est le |c est )?|^naissance )"
    + _DATE
    + rf"|(?:\bne {_A_TEL_ENDROIT}(?:\w+ )?(?:le |en |au mois de )?|naissance (?:le |c est le |en )?|\bje suis d(?:u|e) )(?:(?P<jour>\d{{1,2}})(?:er)? )?(?P<mois>{'|'.join(MOIS)}) (?P<an>\d{{4}})"  # noqa: E501
    rf"|\bne {_A_TEL_ENDROIT}(?:\w+ )?en (?P<an2>(?:19|20)\d\d|\d\d)\b(?! (?:ans|mois))"
    r"|\bje suis de (?:l annee )?(?P<an3>(?:19|20)\d\d)\b"
    r"|\bannee de naissance (?P<an4>(?:19|20)\d\d)|\bborn in (?P<an5>(?:19|20)\d\d)"
)
_A_CET_AGE = re.compile(r"^(?:et |mais |bonjour )?a (?P<age>\d\d) ans(?: passes)?\b(?P<suite>.*)$")
_PRESENT = re.compile(
    r"\b(?:je|j) (?:n |ne )?(?:habite|vis|cherche|touche|fais rien|ai (?:(?:un |une |le |mon |que (?:le |un )|juste (?:le |un ))(?:cap|bep|bac|brevet|bts|licence|master|diplome)|envie|toujours|encore|pas de|plus de)|suis (?:encore|toujours|sans|au|perdu))\b"  # noqa: E501
    r"|\bon (?:ne )?(?:me|m) (?!a\b|dit\b|avait\b)\w+|\bplus aucune? (?:patron|employeur|recruteur|entreprise)\b"
    r"|\bj ai deja\b"
    r"|\bca (?:me|m)\b|\bje (?:veux|voudrais|aimerais|galere|repars|reprends|rame|dois)\b"
    r"|\best ce que (?:je|j)\b|\bqui (?:va|veut|voudrait)\b|\bpersonne (?:ne )?(?:m|veut)\b"
)
# « je cherche un emploi à 60 ans », « j'aimerais me reconvertir à 45 ans »: the age at which it is looked for now
_CHERCHE_A = re.compile(
    r"^(?!.*\b(?:retraite|voulais|arrete|jusqu|quand)\b).*\b(?:cherche|reconver\w+|reorient\w+|recommencer|repartir|rebondir|retrouver|changer"
    r"|apprendre|former)\b(?: (?!enfants?\b|fils\b|fille\b)\w+){0,5} a (?P<age>[2-6]\d) ans\b"
)
# « aucune idée de métier », « je cherche un travail »: said of no time spent at work
_PAS_DU_PASSE = re.compile(
    r"\b(?:aucune?|pas|sans|jamais|cherche|recherche|veux|voudrais|souhaite|aimerais|projet|vise)\b"
)
_AGE_DE_L_ENFANT = re.compile(r"\b\d+ (?:ans|mois)$")
_PARENT = re.compile(r"^(?:(?:je|suis|une?|jeune|bonjour) )*(?:maman|papa|mere|pere|parent)\b")
# « la trentaine passée, 38 », « la cinquantaine bien tassée, 56 exactement »
_DIZAINE = re.compile(
    r"\b(?P<dizaine>vingtaine|trentaine|quarantaine|cinquantaine|soixantaine)\b(?! d (?!annees))"
)
_PRECISE = re.compile(
    r"^(?:\w+ ){0,2}?(?P<age>\d\d)(?: ans)?(?: (?:exactement|pile|precisement|tout rond"
    r"|pour etre precise?|depuis \w+))?$"
)
_DEBUTS = {"vingtaine": 2, "trentaine": 3, "quarantaine": 4, "cinquantaine": 5, "soixantaine": 6}
_ARABE = re.compile(r"عمري\s*:?\s*([0-9٠-٩۰-۹]{2})")
# « soudeur 28 ans », « aide-soignante à domicile 41 ans »: who they are, then their age
_METIER_ET_AGE = re.compile(
    r"^(?:(?:bonjour|moi|homme|femme) )*(?!(?:premiere?|derniere?|papier|loyer|credit|calendrier|quartier|anniversaire"
    r"|metier|chantier|salaire|courrier|dossier|atelier|horaire)\b)"
    r"(?:(?:agente?|aide|auxiliaire|assistante?|femme|valet|hotesse|employee?) (?:(?:de|d|a|en) )?[a-z]{4,}|[a-z]{2,}(?:eur|euse|ier|iere|iste|ienn?e?|aire|con|tre|ger|gere|cher|chere|ante?|trice))"  # noqa: E501
    r"(?: (?:de|d|a|en) [a-z]{4,})? (?P<age>1[89]|[2-6]\d) ans(?: a [a-z]+)?$"
)
_ENFANTS = re.compile(
    r"\b(?:enfants?|fils|filles?|bebes?|ados?|petits?|gamins?|jumeaux|mari|femme|conjoint|mere|pere|frere|soeur|ami|amie)\b"
)
_PEINE_AMENAGEE = re.compile(
    r"^.*\b(?:bracelet|semi liberte|conditionnelle|sort\w* de (?:prison|detention))\b.*$"
)
_TRAVAIL = re.compile(
    r"\b(?:travaill(?!eur|euse)\w*|etais (?!en|a|au|sous)\w+(?:eur|euse|ier|iere|iste|ienn?e?|aire)"
    r"|experience|metier|(?<!en )fait|dure|pendant|ete|interim|batiment|ecole|chomage|prison"
    r"|stage|formation|toujours (?:dans|en))\b"
)


def read_age(
    texte: str, propositions: tuple[Proposition, ...], *, question: str | None, jour: date
) -> int | None:
    """Years old on that day; None when the message does not say it for sure. The last age said wins."""
    if arabe := _ARABE.search(texte[:5000]):
        return _check(int(arabe.group(1)))
    trouve: int | None = None
    for position, proposition in enumerate(propositions):
        trouve = trouve or _read_demande(proposition, propositions[position + 1 : position + 2])
        if not proposition.moi or proposition.douteuse:
            continue
        precedente = propositions[position - 1] if position else None
        if question == "experience_mois" and _BIENTOT.match(proposition.texte):
            continue  # « presque vingt ans » answers the question on work
        age = _read_naissance(proposition.texte, jour) or _read_dit(proposition)
        if cherche_a := _CHERCHE_A.match(proposition.texte):
            age = age or int(cherche_a.group("age"))
        age = age or _read_a_cet_age(proposition, propositions[position + 1 : position + 2])
        age = age or _read_suite(proposition, precedente, jour) or _read_precise(proposition, precedente)
        age = age or _read_nu(proposition, precedente, question)
        trouve = _check(age) or trouve
    presente = _METIER_ET_AGE.match(propositions[0].texte) if is_metier_et_age(propositions) else None
    if trouve is None and question is None and presente:
        return _group(presente)
    if trouve is None and question == "age_ans":
        return _read_reponse(propositions, jour)
    return trouve


def _check(age: int | None) -> int | None:
    return age if age is not None and AGE_MIN <= age <= AGE_MAX else None


def _group(trouve: re.Match[str]) -> int:
    return int(next(valeur for cle, valeur in trouve.groupdict().items() if cle.startswith("age") and valeur))


def _read_dit(proposition: Proposition) -> int | None:
    texte = proposition.texte
    if fete := _FETE.search(texte):
        return _group(fete)
    if bientot := _BIENTOT.search(texte) or _DANS.search(texte):
        plus_tard = _DANS_DES_ANS.search(f"{proposition.avant} {texte}")
        return _group(bientot) - (int(plus_tard.group(1)) if plus_tard else 1)
    futur = _DANS_PEU.search(proposition.avant)  # « dans 2 mois | j'ai 18 ans »
    if (plutot := _PLUTOT.search(texte)) and re.search(r"\bai \d\d ans\b", texte[: plutot.end()]):
        return _group(plutot)
    for dit in _DIT.finditer(texte):
        if _COMME_SI.search(f"{proposition.avant} {texte[: dit.start()]}"):
            continue
        if "j avai" in dit.group() and not proposition.supposee:
            continue
        if re.search(r"\b(?:quand|lorsque|ou|epoque)\b", texte) and "j avai" in dit.group():
            continue
        if futur:
            return _group(dit) - 1
        return _group(dit) if _group(dit) >= AGE_SANS_DOUTE or not dit.groupdict()["age12"] else None
    return None


def _read_nu(proposition: Proposition, precedente: Proposition | None, question: str | None) -> int | None:
    """« 23 ans » at the head of a clause; not after words on work or children, where it would be a length or theirs."""
    nu = _NU.match(proposition.texte)
    if not nu:
        return None
    age = int(nu.group("age"))
    if question == "experience_mois" or (question == "scolarise_moins_de_6_ans"):
        return None
    if precedente is not None:
        if (
            not precedente.moi
            and precedente.phrase == proposition.phrase
            and not re.match(r"(?:et )?moi\b", proposition.texte)
        ):
            return None
        if precedente.douteuse and proposition.interroge and precedente.phrase == proposition.phrase:
            return None  # « à quel âge on peut passer le permis, 17 ans ? »
        if _ENFANTS.search(precedente.texte) and age < 30 and not proposition.texte.startswith("moi"):
            sienne = _AGE_DE_L_ENFANT.search(precedente.texte) or (
                _PARENT.match(precedente.texte) and age >= 20
            )
            return age if sienne and age >= 18 else None
        if (
            _TRAVAIL.search(_PEINE_AMENAGEE.sub("", precedente.texte))
            and not _PAS_DU_PASSE.search(precedente.texte)
            and precedente.phrase == proposition.phrase
            and question != "age_ans"
        ):
            return None
    return age if age >= 14 else None


def _read_a_cet_age(proposition: Proposition, suite: tuple[Proposition, ...]) -> int | None:
    """« à 29 ans j'habite encore chez mes parents »: an age today only when the verb after it is in the present."""
    trouve = _A_CET_AGE.match(proposition.texte)
    if not trouve:
        return None
    texte = f"{trouve.group('suite')} {suite[0].texte if suite and suite[0].moi else ''}"
    return int(trouve.group("age")) if _PRESENT.search(texte) else None


def is_presentee(precedente: Proposition | None) -> bool:
    """Whether a clause gives the first name: what comes next is the age."""
    return precedente is not None and precedente.moi and bool(_PRENOM.search(precedente.texte))


def is_metier_et_age(propositions: tuple[Proposition, ...]) -> bool:
    """Whether a message begins with a trade and an age (« soudeur 28 ans »), which tell of no time at work."""
    return bool(propositions) and propositions[0].moi and bool(_METIER_ET_AGE.match(propositions[0].texte))


def _read_demande(proposition: Proposition, suite: tuple[Proposition, ...]) -> int | None:
    """« à 44 ans, est-ce raisonnable ? »: who asks it of themselves is that old."""
    if not proposition.moi:
        return None
    if change := _CHANGER_A.search(proposition.texte):
        return int(change.group("age"))
    demande = _DEMANDE_A.match(proposition.texte) if proposition.interroge else None
    autour = f"{proposition.avant} {proposition.texte} {suite[0].texte if suite else ''}"
    return int(demande.group("age")) if demande and _SUR_SOI.search(autour) else None


def _read_suite(proposition: Proposition, precedente: Proposition | None, jour: date) -> int | None:
    """The age that only the clause before makes one."""
    if precedente is None:
        return None
    if en_ai := _EN_AI_MAINTENANT.match(proposition.texte):
        return int(en_ai.group("age"))
    if is_presentee(precedente) and (ville := _AGE_ET_VILLE.match(proposition.texte)):
        return int(ville.group("age"))
    if (annee := _MAIS_EN.match(proposition.texte)) and _PAS_NE.search(precedente.texte):
        return jour.year - int(annee.group("annee"))
    for suite, avant in _SUITES:
        if (dit := suite.search(proposition.texte)) and avant.search(
            f"{proposition.avant} {precedente.texte}"
        ):
            return int(dit.group("age"))
    return None


def _read_precise(proposition: Proposition, precedente: Proposition | None) -> int | None:
    """« la quarantaine, 46 exactement »: the decade, then the age itself."""
    dizaine, reste = _DIZAINE.search(proposition.texte), proposition.texte
    if dizaine:
        reste = reste[dizaine.end() :].strip()
    elif precedente is not None and precedente.moi:
        dizaine = _DIZAINE.search(precedente.texte)
    precise = _PRECISE.match(reste) if dizaine else None
    if not dizaine or not precise or precise.group("age")[0] != str(_DEBUTS[dizaine.group("dizaine")]):
        return None
    return int(precise.group("age"))


def _read_naissance(texte: str, jour: date) -> int | None:
    trouve = _NAISSANCE.search(texte)
    if not trouve or texte[: trouve.start()].endswith("pas "):
        return None
    lus = trouve.groupdict()
    if lus["a"]:
        return _age_at(_annee(lus["a"], jour), int(lus["m"]), int(lus["j"]), jour)
    if lus["an"]:
        return _age_at(int(lus["an"]), MOIS.index(lus["mois"]) + 1, int(lus["jour"] or 0), jour)
    annee = next(lus[cle] for cle in ("an2", "an3", "an4", "an5") if lus[cle])
    return jour.year - _annee(annee, jour)


def _annee(texte: str, jour: date) -> int:
    annee = int(texte)
    if annee >= 100:
        return annee
    return 2000 + annee if annee <= jour.year % 100 - AGE_MIN else 1900 + annee


def _age_at(annee: int, mois: int, numero: int, jour: date) -> int | None:
    """Age on ``jour``; without the day of the month, that month counts as reached."""
    if not (1 <= mois <= 12 and 0 <= numero <= 31):
        return None
    return jour.year - annee - ((jour.month, jour.day) < (mois, numero))


def _read_reponse(propositions: tuple[Proposition, ...], jour: date) -> int | None:
    """The only number of the answer to « quel âge avez-vous ? »; none when there are several or when it is vague."""
    textes = [p.texte for p in propositions if p.moi]
    tout = _DEPUIS_PEU.sub("", " , ".join(textes))
    if corrige := re.search(r"\b(?:j en ai|c est)(?: plutot| bien)? (\d\d)(?: ans)?$", tout):
        return _check(int(corrige.group(1)))
    if re.search(
        r"\b(?:plus|moins|environ|entre|vers|ou|aine|ne sais|il y a|depuis|pendant)\b|enfant", tout
    ) and not re.search(r"\ben plus\b", tout):
        return None
    tout = re.sub(r"\bpas \d+\b", " ", tout)
    if bientot := re.search(
        r"\b(?:bientot|presque|j aurai|je vais (?:sur mes|avoir|feter(?: mes)?)) (\d\d)\b|^(?:\w+ ){0,3}(\d\d)(?: ans)? (?:dans \d+ (?:jours?|semaines?|mois)"  # noqa: E501
        r"|l ans prochaine?|le mois prochain|la semaine prochaine|demain)\b",
        tout,
    ):
        return _check(int(bientot.group(1) or bientot.group(2)) - 1)
    if dates := re.search(_DATE, tout):
        return _check(
            _age_at(_annee(dates.group("a"), jour), int(dates.group("m")), int(dates.group("j")), jour)
        )
    if jour_dit := _JOUR_DIT.search(tout):
        return _check(_read_naissance(f"naissance {jour_dit.group()}", jour))
    if annee := re.search(r"\b(?:(?:suis|ne|c est) (?:de|en) (?:l annee )?|classe (?:de )?)(\d\d)$", tout):
        return _check(jour.year - _annee(annee.group(1), jour))
    nombres = set(re.findall(r"(?<![\d/])\d+(?![\d/])", tout))
    if len(nombres) != 1:
        return None
    nombre = int(nombres.pop())
    return _check(jour.year - nombre if 1900 <= nombre <= jour.year else nombre)
