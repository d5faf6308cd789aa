"""Dates as .bib files have them, biblatex's ``date`` or ``year`` with ``month``, and as pages have them."""

from __future__ import annotations

import re
from collections.abc import Callable

from sphinx_cv_ext.diagnostics import Code, Diagnostic, Location, Report
from sphinx_cv_ext.model.dates import MONTHS, SEASONS, Date, Period
from sphinx_cv_ext.model.locales import foreign_months
from sphinx_cv_ext.model.patterns import pattern

_MONTH_NAMES = tuple(map(str.lower, MONTHS))
_ORDINAL = "(?:st|nd|rd|th|er|º)"
_MONTHS = tuple(name[:3] for name in _MONTH_NAMES)
# ISO 8601 and EDTF, level 1 (Library of Congress): uncertain and approximate dates end in ?, ~ or %.
_ISO = pattern(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:T[\d:.Z+-]*)?)?)?[?~%]?")
_NAMED = pattern(
    rf"(?:(?:the\s+)?(?P<before>\d{{1,2}}){_ORDINAL}?[.\s]+(?:of\s+)?)?(?P<name>[A-Za-z]{{3,9}})\.?"
    rf"(?:\s+(?P<after>\d{{1,2}}){_ORDINAL}?)?[\s,]+(?P<year>\d{{4}})"
)
_DAY_FIRST = pattern(r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\. ?(?P<year>\d{4})")
_MONTH_FIRST = pattern(r"(?P<month>\d{1,2})[/.](?P<year>\d{4})")
# The same standard: 21 to 24 in place of a month.
_NUMBERED_SEASON = pattern(r"(?P<year>\d{4})-(?P<number>2[1-4])[?~%]?")
# A minus makes it one before Christ, which Python's calendar and that of most formats do not have.
_YEAR = pattern(r"(?<!\d)(?<!^-)\d{4}(?!\d)")
_DAY_OF_MONTH = pattern(
    rf"(?P<before>\d{{1,2}})?{_ORDINAL}?[.\s]*(?:(?:de|of)\s+)?(?P<name>[^\W\d_]+)[.\s]*"
    rf"(?P<after>\d{{1,2}})?{_ORDINAL}?(?:\s+de)?"
)
# A hyphen without blanks parts a year from another and from words: 2020-12 is a month.
_BETWEEN = pattern(r"\s+(?:-|–|—|to|until)(?:\s+|$)|\s*(?:–|—|--)\s*|(?<=\d{4})-(?=\d{4}\b|[a-z]|$)", re.IGNORECASE)
_SINCE = pattern(r"(?:since|from)\s+(.+)", re.IGNORECASE)
# What the start does not say is that of the end: "12–14 June 2022", "May 30 – June 2, 2022" and "12.–14.6.2022".
_TOGETHER = pattern(
    r"(?P<first>[^/–—-]+?)(?:\s*(?:--|[-–—/])\s*|\s+(?:to|until)\s+)(?P<last>[^/–—-]+?)[\s,]+(?P<year>\d{4})",
    re.IGNORECASE,
)
_TOGETHER_IN_NUMBERS = pattern(
    r"(?P<first>\d{1,2}\.)(?: ?(?P<own>\d{1,2}\.))?\s*(?:--|[-–—/]|to\s)\s*"
    r"(?P<last>\d{1,2}\. ?(?P<month>\d{1,2}\.) ?(?P<year>\d{4}))"
)
GOES_ON = frozenset({"", "..", "present", "now", "current", "today", "ongoing"})
"""What stands in place of the end of a period that has none yet."""
# PMLR: "18--24 Jul", "30 Apr--03 May"; of two months the first counts, and a month behind two days is that of both.
_TO = pattern(r"[-–]+|/(?=[A-Za-z])")
_MONTH_IN = pattern(r"[A-Za-z]{3,}")
_SAYS = pattern(r"\w")
_FIGURES = 4
_UNDATED = "it counts as undated"
# biblatex parts dates by a slash (EDTF, level 0), people years by a dash as well.
_RANGE = pattern(r"\s*\d{4}(?:[-\d?~%T:.Z+]*\s*/|\s*(?:-|--|–)(?=\s*(?:\d{4}\s*)?$))\s*(?P<end>\S*)\s*")
_OPEN = ("", "..")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def parse_iso(text: str) -> Date | None:
    """A date such as ``2019``, ``2019-05`` or ``2019-05-31``; None for anything else, a 13th month included.

    EDTF's seasons (``2019-21``) keep their year.
    """
    match = _ISO.fullmatch(text.strip())
    if not match:
        return None
    year, month, day = (int(part or 0) for part in match.groups())
    if not year:
        return None
    if 21 <= month <= 41 and not day:
        return Date(year)
    if not match[2]:
        return Date(year)
    if not 1 <= month <= 12 or (match[3] and not 1 <= day <= _DAYS[month - 1]):
        return None
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return None if (month, day) == (2, 29) and not leap else Date(year, month, day)


def parse_date(text: str) -> Date | None:
    """A date of `parse_iso`, a season, or a month with its English name or before its year, and with a day or none.

    Seasons are ``Fall 2018``, or ``2018-23`` as EDTF and biblatex have it; months ``May 2016``, ``05/2016``, and days
    ``1 May 2016``, ``May 1, 2016`` or ``1.5.2016``. ``1/5/2016`` is another day in another country, and none here.
    """
    if numbered := _NUMBERED_SEASON.fullmatch(text.strip()):
        return _season(numbered["year"], 3 * (int(numbered["number"]) - 20))
    if first := _DAY_FIRST.fullmatch(text.strip()):
        return parse_iso(f"{first['year']}-{first['month']}-{first['day']}")
    if first := _MONTH_FIRST.fullmatch(text.strip()):
        return parse_iso(f"{first['year']}-{first['month']}")
    if named := _NAMED.fullmatch(text.strip()):
        return _named(**named.groupdict())
    return parse_iso(text)


def _named(before: str | None, name: str, after: str | None, year: str) -> Date | None:
    """A season or a month with its name, the month with a day before or after it."""
    name = name.lower()
    if name in SEASONS:
        return None if before or after else _season(year, SEASONS[name])
    month = next((number for number, full in enumerate(_MONTH_NAMES, start=1) if full.startswith(name)), 0)
    if not month or (before and after):
        return None
    return parse_iso("-".join(filter(None, (year, str(month), before or after))))


def _season(year: str, month: int) -> Date | None:
    return Date(int(year), month, is_season=True) if month and int(year) else None


def parse_period(text: str) -> Period | None:
    """A date, or the two of `ends`; the second is one of `GOES_ON` while it goes on.

    The two may share their year, and their month: ``12–14 June 2022``, ``May–June 2022``.
    """
    if single := parse_date(text):
        return Period(single, single)
    if together := _together(text):
        return together
    first, last = ends(text)
    start = parse_date(first)
    if not start or last is None:
        return None
    if last.lower() in GOES_ON:
        return Period(start, None)
    end = parse_date(last)
    return Period(start, end) if end else None


def _together(text: str) -> Period | None:
    since = _SINCE.fullmatch(text.strip())
    text = since[1] if since else text.strip()
    if found := _TOGETHER_IN_NUMBERS.fullmatch(text):
        first, last = f"{found['first']}{found['own'] or found['month']}{found['year']}", found["last"]
    elif found := _TOGETHER.fullmatch(text):
        names = [_MONTH_IN.search(found[part]) for part in ("first", "last")]
        known = next((name[0] for name in names if name), "")
        first, last = (
            f"{found[part]} {'' if name else known} {found['year']}"
            for part, name in zip(("first", "last"), names, strict=True)
        )
    else:
        return None
    start, end = parse_date(first), parse_date(last)
    return Period(start, end) if start and end else None


def is_parted(text: str) -> bool:
    """Whether words or dashes make a period of ``text``, rather than a slash alone."""
    return bool(_BETWEEN.search(text) or _SINCE.fullmatch(text))


def ends(text: str) -> tuple[str, str | None]:
    """The start and the end of a period as they are written, parted by a slash, a dash or a word; None without an end.

    ``2020-2023`` is one, and ``since 2020``, whose end is empty.
    """
    since = _SINCE.fullmatch(text.strip())
    first, *rest = _BETWEEN.split(since[1] if since else text.strip(), maxsplit=1)
    if not (rest or since) and text.count("/") == 1:
        first, *rest = text.split("/")
    return first.strip(), rest[0].strip() if rest else "" if since else None


def month_number(text: str) -> int:
    """The number of a month given as a number or by its name; 0 if it is neither.

    An English name may be cut down to three letters or more, one of another language as it is there.
    """
    text = text.strip().strip(".").lower()
    if text.isascii() and text.isdigit():
        return int(text) if len(text) <= 2 and 1 <= int(text) <= 12 else 0
    if text[:3] in _MONTHS:
        return _MONTHS.index(text[:3]) + 1
    return foreign_months().get(text, 0) if len(text) >= 3 else 0


def _in_month(year: int, month: str) -> Date:
    """A year with a ``month`` such as ``May`` or, as BibTeX's own style files have it, ``May 4`` or ``4 May``.

    Of several days or months the first counts.
    """
    month = month.strip().replace("~", " ")
    start, *end = (part.strip() for part in _TO.split(month, maxsplit=1))
    name = _MONTH_IN.search(end[0]) if end and not _MONTH_IN.search(start) else None
    month = f"{start} {name[0]}".strip() if name else start
    found = _DAY_OF_MONTH.fullmatch(month)
    if not found:
        return Date(year, month_number(month))
    number = month_number(found["name"])
    return parse_iso(f"{year:04}-{number:02}-{found['before'] or found['after']}") or Date(year, number)


def _year_in(text: str) -> tuple[int, str]:
    """The year in ``text`` and the words around it; 0 without one."""
    found = _YEAR.search(text)
    return (int(found[0]), text.replace(found[0], "", 1).strip(" ,")) if found else (0, "")


def publication_date(
    date: str, year: str, month: str, location: Location, report: Report, otherwise: str = _UNDATED
) -> Period | None:
    """When a work appeared: ``date`` or ``year``, a range or with ``month``; None if unknown.

    A year is found inside other words ("c. 2018", "2018a", "May 2018"). A value without one, a day that is not in the
    calendar, a month that is none and a range that ends before it starts are reported as ``date_unreadable``;
    ``otherwise`` is what is done without a year.
    """

    def tell(problem: str, fallback: str = "its year counts") -> None:
        report(Diagnostic(Code.DATE_UNREADABLE, location, problem, fallback))

    for text in filter(None, (date, year)):
        first = text.split("/")[0].strip()
        exact = parse_iso(first)
        if exact and exact.month:
            return _until(exact, text, tell)
        number, around = (exact.year, "") if exact else _year_in(text)
        if number:
            if not exact and _ISO.fullmatch(first):
                tell(f"{first!r} is in no calendar")
            result = _in_month(number, month or around)
            if around and not (month or result.month) and (found := _period_in(text)):
                return found
            if _SAYS.search(month) and not result.month:
                tell(f"there is no month in {month!r}")
            return _until(result, text, tell)
    if date or year:
        tell(f"there is no year in {date or year!r}", otherwise)
    return None


def _period_in(text: str) -> Period | None:
    """The period that a page would find in ``text``, if it is more exact than a year: ``12.06.2022``."""
    found = parse_period(text)
    if not found or not found.start.month or found.start.is_season or (found.end and found.end < found.start):
        return None
    return found


def _until(start: Date, text: str, tell: Callable[[str, str], None]) -> Period:
    """From ``start`` to the end of the range in ``text``, if it is one: ``2005/2010``, ``2005--2010``, ``2005/``."""
    found = None if len(text) == _FIGURES else _RANGE.fullmatch(text)
    if not found:
        return Period(start, start)
    if found["end"] in _OPEN:
        return Period(start, None)
    end = parse_iso(found["end"])
    if not end:
        return Period(start, start)
    # What is known less exactly may be later all the same.
    if (end.year, end.month or 12, end.day or 31) < (start.year, start.month, start.day):
        tell(f"{text!r} ends before it starts", "its start counts")
        return Period(start, start)
    return Period(start, end)
