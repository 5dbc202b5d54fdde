"""From a checked file to the frozen values of ``model``; collects every fault instead of stopping at the first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from knowledge.fichiers import (
    ArticulationFichier,
    ConditionFichier,
    ContactFichier,
    DispositifFichier,
    EffetFichier,
    MentionFichier,
    RegleFichier,
    ReponseFichier,
    SourceLocale,
)
from knowledge.lecture import require
from knowledge.model import (
    Articulation,
    AVerifier,
    Condition,
    Contact,
    Dispositif,
    Duree,
    Effet,
    Groupe,
    Mention,
    Regle,
    Reponse,
    Source,
    StatutLien,
    Test,
    Valeur,
)
from knowledge.referentiel import Critere, Referentiels

_OPERATEURS = ("egal", "parmi", "entre", "au_moins", "au_plus")
_GROUPES = ("toutes", "une_de", "aucune_de")
_PROFONDEUR_MAX = 3


@dataclass(slots=True)
class Convertisseur:
    """Converts the parts of one file; ``fautes`` gathers what is wrong, in French."""

    fichier: str
    referentiels: Referentiels
    sources_locales: dict[str, SourceLocale] = field(default_factory=dict)
    fautes: list[str] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)

    def refuse(self, message: str) -> None:
        """Note a fault of this file."""
        self.fautes.append(f"{self.fichier} : {message}")

    def to_source(self, reference: str | None) -> Source:
        """The source named by « document l.10-12 »; a fault and a placeholder when the document is unknown."""
        identifiant, _, lignes = (reference or "").partition(" l.")
        connue = self.sources_locales.get(identifiant) or self.referentiels.documents.get(identifiant)
        if connue is None:
            faute = require(
                self.referentiels.documents, identifiant, "la source", "referentiels/documents.yml"
            )
            self.refuse(faute or "source inconnue")
            return Source(id=identifiant, titre=identifiant)
        if connue.document and not lignes:
            self.refuse(
                f"la source « {reference} » doit donner ses lignes, par exemple « {identifiant} l.12-15 »."
            )
        source = Source(
            id=reference or "",
            titre=connue.titre,
            document=connue.document,
            lignes=lignes or None,
            lien=connue.lien,
            date_source=connue.date_source,
            verifie_le=connue.verifie_le,
        )
        return self.sources.setdefault(source.id, source)

    def to_regle(self, fichier: RegleFichier, profondeur: int = 1) -> Regle | None:
        """A rule from its file form; None (and a fault) when it says nothing usable."""
        groupes = [mode for mode in _GROUPES if getattr(fichier, mode) is not None]
        if fichier.critere is None and len(groupes) == 1:
            if profondeur > _PROFONDEUR_MAX:
                self.refuse("une condition a plus de trois niveaux de groupes. Simplifiez-la.")
            membres = [self.to_regle(membre, profondeur + 1) for membre in getattr(fichier, groupes[0])]
            return Groupe(mode=groupes[0], membres=tuple(membre for membre in membres if membre is not None))
        if fichier.a_verifier is not None and fichier.critere is None and profondeur > 1:
            return AVerifier(texte=fichier.a_verifier)
        if fichier.critere is None or groupes:
            self.refuse(
                "une règle doit avoir soit « critere », soit un seul groupe (toutes, une_de, aucune_de)."
            )
            return None
        return self._to_test(fichier, fichier.critere)

    def _to_test(self, fichier: RegleFichier, cle: str) -> Test | None:
        faute = require(self.referentiels.criteres, cle, "le critère", "referentiels/criteres.yml")
        presents = [nom for nom in _OPERATEURS if getattr(fichier, nom) is not None]
        if faute is None and len(presents) != 1:
            faute = f"le critère « {cle} » doit être comparé une seule fois (egal, parmi, entre, au_moins ou au_plus)."
        if faute:
            self.refuse(faute)
            return None
        brut = getattr(fichier, presents[0])
        valeurs: tuple[Valeur, ...] = tuple(brut) if isinstance(brut, list) else (brut,)
        for valeur in valeurs:
            self._check_valeur(self.referentiels.criteres[cle], valeur)
        return Test(critere=cle, operateur=presents[0], valeurs=valeurs)

    def _check_valeur(self, critere: Critere, valeur: Valeur) -> None:
        message = find_faute_de_valeur(critere, valeur)
        if message:
            self.refuse(f"critère « {critere.cle} » : {message}")

    def to_conditions(self, fichiers: Sequence[ConditionFichier]) -> tuple[Condition, ...]:
        """Conditions in file order; ids must be unique in the file."""
        vus: set[str] = set()
        conditions = []
        for fichier in fichiers:
            if fichier.id in vus:
                self.refuse(f"la condition « {fichier.id} » est écrite deux fois.")
            vus.add(fichier.id)
            if not fichier.evaluable and not fichier.precision:
                self.refuse(
                    f"la condition « {fichier.id} » n'est pas évaluable : il lui faut une « precision »."
                )
            conditions.append(
                Condition(
                    id=fichier.id,
                    regle=self.to_regle(fichier) if fichier.evaluable else None,
                    precision=fichier.precision,
                    source=self.to_source(fichier.source),
                    depuis=fichier.depuis,
                    jusqu_au=fichier.jusqu_au,
                )
            )
        return tuple(conditions)

    def to_mention(self, fichier: MentionFichier, *, liste: str | None = None) -> Mention:
        """A sourced statement; without source it must say why (``raison``)."""
        if liste == "contenus" and fichier.id is not None:
            faute = require(self.referentiels.contenus, fichier.id, "le contenu", "referentiels/contenus.yml")
            if faute:
                self.refuse(faute)
        if fichier.source is None and not fichier.raison:
            self.refuse(
                f"« {fichier.libelle or fichier.id or fichier.precision} » doit avoir une source ou une raison."
            )
        return Mention(
            id=fichier.id or fichier.libelle or "",
            libelle=fichier.libelle,
            precision=fichier.precision,
            valeur=fichier.valeur,
            raison=fichier.raison,
            source=self.to_source(fichier.source) if fichier.source else None,
        )

    def to_mentions(
        self, fichiers: Iterable[MentionFichier], *, liste: str | None = None
    ) -> tuple[Mention, ...]:
        """Several statements, in file order."""
        return tuple(self.to_mention(fichier, liste=liste) for fichier in fichiers)

    def to_reponse(self, nom: str, fichier: ReponseFichier) -> Reponse:
        """A yes/no style answer; an unknown one must say why."""
        if fichier.source is None and not fichier.raison:
            self.refuse(f"« {nom} » doit avoir une source, ou une raison quand le document se tait.")
        return Reponse(
            statut=fichier.statut,
            precision=fichier.precision,
            montant_euros=fichier.montant_euros,
            raison=fichier.raison,
            source=self.to_source(fichier.source) if fichier.source else None,
        )

    def to_effet(self, fichier: EffetFichier) -> Effet:
        """What a step changes; either an acquis or a criterion with its new value."""
        if (fichier.acquis is None) == (fichier.critere is None):
            self.refuse("un effet donne soit « acquis », soit « critere » et « valeur ».")
        if fichier.acquis is not None:
            faute = require(self.referentiels.acquis, fichier.acquis, "l'acquis", "referentiels/acquis.yml")
            if faute:
                self.refuse(faute)
        if fichier.critere is not None:
            faute = require(
                self.referentiels.criteres, fichier.critere, "le critère", "referentiels/criteres.yml"
            )
            if faute:
                self.refuse(faute)
            elif fichier.valeur is not None:
                self._check_valeur(self.referentiels.criteres[fichier.critere], fichier.valeur)
        return Effet(
            acquis=fichier.acquis,
            critere=fichier.critere,
            valeur=fichier.valeur,
            source=self.to_source(fichier.source),
        )

    def to_articulation(self, fichier: ArticulationFichier) -> Articulation:
        """A link with its status; whether the target exists is checked once all files are read."""
        return Articulation(
            vers=fichier.vers,
            statut=StatutLien(fichier.statut),
            precision=fichier.precision,
            source=self.to_source(fichier.source),
        )

    def to_contact(self, fichier: ContactFichier) -> Contact:
        """A contact; it must give at least one way to reach or find someone."""
        moyens = (fichier.telephone, fichier.courriel, fichier.site, fichier.adresse, fichier.commune)
        if not any(moyens) and not fichier.precision:
            self.refuse(
                f"le contact « {fichier.organisme} » n'a ni téléphone, ni courriel, ni site, ni lieu."
            )
        self._check_besoins(fichier.besoins)
        champs = fichier.model_dump(exclude={"source", "besoins"})
        return Contact(**champs, besoins=tuple(fichier.besoins), source=self.to_source(fichier.source))

    def _check_besoins(self, besoins: Iterable[str]) -> None:
        for besoin in besoins:
            faute = require(self.referentiels.besoins, besoin, "le besoin", "referentiels/besoins.yml")
            if faute:
                self.refuse(faute)

    def to_dispositif(self, fichier: DispositifFichier, sites: Sequence[Contact] = ()) -> Dispositif:
        """The frozen record; ``sites`` are the contacts made from its table of operators."""
        self._check_besoins(besoin.id for besoin in fichier.besoins)
        duree = fichier.duree
        if duree.source is None and not duree.raison:
            self.refuse("« duree » doit avoir une source, ou une raison quand le document se tait.")
        territoire = MentionFichier(libelle=fichier.territoire.libelle, source=fichier.territoire.source)
        return Dispositif(
            id=fichier.id,
            nom=fichier.nom,
            sigle=fichier.sigle,
            alias=tuple(fichier.alias),
            resume=fichier.resume,
            nature=fichier.nature,
            etat=fichier.etat,
            besoins=tuple(
                Mention(id=besoin.id, precision=besoin.precision, source=self.to_source(besoin.source))
                for besoin in fichier.besoins
            ),
            contenus=self.to_mentions(fichier.contenus, liste="contenus"),
            conditions=self.to_conditions(fichier.conditions) + self._territoire_condition(fichier),
            public_prioritaire=self.to_conditions(fichier.public_prioritaire),
            duree=Duree(
                **duree.model_dump(exclude={"source"}),
                source=self.to_source(duree.source) if duree.source else None,
            ),
            rythme=self.to_mention(fichier.rythme),
            certifications=self.to_mentions(fichier.certifications),
            remuneration=self.to_reponse("remuneration", fichier.remuneration),
            cout=self.to_reponse("cout", fichier.cout),
            financements=self.to_mentions(fichier.financements),
            entree=self.to_mention(fichier.entree),
            prescripteurs=self.to_mentions(fichier.prescripteurs),
            effets=tuple(self.to_effet(effet) for effet in fichier.effets),
            articulations=tuple(self.to_articulation(lien) for lien in fichier.articulations),
            resultats=self.to_mentions(fichier.resultats),
            territoire=self.to_mention(territoire),
            departements=tuple(fichier.territoire.departements),
            contacts=tuple(self.to_contact(contact) for contact in fichier.contacts) + tuple(sites),
            a_faire=fichier.a_faire,
            en_parallele=fichier.en_parallele,
            rome=tuple(fichier.rome),
            rome_deduit=fichier.rome_deduit,
            debut_validite=fichier.debut_validite,
            fin_validite=fichier.fin_validite,
            manques=tuple(fichier.manques),
            complements=fichier.complements,
            sources=tuple(self.sources.values()),
        )

    def _territoire_condition(self, fichier: DispositifFichier) -> tuple[Condition, ...]:
        """The place of living as one more condition, so that it is explained like the others."""
        territoire = fichier.territoire
        if not territoire.departements or not territoire.condition:
            return ()
        regle = Test(critere="code_departement", operateur="parmi", valeurs=tuple(territoire.departements))
        return (
            Condition(
                id="territoire",
                regle=regle,
                precision=None,
                source=self.to_source(territoire.source),
                lieu=territoire.libelle,
            ),
        )


def find_faute_de_valeur(critere: Critere, valeur: Valeur) -> str | None:
    """What is wrong with a value for its criterion, as a French sentence; None when it is right."""
    if critere.type == "booleen":
        return None if isinstance(valeur, bool) else "la réponse doit être oui (true) ou non (false)."
    if critere.type == "entier":
        return _find_faute_entier(critere, valeur)
    if not isinstance(valeur, str) or not valeur.strip():
        return "il faut du texte."
    if critere.type == "choix" and valeur not in critere.valeurs:
        return f"« {valeur} » n'est pas une réponse possible ({', '.join(critere.valeurs)})."
    if critere.motif and not critere.motif.match(valeur):
        return f"« {valeur[:40]} » n'a pas la bonne forme."
    return f"le texte dépasse {_TEXTE_MAX} caractères." if len(valeur) > _TEXTE_MAX else None


_TEXTE_MAX = 200


def _find_faute_entier(critere: Critere, valeur: Valeur) -> str | None:
    if isinstance(valeur, bool) or not isinstance(valeur, int):
        return f"il faut un nombre entier ({critere.unite})."
    if (critere.minimum is not None and valeur < critere.minimum) or (
        critere.maximum is not None and valeur > critere.maximum
    ):
        return f"il faut un nombre entre {critere.minimum} et {critere.maximum} ({critere.unite})."
    return None
