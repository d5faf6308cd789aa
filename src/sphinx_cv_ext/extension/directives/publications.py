"""``{publications}``: lists of publications."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar
from urllib.parse import quote

from docutils import nodes
from sphinx.addnodes import only

from sphinx_cv_ext.diagnostics import Code
from sphinx_cv_ext.extension import options
from sphinx_cv_ext.extension.directives.base import CvDirective
from sphinx_cv_ext.extension.directives.selecting import MEANT, SELECTING, selection
from sphinx_cv_ext.extension.domain import Shown
from sphinx_cv_ext.extension.filtering import framed
from sphinx_cv_ext.extension.lists import FOLDED, LONG, Form, PublicationList
from sphinx_cv_ext.extension.locale import _
from sphinx_cv_ext.extension.options import Option
from sphinx_cv_ext.extension.panels import PANELS
from sphinx_cv_ext.extension.reading import file_link
from sphinx_cv_ext.extension.site import WITH_FILES
from sphinx_cv_ext.extension.tables import exports, offered
from sphinx_cv_ext.extension.transforms import GROUPS
from sphinx_cv_ext.model.library import Group, Grouping, Selection
from sphinx_cv_ext.outputs import listing
from sphinx_cv_ext.outputs.doctree import to_node
from sphinx_cv_ext.outputs.exports import EXPORTS


class PublicationsDirective(CvDirective):
    """``{publications}``: a list of publications; ``is_home`` as `Shown` has it."""

    is_home: ClassVar[bool] = True
    MEANT = MEANT
    OPTIONS: ClassVar[Mapping[str, Option]] = {
        **SELECTING,
        "group": Option(options.one_of(Grouping), "what the list is grouped by; by default `none`"),
        "form": Option(
            options.names_of(dict.fromkeys(("full", "compact", "folded"))),
            "`full`, or `compact` without links and remarks; `folded` folds all groups but the first. "
            "A list of a thousand is compact and folded by default",
        ),
        "authors": Option(options.number, "how many authors of a longer list are shown, besides the owner"),
        "number": Option(options.flag, "numbers such as [J3] before the titles, by type, starting with the oldest"),
        "panels": Option(options.names_of(PANELS), "what can be unfolded below an entry: `abstract`, `bibtex`"),
        "export": Option(
            options.names_of(EXPORTS),
            "files with just these publications; without a format, all those for reference managers and a text",
        ),
        "filter": Option(options.flag, "readers can search the list and narrow it down, if their browser runs scripts"),
    }

    @property
    def known_options(self) -> Mapping[str, Option]:
        """``OPTIONS``, with the formats that the project adds for ``export``."""
        of_project = replace(self.OPTIONS["export"], read=options.names_of(exports(self.config)))
        return {**self.OPTIONS, "export": of_project}

    def run(self) -> list[nodes.Node]:
        """The list, its groups in a container that `PlaceGroups` takes apart."""
        given = self.read_options()
        chosen = selection(given)
        self.tell_unknown(chosen.keys)
        groups = self.library.groups(chosen)
        ids = self._ids(groups)
        formats = self._formats(given) if ids else ()
        record = self.domain.note(chosen, ids, formats, is_home=self.is_home)
        if not groups:
            self.warn(Code.SELECTION_EMPTY, self._why_empty(chosen), "nothing is shown")
            return []
        form, is_folded = self._form(given, len(ids))
        if form.is_numbered:
            # A publication has the same number in every list, so that any other may change it.
            self.domain.note(Selection())
        lists = self._lists(groups, ids, form, chosen.group if is_folded else None)
        shown: list[nodes.Node] = [*lists]
        if chosen.group is not Grouping.NONE:
            sections = [self._section(group, chosen.group, found) for group, found in zip(groups, lists, strict=True)]
            shown = [nodes.container("", *sections, classes=[GROUPS])]
        files = [self._downloads(record)] if record.exports else []
        if given.get("filter"):
            # The controls above the list offer the files, too.
            keys = [publication.key for group in groups for publication in group.publications]
            return [*framed(shown, keys, record, form.max_authors), *files]
        return [*files, *shown]

    def _why_empty(self, chosen: Selection) -> str:
        library = self.library
        if chosen.selected and library.listed and not any(publication.selected for publication in library.listed):
            return "no entry has selected = {true}"
        if library.by_key:
            choosing = SELECTING.keys() - {"sort", "limit"}
            asked = [f":{name}: {text or ''}" for name, text in self.options.items() if name in choosing]
            return f"no publication fits {' '.join(' '.join(asked).split()) or 'the options'}"
        if files := self.config.bibtex_bibfiles:
            return f"there is no publication in {', '.join(files)}"
        return "there are no publications at all; name your .bib file in bibtex_bibfiles in conf.py"

    def _form(self, given: Mapping[str, Any], count: int) -> tuple[Form, bool]:
        """The form of a list of ``count`` publications, and whether its groups are folded."""
        shape: Collection[str] = given.get("form", ())
        if "form" not in given and count >= FOLDED:
            shape = ("compact", "folded") if self.config.cv_pages == "all" else ("folded",)
        form = Form(
            compact="compact" in shape,
            max_authors=given.get("authors", self.config.cv_max_authors),
            is_numbered=bool(given.get("number")),
            panels=given.get("panels", ()),
            is_long=count >= LONG,
        )
        return form, "folded" in shape

    def _lists(
        self, groups: Sequence[Group], ids: Mapping[str, str], form: Form, folded: Grouping | None
    ) -> list[PublicationList]:
        """A list for each group; all but the first are folded below their headings if ``folded`` is their grouping.

        A publication that is in several groups has its id in the first of them.
        """
        left = dict(ids)
        lists: list[PublicationList] = []
        for group in groups:
            here = {p.key: left.pop(p.key) for p in group.publications if p.key in left}
            heading = _heading(group, folded) if lists and folded else ""
            lists.append(PublicationList.of(self.env, group.publications, here, form, heading))
        return lists

    def _formats(self, given: Mapping[str, Any]) -> tuple[str, ...]:
        """The formats in which the list can be downloaded."""
        if "export" not in given:
            return ()
        formats: tuple[str, ...] = given["export"]
        return formats or (*(export.name for export in offered(self.config)), self.config.cv_reference_style)

    def _downloads(self, record: Shown) -> nodes.Node:
        """Links to the files with the publications of the list, for builders that make such files."""
        links = []
        known = exports(self.config)
        for export in map(known.__getitem__, record.exports):
            words = listing.download(export.name, export.label)
            links.append(file_link(self.env, f"{quote(record.file)}.{export.suffix}", words))
        paragraph = to_node(listing.downloads(links, _))
        return only("", paragraph, expr=" or ".join(f"builder_{name}" for name in sorted(WITH_FILES)))

    def _ids(self, groups: Sequence[Group]) -> dict[str, str]:
        """An id for each publication; if the list shows one several times, only the first item gets it."""
        keys = dict.fromkeys(publication.key for group in groups for publication in group.publications)
        return {key: self.free_id(f"pub-{self.library.by_key[key].anchor}") for key in keys}

    def _section(self, group: Group, grouping: Grouping, content: PublicationList) -> nodes.section:
        words = _heading(group, grouping)
        # The id is made of the English words, so that it is the same in every language.
        slug = nodes.make_id(f"{grouping.value}-{group.name or NO_GROUP[grouping]}")
        section = nodes.section("", nodes.title(words, words), content, classes=["cv-group", f"cv-by-{grouping.value}"])
        if content["form"].is_long and not content["heading"]:
            section["classes"].append("cv-long")
        section["ids"] = [self.free_id(slug)]
        return section


def _heading(group: Group, grouping: Grouping) -> str:
    if not group.name:
        return _(NO_GROUP[grouping])
    return _(group.name) if group.is_ours else group.name


NO_GROUP = {
    Grouping.YEAR: "Undated",
    Grouping.TYPE: "Other publications",
    Grouping.VENUE: "Without a venue",
    Grouping.KEYWORD: "Without a keyword",
}
"""The heading of the last group, whose publications have no value to be grouped by."""
