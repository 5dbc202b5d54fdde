// The page: home, conversation, result. Without this file the same forms lead to the plain page at /parcours.

import { ErreurReseau, lireConversation, Refus } from "./api.js";
import { Conversation } from "./conversation.js";
import { h, icone } from "./dom.js";
import { chargerTextes, t } from "./i18n.js";
import { lireCodes, lireId, oublier } from "./memoire.js";
import { annulerTous } from "./partage.js";
import { annoncer, montrerResultat } from "./resultat.js";
import { ecouter, saitEcouter, saitLire, seTaire } from "./voix.js";

const $ = (id) => document.getElementById(id);
const racine = document.documentElement;
const libelles = new Map(Array.from(document.querySelectorAll(".famille button[name=besoin]"), (b) => [b.value, b.textContent.trim()]));
const large = matchMedia("(min-width: 64rem)");
const TITRE = document.title;
const LECTURE_MS = 20000;
let conversation;
let accordDictee = false;

demarrer();

async function demarrer() {
  await chargerTextes(racine.lang);
  racine.classList.replace("sans-js", "avec-js");
  conversation = new Conversation({ surParcours, annoncerParcours, surEffacement });
  conversation.commencer();
  brancherAccueil();
  brancherEspace();
  brancherVoix();
  brancherReseau();
  if (matchMedia("(min-width: 48rem)").matches) document.querySelectorAll(".famille").forEach((famille) => { famille.open = true; });
  if (lireId()) $("reprendre").hidden = false;
  window.addEventListener("beforeprint", () => document.querySelectorAll(".parcours:not([hidden]) .etape-detail").forEach((etape) => { etape.open = true; }));
  if (racine.dataset.integre === "oui") brancherIntegration();
  racine.dataset.pret = "oui";
}

function ouvrirEspace() {
  $("accueil").hidden = true;
  $("espace").hidden = false;
  document.body.classList.add("en-conversation");
  if (!document.body.dataset.vue) montrerVue("conversation");
  window.scrollTo(0, 0);
}

function montrerVue(vue) {
  document.body.dataset.vue = vue;
  document.title = `${t(`vue.${vue === "resultat" ? "parcours" : vue}`)} – ${t("nom")}`;
  document.querySelectorAll("[data-vue]").forEach((bouton) => bouton.tagName === "BUTTON" && bouton.setAttribute("aria-pressed", String(bouton.dataset.vue === vue)));
  if (vue === "conversation") conversation.defiler();
}

function brancherAccueil() {
  $("depart").addEventListener("submit", (evenement) => {
    evenement.preventDefault();
    const texte = $("texte-depart").value.trim();
    if (!texte) return;
    $("texte-depart").value = "";
    ouvrirEspace();
    conversation.prendreFocus();
    conversation.envoyerTexte(texte);
  });
  $("texte-depart").addEventListener("keydown", (evenement) => envoyerAvecEntree(evenement, $("depart")));
  $("accueil").addEventListener("click", (evenement) => {
    const bouton = evenement.target.closest("button[name=besoin]");
    if (!bouton) return;
    evenement.preventDefault();
    ouvrirEspace();
    conversation.prendreFocus();
    conversation.envoyerChoix(`besoin:${bouton.value}`, libelles.get(bouton.value));
  });
  $("reprendre").addEventListener("click", reprendre);
}

async function reprendre() {
  ouvrirEspace();
  try {
    await conversation.reprendre();
  } catch (erreur) {
    conversation.commencer();
    if (erreur instanceof Refus && erreur.statut === 404) {
      await oublier();
      conversation.dire(t("conversation.expiree"));
    } else if (erreur instanceof Refus && erreur.statut === 503) {
      conversation.dire(t("conversation.prepare"));
      setTimeout(reprendre, (erreur.attendre || 3) * 1000);
    } else conversation.dire(erreur instanceof ErreurReseau ? t("conversation.hors_ligne") : t("conversation.erreur"), "alerte");
  }
  conversation.prendreFocus();
}

