// The result: the path of steps, other paths, what is not for the person and why. Same words as the plain form page.

import { demanderPdf, Refus } from "./api.js";
import { boutonSignaler, evaluation } from "./avis.js";
import { comparaison } from "./comparer.js";
import { couperTitre, francais, h, icone, jour, numeroTel, titrer } from "./dom.js";
import { adresseCourriel, adresseSms, aujourdhui, copier, ecrireTexte, ordonner, partager, prochainJourOuvre, saitPartager, telecharger, telechargerRappel } from "./garder.js";
import { t } from "./i18n.js";
import { compterEtapes, difference, duree, nommer } from "./nommer.js";
import { codeCourant, panneauCode } from "./partage.js";
import { lire, saitLire, seTaire } from "./voix.js";

const CONTACTS_MONTRES = 2;
const ICONES_VERDICT = { eligible: "coche", indetermine: "question", non_eligible: "croix" };

const badge = (verdict) => h("span", { class: `badge badge-${verdict}` }, icone(ICONES_VERDICT[verdict]), t(`verdict.${verdict}`));

/** The whole result inside its section. `dire` announces a short sentence once; `lireConversation` gives its id. */
export function montrerResultat(section, resultat, { dire, nommerBesoin, lireConversation }) {
  const outils = { dire, lireConversation };
  const parcours = resultat.parcours;
  const titre = h("h2", { id: "titre-resultat", tabindex: "-1" }, t("resultat.titre"));
  section.replaceChildren(
    h("div", { class: "resultat-tete" }, titre, h("p", { class: "avis-legal" }, t("resultat.avis"))),
    ...sansReponse(resultat, nommerBesoin),
    ...(parcours.length ? [...chemins(parcours, outils), panneauCode(outils)] : [h("p", { class: "rien" }, t("resultat.aucune"))]),
    ...aide(resultat.contacts || []),
    ...autres(resultat, dire),
    ...pasPourVous(resultat, dire),
    evaluation(),
  );
  return titre;
}

export function annoncer(resultat) {
  const nombre = resultat.parcours.length ? resultat.parcours[0].etapes.length : 0;
  if (!nombre) return t("resultat.annonce.aucune");
  return nombre === 1 ? t("resultat.annonce.une") : t("resultat.annonce", { n: nombre });
}

function sansReponse(resultat, nommerBesoin) {
  const ids = resultat.besoins_sans_reponse || [];
  if (!ids.length) return [];
  return [h("div", { class: "encart" }, h("p", {}, h("b", {}, `${t("sans_reponse.titre")} :`)), h("ul", {}, ids.map((id) => h("li", {}, nommerBesoin(id)))))];
}

function chemins(liste, outils) {
  const panneaux = liste.map((parcours, rang) => panneau(parcours, rang, liste.length > 1, outils));
  if (liste.length === 1) return panneaux;
  const table = comparaison(liste);
  const bouton = h("button", { type: "button", class: "lien", "aria-expanded": "false", "aria-controls": "comparaison" }, icone("echange"), h("span", {}, t("resultat.comparer")));
  bouton.addEventListener("click", () => {
    table.hidden = !table.hidden;
    bouton.setAttribute("aria-expanded", String(!table.hidden));
    bouton.lastChild.textContent = t(table.hidden ? "resultat.comparer" : "resultat.comparer.fermer");
    if (!table.hidden) table.montrer(panneaux.findIndex((autre) => !autre.hidden));
  });
  return [h("div", { class: "onglets-ligne" }, onglets(liste, panneaux), bouton), table, ...panneaux];
}

/** Two paths may have the same name: what only this one holds is said under it. */
function intituler(parcours, liste) {
  const propre = difference(parcours, liste[0]);
  const dessous = propre ? [`${t("resultat.avec")} `, francais(couperTitre(propre.titre)[0])] : compterEtapes(parcours);
  return [h("b", {}, nommer(parcours)), " ", h("span", { class: "onglet-dessous" }, dessous)];
}

