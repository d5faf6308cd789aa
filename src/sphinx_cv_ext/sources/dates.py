"""Parses dates: those of .bib files (``date``, or ``year`` and ``month``), and those that pages give."""

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
FOREIGN_SEASONS = {
    **dict.fromkeys(("frühling", "frühjahr", "printemps", "primavera"), "spring"),
    **dict.fromkeys(("sommer", "été", "verano", "estate"), "summer"),
    **dict.fromkeys(("herbst", "automne", "otoño", "autunno"), "fall"),
    **dict.fromkeys(("hiver", "invierno", "inverno"), "winter"),
}
"""Words for seasons in other languages, and the English ones."""
# The same standard: 21 to 24 in place of a month.
_NUMBERED_SEASON = pattern(r"(?P<year>\d{4})-(?P<number>2[1-4])[?~%]?")
# Not after a minus: years before Christ are not possible in Python's calendar and most formats.
_YEAR = pattern(r"(?<!\d)(?<!^-)\d{4}(?!\d)")
_DAY_OF_MONTH = pattern(
    rf"(?P<before>\d{{1,2}})?{_ORDINAL}?[.\s]*(?:(?:de|of)\s+)?(?P<name>[^\W\d_]+)[.\s]*"
    rf"(?P<after>\d{{1,2}})?{_ORDINAL}?(?:\s+de)?"
)
# A hyphen without spaces separates a period only after a year and before a year or a word: 2020-12 is a month.
_BETWEEN = pattern(r"\s+(?:-|–|—|to|until)(?:\s+|$)|\s*(?:–|—|--)\s*|(?<=\d{4})-(?=\d{4}\b|[a-z]|$)", re.IGNORECASE)
# "2019-23" is a season in EDTF.
_SHORT_END = pattern(r"(\d{4})\s*[/–]\s*(1[3-9]|[2-9]\d)")
_SINCE = pattern(r"(?:since|from)\s+(.+)", re.IGNORECASE)
# The start takes what it lacks from the end: "12–14 June 2022", "May 30 – June 2, 2022" and "12.–14.6.2022".
_TOGETHER = pattern(
    r"(?P<first>[^/–—-]+?)(?:\s*(?:--|[-–—/])\s*|\s+(?:to|until)\s+)(?P<last>[^/–—-]+?)[\s,]+(?P<year>\d{4})",
    re.IGNORECASE,
)
_TOGETHER_IN_NUMBERS = pattern(
    r"(?P<first>\d{1,2}\.)(?: ?(?P<own>\d{1,2}\.))?\s*(?:--|[-–—/]|to\s)\s*"
    r"(?P<last>\d{1,2}\. ?(?P<month>\d{1,2}\.) ?(?P<year>\d{4}))"
)
GOES_ON = frozenset({"", "..", "present", "now", "current", "today", "ongoing"})
"""Texts in place of the end of a period that has not ended."""
# PMLR writes "18--24 Jul" and "30 Apr--03 May"; the first day counts, with the month of the second if it has none.
_TO = pattern(r"[-–]+|/(?=[A-Za-z])")
_MONTH_IN = pattern(r"[A-Za-z]{3,}")
_SAYS = pattern(r"\w")
_FIGURES = 4
_UNDATED = "it counts as undated"
# biblatex separates two dates by a slash (EDTF, level 0); people also write two years with a dash.
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
    """A date in ISO 8601, a season, or a month with or without a day, in the ways in which people write these.

    Seasons are ``Fall 2018``, or ``2018-23`` as EDTF and biblatex have it; months ``May 2016``, ``05/2016``, and days
    ``1 May 2016``, ``May 1, 2016`` or ``1.5.2016``. ``1/5/2016`` gives None, as it depends on the country.
    """
    if first := _DAY_FIRST.fullmatch(text.strip()):
        return parse_iso(f"{first['year']}-{first['month']}-{first['day']}")
    if first := _MONTH_FIRST.fullmatch(text.strip()):
        return parse_iso(f"{first['year']}-{first['month']}")
    if named := _NAMED.fullmatch(text.strip()):
        return _named(**named.groupdict())
    return _edtf(text.strip())


def _named(before: str | None, name: str, after: str | None, year: str) -> Date | None:
    """A date with the name of a season or a month; a month may have a day before or after it."""
    name = name.lower()
    if name in SEASONS:
        return None if before or after else _season(year, SEASONS[name])
    month = next((number for number, full in enumerate(_MONTH_NAMES, start=1) if full.startswith(name)), 0)
    if not month or (before and after):
        return None
    return parse_iso("-".join(filter(None, (year, str(month), before or after))))


def _edtf(text: str) -> Date | None:
    """A date in ISO 8601 or a season, ``2018-23``."""
    numbered = _NUMBERED_SEASON.fullmatch(text)
    return _season(numbered["year"], 3 * (int(numbered["number"]) - 20)) if numbered else parse_iso(text)


def _season(year: str, month: int) -> Date | None:
    return Date(int(year), month, is_season=True) if month and int(year) else None


def parse_period(text: str) -> Period | None:
    """A single date, or two dates as `ends` separates them; the second may be one of `GOES_ON`.

    The two may share their year and month: ``12–14 June 2022``, ``May–June 2022``; and two years their century where
    that is no month: ``2019/20``, and not ``2011/12``. None if it is neither.
    """
    if single := parse_date(text):
        return Period(single, single)
    if together := _together(text):
        return together
    if short := _SHORT_END.fullmatch(text.strip()):
        years = int(short[1]), int(short[1][:2] + short[2])
        return Period(*map(Date, years)) if 0 < years[0] < years[1] else None
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
    """Whether ``text`` is a period with a word or a dash between its ends, rather than a slash."""
    return bool(_BETWEEN.search(text) or _SINCE.fullmatch(text))


