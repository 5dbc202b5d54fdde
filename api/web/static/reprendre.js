// The link of a code holds it after « # », so that it is never sent in an address: read here, erased, then posted.

function ouvrir() {
  const code = location.hash.slice(1).replace(/%20/g, " ");
  if (!/^[\w -]{10,40}$/.test(code)) return;
  history.replaceState(null, "", location.pathname + location.search);
  const formulaire = document.getElementById("form-code");
  formulaire.elements.code.value = code;
  formulaire.requestSubmit();
}

window.addEventListener("hashchange", ouvrir);
ouvrir();
document.documentElement.dataset.pret = "oui";
