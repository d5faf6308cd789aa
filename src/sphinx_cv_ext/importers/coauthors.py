"""Puts ``cv_people`` together: the people with whom somebody writes, and where their names lead."""

from __future__ import annotations

from collections.abc import Sequence

from sphinx_cv_ext.diagnostics import Diagnostic, Location
from sphinx_cv_ext.importers.imported import Finding, People, Person, Report
from sphinx_cv_ext.importers.markup import unmarked
from sphinx_cv_ext.model.links import LINK_KINDS
from sphinx_cv_ext.sources.links import Files, identifier, parse_link


class PeopleDraft:
    """The people while they are put together; whoever cannot be taken over is reported."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self.made: People = {}

    def put(self, names: Sequence[str], address: str, location: Location, orcid: str = "") -> None:
        """Add a person; the longest of ``names`` is the name, the others are spellings of it."""
        found = list(dict.fromkeys(filter(None, map(unmarked, names))))
        name = max(found, key=len, default="")
        known = identifier("orcid", orcid)
        problems: list[Diagnostic] = []
        link = parse_link(LINK_KINDS["website"], address, Files(), location, problems.append) if address else None
        if not name or not (link or known):
            what = problems[0].problem if problems else "there is no address" if name else "there is no name"
            self._report(Finding(location, f"a person is left out: {what}"))
        elif name in self.made:
            self._report(Finding(location, f"{name!r} left out: there is a person of that name already"))
        else:
            spellings = tuple(spelling for spelling in found if spelling != name)
            said: Person = {"url": link.url if link else "", "spellings": spellings, "orcid": known}
            given = {key: value for key, value in said.items() if value}
            self.made[name] = link.url if link and len(given) == 1 else given