function onglets(liste, panneaux) {
  const boutons = liste.map((parcours, rang) =>
    h("button", { type: "button", role: "tab", id: `onglet-${rang}`, "aria-controls": `parcours-${rang}`, tabindex: rang === 0 ? "0" : "-1" }, intituler(parcours, liste)),
  );
  const choisir = (rang) => {
    boutons.forEach((bouton, autre) => {
      bouton.setAttribute("aria-selected", String(autre === rang));
      bouton.tabIndex = autre === rang ? 0 : -1;
      panneaux[autre].hidden = autre !== rang;
    });
  };
  boutons.forEach((bouton, rang) => {
    bouton.setAttribute("aria-selected", String(rang === 0));
    bouton.addEventListener("click", () => choisir(rang));
    bouton.addEventListener("keydown", (evenement) => {
      const sens = document.documentElement.dir === "rtl" ? -1 : 1;
      const pas = { ArrowRight: sens, ArrowLeft: -sens, Home: -rang, End: boutons.length - 1 - rang }[evenement.key];
      if (pas === undefined) return;
      evenement.preventDefault();
      const autre = (rang + pas + boutons.length) % boutons.length;
      choisir(autre);
      boutons[autre].focus();
    });
  });
  return h("div", { role: "tablist", class: "onglets", "aria-label": t("resultat.plusieurs") }, boutons);
}

/** How tight the paper version must be to stay on one page: 1 to 3, from the number of steps and of things to check. */
function densite({ etapes }) {
  const poids = etapes.reduce((somme, etape) => somme + 2 + etape.a_verifier.length, 0);
  return poids < 8 ? 1 : poids < 14 ? 2 : 3;
}

function panneau(parcours, rang, plusieurs, outils) {
  const { dire } = outils;
  const suite = parcours.etapes.filter((etape) => !etape.en_parallele);
  const alongside = parcours.etapes.filter((etape) => etape.en_parallele);
  const attributs = plusieurs ? { role: "tabpanel", "aria-labelledby": `onglet-${rang}`, hidden: rang > 0 } : {};
  return h("div", { id: `parcours-${rang}`, class: "parcours", "data-densite": densite(parcours), ...attributs },
    h("h3", { class: "parcours-titre" }, nommer(parcours)),
    parcours.duree_semaines ? h("p", { class: "parcours-duree" }, icone("horloge"), `${t("resultat.duree_totale")} : ${duree(parcours)}`) : null,
    suite.length ? h("ol", { class: "chemin" }, suite.map((etape, numero) => h("li", { class: `etape ${numero === 0 ? "etape-maintenant" : ""}` },
      h("span", { class: "numero" }, h("span", { class: "visuellement-cache" }, t("etape.numero", { n: "" })), String(numero + 1)),
      carte(etape, t(numero === 0 ? "etape.maintenant" : "etape.ensuite"), numero === 0, dire),
      suite[numero + 1]?.lien ? lien(suite[numero + 1].lien) : null))) : null,
    alongside.length ? h("div", { class: "a-cote" },
      h("p", { class: "a-cote-titre" }, h("b", {}, t("etape.en_parallele")), ` ${t("etape.en_parallele.aide")}`),
      h("ul", { class: "chemin chemin-parallele" }, alongside.map((etape) => h("li", { class: "etape etape-parallele" }, carte(etape, null, !suite.length, dire))))) : null,
    vigilance(parcours.points_de_vigilance),
    garder(parcours, rang, outils),
  );
}

