"""Makes publications of raw .bib entries; those known from the last build are taken from memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from sphinx_cv_ext.diagnostics import Diagnostic, Report
from sphinx_cv_ext.model.dates import Period
from sphinx_cv_ext.model.naming import anchors, citing_labels
from sphinx_cv_ext.model.publication import Publication
from sphinx_cv_ext.model.yes_or_no import reported
from sphinx_cv_ext.sources.authors import is_authored, read_authors
from sphinx_cv_ext.sources.credits import editor_type, read_credits
from sphinx_cv_ext.sources.dates import on_day, publication_date
from sphinx_cv_ext.sources.details import read_details
from sphinx_cv_ext.sources.entry_types import entry_type_of, publication_type
from sphinx_cv_ext.sources.fields import listed
from sphinx_cv_ext.sources.kinds import Kinds
from sphinx_cv_ext.sources.languages import language_tag
from sphinx_cv_ext.sources.latex import decode, decode_plain
from sphinx_cv_ext.sources.link_fields import read_links, read_preview
from sphinx_cv_ext.sources.links import Files
from sphinx_cv_ext.sources.memory import Given, Memory, Reading, Work
from sphinx_cv_ext.sources.raw import RawEntry
from sphinx_cv_ext.sources.remarks import Said
from sphinx_cv_ext.sources.states import check_state, is_state, read_state
from sphinx_cv_ext.sources.titles import read_title
from sphinx_cv_ext.sources.venues import read_venue

_SHORT_TITLE = ("shorthand", "label", "shorttitle")


Read = tuple[Work, list[Diagnostic]]
"""The result of reading an entry, and what there is to report about it."""

Share = Callable[[Callable[[Sequence[Given]], list[Read]], Sequence[Given]], list[Read]]
"""Runs a function that reads entries, perhaps for some entries at a time, and returns all results in order."""


def read_publications(
    entries: Sequence[RawEntry],
    files: Callable[[RawEntry], Files],
    report: Report,
    last: Reading,
    kinds: Kinds,
    share: Share,
) -> list[Work]:
    """The publications that ``entries`` describe, in their order.

    ``entries`` have already inherited from their parents; ``files`` gives the places for the local files of each. A
    wrong value is reported at the place of its field, and the publication goes without it. Works that are known from
    ``last`` are not read again; ``share`` runs the function that reads the others.
    """
    anchor_of = anchors([entry.key for entry in entries])
    memory = Memory(last, repr(kinds))
    given = [memory.given(entry, anchor_of[entry.key], files(entry)) for entry in entries]
    known = [memory.work(one) for one in given]
    read = iter(share(partial(_read, kinds), [one for one, work in zip(given, known, strict=True) if not work]))
    works = [work or _told(*next(read), report) for work in known]
    short = {entry.key: decode_plain(entry.first(_SHORT_TITLE)) for entry in entries}
    labels = citing_labels([work.publication for work in works], short)
    return [work.settled(entry.location, labels[entry.key]) for work, entry in zip(works, entries, strict=True)]


def _read(kinds: Kinds, given: Sequence[Given]) -> list[Read]:
    drafts = [_Draft(kinds, one) for one in given]
    # Each step is done for all entries before the next, so that its code and data stay in the processor's caches.
    for step in _STEPS:
        for draft in drafts:
            step(draft)
    return [draft.read() for draft in drafts]


def _told(work: Work, told: Sequence[Diagnostic], report: Report) -> Work:
    for diagnostic in told:
        report(diagnostic)
    return work


class _Draft:
    """A publication while it is being read. Its methods up to `links` are the `_STEPS`, in that order."""

    def __init__(self, kinds: Kinds, given: Given) -> None:
        self._kinds = kinds
        self._given = given
        self._entry = given.entry
        self._entry_type = entry_type_of(given.entry)
        self._told: list[Diagnostic] = []
        self._report = self._told.append

    def authors(self) -> None:
        self._authors, self._et_al = read_authors(self._entry, self._report)

    def venue(self) -> None:
        check_state(self._entry, self._report)
        self._said = Said(self._entry, self._report, self._kinds.awards)
        self._venue = read_venue(self._entry, self._entry_type, self._said)

    def credits(self) -> None:
        self._credits = read_credits(self._entry, self._authors, self._report)

    def date(self) -> None:
        self._span = _date(self._entry, self._report)
        self._original = _original_date(self._entry, self._report)

    def title(self) -> None:
        self._title = read_title(self._entry)

    def abstract(self) -> None:
        self._abstract = decode(self._entry.get("abstract"))

    def details(self) -> None:
        entry = self._entry
        self._details = read_details(entry)
        self._keywords = listed([decode_plain(entry.get("keywords"))])
        self._remarks = tuple(decode(text) for text in self._said.remarks)
        said, where = entry.get("selected"), entry.where("selected")
        self._selected = bool(said) and reported(said, "the field 'selected'", False, where, self._report)

    def links(self) -> None:
        files = self._given.files
        looked_for = len(files.looked_for)
        self._links = read_links(self._entry, files, self._report, self._kinds.links)
        self._preview = read_preview(self._entry, files, self._report)
        self._found = tuple(files.looked_for[looked_for:])

    def read(self) -> Read:
        """The result, after all steps."""
        return Work(self._publication(), self._given.source(), self._found, not self._told), self._told

    def _publication(self) -> Publication:
        entry, span = self._entry, self._span
        return Publication(
            key=entry.key,
            anchor=self._given.anchor,
            entry_type=entry.type,
            type=publication_type(entry, self._entry_type),
            title=self._title,
            authors=self._authors,
            et_al=self._et_al,
            venue=self._venue,
            details=self._details,
            date=span.start if span else None,
            span=span if span and span.start != span.end else None,
            original_date=self._original.start if self._original else None,
            citing_label="",
            location=entry.location,
            state=read_state(entry),
            language=language_tag(entry.get("langid") or entry.get("language")),
            original_language=language_tag(entry.get("origlanguage")) if "origlanguage" in entry.fields else "",
            acceptance=self._said.acceptance,
            awards=self._said.awards,
            links=self._links,
            preview=self._preview,
            keywords=self._keywords,
            remarks=self._remarks,
            abstract=self._abstract,
            part="author" if is_authored(entry) or not self._authors else editor_type(entry, "editor"),
            credits=self._credits,
            selected=self._selected,
        )


_STEPS = (
    *(_Draft.authors, _Draft.venue, _Draft.credits, _Draft.date),
    *(_Draft.title, _Draft.abstract, _Draft.details, _Draft.links),
)


def _date(entry: RawEntry, report: Report) -> Period | None:
    where = entry.where("date" if entry.get("date") else "year")
    date, year = ("" if is_state(entry.get(field)) else entry.get(field) for field in ("date", "year"))
    found = publication_date(date, year, entry.get("month"), where, report)
    if not found or "day" not in entry.fields:
        return found
    return on_day(found, entry.get("day").strip(), entry.where("day"), report)


def _original_date(entry: RawEntry, report: Report) -> Period | None:
    """When the original of a translation or a reprint came out."""
    text = entry.get("origdate") if "origdate" in entry.fields else ""
    return publication_date(text, "", "", entry.where("origdate"), report, "it is left out") if text else None
