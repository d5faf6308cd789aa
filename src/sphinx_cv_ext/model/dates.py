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
"""The seasons, by which many universities call their terms, and the month in which each begins."""

_SEASON_NAMES = {month: name.capitalize() for name, month in SEASONS.items()}

_FIRST_SEASON = 21
"""The number for spring in place of a month; 21 to 24 are spring to winter (EDTF, level 1, Library of Congress)."""


@frozen
class Date:
    """A year, a month or a day. ``month`` and ``day`` count from 1, and are 0 if not known.

    If only the season is known (``is_season``), ``month`` is the first month of the season.
    """

    year: int
    month: int = 0
    day: int = 0
    is_season: bool = False

    def __str__(self) -> str:
        """The date in ISO 8601, as exactly as it is known: ``2019``, ``2019-05`` or ``2019-05-31``.

        A season is written as in EDTF: spring 2019 is ``2019-21``.
        """
        parts = [f"{self.year:04d}"]
        if self.is_season:
            parts.append(str(_FIRST_SEASON + self.month // 3 - 1))
        elif self.month:
            parts.append(f"{self.month:02d}")
            if self.day:
                parts.append(f"{self.day:02d}")
        return "-".join(parts)

    @property
    def iso(self) -> str:
        """The date in ISO 8601 proper, which has no seasons: only the year is left of one."""
        return f"{self.year:04d}" if self.is_season else str(self)

    @property
    def season(self) -> str:
        """The name of the season in English if no more is known of the date, else empty."""
        return _SEASON_NAMES[self.month] if self.is_season else ""

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
    """Sort by period: first what still goes on, then by the latest end, then by the latest start; undated items last.

    ``period`` gives the period of an item, or None. Equal items keep their order.
    """

    def age(one: _Dated) -> tuple[bool, bool, Date, Date]:
        when = period(one)
        if not when:
            return False, False, _NEVER, _NEVER
        return True, when.end is None, when.end or _NEVER, when.start

    return sorted(found, key=age, reverse=True)


_NEVER = Date(0)