/** A step: its first lines always on screen, the rest folded except for what is to be done now. */
function carte(etape, moment, ouverte, dire) {
  return h("article", { class: "carte" }, h("details", { class: "etape-detail", open: ouverte },
    h("summary", {},
      h("span", { class: "carte-tete" }, moment ? h("span", { class: "moment" }, moment) : null, badge(etape.verdict || (etape.a_verifier.length ? "indetermine" : "eligible"))),
      titrer(etape.titre, "h4"),
      etape.resume ? francais(etape.resume, "span", { class: "resume" }) : null,
      h("span", { class: "voir-etape" }, h("span", { class: "ferme" }, t("etape.voir")), h("span", { class: "ouvert" }, t("etape.replier")))),
    h("div", { class: "carte-corps" },
      h("div", { class: "a-faire" }, h("h5", {}, icone("envoyer", "sens"), t("etape.a_faire")), francais(etape.a_faire, "p")),
      h("div", { class: "pourquoi" }, h("h5", {}, t("etape.pourquoi")), francais(etape.pourquoi, "p")),
      etape.a_verifier?.length ? h("div", { class: "a-verifier" }, h("h5", {}, icone("question"), t("etape.a_verifier")), h("ul", {}, etape.a_verifier.map((phrase) => francais(sansEnTete(phrase), "li")))) : null,
      faits(etape),
      etape.a_apporter?.length ? h("div", { class: "a-apporter" }, h("h5", {}, icone("papier"), t("etape.a_apporter")), h("ul", {}, etape.a_apporter.map((piece) => francais(piece, "li")))) : null,
      h("h5", {}, icone("telephone"), t("etape.contacts")),
      contacts(etape.contacts),
      h("div", { class: "carte-pied" },
        h("button", { type: "button", class: "lien", onclick: () => telechargerRappel(etape) }, icone("agenda"), t("etape.rappel")),
        saitLire() ? boutonEcouter(etape) : null,
        source(etape.source),
        boutonSignaler(etape.formation || etape.dispositif || null, etape.titre, dire)))));
}

const sansEnTete = (phrase) => phrase.replace(/^À vérifier : /, "");

/** How long, what it costs, whether it is paid; what no document says is asked for in one line. */
function faits(etape) {
  const trois = [["horloge", "etape.duree", etape.duree], ["billet", "etape.cout", etape.cout], ["bourse", "etape.remuneration", etape.remuneration]];
  const dits = trois.filter(([, , valeur]) => valeur);
  const manques = trois.filter(([, , valeur]) => !valeur).map(([, cle]) => t(cle).replace(/[?¿؟]/g, "").trim().toLowerCase());
  return [
    dits.length ? h("dl", { class: "faits" }, dits.map(([nom, cle, valeur]) => h("div", {}, h("dt", {}, icone(nom), t(cle)), francais(valeur, "dd")))) : null,
    manques.length ? h("p", { class: "non-dit" }, `${t("etape.a_demander")} ${manques.join(", ")}.`) : null,
  ];
}

function boutonEcouter(etape) {
  let parle = false;
  const texte = h("span", {}, t("etape.ecouter"));
  const fin = () => {
    parle = false;
    texte.textContent = t("etape.ecouter");
  };
  return h("button", { type: "button", class: "lien", onclick: () => {
    if (parle) return seTaire();
    parle = true;
    texte.textContent = t("etape.ecouter.stop");
    lire([etape.titre, etape.resume, etape.pourquoi, etape.a_faire].filter(Boolean).join(". "), fin);
  } }, icone("son"), texte);
}

/** How sure the passage from one step to the next is, in one sentence. */
function lien({ statut }) {
  const sur = statut === "etabli" || statut === "prioritaire";
  return h("p", { class: `lien-etape ${sur ? "lien-sur" : "lien-incertain"}` }, icone(sur ? "coche" : "question"), h("span", {}, t(`lien.${statut}`)));
}

export function contacts(liste) {
  if (!liste.length) return h("p", { class: "non-dit" }, t("etape.contacts.aucun"));
  const averifier = liste.some((c) => !c.verifie_le);
  const montres = liste.slice(0, CONTACTS_MONTRES);
  const autres = liste.slice(CONTACTS_MONTRES);
  return h("div", { class: "contacts" },
    h("ul", {}, montres.map(contact)),
    autres.length ? h("details", {}, h("summary", {}, autres.length === 1 ? t("etape.contacts.suite.un") : t("etape.contacts.suite", { n: autres.length })), h("ul", {}, autres.map(contact))) : null,
    averifier ? h("p", { class: "verifie" }, t("contact.a_verifier")) : null);
}

