// What stays on the device: the id of the conversation, nothing else. Storage may be refused (frames, private mode).

const CLE = "passerelle.conversation";

export function lireId() {
  try {
    return localStorage.getItem(CLE);
  } catch {
    return null;
  }
}

export function garderId(id) {
  try {
    localStorage.setItem(CLE, id);
  } catch {
    // The conversation goes on; it will not be found again after the page is closed.
  }
}

/** Forgets the id and what the service worker kept for reading offline. */
export async function oublier() {
  try {
    localStorage.removeItem(CLE);
  } catch {
    // Nothing was kept.
  }
  if ("caches" in window) await caches.delete("passerelle-resultat").catch(() => false);
}