function envoyerAvecEntree(evenement, formulaire) {
  if (evenement.key !== "Enter" || evenement.shiftKey || evenement.isComposing) return;
  evenement.preventDefault();
  formulaire.requestSubmit();
}

function brancherEspace() {
  const zone = $("texte");
  const grandir = () => {
    zone.rows = Math.min(5, Math.max(1, zone.value.split("\n").length, Math.ceil(zone.value.length / 34)));
  };
  zone.addEventListener("input", grandir);
  zone.addEventListener("keydown", (evenement) => envoyerAvecEntree(evenement, $("envoi")));
  $("envoi").addEventListener("submit", (evenement) => {
    evenement.preventDefault();
    const texte = zone.value.trim();
    if (!texte) return conversation.dire(t("conversation.vide"), "alerte");
    zone.value = "";
    grandir();
    zone.focus({ preventScroll: true });
    conversation.envoyerTexte(texte);
  });
  $("conversation").addEventListener("click", (evenement) => {
    const bouton = evenement.target.closest("button[data-choix]");
    if (!bouton) return;
    const libelle = bouton.getAttribute("aria-label") || bouton.textContent.trim();
    conversation.envoyerChoix(bouton.dataset.choix, libelle);
    conversation.prendreFocus();
  });
  document.querySelectorAll(".vues button").forEach((bouton) => bouton.addEventListener("click", () => montrerVue(bouton.dataset.vue)));
  document.querySelector(".outils").addEventListener("click", (evenement) => {
    const action = evenement.target.closest("button")?.dataset.action;
    if (action === "humain") {
      montrerVue("conversation");
      conversation.envoyerChoix("commande:parler_a_un_conseiller", t("humain"));
    } else if (action === "recommencer") {
      montrerVue("conversation");
      viderResultat();
      conversation.envoyerChoix("commande:recommencer", t("recommencer"));
    } else if (action === "effacer") demanderEffacement();
  });
  document.addEventListener("click", (evenement) => {
    document.querySelectorAll("details.deroulant[open]").forEach((menu) => { if (!menu.contains(evenement.target)) menu.open = false; });
  });
  document.addEventListener("keydown", (evenement) => {
    if (evenement.key !== "Escape") return;
    document.querySelectorAll("details.deroulant[open]").forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });
}

/** A modal question; true when the person says yes. Escape means no. */
function demander(dialogue) {
  return new Promise((repondre) => {
    dialogue.returnValue = "non";
    dialogue.addEventListener("close", () => repondre(dialogue.returnValue === "oui"), { once: true });
    dialogue.showModal();
  });
}

async function demanderEffacement() {
  if (!(await demander($("dialogue-effacer")))) return;
  try {
    const avaitUnCode = lireCodes().length > 0;
    const { faits, restes } = await annulerTous();
    await conversation.effacer();
    const codes = [faits ? t("effacer.codes", { n: faits }) : "", restes.length ? t("effacer.codes.echec", { codes: restes.join(", ") }) : ""];
    $("avis").textContent = [t("effacer.fait"), ...(avaitUnCode ? codes : [])].filter(Boolean).join(" ");
  } catch {
    conversation.dire(t("effacer.echec"), "alerte");
  }
}

function surEffacement() {
  viderResultat();
  $("reprendre").hidden = true;
  $("espace").hidden = true;
  $("accueil").hidden = false;
  document.body.classList.remove("en-conversation");
  delete document.body.dataset.vue;
  document.title = TITRE;
  $("contenu").focus();
  window.scrollTo(0, 0);
}

let resultatVide;
function viderResultat() {
  if (resultatVide) $("resultat").replaceChildren(resultatVide);
  document.body.classList.remove("avec-resultat");
  document.querySelector(".vues [data-vue=resultat]").hidden = true;
}

