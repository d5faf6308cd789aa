"""Transforms of our nodes, when a page is read and when it is written; `TRANSFORMS` and `POST_TRANSFORMS` list them."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.addnodes import start_of_file
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_cv_ext.extension.build import Build, Home
from sphinx_cv_ext.extension.collected import CollectEntries
from sphinx_cv_ext.extension.entries import RecordEntries, drafts
from sphinx_cv_ext.extension.entry_nodes import ENTRY
from sphinx_cv_ext.extension.lists import WriteLists
from sphinx_cv_ext.extension.settling import formulas, keep, settle_for_html
from sphinx_cv_ext.model.dates import newest_first
from sphinx_cv_ext.outputs.elements import ENTRIES, LINES, PUBLICATION, SPELLED_OUT

GROUPS = "cv-groups"
"""The class of the container in which a directive returns its groups, each as a section."""


class PlaceGroups(SphinxTransform):
    """Move the groups of a list out of their container, as sections where docutils allows sections.

    A directive cannot know where it stands. Directly in a page or a section its groups become subsections::

        section > container.cv-groups > section*    becomes    section > section*

    and anywhere else they get rubrics instead::

        list_item > container.cv-groups > section(title, …)    becomes    list_item > container > rubric, …
    """

    # Before Sphinx's own transforms look for titles, from 210 on.
    default_priority = 200

    def apply(self, **kwargs: Any) -> None:
        """Place the groups of the whole page."""
        for container in list(self.document.findall(nodes.container)):
            if GROUPS not in container["classes"]:
                continue
            if isinstance(container.parent, nodes.document | nodes.section):
                container.replace_self(container.children)
            else:
                for section in list(container.children):
                    assert isinstance(section, nodes.section)
                    title, *rest = section.children
                    rubric = nodes.rubric("", "", *title.children, classes=["cv-group-title"])
                    section.replace_self([rubric, *rest])


class JoinEntries(SphinxTransform):
    """Join dated entries that follow each other into one list; each directive has made a list of one."""

    default_priority = 200

    def apply(self, **kwargs: Any) -> None:
        """Join the lists of the whole page."""
        for first in list(self.document.findall(nodes.bullet_list)):
            if ENTRIES not in first["classes"] or first.parent is None:
                continue
            while isinstance(following := first.next_node(descend=False, siblings=True), nodes.bullet_list):
                if ENTRIES not in following["classes"]:
                    break
                first += following.children
                following.parent.remove(following)
                following.parent = None
            self._sort(first)

    def _sort(self, found: nodes.bullet_list) -> None:
        """Sort the newest first, unless one of the entries asks for the order of the source."""
        known = drafts(self.env)
        items = [item for item in found.children if isinstance(item, nodes.list_item)]
        of = {item: known[target] for item in items for target in item["ids"] if target in known}
        if not any(draft.is_in_place for draft in of.values()):
            found.children = [*newest_first(items, lambda item: of[item].entry.period if item in of else None)]


class KeepForHtml(SphinxPostTransform):
    """Keep what is meant for HTML, and drop what is meant for other formats."""

    # Before ReferencesResolver, at 10, so that no references are resolved that will be dropped.
    default_priority = 5
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Go through the whole page."""
        settle_for_html(self.document)


class KeepForPrint(SphinxPostTransform):
    """Keep what is meant for other formats than HTML; after `KeepForHtml` there is nothing left to do."""

    default_priority = 6

    def run(self, **kwargs: Any) -> None:
        """Go through all marked nodes, and turn formulas into nodes that every writer knows."""
        keep(self.document, "print")
        for formula in formulas(self.document):
            latex = formula.astext()
            formula.parent.replace(formula, nodes.math(latex, latex))


class SpellAddressesOut(SphinxPostTransform):
    """Write addresses after the words of our links in plain text, because its writer drops them."""

    default_priority = 7
    formats = ("text",)

    def run(self, **kwargs: Any) -> None:
        """Go through the links of the whole page."""
        for reference in list(self.document.findall(nodes.reference)):
            if SPELLED_OUT in reference["classes"] and reference.get("refuri"):
                reference += nodes.Text(f" <{reference['refuri']}>")


