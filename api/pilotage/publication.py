"""What may be shown: figures of at least five in a month, and sums of those figures only.

A count under five could point at somebody. It is hidden in each month before anything is added up: totals, periods and
tables are sums of published figures, so that no subtraction (between a total and its parts, between two periods) gives
a hidden one back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

SEUIL = 5
MOINS_DE_CINQ = "moins de 5"

Cle = TypeVar("Cle", bound=Hashable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chiffre:
    """A published figure: the sum of its shown months, and how many months are hidden."""

    nombre: int = 0
    mois_caches: int = 0

    @property
    def texte(self) -> str:
        """As people read it.

        >>> Chiffre(nombre=12).texte, Chiffre(mois_caches=1).texte, Chiffre(nombre=12, mois_caches=2).texte
        ('12', 'moins de 5', '12 au moins')
        """
        if not self.mois_caches:
            return str(self.nombre)
        if self.nombre:
            return f"{self.nombre} au moins"
        return MOINS_DE_CINQ if self.mois_caches == 1 else f"{MOINS_DE_CINQ} par mois"

    def __add__(self, autre: Chiffre) -> Chiffre:
        return Chiffre(nombre=self.nombre + autre.nombre, mois_caches=self.mois_caches + autre.mois_caches)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ligne:
    """A count of a month as the database holds it, not to be shown."""

    mois: date
    cle: tuple[str, ...]
    nombre: int


def publish(lignes: Iterable[Ligne]) -> dict[tuple[date, tuple[str, ...]], Chiffre]:
    """The figures of each month and key: shown from five on, hidden below; a zero is not written at all."""
    sommes: Counter[tuple[date, tuple[str, ...]]] = Counter()
    for ligne in lignes:
        sommes[(ligne.mois, ligne.cle)] += ligne.nombre
    return {
        cle: Chiffre(nombre=nombre) if nombre >= SEUIL else Chiffre(mois_caches=1)
        for cle, nombre in sorted(sommes.items())
        if nombre > 0
    }


def add_up(
    publies: dict[tuple[date, tuple[str, ...]], Chiffre], par: Callable[[date, tuple[str, ...]], Cle]
) -> dict[Cle, Chiffre]:
    """Published figures added up by something else (a need, a département, a month): biggest first, hidden ones last."""
    sommes: dict[Cle, Chiffre] = {}
    for (mois, cle), chiffre in publies.items():
        groupe = par(mois, cle)
        sommes[groupe] = sommes.get(groupe, Chiffre()) + chiffre
    return dict(sorted(sommes.items(), key=lambda paire: (-paire[1].nombre, str(paire[0]))))


def total(chiffres: Iterable[Chiffre]) -> Chiffre:
    """The sum of published figures."""
    return sum(chiffres, Chiffre())


def first_of_month(jour: date) -> date:
    """The month of a day, as its first day."""
    return jour.replace(day=1)


def list_mois(depuis: date, jusqu_a: date) -> Sequence[date]:
    """The months from one to the other, both included, as first days."""
    mois, liste = first_of_month(depuis), []
    while mois <= jusqu_a:
        liste.append(mois)
        mois = date(mois.year + mois.month // 12, mois.month % 12 + 1, 1)
    return liste


def end_of_month(mois: date) -> date:
    """The last day of a month."""
    suivant = date(mois.year + mois.month // 12, mois.month % 12 + 1, 1)
    return date.fromordinal(suivant.toordinal() - 1)
