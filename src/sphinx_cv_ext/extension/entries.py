"""The dated entries of pages: how they are recorded, and the lines about them below publications."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, cast

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform

from sphinx_cv_ext.extension import entry_nodes, site
from sphinx_cv_ext.extension.build import Build
from sphinx_cv_ext.extension.domain import CvDomain
from sphinx_cv_ext.extension.locale import _
from sphinx_cv_ext.extension.reporting import place, warn
from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.cv import Entry
from sphinx_cv_ext.model.yes_or_no import reported, yes_or_no
from sphinx_cv_ext.outputs import listing
from sphinx_cv_ext.outputs.elements import Element, Part
from sphinx_cv_ext.outputs.lines import plain_line
from sphinx_cv_ext.outputs.words import when_words

_DRAFTS = "cv-entries"


@frozen
class Draft:
    """An entry as its options give it, before its text is final; ``is_in_place`` if its list must not be sorted."""

    entry: Entry
    is_in_place: bool


def drafts(env: BuildEnvironment) -> dict[str, Draft]:
    """The entries of the page that is being read, by their ids."""
    data = cast("dict[str, Any]", env.temp_data)
    return cast("dict[str, Draft]", data.setdefault(_DRAFTS, {}))


class RecordEntries(SphinxTransform):
    """Record the entries of a page, with the text that their nodes have after all other transforms."""

    # After Sphinx has replaced straight quotes, at 750.
    default_priority = 860

    def apply(self, **kwargs: Any) -> None:
        """Go through the entries of the whole page."""
        known = drafts(self.env)
        found = []
        for item in self.document.findall(nodes.list_item):
            draft = known.pop(item["ids"][0], None) if entry_nodes.ENTRY in item["classes"] and item["ids"] else None
            if draft:
                found.append(replace(draft.entry, **entry_nodes.texts(item)))
        if found:
            CvDomain.of(self.env).entries[self.env.docname] = found
            self._check_metadata()

    def _check_metadata(self) -> None:
        """Tell of a ``cv`` in the front matter that is neither yes nor no. Sphinx takes these fields away later."""
        for about in self.document.findall(nodes.docinfo):
            for field in about.findall(nodes.field):
                name, body = field.children
                if name.astext() == "cv":
                    where = place(self.document.get("source"), 1)
                    reported(body.astext(), "'cv' in the front matter", True, where, warn)


def entries_of(env: BuildEnvironment) -> Iterator[Entry]:
    """All entries in the order of the site, except those of pages whose metadata says ``cv: false``."""
    entries = CvDomain.of(env).entries
    for docname in site.order(env):
        if yes_or_no(str(env.metadata.get(docname, {}).get("cv", ""))) is not False:
            yield from entries.get(docname, ())


def remarks(env: BuildEnvironment, key: str, link: Callable[[Entry, Part], Part]) -> list[Element]:
    """A line for each entry that belongs to the publication ``key``: ``Talk: NIPS 2017, Dec 6, 2017``.

    ``link`` makes a link to the entry of the words. The title of a talk is left out, because it is often that of the
    publication.
    """
    lines = []
    for entry in Build.of(env).gathered.entries.get(key, ()):
        when = when_words(entry, env.config.language, _)
        what, where = plain_line(entry.what), plain_line(entry.where)
        parts = [what, where] if entry.kind.name == "honor" else [where or what]
        words = ", ".join(filter(None, (*parts, when)))
        linked = link(entry, Element(nodes.inline, words))
        lines.append(listing.line(("cv-remark", "cv-told"), f"{_(entry.kind.label)}: ", linked))
    return lines
