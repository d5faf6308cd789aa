"""Dated entries, and the CVs that pages ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import TypeVar

from sphinx_cv_ext.diagnostics import Location
from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.dates import Period, newest_first
from sphinx_cv_ext.model.library import Selection, Years
from sphinx_cv_ext.model.links import Link
from sphinx_cv_ext.model.text import Inline, RichText

_Part = TypeVar("_Part")


@frozen
class EntryKind:
    """A kind of dated entry; ``name`` is that of its directive.

    ``lead`` says which part comes first: ``where`` for entries that are known by a place, such as jobs, ``what`` for
    those that are known by a title. ``label`` is the word for one entry, ``plural`` the heading above several.
    ``resume`` is the section of JSON Resume that such entries go to.
    """

    name: str
    lead: str
    label: str
    plural: str
    resume: str = "projects"

    def arranged(self, parts: Mapping[str, _Part]) -> tuple[_Part | None, list[_Part]]:
        """What comes first of an entry, None without it, and the parts that follow on one line.

        ``parts`` has them by the names of the options, in whatever form; empty ones are passed over.
        """
        names = ("where", "what") if self.lead == "where" else ("what", "where")
        first, *others = [name for name in names if parts.get(name)] or [""]
        return parts.get(first), [parts[name] for name in ("role", *others, "place", "amount") if parts.get(name)]


ENTRY_KINDS: dict[str, EntryKind] = {
    kind.name: kind
    for kind in (
        EntryKind("position", "where", "Position", "Experience", "work"),
        EntryKind("education", "where", "Education", "Education", "education"),
        EntryKind("talk", "what", "Talk", "Talks"),
        EntryKind("teaching", "what", "Course", "Teaching"),
        EntryKind("service", "what", "Service", "Service", "volunteer"),
        # Not "award": that is the badge of a publication, which needs no date.
        EntryKind("honor", "what", "Award", "Honors and awards", "awards"),
        EntryKind("media", "what", "Media", "In the media"),
        EntryKind("grant", "what", "Grant", "Grants", "awards"),
        EntryKind("project", "what", "Project", "Projects"),
    )
}
"""Every kind of dated entry."""


@frozen
class Cited:
    """A citation in a text; ``keys`` are those of the publications."""

    keys: tuple[str, ...]


EntryText = tuple[Inline | Cited, ...]


@frozen
class Paragraph:
    """A paragraph."""

    text: EntryText


@frozen
class Bullets:
    """A list; each of its items is made of blocks."""

    items: tuple[tuple[Block, ...], ...]


@frozen
class Quote:
    """What somebody else has said."""

    blocks: tuple[Block, ...]


Block = Paragraph | Bullets | Quote


def texts(blocks: Iterable[Block]) -> Iterator[EntryText]:
    """The texts of all paragraphs in ``blocks``, those in lists and quotes, too."""
    for block in blocks:
        match block:
            case Paragraph(text):
                yield text
            case Bullets(items):
                for item in items:
                    yield from texts(item)
            case Quote(inner):
                yield from texts(inner)


@frozen
class Entry:
    """A dated entry on the page ``docname``, under the id ``target``. All other parts may be missing.

    ``when`` is the date as written, if it could not be parsed. ``what`` is a link to ``url``, or to ``file``, the
    absolute path of a local file that is part of the site. ``publications`` are the keys of those that it belongs to.
    """

    kind: EntryKind
    docname: str
    target: str
    period: Period | None = None
    when: str = ""
    what: RichText = ()
    where: RichText = ()
    place: RichText = ()
    url: str = ""
    file: str = ""
    role: RichText = ()
    amount: RichText = ()
    people: RichText = ()
    details: RichText = ()
    links: tuple[Link, ...] = ()
    publications: tuple[str, ...] = ()
    body: tuple[Block, ...] = ()

    @property
    def start(self) -> str:
        """When it began, in ISO 8601; empty if that is not known."""
        return self.period.start.iso if self.period else ""

    @property
    def end(self) -> str:
        """When it ended, in ISO 8601; empty if that is not known, or if it goes on."""
        return self.period.end.iso if self.period and self.period.end else ""


@frozen
class EntrySelection:
    """Which entries are meant: of the ``kinds``, by name, that began or ended in one of ``years``, the newest first.

    Without years they are those of all years; ``limit`` is 0 for all.
    """

    kinds: tuple[str, ...]
    years: tuple[Years, ...] = ()
    limit: int = 0


def select(entries: Iterable[Entry], selection: EntrySelection, this_year: int) -> list[Entry]:
    """The entries of ``selection``. What still goes on has not ended before ``this_year``."""
    years = [span.seen_from(this_year) for span in selection.years]
    found = [entry for entry in entries if entry.kind.name in selection.kinds and _is_in(entry, years, this_year)]
    return newest_first(found, lambda entry: entry.period)[: selection.limit or None]


def _is_in(entry: Entry, years: Sequence[Years], this_year: int) -> bool:
    period = entry.period
    found = [period.start.year, period.end.year if period.end else this_year] if period else []
    return not years or any(year in span for year in found for span in years)


@frozen
class CvSection:
    """A section of a CV; ``name`` is a kind of entries or one of `CV_PARTS`.

    ``heading`` is empty for the usual one. ``limit`` is the number of entries, 0 for all, and ``years`` are those in
    which an entry began, ended or goes on. A ``compact`` section has a line or two for each entry. ``selection``
    chooses the publications of a section, and ``figures`` the figures.
    """

    name: str
    heading: str = ""
    limit: int = 0
    years: tuple[Years, ...] = ()
    compact: bool = False
    max_authors: int = 0
    selection: Selection = field(default_factory=Selection)
    figures: tuple[str, ...] = ()


CV_PARTS: dict[str, str] = {
    "profile": "Profile",
    "figures": "In figures",
    "publications": "Publications",
}
"""Sections that a CV can have beside those of entries, and their usual headings."""


@frozen
class CvPlan:
    """A CV that a page asks for: its name in addresses, its title, its paper, and its sections in their order.

    ``language`` is empty if it is that of the site.
    """

    name: str
    title: str
    paper: str
    sections: tuple[CvSection, ...]
    location: Location
    language: str = ""


PAPERS = {"a4": "a4", "letter": "us-letter"}
"""The paper formats, and Typst's names for them."""
