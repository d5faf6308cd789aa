"""Acceptance rates: how selective a venue or an award was, and with how many digits that is shown."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from sphinx_cv_ext.frozen import frozen

if TYPE_CHECKING:
    from fractions import Fraction


@frozen
class Rate:
    """A rate as a fraction, a percentage, or both.

    ``accepted`` and ``submitted`` are counts, both or neither given, with ``0 < accepted <= submitted``.
    ``stated`` is the percentage in the author's own digits (``"16.8"``, without the sign), kept only where
    it agrees with the fraction; see `agrees`.
    """

    accepted: int | None = None
    submitted: int | None = None
    stated: str | None = None

    @property
    def percent(self) -> Fraction:
        """The rate in percent, exact where there is a fraction."""
        if self.accepted is not None and self.submitted:
            return percent_of(self.accepted, self.submitted)
        return _exact(self.stated or 0)

    @property
    def digits(self) -> str:
        """The percentage as it is shown, without its sign: as stated, else computed by `shown_digits`."""
        return self.stated if self.stated is not None else shown_digits(self.percent)


def percent_of(accepted: int, submitted: int) -> Fraction:
    """``accepted`` of ``submitted`` in percent, exactly."""
    return _exact(100 * accepted, submitted)


def _exact(value: str | int, divided_by: int = 1) -> Fraction:
    # Imported here because it takes a millisecond, and a build in which nothing has changed computes no rate.
    from fractions import Fraction

    return Fraction(value) / divided_by


def shown_digits(percent: Fraction) -> str:
    """The digits with which a computed percentage is shown.

    One rule: one decimal from 10 % up and two below, which is three significant digits wherever a venue is
    likely to lie (22.7, 1.83, 0.56); more only where fewer would make it look like 0 or 100 %; none that are
    zero in an exact value (20, not 20.0).

    >>> [shown_digits(percent_of(*pair)) for pair in ((2, 358), (16, 876), (568, 2500), (1, 5), (1, 90000))]
    ['0.56', '1.83', '22.7', '20', '0.001']
    """
    decimals = 1 if percent >= 10 else 2
    shown = rounded(percent, decimals)
    while shown in (0, 100) and shown != percent:
        decimals += 1
        shown = rounded(percent, decimals)
    if shown == percent:
        return f"{shown.normalize():f}"
    return f"{shown:f}"


def rounded(percent: Fraction, decimals: int, rounding: str = ROUND_HALF_UP) -> Decimal:
    """``percent`` to so many decimals; ``rounding`` is one of `decimal`'s modes."""
    scaled = percent * 10**decimals
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    if rounding == ROUND_HALF_UP and 2 * rest >= scaled.denominator:
        whole += 1
    return Decimal(whole).scaleb(-decimals)


def agrees(stated: str, percent: Fraction) -> bool:
    """Whether a stated percentage is ``percent`` rounded, or cut, at the last digit it gives."""
    decimals = len(stated.partition(".")[2])
    return Decimal(stated) in (rounded(percent, decimals), rounded(percent, decimals, ROUND_DOWN))
