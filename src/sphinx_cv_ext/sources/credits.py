"""Who contributed to a publication besides its authors, read from the fields for such people."""

from __future__ import annotations

from sphinx_cv_ext.diagnostics import Report
from sphinx_cv_ext.model.credits import (
    CONTRIBUTOR_FIELDS,
    CONTRIBUTOR_ROLES,
    EDITOR_FIELDS,
    ContributorRole,
    Credit,
)
from sphinx_cv_ext.model.people import Author, Name
from sphinx_cv_ext.sources.authors import is_authored, read_contributors
from sphinx_cv_ext.sources.latex import decode_plain
from sphinx_cv_ext.sources.raw import RawEntry

_FIELDS = frozenset(CONTRIBUTOR_FIELDS)
_TYPED = frozenset(EDITOR_FIELDS)


def read_credits(entry: RawEntry, authors: tuple[Author, ...], report: Report) -> tuple[Credit, ...]:
    """Who did what for a work besides its ``authors``. The editors of a work without authors count as its authors.

    If two fields have people of the same role, they become one list. ``bookauthor`` is left out if it names the same
    people as the authors.
    """
    # Most entries have none of these fields, which is faster to check at once.
    if _FIELDS.isdisjoint(entry.fields):
        return ()
    found: dict[ContributorRole, Credit] = {}
    for field in CONTRIBUTOR_FIELDS:
        if field not in entry.fields or (field == "editor" and not is_authored(entry)):
            continue
        people, others = read_contributors(entry, field, report)
        if people and not (field == "bookauthor" and _names(people) == _names(authors)):
            name = editor_type(entry, field) if field in _TYPED else field
            role = CONTRIBUTOR_ROLES.get(name) or ContributorRole(name)
            before = found.get(role, Credit(role, ()))
            found[role] = Credit(role, before.people + people, before.et_al or others)
    return tuple(found.values())


def editor_type(entry: RawEntry, field: str) -> str:
    """What those in ``editor``, ``editora`` and so on did: "compiler" or the like, and "editor" by default."""
    name = f"{field}type"
    return (decode_plain(entry.get(name)).strip().lower() if name in entry.fields else "") or "editor"


def _names(people: tuple[Author, ...]) -> list[Name]:
    return [person.name for person in people]
