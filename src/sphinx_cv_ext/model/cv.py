"""What stands in a CV beside publications: dated entries, and the documents that pages put together from all of it."""

from __future__ import annotations

from dataclasses import field

from sphinx_cv_ext.diagnostics import Location
from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.dates import Period, newest_first
from sphinx_cv_ext.model.library import Selection, Years
from sphinx_cv_ext.model.links import Link
from sphinx_cv_ext.model.text import Inline, RichText


@frozen
class EntryKind:
    """A kind of dated entry: the name of its directive, and which of its parts leads.

    ``lead`` is ``where`` for what is known by its place (a job), ``what`` for what is known by its title. ``label`` is
    what one entry is, ``plural`` the heading above many. ``resume`` is the section of JSON Resume that it goes to.
    """

    name: str
    lead: str
    label: str
    plural: str
    resume: str = "projects"


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
    """Where a text cites publications, by their keys."""

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


@frozen
class Entry:
    """A dated entry; all of its parts may be missing.

    ``when`` is the date as it is written, for one that nobody could read. ``url`` is where ``what`` leads, or
    ``file``, a local one (an absolute path) that goes with the site. ``publications`` are the keys of those that it
    belongs to. It stands on the page ``docname``, under the id ``target``.
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
    people: RichText = ()
    links: tuple[Link, ...] = ()
    publications: tuple[str, ...] = ()
    body: tuple[Block, ...] = ()


def sorted_entries(entries: list[Entry]) -> list[Entry]:
    """The newest first, as `sphinx_cv_ext.model.dates.newest_first` has them."""
    return newest_first(entries, lambda entry: entry.period)


@frozen
class CvSection:
    """A section of a CV: of a kind of entries, or one of `CV_PARTS`.

    ``heading`` is empty where it has the usual one. ``limit`` is 0 for all; ``years`` are those in which an entry
    began or ended. A ``compact`` section has a line or two for each of its entries. ``selection`` says which
    publications, and ``figures`` which figures.
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
"""What a CV can have beside the kinds of entries, and its usual headings."""


@frozen
class CvPlan:
    """A CV that a page asks for: its name in addresses, its title, its paper, and its sections in their order.

    ``language`` is empty where it is that of the site.
    """

    name: str
    title: str
    paper: str
    sections: tuple[CvSection, ...]
    location: Location
    language: str = ""


PAPERS = {"a4": "a4", "letter": "us-letter"}
"""The formats of paper, and what Typst calls them."""
