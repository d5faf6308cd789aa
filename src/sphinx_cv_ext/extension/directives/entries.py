"""``{entries}``: the dated entries of all pages, in one place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from docutils import nodes

from sphinx_cv_ext.diagnostics import Code, suggestion
from sphinx_cv_ext.extension import options
from sphinx_cv_ext.extension.collected import CollectedEntries
from sphinx_cv_ext.extension.directives.base import CvDirective
from sphinx_cv_ext.extension.options import Option
from sphinx_cv_ext.extension.tables import entry_kinds
from sphinx_cv_ext.model.cv import EntrySelection

CHOOSING: dict[str, Option] = {
    "limit": Option(options.number, "show at most this many"),
    "year": Option(options.years, "years in which it began, ended or went on: `2019`, `2015-2017`, `2019-`, `last 5`"),
}
"""The options that choose among the entries of some kinds."""


class EntriesDirective(CvDirective):
    """``{entries}``: the entries of the kinds that its argument names, from all pages, the newest first."""

    takes_argument = True
    OPTIONS: ClassVar[Mapping[str, Option]] = {
        **CHOOSING,
        "compact": Option(options.flag, "only date, title and place; the title links to where the entry is written"),
    }

    def run(self) -> list[nodes.Node]:
        """A placeholder for the entries until all pages have been read."""
        given = self.read_options()
        known = entry_kinds(self.config)
        kinds = []
        for name in options.keys(" ".join(self.arguments).lower()):
            if name in known:
                kinds.append(name)
            else:
                problem = f"{name!r} is not a kind of entry {suggestion(name, known)}"
                self.warn(Code.OPTION_INVALID, problem.rstrip(), "it is left out")
        if not self.arguments:
            problem = f"it names no kind of entry, such as 'talk'; there are {', '.join(known)}"
            self.warn(Code.OPTION_INVALID, problem, "nothing is shown")
        if not kinds:
            return []
        selection = EntrySelection(tuple(dict.fromkeys(kinds)), given.get("year", ()), given.get("limit", 0))
        return [CollectedEntries.of(self.env, selection, given.get("compact", False), self.place)]
