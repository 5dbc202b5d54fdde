// The map: zoom, moving with the mouse, links of a box brought out. Everything it shows is also in the page without it.

const cadre = document.getElementById("carte");
const dessin = cadre.querySelector("svg");
const [, , largeur, hauteur] = dessin.getAttribute("viewBox").split(" ").map(Number);
const boites = new Map([...dessin.querySelectorAll("[data-boite]")].map((boite) => [boite.dataset.boite, boite]));
const fleches = [...dessin.querySelectorAll("[data-de]")];
let echelle = 1;

document.documentElement.classList.replace("sans-js", "avec-js");
document.querySelectorAll("[data-zoom]").forEach((bouton) => bouton.addEventListener("click", () => agrandir(Number(bouton.dataset.zoom))));
document.querySelector("[data-imprimer]").addEventListener("click", () => window.print());
cadre.addEventListener("keydown", (evenement) => {
  if (evenement.key === "+" || evenement.key === "=") agrandir(1.25);
  if (evenement.key === "-") agrandir(0.8);
});
boites.forEach((boite, id) => {
  ["pointerenter", "focus"].forEach((nom) => boite.addEventListener(nom, () => montrer(id)));
  ["pointerleave", "blur"].forEach((nom) => boite.addEventListener(nom, () => montrer(null)));
});
brancherDeplacement();
if (matchMedia("(min-width: 64rem)").matches) agrandir(0);
dessin.querySelector(".boite-depart")?.scrollIntoView({ block: "nearest", inline: "center" });
if (!location.hash) window.scrollTo(0, 0);
document.documentElement.dataset.pret = "oui";

/** 0 fits the whole map in the frame. */
function agrandir(facteur) {
  echelle = facteur ? Math.min(2.5, Math.max(0.35, echelle * facteur)) : Math.min(1, (cadre.clientWidth - 2) / largeur);
  dessin.setAttribute("width", Math.round(largeur * echelle));
  dessin.setAttribute("height", Math.round(hauteur * echelle));
}

/** The links of one box and its neighbours stand out, the rest fades. */
function montrer(id) {
  dessin.classList.toggle("carte-survol", Boolean(id));
  const voisins = new Set([id]);
  fleches.forEach((fleche) => {
    const touche = fleche.dataset.de === id || fleche.dataset.vers === id;
    fleche.classList.toggle("survol", touche);
    if (touche) { voisins.add(fleche.dataset.de); voisins.add(fleche.dataset.vers); }
  });
  boites.forEach((boite, nom) => boite.classList.toggle("survol", voisins.has(nom)));
}

function brancherDeplacement() {
  let depart = null;
  let bouge = false;
  cadre.addEventListener("pointerdown", (evenement) => {
    if (evenement.pointerType !== "mouse" || evenement.button) return;
    depart = { x: evenement.clientX + cadre.scrollLeft, y: evenement.clientY + cadre.scrollTop };
    bouge = false;
  });
  window.addEventListener("pointermove", (evenement) => {
    if (!depart) return;
    const [x, y] = [depart.x - evenement.clientX, depart.y - evenement.clientY];
    if (Math.abs(x - cadre.scrollLeft) + Math.abs(y - cadre.scrollTop) > 6) bouge = true;
    if (bouge) { cadre.scrollLeft = x; cadre.scrollTop = y; }
  });
  window.addEventListener("pointerup", () => { depart = null; });
  // A move that ends on a box is not a click on it.
  cadre.addEventListener("click", (evenement) => { if (bouge) evenement.preventDefault(); bouge = false; }, true);
  cadre.addEventListener("dragstart", (evenement) => evenement.preventDefault());
}
