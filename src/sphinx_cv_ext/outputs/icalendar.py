"""Talks as a calendar (RFC 5545): all-day events, for those whose day is known."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from sphinx_cv_ext.model.cv import Entry
from sphinx_cv_ext.model.dates import Date
from sphinx_cv_ext.outputs.lines import plain_line

_PRODUCT = "-//sphinx_cv_ext//talks//EN"


def events(entries: Iterable[Entry]) -> list[Entry]:
    """The talks that can be in a calendar: those whose first and last day are known."""
    return [entry for entry in entries if entry.kind.name == "talk" and _days(entry)]


def calendar(entries: Iterable[Entry], title: str, address: str) -> str:
    """The whole file; ``address`` is that of the site, with a slash at its end, or empty."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_PRODUCT}"]
    # RFC 7986, section 5.1, and the property that older programs read.
    lines += [f"NAME:{_escaped(title)}", f"X-WR-CALNAME:{_escaped(title)}"]
    lines += [line for entry in events(entries) for line in _event(entry, address)]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(entry: Entry, address: str) -> Iterator[str]:
    days = _days(entry)
    assert days
    first, last = days
    # Imported here because it is slow, as it inspects the machine, and most sites do not need it.
    import uuid

    # The page and the id identify the entry, as long as it is not moved.
    uid = uuid.uuid5(uuid.NAMESPACE_URL, f"{address}{entry.docname}#{entry.target}")
    yield from ("BEGIN:VEVENT", f"UID:{uid}", f"DTSTAMP:{first:%Y%m%d}T000000Z")
    yield f"DTSTART;VALUE=DATE:{first:%Y%m%d}"
    # Section 3.6.1: DTEND is the day after the last day.
    yield f"DTEND;VALUE=DATE:{last + datetime.timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(plain_line(entry.what) or plain_line(entry.where))}"
    place = ", ".join(filter(None, (plain_line(entry.where) if entry.what else "", plain_line(entry.place))))
    if place:
        yield f"LOCATION:{_escaped(place)}"
    if entry.url:
        yield f"URL:{entry.url}"
    yield from ("TRANSP:TRANSPARENT", "END:VEVENT")


def _days(entry: Entry) -> tuple[datetime.date, datetime.date] | None:
    period = entry.period
    if not period or not period.end or not (period.start.day and period.end.day):
        return None
    first, last = _day(period.start), _day(period.end)
    return (first, last) if last < datetime.date.max else None


def _day(date: Date) -> datetime.date:
    return datetime.date(date.year, date.month, date.day)


def _escaped(text: str) -> str:
    """A text escaped as in section 3.3.11; it must not have line ends."""
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> str:
    """Section 3.1: no line longer than 75 octets, and none broken inside a character."""
    found, length = [""], 0
    for character in line:
        octets = len(character.encode("utf-8", "replace"))
        if length + octets > 75:
            found.append(" ")
            length = 1
        found[-1] += character
        length += octets
    return "\r\n".join(found)
