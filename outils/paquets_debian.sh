#!/bin/sh
# Programs that some tests need and that are not Python libraries. Debian's packages are installed when we may;
# otherwise the tests concerned are named, and skipped by pytest. In CI nothing may be skipped: the script fails.
set -eu

premier_trouve() {
  for programme in "$@"; do
    if command -v "$programme" >/dev/null 2>&1; then return 0; fi
  done
  return 1
}

present() {
  case "$1" in
    chromium) premier_trouve chromium chromium-browser google-chrome ;;
    # Debian keeps the server's programs out of PATH, in one folder per version.
    postgresql) premier_trouve initdb || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 ;;
    redis-server) premier_trouve redis-server ;;
    default-jre-headless) premier_trouve java ;;
  esac
}

usage() {
  case "$1" in
    chromium) echo "les tests de la page dans un vrai navigateur" ;;
    postgresql) echo "les tests de la base PostgreSQL" ;;
    redis-server) echo "les tests du verrou Redis" ;;
    default-jre-headless) echo "le contrôle du HTML des pages" ;;
  esac
}

manquants=""
for paquet in chromium postgresql redis-server default-jre-headless; do
  present "$paquet" || manquants="$manquants $paquet"
done
[ -n "$manquants" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installation des paquets Debian utiles aux tests :$manquants…"
  journal=$(mktemp)
  # shellcheck disable=SC2086  # a list of package names, split on purpose
  if ! { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $manquants; } \
       >"$journal" 2>&1 </dev/null; then
    echo "apt-get a échoué :" >&2
    tail -n 10 "$journal" | sed 's/^/    /' >&2
  fi
  rm -f "$journal"
fi

absents=0
for paquet in $manquants; do
  if ! present "$paquet"; then
    absents=$((absents + 1))
    echo "ATTENTION : $paquet est absent, $(usage "$paquet") ne seront pas lancés." >&2
    echo "            Pour l'ajouter : sudo apt-get install $paquet" >&2
  fi
done
if [ "$absents" -gt 0 ] && [ "${CI:-}" = true ]; then
  echo "En intégration continue, aucun test ne peut être sauté : arrêt." >&2
  exit 1
fi
