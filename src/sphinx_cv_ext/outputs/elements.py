"""What is shown of publications, before it is nodes of docutils or HTML.

An element names the kind of node that it stands for, and is made and read in a tiny part of the time that a node
takes; the list of a whole department has a hundred thousand. `sphinx_cv_ext.outputs.doctree` makes nodes of elements,
which every builder can write, and `sphinx_cv_ext.outputs.html` writes them as Sphinx would write those nodes.

Only standard nodes with classes are used. Some of these classes say what becomes of an element, and stand first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

from docutils import nodes

ONLY = {"html": "cv-only-html", "print": "cv-only-print"}
"""Classes of what is for HTML alone, and of what is for everything else."""

MATH = "cv-math"
"""The class of a formula, still as LaTeX: a ``math`` node would make Sphinx load a script for the page."""

FOREIGN = "cv-foreign"
"""The class of words in another language than the page's; HTML keeps apart what may be written from the right."""

LANGUAGE = "language-"
"""What a class begins with that names a language: docutils makes an attribute ``lang`` of it."""

SPELLED_OUT = "cv-url"
"""The class of a reference whose address plain text writes out."""

PUBLICATION = "cv-publication"
"""The class of the list item of a publication."""

ENTRIES = "cv-entries"
"""The class of a list of dated entries."""

LINES = "cv-lines"
"""The class of a block whose lines belong together and may wrap."""

DOWNLOADS = "cv-downloads"
"""The class of the paragraph that leads to the files of a list."""

DOWNLOAD = ("cv-link", "cv-link-download")
"""The classes of a link to a file that the site makes."""


class Element:
    """An element of the kind of a docutils node, with classes, and attributes as that node has them."""

    __slots__ = ("attributes", "children", "classes", "kind")

    def __init__(
        self, kind: type[nodes.Element], *children: Part, classes: tuple[str, ...] = (), **attributes: Any
    ) -> None:
        self.kind = kind
        self.children = children
        self.classes = classes
        self.attributes = attributes


Part = Element | str
"""An element, or the text between elements."""


def only(where: str, *children: Part) -> Element:
    """``children`` for some outputs alone; ``where`` is a key of `ONLY`."""
    return Element(nodes.inline, *children, classes=(ONLY[where],))


def only_block(where: str, *children: Part) -> Element:
    """Whole paragraphs and the like for some outputs alone; see `only`."""
    return Element(nodes.container, *children, classes=(ONLY[where],))


_BETWEEN = (" ", only("print", "· "))


def parted(found: Sequence[Part]) -> list[Part]:
    """Parts with something between them that keeps them apart on paper as well as on a page without a style."""
    result: list[Part] = []
    for part in found:
        if result:
            result += _BETWEEN
        result.append(part)
    return result


def joined(found: Iterable[Part]) -> list[Part]:
    """Parts with texts that follow each other as one."""
    result: list[Part] = []
    for part in found:
        if result and isinstance(part, str) and isinstance(before := result[-1], str):
            result[-1] = before + part
        else:
            result.append(part)
    return result


def unlinked(part: Part) -> Part:
    """``part`` without the links in it, for no link stands inside a link."""
    if isinstance(part, str):
        return part
    children: list[Part] = []
    for child in map(unlinked, part.children):
        is_link = isinstance(child, Element) and child.kind is nodes.reference
        children += cast(Element, child).children if is_link else [child]
    return Element(part.kind, *children, classes=part.classes, **part.attributes)


_UNSAID = (nodes.title, nodes.raw)
_PARTED = (nodes.line, nodes.paragraph)


def words(element: Element) -> str:
    """The text of an element and all in it, a blank behind each line; headings and what is raw are none of it."""
    found: list[str] = []
    _gather(element, found)
    return "".join(found)


def _gather(element: Element, found: list[str]) -> None:
    for child in element.children:
        if isinstance(child, str):
            found.append(child)
        elif child.kind not in _UNSAID:
            _gather(child, found)
    if element.kind in _PARTED:
        found.append(" ")