def ends(text: str) -> tuple[str, str | None]:
    """The start and the end of a period, as written; a slash, a dash or a word is between them.

    The end is None if ``text`` is no period, and empty if it says that it goes on, as in ``since 2020``.
    """
    since = _SINCE.fullmatch(text.strip())
    first, *rest = _BETWEEN.split(since[1] if since else text.strip(), maxsplit=1)
    if not (rest or since) and text.count("/") == 1:
        first, *rest = text.split("/")
    return first.strip(), rest[0].strip() if rest else "" if since else None


def month_number(text: str) -> int:
    """The number of a month that is given as a number or by its name; 0 if it is neither.

    English names may be shortened to three letters or more; other languages have abbreviations of their own.
    """
    text = text.strip().strip(".").lower()
    if text.isascii() and text.isdigit():
        return int(text) if len(text) <= 2 and 1 <= int(text) <= 12 else 0
    if text[:3] in _MONTHS:
        return _MONTHS.index(text[:3]) + 1
    return foreign_months().get(text, 0) if len(text) >= 3 else 0


def _in_month(year: int, month: str) -> Date:
    """A date in ``year``; ``month`` may be ``May``, ``Spring`` or, as in BibTeX's own files, ``May 4`` or ``4 May``.

    If it has several days, months or seasons, the first one counts.
    """
    month = month.strip().replace("~", " ")
    start, *end = (part.strip() for part in _TO.split(month, maxsplit=1))
    name = _MONTH_IN.search(end[0]) if end and not _MONTH_IN.search(start) else None
    month = f"{start} {name[0]}".strip() if name else start
    season = month.lower().rstrip(".")
    if number := SEASONS.get(FOREIGN_SEASONS.get(season, season)):
        return Date(year, number, is_season=True)
    found = _DAY_OF_MONTH.fullmatch(month)
    if not found:
        return Date(year, month_number(month))
    number = month_number(found["name"])
    return parse_iso(f"{year:04}-{number:02}-{found['before'] or found['after']}") or Date(year, number)


def _year_in(text: str) -> tuple[int, str]:
    """The year in ``text``, 0 if there is none, and the words around it."""
    found = _YEAR.search(text)
    return (int(found[0]), text.replace(found[0], "", 1).strip(" ,")) if found else (0, "")


def publication_date(
    date: str, year: str, month: str, location: Location, report: Report, otherwise: str = _UNDATED
) -> Period | None:
    """When a work appeared, by the fields ``date``, or ``year`` and ``month``; None if that is not known.

    A year is found inside other words ("c. 2018", "2018a", "May 2018"). Reported as ``date_unreadable`` are a value
    without a year, a day that does not exist, an unknown month, and a range that ends before it starts. ``otherwise``
    is the fallback that is reported if there is no year.
    """

    def tell(problem: str, fallback: str = "its year counts") -> None:
        report(Diagnostic(Code.DATE_UNREADABLE, location, problem, fallback))

    for text in filter(None, (date, year)):
        first = text.split("/")[0].strip()
        exact = _edtf(first)
        if exact and exact.month:
            return _until(exact, text, tell)
        number, around = (exact.year, "") if exact else _year_in(text)
        if number:
            if not exact and _ISO.fullmatch(first):
                tell(f"{first!r} does not exist in the calendar")
            result = _in_month(number, month or around)
            if around and not (month or result.month) and (found := _period_in(text)):
                return found
            if _SAYS.search(month) and not result.month:
                tell(f"there is no month in {month!r}")
            return _until(result, text, tell)
    if date or year:
        tell(f"there is no year in {date or year!r}", otherwise)
    return None


def on_day(period: Period, day: str, location: Location, report: Report) -> Period:
    """``period`` with the field ``day`` that IEEE's styles have beside ``month``; as it was if that is no such day."""
    start = period.start
    if not day or not start.month or start.day or start.is_season or period.end != start:
        return period
    exact = parse_iso(f"{start}-{day.zfill(2)}")
    if exact:
        return Period(exact, exact)
    report(Diagnostic(Code.DATE_UNREADABLE, location, f"there is no day {day!r} in {start}", "its month counts"))
    return period


def _period_in(text: str) -> Period | None:
    """The period in ``text`` by the rules for pages, if it is more exact than a year, such as ``12.06.2022``."""
    found = parse_period(text)
    if not found or not found.start.month or found.start.is_season or (found.end and found.end < found.start):
        return None
    return found


def _until(start: Date, text: str, tell: Callable[[str, str], None]) -> Period:
    """From ``start`` to the end of ``text`` if that is a range, such as ``2005/2010``, ``2005--2010`` or ``2005/``."""
    found = None if len(text) == _FIGURES else _RANGE.fullmatch(text)
    if not found:
        return Period(start, start)
    if found["end"] in _OPEN:
        return Period(start, None)
    end = _edtf(found["end"])
    if not end:
        return Period(start, start)
    # An end that is known less exactly than the start may still be later: compare with its last day.
    if (end.year, end.month or 12, end.day or 31) < (start.year, start.month, start.day):
        tell(f"{text!r} ends before it starts", "its start counts")
        return Period(start, start)
    return Period(start, end)
