// The conversation: what is said, what can be answered, and what happens when an answer cannot leave.

import { creerConversation, effacerConversation, envoyerMessage, ErreurReseau, lireConversation, Refus } from "./api.js";
import { h, icone, lier, typo } from "./dom.js";
import { t } from "./i18n.js";
import { devinerLangue } from "./langue.js";
import { garderId, lireId, oublier } from "./memoire.js";
import { lire } from "./voix.js";

const ATTENTE_S = 3;
const TOUJOURS_LA = new Set(["commande:passer", "commande:ne_pas_savoir", "commande:parler_a_un_conseiller", "besoin:parler-a-un-conseiller"]);

export class Conversation {
  constructor({ surParcours, annoncerParcours, surEffacement }) {
    this.surParcours = surParcours;
    this.annoncerParcours = annoncerParcours;
    this.surEffacement = surEffacement;
    this.id = null;
    this.file = [];
    this.envoiEnCours = false;
    this.generation = 0;
    this.voix = false;
    this.journal = document.getElementById("journal");
    this.choix = document.getElementById("choix");
    this.etat = document.getElementById("etat");
    this.attente = document.getElementById("attente");
    this.texte = document.getElementById("texte");
    window.addEventListener("online", () => this.vider());
  }

  commencer() {
    this.journal.setAttribute("aria-live", "off");
    this.journal.replaceChildren();
    this.choix.replaceChildren();
    this.dire("");
    this.ecrire("passerelle", t("conversation.bienvenue"));
    this.rendreVivant();
  }

  /** Shows the conversation kept on the server; false when there is none. */
  async reprendre() {
    const id = lireId();
    if (!id) return false;
    const lue = await lireConversation(id);
    this.id = id;
    this.journal.setAttribute("aria-live", "off");
    this.journal.replaceChildren();
    lue.messages.forEach((message) => this.recevoir(message, { ancien: true }));
    const dernier = lue.messages[lue.messages.length - 1];
    this.proposer(dernier && dernier.auteur !== "personne" ? dernier.boutons || [] : []);
    this.dire(t("conversation.reprise"));
    this.rendreVivant();
    return true;
  }

  /** New messages are announced once: history is put in place before the log speaks. */
  rendreVivant() {
    requestAnimationFrame(() => requestAnimationFrame(() => this.journal.setAttribute("aria-live", "polite")));
  }

  envoyerTexte(texte) {
    this.poster({ texte }, texte);
  }

  envoyerChoix(choix, libelle) {
    this.poster({ choix }, libelle);
  }

  poster(contenu, montre) {
    const bulle = this.ecrire("personne", montre);
    const identifiant = crypto.randomUUID ? crypto.randomUUID() : `${Date.now()}-${Math.random().toString(36).slice(2)}`;
    this.file.push({ corps: { ...contenu, id_message: identifiant, langue: document.documentElement.lang }, bulle, montre });
    this.choix.replaceChildren();
    this.vider();
  }

  /** Sends what waits, in order. The same id sent twice is treated once, so trying again is safe. */
  async vider() {
    if (this.envoiEnCours || !this.file.length) return;
    this.envoiEnCours = true;
    const generation = this.generation;
    const message = this.file[0];
    message.bulle.querySelector(".echec")?.remove();
    this.attente.hidden = false;
    let apres = 0;
    try {
      if (!this.id) {
        this.id = (await creerConversation()).id;
        if (generation !== this.generation) return;
        garderId(this.id);
      }
      const reponse = await envoyerMessage(this.id, message.corps);
      if (generation !== this.generation) return;
      this.file.shift();
      this.dire("");
      this.repondre(reponse.messages);
    } catch (erreur) {
      if (generation !== this.generation) return;
      apres = this.expliquer(erreur, message);
    } finally {
      if (generation === this.generation) {
        this.envoiEnCours = false;
        this.attente.hidden = true;
      }
    }
    if (apres) setTimeout(() => this.vider(), apres * 1000);
    else if (this.file.length && !this.bloquee) this.vider();
  }

  repondre(messages) {
    this.bloquee = false;
    messages.forEach((message) => this.recevoir(message));
    const dernier = messages[messages.length - 1];
    this.proposer(dernier?.boutons || []);
    if (this.voix) lire(messages.map((message) => message.texte).join(". "));
  }

