"""Text with the little markup that a title or a remark can carry."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from typing import TypeVar

from sphinx_cv_ext.frozen import frozen


class Style(enum.Enum):
    """What a `Styled` stretch of text is."""

    EMPHASIS = "emphasis"
    STRONG = "strong"
    CODE = "code"
    SMALL_CAPS = "small-caps"
    SUBSCRIPT = "subscript"
    SUPERSCRIPT = "superscript"
    PROTECTED = "protected"
    """Braces around a word of a BibTeX title: its letters keep their case in every citation style."""


@frozen
class Text:
    """Plain characters, Unicode, no markup of any kind."""

    value: str


@frozen
class Styled:
    """A stretch of text in one style."""

    style: Style
    children: RichText


@frozen
class Math:
    """A formula as LaTeX source, without its dollar signs."""

    latex: str


@frozen
class Linked:
    """Text that leads somewhere; ``url`` has a safe scheme, see `sphinx_cv_ext.model.links.is_safe_url`."""

    url: str
    children: RichText


Inline = Text | Styled | Math | Linked
RichText = tuple[Inline, ...]


def rich(value: str) -> RichText:
    """``value`` as rich text without markup; no text at all when it is empty."""
    return (Text(value),) if value else ()


_Piece = TypeVar("_Piece")


def separated(texts: Iterable[Sequence[_Piece]], gap: _Piece) -> list[_Piece]:
    """The pieces of those of ``texts`` that are not empty, with ``gap`` between each two texts."""
    pieces: list[_Piece] = []
    for text in filter(None, texts):
        pieces += [gap, *text] if pieces else text
    return pieces


def plain(text: RichText) -> str:
    """The characters of ``text`` alone: styles and link targets dropped, formulas as their LaTeX source."""
    if len(text) == 1 and isinstance(text[0], Text):  # as most are
        return text[0].value
    parts: list[str] = []
    for inline in text:
        match inline:
            case Text(value):
                parts.append(value)
            case Math(latex):
                parts.append(latex)
            case Styled(_, children) | Linked(_, children):
                parts.append(plain(children))
    return "".join(parts)
