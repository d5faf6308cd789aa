"""Turns dates of other tools into dates for dated entries."""

from __future__ import annotations

import re

from sphinx_cv_ext.diagnostics import Location
from sphinx_cv_ext.importers.imported import Finding, Report
from sphinx_cv_ext.sources.dates import GOES_ON, ends, parse_date, parse_period


def date(text: str) -> str:
    """``text`` as a date for a dated entry, or ``present``; empty if it is neither."""
    text = text.strip()
    if text and text.lower() in GOES_ON:
        return "present"
    text = re.sub(r"[T ]\d\d:\d\d.*$", "", text)
    if re.fullmatch(r"\d{4}/\d{1,2}(?:/\d{1,2})?", text):
        text = text.replace("/", "-")
    found = parse_date(text)
    return str(found) if found else ""


def period(start: str, end: str, location: Location, report: Report, goes_on: bool = False) -> str:
    """The argument of a dated entry: a date, or two with a slash. If it cannot be made, empty with a report.

    ``goes_on`` is whether something that has begun and has no end still goes on.
    """
    if not start and not end:
        return ""
    if goes_on and start and not end:
        end = "present"
    if start and not end and not date(start):
        start, last = ends(start)
        end = "present" if last == "" else last or ""
    dates = [date(text) for text in (start or end, end) if text]
    found = "/".join(dict.fromkeys(dates)) if all(dates) and dates[0] != "present" else ""
    parsed = parse_period(found) if found else None
    if not parsed or (parsed.end and parsed.end < parsed.start):
        report(Finding(location, f"{' to '.join(filter(None, (start, end)))!r} is not a date; the entry has none"))
        return ""
    return found
