"""The prescripteurs' space in a real browser: a whole lookup, the keyboard alone, no JavaScript, nothing wrong for axe."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.navigateur, pytest.mark.modele]
Ouvrir = Callable[..., Page]
Violations = Callable[[Page], list[str]]
RECHERCHE = "/prescripteurs?besoin=choisir-un-metier&besoin=lire-ecrire-compter&age_ans=22&code_insee=93066"
PAGES = [
    "/prescripteurs",
    f"{RECHERCHE}&q=aide+soignate&payee=oui",
    "/prescripteurs/fiches",
    "/prescripteurs/fiches?q=bureautique",
    "/prescripteurs/fiches?genre=terme",
    "/prescripteurs/dispositifs/pee",
    "/prescripteurs/dispositifs/transports-moins-26",
    "/prescripteurs/formations/coiffure-c-3",
    "/prescripteurs/formations/nulle",
    "/prescripteurs/comparer?ids=pee,e2c,edi&age_ans=22",
    "/prescripteurs/enchainements",
    "/prescripteurs/enchainements?depart=pee&but=obtenir-une-qualification",
    "/prescripteurs/parcours-types",
    "/prescripteurs/parcours-types/e2c-vers-alternance",
]


def _verdicts(page: Page) -> dict[str, str]:
    verdicts: dict[str, str] = page.evaluate(
        "() => Object.fromEntries([...document.querySelectorAll('[data-verdict]')]"
        ".map(e => [e.dataset.dispositif, e.dataset.verdict]))"
    )
    return verdicts


def _attendre_adresse(page: Page, **champs: str) -> None:
    """Waits until the address holds these fields and the results have followed."""
    page.wait_for_function(
        "champs => Object.entries(champs).every(([nom, valeur]) =>"
        " new URLSearchParams(location.search).getAll(nom).includes(valeur))",
        arg=champs,
    )
    page.wait_for_selector("#contenu-resultats:not([aria-busy])")


def _ouvrir_tout(page: Page) -> None:
    page.evaluate("() => document.querySelectorAll('main details').forEach(d => { d.open = true; })")


def test_un_entretien_entier_trouve_le_parcours_en_moins_de_vingt_cinq_gestes(ouvrir: Ouvrir) -> None:
    page = ouvrir("/prescripteurs")
    gestes = 0
    page.check("input[name=besoin][value=lire-ecrire-compter]")
    page.check("input[name=besoin][value=choisir-un-metier]")
    page.fill("#f-commune", "saint-deni")
    page.click("#liste-communes [data-code='93066']")
    page.fill("#f-age_ans", "22")
    gestes += 5
    _attendre_adresse(page, age_ans="22", code_insee="93066")
    while page.locator(".suivante-choix [data-fait]").count() and gestes < 25:
        texte = page.inner_text(".suivante-texte")
        page.locator(".suivante-choix [data-fait]").first.click()
        gestes += 1
        page.wait_for_function(
            "texte => document.querySelector('.suivante-texte')?.innerText !== texte", arg=texte
        )
    page.locator("[data-parcours]").first.wait_for()
    assert gestes < 25
    assert "eligible" in _verdicts(page).values()


def test_les_resultats_suivent_ce_que_l_on_saisit(ouvrir: Ouvrir) -> None:
    page = ouvrir("/prescripteurs?besoin=choisir-un-metier")
    assert _verdicts(page)["pee"] == "indetermine"
    page.fill("#f-age_ans", "40")
    _attendre_adresse(page, age_ans="40")
    page.wait_for_selector("[data-dispositif=pee][data-verdict=non_eligible]", state="attached")
    page.fill("#f-age_ans", "")
    page.wait_for_selector("[data-dispositif=pee][data-verdict=indetermine]")
    assert "age_ans" not in page.url


def test_une_reponse_a_la_question_remplit_le_formulaire(ouvrir: Ouvrir) -> None:
    page = ouvrir(f"{RECHERCHE}&projet=aucun")
    lien = page.locator(".suivante-choix [data-fait]").first
    critere, valeur = lien.get_attribute("data-fait"), lien.get_attribute("data-valeur")
    assert critere
    assert valeur
    lien.click()
    _attendre_adresse(page, **{critere: valeur})
    assert page.evaluate(f"() => document.getElementById('recherche').elements.namedItem('{critere}').value")


def test_une_question_passee_laisse_la_place_a_la_suivante(ouvrir: Ouvrir) -> None:
    page = ouvrir(RECHERCHE)
    critere = page.get_attribute("[data-passer]", "data-passer")
    page.click("[data-passer]")
    page.wait_for_function(
        "critere => document.querySelector('[data-passer]')?.dataset.passer !== critere", arg=critere
    )
    assert parse_qs(urlsplit(page.url).query)["passee"] == [critere]


def test_les_filtres_resserrent_sans_toucher_au_parcours(ouvrir: Ouvrir) -> None:
    page = ouvrir(RECHERCHE)
    avant = _verdicts(page)
    parcours = page.locator("[data-parcours]").first.get_attribute("data-parcours")
    page.click("#filtres > summary")
    page.select_option("select[name=contenu]", "immersion")
    _attendre_adresse(page, contenu="immersion")
    page.wait_for_function("n => document.querySelectorAll('[data-verdict]').length < n", arg=len(avant))
    assert set(_verdicts(page)) < set(avant)
    assert page.locator("[data-parcours]").first.get_attribute("data-parcours") == parcours


def test_on_compare_des_fiches_choisies_dans_les_resultats(ouvrir: Ouvrir) -> None:
    page = ouvrir(RECHERCHE)
    page.check("[data-dispositif=pee] input[name=ids]")
    page.fill("#f-age_ans", "23")
    _attendre_adresse(page, age_ans="23")
    page.wait_for_selector("[data-dispositif=pee] input[name=ids]:checked")
    page.check("[data-dispositif=e2c] input[name=ids]")
    page.click("#panier button")
    page.wait_for_url("**/comparer?**")
    assert page.locator("th[scope=col]").all_inner_texts() == [
        "Parcours d'entrée en emploi (PEE)",
        "École de la deuxième chance (E2C)",
    ]
    assert page.locator("tbody .badge").count() == 2


def test_on_sait_pourquoi_chaque_champ_compte(ouvrir: Ouvrir) -> None:
    page = ouvrir("/prescripteurs")
    page.focus("#f-age_ans")
    expect(page.locator("#pourquoi-courant")).to_have_text("Certaines aides sont réservées à un âge.")
    page.check("#pourquois")
    expect(page.locator("#pq-age_ans")).to_be_visible()


def test_une_quatrieme_fiche_ne_se_coche_pas(ouvrir: Ouvrir) -> None:
    page = ouvrir("/prescripteurs/fiches")
    cases = page.locator("input[name=ids]")
    for rang in range(3):
        cases.nth(rang).check()
    expect(cases.nth(3)).to_be_disabled()


def test_l_adresse_rend_la_meme_recherche_ailleurs(ouvrir: Ouvrir) -> None:
    page = ouvrir("/prescripteurs")
    page.check("input[name=besoin][value=parler-francais]")
    page.fill("#f-age_ans", "35")
    page.locator("#f-inscrit_france_travail input[value=oui]").check()
    page.select_option("#f-niveau_francais", "A1")
    page.fill("#q", "français")
    _attendre_adresse(page, niveau_francais="A1", inscrit_france_travail="oui", q="français")
    page.wait_for_selector("#t-trouve")
    autre = ouvrir(page.url.split("/", 3)[3].join(["/", ""]))
    assert _verdicts(autre) == _verdicts(page)
    assert autre.input_value("#f-age_ans") == "35"
    assert autre.locator("#f-inscrit_france_travail input[value=oui]").is_checked()
    assert autre.input_value("#q") == "français"


def test_la_commune_se_choisit_au_clavier(ouvrir: Ouvrir) -> None:
    page = ouvrir("/prescripteurs?besoin=me-deplacer")
    page.focus("#f-commune")
    page.keyboard.type("93200")
    page.wait_for_selector("#liste-communes li")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    _attendre_adresse(page, code_insee="93066")
    assert page.input_value("#f-commune") == "Saint-Denis"


def test_tout_se_fait_au_clavier(ouvrir: Ouvrir) -> None:
    page = ouvrir("/prescripteurs")
    page.keyboard.press("Control+k")
    assert page.evaluate("() => document.activeElement.id") == "q"
    page.keyboard.type("ecole deuxieme chanse")
    page.wait_for_selector(".trouvaille")
    page.keyboard.press("ArrowDown")
    premier = page.evaluate("() => document.activeElement.innerText")
    assert "deuxième chance" in premier
    page.keyboard.press("Escape")
    assert page.evaluate("() => document.activeElement.id") == "q"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('#besoins, #recherche') !== null")
    page.focus("input[name=besoin][value=choisir-un-metier]")
    page.keyboard.press("Space")
    page.wait_for_selector("[data-verdict]")
    page.focus("#f-inscrit_france_travail input")
    page.keyboard.press("ArrowRight")
    _attendre_adresse(page, inscrit_france_travail="oui")
    page.keyboard.press("Control+k")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/prescripteurs/dispositifs/e2c")


def test_le_focus_reste_sur_le_meme_resultat_quand_la_liste_change(ouvrir: Ouvrir) -> None:
    page = ouvrir(RECHERCHE)
    page.focus("[data-dispositif=pee] .ligne-titre")
    page.evaluate("() => { document.getElementById('f-age_ans').value = '24'; }")
    page.evaluate(
        "() => document.getElementById('f-age_ans').dispatchEvent(new Event('change', {bubbles: true}))"
    )
    _attendre_adresse(page, age_ans="24")
    page.wait_for_function("() => document.querySelector('.connu')?.textContent.includes('24 ans')")
    assert (
        page.evaluate("() => document.activeElement.closest('[data-dispositif]')?.dataset.dispositif")
        == "pee"
    )


def test_le_lien_d_evitement_mene_au_contenu_et_le_focus_se_voit(ouvrir: Ouvrir) -> None:
    page = ouvrir("/prescripteurs")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.className") == "evitement"
    for _ in range(14):
        page.keyboard.press("Tab")
        contour = page.evaluate(
            "() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle + s.boxShadow; }"
        )
        assert contour != "nonenone"


def test_sans_javascript_la_meme_recherche_marche(ouvrir: Ouvrir) -> None:
    page = ouvrir("/prescripteurs", java_script_enabled=False)
    page.check("input[name=besoin][value=choisir-un-metier]")
    page.fill("#f-age_ans", "22")
    page.fill("#f-commune", "saint-denis")
    page.click(".actions-recherche button")
    page.get_by_role("link", name="Saint-Denis (93)").click()
    assert page.locator("[data-verdict]").count() > 3
    assert page.input_value("#f-commune") == "Saint-Denis"
    page.locator(".suivante-choix a").first.click()
    assert "Connu" in page.inner_text(".connu")
    page.check("[data-dispositif=pee] input[name=ids]")
    page.check("[data-dispositif=e2c] input[name=ids]")
    page.click("#panier button")
    assert page.locator("th[scope=col]").count() == 2
    assert page.locator("tbody .badge").count() == 2


def test_sans_javascript_la_carte_montre_les_chemins(ouvrir: Ouvrir) -> None:
    page = ouvrir("/prescripteurs/enchainements", java_script_enabled=False)
    page.select_option("select[name=depart]", "pee")
    page.select_option("select[name=but]", "obtenir-une-qualification")
    page.get_by_role("button", name="Montrer").click()
    assert page.locator(".chemins > li").count() > 0
    assert page.locator(".fleche.allume").count() > 0


def test_la_carte_se_parcourt_au_clavier(ouvrir: Ouvrir) -> None:
    page = ouvrir("/prescripteurs/enchainements")
    page.focus("[data-boite=edi]")
    assert page.locator(".fleche.survol").count() > 0
    page.keyboard.press("Enter")
    page.wait_for_url("**/enchainements?depart=edi*")
    assert page.locator(".boite-depart").get_attribute("data-boite") == "edi"
    largeur = float(page.get_attribute(".carte-liens", "width") or 0)
    page.click("[data-zoom='1.25']")
    assert float(page.get_attribute(".carte-liens", "width") or 0) > largeur


def test_un_parcours_type_s_adapte_a_la_personne(ouvrir: Ouvrir) -> None:
    page = ouvrir("/prescripteurs/parcours-types/e2c-vers-alternance")
    page.get_by_role("link", name="Adapter à la personne").click()
    page.wait_for_selector("html[data-pret=oui]")
    assert page.input_value("#f-age_ans") == "18"
    assert page.locator("[data-parcours]").count() > 0


def test_une_coupure_est_dite_et_la_saisie_reste(ouvrir: Ouvrir) -> None:
    page = ouvrir(RECHERCHE)
    page.route("**/prescripteurs/resultats**", lambda route: route.abort())
    page.fill("#f-age_ans", "30")
    expect(page.locator("#annonce")).to_contain_text("n'ont pas pu être mis à jour")
    assert page.input_value("#f-age_ans") == "30"
    assert page.locator("[data-verdict]").count() > 0


@pytest.mark.parametrize("largeur", [360, 1280])
@pytest.mark.parametrize("chemin", PAGES)
def test_aucune_violation_et_rien_ne_depasse(
    ouvrir: Ouvrir, violations: Violations, chemin: str, largeur: int
) -> None:
    page = ouvrir(chemin, largeur=largeur, bypass_csp=True)
    _ouvrir_tout(page)
    assert violations(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= largeur


@pytest.mark.parametrize("chemin", PAGES)
def test_rien_ne_depasse_a_quatre_cents_pour_cent(ouvrir: Ouvrir, chemin: str) -> None:
    page = ouvrir(chemin, largeur=320, hauteur=256)
    _ouvrir_tout(page)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
