// The fixed sentences of the interface. A test holds the five files to the same keys, so there is no fallback here.

import { typo } from "./dom.js";

let textes = {};

export async function chargerTextes(langue) {
  textes = await (await fetch(new URL(`i18n/${langue}.json`, import.meta.url))).json();
}

export function t(cle, valeurs = {}) {
  let texte = textes[cle] ?? cle;
  for (const [nom, valeur] of Object.entries(valeurs)) texte = texte.replace(`{${nom}}`, String(valeur));
  return typo(texte);
}

export const connait = (cle) => cle in textes;
