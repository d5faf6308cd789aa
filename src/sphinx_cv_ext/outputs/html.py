"""Writes elements as HTML, as docutils and Sphinx write the corresponding nodes.

The theme's own writer may differ in any detail, so `ThemeHtml` compares the results before it uses this one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial

from docutils import nodes

from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.outputs.elements import FOREIGN, LANGUAGE, MATH, ONLY, Element
from sphinx_cv_ext.outputs.escaping import escaper, in_html
from sphinx_cv_ext.outputs.mathml import mathml

Shape = frozenset[tuple[type, type]]
"""The pairs of parent and child in an element, by their kinds. Writers treat elements of the same shape alike."""


_Write = Callable[[Element], None]


@frozen
class _Tag:
    """How elements of a kind are written: their tag, the classes that follow their own, and line ends around them."""

    name: str
    classes: str = ""
    after_start: str = ""
    after_end: str = ""


class HtmlWriter:
    """A writer of elements.

    ``special`` maps the numbers of special characters to their entities. ``other`` writes elements of a kind that is
    not known here. ``permalink`` makes the link behind a heading from the id of its section.
    """

    def __init__(
        self,
        special: Mapping[int, str],
        other: Callable[[Element], str],
        permalink: Callable[[str], str] = lambda target: "",
    ) -> None:
        self._encoded = escaper({chr(number): entity for number, entity in special.items()})
        self._other = other
        self._permalink = permalink
        self._sections: list[str] = []
        self._pieces: list[str] = []
        self._met: set[tuple[type, type]] = set()
        # Cached, because there are many elements but few combinations of kind and classes.
        self._writer: Callable[[type, tuple[str, ...]], _Write] = cache(self._writer_of)
        self._ends = cache(self._ends_of)

    def html(self, element: Element) -> tuple[str, Shape]:
        """The HTML of ``element``, and its shape."""
        self._pieces.clear()
        self._met.clear()
        self._writer(element.kind, element.classes)(element)
        return "".join(self._pieces), frozenset(self._met)

    def _inside(self, element: Element) -> None:
        kind, meet = element.kind, self._met.add
        for child in element.children:
            if isinstance(child, str):
                meet((kind, str))
                self._pieces.append(self._encoded(child))
            else:
                meet((kind, child.kind))
                self._writer(child.kind, child.classes)(child)

    def _writer_of(self, kind: type, classes: tuple[str, ...]) -> _Write:
        """The function that writes elements of a kind with these classes."""
        if classes and classes[0] in _MARKED and kind in (nodes.inline, nodes.container):
            return partial(_MARKED[classes[0]], self)
        if kind in _TAGS:
            return self._writer_of_tag(_TAGS[kind], classes)
        return partial(_METHODS.get(kind, HtmlWriter._by_other), self)

    def _writer_of_tag(self, tag: _Tag, classes: tuple[str, ...]) -> _Write:
        start, rest = self._ends(tag.name, classes, tag.classes)
        rest, end = f"{rest}{tag.after_start}", f"</{tag.name}>{tag.after_end}"

        def write(element: Element) -> None:
            ids = element.attributes.get("ids")
            self._pieces.append(f'{start} id="{self._encoded(ids[0])}"{rest}' if ids else f"{start}{rest}")
            self._inside(element)
            self._pieces.append(end)

        return write

    def _ends_of(self, tag: str, classes: tuple[str, ...], more: str = "") -> tuple[str, str]:
        """The beginning and the end of a start tag. Attributes between them, such as id, are sorted as in docutils."""
        names = " ".join([*(name for name in classes if not name.startswith(LANGUAGE)), *filter(None, [more])])
        start = f'<{tag} class="{self._encoded(names)}"' if names else f"<{tag}"
        language = self._encoded(_language(classes))
        return start, f' lang="{language}">' if language else ">"

    def _reference(self, element: Element) -> None:
        url = element.attributes["refuri"]
        if url.startswith("mailto:"):
            self._by_other(element)  # some writers obfuscate e-mail addresses
            return
        kind = "reference internal" if element.attributes["internal"] else "reference external"
        start, rest = self._ends("a", element.classes, kind)
        self._pieces.append(f'{start} href="{self._encoded(url)}"{rest}')
        self._inside(element)
        self._pieces.append("</a>")

    def _section(self, element: Element) -> None:
        self._sections.append(element.attributes["ids"][0])
        start, rest = self._ends("section", element.classes)
        self._pieces.append(f'{start} id="{self._encoded(self._sections[-1])}"{rest}\n')
        self._inside(element)
        self._pieces.append("</section>\n")
        self._sections.pop()

    def _title(self, element: Element) -> None:
        tag = f"h{len(self._sections)}"
        self._pieces += self._ends(tag, element.classes)
        self._inside(element)
        self._pieces.append(f"{self._permalink(self._sections[-1])}</{tag}>\n")

    def _raw(self, element: Element) -> None:
        self._pieces += map(str, element.children)

    def _nothing(self, element: Element) -> None:
        pass

    def _math(self, element: Element) -> None:
        latex = "".join(map(str, element.children))
        self._pieces.append(mathml(latex) or self._other(Element(nodes.literal, latex)))

    def _foreign(self, element: Element) -> None:
        self._pieces.append(f'<bdi lang="{in_html(_language(element.classes))}">')
        self._inside(element)
        self._pieces.append("</bdi>")

    def _by_other(self, element: Element) -> None:
        self._pieces.append(self._other(element))


def _language(classes: tuple[str, ...]) -> str:
    """The language that one of ``classes`` names, if there is one."""
    return next((name.removeprefix(LANGUAGE) for name in classes if name.startswith(LANGUAGE)), "")


_TAGS: dict[type[nodes.Element], _Tag] = {
    nodes.inline: _Tag("span"),
    nodes.strong: _Tag("strong"),
    nodes.emphasis: _Tag("em"),
    nodes.subscript: _Tag("sub"),
    nodes.superscript: _Tag("sup"),
    nodes.list_item: _Tag("li", after_end="\n"),
    nodes.line: _Tag("div", "line", after_end="\n"),
    nodes.line_block: _Tag("div", "line-block", "\n", "\n"),
    nodes.container: _Tag("div", "docutils container", "\n", "\n"),
    nodes.paragraph: _Tag("p", after_end="\n"),
}
_METHODS: dict[type[nodes.Element], Callable[[HtmlWriter, Element], None]] = {
    nodes.reference: HtmlWriter._reference,
    nodes.section: HtmlWriter._section,
    nodes.title: HtmlWriter._title,
    nodes.raw: HtmlWriter._raw,
}
_MARKED: dict[str, Callable[[HtmlWriter, Element], None]] = {
    ONLY["html"]: HtmlWriter._inside,
    ONLY["print"]: HtmlWriter._nothing,
    MATH: HtmlWriter._math,
    FOREIGN: HtmlWriter._foreign,
}
"""How inline elements and containers are written whose first class is one of these."""
