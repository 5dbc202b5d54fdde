# Passerelle : les commandes du projet. « make » seul affiche l'aide.
# Il suffit de python3 et de make : le reste est installé dans .outils/ et .venv/, à côté de ce fichier.
# Paths are relative and quoted on purpose: the clone may sit in a folder whose name has spaces.

.DEFAULT_GOAL := aide
.NOTPARALLEL:
SHELL := /bin/sh
PYTHON := .venv/bin/python
export RASA_TELEMETRY_ENABLED := false

.PHONY: aide installer domaine fiches couverture base entrainer lancer tester verifier bancs evaluer qualite nettoyer

aide: ## affiche cette aide
	@echo "Passerelle : commandes disponibles"
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile
	@echo "Réglages : PASSERELLE_HOTE, PASSERELLE_PORT, PASSERELLE_BOT_PORT, PASSERELLE_BASE_URL (ex. : PASSERELLE_PORT=8010 make lancer)"

installer: ## installe uv, Python 3.10 et les bibliothèques du projet
	@sh outils/installer.sh

domaine: installer ## génère les slots, formulaires et questions de Rasa depuis les référentiels
	@$(PYTHON) -m knowledge.export

fiches: installer ## écrit les fiches de relecture en français, une par dispositif
	@$(PYTHON) -m knowledge.fiches

couverture: installer ## dit, document par document, où chaque dispositif, formation et organisme se trouve dans la base
	@$(PYTHON) -m knowledge.couverture --resume

base: installer ## construit la base de données depuis le catalogue
	@$(PYTHON) -m knowledge.store.sync

entrainer: installer ## entraîne le modèle de dialogue s'il manque ou n'est plus à jour
	@$(PYTHON) -m outils.entrainer

lancer: installer entrainer ## met tout en place et démarre Passerelle (Ctrl-C pour arrêter)
	@exec $(PYTHON) -m api.lancer

tester: installer ## met tout en place et lance tous les contrôles et tous les tests
	@sh outils/paquets_debian.sh
	@$(PYTHON) -m outils.tester

verifier: installer ## contrôle la forme du code, les types, les dépendances entre dossiers, les YAML
	@$(PYTHON) -m outils.verifier

bancs: installer entrainer ## mesure les temps, la mémoire et les débits (plusieurs minutes)
	@trouve=non; \
	for fichier in bancs/*.py; do \
	  module=$$(basename "$$fichier" .py); \
	  case "$$module" in _*|'*') continue ;; esac; \
	  trouve=oui; echo "== bancs/$$module.py"; \
	  $(PYTHON) -m "bancs.$$module" || exit 1; \
	done; \
	[ "$$trouve" = oui ] || echo "Aucun banc de mesure dans bancs/."

evaluer: installer entrainer ## mesure la compréhension sur des messages jamais appris, par registre et par langue
	@$(PYTHON) -m outils.evaluer

qualite: installer ## fait le point sur la qualité des fiches (sources, dates, règles calculées)
	@$(PYTHON) -m knowledge.qualite

nettoyer: ## efface ce qui se régénère (modèle, caches, rapports) ; garde .venv/ et .outils/
	@rm -rf models .rasa .resultats .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -not -path './.venv/*' -not -path './.outils/*' -prune -exec rm -rf {} +
	@echo "Nettoyé. Pour repartir de zéro : rm -rf .venv .outils"
