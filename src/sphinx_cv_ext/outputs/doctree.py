"""Elements as docutils nodes, which every builder can write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from docutils import nodes

from sphinx_cv_ext.outputs.elements import ENTRIES, LINES, Element, Part


def to_nodes(parts: Iterable[Part]) -> list[nodes.Node]:
    """The nodes of ``parts``."""
    return [nodes.Text(part) if isinstance(part, str) else to_node(part) for part in parts]


def to_node(element: Element) -> nodes.Element:
    """The node of an element with all that is in it."""
    node = element.kind("", **element.attributes)
    node["classes"] = [*element.classes]
    node += to_nodes(element.children)
    return node


def dated_item(lines: Mapping[str, Sequence[nodes.Node]], body: Sequence[nodes.Node]) -> nodes.list_item:
    """An entry of a CV as an item of a list.

    ``lines`` maps their names to their nodes, which may be none. The parts are lines of their own, so that they read
    well on paper::

        list_item.cv-dated
            line_block.cv-lines
                line.cv-when, line.cv-lead > strong, line.cv-rest, line.cv-people, line.cv-details, line.cv-links
            body
    """
    block = nodes.line_block(classes=[LINES])
    for name, line in lines.items():
        if line:
            content = [nodes.strong("", "", *line)] if name == "lead" else line
            block += nodes.line("", "", *content, classes=[f"cv-{name}"])
    return nodes.list_item("", block, *body, classes=["cv-dated"])


def dated_list(items: Iterable[nodes.list_item]) -> nodes.bullet_list:
    """A list of entries of a CV; the extension's transform joins those that follow each other."""
    return nodes.bullet_list("", *items, bullet="*", classes=[ENTRIES])
