/* Passerelle on any site: <script src="…/static/widget.js" data-couleur="#0f4f4a" defer></script>
   A button in a shadow root; the conversation loads in a frame, and only when asked for. */
(() => {
  "use strict";
  const script = document.currentScript;
  if (!script || customElements.get("passerelle-assistant")) return;
  const origine = new URL(script.src).origin;
  const reglages = script.dataset;
  const LANGUES = {
    fr: ["Trouver mon parcours", "Passerelle, trouver mon parcours", "Fermer"],
    en: ["Find my path", "Passerelle, find my path", "Close"],
    ar: ["أجد طريقي", "Passerelle، أجد طريقي", "إغلاق"],
    es: ["Encontrar mi camino", "Passerelle, encontrar mi camino", "Cerrar"],
    pt: ["Encontrar o meu caminho", "Passerelle, encontrar o meu caminho", "Fechar"],
  };
  const demandee = (reglages.langue || document.documentElement.lang || "fr").slice(0, 2);
  const langue = demandee in LANGUES ? demandee : "fr";
  const [texte, titre, fermer] = LANGUES[langue];

  const STYLE = `
    :host { all: initial; --fond: #0f4f4a; --encre: #fff; font: 600 16px/1.3 "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
    button { font: inherit; cursor: pointer; }
    .ouvrir { position: fixed; inset-block-end: max(16px, env(safe-area-inset-bottom)); inset-inline-end: 16px; z-index: 2147483000; display: flex; align-items: center; gap: 10px; min-height: 56px; max-width: calc(100vw - 32px); padding: 8px 22px 8px 16px; border: 2px solid #fff; border-radius: 28px; background: var(--fond); color: var(--encre); box-shadow: 0 4px 18px rgb(0 0 0 / 25%); }
    .debut .ouvrir { inset-inline: 16px auto; }
    svg { width: 36px; height: 26px; flex: none; fill: none; stroke: currentColor; stroke-linecap: round; stroke-width: 3; }
    .fine { stroke-width: 2; }
    :focus-visible { outline: 3px solid #0a3835; outline-offset: 2px; box-shadow: 0 0 0 6px #f3b63f; }
    dialog { position: fixed; inset: auto; inset-block-end: 16px; inset-inline-end: 16px; margin: 0; padding: 0; width: min(440px, calc(100vw - 32px)); height: min(720px, calc(100vh - 32px)); height: min(720px, calc(100dvh - 32px)); max-width: none; max-height: none; border: 1px solid #ddd3c0; border-radius: 22px; background: #fbf6ec; box-shadow: 0 10px 40px rgb(0 0 0 / 30%); overflow: hidden; }
    .debut dialog { inset-inline: 16px auto; }
    dialog::backdrop { background: rgb(10 56 53 / 45%); }
    iframe { display: block; width: 100%; height: 100%; border: 0; }
    .fermer { position: absolute; inset-block-start: 6px; inset-inline-end: 8px; z-index: 1; display: grid; place-items: center; width: 44px; height: 44px; padding: 0; border: 2px solid #0f4f4a; border-radius: 50%; background: #fff; color: #0f4f4a; }
    .fermer svg { width: 20px; height: 20px; }
    @media (max-width: 600px), (max-height: 500px) { dialog, .debut dialog { inset: 0; width: 100vw; height: 100vh; height: 100dvh; border: 0; border-radius: 0; } }
    @media print { :host { display: none; } }
    @media (forced-colors: active) { .ouvrir, .fermer { border-color: ButtonText; } }
  `;

  /** Black or white, whichever reads better on the colour (WCAG relative luminance). */
  function choisirEncre(couleur) {
    const composantes = [1, 3, 5].map((i) => parseInt(couleur.slice(i, i + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    const clarte = 0.2126 * composantes[0] + 0.7152 * composantes[1] + 0.0722 * composantes[2];
    return clarte > 0.179 ? "#000" : "#fff";
  }

  function creer(nom, attributs, ...enfants) {
    const espace = ["svg", "path", "circle"].includes(nom) ? "http://www.w3.org/2000/svg" : "http://www.w3.org/1999/xhtml";
    const element = document.createElementNS(espace, nom);
    for (const [cle, valeur] of Object.entries(attributs)) element.setAttribute(cle, valeur);
    element.append(...enfants);
    return element;
  }

  class Assistant extends HTMLElement {
    constructor() {
      super();
      const racine = this.attachShadow({ mode: "open" });
      poserStyle(racine);
      this.bouton = creer("button", { type: "button", class: "ouvrir", "aria-haspopup": "dialog" },
        creer("svg", { viewBox: "0 0 48 32", "aria-hidden": "true" },
          creer("circle", { cx: "24", cy: "5", r: "3" }),
          creer("path", { class: "fine", d: "M8 20.5Q24 5.5 40 20.5M8 28v-7.5M16 22.600v-7.400M24 20.500V13M32 22.600v-7.400M40 28v-7.500" }),
          creer("path", { d: "M1.500 28H8q16-15 32 0h6.500" })),
        creer("span", {}, reglages.texte || texte));
      this.fermeture = creer("button", { type: "button", class: "fermer", "aria-label": fermer },
        creer("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, creer("path", { d: "m5 5 14 14M19 5 5 19" })));
      this.dialogue = creer("dialog", { "aria-label": titre }, this.fermeture);
      const boite = creer("div", { class: reglages.position === "debut" ? "debut" : "fin", lang: langue, dir: langue === "ar" ? "rtl" : "ltr" }, this.bouton, this.dialogue);
      if (reglages.bouton === "non") this.bouton.style.display = "none";
      racine.append(boite);
    }

    connectedCallback() {
      // Not in the constructor: a new element may not have attributes yet.
      if (/^#[0-9a-f]{6}$/i.test(reglages.couleur || "")) {
        this.style.setProperty("--fond", reglages.couleur);
        this.style.setProperty("--encre", choisirEncre(reglages.couleur));
      }
      this.bouton.addEventListener("click", () => this.ouvrir(this.bouton));
      this.fermeture.addEventListener("click", () => this.dialogue.close());
      this.dialogue.addEventListener("click", (evenement) => { if (evenement.target === this.dialogue) this.dialogue.close(); });
      this.dialogue.addEventListener("close", () => {
        document.documentElement.style.overflow = this.defilement;
        (this.depuis || this.bouton).focus();
      });
      window.addEventListener("message", (evenement) => {
        if (evenement.origin !== origine || evenement.source !== this.cadre?.contentWindow) return;
        if (evenement.data?.passerelle === "fermer") this.dialogue.close();
        if (evenement.data?.passerelle === "pret" && this.dialogue.open) this.donnerFocus();
      });
      document.addEventListener("click", (evenement) => {
        const ailleurs = evenement.target.closest?.("[data-passerelle-ouvrir]");
        if (ailleurs) this.ouvrir(ailleurs);
      });
    }

    /** A modal dialog: the browser itself keeps the focus inside and closes on Escape. */
    ouvrir(depuis) {
      if (this.dialogue.open) return;
      this.depuis = depuis;
      if (!this.cadre) {
        this.cadre = creer("iframe", { src: `${origine}/integration?langue=${langue}`, title: titre, allow: `microphone ${origine}; clipboard-write ${origine}; web-share ${origine}` });
        this.dialogue.append(this.cadre);
      }
      this.defilement = document.documentElement.style.overflow;
      document.documentElement.style.overflow = "hidden";
      this.dialogue.showModal();
      this.donnerFocus();
    }

    donnerFocus() {
      this.cadre.focus();
      this.cadre.contentWindow?.postMessage({ passerelle: "ouvrir" }, origine);
    }
  }

  /** A constructed sheet is not an inline style: a strict policy on the host site allows it. */
  function poserStyle(racine) {
    try {
      const feuille = new CSSStyleSheet();
      feuille.replaceSync(STYLE);
      racine.adoptedStyleSheets = [feuille];
    } catch {
      racine.append(creer("style", {}, STYLE));
    }
  }

  customElements.define("passerelle-assistant", Assistant);
  const poser = () => document.body.append(document.createElement("passerelle-assistant"));
  if (document.body) poser();
  else document.addEventListener("DOMContentLoaded", poser);
})();
