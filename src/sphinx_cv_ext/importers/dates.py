"""Dates as other tools write them, as one that a dated entry can have."""

from __future__ import annotations

import re

from sphinx_cv_ext.diagnostics import Location
from sphinx_cv_ext.importers.imported import Finding, Report
from sphinx_cv_ext.sources.dates import month_number, parse_date, parse_period

_NOW = frozenset({"present", "now", "current", "today", "ongoing"})
_NAMED_MONTH = re.compile(
    r"(?:(?P<day>\d{1,2})[.\s]+)?(?P<month>[A-Za-z]{3,9})\.?\s*(?P<after>\d{1,2})?,?\s+(?P<year>\d{4})"
)
_MONTH_FIRST = re.compile(r"(?P<month>\d{1,2})[/.](?P<year>\d{4})")
_BETWEEN = re.compile(
    r"\s+(?:-|–|—|to|until)\s+|\s*(?:–|—|--)\s*|(?<=\d{4})-(?=\d{4}|present|now|current)", re.IGNORECASE
)


def date(text: str) -> str:
    """A date in ISO 8601 or a season, ``present``, or empty where ``text`` is none of them."""
    text = text.strip()
    if text.lower() in _NOW:
        return "present"
    text = re.sub(r"[T ]\d\d:\d\d.*$", "", text)
    if re.fullmatch(r"\d{4}/\d{1,2}(?:/\d{1,2})?", text):
        text = text.replace("/", "-")
    if match := _MONTH_FIRST.fullmatch(text):
        text = f"{match['year']}-{match['month']:0>2}"
    if found := parse_date(text):
        return str(found)
    match = _NAMED_MONTH.fullmatch(text)
    number = month_number(match["month"]) if match else 0
    if not match or not number:
        return ""
    day = match["day"] or match["after"]
    exact = parse_date(f"{match['year']}-{number:02}-{day:0>2}") if day else None
    return str(exact or f"{match['year']}-{number:02}")


def period(start: str, end: str, location: Location, report: Report) -> str:
    """The argument of a dated entry: a date or two; ``end`` may be missing. Reported, and empty, if it is none."""
    if not start and not end:
        return ""
    if not end:
        first, *rest = _BETWEEN.split(start, maxsplit=1)
        start, end = first, rest[0] if rest else ""
    dates = [date(text) for text in (start or end, end) if text]
    found = "/".join(dict.fromkeys(dates)) if all(dates) and dates[0] != "present" else ""
    parsed = parse_period(found) if found else None
    if not parsed or (parsed.end and parsed.end < parsed.start):
        report(Finding(location, f"{' to '.join(filter(None, (start, end)))!r} is no date; the entry has none"))
        return ""
    return found
