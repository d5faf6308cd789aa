"""``{publications}``: lists of publications."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from docutils import nodes
from sphinx.locale import _

from sphinx_cv_ext.diagnostics import Code
from sphinx_cv_ext.extension import options
from sphinx_cv_ext.extension.directives.base import CvDirective
from sphinx_cv_ext.extension.directives.selecting import SELECTING, selection
from sphinx_cv_ext.extension.options import Option
from sphinx_cv_ext.extension.reading import make_context
from sphinx_cv_ext.extension.transforms import GROUPS
from sphinx_cv_ext.model.library import Group, Grouping
from sphinx_cv_ext.outputs import doctree


class PublicationsDirective(CvDirective):
    """``{publications}``: a list of publications."""

    OPTIONS: ClassVar[Mapping[str, Option]] = {
        **SELECTING,
        "group": Option(options.one_of(Grouping), "what the list is parted by; `none` unless given"),
        "form": Option(
            options.names_of({"full": None, "compact": None}),
            "`full`, or `compact` without links and remarks",
        ),
        "authors": Option(options.number, "show so many authors of a longer list, and the owner"),
    }

    def run(self) -> list[nodes.Node]:
        """The list, its groups in a container that `PlaceGroups` takes apart."""
        given = self.read_options()
        chosen = selection(given, group=given.get("group", Grouping.NONE))
        for key in chosen.keys:
            if key not in self.domain.library.by_key:
                self.publication(key)  # which says so
        groups = self.domain.library.groups(chosen)
        ids = self._ids(groups)
        self.domain.note(self.env.docname, chosen, ids)
        if not groups:
            none = "there are no publications at all; name your .bib file in bibtex_bibfiles in conf.py"
            problem = "no publication fits the options" if self.domain.library.by_key else none
            self.warn(Code.SELECTION_EMPTY, problem, "nothing is shown")
            return []
        context = make_context(
            self.env,
            compact="compact" in given.get("form", ()),
            max_authors=given.get("authors", self.config.cv_max_authors),
        )
        left = dict(ids)
        lists = []
        for group in groups:
            here = {p.key: left.pop(p.key) for p in group.publications if p.key in left}
            lists.append(doctree.publication_list(group.publications, here, context))
        if chosen.group is Grouping.NONE:
            return list(lists)
        sections = [self._section(group, chosen.group, found) for group, found in zip(groups, lists, strict=True)]
        return [nodes.container("", *sections, classes=[GROUPS])]

    def _ids(self, groups: Sequence[Group]) -> dict[str, str]:
        """A target for each publication, the first time that the list shows it."""
        keys = dict.fromkeys(publication.key for group in groups for publication in group.publications)
        return {key: self._free_id(f"pub-{self.domain.library.by_key[key].anchor}") for key in keys}

    def _free_id(self, wanted: str) -> str:
        """``wanted``, with a number behind it where another list of the page has taken it."""
        found, number = wanted, 1
        while found in self.state.document.ids:
            number += 1
            found = f"{wanted}-{number}"
        self.state.document.ids[found] = nodes.target()
        return found

    def _section(self, group: Group, grouping: Grouping, content: nodes.Node) -> nodes.section:
        name = group.name or _(_NO_GROUP[grouping])
        slug = nodes.make_id(f"{grouping.value}-{name}")
        section = nodes.section("", nodes.title(name, name), content, classes=["cv-group", f"cv-by-{grouping.value}"])
        section["ids"] = [self._free_id(slug)]
        return section


_NO_GROUP = {
    Grouping.YEAR: "Undated",
    Grouping.TYPE: "Other publications",
    Grouping.VENUE: "Without a venue",
    Grouping.KEYWORD: "Without a keyword",
}