function contact(c) {
  const lieu = [c.adresse, c.commune && !(c.adresse || "").includes(c.commune) ? c.commune : null].filter(Boolean).join(", ");
  const km = c.distance_km === null || c.distance_km === undefined ? "" : c.distance_km < 1 ? t("contact.ici") : t("contact.km", { n: Math.round(c.distance_km) });
  const moyens = [
    c.telephone ? h("a", { class: "moyen moyen-tel", href: `tel:${numeroTel(c.telephone)}`, "aria-label": t("contact.appeler", { organisme: c.organisme, telephone: c.telephone }) }, icone("telephone"), c.telephone) : null,
    c.courriel ? h("a", { class: "moyen", href: `mailto:${c.courriel}`, "aria-label": `${t("contact.ecrire", { organisme: c.organisme })} : ${c.courriel}` }, icone("courriel"), c.courriel) : null,
    c.site ? h("a", { class: "moyen", href: c.site, target: "_blank", rel: "noopener", "aria-label": `${t("contact.site.court")} : ${c.organisme}` }, icone("lien"), h("span", { class: "ecran" }, t("contact.site.court")), h("span", { class: "papier", dir: "ltr" }, new URL(c.site).host.replace(/^www\./, ""))) : null,
  ].filter(Boolean);
  return h("li", { class: "contact" },
    francais(c.organisme, "b"),
    lieu || km ? h("span", { class: "lieu" }, icone("lieu"), lieu ? francais(lieu) : null, km ? h("span", {}, lieu ? `(${km})` : km) : null) : null,
    c.role ? francais(c.role, "span", { class: "role" }) : null,
    c.precision ? francais(c.precision, "span", { class: "role" }) : null,
    moyens.length ? h("span", { class: "moyens" }, moyens) : h("span", { class: "non-dit" }, t("contact.sans_moyen")),
    c.verifie_le ? h("span", { class: "verifie" }, t("contact.verifie", { date: jour(c.verifie_le) })) : null);
}

export function source(s) {
  return h("details", { class: "source" }, h("summary", {}, t("etape.source")), h("p", {}, citer(s)));
}

function citer(s) {
  const date = s.verifie_le ? t("source.verifie", { date: jour(s.verifie_le) }) : t("source.a_verifier");
  return [
    francais(s.titre || s.document),
    s.lignes ? `, ${t("source.lignes", { n: s.lignes })}` : "",
    s.date_source ? `. ${t("source.du", { date: jour(s.date_source) })}` : "",
    `. ${date}.`,
    s.lien ? [" ", h("a", { href: s.lien, target: "_blank", rel: "noopener" }, t("source.lien"))] : null,
  ];
}

/** What each step already says under « à vérifier » is not said again. */
function vigilance(toutes) {
  const phrases = toutes.filter((phrase) => !phrase.startsWith("À vérifier avant d'y aller"));
  if (!phrases.length) return null;
  return h("div", { class: "encart vigilance" }, h("h4", {}, icone("info"), t("vigilance.titre")), h("ul", {}, phrases.map((phrase) => francais(phrase, "li"))));
}

function aide(liste) {
  if (!liste.length) return [];
  return [h("section", { class: "bloc" }, h("h3", {}, t("aide.titre")), contacts(liste))];
}

function autres(resultat, dire) {
  const suivis = new Set(resultat.parcours.flatMap((parcours) => parcours.etapes.map((etape) => etape.dispositif)));
  const liste = resultat.dispositifs.filter((d) => d.verdict !== "non_eligible" && !suivis.has(d.id));
  if (!liste.length) return [];
  return [h("details", { class: "repli" }, h("summary", {}, h("h3", {}, `${t("autres.titre")} (${liste.length})`)), h("ul", { class: "fiches" }, liste.map((d) => fiche(d, dire))))];
}

