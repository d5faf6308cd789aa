"""The common result of all importers: publications, dated entries, a profile and files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from pathlib import Path

from sphinx_cv_ext.diagnostics import Location
from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.links import is_safe_url
from sphinx_cv_ext.sources.raw import RawEntry


@frozen
class Finding:
    """Something in a source that was not taken over; ``is_broken`` if the source could not be read."""

    location: Location
    problem: str
    is_broken: bool = False


Report = Callable[[Finding], None]
"""The function with which an importer reports what it does not take over."""


ITEM = "- "
"""How a line of a body begins that is an item of a list."""


@frozen
class DatedEntry:
    """A dated entry for a page. ``kind`` is a key of `ENTRY_KINDS`, ``when`` the argument of its directive.

    The texts from ``what`` to ``details`` are one line of Markdown each. The ``body`` has several; a line that
    begins with `ITEM` is an item of a list. ``links`` maps kinds of links to safe addresses.
    """

    kind: str
    when: str = ""
    what: str = ""
    where: str = ""
    role: str = ""
    place: str = ""
    amount: str = ""
    people: str = ""
    details: str = ""
    links: Mapping[str, str] = field(default_factory=dict)
    body: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing that a page could show."""
        return not (self.what or self.where or self.body)


def leading(url: str) -> dict[str, str]:
    """The ``links`` of an entry whose title links to ``url``; empty if that is no safe address."""
    return {"url": url} if is_safe_url(url) else {}


Profile = dict[str, "str | tuple[str, ...] | dict[str, str]"]
"""Values for ``cv_profile``."""

Person = dict[str, "str | tuple[str, ...]"]
"""What ``cv_people`` may say of one person, if that is more than an address."""

People = dict[str, "str | Person"]
"""Values for ``cv_people``."""


@frozen
class Imported:
    """Everything in a source that a site can have.

    ``files`` maps the names of files, as fields of publications have them, to the files themselves.
    """

    works: tuple[RawEntry, ...] = ()
    entries: tuple[DatedEntry, ...] = ()
    profile: Profile = field(default_factory=dict)
    people: People = field(default_factory=dict)
    files: Mapping[str, Path] = field(default_factory=dict)

    def __or__(self, other: Imported) -> Imported:
        """The content of both; where both have a value for the profile, that of ``self`` is taken."""
        mine, others = self.profile.get("links", {}), other.profile.get("links", {})
        assert isinstance(mine, dict)
        assert isinstance(others, dict)
        links: Profile = {"links": others | mine} if mine or others else {}
        return Imported(
            self.works + other.works,
            self.entries + other.entries,
            other.profile | self.profile | links,
            other.people | self.people,
            {**other.files, **self.files},
        )
