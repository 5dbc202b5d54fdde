// Choosing a commune: the list follows what is typed, homonyms are told apart by their département (ARIA combobox).

const DELAI = 180;

export function brancherCommunes(bloc, surChoix) {
  if (!bloc) return;
  const champ = bloc.querySelector("input[type=text]");
  const code = bloc.querySelector("input[type=hidden]");
  const liste = Object.assign(document.createElement("ul"), { id: "liste-communes", className: "liste-choix", hidden: true });
  liste.setAttribute("role", "listbox");
  liste.setAttribute("aria-label", "Communes");
  bloc.append(liste);
  Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": liste.id }).forEach(([nom, valeur]) => champ.setAttribute(nom, valeur));
  let minuterie = 0;
  let demande = 0;
  let rang = -1;

  champ.addEventListener("input", () => {
    code.value = "";
    clearTimeout(minuterie);
    minuterie = setTimeout(chercher, DELAI);
  });
  champ.addEventListener("keydown", (evenement) => {
    if (liste.hidden) return;
    if (evenement.key === "ArrowDown" || evenement.key === "ArrowUp") {
      evenement.preventDefault();
      marquer(rang + (evenement.key === "ArrowDown" ? 1 : -1));
    } else if (evenement.key === "Enter" && rang >= 0) {
      evenement.preventDefault();
      choisir(liste.children[rang]);
    } else if (evenement.key === "Escape") {
      fermer();
    }
  });
  champ.addEventListener("blur", () => setTimeout(fermer, 120));
  // The press keeps the focus in the field; the choice is made on release, so that it can be given up.
  liste.addEventListener("mousedown", (evenement) => evenement.preventDefault());
  liste.addEventListener("click", (evenement) => {
    const option = evenement.target.closest("[role=option]");
    if (option) choisir(option);
  });

  async function chercher() {
    const texte = champ.value.trim();
    if (texte.length < 2) { fermer(); return; }
    const numero = ++demande;
    try {
      const reponse = await fetch(`/api/v1/territoires?size=7&q=${encodeURIComponent(texte)}`);
      const page = await reponse.json();
      if (numero === demande && document.activeElement === champ) montrer(page.items || []);
    } catch {
      fermer();
    }
  }

  function montrer(communes) {
    liste.replaceChildren(...communes.map((commune, i) => {
      const option = document.createElement("li");
      option.id = `commune-${i}`;
      option.setAttribute("role", "option");
      option.dataset.code = commune.code_insee;
      option.dataset.nom = commune.commune;
      const nom = document.createElement("b");
      nom.textContent = commune.commune;
      option.append(nom, ` ${commune.codes_postaux[0] || ""} ${commune.departement}`);
      return option;
    }));
    rang = -1;
    champ.removeAttribute("aria-activedescendant");
    liste.hidden = !communes.length;
    champ.setAttribute("aria-expanded", String(!liste.hidden));
  }

  function marquer(nouveau) {
    const options = [...liste.children];
    rang = (nouveau + options.length) % options.length;
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === rang)));
    options[rang].scrollIntoView({ block: "nearest" });
    champ.setAttribute("aria-activedescendant", options[rang].id);
  }

  function choisir(option) {
    champ.value = option.dataset.nom;
    code.value = option.dataset.code;
    fermer();
    surChoix();
  }

  function fermer() {
    liste.hidden = true;
    rang = -1;
    champ.setAttribute("aria-expanded", "false");
    champ.removeAttribute("aria-activedescendant");
  }
}
