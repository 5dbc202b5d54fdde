// Offline: the page itself, and the last result read. Nothing else is kept; « Effacer tout » removes the result.

const parametres = new URL(self.location).searchParams;
const COQUILLE = `passerelle-${parametres.get("v")}`;
const RESULTAT = "passerelle-resultat";
const LANGUE = parametres.get("l") || "fr";
const FICHIERS = ["style.css", "app.js", "api.js", "avis.js", "comparer.js", "conversation.js", "dom.js", "garder.js", "i18n.js", "langue.js", "memoire.js", "nommer.js", "partage.js", "resultat.js", "voix.js", "icone.svg", `i18n/${LANGUE}.json`];

self.addEventListener("install", (evenement) => {
  const adresses = FICHIERS.map((fichier) => `/static/${parametres.get("v")}/${fichier}`);
  evenement.waitUntil(caches.open(COQUILLE).then((cache) => cache.addAll([`/?langue=${LANGUE}`, ...adresses])).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (evenement) => {
  const garder = new Set([COQUILLE, RESULTAT]);
  const menage = caches.keys().then((noms) => Promise.all(noms.filter((nom) => nom.startsWith("passerelle-") && !garder.has(nom)).map((nom) => caches.delete(nom))));
  evenement.waitUntil(menage.then(() => self.clients.claim()));
});

self.addEventListener("fetch", (evenement) => {
  const { request } = evenement;
  const adresse = new URL(request.url);
  if (adresse.origin !== self.location.origin || request.method !== "GET") return;
  if (adresse.pathname === "/") evenement.respondWith(lireAccueil(request));
  else if (adresse.pathname.startsWith("/static/")) evenement.respondWith(lireFichier(request));
  else if (/^\/api\/v1\/conversations\/[\w-]+$/.test(adresse.pathname)) evenement.respondWith(lireConversation(request));
});

async function lireAccueil(request) {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(request, { cacheName: COQUILLE, ignoreSearch: true, ignoreVary: true })) || Response.error();
  }
}

async function lireFichier(request) {
  return (await caches.match(request, { cacheName: COQUILLE, ignoreVary: true })) || fetch(request);
}

/** Network first; one conversation is kept, the last one read with a result. */
async function lireConversation(request) {
  try {
    const reponse = await fetch(request);
    if (reponse.ok) {
      const cache = await caches.open(RESULTAT);
      await Promise.all((await cache.keys()).map((cle) => cache.delete(cle)));
      await cache.put(request, reponse.clone());
    } else if (reponse.status === 404) await caches.delete(RESULTAT);
    return reponse;
  } catch {
    return (await caches.match(request, { cacheName: RESULTAT, ignoreVary: true })) || Response.error();
  }
}
