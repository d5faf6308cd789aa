"""Dates as exact as they are known: a year, a season, a month or a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import TypeVar

from sphinx_cv_ext.frozen import frozen

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
"""The names of the months in English, as .bib files and references have them."""

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""The seasons, and the month in which each begins; universities all over the world name their terms so."""

_FIRST_SEASON = 21
"""EDTF, level 1 (Library of Congress): 21 to 24 in place of a month are spring to winter."""


@frozen
class Date:
    """A year, or a month or a day of it; ``month`` and ``day`` count from 1 and are 0 where not known.

    Where no more than the season is known (``is_season``), ``month`` is its first.
    """

    year: int
    month: int = 0
    day: int = 0
    is_season: bool = False

    def __str__(self) -> str:
        """The date in ISO 8601, as exact as it is known: ``2019``, ``2019-05`` or ``2019-05-31``; EDTF's for seasons.

        Spring 2019 is ``2019-21``.
        """
        parts = [f"{self.year:04d}"]
        if self.is_season:
            parts.append(str(_FIRST_SEASON + self.month // 3 - 1))
        elif self.month:
            parts.append(f"{self.month:02d}")
            if self.day:
                parts.append(f"{self.day:02d}")
        return "-".join(parts)

    def __lt__(self, other: Date) -> bool:
        return _in_order(self) < _in_order(other)


_in_order = attrgetter("year", "month", "day", "is_season")


@frozen
class Period:
    """From one date to another; ``end`` is None while it goes on, and equal to ``start`` for a single date."""

    start: Date
    end: Date | None


_Dated = TypeVar("_Dated")


def newest_first(found: Iterable[_Dated], period: Callable[[_Dated], Period | None]) -> list[_Dated]:
    """What goes on, then what ended last; of equal ends what began last, then as before; the undated at the end."""

    def age(one: _Dated) -> tuple[bool, bool, Date, Date]:
        when = period(one)
        if not when:
            return False, False, _NEVER, _NEVER
        return True, when.end is None, when.end or _NEVER, when.start

    return sorted(found, key=age, reverse=True)


_NEVER = Date(0)
