// Keeping a parcours: SMS text, e-mail, share, reminder. All on the device: nothing is sent to us.

import { jour } from "./dom.js";
import { t } from "./i18n.js";

export const ordonner = (parcours) => [
  ...parcours.etapes.filter((etape) => !etape.en_parallele),
  ...parcours.etapes.filter((etape) => etape.en_parallele),
];

const moyen = (contact) => contact.telephone || contact.courriel || contact.site || contact.commune || "";

const SIGNES_MAX = 480;
const TITRE_COURT = 48;

const marque = (etape, rang) => (etape.en_parallele ? "+" : `${rang + 1}.`);
function ligneContact({ contacts: [contact] }) {
  if (!contact) return [];
  return [`   ${contact.organisme}${moyen(contact) ? ` : ${moyen(contact)}` : ""}`];
}
const couper = (titre) => (titre.length <= TITRE_COURT ? titre : `${titre.slice(0, TITRE_COURT - 1).trimEnd()}…`);
const FACONS = [
  (etape, rang) => [`${marque(etape, rang)} ${etape.titre}`, `   ${etape.a_faire}`, ...ligneContact(etape)],
  (etape, rang) => [`${marque(etape, rang)} ${etape.titre}`, ...ligneContact(etape)],
  (etape, rang) => [`${marque(etape, rang)} ${couper(etape.titre)}${etape.contacts[0] && moyen(etape.contacts[0]) ? ` : ${moyen(etape.contacts[0])}` : ""}`],
];

/** The parcours in 480 signs at most, as api/documents/texte.py writes it: what matters least goes first. */
export function ecrireTexte(parcours, lien = "") {
  const fin = lien ? [lien] : [];
  let lignes = [];
  for (const ecrire of FACONS) {
    lignes = [t("garder.sms.debut"), ...ordonner(parcours).flatMap(ecrire)];
    const texte = [...lignes, ...fin].join("\n");
    if (texte.length <= SIGNES_MAX) return texte;
  }
  while ([...lignes, "…", ...fin].join("\n").length > SIGNES_MAX && lignes.length > 1) lignes.pop();
  return [...lignes, "…", ...fin].join("\n");
}

export async function copier(texte) {
  try {
    await navigator.clipboard.writeText(texte);
    return true;
  } catch {
    return false;
  }
}

export const adresseCourriel = (parcours) =>
  `mailto:?subject=${encodeURIComponent(t("garder.objet"))}&body=${encodeURIComponent(ecrireTexte(parcours).replace(/\n/g, "\r\n"))}`;

/** « ?& » suits both families of phones. */
export const adresseSms = (parcours) => `sms:?&body=${encodeURIComponent(ecrireTexte(parcours))}`;

export const saitPartager = () => typeof navigator.share === "function";

export async function partager(parcours) {
  try {
    await navigator.share({ title: t("garder.objet"), text: ecrireTexte(parcours) });
  } catch {
    // Closed by the person: nothing to say.
  }
}

const deux = (nombre) => String(nombre).padStart(2, "0");
const enTexte = (texte) => texte.replace(/\\/g, "\\\\").replace(/\n/g, "\\n").replace(/[,;]/g, (signe) => `\\${signe}`);

/** RFC 5545 wants lines of 75 bytes at most. */
function plier(ligne) {
  const morceaux = [];
  let courant = "";
  let taille = 0;
  for (const signe of ligne) {
    const octets = new TextEncoder().encode(signe).length;
    if (taille + octets > 73) {
      morceaux.push(courant);
      courant = " ";
      taille = 1;
    }
    courant += signe;
    taille += octets;
  }
  return [...morceaux, courant].join("\r\n");
}

/** The next working day, as a date field holds it. */
export function prochainJourOuvre(maintenant = new Date()) {
  const quand = new Date(maintenant);
  do quand.setDate(quand.getDate() + 1);
  while (quand.getDay() === 0 || quand.getDay() === 6);
  return `${quand.getFullYear()}-${deux(quand.getMonth() + 1)}-${deux(quand.getDate())}`;
}

/** A reminder at 9 on the day given, floating time: it rings at 9 wherever the person is. */
export function ecrireRappel(etape, quand, maintenant = new Date()) {
  const date = quand.replaceAll("-", "");
  const contact = etape.contacts[0];
  const description = [etape.a_faire, contact ? `${contact.organisme} ${moyen(contact)}`.trim() : ""].filter(Boolean).join("\n");
  const estampille = maintenant.toISOString().replace(/[-:]|\.\d+/g, "");
  return [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Passerelle//FR",
    "BEGIN:VEVENT",
    `UID:${estampille}-${etape.rang}@passerelle`,
    `DTSTAMP:${estampille}`,
    `DTSTART:${date}T090000`,
    `DTEND:${date}T093000`,
    plier(`SUMMARY:${enTexte(t("garder.rappel.objet", { titre: etape.titre }))}`),
    plier(`DESCRIPTION:${enTexte(description)}`),
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    "TRIGGER:PT0M",
    plier(`DESCRIPTION:${enTexte(etape.titre)}`),
    "END:VALARM",
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ].join("\r\n");
}

export function telecharger(nom, type, contenu) {
  const adresse = URL.createObjectURL(new Blob([contenu], { type }));
  const lien = document.createElement("a");
  lien.href = adresse;
  lien.download = nom;
  document.body.append(lien);
  lien.click();
  lien.remove();
  setTimeout(() => URL.revokeObjectURL(adresse), 10000);
}

export const telechargerRappel = (etape, quand = prochainJourOuvre()) =>
  telecharger("rappel-passerelle.ics", "text/calendar;charset=utf-8", ecrireRappel(etape, quand));

export const aujourdhui = () => jour(new Date().toISOString());
