"""A publication: everything that a page, an export or a feed may say of it, resolved and decoded."""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import field
from functools import wraps
from typing import TypeVar

from sphinx_cv_ext.diagnostics import Location
from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.credits import Credit
from sphinx_cv_ext.model.dates import Date, Period
from sphinx_cv_ext.model.links import Link
from sphinx_cv_ext.model.people import Author, Name
from sphinx_cv_ext.model.rates import Rate
from sphinx_cv_ext.model.text import RichText, plain


@frozen
class PublicationType:
    """What a publication is, in the words of a CV's headings; ``letters`` number it there: ``J3``."""

    name: str
    label: str
    plural: str
    letters: str


PUBLICATION_TYPES: dict[str, PublicationType] = {
    kind.name: kind
    for kind in (
        PublicationType("article", "Journal article", "Journal articles", "J"),
        PublicationType("conference", "Conference paper", "Conference papers", "C"),
        PublicationType("workshop", "Workshop paper", "Workshop papers", "W"),
        PublicationType("preprint", "Preprint", "Preprints", "P"),
        PublicationType("book", "Book", "Books", "B"),
        PublicationType("chapter", "Book chapter", "Book chapters", "BC"),
        PublicationType("proceedings", "Proceedings", "Proceedings", "E"),
        PublicationType("thesis", "Thesis", "Theses", "T"),
        PublicationType("report", "Technical report", "Technical reports", "R"),
        PublicationType("patent", "Patent", "Patents", "PT"),
        PublicationType("dataset", "Dataset", "Datasets", "D"),
        PublicationType("software", "Software", "Software", "S"),
        PublicationType("talk", "Talk", "Talks", "TK"),
        PublicationType("magazine", "Magazine article", "Magazine articles", "M"),
        PublicationType("newspaper", "Newspaper article", "Newspaper articles", "N"),
        PublicationType("other", "Other", "Other publications", "O"),
    )
}
"""Every type of publication, in the order of their groups on a page."""


class Stage(enum.Enum):
    """How far a work has come that has not simply appeared."""

    UNWRITTEN = enum.auto()
    SUBMITTED = enum.auto()
    ACCEPTED = enum.auto()


STATES: dict[str, Stage | None] = {
    **dict.fromkeys(("in preparation", "in progress", "to be submitted"), Stage.UNWRITTEN),
    **dict.fromkeys(("submitted", "submitted for publication", "submitted for review"), Stage.SUBMITTED),
    **dict.fromkeys(("under submission", "under review", "in review", "under revision"), Stage.SUBMITTED),
    **dict.fromkeys(("accepted", "accepted for publication", "to appear", "to be published"), Stage.ACCEPTED),
    **dict.fromkeys(("forthcoming", "in press"), Stage.ACCEPTED),
    **dict.fromkeys(("accepted for review", "online first", "published online first", "early access"), None),
    **dict.fromkeys(("published online", "preprint"), None),
}
"""The states of a work that have words of ours, and the stage that they tell of; any other is shown as it is given."""


@frozen
class AwardKind:
    """A kind of award: what its badge looks like, and how it is told from others.

    ``pattern`` is a regular expression for words in the names of such awards, in any case. The star on their badges is
    full or, without ``full_star``, empty; ``tone`` is one of `TONES`.
    """

    name: str
    pattern: str
    full_star: bool = True
    tone: str = "gold"


TONES = ("gold", "green", "blue")
"""The colours of badges, which the stylesheet and `outputs/card.typ` mix for themselves."""

AWARD_KINDS: dict[str, AwardKind] = {
    kind.name: kind
    for kind in (
        AwardKind(
            "nomination",
            r"nomin|finalist|runner.?up|hono[u]?rable|mention|candidate|short.?list",
            full_star=False,
        ),
        AwardKind("presentation", r"\boral\b|spotlight|highlight|long talk|notable|featured|plenary"),
        AwardKind("award", ""),
    )
}
"""Every kind of award: that the work came close, was picked for a stage, or won. The first that fits a name is it."""


@frozen
class Award:
    """An award or a distinction, how many got it, and a safe URL that shows it; the last two may be missing."""

    name: str
    kind: AwardKind
    rate: Rate | None = None
    url: str = ""


@frozen
class Venue:
    """Where a work appeared, its full and its short name as plain text: a journal, conference, school or publisher.

    ``field`` is the BibTeX field that named it.
    """

    name: str = ""
    short: str = ""
    field: str = ""

    @property
    def shortest(self) -> str:
        """The short name, or the full one where there is no other."""
        return self.short or self.name


JOURNAL_FIELDS = ("journal", "journaltitle")
BOOK_FIELDS = ("booktitle", "eventtitle", "maintitle")
"""The fields that name what a work is part of; every other field of a venue names who brought it out."""
SCHOOL_FIELDS = ("institution", "school")
"""The fields that name where a thesis or a report was written."""


