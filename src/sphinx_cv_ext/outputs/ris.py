"""Publications as RIS, which EndNote, Zotero, Mendeley and other reference managers import.

The tags are those of Research Information Systems' "RIS Format Specifications" of 2011. Where these allow several, the
one is used that Zotero's translator (https://github.com/zotero/translators, RIS.js) and EndNote read for that type. The
encoding is UTF-8, which all programs expect by now.
"""

from __future__ import annotations

from collections.abc import Iterable

from sphinx_cv_ext.model.credits import ContributorRole
from sphinx_cv_ext.model.dates import Date
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.model.people import Name
from sphinx_cv_ext.model.publication import Publication
from sphinx_cv_ext.outputs.lines import abstract_text, held, plain_text, title_line
from sphinx_cv_ext.outputs.parts import (
    address,
    container,
    countries,
    credit_line,
    edition,
    eprint,
    eprint_number,
    event,
    family,
    genre,
    is_in_journal,
    is_issue,
    is_web_page,
    patent_office,
    publisher,
    volume,
    volumes,
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
    "magazine": "MGZN",
    "newspaper": "NEWS",
    "other": "GEN",
}
"""The reference type of each of our types; not all programs have one for workshops, preprints or talks."""

# Those who have a tag, or are no more than a part of the book's name.
_WITH_TAG = ("editor", "translator", "bookauthor", "holder")
_FURTHER = pattern("[–,;]")
_NO_ASTERISK = frozenset({"AU", "A2", "A4", "ED", "KW", "T2", "C3", "J2"})


def record(publication: Publication) -> str:
    """One publication as a record, with a line for each value; lines end with CR and LF."""
    lines = [f"{tag}  - {value}\r\n" for tag, value in held(_allowed(_tags(publication)))]
    return f"{''.join(lines)}ER  - \r\n"


_Tags = list[tuple[str, str]]


def _allowed(tags: _Tags) -> _Tags:
    # The specification does not allow the asterisk in names, keywords and titles of periodicals.
    return [(tag, value.replace("*", "") if tag in _NO_ASTERISK else value) for tag, value in tags if value]


def _tags(publication: Publication) -> _Tags:
    details, date, kind = publication.details, publication.date, publication.type.name
    whole, (repository, _identifier) = container(publication), eprint(publication)
    site = publisher(publication) if is_web_page(publication) else ""
    people = _names([author.name for author in publication.authors], publication.et_al)
    first, last = _pages(details.pages or details.eid)
    serial, book = details.issn, details.isbn
    return [
        ("TY", _type(publication)),
        ("ID", publication.key),
        *[("ED" if publication.part == "editor" else "AU", name) for name in people],
        ("TI", title_line(publication)),
        ("T2", whole or event(publication) or site),
        # Where programs tell a conference from its proceedings, these are C3 and T2; all others read T2 alone.
        ("C3", whole if TYPES[kind] == "CONF" and publication.venue.field == "booktitle" else ""),
        ("J2", publication.venue.short if TYPES[kind] == "JOUR" else ""),
        *[("A2" if whole else "ED", editor) for editor in _credited(publication, "editor")],
        *[("A4", translator) for translator in _credited(publication, "translator")],
        # The series of a book is its second title, that of a part the third.
        ("T3" if whole else "T2", details.series or volumes(publication)),
        ("PY", f"{date.year:04d}" if date else ""),
        ("DA", _date(date) if date else ""),
        ("VL", volume(publication)),
        ("SN" if kind in ("report", "patent") else "IS", details.number),
        ("SP", first),
        ("EP", last),
        # The version of software and data is their edition there.
        ("ET", edition(publication) or details.version),
        *_houses(publication),
        ("M3", genre(publication)),
        ("SN", (serial or book) if is_in_journal(publication) else (book or serial)),
        ("DO", details.doi),
        ("UR", address(publication)),
        *[("L1", link.url) for link in publication.links if link.kind.name == "pdf"],
        ("DB", repository),
        ("AN", eprint_number(publication)),
        ("LA", publication.language),
        *[("KW", keyword) for keyword in publication.keywords],
        ("N1", ". ".join([credit_line(credit) for credit in publication.credits if _is_noted(credit.role)])),
        ("N1", publication.state),
        *[("N1", plain_text(remark)) for remark in publication.remarks],
        ("AB", abstract_text(publication)),
    ]


def _houses(publication: Publication) -> _Tags:
    """Who published it and where; a patent has its holder there, its office and the countries in tags of their own."""
    if publication.type.name != "patent":
        return [("PB", publisher(publication)), ("CY", publication.details.location)]
    holders = ", ".join(map(str, publication.credited("holder")))
    return [("PB", holders), ("A2", patent_office(publication)), ("C3", ", ".join(countries(publication)))]


def _is_noted(role: ContributorRole) -> bool:
    return bool(role.by) and role.name not in _WITH_TAG


def _type(publication: Publication) -> str:
    if is_issue(publication):
        return "JFULL"
    return "ELEC" if is_web_page(publication) else TYPES[publication.type.name]


def _credited(publication: Publication, role: str) -> list[str]:
    credit = publication.credit(role)
    return _names(credit.names, credit.et_al) if credit else []


def _names(names: Iterable[Name], et_al: bool) -> list[str]:
    return [*map(_name, names), *(["et al.,"] if et_al else [])]


def _name(name: Name) -> str:
    """``Family, Given, Suffix``; a group ends with a comma, or EndNote would take its last word for a family name."""
    inverted = f"{family(name)}, {name.given}"
    return f"{inverted}, {name.suffix}" if name.suffix else inverted


def _date(date: Date) -> str:
    """``YYYY/MM/DD/`` with empty parts if unknown; a season is last; an empty text for a year alone."""
    if not date.month:
        return ""
    if date.is_season:
        return f"{date.year:04d}///{date.season}"
    return f"{date.year:04d}/{date.month:02d}/{f'{date.day:02d}' if date.day else ''}/"


def _pages(pages: str) -> tuple[str, str]:
    """The first and the last page of a single range; other texts are not divided."""
    first, dash, last = pages.partition("–")
    is_range = dash and not _FURTHER.search(last) and "," not in first
    return (first, last) if is_range else (pages, "")
