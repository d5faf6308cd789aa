"""Elements as HTML: what docutils and Sphinx write of their nodes, without the nodes.

Whoever uses this compares it with what the theme's own writer makes of a sample: it may differ in any detail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

from docutils import nodes

from sphinx_cv_ext.outputs.elements import FOREIGN, LANGUAGE, MATH, ONLY, Element, Part
from sphinx_cv_ext.outputs.mathml import mathml


class HtmlWriter:
    """A writer of elements.

    ``encode`` is how text is escaped, and ``other`` writes the elements not known here. ``permalink`` makes what stands
    behind a heading of the id of its section.
    """

    def __init__(
        self,
        encode: Callable[[str], str],
        other: Callable[[Element], str],
        permalink: Callable[[str], str] = lambda target: "",
    ) -> None:
        self._encode = encode
        self._other = other
        self._permalink = permalink
        self._level = 0

    def html(self, parts: Iterable[Part]) -> str:
        """The HTML of ``parts``."""
        return "".join([self._encode(part) if isinstance(part, str) else self._element(part) for part in parts])

    def _element(self, element: Element) -> str:
        write = _WRITERS.get(element.kind)
        return write(self, element) if write else self._other(element)

    def _inline(self, element: Element) -> str:
        classes = element.classes
        mark = classes[0] if classes else ""
        if mark in _MARKED:
            return _MARKED[mark](self, element)
        return f"{self._start('span', element)}{self.html(element.children)}</span>"

    def _container(self, element: Element) -> str:
        if element.classes and element.classes[0] in _MARKED:
            return self.html(element.children)
        return f"{self._start('div', element, 'docutils container')}\n{self.html(element.children)}</div>\n"

    def _reference(self, element: Element) -> str:
        url = element.attributes["refuri"]
        if url.startswith("mailto:"):
            return self._other(element)  # some writers cloak those
        kind = "reference internal" if element.attributes["internal"] else "reference external"
        return f"{self._start('a', element, kind, url)}{self.html(element.children)}</a>"

    def _section(self, element: Element) -> str:
        self._level += 1
        level, (title, *rest) = self._level, element.children
        assert isinstance(title, Element)
        heading = f"{self._start(f'h{level}', title)}{self.html(title.children)}"
        content = self.html(rest)
        self._level -= 1
        permalink = self._permalink(element.attributes["ids"][0])
        return f"{self._start('section', element)}\n{heading}{permalink}</h{level}>\n{content}</section>\n"

    def _raw(self, element: Element) -> str:
        return "".join(str(child) for child in element.children)

    def _math(self, element: Element) -> str:
        latex = "".join(map(str, element.children))
        return mathml(latex) or self._other(Element(nodes.literal, latex))

    def _foreign(self, element: Element) -> str:
        language = next(name.removeprefix(LANGUAGE) for name in element.classes if name.startswith(LANGUAGE))
        return f'<bdi lang="{escape(language)}">{self.html(element.children)}</bdi>'

    def _start(self, tag: str, element: Element, more: str = "", url: str = "") -> str:
        """The start of a tag, its attributes in the order of docutils."""
        names = [name for name in element.classes if not name.startswith(LANGUAGE)]
        if more:
            names.append(more)
        attributes = f' class="{self._encode(" ".join(names))}"' if names else ""
        if url:
            attributes += f' href="{self._encode(url)}"'
        for target in element.attributes.get("ids", ()):
            attributes += f' id="{self._encode(target)}"'
        if len(names) - bool(more) < len(element.classes):
            language = next(name.removeprefix(LANGUAGE) for name in element.classes if name.startswith(LANGUAGE))
            attributes += f' lang="{self._encode(language)}"'
        return f"<{tag}{attributes}>"


_Write = Callable[[HtmlWriter, Element], str]


def _tag(tag: str, more: str = "", *, after_start: str = "", after_end: str = "") -> _Write:
    """What writes an element as ``tag`` with the classes ``more`` behind its own."""

    def write(writer: HtmlWriter, element: Element) -> str:
        start = writer._start(tag, element, more)
        return f"{start}{after_start}{writer.html(element.children)}</{tag}>{after_end}"

    return write


_WRITERS: dict[type[nodes.Element], _Write] = {
    nodes.inline: HtmlWriter._inline,
    nodes.container: HtmlWriter._container,
    nodes.reference: HtmlWriter._reference,
    nodes.raw: HtmlWriter._raw,
    nodes.section: HtmlWriter._section,
    nodes.list_item: _tag("li", after_end="\n"),
    nodes.line_block: _tag("div", "line-block", after_start="\n", after_end="\n"),
    nodes.line: _tag("div", "line", after_end="\n"),
    nodes.paragraph: _tag("p", after_end="\n"),
    nodes.strong: _tag("strong"),
    nodes.emphasis: _tag("em"),
    nodes.subscript: _tag("sub"),
    nodes.superscript: _tag("sup"),
}
_MARKED: dict[str, _Write] = {
    ONLY["html"]: lambda writer, element: writer.html(element.children),
    ONLY["print"]: lambda writer, element: "",
    MATH: HtmlWriter._math,
    FOREIGN: HtmlWriter._foreign,
}
"""What becomes of inline elements whose first class is one of these."""
