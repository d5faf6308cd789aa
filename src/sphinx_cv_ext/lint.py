"""Advice on .bib files, beyond the problems that their reader reports: each rule is a function."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches

from sphinx_cv_ext.diagnostics import Code, Diagnostic, Location
from sphinx_cv_ext.model.people import Author, folded, may_be_one
from sphinx_cv_ext.model.publication import Publication
from sphinx_cv_ext.sources import Database
from sphinx_cv_ext.sources.entry_types import ENTRY_TYPES
from sphinx_cv_ext.sources.fields import KNOWN_FIELDS, is_private
from sphinx_cv_ext.sources.inherit import NO_WORKS
from sphinx_cv_ext.sources.latex import decode_plain
from sphinx_cv_ext.sources.raw import RawEntry

_UNTOUCHED = "nothing was changed"


def advise(database: Database) -> Iterator[Diagnostic]:
    """Everything that the rules find in ``database``, rule by rule."""
    for rule in RULES:
        yield from rule(database)


def unknown_fields(database: Database) -> Iterator[Diagnostic]:
    """Unknown names of fields that look like misspelled ones. Each is reported once, at its first place."""
    known_fields = KNOWN_FIELDS | database.kinds.links.keys()
    found: dict[str, list[tuple[RawEntry, Location]]] = {}
    for entry in database.entries:
        for name, field in entry.fields.items():
            base = name.partition("+")[0]
            if base in known_fields or is_private(base) or field.location.line < entry.location.line:
                continue
            found.setdefault(base, []).append((entry, field.location))
    for name, places in found.items():
        entry, location = places[0]
        more = f" (and in {len(places) - 1} more)" if len(places) > 1 else ""
        for known in get_close_matches(name, known_fields, n=1, cutoff=0.8):
            problem = f"{entry.key}{more}: the field {name!r} is unknown (did you mean {known!r}?)"
            yield Diagnostic(Code.FIELD_UNKNOWN, location, problem, "it is not shown")


def unknown_types(database: Database) -> Iterator[Diagnostic]:
    """Types of entries that look like misspelled ones; other unknown types are allowed."""
    for entry in database.entries:
        if entry.type not in ENTRY_TYPES and entry.type not in NO_WORKS:
            for known in get_close_matches(entry.type, ENTRY_TYPES, n=1, cutoff=0.85):
                problem = f"{entry.key}: the type '@{entry.type}' is unknown (did you mean '@{known}'?)"
                taken = database.library.by_key[entry.key].type.label.lower()
                yield Diagnostic(Code.TYPE_UNKNOWN, entry.location, problem, f"it is taken for: {taken}")


def missing_titles(database: Database) -> Iterator[Diagnostic]:
    """Listed publications without a title, or with a title without words."""
    given = {entry.key: entry.get("title") for entry in database.entries}
    for publication in database.library.listed:
        # Without a title the key is shown; only where both are equal does the field have to be decoded again.
        is_key = publication.plain_title == decode_plain(publication.key)
        if is_key and not decode_plain(given[publication.key]).strip():
            problem = f"{publication.key}: there is no 'title'"
            yield Diagnostic(Code.TITLE_MISSING, publication.location, problem, "the key is shown instead")


def _missing_years(database: Database) -> Iterator[Diagnostic]:
    """Publications without a date or a state, of a type that usually has a date.

    The reader itself reports dates that cannot be parsed.
    """
    dated = {entry.key for entry in database.entries if entry.get("year") or entry.get("date")}
    for publication in database.library.listed:
        if not (publication.key in dated or publication.state or publication.type.name in _OFTEN_UNDATED):
            problem = f"{publication.key}: there is no 'year'"
            yield Diagnostic(Code.YEAR_MISSING, publication.location, problem, "it counts as undated")


_OFTEN_UNDATED = frozenset({"preprint", "software", "other"})


def _venue_spellings(database: Database) -> Iterator[Diagnostic]:
    """Venues whose names differ only in case, accents and punctuation, or if they are long in a letter or two."""
    first: dict[str, Publication] = {}
    for publication in database.library.listed:
        name = publication.venue.name
        key = folded(name)
        if not key:
            continue
        other = first.setdefault(key, publication)
        if other is publication and len(key) > 20:
            near = get_close_matches(key, [known for known in first if known != key], n=1, cutoff=0.97)
            # Names with different numbers are different, such as two years of a conference.
            other = first[near[0]] if near and not _differ_in_numbers(key, near[0]) else publication
        if other.venue.name != name:
            problem = f"{publication.key}: {name!r} is {other.venue.name!r} in {other.key} ({other.location})"
            yield Diagnostic(Code.VENUE_SPELLINGS, publication.location, problem, _UNTOUCHED)


def _differ_in_numbers(one: str, other: str) -> bool:
    return re.findall(r"\d+", one) != re.findall(r"\d+", other)


def _author_spellings(database: Database) -> Iterator[Diagnostic]:
    """Names that may belong to the same person.

    Those of the owner come first, so that every other spelling is compared with them: it may be missing in conf.py.
    """
    is_owner = database.library.owner.is_author
    found = [(publication, author) for publication in database.library.listed for author in publication.authors]
    seen: dict[tuple[str, str], dict[str, tuple[Author, Publication]]] = {}
    for publication, author in sorted(found, key=lambda pair: not is_owner(pair[1])):
        name = author.name
        given = folded(name.given)
        same_initial = seen.setdefault((folded(name.family), given[:1]), {})
        if not given or str(name) in same_initial:
            continue
        for other, first in () if is_owner(author) else same_initial.values():
            if may_be_one(given, folded(other.name.given)):
                problem = f"{publication.key}: '{name}' may be '{other.name}' in {first.key} ({first.location})"
                fallback = "it does not stand out; add it to 'spellings' of cv_profile if it is you"
                said = fallback if is_owner(other) else _UNTOUCHED
                yield Diagnostic(Code.AUTHOR_SPELLINGS, publication.location, problem, said)
                break
        same_initial[str(name)] = (author, publication)


def _listed_twice(database: Database) -> Iterator[Diagnostic]:
    """Works with the same title and first author, except a paper and a talk about it."""
    first: dict[tuple[str, str, bool], Publication] = {}
    for publication in database.library.listed:
        author = folded(publication.authors[0].name.family) if publication.authors else ""
        title = folded(publication.plain_title)
        other = first.setdefault((title, author, publication.type.name == "talk"), publication)
        if other is not publication:
            names = (publication.type.name, other.type.name)
            what, fallback = "one work", "both are shown"
            if names.count("preprint") == 1:
                what = "a preprint and its published version"
                preprint, work = sorted((publication, other), key=lambda found: found.type.name != "preprint")
                told = f"related = {{{preprint.key}}} and relatedtype = {{preprint}}"
                fallback = f"both are shown, unless {work.key} has {told}"
            problem = f"{publication.key} and {other.key} ({other.location}) have the same title: {what}?"
            yield Diagnostic(Code.LISTED_TWICE, publication.location, problem, fallback)


def examples(publications: Iterable[Publication]) -> Iterator[Diagnostic]:
    """Publications that are examples of ``sphinx-cv init``."""
    # Imported here because a build only uses `SLIPS`.
    from sphinx_cv_ext.starter import is_example

    for publication in publications:
        if is_example(publication.key, publication.plain_title):
            yield example(publication.key, publication.location)


def example(name: str, location: Location) -> Diagnostic:
    """The advice to replace the example ``name``."""
    problem = f"{name}: this is an example that sphinx-cv init wrote; replace or remove it"
    return Diagnostic(Code.EXAMPLE_LEFT, location, problem, "it is shown like your own")


def _examples(database: Database) -> Iterator[Diagnostic]:
    return examples(database.library.listed)


_Rule = Callable[[Database], Iterator[Diagnostic]]

SLIPS: tuple[_Rule, ...] = (unknown_types, unknown_fields, missing_titles)
"""The rules that a build applies as well, because something may be missing on its pages."""

RULES: tuple[_Rule, ...] = (
    *SLIPS,
    _missing_years,
    _venue_spellings,
    _author_spellings,
    _listed_twice,
    _examples,
)
"""Every rule, in the order in which they are applied."""
