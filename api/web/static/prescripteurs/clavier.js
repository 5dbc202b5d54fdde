// Keyboard first: Ctrl + K goes to the search (never a single sign: speech input would type it by accident), arrows move among results, Escape comes back.

export function brancherClavier(champ, zone) {
  const liens = () => [...zone.querySelectorAll("[data-resultat]")].filter((lien) => lien.offsetParent !== null);
  document.addEventListener("keydown", (evenement) => {
    const actif = document.activeElement;
    if ((evenement.ctrlKey || evenement.metaKey) && evenement.key.toLowerCase() === "k") {
      evenement.preventDefault();
      champ.focus();
      champ.select();
    }
    if (evenement.ctrlKey || evenement.metaKey || evenement.altKey) return;
    if (evenement.key === "Escape" && zone.contains(actif)) {
      champ.focus();
    } else if (evenement.key === "ArrowDown" || evenement.key === "ArrowUp") {
      avancer(evenement, actif, evenement.key === "ArrowDown" ? 1 : -1);
    }
  });

  function avancer(evenement, actif, pas) {
    const tous = liens();
    const rang = tous.indexOf(actif);
    if (!tous.length || (rang < 0 && actif !== champ)) return;
    const suivant = rang < 0 ? (pas > 0 ? 0 : -1) : rang + pas;
    evenement.preventDefault();
    if (suivant < 0) champ.focus();
    else (tous[suivant] || tous[tous.length - 1]).focus();
  }
}
