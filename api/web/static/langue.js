// The language of a text, so that a screen reader says it with the right voice. Answers may be in another one than the buttons.

const INDICES = {
  fr: /[àâçèêîôûœ]|\b(vous|votre|une|les|des|pour|dans|quel|quelle|avez|oui|non|aucun|je|est)\b/gi,
  en: /\b(you|your|the|for|what|have|yes|no|and|is|my|do|of)\b/gi,
  es: /[ñ¿¡]|\b(usted|su|una|los|las|para|qué|tiene|sí|el|es|mi|del)\b/gi,
  pt: /[ãõ]|\b(você|seu|sua|uma|os|as|para|qual|tem|sim|não|é|meu|do|da)\b/gi,
};

/** The code of a language other than the page's, or null when nothing says so. */
export function devinerLangue(texte) {
  const page = document.documentElement.lang;
  if (/[\u0600-\u06ff]/.test(texte)) return page === "ar" ? null : "ar";
  const points = Object.entries(INDICES).map(([langue, indices]) => [langue, texte.match(indices)?.length || 0]);
  const duTexte = (langue) => points.find(([code]) => code === langue)?.[1] || 0;
  const [langue, meilleur] = points.reduce((un, autre) => (autre[1] > un[1] ? autre : un));
  return meilleur > duTexte(page) ? langue : null;
}
