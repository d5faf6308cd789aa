"""Publications as CSL-JSON, which Zotero, pandoc and every processor of the Citation Style Language read.

Schema 1.0.2, https://github.com/citation-style-language/schema; what each variable means is said in appendix IV
of https://docs.citationstyles.org/en/stable/specification.html.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from sphinx_cv_ext.model.dates import Date
from sphinx_cv_ext.model.people import Name
from sphinx_cv_ext.model.publication import Publication
from sphinx_cv_ext.model.text import Inline, Linked, Math, RichText, Style, Styled, Text, plain
from sphinx_cv_ext.outputs.parts import (
    address,
    container,
    edition,
    eprint,
    eprint_number,
    event,
    genre,
    is_in_journal,
    is_undivided,
    publisher,
    volume,
)
from sphinx_cv_ext.outputs.plain_math import characters

Json = str | int | list["Json"] | dict[str, "Json"]

# CSL specification, appendix III. Zotero, too, takes "article" for a preprint.
TYPES: dict[str, str] = {
    "article": "article-journal",
    "conference": "paper-conference",
    "workshop": "paper-conference",
    "preprint": "article",
    "book": "book",
    "chapter": "chapter",
    "proceedings": "book",
    "thesis": "thesis",
    "report": "report",
    "patent": "patent",
    "dataset": "dataset",
    "software": "software",
    "talk": "speech",
    "other": "document",
}
"""The CSL type of each of our types."""

# https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html#html-like-formatting-tags
_TAGS = {
    Style.EMPHASIS: ("<i>", "</i>"),
    Style.STRONG: ("<b>", "</b>"),
    Style.CODE: ("", ""),
    Style.SMALL_CAPS: ('<span style="font-variant:small-caps;">', "</span>"),
    Style.SUBSCRIPT: ("<sub>", "</sub>"),
    Style.SUPERSCRIPT: ("<sup>", "</sup>"),
    Style.PROTECTED: ('<span class="nocase">', "</span>"),
}


def text(publications: Iterable[Publication]) -> str:
    """The publications as one JSON array, in their order."""
    return join(map(entry, publications))


def entry(publication: Publication) -> str:
    """One publication as it stands in the array, a level in."""
    lines = json.dumps(item(publication), ensure_ascii=False, indent=2).split("\n")
    return "  " + "\n  ".join(lines)


def join(entries: Iterable[str]) -> str:
    """The array of such entries."""
    items = ",\n".join(entries)
    return f"[\n{items}\n]\n" if items else "[]\n"


def item(publication: Publication) -> dict[str, Json]:
    """One publication as a CSL item; what is not known is left out."""
    return {name: value for name, value in _variables(publication) if value}


def _variables(publication: Publication) -> Iterator[tuple[str, Json]]:
    details, venue, kind = publication.details, publication.venue, publication.type.name
    repository, identifier = eprint(publication)
    people = _names([author.name for author in publication.authors], et_al=publication.et_al)
    yield "id", publication.key
    yield "type", TYPES[kind]
    yield ("editor" if publication.are_editors else "author"), people
    yield "title", markup(publication.title)
    yield "container-title", container(publication)
    yield "container-title-short", venue.short if container(publication) else ""
    yield "editor", _names(publication.editors)
    yield "collection-title", details.series
    yield "event-title", event(publication) or (venue.name if venue.field == "eventtitle" else "")
    if kind == "talk":
        yield "event-place", details.location
    else:
        yield "publisher-place", details.location
    yield "publisher", publisher(publication)
    yield "issued", _date(publication.date)
    yield "volume", volume(publication)
    if is_in_journal(publication) and kind != "preprint":
        yield "issue", details.number
        yield "number", details.eid
    elif kind != "preprint":
        # A number within a series, or the work's own.
        yield ("collection-number" if details.series else "number"), details.number or details.eid
    yield "page", details.pages.replace("–", "-")
    yield "chapter-number", details.chapter
    yield "edition", edition(publication)
    yield "genre", genre(publication)
    if repository == "PubMed":
        yield "PMID", identifier
    elif kind == "preprint":
        # As Zotero writes its preprints: the repository is the publisher, the identifier the number. Styles would
        # print an "archive" as well, and so for works that appeared elsewhere, which have it in their note.
        yield "number", eprint_number(publication) or details.number
    yield "ISBN", details.isbn
    yield "ISSN", details.issn
    yield "DOI", details.doi
    yield "URL", address(publication)
    yield "status", publication.state
    yield "language", publication.language
    yield "keyword", ", ".join(publication.keywords)
    elsewhere = "" if kind == "preprint" or repository == "PubMed" else eprint_number(publication)
    yield "note", "; ".join(filter(None, (elsewhere, *(plain(remark) for remark in publication.remarks))))
    yield "abstract", plain(publication.abstract)


def _names(names: Iterable[Name], *, et_al: bool = False) -> list[Json]:
    found = [_name(name) for name in names]
    # CSL has no word for it; pandoc writes BibTeX's "and others" like this.
    return [*found, {"literal": "others"}] if et_al else found


def _name(name: Name) -> Json:
    if is_undivided(name):
        return {"literal": name.family}
    parts: dict[str, Json] = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {part: value for part, value in parts.items() if value}


def _date(date: Date | None) -> Json:
    return {"date-parts": [[part for part in (date.year, date.month, date.day) if part]]} if date else {}


def markup(rich: RichText) -> str:
    """Rich text in the tags that a CSL processor knows; links lose their address, formulas are Unicode."""
    return "".join(_inline(inline) for inline in rich)


def _inline(inline: Inline) -> str:
    match inline:
        case Text(value):
            return value
        case Math(latex):
            return characters(latex)
        case Linked(_, children):
            return markup(children)
        case Styled(style, children):
            opening, closing = _TAGS[style]
            return f"{opening}{markup(children)}{closing}"