/** A short sentence that stays in sight while the result scrolls under it, long enough to be read twice. */
function direEnHaut(texte) {
  const avis = $("avis");
  avis.textContent = texte;
  setTimeout(() => { if (avis.textContent === texte) avis.textContent = ""; }, LECTURE_MS);
}

function surParcours(resultat, { ancien }) {
  resultatVide ??= document.querySelector(".resultat-vide");
  montrerResultat($("resultat"), resultat, { dire: direEnHaut, nommerBesoin: (id) => libelles.get(id) || id, lireConversation: () => conversation.id });
  document.body.classList.add("avec-resultat");
  document.querySelector(".vues [data-vue=resultat]").hidden = false;
  // Read once more so that the service worker keeps it for reading without network.
  if (!ancien && conversation.id) lireConversation(conversation.id).catch(() => {});
}

function annoncerParcours(resultat) {
  const etapes = resultat.parcours.length ? resultat.parcours[0].etapes.filter((etape) => !etape.en_parallele) : [];
  return h("div", { class: "message message-parcours" },
    h("div", { class: "apercu" },
      h("p", { class: "apercu-titre" }, icone("montagne"), annoncer(resultat)),
      etapes.length ? h("ol", { class: "apercu-etapes", lang: "fr" }, etapes.map((etape) => h("li", {}, etape.titre))) : null,
      h("button", { type: "button", class: "bouton", onclick: voirResultat }, t("resultat.voir"), icone("envoyer", "sens"))));
}

function voirResultat() {
  montrerVue("resultat");
  window.scrollTo(0, 0);
  $("titre-resultat").focus({ preventScroll: large.matches });
}

function brancherVoix() {
  const lecture = $("lecture");
  if (saitLire()) {
    lecture.hidden = false;
    lecture.addEventListener("click", () => {
      conversation.voix = !conversation.voix;
      lecture.setAttribute("aria-pressed", String(conversation.voix));
      if (!conversation.voix) seTaire();
    });
  }
  if (!saitEcouter()) return;
  const micro = $("micro");
  const nom = micro.querySelector("span");
  let arreter = null;
  micro.hidden = false;
  micro.addEventListener("click", async () => {
    if (arreter) return arreter();
    if (!accordDictee && !(await demander($("dialogue-dictee")))) return;
    accordDictee = true;
    const fin = () => {
      arreter = null;
      micro.setAttribute("aria-pressed", "false");
      nom.textContent = t("conversation.dicter");
    };
    micro.setAttribute("aria-pressed", "true");
    nom.textContent = t("conversation.dicter.arreter");
    arreter = ecouter({
      surTexte: (texte) => { $("texte").value = texte; $("texte").dispatchEvent(new Event("input")); },
      surFin: () => { fin(); $("texte").focus(); },
      surEchec: () => { fin(); conversation.dire(t("conversation.dicter.echec"), "alerte"); },
    });
  });
}

function brancherReseau() {
  const bandeau = $("bandeau");
  const dire = () => {
    bandeau.hidden = navigator.onLine;
    bandeau.textContent = navigator.onLine ? "" : t("horsligne.bandeau");
  };
  window.addEventListener("online", dire);
  window.addEventListener("offline", dire);
  dire();
  if ("serviceWorker" in navigator && racine.dataset.integre !== "oui") {
    navigator.serviceWorker.register(`/sw.js?v=${racine.dataset.empreinte}&l=${racine.lang}`).catch(() => {});
  }
}

/** Inside another site's frame: Escape closes the widget, which lives in the page around. */
function brancherIntegration() {
  document.addEventListener("keydown", (evenement) => {
    if (evenement.key === "Escape" && !document.querySelector("dialog[open]")) window.parent.postMessage({ passerelle: "fermer" }, "*");
  });
  window.addEventListener("message", (evenement) => {
    if (evenement.source === window.parent && evenement.data?.passerelle === "ouvrir") $("texte-depart").offsetParent ? $("texte-depart").focus() : $("texte").focus();
  });
  window.parent.postMessage({ passerelle: "pret" }, "*");
}
