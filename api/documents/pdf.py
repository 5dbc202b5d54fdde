"""One A4 page drawn from sections and blocks; it knows nothing of parcours and is reused by other sheets."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import segno
from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.util import Padding

from api.documents.polices import find_polices
from api.web.rendu import format_typo

_FAMILLE = "Passerelle"
_SAPIN = (15, 79, 74)
_ENCRE = (28, 43, 41)
_DOUCE = (76, 90, 87)
_MENTHE = (220, 236, 228)
_SAFRAN = (253, 240, 210)
_TRAIT = (200, 200, 195)
_MARGE = 12.0
_QR_MM = 27.0
_PASTILLE_MM = 6.5
_POINT_EN_MM = 0.3528
# Sizes of the text in points, and the least important kind of block kept at this size.
_DENSITES = ((10.5, 3), (9.5, 3), (8.5, 3), (8.5, 2), (7.5, 2), (7.5, 1), (6.5, 1), (5.5, 1))


class Ton(Enum):
    """How a block stands out."""

    SIMPLE = "simple"
    ACTION = "action"
    ATTENTION = "attention"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bloc:
    """A heading and its sentences, as one paragraph or as a list. ``importance``: 1 always printed, 3 first to go."""

    intitule: str = ""
    phrases: tuple[str, ...]
    liste: bool = False
    ton: Ton = Ton.SIMPLE
    importance: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A step or a part of a sheet; ``rang`` is what the disc before the title says."""

    titre: str
    rang: str = ""
    mention: str = ""
    blocs: tuple[Bloc, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feuillet:
    """Everything on the page. ``lien`` is drawn as a QR code, with ``legende`` under it."""

    titre: str
    sous_titre: str = ""
    sections: tuple[Section, ...]
    lien: str = ""
    legende: str = ""
    pied: str = ""
    langue: str = "fr"


def build_pdf(feuillet: Feuillet) -> bytes:
    """The page, as large as it can be written on one A4; the least important blocks go when there is too much.

    Raises:
        PoliceAbsente: when no font can write French.
    """
    for taille, importance in _DENSITES:
        page = _Page(feuillet, taille=taille, importance=importance)
        if page.page_no() == 1:
            break
    return bytes(page.output())


class _Page(FPDF):
    """The drawing, at one size of text."""

    def __init__(self, feuillet: Feuillet, *, taille: float, importance: int) -> None:
        super().__init__(orientation="portrait", unit="mm", format="A4")
        self._taille = taille
        self._importance = importance
        self._pied = feuillet.pied
        for style, fichier in find_polices().items():
            self.add_font(_FAMILLE, style, fichier)
        self.set_lang(feuillet.langue)
        self.set_title(feuillet.titre)
        self.set_creator("Passerelle")
        self.set_margins(_MARGE, _MARGE, _MARGE)
        self.set_auto_page_break(True, margin=_MARGE + 5)
        self.add_page()
        self._draw_tete(feuillet)
        for section in feuillet.sections:
            self._draw_section(section)

    def footer(self) -> None:
        """The sentence at the foot of the page."""
        self.set_y(-_MARGE - 2)
        self._write(self._pied, taille=max(6.0, 0.75 * self._taille), couleur=_DOUCE)

    def _draw_tete(self, feuillet: Feuillet) -> None:
        haut, largeur = self.get_y(), self.epw
        if feuillet.lien:
            largeur -= _QR_MM + 4
            self._draw_qr(feuillet.lien, feuillet.legende)
            self.set_xy(self.l_margin, haut)
        self._write("Passerelle", taille=self._taille, style="B", couleur=_SAPIN, largeur=largeur)
        self._write(feuillet.titre, taille=1.7 * self._taille, style="B", couleur=_ENCRE, largeur=largeur)
        if feuillet.sous_titre:
            self._write(feuillet.sous_titre, taille=self._taille, couleur=_DOUCE, largeur=largeur)
        bas = haut + _QR_MM + 7 if feuillet.lien else self.get_y()
        self.set_y(max(self.get_y(), bas) + 1)

    def _draw_qr(self, lien: str, legende: str) -> None:
        gauche, haut = self.w - self.r_margin - _QR_MM, self.get_y()
        matrice = segno.make(lien, error="m", micro=False).matrix
        pas = _QR_MM / len(matrice)
        self.set_fill_color(0, 0, 0)
        for rang, ligne in enumerate(matrice):
            for colonne, noir in enumerate(ligne):
                if noir:
                    # A hair wider than the step: some readers leave white lines between the squares.
                    self.rect(gauche + colonne * pas, haut + rang * pas, pas * 1.03, pas * 1.03, style="F")
        self.set_xy(gauche - 3, haut + _QR_MM + 0.5)
        self._write(legende, taille=6.5, couleur=_DOUCE, largeur=_QR_MM + 6, aligne="C")

    def _draw_section(self, section: Section) -> None:
        self._leave(0.35)
        gauche = self.l_margin
        self.set_draw_color(*_TRAIT)
        self.line(gauche, self.get_y(), self.w - self.r_margin, self.get_y())
        self._leave(0.3)
        if section.rang:
            haut = self.get_y()
            self.set_fill_color(*_SAPIN)
            self.ellipse(gauche, haut, _PASTILLE_MM, _PASTILLE_MM, style="F")
            self.set_xy(gauche, haut + 0.9)
            self._write(
                section.rang, taille=9, style="B", couleur=(255, 255, 255), largeur=_PASTILLE_MM, aligne="C"
            )
            self.set_xy(gauche, haut)
        retrait = _PASTILLE_MM + 2 if section.rang else 0
        self.set_left_margin(gauche + retrait)
        self.set_x(gauche + retrait)
        self._write(section.titre, taille=1.2 * self._taille, style="B", couleur=_ENCRE)
        if section.mention:
            self._write(section.mention, taille=0.9 * self._taille, style="B", couleur=_SAPIN)
        for bloc in section.blocs:
            if bloc.importance <= self._importance and bloc.phrases:
                self._draw_bloc(bloc)
        self.set_left_margin(gauche)
        self.set_x(gauche)

    def _draw_bloc(self, bloc: Bloc) -> None:
        self._leave(0.12)
        fond = {Ton.ACTION: _MENTHE, Ton.ATTENTION: _SAFRAN}.get(bloc.ton)
        tete = f"**{_neutral(bloc.intitule)} :** " if bloc.intitule else ""
        phrases = [_neutral(phrase) for phrase in bloc.phrases]
        if bloc.liste and len(phrases) > 1:
            texte = "\n".join([*([tete.strip()] if tete else []), *(f"•  {phrase}" for phrase in phrases)])
        else:
            texte = tete + " ".join(phrases)
        self._write(texte, taille=self._taille, couleur=_ENCRE, fond=fond, markdown=True)

    def _leave(self, lignes: float) -> None:
        self.set_y(self.get_y() + lignes * self._taille * _POINT_EN_MM * 1.6)

    def _write(
        self,
        texte: str,
        *,
        taille: float,
        couleur: tuple[int, int, int],
        style: str = "",
        largeur: float = 0,
        aligne: str = "L",
        fond: tuple[int, int, int] | None = None,
        markdown: bool = False,
    ) -> None:
        self.set_font(_FAMILLE, style, taille)
        self.set_text_color(*couleur)
        if fond:
            self.set_fill_color(*fond)
        self.multi_cell(
            largeur,
            taille * _POINT_EN_MM * 1.28,
            format_typo(texte),
            align=aligne,
            fill=fond is not None,
            markdown=markdown,
            new_x=XPos.LMARGIN,
            new_y=YPos.NEXT,
            padding=Padding(0.6, 1.2, 0.6, 1.2) if fond else Padding(),
        )


def _neutral(texte: str) -> str:
    """The text with no sign that fpdf2 would read as bold, italics, underline or strike."""
    for signe in ("**", "__", "--", "~~"):
        texte = texte.replace(signe, "\u2060".join(signe))
    return texte
