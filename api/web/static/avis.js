// « Cela vous a-t-il aidé ? » in two taps, and « Signaler une erreur » on each sheet. Nothing says who wrote.

import { envoyerAvis, envoyerSignalement, Refus } from "./api.js";
import { francais, h, icone } from "./dom.js";
import { t } from "./i18n.js";

const REPONSES = ["oui", "un-peu", "non"];
const GENRES = ["contact", "ferme", "condition", "incomprehensible", "autre"];

const radio = (nom, valeur, texte) => h("label", { class: "coche-ligne" }, h("input", { type: "radio", name: nom, value: valeur }), h("span", {}, texte));

function champPhrase(nom) {
  return h("p", { class: "champ" },
    h("label", { class: "champ-titre", for: `phrase-${nom}` }, t("avis.phrase")),
    h("span", { class: "aide", id: `aide-${nom}` }, t("avis.phrase.aide")),
    h("textarea", { id: `phrase-${nom}`, name: "phrase", rows: "2", maxlength: "500", "aria-describedby": `aide-${nom}` }));
}

const lirePhrase = (donnees) => donnees.get("phrase").trim() || null;
const expliquer = (erreur) => (erreur instanceof Refus && erreur.message ? erreur.message : t("garder.echec"));

/** First tap: an answer, which opens the optional sentence. Second tap: send. */
export function evaluation() {
  const erreur = h("p", { class: "erreur", role: "alert", hidden: true });
  const suite = h("div", { class: "champ", hidden: true }, champPhrase("avis"), h("p", { class: "actions" }, h("button", { class: "bouton" }, t("avis.envoyer"), icone("envoyer", "sens"))));
  const formulaire = h("form", { class: "evaluation ne-pas-imprimer", onchange: () => { suite.hidden = false; }, onsubmit: async (evenement) => {
    evenement.preventDefault();
    const donnees = new FormData(formulaire);
    try {
      await envoyerAvis({ reponse: donnees.get("avis"), phrase: lirePhrase(donnees), langue: document.documentElement.lang });
      const merci = h("p", { class: "merci", tabindex: "-1", role: "status" }, icone("coche"), t("avis.merci"));
      formulaire.replaceChildren(merci);
      merci.focus();
    } catch (echec) {
      erreur.textContent = expliquer(echec);
      erreur.hidden = false;
    }
  } },
  h("fieldset", {}, h("legend", {}, t("avis.titre")), h("div", { class: "trois" }, REPONSES.map((reponse) => radio("avis", reponse, t(`avis.${reponse}`))))),
  erreur, suite);
  return formulaire;
}

/** The button of a sheet; its dialog is built when it is asked for. */
export function boutonSignaler(fiche, titre, dire) {
  return h("button", { type: "button", class: "lien", onclick: (evenement) => ouvrir(fiche, titre, dire, evenement.currentTarget) },
    icone("info"), t("signaler.bouton"), h("span", { class: "visuellement-cache", lang: "fr" }, ` : ${titre}`));
}

function ouvrir(fiche, titre, dire, depuis) {
  const erreur = h("p", { class: "erreur", role: "alert", hidden: true });
  const refuser = (texte) => {
    erreur.textContent = texte;
    erreur.hidden = false;
  };
  const formulaire = h("form", { class: "formulaire", onsubmit: async (evenement) => {
    evenement.preventDefault();
    const donnees = new FormData(formulaire);
    if (!donnees.get("genre")) return refuser(t("avis.choisir"));
    try {
      await envoyerSignalement({ genre: donnees.get("genre"), fiche, phrase: lirePhrase(donnees) });
      dialogue.close();
      dire(t("signaler.merci"));
    } catch (echec) {
      refuser(expliquer(echec));
    }
  } },
  h("fieldset", {}, h("legend", {}, t("signaler.quoi")), GENRES.map((genre) => radio("genre", genre, t(`signaler.${genre}`)))),
  champPhrase("signaler"), erreur,
  h("div", { class: "dialogue-boutons" },
    h("button", { type: "button", class: "bouton second", onclick: () => dialogue.close() }, t("signaler.annuler")),
    h("button", { class: "bouton" }, t("avis.envoyer"), icone("envoyer", "sens"))));
  const dialogue = h("dialog", { class: "dialogue dialogue-large", "aria-labelledby": "titre-signaler" },
    h("h2", { id: "titre-signaler" }, t("signaler.bouton")), francais(titre, "p", { class: "resume" }), formulaire);
  dialogue.addEventListener("close", () => {
    dialogue.remove();
    depuis.focus();
  });
  document.body.append(dialogue);
  dialogue.showModal();
}
