"""The small grammar of acceptance rates: ``365/1900``, ``24%``, ``216/1279=16.8%``."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from sphinx_cv_ext.diagnostics import Code, Diagnostic, Location, Report
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.model.rates import Rate, agrees, percent_of, shown_digits

if TYPE_CHECKING:
    from fractions import Fraction

_COUNT = r"(?<!\d)(?:\d{1,3}(?:,\d{3}){1,2}|\d{1,9})(?!\d)"
_FRACTION = rf"{_COUNT}\s*(?:/|\b(?:out\s+)?of\b)\s*{_COUNT}"
_PERCENT = r"(?<!\d)\d{1,3}(?:[.,]\d{1,9})?\s*\\?%"
RATE_PATTERN = (
    rf"(?:{_FRACTION}(?:\s*[=≈,;]\s*{_PERCENT}|\s*\(\s*{_PERCENT}\s*\))?"
    rf"|{_PERCENT}(?:\s*[=≈,;]\s*{_FRACTION}|\s*\(\s*{_FRACTION}\s*\))?)"
)
"""Every form of a rate, as a regular expression without groups."""

_RATE = pattern(RATE_PATTERN)
_COUNTS = pattern(_FRACTION)
_STATED = pattern(_PERCENT)
_LOOKS_LIKE_A_RATE = pattern(r"[\d.,\s]+(?:/[\d.,\s%=\\]*|\\?%)|\d+(?:\.\d+)?")


def looks_like_rate(text: str) -> bool:
    """Whether ``text`` can only have been meant as a rate, right or wrong: figures with a slash or a percent sign."""
    return bool(_RATE.fullmatch(text.strip()) or _LOOKS_LIKE_A_RATE.fullmatch(text.strip()))


def parse_rate(text: str, location: Location, report: Report) -> Rate | None:
    r"""Read a rate: a fraction, a percentage, or both joined by ``=`` (or one in brackets after the other).

    ``text`` may have a LaTeX ``\%``. What cannot be a rate is reported as ``rate_invalid`` and gives None; a
    percentage that is not its fraction's is reported as ``rate_arithmetic`` and dropped.
    """

    def refuse(reason: str) -> None:
        report(Diagnostic(Code.RATE_INVALID, location, f"{text.strip()!r} {reason}", "no rate is shown"))

    if not _RATE.fullmatch(text.replace("~", " ").strip()):
        refuse("is not a rate such as 365/1900 or 24%")
        return None
    percent, counts = _STATED.search(text), _COUNTS.search(text)
    stated = percent[0].rstrip("\\% \t").replace(",", ".") if percent else ""
    if not counts:
        if not 0 < Decimal(stated) <= 100:
            refuse("is not between 0 and 100 percent")
            return None
        return Rate(stated=stated)
    accepted, submitted = (int(count.replace(",", "")) for count in re.findall(_COUNT, counts[0]))
    if not 0 < accepted <= submitted:
        refuse("cannot be: the first number must be at least 1 and at most the second")
        return None
    return Rate(accepted, submitted, _checked(stated, percent_of(accepted, submitted), text, location, report))


def _checked(stated: str, percent: Fraction, text: str, location: Location, report: Report) -> str | None:
    """``stated`` where it agrees with the fraction's ``percent``; else None, and a report."""
    if not stated or agrees(stated, percent):
        return stated or None
    computed = shown_digits(percent)
    problem = f"{text.strip()!r} states {stated}%, but its fraction is {computed}%"
    report(Diagnostic(Code.RATE_ARITHMETIC, location, problem, f"{computed}% is shown"))
    return None