class PrintTargets(SphinxPostTransform):
    r"""Give publications a target in LaTeX, because its writer drops the ids of list items.

    ::

        list_item #id > line_block > line.cv-title    becomes    … > line.cv-title > target #id, raw \hypertarget

    The target is for references of Sphinx, the hypertarget for those of sphinxcontrib-bibtex.
    """

    default_priority = 8
    formats = ("latex",)

    def run(self, **kwargs: Any) -> None:
        """Go through the publications of the whole document, which holds many pages."""
        for item, docname in _publications(self.document):
            line = next(iter(item.findall(nodes.line)))
            for target in item["ids"]:
                raw = rf"\hypertarget{{cite.{docname}:{target}}}{{}}"
                line.insert(0, [nodes.target("", "", ids=[target]), nodes.raw("", raw, format="latex")])


class OneIdOnOnePage(SphinxPostTransform):
    """Make ids unique where all pages become one: a publication keeps its id at its home only.

    A dated entry keeps its id unless an earlier entry has the same one.
    """

    default_priority = 8
    builders = ("singlehtml",)

    def run(self, **kwargs: Any) -> None:
        """Go through the publications of the whole document, which holds many pages."""
        homes = set(Build.of(self.env).gathered.homes.values())
        for item, docname in _publications(self.document):
            item["ids"] = [target for target in item["ids"] if Home(docname, target) in homes]
        seen: set[str] = set()
        for item in self.document.findall(nodes.list_item):
            if ENTRY in item["classes"]:
                item["ids"] = [target for target in item["ids"] if target not in seen]
                seen.update(item["ids"])


def _publications(document: nodes.document) -> list[tuple[nodes.list_item, str]]:
    """The items of publications, each with the name of the page that it comes from.

    In a document of many pages the items themselves do not know their page, so this goes down from each page.
    """
    pages: list[nodes.Element] = [document, *document.findall(start_of_file)]
    found = {item: page.get("docname", "") for page in pages for item in page.findall(nodes.list_item)}
    return [(item, docname) for item, docname in found.items() if PUBLICATION in item["classes"] and item["ids"]]


class NoLinkInLink(SphinxPostTransform):
    """Keep only the words of a link inside a link, which HTML cannot have.

    Somebody may be named with ``{person}`` within a link, or in the title of an entry that has an address.
    """

    # After ReferencesResolver, at 10.
    default_priority = 11

    def run(self, **kwargs: Any) -> None:
        """Go through the links of the whole page."""
        outer = self.document.findall(nodes.reference)
        inner = {id(one): one for link in outer for one in link.findall(nodes.reference) if one is not link}
        for link in inner.values():
            link.parent.replace(link, link.children)


class ManPageLines(SphinxPostTransform):
    """Turn our line blocks into paragraphs in man pages, so that lines wrap and the title is beside its bullet.

    ::

        line_block.cv-entry > line, line    becomes    paragraph > line's nodes, raw ".br", line's nodes

    References within the page are replaced with their words: docutils 0.22 would print their fragments.
    """

    default_priority = 800
    formats = ("man",)

    def run(self, **kwargs: Any) -> None:
        """Go through the line blocks and references of the whole page."""
        for block in list(self.document.findall(nodes.line_block)):
            if LINES in block["classes"]:
                paragraph = nodes.paragraph()
                for line in block.children:
                    if paragraph.children:
                        paragraph += nodes.raw("", "\n.br\n", format="manpage")
                    paragraph += line.children
                block.replace_self(paragraph)
        for reference in list(self.document.findall(nodes.reference)):
            if reference.get("refuri", "").partition("#")[0] == "":
                reference.parent.replace(reference, reference.children)


TRANSFORMS = (PlaceGroups, JoinEntries, RecordEntries)
"""The transforms that run when a page is read."""

POST_TRANSFORMS = (
    WriteLists,
    CollectEntries,
    KeepForHtml,
    KeepForPrint,
    SpellAddressesOut,
    PrintTargets,
    OneIdOnOnePage,
    NoLinkInLink,
    ManPageLines,
)
"""The transforms that run when a page is written, for the formats or builders that each names."""
