// The guided lookup: results follow what is entered, the address follows the form. Without this file the same form works.

import { brancherClavier } from "./clavier.js";
import { brancherCommunes } from "./communes.js";
import { Panier } from "./panier.js";

const DELAI = 250;
const formulaire = document.getElementById("recherche");
const contenu = document.getElementById("contenu-resultats");
const annonce = document.getElementById("annonce");
const panier = new Panier(document.getElementById("panier"), contenu);
let minuterie = 0;
let enCours = null;

document.documentElement.classList.replace("sans-js", "avec-js");
// The words are above the form but belong to it: events are heard on the page.
document.addEventListener("input", (evenement) => { if (evenement.target.form === formulaire && evenement.target.name) prevoir(DELAI); });
document.addEventListener("change", (evenement) => { if (evenement.target.form === formulaire && evenement.target.name) prevoir(0); });
formulaire.addEventListener("submit", (evenement) => { evenement.preventDefault(); prevoir(0); });
contenu.addEventListener("click", repondre);
document.querySelector(".partager").addEventListener("click", copier);
brancherCommunes(document.querySelector("[data-communes]"), () => prevoir(0));
brancherClavier(document.getElementById("q"), contenu);
brancherPourquoi(document.getElementById("pourquoi-courant"));
if (matchMedia("(max-width: 63.99rem)").matches) replier();
// A browser may restore what was typed when coming back: the address has the last word.
window.addEventListener("pageshow", (evenement) => { if (evenement.persisted) location.reload(); });
panier.montrer();
const versResultats = document.querySelector(".aller-resultats");
new IntersectionObserver(([vue]) => { versResultats.hidden = vue.isIntersecting; }).observe(document.getElementById("resultats"));
document.documentElement.dataset.pret = "oui";

/** The address to share, whole or without what is sensitive. */
async function copier(evenement) {
  const bouton = evenement.target.closest("[data-copier]");
  if (!bouton) return;
  const champs = lireChamps();
  if (bouton.dataset.copier === "sans") bouton.parentElement.dataset.sensibles.split(" ").forEach((nom) => champs.delete(nom));
  const adresse = `${location.origin}${location.pathname}?${champs}`;
  const etat = bouton.parentElement.querySelector("[role=status]");
  try {
    await navigator.clipboard.writeText(adresse);
    etat.textContent = "Adresse copiée.";
  } catch {
    etat.textContent = adresse;
  }
}

/** On a narrow screen only what is filled stays open. */
function replier() {
  document.querySelectorAll(".volet").forEach((volet, rang) => { volet.open = rang === 0 || volet.matches("#profil > .volet:first-of-type") || Boolean(volet.querySelector("[data-compte]").textContent.trim()); });
}

/** Why the field in hand matters; a screen reader has it already, as the description of the field. */
function brancherPourquoi(zone) {
  formulaire.addEventListener("focusin", (evenement) => {
    const fait = evenement.target.closest(".fait");
    zone.hidden = !fait;
    if (fait) zone.textContent = fait.querySelector(".pourquoi-fait").textContent;
  });
  formulaire.addEventListener("focusout", (evenement) => { if (!formulaire.contains(evenement.relatedTarget)) zone.hidden = true; });
}

/** The fields that say something, in the order of the form. */
function lireChamps() {
  const champs = new URLSearchParams();
  const donnees = new FormData(formulaire);
  const code = donnees.get("code_insee");
  for (const [nom, valeur] of donnees) {
    // A commune chosen in the list is known by its code; its name would only repeat it.
    if (typeof valeur === "string" && valeur.trim() && !(nom === "commune" && code)) champs.append(nom, valeur.trim());
  }
  return champs;
}

function prevoir(delai) {
  clearTimeout(minuterie);
  minuterie = setTimeout(actualiser, delai);
}

