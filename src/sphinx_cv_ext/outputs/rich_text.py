"""Texts of the model as elements."""

from __future__ import annotations

from docutils import nodes

from sphinx_cv_ext.model.text import Linked, Math, RichText, Style, Styled, Text
from sphinx_cv_ext.outputs.elements import FOREIGN, LANGUAGE, MATH, Element, Part

_STYLES: dict[Style, tuple[type[nodes.Element], tuple[str, ...]]] = {
    Style.EMPHASIS: (nodes.emphasis, ()),
    Style.STRONG: (nodes.strong, ()),
    Style.CODE: (nodes.literal, ()),
    Style.SMALL_CAPS: (nodes.inline, ("cv-small-caps",)),
    Style.SUBSCRIPT: (nodes.subscript, ()),
    Style.SUPERSCRIPT: (nodes.superscript, ()),
}


def rich_text(text: RichText) -> list[Part]:
    """The elements of a text of the model."""
    parts: list[Part] = []
    for inline in text:
        if isinstance(inline, Text):
            parts.append(inline.value)
        else:
            parts += _inline(inline)
    return parts


def _inline(inline: Styled | Math | Linked) -> list[Part]:
    match inline:
        case Styled(Style.PROTECTED, children):
            return rich_text(children)
        case Math(latex):
            return [Element(nodes.inline, latex, classes=(MATH,))]
        case Linked(url, children):
            return [Element(nodes.reference, *rich_text(children), refuri=url, internal=False)]
        case Styled(style, children):
            kind, classes = _STYLES[style]
            return [Element(kind, *rich_text(children), classes=classes)]


def isolated(content: list[Part], language: str) -> list[Part]:
    """``content``, marked with a ``language`` other than the page's; unchanged if ``language`` is empty."""
    return [Element(nodes.inline, *content, classes=(FOREIGN, *language_classes(language)))] if language else content


def language_classes(language: str) -> tuple[str, ...]:
    """The class of an element in this language; none if it is empty."""
    return (f"{LANGUAGE}{language}",) if language else ()
