// Builds elements. Text always goes through text nodes, so nothing that a person or the base wrote is read as HTML.

const SVG = "http://www.w3.org/2000/svg";

/** An element with its attributes (null and false are left out; "on…" are listeners) and its children. */
export function h(nom, attributs = {}, ...enfants) {
  const element = document.createElement(nom);
  for (const [cle, valeur] of Object.entries(attributs)) {
    if (valeur === null || valeur === undefined || valeur === false) continue;
    if (cle.startsWith("on")) element.addEventListener(cle.slice(2), valeur);
    else element.setAttribute(cle, valeur === true ? "" : String(valeur));
  }
  element.append(...enfants.flat(3).filter((enfant) => enfant !== null && enfant !== undefined && enfant !== false));
  return element;
}

/** An icon of the sprite; decorative: the words beside it say the same. */
export function icone(nom, classe = "") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", `icone ${classe}`.trim());
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${nom}`);
  svg.append(use);
  return svg;
}

/** French spacing: no « ? » or « : » alone at the start of a line. */
export const typo = (texte) => texte.replace(/ ([?!:;»])/g, "\u00a0$1").replace(/« /g, "«\u00a0");

/** Words of the base, in French whatever the language of the page. */
export const francais = (texte, nom = "span", attributs = {}) => h(nom, { lang: "fr", dir: "ltr", ...attributs }, typo(texte));

/** A title of the base: what follows the first parenthesis (initials, place) is said lower, as a precision. */
export function titrer(texte, nom, attributs = {}) {
  const [court, suite] = couperTitre(texte);
  return h(nom, { lang: "fr", dir: "ltr", ...attributs }, typo(court), suite ? h("small", {}, ` ${typo(suite)}`) : null);
}

/** The title before its first parenthesis, and the rest. */
export function couperTitre(texte) {
  const ou = texte.search(/ \(.*\)$/);
  return ou > 0 ? [texte.slice(0, ou), texte.slice(ou + 1)] : [texte, ""];
}

export const numeroTel = (numero) => numero.replace(/[^\d+]/g, "");

const ADRESSE = /https?:\/\/[^\s<>"»]+[^\s<>"».,;:!?)]/;
const TELEPHONE = /(?:\+33|0)[1-9](?:[ .]?\d{2}){4}|0 ?8\d{2}(?: ?\d{2}){3}|\b3\d{3}\b/;
const COURT = /(?:(?:appelez le|ou le|au|:) )(1(?:5|7|12|14|15|19))(?=[\s,.;]|$)/;
const MOTIF = new RegExp(`(${ADRESSE.source})|(${TELEPHONE.source})|${COURT.source}`, "gi");

/** The text with its web addresses and telephone numbers made into links. */
export function lier(texte) {
  const morceaux = [];
  let position = 0;
  for (const trouve of texte.matchAll(MOTIF)) {
    const court = trouve[3];
    const debut = court ? trouve.index + trouve[0].length - court.length : trouve.index;
    const mot = court || trouve[0];
    morceaux.push(texte.slice(position, debut));
    if (trouve[1]) morceaux.push(h("a", { href: mot, rel: "noopener", target: "_blank" }, mot.replace(/^https?:\/\/(www\.)?/, "")));
    else morceaux.push(h("a", { href: `tel:${numeroTel(mot)}`, class: "tel" }, mot));
    position = debut + mot.length;
  }
  morceaux.push(texte.slice(position));
  return morceaux.filter((morceau) => morceau !== "");
}

/** A day as written in France. */
export const jour = (iso) => (iso ? iso.slice(0, 10).split("-").reverse().join("/") : "");