async function actualiser() {
  const requete = lireChamps().toString();
  history.replaceState(null, "", requete ? `?${requete}` : location.pathname);
  compter();
  enCours?.abort();
  enCours = new AbortController();
  contenu.setAttribute("aria-busy", "true");
  try {
    const reponse = await fetch(`/prescripteurs/resultats?${requete}`, { signal: enCours.signal });
    if (!reponse.ok) throw new Error(String(reponse.status));
    remplacer(await reponse.text());
  } catch (erreur) {
    if (erreur.name === "AbortError") return;
    annonce.textContent = "Les résultats n'ont pas pu être mis à jour. Vérifiez la connexion, puis appuyez sur « Voir les résultats ».";
    annonce.classList.remove("visuellement-cache");
  }
  contenu.removeAttribute("aria-busy");
}

function remplacer(html) {
  const ouverts = new Set([...contenu.querySelectorAll("details[id][open]")].map((element) => element.id));
  const tenu = contenu.contains(document.activeElement) ? decrire(document.activeElement) : null;
  const page = new DOMParser().parseFromString(html, "text/html");
  contenu.replaceChildren(...page.body.childNodes);
  ouverts.forEach((id) => { const element = document.getElementById(id); if (element) element.open = true; });
  if (tenu) (contenu.querySelector(tenu) || document.getElementById("resultats")).focus({ preventScroll: true });
  const synthese = contenu.querySelector("[data-synthese]");
  const question = contenu.querySelector(".suivante-texte");
  annonce.classList.add("visuellement-cache");
  annonce.textContent = [synthese && [...synthese.children].map((e) => e.textContent).join(", "), question && `À demander : ${question.textContent}`].filter(Boolean).join(". ");
  panier.replacer(lireChamps());
}

/** How to find the same element in the new results: who holds the focus keeps it. */
function decrire(element) {
  if (element.id) return `#${CSS.escape(element.id)}`;
  const nom = element.tagName === "A" ? "href" : "value";
  // A parcours and a sheet may both link to the same place.
  const ligne = element.closest("[data-dispositif]");
  const debut = ligne ? `[data-dispositif="${CSS.escape(ligne.dataset.dispositif)}"] ` : "";
  return element.hasAttribute(nom) ? `${debut}${element.tagName}[${nom}="${CSS.escape(element.getAttribute(nom))}"]` : "#contenu-resultats";
}

/** How many answers each fold holds. */
function compter() {
  document.querySelectorAll("#besoins .volet, #profil .volet").forEach((volet) => {
    const noms = new Set();
    volet.querySelectorAll("input:checked, input[type=text], input[type=number], select").forEach((champ) => { if (champ.value) noms.add(champ.type === "checkbox" ? champ.value : champ.name); });
    volet.querySelector("[data-compte]").textContent = noms.size || "";
  });
}

/** An answer to the next question fills the form, as if it had been entered there. */
function repondre(evenement) {
  const lien = evenement.target.closest("[data-fait], [data-passer], [data-aller]");
  if (!lien) return;
  evenement.preventDefault();
  if (lien.dataset.aller) { ouvrirChamp(lien.dataset.aller); return; }
  if (lien.dataset.passer) {
    const champ = Object.assign(document.createElement("input"), { type: "hidden", name: "passee", value: lien.dataset.passer });
    document.getElementById("passees").append(champ);
  } else {
    remplir(lien.dataset.fait, lien.dataset.valeur);
  }
  document.getElementById("resultats").focus({ preventScroll: true });
  prevoir(0);
}

function remplir(nom, valeur) {
  const champs = formulaire.elements.namedItem(nom);
  if (!champs) return;
  if (champs instanceof RadioNodeList) champs.value = valeur;
  else {
    if (champs.tagName === "SELECT" && ![...champs.options].some((option) => option.value === valeur)) champs.add(new Option(valeur, valeur));
    champs.value = valeur;
  }
  const volet = document.getElementById(`f-${nom}`)?.closest("details");
  if (volet) volet.open = true;
}

function ouvrirChamp(id) {
  const champ = document.getElementById(id);
  if (!champ) return;
  const volet = champ.closest("details");
  if (volet) volet.open = true;
  (champ.matches("fieldset") ? champ.querySelector("input") : champ).focus();
}
