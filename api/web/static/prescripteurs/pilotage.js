// Filing a sentence takes one gesture: choosing the need sends the form. Without this script, its button does.
for (const formulaire of document.querySelectorAll("form[data-envoi-direct]")) {
  const choix = formulaire.querySelector("select");
  // With the keyboard the arrows change the value at each step: the form leaves only when the choice is confirmed.
  let auClavier = false;
  choix.addEventListener("keydown", (evenement) => { auClavier = evenement.key !== "Enter"; });
  choix.addEventListener("pointerdown", () => { auClavier = false; });
  choix.addEventListener("change", () => {
    if (choix.value && !auClavier) formulaire.requestSubmit();
  });
}
document.documentElement.dataset.pret = "oui";
