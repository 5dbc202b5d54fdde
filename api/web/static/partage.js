// A code that reopens the result elsewhere: made, shown, cancelled. It is kept on this device until « Effacer tout ».

import { creerPartage, Refus, revoquerPartage } from "./api.js";
import { h, icone, jour } from "./dom.js";
import { copier } from "./garder.js";
import { t } from "./i18n.js";
import { ajouterCode, lireCodes, retirerCode } from "./memoire.js";

const DUREES = [1, 7, 30];
const DUREE_PROPOSEE = 7;

/** The code on screen, if any: printed on the documents made from here. */
export const codeCourant = () => lireCodes()[0]?.code || "";

/** The section about codes. `lireConversation` gives the id of the conversation whose result is kept. */
export function panneauCode({ dire, lireConversation }) {
  const zone = h("section", { class: "garder ne-pas-imprimer", "aria-labelledby": "titre-code" });
  const montrer = (partage) => zone.replaceChildren(
    h("h3", { id: "titre-code", tabindex: "-1" }, partage ? t("code.cree") : t("code.nouveau")),
    ...(partage ? codePret(partage, { dire, annuler }) : formulaire({ dire, lireConversation, creer })));
  async function creer(demande) {
    const partage = await creerPartage(demande);
    ajouterCode(partage);
    montrer(partage);
    zone.querySelector("h3").focus();
    dire(`${t("code.cree")} : ${partage.code}`);
  }
  async function annuler(partage) {
    await annulerCode(partage.code);
    montrer(null);
    zone.querySelector("h3").focus();
    dire(t("code.annule"));
  }
  montrer(lireCodes()[0] || null);
  return zone;
}

/** Cancels a code here and on the server; already gone there is as good as cancelled. */
async function annulerCode(code) {
  try {
    await revoquerPartage(code);
  } catch (erreur) {
    if (!(erreur instanceof Refus && erreur.statut === 404)) throw erreur;
  }
  retirerCode(code);
}

/** Cancels every code made on this device. Returns how many, and those that could not be. */
export async function annulerTous() {
  const restes = [];
  let faits = 0;
  for (const { code } of lireCodes()) {
    try {
      await annulerCode(code);
      faits += 1;
    } catch {
      restes.push(code);
    }
  }
  return { faits, restes };
}

function formulaire({ dire, lireConversation, creer }) {
  const joindre = h("input", { type: "checkbox", name: "joindre" });
  const bouton = h("button", { class: "bouton" }, icone("lien"), t("code.creer"));
  return [
    h("p", {}, t("code.nouveau.aide")),
    h("form", { class: "formulaire", onsubmit: async (evenement) => {
      evenement.preventDefault();
      const jours = Number(new FormData(evenement.target).get("jours"));
      bouton.disabled = true;
      try {
        await creer({ conversation: lireConversation(), jours, avec_paroles: joindre.checked, langue: document.documentElement.lang });
      } catch (erreur) {
        bouton.disabled = false;
        dire(erreur instanceof Refus && erreur.message ? erreur.message : t("garder.echec"));
      }
    } },
    h("fieldset", {}, h("legend", { class: "legende-petite" }, t("code.duree")),
      h("div", { class: "trois" }, DUREES.map((jours) => h("label", { class: "coche-ligne" },
        h("input", { type: "radio", name: "jours", value: jours, checked: jours === DUREE_PROPOSEE }), h("span", {}, t(`code.duree.${jours}`)))))),
    h("label", { class: "coche-ligne" }, joindre, h("span", {}, t("code.joindre"))),
    h("p", { class: "actions" }, bouton)),
  ];
}

function codePret(partage, { dire, annuler }) {
  const lien = partage.lien;
  return [
    h("div", { class: "code-pret" },
      h("p", { class: "code-signes", dir: "ltr" }, partage.code),
      partage.qr ? h("img", { class: "code-qr", src: partage.qr, alt: t("code.qr"), width: "180", height: "180" }) : null,
      h("p", { class: "code-lien", dir: "ltr" }, h("a", { href: lien }, lien.replace(/^https?:\/\//, "")))),
    h("p", {}, `${t("code.jusqu_au", { date: jour(partage.expire_le) })} ${t("code.noter")} ${t("code.appareil")}`),
    h("p", { class: "actions" },
      h("button", { type: "button", class: "bouton second", onclick: async () => dire((await copier(lien)) ? t("code.copie") : t("garder.sms.echec")) }, icone("lien"), t("code.copier")),
      h("button", { type: "button", class: "bouton second", onclick: (evenement) => {
        const bouton = evenement.currentTarget;
        bouton.disabled = true;
        annuler(partage).catch(() => {
          bouton.disabled = false;
          dire(t("garder.echec"));
        });
      } }, icone("corbeille"), t("code.annuler"))),
  ];
}
