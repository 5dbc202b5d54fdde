"""Keeping a parcours: code, documents, reminder, opinions, errors, erasing; with and without JavaScript."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from urllib.parse import urlencode

import httpx
import pypdf
import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.web.conftest import commencer, mener_au_parcours

pytestmark = [pytest.mark.navigateur, pytest.mark.modele]
Ouvrir = Callable[..., Page]
Violations = Callable[[Page], list[str]]
ANNULE = "n'existe pas, a expiré ou a été annulé"


def _parcours(ouvrir: Ouvrir, **options: object) -> Page:
    """A page where a conversation has led to a parcours."""
    page = ouvrir(**options)
    commencer(page)
    mener_au_parcours(page)
    page.click(".message-parcours button")
    return page


def _creer_code(page: Page) -> str:
    page.click("section.garder button:has-text('Créer un code')")
    page.wait_for_selector(".code-signes")
    return page.locator(".code-signes").inner_text()


def _formulaire(ouvrir: Ouvrir) -> Page:
    """The result page of a browser without JavaScript."""
    page = ouvrir("/parcours?langue=fr", java_script_enabled=False)
    page.check("input[value=parler-francais]")
    page.click("button:has-text('Continuer')")
    page.click("button[value=resultat]")
    return page


def _ouvrir_code(page: Page, code: str) -> None:
    page.fill("#code", code)
    page.click("button:text-is('Ouvrir')")


def _titres(page: Page) -> list[str]:
    textes = page.locator(".parcours").first.locator(".carte h4").all_text_contents()
    return [texte.replace("\xa0", " ") for texte in textes]


def test_un_code_rouvre_le_parcours_ailleurs_sans_passer_dans_une_adresse(
    ouvrir: Ouvrir, adresse: str
) -> None:
    page = _parcours(ouvrir)
    code = _creer_code(page)
    lien = page.locator(".code-lien a").get_attribute("href") or ""
    assert lien == f"{adresse}/reprendre#{code}"
    ailleurs = ouvrir("/vos-donnees")
    adresses: list[str] = []
    ailleurs.on("request", lambda demande: adresses.append(demande.url))
    ailleurs.goto(lien)
    ailleurs.wait_for_selector(".page-resultat")
    assert _titres(ailleurs) == _titres(page)
    assert not any(code in vue.partition("#")[0] for vue in adresses), adresses
    assert code not in ailleurs.url


def test_un_code_annule_est_dit_clairement(ouvrir: Ouvrir) -> None:
    page = _parcours(ouvrir)
    code = _creer_code(page)
    page.click("section.garder button:has-text('Annuler ce code')")
    expect(page.locator("#avis")).to_contain_text("Le code est annulé")
    ailleurs = ouvrir("/reprendre?langue=fr")
    _ouvrir_code(ailleurs, code)
    expect(ailleurs.locator("[role=alert]")).to_contain_text(ANNULE)
    expect(ailleurs.locator("#code")).to_have_value(code)


def test_le_code_est_encore_la_quand_on_reprend_sur_le_meme_appareil(ouvrir: Ouvrir) -> None:
    page = _parcours(ouvrir)
    code = _creer_code(page)
    page.reload()
    page.wait_for_selector("html[data-pret=oui]")
    page.click("[data-action=reprendre]")
    page.click(".message-parcours button")
    expect(page.locator(".code-signes")).to_have_text(code)


def test_tout_effacer_annule_aussi_les_codes_et_le_dit(ouvrir: Ouvrir, adresse: str) -> None:
    page = _parcours(ouvrir)
    code = _creer_code(page)
    page.click("[data-action=effacer]")
    page.click("#dialogue-effacer button[value=oui]")
    expect(page.locator("#avis")).to_contain_text("Codes annulés : 1", timeout=10_000)
    expect(page.locator("#avis")).to_contain_text("votre conversation, vos réponses, votre parcours")
    assert page.evaluate("() => Object.keys(localStorage)") == []
    assert httpx.get(f"{adresse}/api/v1/partages/{code}").status_code == 404


def test_le_premier_message_n_est_joint_que_si_la_personne_le_veut(ouvrir: Ouvrir, adresse: str) -> None:
    page = _parcours(ouvrir)
    sans = httpx.get(f"{adresse}/api/v1/partages/{_creer_code(page)}").json()
    page.click("section.garder button:has-text('Annuler ce code')")
    page.check("input[name=joindre]")
    avec = httpx.get(f"{adresse}/api/v1/partages/{_creer_code(page)}").json()
    assert sans["paroles"] is None
    assert "m'exprimer en français" in avec["paroles"]


def test_le_pdf_telecharge_tient_sur_une_page_et_porte_le_code(ouvrir: Ouvrir) -> None:
    page = _parcours(ouvrir)
    code = _creer_code(page)
    with page.expect_download() as telechargement:
        page.click("button:has-text('PDF, une page') >> visible=true")
    document = pypdf.PdfReader(io.BytesIO(telechargement.value.path().read_bytes()))
    texte = " ".join(document.pages[0].extract_text().split())
    assert len(document.pages) == 1
    assert code in texte
    assert all(titre in texte for titre in _titres(page))


def test_le_sms_de_la_page_est_celui_de_l_api(ouvrir: Ouvrir, adresse: str) -> None:
    page = _parcours(ouvrir, permissions=["clipboard-read", "clipboard-write"])
    page.click("button:has-text('Copier en SMS') >> visible=true")
    expect(page.locator("#avis")).to_contain_text("Copié")
    copie = page.evaluate("() => navigator.clipboard.readText()").replace("\xa0", " ")
    conversation = page.evaluate("() => localStorage.getItem('passerelle.conversation')")
    envoi = {"conversation": conversation}
    texte = httpx.post(f"{adresse}/api/v1/documents/parcours.txt", json=envoi).text.replace("\xa0", " ")
    assert copie == texte
    assert len(copie) <= 480
    lien = page.locator("a[href^='sms:'] >> visible=true").first.get_attribute("href") or ""
    assert lien.startswith("sms:?&body=Mon%20parcours")


def test_le_rappel_est_au_jour_choisi(ouvrir: Ouvrir) -> None:
    page = _parcours(ouvrir)
    page.fill("#rappel-0", "2031-03-04")
    with page.expect_download() as telechargement:
        page.click("button:has-text('Ajouter un rappel') >> visible=true")
    (rappel,) = Calendar.from_ical(telechargement.value.path().read_bytes()).walk("VEVENT")
    assert rappel.decoded("dtstart").isoformat() == "2031-03-04T09:00:00"


def test_un_avis_se_donne_en_deux_gestes(ouvrir: Ouvrir) -> None:
    page = _parcours(ouvrir)
    page.click(".evaluation label:has-text('Un peu')")
    page.click(".evaluation button")
    expect(page.locator(".evaluation .merci")).to_be_focused()


def test_une_erreur_se_signale_depuis_une_etape_et_le_focus_revient(ouvrir: Ouvrir) -> None:
    page = _parcours(ouvrir)
    bouton = page.locator(".carte-pied button:has-text('Signaler une erreur')").first
    bouton.click()
    page.click("dialog[open] button:text-is('Envoyer')")
    expect(page.locator("dialog[open] [role=alert]")).to_be_visible()
    page.check("dialog[open] input[value=contact]")
    with page.expect_response(re.compile("/api/v1/signalements$")) as reponse:
        page.click("dialog[open] button:text-is('Envoyer')")
    assert reponse.value.status == 201
    expect(page.locator("#avis")).to_contain_text("Une personne va vérifier")
    expect(bouton).to_be_focused()


def test_un_envoi_sans_connexion_est_dit_et_rien_n_est_perdu(ouvrir: Ouvrir) -> None:
    page = _parcours(ouvrir)
    page.click(".evaluation label:has-text('Oui')")
    page.fill("#phrase-avis", "très clair")
    page.context.set_offline(True)
    page.click(".evaluation button")
    expect(page.locator(".evaluation [role=alert]")).to_contain_text("connexion")
    expect(page.locator("#phrase-avis")).to_have_value("très clair")
    page.context.set_offline(False)


def test_sans_javascript_un_code_se_cree_se_rouvre_et_s_annule(ouvrir: Ouvrir) -> None:
    page = _formulaire(ouvrir)
    attendu = _titres(page)
    page.click("button:has-text('Créer un code')")
    code = page.locator(".code-signes").inner_text()
    ailleurs = ouvrir("/reprendre?langue=fr", java_script_enabled=False)
    _ouvrir_code(ailleurs, code.lower().replace("-", " "))
    assert _titres(ailleurs) == attendu
    expect(ailleurs.locator(".encart").first).to_contain_text(code)
    page.click("button:has-text('Revenir à mon parcours')")
    assert _titres(page) == attendu
    ailleurs.click("button:has-text('Annuler ce code')")
    expect(ailleurs.locator("[role=status]")).to_contain_text("Le code est annulé")
    _ouvrir_code(ailleurs, code)
    expect(ailleurs.locator("[role=alert]")).to_contain_text(ANNULE)


def test_sans_javascript_le_pdf_le_texte_et_le_rappel_se_telechargent(ouvrir: Ouvrir) -> None:
    page = _formulaire(ouvrir)
    noms = []
    for action in ("PDF, une page", "Texte court", "Ajouter un rappel"):
        with page.expect_download() as telechargement:
            page.locator(f"button:has-text('{action}')").first.click()
        noms.append(telechargement.value.suggested_filename)
    assert noms == ["mon-parcours.pdf", "mon-parcours.txt", "rappel-passerelle.ics"]


def test_sans_javascript_un_avis_et_une_erreur_s_envoient(ouvrir: Ouvrir) -> None:
    page = _formulaire(ouvrir)
    page.check(".evaluation input[value=oui]")
    page.click(".evaluation button")
    expect(page.locator("h1")).to_contain_text("Merci")
    page.click("button:has-text('Revenir à mon parcours')")
    page.locator("button:has-text('Signaler une erreur')").first.click()
    page.check("input[value=ferme]")
    page.click("button:text-is('Envoyer')")
    expect(page.locator("h1")).to_contain_text("Une personne va vérifier")


def test_sans_javascript_deux_parcours_se_comparent(ouvrir: Ouvrir, adresse: str) -> None:
    champs = [("besoin", "parler-francais"), ("fait", "age_ans=22"), ("fait", "code_insee=93066")]
    resultat = httpx.post(
        f"{adresse}/parcours?langue=fr", content=urlencode([*champs, ("action", "resultat")])
    )
    page = ouvrir("/parcours?langue=fr", java_script_enabled=False)
    page.set_content(resultat.text)
    nombre = page.locator(".parcours").count()
    assert nombre >= 2
    page.click("summary:has-text('Comparer les parcours')")
    expect(page.locator(".comparaison thead th")).to_have_count(nombre)


@pytest.mark.parametrize("largeur", [360, 1280])
def test_les_nouveaux_etats_n_ont_aucune_violation(
    ouvrir: Ouvrir, violations: Violations, largeur: int
) -> None:
    page = _parcours(ouvrir, largeur=largeur, bypass_csp=True)
    code = _creer_code(page)
    page.click(".evaluation label:has-text('Non')")
    trouvees = {"code et avis": violations(page)}
    page.locator(".carte-pied button:has-text('Signaler une erreur')").first.click()
    trouvees["signaler"] = violations(page)
    page = ouvrir("/reprendre?langue=fr", largeur=largeur, bypass_csp=True)
    trouvees["reprendre"] = violations(page)
    _ouvrir_code(page, "22222-22222")
    trouvees["code inconnu"] = violations(page)
    _ouvrir_code(page, code)
    trouvees["rouvert"] = violations(page)
    page.locator("button:has-text('Signaler une erreur')").first.click()
    trouvees["signaler sans script"] = violations(page)
    assert not any(trouvees.values()), trouvees


@pytest.mark.parametrize("langue", ["ar", "es"])
def test_rien_ne_depasse_dans_une_autre_langue(ouvrir: Ouvrir, langue: str) -> None:
    page = ouvrir(f"/reprendre?langue={langue}", largeur=320, hauteur=640)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
    page.fill("#code", "22222-22222")
    page.click(".formulaire button >> nth=0")
    expect(page.locator("[role=alert]")).to_be_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
