// How a path is named, and what sets it apart from the one advised.

import { connait, t } from "./i18n.js";

export const nommer = (parcours) => (connait(`nature.${parcours.nature}`) ? t(`nature.${parcours.nature}`) : parcours.resume);
export const duree = (parcours) => (parcours.duree_semaines ? t("resultat.semaines", { n: parcours.duree_semaines }) : t("etape.non_dit"));
export const compterEtapes = ({ etapes }) => (etapes.length === 1 ? t("resultat.etape.une") : t("resultat.etapes.nombre", { n: etapes.length }));

/** The first step that `autre` does not hold; undefined for the same steps. */
export function difference(parcours, autre) {
  const tenus = new Set(autre.etapes.map((etape) => etape.titre));
  return parcours.etapes.find((etape) => !tenus.has(etape.titre));
}
