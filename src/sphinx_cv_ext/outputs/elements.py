"""Elements: a light form of docutils nodes, in which publications are put together.

An element names the class of the node that it stands for. Making and reading elements takes a small part of the time
that nodes take; the list of a whole department has a hundred thousand of them. `sphinx_cv_ext.outputs.doctree` turns
elements into nodes, which every builder can write, and `sphinx_cv_ext.outputs.html` writes them directly, as Sphinx
would write those nodes.

Only standard nodes with classes are used. A class that decides what becomes of an element has to be its first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

from docutils import nodes

ONLY = {"html": "cv-only-html", "print": "cv-only-print"}
"""The classes of elements that are only for HTML, and of those that are for everything else."""

MATH = "cv-math"
"""The class of a formula in LaTeX; not a ``math`` node, because then Sphinx would load a script on the page."""

FOREIGN = "cv-foreign"
"""The class of words in another language than the page's; HTML isolates them, for they may run from right to left."""

LANGUAGE = "language-"
"""The prefix of a class that names a language; docutils turns such a class into the attribute ``lang``."""

SPELLED_OUT = "cv-url"
"""The class of a reference whose address is written out in plain text."""

PUBLICATION = "cv-publication"
"""The class of the list item of a publication."""

ENTRIES = "cv-entries"
"""The class of a list of dated entries."""

LINES = "cv-lines"
"""The class of a block whose lines belong together and may wrap."""

DOWNLOADS = "cv-downloads"
"""The class of the paragraph with links to the files of a list."""

DOWNLOAD = ("cv-link", "cv-link-download")
"""The classes of a link to a file that the site makes."""


class Element:
    """An element: the class of the docutils node that it becomes, its children, CSS classes and attributes."""

    __slots__ = ("attributes", "children", "classes", "kind")

    def __init__(
        self, kind: type[nodes.Element], *children: Part, classes: tuple[str, ...] = (), **attributes: Any
    ) -> None:
        self.kind = kind
        self.children = children
        self.classes = classes
        self.attributes = attributes


Part = Element | str
"""An element, or text."""


def only(where: str, *children: Part) -> Element:
    """``children`` for some outputs only; ``where`` is a key of `ONLY`."""
    return Element(nodes.inline, *children, classes=(ONLY[where],))


def html_block(*children: Part) -> Element:
    """Paragraphs and other blocks that are only for HTML."""
    return Element(nodes.container, *children, classes=(ONLY["html"],))


_BETWEEN = (" ", only("print", "· "))


def parted(found: Sequence[Part]) -> list[Part]:
    """Parts with separators between them: a blank, and in print also a dot, because there are no styles."""
    result: list[Part] = []
    for part in found:
        if result:
            result += _BETWEEN
        result.append(part)
    return result


def joined(found: Iterable[Part]) -> list[Part]:
    """Parts in which consecutive texts have been joined into one."""
    result: list[Part] = []
    for part in found:
        if result and isinstance(part, str) and isinstance(before := result[-1], str):
            result[-1] = before + part
        else:
            result.append(part)
    return result


def unlinked(part: Part) -> Part:
    """``part`` without the links in it, because links must not be nested."""
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
    """The text of an element, with a blank after each line and paragraph, and without titles and raw nodes."""
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