@frozen
class Details:
    """What else identifies a work, as plain text under the names of biblatex's fields, all of it optional.

    ``pages`` has an en dash in a range. Identifiers are bare: ``doi`` without a URL, ``eprint`` without a prefix.
    ``origtitle`` is that of what is translated. ``issue`` is the name of one that has a ``number`` as well; without a
    number its name is that.
    """

    volume: str = ""
    number: str = ""
    issue: str = ""
    pages: str = ""
    chapter: str = ""
    edition: str = ""
    version: str = ""
    series: str = ""
    maintitle: str = ""
    eid: str = ""
    publisher: str = ""
    organization: str = ""
    location: str = ""
    type: str = ""
    doi: str = ""
    eprint: str = ""
    eprinttype: str = ""
    eprintclass: str = ""
    isbn: str = ""
    issn: str = ""
    origtitle: str = ""
    entrysubtype: str = ""
    issuetitle: str = ""


@frozen
class Publication:
    """One publication.

    ``entry_type`` is the BibTeX type as written. ``anchor`` is its name in addresses: lower-case ASCII,
    unique in its library. ``authors`` are the editors of a work that names no author: ``part`` is what they did,
    "author", "editor", "compiler" or whatever the entry says. ``credits`` are all others, by what they did for it or
    for the book that it is part of. ``et_al`` is true where the source's list of authors ends in "and others".
    ``state`` is biblatex's ``pubstate`` in words ("in press"), ``language`` an RFC 5646 tag, and ``original_language``
    that of the language from which a translation is. ``remarks`` are what is left of ``note`` and the like, one each.
    ``citing_label`` is what ``{cite}`` shows. ``preview`` is the absolute path of a picture. ``span`` is a range of
    dates, of which ``date`` is the start. ``original_date`` is that of what is translated or printed again.
    """

    key: str
    anchor: str
    entry_type: str
    type: PublicationType
    title: RichText
    authors: tuple[Author, ...]
    et_al: bool
    venue: Venue
    details: Details
    date: Date | None
    citing_label: str
    # Where it stands is not what it is: an entry that moved down a line is the same publication.
    location: Location = field(repr=False, compare=False)
    state: str = ""
    language: str = ""
    acceptance: Rate | None = None
    awards: tuple[Award, ...] = ()
    links: tuple[Link, ...] = ()
    keywords: tuple[str, ...] = ()
    remarks: tuple[RichText, ...] = ()
    abstract: RichText = ()
    part: str = "author"
    credits: tuple[Credit, ...] = ()
    selected: bool = False
    preview: str = ""
    original_language: str = ""
    span: Period | None = None
    original_date: Date | None = None

    @property
    def are_editors(self) -> bool:
        """Whether those in the authors' place are none."""
        return self.part != "author"

    @property
    def people(self) -> tuple[Author, ...]:
        """Everybody who is named, the authors first."""
        return (*self.authors, *(person for credit in self.credits for person in credit.people))

    @property
    def own_credits(self) -> tuple[Credit, ...]:
        """What was done for the work itself."""
        found = self.credits
        return found and tuple([credit for credit in found if self.type.name not in credit.role.part_types])

    @property
    def credits_of_whole(self) -> tuple[Credit, ...]:
        """What was done for the book, or the issue, that it is part of."""
        found = self.credits
        return found and tuple([credit for credit in found if self.type.name in credit.role.part_types])

    def credited(self, role: str) -> tuple[Name, ...]:
        """The names of those who, beside the authors, have a role."""
        for credit in self.credits:
            if credit.role.name == role:
                return credit.names
        return ()

    @property
    def plain_title(self) -> str:
        """The title's characters without markup, formulas as their source: to compare and to sort by.

        What people read is `sphinx_cv_ext.outputs.lines.title_line`.
        """
        return _plain_title(self)

    @property
    def files(self) -> tuple[str, ...]:
        """The local files that go with it: those that its links lead to, and its picture."""
        return tuple(filter(None, (*(link.file for link in self.links), self.preview)))

    @property
    def year(self) -> int:
        """The year of publication, 0 where it is not known."""
        return self.date.year if self.date else 0

    @property
    def occasion(self) -> str:
        """Its venue, by the short name where it has one, and its year: ``NeurIPS 2017``."""
        return " ".join(filter(None, (self.venue.shortest, self.years)))

    @property
    def years(self) -> str:
        """The year in figures, or the years of a range, ``2005–2010``; empty where it is not known."""
        if not self.date:
            return ""
        if not (self.span and self.spans_years):
            return str(self.date.year)
        return f"{self.date.year}–{self.span.end.year if self.span.end else ''}"

    @property
    def spans_years(self) -> bool:
        """Whether it appeared in more than one year."""
        return bool(self.span and (not self.span.end or self.span.end.year != self.span.start.year))

    @property
    def is_forthcoming(self) -> bool:
        """Whether its state stands in place of a date that is still to come; what is a preprint or online is out."""
        return not self.date and bool(self.state) and STATES.get(self.state, Stage.ACCEPTED) is not None


_Value = TypeVar("_Value")


def once_per_publication(function: Callable[[Publication], _Value]) -> Callable[[Publication], _Value]:
    """Makes a function of a publication remember its last value.

    A publication is written in one format after another, and they have much in common. It is the very same object
    then: to compare two, or to hash one, takes longer than most of what there is to remember.
    """
    last: tuple[Publication, _Value] | None = None

    @wraps(function)
    def remembered(publication: Publication) -> _Value:
        nonlocal last
        found = last
        if not found or found[0] is not publication:
            found = last = (publication, function(publication))
        return found[1]

    return remembered


_plain_title = once_per_publication(lambda publication: plain(publication.title))
