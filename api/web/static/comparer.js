// Two paths side by side. No more than two, so that it can be read on a phone without scrolling sideways.

import { francais, h } from "./dom.js";
import { ordonner } from "./garder.js";
import { t } from "./i18n.js";
import { compterEtapes, difference, duree, nommer } from "./nommer.js";

/** The region, hidden; its `montrer(rang)` puts that path beside the one advised. */
export function comparaison(liste) {
  const zone = h("div", { id: "comparaison", class: "comparaison", role: "region", "aria-label": t("resultat.comparer.legende"), hidden: true });
  const table = h("div", {});
  const choix = liste.length > 2 ? ["resultat.comparer.un", "resultat.comparer.deux"].map((cle, rang) => selecteur(cle, rang, liste)) : [];
  const ecrire = (un, deux) => table.replaceChildren(tableau(liste[un], liste[deux]));
  const relire = () => ecrire(...choix.map(({ lastChild: select }) => Number(select.value)));
  choix.forEach((champ) => champ.addEventListener("change", relire));
  zone.append(...(choix.length ? [h("div", { class: "comparaison-choix" }, choix)] : []), table);
  zone.montrer = (rang) => {
    if (!choix.length) return ecrire(0, 1);
    choix[0].lastChild.value = "0";
    choix[1].lastChild.value = String(Math.max(1, rang));
    relire();
  };
  return zone;
}

function selecteur(cle, rang, liste) {
  const id = `comparer-${rang}`;
  return h("p", { class: "champ" }, h("label", { for: id }, t(cle)),
    h("select", { id }, liste.map((parcours, numero) => h("option", { value: numero }, intitule(parcours, liste)))));
}

function intitule(parcours, liste) {
  const propre = difference(parcours, liste[0]);
  return propre ? `${nommer(parcours)} (${t("resultat.avec")} ${propre.titre})` : nommer(parcours);
}

function tableau(un, deux) {
  const paire = [un, deux];
  const lignes = [["resultat.nombre_etapes", (p) => compterEtapes(p)]];
  if (paire.some((p) => p.duree_semaines)) lignes.push(["resultat.duree_totale", (p) => duree(p)]);
  lignes.push(
    ["resultat.etapes", (p) => h("ol", {}, ordonner(p).map((etape) => ligne(etape, p === un ? deux : un)))],
    ["resultat.a_verifier.nombre", (p) => String(p.etapes.filter((etape) => etape.verdict !== "eligible").length || t("resultat.aucune_a_verifier"))],
  );
  return h("table", {},
    h("caption", {}, t("resultat.comparer.legende"), h("small", {}, t("resultat.comparer.gras"))),
    h("thead", {}, h("tr", {}, paire.map((p, colonne) => h("th", { scope: "col", id: `cmp-c${colonne}` }, nommer(p))))),
    lignes.map(([cle, ecrire], ligne) => h("tbody", {},
      h("tr", {}, h("th", { id: `cmp-l${ligne}`, colspan: "2" }, t(cle))),
      h("tr", {}, paire.map((p, colonne) => h("td", { headers: `cmp-c${colonne} cmp-l${ligne}` }, ecrire(p)))))));
}

/** A step, in bold when the other path does not hold it; what is known of its length, price and pay. */
function ligne(etape, autre) {
  const partagee = autre.etapes.some(({ titre }) => titre === etape.titre);
  const connus = [["etape.duree", etape.duree], ["etape.cout", etape.cout], ["etape.remuneration", etape.remuneration]].filter(([, valeur]) => valeur);
  return h("li", {}, francais(etape.titre, partagee ? "span" : "b"), etape.en_parallele ? ` (${t("etape.en_parallele").toLowerCase()})` : "",
    connus.length ? h("ul", {}, connus.map(([cle, valeur]) => h("li", {}, `${t(cle).replace(/\s*[?¿؟]/g, "")} : `, francais(valeur)))) : null);
}
