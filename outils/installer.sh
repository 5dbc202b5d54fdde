#!/bin/sh
# Sets up everything from python3 alone: uv in .outils/, then Python 3.10 and the locked libraries in .venv/.
# Safe to run again: does nothing when uv.lock, pyproject.toml and .python-version have not changed.
# Usage: sh outils/installer.sh   (from anywhere; paths with spaces are fine)
set -eu
cd "$(dirname "$0")/.."

TEMOIN=.venv/.passerelle-installe
SPEC_UV='uv>=0.13,<1'
# A variable left over from another project must not send the environment elsewhere.
unset UV_PROJECT_ENVIRONMENT VIRTUAL_ENV 2>/dev/null || true

JOURNAL=.outils/installation.log

dire() { printf '%s\n' "$*" >&2; }

# What the environment was built from; the file's content decides, not its date (a fresh clone has new dates).
empreinte() { cat pyproject.toml uv.lock .python-version | cksum; }

if [ -x .venv/bin/python ] && [ -f "$TEMOIN" ] && [ "$(cat "$TEMOIN")" = "$(empreinte)" ] \
   && .venv/bin/python -c 'pass' 2>/dev/null; then
  exit 0
fi

# pyenv reads .python-version: its python3 fails when it has no 3.10. So the system's own python3 comes next.
trouver_python() {
  for candidat in python3 /usr/bin/python3 /usr/local/bin/python3 /opt/homebrew/bin/python3 python; do
    if "$candidat" -c 'import sys; sys.exit(sys.version_info < (3, 8))' >/dev/null 2>&1; then
      printf '%s' "$candidat"
      return 0
    fi
  done
  return 1
}

uv_marche() { "$1" --version >/dev/null 2>&1; }

installer_par_venv() {
  "$1" -m venv .outils >>"$JOURNAL" 2>&1 || return 1
  for spec in "$SPEC_UV" uv; do
    .outils/bin/python -m pip install --quiet --disable-pip-version-check "$spec" >>"$JOURNAL" 2>&1 && return 0
  done
  return 1
}

installer_par_cible() {
  "$1" -m pip install --quiet --disable-pip-version-check --target .outils/cible uv >>"$JOURNAL" 2>&1
}

# Debian ships python3 without venv nor pip: when root, add them.
ajouter_venv_debian() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || return 1
  dire "Il manque le module venv de Python : installation du paquet python3-venv…"
  { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends python3-venv; } \
    >>"$JOURNAL" 2>&1 </dev/null
}

# Prints the path of a working uv. The project's own comes first: pyenv's « uv » shim fails under .python-version.
trouver_uv() {
  for candidat in .outils/bin/uv .outils/cible/bin/uv; do
    if uv_marche "$candidat"; then printf '%s' "$candidat"; return 0; fi
  done
  if python=$(trouver_python); then
    dire "Installation de l'outil uv dans .outils/ (première fois seulement)…"
    if installer_par_venv "$python" && uv_marche .outils/bin/uv; then printf .outils/bin/uv; return 0; fi
    if installer_par_cible "$python" && uv_marche .outils/cible/bin/uv; then printf .outils/cible/bin/uv; return 0; fi
    # An interpreter outside Debian's own would not see the package: ask for the system's one.
    if ajouter_venv_debian && installer_par_venv /usr/bin/python3 && uv_marche .outils/bin/uv; then
      printf .outils/bin/uv; return 0
    fi
  fi
  if uv_marche uv; then printf uv; return 0; fi
  return 1
}

mkdir -p .outils
: >"$JOURNAL"

if ! UV=$(trouver_uv); then
  dire ""
  dire "Passerelle n'a pas pu s'installer : l'outil « uv » est introuvable et n'a pas pu être ajouté."
  if ! trouver_python >/dev/null; then
    dire "  Ce qui manque : Python 3 (3.8 ou plus récent)."
    dire "  Debian, Ubuntu : sudo apt-get install python3 python3-venv      macOS : brew install python"
  else
    dire "  Ce qui manque : le module venv (ou pip) de Python, ou l'accès au dépôt de paquets Python."
    dire "  Debian, Ubuntu : sudo apt-get install python3-venv"
    dire "  Derrière un serveur mandataire : renseignez la variable HTTPS_PROXY."
    dire "  Vous pouvez aussi installer uv vous-même : python3 -m pip install --user uv"
  fi
  dire "  Détail dans $JOURNAL. Puis relancez la même commande."
  exit 1
fi

VERSION=$(cat .python-version)
[ -x .venv/bin/python ] || dire "Installation de Python $VERSION et des bibliothèques dans .venv/ (quelques minutes la première fois)…"

# uv looks on PATH and among its own; a pyenv whose shims are not on PATH is worth a look before any download.
if ! "$UV" python find --no-python-downloads "$VERSION" >/dev/null 2>&1; then
  for interprete in "${PYENV_ROOT:-${HOME:-}/.pyenv}/versions/$VERSION".*/bin/python; do
    if [ -x "$interprete" ]; then export UV_PYTHON="$interprete"; fi
  done
fi

# --locked: what is tested is what is installed; fails rather than resolving something else.
debut=$(date +%s)
if ! "$UV" sync --locked --no-progress >>"$JOURNAL" 2>&1 </dev/null; then
  dire ""
  dire "L'installation a échoué. Dernières lignes de $JOURNAL :"
  tail -n 15 "$JOURNAL" | sed 's/^/    /' >&2
  dire ""
  if ! "$UV" python find "$VERSION" >/dev/null 2>&1; then
    dire "  Ce qui manque : Python $VERSION (Rasa ne fonctionne pas avec une version plus récente)."
    dire "  uv sait le télécharger lui-même si l'accès à Internet le permet : \"$UV\" python install $VERSION"
    dire "  Avec pyenv : pyenv install $VERSION      Ubuntu 22.04 : sudo apt-get install python3.10 python3.10-venv"
  elif grep -q 'lockfile' "$JOURNAL"; then
    dire "  uv.lock ne correspond plus à pyproject.toml : lancez « \"$UV\" lock » puis recommencez."
  else
    dire "  Vérifiez l'accès à Internet (ou la variable HTTPS_PROXY), l'espace disque (4 Go) et recommencez."
  fi
  exit 1
fi
empreinte >"$TEMOIN"
dire "Environnement prêt en $(( $(date +%s) - debut )) s."
