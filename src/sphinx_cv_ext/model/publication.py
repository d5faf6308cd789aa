"""A publication: everything that a page, an export or a feed may say about it, resolved and decoded."""

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
    """What a publication is, in the words of a CV's headings; ``letters`` come before its number there: ``J3``."""

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
"""Every type of publication, in the order in which a page groups them."""


class Stage(enum.Enum):
    """How far a work has come if it has not appeared yet."""

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
"""The states of a work for which we have words, with their stages; any other state is shown as it is written."""


@frozen
class AwardKind:
    """A kind of award: what its badge looks like, and how it is recognised.

    ``pattern`` is a regular expression for words in the names of such awards, in upper or lower case. The star on their
    badges is full or, without ``full_star``, empty; ``tone`` is one of `TONES`.
    """

    name: str
    pattern: str
    full_star: bool = True
    tone: str = "gold"


TONES = ("gold", "green", "blue")
"""The colours of badges; the stylesheet and `outputs/card.typ` define what each looks like."""

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
"""Every kind of award: the work came close, was picked for a special presentation, or won.

An award is of the first kind whose pattern fits its name.
"""


@frozen
class Award:
    """An award or a distinction, the share of works that got it, and a safe URL as evidence; both are optional."""

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
        """The short name, or the full name if there is none."""
        return self.short or self.name


JOURNAL_FIELDS = ("journal", "journaltitle")
BOOK_FIELDS = ("booktitle", "eventtitle", "maintitle")
"""The fields, with `JOURNAL_FIELDS`, that name what a work is part of; all other venue fields name a publisher."""
SCHOOL_FIELDS = ("institution", "school")
"""The fields that name where a thesis or a report was written."""


@frozen
class Details:
    """What else identifies a work, as plain text under the names of biblatex's fields, all of it optional.

    ``pages`` has an en dash in a range. ``bookpagination`` says what they are if they are not pages. Identifiers are
    bare: ``doi`` without a URL, ``eprint`` without a prefix. ``origtitle`` is the title of the original of a
    translation. ``issue`` is the name of an issue that also has a ``number``; if it has only a name, that is the
    ``number``.
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
    bookpagination: str = ""


@frozen
class Publication:
    """One publication.

    ``entry_type`` is the BibTeX type as written. ``anchor`` is its name in addresses: lower-case ASCII, unique in its
    library. ``authors`` are the editors (or compilers and so on) if the work names no author; ``part`` is what they
    did: "author", "editor", "compiler" or whatever the entry says. ``credits`` are all other people, by what they did
    for the work or for the book that it is part of. ``et_al`` is true if the list of authors in the source ends in "and
    others". ``state`` is biblatex's ``pubstate`` in words ("in press"). ``language`` is an RFC 5646 tag, and so is
    ``original_language``, the language from which the work was translated. ``remarks`` are what is left of ``note`` and
    similar fields, one for each. ``citing_label`` is what ``{cite}`` shows. ``preview`` is the absolute path of a
    picture. ``span`` is a range of dates that starts with ``date``. ``original_date`` is the date of the original of a
    translation or reprint.
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
    # Not compared: an entry that has moved down a line is still the same publication.
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
        """Whether those in ``authors`` are not authors but editors or the like."""
        return self.part != "author"

    @property
    def people(self) -> tuple[Author, ...]:
        """Everybody whom the entry names, authors first."""
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

    def credit(self, role: str) -> Credit | None:
        """Those who have a ``role`` other than author."""
        for credit in self.credits:
            if credit.role.name == role:
                return credit
        return None

    def credited(self, role: str) -> tuple[Name, ...]:
        """The names of those who have a ``role`` other than author."""
        credit = self.credit(role)
        return credit.names if credit else ()

    @property
    def plain_title(self) -> str:
        """The title without markup, formulas as their source, for comparing and sorting.

        For a title that people read, use `sphinx_cv_ext.outputs.lines.title_line`.
        """
        return _plain_title(self)

    @property
    def files(self) -> tuple[str, ...]:
        """The local files that belong to it: those to which its links lead, and its picture."""
        return tuple(filter(None, (*(link.file for link in self.links), self.preview)))

    @property
    def year(self) -> int:
        """The year of publication, 0 if it is not known."""
        return self.date.year if self.date else 0

    @property
    def occasion(self) -> str:
        """Its venue, by the short name if there is one, and its year: ``NeurIPS 2017``."""
        return " ".join(filter(None, (self.venue.shortest, self.years)))

    @property
    def years(self) -> str:
        """The year, or the years of a range as in ``2005–2010``; empty if it is not known."""
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
        """Whether it has a state instead of a date and is not out yet; preprints and online versions are out."""
        return not self.date and bool(self.state) and STATES.get(self.state, Stage.ACCEPTED) is not None


_Value = TypeVar("_Value")


def once_per_publication(function: Callable[[Publication], _Value]) -> Callable[[Publication], _Value]:
    """Make a function of a publication remember its last result.

    A publication is written in one format after another, and these have much in common. Publications are compared by
    identity: comparing two by value, or hashing one, takes longer than most of what is remembered.
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
