// The list of sheets: keyboard, basket of the comparison. Without this file the same forms work.

import { brancherClavier } from "./clavier.js";
import { Panier } from "./panier.js";

const contenu = document.getElementById("contenu-resultats");
document.documentElement.classList.replace("sans-js", "avec-js");
new Panier(document.getElementById("panier"), contenu).montrer();
brancherClavier(document.getElementById("q"), contenu);
document.documentElement.dataset.pret = "oui";
