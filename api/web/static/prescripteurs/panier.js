// The basket of the comparison: three sheets at most, kept while the results change.

const MAXIMUM = 3;

export class Panier {
  constructor(formulaire, zone) {
    this.formulaire = formulaire;
    this.zone = zone;
    this.ids = new Set();
    this.nombre = formulaire.querySelector("[data-nombre]");
    this.bouton = formulaire.querySelector("button");
    zone.addEventListener("change", (evenement) => {
      const case_ = evenement.target;
      if (case_.name !== "ids") return;
      if (case_.checked) this.ids.add(case_.value);
      else this.ids.delete(case_.value);
      this.montrer();
    });
    formulaire.addEventListener("submit", (evenement) => {
      // Sheets chosen earlier may have left the results: they still belong to the comparison.
      evenement.preventDefault();
      if (this.ids.size < 2) return;
      const champs = new URLSearchParams(new FormData(formulaire));
      champs.delete("ids");
      location.assign(`${formulaire.getAttribute("action")}?ids=${[...this.ids].join(",")}&${champs}`);
    });
    zone.querySelectorAll("input[name=ids]:checked").forEach((element) => this.ids.add(element.value));
  }

  /** After new results: the same boxes are ticked, and the comparison knows the new situation. */
  replacer(champs) {
    const situation = this.formulaire.querySelector("#panier-situation");
    if (situation && champs) {
      situation.replaceChildren(...[...champs].filter(([nom]) => !["q", "passee"].includes(nom)).map(([nom, valeur]) => Object.assign(document.createElement("input"), { type: "hidden", name: nom, value: valeur })));
    }
    this.montrer();
  }

  montrer() {
    const plein = this.ids.size >= MAXIMUM;
    this.zone.querySelectorAll("input[name=ids]").forEach((case_) => {
      case_.checked = this.ids.has(case_.value);
      case_.disabled = plein && !case_.checked;
    });
    const n = this.ids.size;
    this.formulaire.hidden = n === 0;
    this.bouton.disabled = n < 2;
    this.nombre.textContent = n === 1 ? "1 fiche choisie. Choisissez-en une ou deux autres." : `${n} fiches choisies${plein ? " (le maximum)" : ""}.`;
  }
}