function pasPourVous(resultat, dire) {
  const liste = resultat.dispositifs.filter((d) => d.verdict === "non_eligible");
  if (!liste.length) return [];
  liste.sort((a, b) => Number(b.presque || false) - Number(a.presque || false));
  return [h("details", { class: "repli", id: "pas-pour-vous" }, h("summary", {}, h("h3", {}, `${t("pas_pour_vous.titre")} (${liste.length})`)), h("ul", { class: "fiches" }, liste.map((d) => fiche(d, dire))))];
}

function fiche(d, dire) {
  const non = d.verdict === "non_eligible";
  const raisons = d.raisons.filter((raison) => (non ? raison.verdict === "non_eligible" : raison.nature !== "priorite"));
  return h("li", { class: "fiche" },
    h("div", { class: "fiche-tete" }, titrer(d.nom, "h4"), badge(d.verdict), d.prioritaire && !non ? h("span", { class: "badge" }, icone("etoile"), t("verdict.prioritaire")) : null, d.presque ? h("span", { class: "badge" }, t("verdict.presque")) : null),
    d.resume ? francais(d.resume, "p", { class: "resume" }) : null,
    h("ul", { class: "raisons" }, raisons.map((raison) => h("li", { class: `raison raison-${raison.verdict}` },
      icone(ICONES_VERDICT[raison.verdict] || "info"),
      h("div", {}, h("b", {}, `${t(`critere.${raison.verdict}`)} : `), francais(sansEnTete(raison.phrase)),
        raison.a_changer ? h("span", { class: "change" }, `${t("pas_pour_vous.change")} `, francais(raison.a_changer)) : null,
        source(raison.source))))),
    non || !d.contacts.length ? null : h("div", {}, h("h5", {}, icone("telephone"), t("etape.contacts")), contacts(d.contacts)),
    h("div", {}, boutonSignaler(d.id, d.nom, dire)));
}

function garder(parcours, rang, { dire, lireConversation }) {
  const quand = h("input", { type: "date", id: `rappel-${rang}`, value: prochainJourOuvre() });
  const secours = h("textarea", { class: "a-copier", readonly: true, rows: "6", "aria-label": t("garder.sms"), hidden: true });
  const bouton = (nom, cle, agir, attributs = {}) => h("button", { type: "button", class: "bouton second", onclick: agir, ...attributs }, icone(nom), t(cle));
  return h("div", { class: "garder" },
    h("h4", {}, t("garder.titre")),
    h("div", { class: "garder-boutons" },
      bouton("imprimer", "garder.imprimer", () => window.print()),
      bouton("papier", "garder.pdf", async () => {
        try {
          telecharger("mon-parcours.pdf", "application/pdf", await demanderPdf({ conversation: lireConversation(), rang, code: codeCourant() || null }));
          dire(t("garder.pdf.fait"));
        } catch (erreur) {
          dire(erreur instanceof Refus && erreur.message ? erreur.message : t("garder.echec"));
        }
      }),
      bouton("sms", "garder.sms", async () => {
        const texte = ecrireTexte(parcours);
        const fait = await copier(texte);
        if (!fait) {
          secours.value = texte;
          secours.hidden = false;
          secours.select();
        }
        dire(t(fait ? "garder.sms.fait" : "garder.sms.echec"));
      }),
      saitPartager() ? bouton("partager", "garder.partager", () => partager(parcours)) : null,
      h("a", { class: "bouton second", href: adresseSms(parcours) }, icone("bulle"), t("garder.sms.envoyer")),
      h("a", { class: "bouton second", href: adresseCourriel(parcours) }, icone("courriel"), t("garder.courriel"))),
    h("div", { class: "rappel" },
      h("label", { for: quand.id }, t("garder.rappel.date")), quand,
      bouton("agenda", "garder.rappel", () => {
        telechargerRappel(ordonner(parcours)[0], quand.value || prochainJourOuvre());
        dire(t("garder.rappel.fait"));
      })),
    secours,
    h("p", { class: "impression" }, t("garder.imprime_le", { date: aujourdhui() })));
}