  recevoir(message, { ancien = false } = {}) {
    const auteur = message.auteur === "personne" ? "personne" : "passerelle";
    if (message.texte) this.ecrire(auteur, message.texte, { ancien });
    if (message.parcours) {
      this.surParcours(message.parcours, { ancien });
      this.journal.querySelectorAll(".message-parcours").forEach((autre) => autre.remove());
      this.journal.append(this.annoncerParcours(message.parcours));
      this.defiler();
    }
  }

  ecrire(auteur, texte) {
    const moi = auteur === "personne";
    const bulle = h("div", { class: `message message-${auteur}` },
      h("span", { class: "visuellement-cache" }, `${moi ? t("conversation.vous") : t("nom")} : `),
      h("div", { class: "bulle", dir: "auto", lang: devinerLangue(texte) }, moi ? texte : lier(typo(texte))));
    this.journal.append(bulle);
    this.defiler();
    return bulle;
  }

  /** The answers of the last message; the ones always on screen are not repeated. */
  proposer(boutons) {
    const avaitLeFocus = this.choix.contains(document.activeElement) || document.activeElement === document.body;
    this.choix.replaceChildren(...boutons.filter(({ choix }) => !TOUJOURS_LA.has(choix)).map(({ libelle, choix }) =>
      h("button", { type: "button", "data-choix": choix, dir: "auto", lang: devinerLangue(libelle) }, typo(libelle))));
    if (avaitLeFocus) this.prendreFocus();
    this.defiler();
  }

  /** Focus goes to the text box, except on a touch screen where it would open the keyboard over the answers. */
  prendreFocus() {
    const doigt = matchMedia("(pointer: coarse)").matches;
    (doigt ? this.choix : this.texte).focus({ preventScroll: true });
  }

  /** Says what went wrong and what is done about it. Returns the seconds to wait before trying again by itself. */
  expliquer(erreur, message) {
    if (erreur instanceof ErreurReseau) {
      this.bloquee = true;
      this.proposerReessai(message);
      this.dire(t("conversation.hors_ligne"), "alerte");
      return 0;
    }
    if (!(erreur instanceof Refus)) throw erreur;
    if (erreur.statut === 503) {
      this.dire(t("conversation.prepare"));
      return erreur.attendre || ATTENTE_S;
    }
    if (erreur.statut === 429) {
      this.dire(t("conversation.patience"));
      return erreur.attendre || ATTENTE_S * 3;
    }
    if (erreur.statut === 404 && this.id) {
      this.id = null;
      this.dire(t("conversation.expiree"));
      return 0.1;
    }
    if (erreur.statut >= 500) {
      this.bloquee = true;
      this.proposerReessai(message);
      this.dire(erreur.message || t("conversation.erreur"), "alerte");
      return 0;
    }
    // Refused for what it holds (too long, empty): given back to be changed, not lost.
    this.file.shift();
    message.bulle.remove();
    if (message.corps.texte) this.texte.value = message.corps.texte;
    this.texte.dispatchEvent(new Event("input"));
    this.dire(erreur.message || t("conversation.erreur"), "alerte");
    this.texte.focus();
    return 0;
  }

  proposerReessai(message) {
    message.bulle.querySelector(".echec")?.remove();
    message.bulle.append(h("div", { class: "echec" }, icone("urgence"), t("conversation.non_envoye"), " ",
      h("button", { type: "button", class: "lien", onclick: () => { this.bloquee = false; this.vider(); this.texte.focus(); } }, t("conversation.reessayer"))));
    this.defiler();
  }

  dire(texte, ton = "") {
    this.etat.className = `etat ${ton}`.trim();
    this.etat.textContent = texte;
    if (texte) this.defiler();
  }

  defiler() {
    const doux = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
    requestAnimationFrame(() => {
      const boite = this.journal.closest("section");
      boite.scrollTo?.({ top: boite.scrollHeight, behavior: doux });
      if (document.body.dataset.vue === "conversation") window.scrollTo({ top: document.documentElement.scrollHeight, behavior: doux });
    });
  }

  async effacer() {
    const id = this.id || lireId();
    if (id) {
      try {
        await effacerConversation(id);
      } catch (erreur) {
        if (!(erreur instanceof Refus && erreur.statut === 404)) throw erreur;
      }
    }
    this.generation += 1;
    this.id = null;
    this.file = [];
    this.envoiEnCours = false;
    this.bloquee = false;
    this.attente.hidden = true;
    await oublier();
    this.commencer();
    this.surEffacement();
  }
}
