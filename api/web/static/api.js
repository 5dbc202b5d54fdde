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

async function appeler(methode, chemin, corps) {
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
  const contenu = reponse.status === 204 ? null : await reponse.json().catch(() => null);
  if (!reponse.ok) {
    const attendre = Number(reponse.headers.get("Retry-After")) || null;
    throw new Refus(reponse.status, contenu?.detail, attendre);
  }
  return contenu;
}

export const creerConversation = () => appeler("POST", "/conversations");
export const lireConversation = (id) => appeler("GET", `/conversations/${encodeURIComponent(id)}`);
export const effacerConversation = (id) => appeler("DELETE", `/conversations/${encodeURIComponent(id)}`);
export const envoyerMessage = (id, message) => appeler("POST", `/conversations/${encodeURIComponent(id)}/messages`, message);
