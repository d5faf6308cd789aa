"""Last shaping of our nodes: groups become sections where they may, and each output keeps what is meant for it."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.addnodes import start_of_file
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_cv_ext.extension.build import Build, Home
from sphinx_cv_ext.extension.entries import RecordEntries, drafts
from sphinx_cv_ext.extension.entry_nodes import ENTRY
from sphinx_cv_ext.extension.lists import WriteLists
from sphinx_cv_ext.extension.settling import formulas, keep, settle_for_html
from sphinx_cv_ext.model.dates import newest_first
from sphinx_cv_ext.outputs.elements import ENTRIES, LINES, PUBLICATION, SPELLED_OUT

GROUPS = "cv-groups"
"""The class of the container in which a directive hands over its groups, each a section."""


class PlaceGroups(SphinxTransform):
    """Put the groups of a list where a page has room for sections.

    A directive cannot know what it stands in. In a page or a section its groups become sections of it::

        section > container.cv-groups > section*    becomes    section > section*

    and anywhere else, where no section may stand, titles without one::

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
    """Make one list of dated entries that follow each other, each of which came as a list of one."""

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
        """Put the newest first, unless one of the entries wants them to stand as they do in the source."""
        known = drafts(self.env)
        items = [item for item in found.children if isinstance(item, nodes.list_item)]
        of = {item: known[target] for item in items for target in item["ids"] if target in known}
        if not any(draft.is_in_place for draft in of.values()):
            found.children = [*newest_first(items, lambda item: of[item].entry.period if item in of else None)]


class KeepForHtml(SphinxPostTransform):
    """Keep what is meant for HTML, and drop what is meant for other formats."""

    # Early, so that references inside are not resolved for nothing; ReferencesResolver runs at 10.
    default_priority = 5
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Go through the whole page."""
        settle_for_html(self.document)


class KeepForPrint(SphinxPostTransform):
    """Keep what is meant for other formats than HTML; where `KeepForHtml` has run there is nothing left to do."""

    default_priority = 6

    def run(self, **kwargs: Any) -> None:
        """Go through all nodes marked by `sphinx_cv_ext.outputs.elements.only`, and hand formulas to the writer."""
        keep(self.document, "print")
        for formula in formulas(self.document):
            latex = formula.astext()
            formula.parent.replace(formula, nodes.math(latex, latex))


class SpellAddressesOut(SphinxPostTransform):
    """Write the address of our links behind their words in plain text, whose writer drops it."""

    default_priority = 7
    formats = ("text",)

    def run(self, **kwargs: Any) -> None:
        """Go through the links of the whole page."""
        for reference in list(self.document.findall(nodes.reference)):
            if SPELLED_OUT in reference["classes"] and reference.get("refuri"):
                reference += nodes.Text(f" <{reference['refuri']}>")


class PrintTargets(SphinxPostTransform):
    r"""Give publications a target in LaTeX, whose writer drops the ids of list items.

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
    """Keep the id of a publication at its home alone, where all pages become one and ids must not repeat.

    A dated entry keeps its own where no other has had it before.
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
    """The items of publications, each with the page that it comes from.

    The pages are found from above, for in a document of many pages their nodes do not know whom they belong to.
    """
    pages: list[nodes.Element] = [document, *document.findall(start_of_file)]
    found = {item: page.get("docname", "") for page in pages for item in page.findall(nodes.list_item)}
    return [(item, docname) for item, docname in found.items() if PUBLICATION in item["classes"] and item["ids"]]


class ManPageLines(SphinxPostTransform):
    """Make our lines wrap in a man page, where a line block is set as it stands, and the title joins its bullet.

    ::

        line_block.cv-entry > line, line    becomes    paragraph > line's nodes, raw ".br", line's nodes

    References inside the page lead nowhere on paper, and docutils 0.22 would write their fragments out; they
    keep their words.
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
"""What is done to a page when it is read."""

POST_TRANSFORMS = (
    WriteLists,
    KeepForHtml,
    KeepForPrint,
    SpellAddressesOut,
    PrintTargets,
    OneIdOnOnePage,
    ManPageLines,
)
"""What is done when it is written, for the formats or builders that each names."""
