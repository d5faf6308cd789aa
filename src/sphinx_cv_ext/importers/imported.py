"""What an importer hands over, whatever it has read: publications, dated entries, and whose they are."""

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
    """Something in a source that was not taken over; ``is_broken`` where that is because it cannot be read."""

    location: Location
    problem: str
    is_broken: bool = False


Report = Callable[[Finding], None]
"""What an importer is handed to say what it does not take over."""


ITEM = "- "
"""How a line of a body begins that is an item of a list."""


@frozen
class DatedEntry:
    """A dated entry of a page: ``kind`` is one of `ENTRY_KINDS`, ``when`` a date or a period that it can have.

    ``what``, ``where``, ``place``, ``people`` and the ``body`` are Markdown, a line each; those of the body that begin
    with `ITEM` are items of a list. ``links`` are safe addresses by their kind.
    """

    kind: str
    when: str = ""
    what: str = ""
    where: str = ""
    place: str = ""
    people: str = ""
    links: Mapping[str, str] = field(default_factory=dict)
    body: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing that a page could show."""
        return not (self.what or self.where or self.body)


def leading(url: str) -> dict[str, str]:
    """The link under which an entry leads to ``url``; none for an address that a page may not link to."""
    return {"url": url} if is_safe_url(url) else {}


Profile = dict[str, "str | tuple[str, ...] | dict[str, str]"]
"""Values of ``cv_profile``."""


@frozen
class Imported:
    """All that a source holds and a site can have.

    ``files`` are files that fields of publications name, by the names under which they do.
    """

    works: tuple[RawEntry, ...] = ()
    entries: tuple[DatedEntry, ...] = ()
    profile: Profile = field(default_factory=dict)
    files: Mapping[str, Path] = field(default_factory=dict)

    def __or__(self, other: Imported) -> Imported:
        """Both; of values of the profile those of ``self`` stand."""
        mine, others = self.profile.get("links", {}), other.profile.get("links", {})
        assert isinstance(mine, dict)
        assert isinstance(others, dict)
        links: Profile = {"links": others | mine} if mine or others else {}
        return Imported(
            self.works + other.works,
            self.entries + other.entries,
            other.profile | self.profile | links,
            {**other.files, **self.files},
        )
