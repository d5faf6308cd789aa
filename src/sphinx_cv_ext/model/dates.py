"""Dates as exact as they are known: a year, a month or a day."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Date:
    """A year, or a month or a day of it; ``month`` and ``day`` count from 1 and are 0 where not known."""

    year: int
    month: int = 0
    day: int = 0

    def __str__(self) -> str:
        """The date in ISO 8601, as exact as it is known: ``2019``, ``2019-05`` or ``2019-05-31``."""
        parts = [f"{self.year:04d}"]
        if self.month:
            parts.append(f"{self.month:02d}")
            if self.day:
                parts.append(f"{self.day:02d}")
        return "-".join(parts)


@dataclass(frozen=True, slots=True)
class Period:
    """From one date to another; ``end`` is None while it goes on, and equal to ``start`` for a single date."""

    start: Date
    end: Date | None
