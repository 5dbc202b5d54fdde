// Reading aloud and dictation, with what the browser offers; absent, their buttons stay hidden.

const synthese = "speechSynthesis" in window ? window.speechSynthesis : null;
const Reconnaissance = window.SpeechRecognition || window.webkitSpeechRecognition || null;

export const saitLire = () => synthese !== null;
export const saitEcouter = () => Reconnaissance !== null;

/** Reads in French, slowly; `fin` is called when it ends, even cut short. */
export function lire(texte, fin = () => {}) {
  if (!synthese) return fin();
  synthese.cancel();
  const parole = new SpeechSynthesisUtterance(texte);
  parole.lang = "fr-FR";
  parole.rate = 0.92;
  parole.onend = fin;
  parole.onerror = fin;
  synthese.speak(parole);
}

export function seTaire() {
  if (synthese) synthese.cancel();
}

/** Listens once; gives the text so far at each word. Returns the function that stops. */
export function ecouter({ surTexte, surFin, surEchec }) {
  const ecoute = new Reconnaissance();
  ecoute.lang = { en: "en-GB", ar: "ar", es: "es-ES", pt: "pt-PT" }[document.documentElement.lang] || "fr-FR";
  ecoute.interimResults = true;
  ecoute.onresult = (evenement) => surTexte(Array.from(evenement.results, (r) => r[0].transcript).join(" "));
  ecoute.onerror = surEchec;
  ecoute.onend = surFin;
  ecoute.start();
  return () => ecoute.stop();
}
