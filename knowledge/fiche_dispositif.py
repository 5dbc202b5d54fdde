"""One dispositif as a page of plain French for a reader who does not program: every sentence made from the record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from knowledge.catalogue_model import Catalogue
from knowledge.fiche_complements import iter_complements
from knowledge.model import (
    Articulation,
    AVerifier,
    Condition,
    Dispositif,
    Groupe,
    Mention,
    Regle,
    Reponse,
    Source,
    StatutLien,
)
from knowledge.plan.presentation import write_duree
from knowledge.referentiel import Referentiels
from knowledge.rules.conditions import iter_tests
from knowledge.rules.phrases import capitalize, describe_condition, describe_regle, describe_valeur

_ETATS = {
    "en_vigueur": "d'après le document, cela existe",
    "experimental": "d'après le document, c'est à l'essai",
    "prevu": "d'après le document, c'est seulement prévu : il faut vérifier que cela existe",
}
_NATURES = {
    "formation": "une formation",
    "accompagnement": "un accompagnement",
    "aide-financiere": "une aide financière",
    "information": "une information ou un conseil",
    "certification": "une certification",
    "emploi-forme": "un emploi avec une formation",
    "inscription": "une inscription",
}
_LIENS = {
    StatutLien.ETABLI: "passage prévu",
    StatutLien.PRIORITAIRE: "on y est prioritaire",
    StatutLien.SOUHAITE: "passage seulement souhaité par le document",
    StatutLien.DEDUIT: "suite logique, qu'aucun document ne garantit",
}
_REPONSES = {
    "oui": "oui",
    "non": "non",
    "selon_situation": "selon la situation",
    "gratuit": "gratuit",
    "payant": "payant",
    "non_precise": "on ne sait pas",
}
_A_VERIFIER = "*(à vérifier avec un conseiller)*"


def write_fiche(dispositif: Dispositif, catalogue: Catalogue, metiers: Mapping[str, str]) -> str:
    """The whole page, in Markdown; ``metiers`` gives the name of each ROME code.

    It changes only when the record, or a word of a closed list, changes: the day it is written does not count.
    """
    referentiels = catalogue.referentiels
    sigle = dispositif.sigle if dispositif.sigle and dispositif.sigle not in dispositif.nom else None
    parties = [
        [f"# {dispositif.nom}{f' ({sigle})' if sigle else ''}", "", dispositif.resume, ""],
        [write_couverture(dispositif)],
        section("En bref", _iter_bref(dispositif, metiers)),
        section(
            "À quels besoins cela répond",
            (write_mention(m, f"« {referentiels.besoins[m.id].libelle} »") for m in dispositif.besoins),
        ),
        section("Pour entrer, il faut", iter_conditions(dispositif.conditions, referentiels)),
        section(
            "Passent en premier (les autres peuvent entrer aussi)",
            iter_conditions(dispositif.public_prioritaire, referentiels),
        ),
        section(
            "Ce que l'on y fait",
            (
                write_mention(m, referentiels.contenus.get(m.id, m.libelle or m.id))
                for m in dispositif.contenus
            ),
        ),
        section("En pratique", _iter_pratique(dispositif)),
        section(
            "Diplômes et certificats",
            (write_mention(m, m.libelle or m.id) for m in dispositif.certifications),
        ),
        section("Ce que cela change pour la personne", _iter_effets(dispositif, referentiels)),
        section("Et après", (_write_lien(lien, catalogue) for lien in dispositif.articulations)),
        section("Résultats", (write_mention(m, m.libelle or m.id) for m in dispositif.resultats)),
        section("Qui joindre", _iter_contacts(dispositif)),
        section("Détails", iter_complements(dispositif.complements)),
        section("Ce que la machine ne peut pas vérifier", _iter_non_evalues(dispositif, referentiels)),
        section("Ce que les documents ne disent pas", dispositif.manques),
        section("Documents cités", _iter_documents(dispositif)),
    ]
    return "\n".join(ligne for partie in parties for ligne in partie) + "\n"


def write_couverture(dispositif: Dispositif) -> str:
    """How many conditions the machine judges: « **3 conditions sur 4 évaluées par la machine.** »."""
    total = len(dispositif.conditions)
    evaluees = sum(condition.regle is not None for condition in dispositif.conditions)
    if not total:
        return "**Aucune condition d'entrée dans les documents.**"
    s = "s" if evaluees > 1 else ""
    reste = "" if evaluees == total else " Le reste se vérifie avec un conseiller."
    return f"**{evaluees} condition{s} sur {total} évaluée{s} par la machine.{reste}**"


def section(titre: str, lignes: Iterable[str]) -> list[str]:
    """A heading and its list; nothing when the list is empty."""
    contenu = [ligne if ligne.startswith("  ") else f"- {ligne}" for ligne in lignes]
    return ["", f"## {titre}", "", *contenu] if contenu else []


def cite(source: Source | None) -> str:
    """Where a fact stands: « [pacte l.10336-10338] »; empty without source."""
    return f" [{source.id}]" if source else ""


def sentence(texte: str) -> str:
    """The text with a capital letter and a full stop.

    >>> sentence("avoir de 16 à 25 ans")
    'Avoir de 16 à 25 ans.'
    """
    texte = texte.strip()
    fin = "" if texte.endswith((".", "!", "?", "…")) else "."
    return capitalize(texte) + fin


def write_mention(mention: Mention, libelle: str) -> str:
    """A statement with its figure, its precision or the reason it is missing, and its source."""
    debut = f"{libelle} : {mention.valeur}" if mention.valeur else libelle
    suite = mention.precision or mention.raison
    return f"{sentence(debut)}{' ' + sentence(suite) if suite else ''}{cite(mention.source)}"


def iter_conditions(conditions: Iterable[Condition], referentiels: Referentiels) -> Iterator[str]:
    """Each condition as a sentence, with its dates, what a person has to check, and its source.

    A choice between several ways in is a list of its own, under its condition: « ou bien » in a row is hard to read.
    """
    for condition in conditions:
        voies = _find_voies(condition.regle)
        phrases = [
            "Remplir une de ces conditions :"
            if voies
            else sentence(describe_condition(condition, referentiels))
        ]
        if condition.regle is None:
            phrases.append(_A_VERIFIER)
        elif condition.precision and not voies:
            phrases.append(sentence(condition.precision))
        if condition.depuis or condition.jusqu_au:
            phrases.append(f"({_write_dates(condition.depuis, condition.jusqu_au)})")
        yield " ".join(phrases) + cite(condition.source)
        for voie in voies:
            marque = f" {_A_VERIFIER}" if any(_iter_a_verifier(voie)) else ""
            yield f"  - {sentence(describe_regle(voie, referentiels))}{marque}"
        if voies and condition.precision:
            yield f"  - En clair : {condition.precision}"


def _find_voies(regle: Regle | None) -> tuple[Regle, ...]:
    """The ways in of a choice that does not read well on one line; () for any other rule."""
    if not isinstance(regle, Groupe) or regle.mode != "une_de":
        return ()
    groupes = any(isinstance(membre, Groupe) for membre in regle.membres)
    return regle.membres if groupes or len(regle.membres) > 2 else ()


def _write_dates(debut: date | None, fin: date | None) -> str:
    morceaux = [f"à partir du {debut:%d/%m/%Y}"] if debut else []
    return ", ".join([*morceaux, *([f"jusqu'au {fin:%d/%m/%Y}"] if fin else [])])


def _iter_bref(dispositif: Dispositif, metiers: Mapping[str, str]) -> Iterator[str]:
    yield f"C'est {_NATURES[dispositif.nature]}."
    yield f"Existe-t-il ? {sentence(_ETATS[dispositif.etat])}"
    if dispositif.alias:
        yield f"Autres noms : {', '.join(dispositif.alias)}."
    if dispositif.debut_validite or dispositif.fin_validite:
        yield f"Valable {_write_dates(dispositif.debut_validite, dispositif.fin_validite)}."
    yield f"Où : {sentence(dispositif.territoire.libelle or '')}{cite(dispositif.territoire.source)}"
    if dispositif.en_parallele:
        yield "Se mène à côté des autres étapes."
    if dispositif.rome:
        deduit = f" {dispositif.rome_deduit}" if dispositif.rome_deduit else ""
        noms = ", ".join(f"{metiers.get(code, 'métier')} ({code})" for code in dispositif.rome)
        yield f"Seulement pour ces métiers : {noms}.{deduit}"
    yield f"À faire : {dispositif.a_faire}"


def _iter_pratique(dispositif: Dispositif) -> Iterator[str]:
    duree = write_duree(dispositif.duree)
    precision = dispositif.duree.precision if dispositif.duree.precision != duree else None
    textes = [texte for texte in (duree, precision) if texte]
    if textes:
        yield f"Durée : {' '.join(sentence(texte) for texte in textes)}{cite(dispositif.duree.source)}"
    else:
        yield f"Durée : On ne sait pas. {sentence(dispositif.duree.raison or '')}{cite(dispositif.duree.source)}"
    for nom, mention in (("Rythme", dispositif.rythme), ("Comment on entre", dispositif.entree)):
        texte = sentence(mention.precision or mention.raison or "")
        inconnu = "" if mention.precision else "On ne sait pas. "
        yield f"{nom} : {inconnu}{texte}{cite(mention.source)}"
    yield f"Est-on payé ? {_write_reponse(dispositif.remuneration)}"
    yield f"Ce que cela coûte : {_write_reponse(dispositif.cout)}"
    for mention in dispositif.financements:
        yield f"Financement : {write_mention(mention, mention.libelle or mention.id)}"
    for mention in dispositif.prescripteurs:
        yield f"Peut orienter : {write_mention(mention, mention.libelle or mention.id)}"


def _write_reponse(reponse: Reponse) -> str:
    montant = f", {reponse.montant_euros} €" if reponse.montant_euros else ""
    phrases = [sentence(_REPONSES[reponse.statut] + montant)]
    phrases += [sentence(texte) for texte in (reponse.precision, reponse.raison) if texte]
    return " ".join(phrases) + cite(reponse.source)


def _iter_effets(dispositif: Dispositif, referentiels: Referentiels) -> Iterator[str]:
    for effet in dispositif.effets:
        if effet.acquis:
            texte = f"apporte : {referentiels.acquis[effet.acquis].libelle}"
        else:
            critere = referentiels.criteres[effet.critere or ""]
            valeur = effet.valeur if effet.valeur is not None else ""
            if critere.type == "booleen":
                dit = "oui" if valeur else "non"
            else:
                dit = describe_valeur(critere, valeur, referentiels)
            texte = f"après cette étape, {critere.libelle} : {dit}"
        yield sentence(texte) + cite(effet.source)


def _write_lien(lien: Articulation, catalogue: Catalogue) -> str:
    cible = catalogue.dispositifs[lien.vers].nom
    precision = f" {sentence(lien.precision)}" if lien.precision else ""
    return f"{cible} : {_LIENS[lien.statut]}.{precision}{cite(lien.source)}"


def _iter_contacts(dispositif: Dispositif) -> Iterator[str]:
    """Those who can be reached in full; the places of a table of operators are only counted, by département."""
    lieux: Counter[str] = Counter()
    for contact in dispositif.contacts:
        moyens = [contact.telephone, contact.courriel, contact.site, contact.adresse]
        joindre = ", ".join(moyen for moyen in moyens if moyen)
        if not joindre and contact.commune:
            lieux[contact.code_departement or "?"] += 1
            continue
        precision = f" {sentence(contact.precision)}" if contact.precision else ""
        ou = f" ({joindre})" if joindre else ""
        yield f"{contact.organisme}{ou} : {sentence(contact.role)}{precision}{cite(contact.source)}"
    if lieux:
        detail = ", ".join(f"{nombre} dans le {code}" for code, nombre in sorted(lieux.items()))
        yield f"{sum(lieux.values())} lieux sans téléphone ni adresse dans le document : {detail}."


def _iter_non_evalues(dispositif: Dispositif, referentiels: Referentiels) -> Iterator[str]:
    """The conditions, and the parts of conditions, that only a person can judge."""
    for condition in (*dispositif.conditions, *dispositif.public_prioritaire):
        if condition.regle is None:
            yield sentence(describe_condition(condition, referentiels))
        for texte in _iter_a_verifier(condition.regle):
            autres = sum(1 for _ in iter_tests(condition.regle))
            yield sentence(texte) + (" (le reste de cette condition est calculé)" if autres else "")


def _iter_a_verifier(regle: Regle | None) -> Iterator[str]:
    if isinstance(regle, AVerifier):
        yield regle.texte
    elif isinstance(regle, Groupe):
        for membre in regle.membres:
            yield from _iter_a_verifier(membre)


def _iter_documents(dispositif: Dispositif) -> Iterator[str]:
    """The documents and pages of the record, each once, with their dates."""
    vus: dict[str, Source] = {}
    for source in dispositif.sources:
        vus.setdefault(source.id.partition(" l.")[0], source)
    for identifiant, source in sorted(vus.items()):
        datee = f", {source.date_source:%d/%m/%Y}" if source.date_source else ""
        verifie = f"vérifié le {source.verifie_le:%d/%m/%Y}" if source.verifie_le else "jamais revérifié"
        yield f"{identifiant} : {source.titre}{datee}, {verifie} ({source.document or source.lien})"
