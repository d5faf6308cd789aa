"""Turns the nodes of a dated entry into text of the model, from which CVs are made. The nodes are these.

::

    list_item.cv-dated #KIND-DATE
        line_block.cv-lines
            line.cv-when        the date in words
            line.cv-lead        strong: inline.cv-what or inline.cv-where, perhaps in a link
            line.cv-rest        inline.cv-role, the other of them, inline.cv-place, inline.cv-amount
            line.cv-people      names
            line.cv-details     further facts
            line.cv-links       reference.cv-link.cv-link-KIND …
        body
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from docutils import nodes
from sphinx.addnodes import download_reference, pending_xref

from sphinx_cv_ext.model.cv import Block, Bullets, Cited, EntryText, Paragraph, Quote
from sphinx_cv_ext.model.links import is_safe_url
from sphinx_cv_ext.model.text import Linked, Math, RichText, Style, Styled, Text
from sphinx_cv_ext.outputs.elements import MATH, ONLY

ENTRY = "cv-dated"
"""The class of the list item of an entry."""

PARTS = ("what", "where", "role", "place", "amount", "people", "details")
"""The parts of an entry that contain text; the class of each is ``cv-`` and its name."""

_STYLES: dict[type[nodes.Node], Style] = {
    nodes.emphasis: Style.EMPHASIS,
    nodes.title_reference: Style.EMPHASIS,
    nodes.strong: Style.STRONG,
    nodes.literal: Style.CODE,
    nodes.subscript: Style.SUBSCRIPT,
    nodes.superscript: Style.SUPERSCRIPT,
}

_PASSED_OVER = (
    *(nodes.raw, nodes.comment, nodes.target, nodes.system_message, nodes.substitution_definition),
    *(nodes.footnote_reference, nodes.problematic, nodes.footnote),
)


def texts(item: nodes.list_item) -> dict[str, Any]:
    """The fields of an `Entry` that come from its nodes: each of `PARTS`, and ``body``."""
    block = item[0]
    found: dict[str, Any] = {}
    for part in block.findall(nodes.inline):
        for name in PARTS:
            if f"cv-{name}" in part["classes"]:
                found[name] = _uncited(inlines(part.children))
    found["body"] = tuple(blocks(item.children[1:]))
    return found


def blocks(children: Iterable[nodes.Node]) -> Iterator[Block]:
    """The blocks below the lines of an entry; what is no paragraph, list or quote becomes a plain paragraph."""
    for node in children:
        match node:
            case nodes.bullet_list() | nodes.enumerated_list():
                yield Bullets(tuple(tuple(blocks(item.children)) for item in node.children))
            case nodes.block_quote():
                yield Quote(tuple(blocks(node.children)))
            case nodes.line_block():
                yield from (Paragraph(text) for line in node.children if (text := inlines(line.children)))
            case nodes.paragraph():
                if text := inlines(node.children):
                    yield Paragraph(text)
            case nodes.Element() if not isinstance(node, _PASSED_OVER):
                words = " ".join(node.astext().split())
                yield from [Paragraph((Text(words),))] if words else []


def inlines(children: Iterable[nodes.Node]) -> EntryText:
    """The text of inline nodes; of links inside the site only the words are kept."""
    return tuple(one for node in children for one in _inline(node))


def _inline(node: nodes.Node) -> EntryText:
    if isinstance(node, nodes.Text):
        words = " ".join(node.astext().split("\n"))
        return (Text(words),) if words else ()
    if not isinstance(node, nodes.Element) or isinstance(node, _PASSED_OVER):
        return ()
    if isinstance(node, pending_xref) and node.get("refdomain") == "cite":
        return (Cited(tuple(filter(None, (key.strip() for key in node["reftarget"].split(","))))),)
    if isinstance(node, nodes.math) or MATH in node["classes"]:
        return (Math(node.astext()),)
    if isinstance(node, nodes.image):
        return (Text(node["alt"]),) if node.get("alt") else ()
    if isinstance(node, nodes.inline) and ONLY["html"] in node["classes"]:
        return ()
    found = inlines(node.children)
    plain = _uncited(found)
    if len(plain) < len(found) or not found:
        return found  # a citation does not lead to where the text around it leads
    if type(node) in _STYLES:
        return (Styled(_STYLES[type(node)], plain),)
    address = node.get("refuri", "") if not isinstance(node, download_reference) else ""
    return (Linked(address, plain),) if address and is_safe_url(address) else found


def _uncited(text: EntryText) -> RichText:
    return tuple(one for one in text if not isinstance(one, Cited))
