"""Generate the slots and the form of the dialogue from the criteria and questions: ``make domaine``.

``python -m knowledge.export --verifier`` changes nothing and fails when the generated files are not up to date.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml

from knowledge.loader import load_referentiels
from knowledge.referentiel import Referentiels

DOSSIER = Path(__file__).parent.parent / "bot" / "domain" / "generated"
_ENTETE = (
    "# Fichier fabriqué par « make domaine » à partir de knowledge/referentiels. Ne pas modifier à la main.\n"
)
_SANS_VALIDATION = {"type": "any", "influence_conversation": False, "mappings": [{"type": "custom"}]}
_MEMOIRE = (
    "besoins",
    "questions_passees",
    "questions_posees",
    "question_imposee",
    "indisponibles",
    "communes_possibles",
    "incomprehensions",
    "rang_montre",
    "langue_page",
)
# Set by what the understanding reads in the message, or by the button of a language.
_LANGUE = {
    "type": "any",
    "influence_conversation": False,
    "mappings": [{"type": "from_entity", "entity": "langue"}],
}
_DETOURS = (
    "demander_pourquoi",
    "demander_definition",
    "demander_recapitulatif",
    "demander_aide",
    "demander_identite_du_bot",
    "changer_de_langue",
    "insulter",
    "hors_sujet",
    "remercier",
    "saluer",
    "demander_qui_appeler",
    "parler_a_un_conseiller",
    "revenir_en_arriere",
    "demander_la_suite",
    "demander_plus_pres",
    "demander_a_garder",
    "dire_au_revoir",
    "demander_effacement",
    "recommencer",
    "changer_de_besoin",
    "demander_autre_chose",
    "urgence_suicide",
    "urgence_violence",
    "urgence_sans_abri",
)


def build_fichiers(referentiels: Referentiels) -> dict[str, dict[str, Any]]:
    """Content of the generated files, by name."""
    slots = {cle: dict(_SANS_VALIDATION) for cle in (*referentiels.criteres, *_MEMOIRE)}
    slots["langue"] = _LANGUE
    formulaire = {"ignored_intents": list(_DETOURS), "required_slots": list(referentiels.questions)}
    return {
        "slots.yml": {"version": "3.1", "slots": slots},
        "forms.yml": {"version": "3.1", "forms": {"orientation_form": formulaire}},
    }


def write_texte(contenu: dict[str, Any]) -> str:
    """A generated file as text: header, then YAML without anchors, always the same for the same content."""

    class _SansAncre(yaml.SafeDumper):
        def ignore_aliases(self, data: Any) -> bool:
            return True

    return _ENTETE + yaml.dump(contenu, Dumper=_SansAncre, allow_unicode=True, sort_keys=False)


def main(arguments: list[str] | None = None) -> int:
    """Write the files, or check them with ``--verifier``; 1 when they are stale."""
    verifier = "--verifier" in (sys.argv[1:] if arguments is None else arguments)
    perimes = []
    DOSSIER.mkdir(parents=True, exist_ok=True)
    for nom, contenu in build_fichiers(load_referentiels()).items():
        chemin = DOSSIER / nom
        texte = write_texte(contenu)
        if not chemin.exists() or chemin.read_text(encoding="utf-8") != texte:
            perimes.append(nom)
            if not verifier:
                chemin.write_text(texte, encoding="utf-8")
    if perimes and verifier:
        print("Fichiers à refaire avec « make domaine » : " + ", ".join(perimes), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
