// What stays on the device: the id of the conversation and the codes made here, nothing else. Storage may be refused (frames, private mode).

const CLE = "passerelle.conversation";
const CLE_CODES = "passerelle.codes";
let codes = null;

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

/** The codes made here that still work, latest first: {code, lien, qr, expire_le}. */
export function lireCodes() {
  if (codes === null) {
    try {
      codes = JSON.parse(localStorage.getItem(CLE_CODES)) || [];
    } catch {
      codes = [];
    }
  }
  return codes.filter(({ expire_le: fin }) => new Date(fin) > new Date());
}

export const ajouterCode = (partage) => garderCodes([partage, ...lireCodes()]);
export const retirerCode = (code) => garderCodes(lireCodes().filter((partage) => partage.code !== code));

function garderCodes(liste) {
  codes = liste;
  try {
    if (liste.length) localStorage.setItem(CLE_CODES, JSON.stringify(liste));
    else localStorage.removeItem(CLE_CODES);
  } catch {
    // They are known until the page is closed.
  }
}
