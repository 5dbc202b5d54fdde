"""Who is asking, and what they may do: dependencies of the routes, and forms that other sites cannot send."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import parse_qs, quote

from fastapi import Depends, Request, Response
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRoute

from api.comptes.jetons import (
    check_csrf_session,
    check_formulaire,
    derive_csrf,
    put_formulaire,
    read_formulaire,
    read_session,
)
from api.comptes.roles import has_role
from api.comptes.sessions import find_compte
from api.problemes import Probleme
from api.stockage import LaSession

_ACCUEIL = "/prescripteurs"
_CONNEXION = "/prescripteurs/connexion"
_MON_COMPTE = "/prescripteurs/compte"
_CHAMPS_MAX = 300
_REFUS_CSRF = "Ce formulaire est trop ancien ou ne vient pas d'ici. Rouvrez la page, puis recommencez."
_REFUS_ROLE = "Votre compte ne permet pas d'ouvrir cette page. Demandez à un administrateur."


@dataclass(frozen=True, slots=True, kw_only=True)
class Identite:
    """The account of this request. ``jeton`` is its session's."""

    id: int
    courriel: str
    role: str
    doit_changer: bool
    a_mot_de_passe: bool
    jeton: str

    def can(self, role: str) -> bool:
        """Whether this account may do what ``role`` may."""
        return has_role(self.role, role)


class Detour(Exception):
    """A page to go to first: login, or a password to change."""

    def __init__(self, adresse: str) -> None:
        super().__init__(adresse)
        self.adresse = adresse


class RoutePage(APIRoute):
    """A route of pages: problems are shown as pages, and who must log in first is sent there."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler of the route, around which problems become pages."""
        suite = super().get_route_handler()

        async def handle(request: Request) -> Response:
            try:
                return await suite(request)
            except Detour as detour:
                return RedirectResponse(detour.adresse, status_code=303)
            except Probleme as probleme:
                return build_erreur(request, probleme)

        return handle


def build_erreur(request: Request, probleme: Probleme) -> Response:
    """The problem as a page, with the same status."""
    reponse: Response = request.app.state.rendu.build_page(
        request, "prescripteurs/erreur.html", statut=probleme.statut, langue="fr", detail=probleme.detail
    )
    if probleme.attendre:
        reponse.headers["Retry-After"] = str(probleme.attendre)
    return reponse


def find_identite(request: Request, db_session: LaSession) -> Identite | None:
    """Who is logged in; None for everybody else."""
    jeton = read_session(request)
    compte = find_compte(db_session, jeton)
    if compte is None:
        return None
    return Identite(
        id=compte.id,
        courriel=compte.courriel,
        role=compte.role,
        doit_changer=compte.doit_changer,
        a_mot_de_passe=compte.empreinte is not None,
        jeton=jeton,
    )


QuiPeutEtre = Annotated["Identite | None", Depends(find_identite, scope="function")]


def require_role(role: str) -> Callable[..., Identite]:
    """The dependency of every route that needs an account of at least this role.

    Without a session a page sends to the login page and a form is a 401; with a lesser role, 403; with a password
    to be changed, the page where it is changed.
    """

    def get_identite(request: Request, identite: QuiPeutEtre) -> Identite:
        if identite is None:
            if request.method != "GET":
                raise Probleme(401, "Votre session est terminée. Reconnectez-vous, puis recommencez.")
            raise Detour(f"{_CONNEXION}?suite={quote(request.url.path)}")
        if identite.doit_changer and request.url.path not in (_MON_COMPTE, f"{_MON_COMPTE}/mot-de-passe"):
            raise Detour(_MON_COMPTE)
        if not identite.can(role):
            raise Probleme(403, _REFUS_ROLE)
        return identite

    get_identite.role = role  # type: ignore[attr-defined]
    return get_identite


class Formulaire:
    """The fields of a form sent by POST, checked against forgery."""

    def __init__(self, champs: Mapping[str, list[str]]) -> None:
        self._champs = champs

    def get(self, nom: str, defaut: str = "") -> str:
        """The first value of a field, trimmed."""
        return self._champs.get(nom, [defaut])[0].strip()

    def get_brut(self, nom: str) -> str:
        """The first value of a field as it was typed (a password may begin with a space)."""
        return self._champs.get(nom, [""])[0]

    def list_champs(self) -> list[tuple[str, str]]:
        """Every field and value, in order of the first appearance of each field."""
        return [(nom, valeur.strip()) for nom, valeurs in self._champs.items() for valeur in valeurs]

    def get_all(self, nom: str) -> list[str]:
        """Every value of a field."""
        return [valeur.strip() for valeur in self._champs.get(nom, [])]


async def read_formulaire_verifie(request: Request, identite: QuiPeutEtre) -> Formulaire:
    """The form, after its token was checked: the session's for who is logged in, the browser's for the others.

    Raises:
        Probleme: 403 without the right token, 400 when it is not a form, 413 when it is too big.
    """
    corps = await request.body()
    if len(corps) > 64 * 1024:
        raise Probleme(413, "L'envoi est trop gros. Raccourcissez votre texte.")
    try:
        champs = parse_qs(corps.decode(), keep_blank_values=True, max_num_fields=_CHAMPS_MAX)
    except ValueError:
        raise Probleme(400, "Ce formulaire ne peut pas être lu. Rouvrez la page et recommencez.") from None
    recu = champs.get("jeton", [""])[0]
    if not (check_csrf_session(identite.jeton, recu) if identite else check_formulaire(request, recu)):
        raise Probleme(403, _REFUS_CSRF)
    return Formulaire(champs)


LeFormulaire = Annotated[Formulaire, Depends(read_formulaire_verifie)]


def build_page(
    request: Request,
    modele: str,
    *,
    identite: Identite | None,
    statut: int = 200,
    **valeurs: Any,
) -> Response:
    """A page of the professionals: its forms carry the right token, and nothing of it is kept by the browser."""
    jeton = derive_csrf(identite.jeton) if identite is not None else read_formulaire(request)
    reponse: Response = request.app.state.rendu.build_page(
        request, modele, statut=statut, langue="fr", identite=identite, jeton=jeton, **valeurs
    )
    if identite is None:
        put_formulaire(request, reponse, jeton)
    reponse.headers["Cache-Control"] = "no-store"
    return reponse


def choose_suite(suite: str) -> str:
    """Where to go after login: a page of the professionals' space, never another site.

    >>> choose_suite("/prescripteurs/pilotage"), choose_suite("//ailleurs.fr"), choose_suite("/prescripteurs/../x")
    ('/prescripteurs/pilotage', '/prescripteurs', '/prescripteurs')
    """
    simple = suite.replace("-", "").replace("/", "").isalnum() and suite.isascii()
    return suite if suite.startswith(f"{_ACCUEIL}/") and simple and "//" not in suite else _ACCUEIL
