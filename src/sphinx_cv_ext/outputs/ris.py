"""Publications as RIS, which EndNote, Zotero, Mendeley and other reference managers import.

The tags are those of Research Information Systems' "RIS Format Specifications" of 2011. Where it has several for
one thing, the one stands here that Zotero's translator (https://github.com/zotero/translators, RIS.js) and EndNote
read for that type. UTF-8, as all of them expect by now.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sphinx_cv_ext.model.dates import Date
from sphinx_cv_ext.model.people import Name
from sphinx_cv_ext.model.publication import Publication
from sphinx_cv_ext.model.text import plain
from sphinx_cv_ext.outputs.lines import one_line, plain_line
from sphinx_cv_ext.outputs.parts import (
    address,
    container,
    edition,
    eprint,
    eprint_number,
    event,
    family,
    genre,
    is_in_journal,
    publisher,
    volume,
)

TYPES: dict[str, str] = {
    "article": "JOUR",
    "conference": "CONF",
    "workshop": "CONF",
    "preprint": "UNPB",
    "book": "BOOK",
    "chapter": "CHAP",
    "proceedings": "BOOK",
    "thesis": "THES",
    "report": "RPRT",
    "patent": "PAT",
    "dataset": "DATA",
    "software": "COMP",
    "talk": "SLIDE",
    "other": "GEN",
}
"""The reference type of each of our types; no workshop, preprint or talk has one of its own in all programs."""

_NO_ASTERISK = ("AU", "A2", "ED", "KW", "T2", "C3", "J2")


def record(publication: Publication) -> str:
    """One publication as a record, a line for each value, lines ended by CR and LF."""
    lines = []
    for tag, value in _tags(publication):
        # The specification does not allow the asterisk in names, keywords and titles of periodicals.
        allowed = value.replace("*", "") if tag in _NO_ASTERISK else value
        clean = one_line(allowed)
        if clean:
            lines.append(f"{tag}  - {clean}")
    return "".join(f"{line}\r\n" for line in (*lines, "ER  - "))


def _tags(publication: Publication) -> Iterator[tuple[str, str]]:
    details, kind = publication.details, publication.type.name
    yield "TY", TYPES[kind]
    yield "ID", publication.key
    for author in publication.authors:
        yield ("ED" if publication.are_editors else "AU"), _name(author.name)
    if publication.et_al:
        yield ("ED" if publication.are_editors else "AU"), "et al.,"
    yield "TI", plain_line(publication.title)
    yield "T2", container(publication) or event(publication)
    # Where programs tell a conference from its proceedings, these are C3 and T2; all others read T2 alone.
    yield "C3", container(publication) if TYPES[kind] == "CONF" and publication.venue.field == "booktitle" else ""
    yield "J2", publication.venue.short if TYPES[kind] == "JOUR" else ""
    for editor in publication.editors:
        yield ("A2" if container(publication) else "ED"), _name(editor)
    # The series of a book is its second title, that of a part the third.
    yield ("T3" if container(publication) else "T2"), details.series
    if publication.date:
        yield "PY", f"{publication.date.year:04d}"
        yield "DA", _date(publication.date)
    yield "VL", volume(publication)
    yield ("SN" if kind in ("report", "patent") else "IS"), details.number
    first, last = _pages(details.pages or details.eid)
    yield "SP", first
    yield "EP", last
    yield "ET", edition(publication)
    yield "PB", publisher(publication)
    yield "CY", details.location
    yield "M3", genre(publication)
    yield "SN", (details.issn or details.isbn) if is_in_journal(publication) else (details.isbn or details.issn)
    yield "DO", details.doi
    yield "UR", address(publication)
    for link in publication.links:
        if link.kind.name == "pdf":
            yield "L1", link.url
    yield "DB", eprint(publication)[0]
    yield "AN", eprint_number(publication)
    yield "LA", publication.language
    for keyword in publication.keywords:
        yield "KW", keyword
    yield "N1", publication.state
    for remark in publication.remarks:
        yield "N1", plain(remark)
    yield "AB", plain(publication.abstract)


def _name(name: Name) -> str:
    """``Family, Given, Suffix``; a group has a comma behind it, for EndNote would take its last word for a family."""
    parts = (family(name), name.given, *filter(None, [name.suffix]))
    return ", ".join(parts)


def _date(date: Date) -> str:
    """``YYYY/MM/DD/``, in which unknown parts are empty; nothing for a year alone, which has a tag of its own."""
    if not date.month:
        return ""
    return f"{date.year:04d}/{date.month:02d}/{f'{date.day:02d}' if date.day else ''}/"


def _pages(pages: str) -> tuple[str, str]:
    """The first and the last page of one range; anything else stays whole."""
    first, dash, last = pages.partition("–")
    is_range = dash and not re.search("[–,;]", last) and "," not in first
    return (first, last) if is_range else (pages, "")
