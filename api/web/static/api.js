// Calls to the API. Every failure is one of four: no network, not ready yet, gone, refused with a French sentence.

const RACINE = "/api/v1";
const DELAI_MS = 30000;

export class ErreurReseau extends Error {}

export class Refus extends Error {
  constructor(statut, detail, attendre) {
    super(detail || "");
    this.statut = statut;
    this.attendre = attendre;
  }
}

async function appeler(methode, chemin, corps, lire = (reponse) => reponse.json().catch(() => null)) {
  const arret = new AbortController();
  const minuterie = setTimeout(() => arret.abort(), DELAI_MS);
  let reponse;
  try {
    reponse = await fetch(RACINE + chemin, {
      method: methode,
      headers: corps ? { "Content-Type": "application/json" } : {},
      body: corps ? JSON.stringify(corps) : undefined,
      signal: arret.signal,
      credentials: "omit",
    });
  } catch {
    throw new ErreurReseau();
  } finally {
    clearTimeout(minuterie);
  }
  if (!reponse.ok) {
    const contenu = await reponse.json().catch(() => null);
    const attendre = Number(reponse.headers.get("Retry-After")) || null;
    throw new Refus(reponse.status, contenu?.detail, attendre);
  }
  return reponse.status === 204 ? null : lire(reponse);
}

export const creerConversation = () => appeler("POST", "/conversations");
export const lireConversation = (id) => appeler("GET", `/conversations/${encodeURIComponent(id)}`);
export const effacerConversation = (id) => appeler("DELETE", `/conversations/${encodeURIComponent(id)}`);
export const envoyerMessage = (id, message) => appeler("POST", `/conversations/${encodeURIComponent(id)}/messages`, message);

export const creerPartage = (demande) => appeler("POST", "/partages", demande);
export const revoquerPartage = (code) => appeler("DELETE", `/partages/${encodeURIComponent(code)}`);
export const envoyerAvis = (avis) => appeler("POST", "/avis", avis);
export const envoyerSignalement = (signalement) => appeler("POST", "/signalements", signalement);
/** The PDF of a parcours, as a Blob. */
export const demanderPdf = (demande) => appeler("POST", "/documents/parcours.pdf", demande, (reponse) => reponse.blob());
