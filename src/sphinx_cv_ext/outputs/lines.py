"""Text that stays on its line, whatever a program takes for the end of one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from sphinx_cv_ext.model.cv import EntryText
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.model.publication import Publication, once_per_publication
from sphinx_cv_ext.model.text import Linked, Math, Style, Styled, Text
from sphinx_cv_ext.outputs.plain_math import characters, lowered, raised

# All white space, which Unicode's line and paragraph separators are, and the control characters.
_BREAKS = pattern(r"[\s\x00-\x1f\x7f-\x9f]+")
# Words, the ordinals of Romance languages, and marks: as readable on the line as above or below it.
_ON_THE_LINE = pattern(r"[^\W\d_]{2,}\.?|[aeoªº]|[^\w+\-−=()/⊙⊕∞]*")


def one_line(text: str) -> str:
    """``text`` with one plain blank for any white space and control characters in it, and none at its ends."""
    # Of all white space only the blank is printable.
    is_one = text.isprintable() and "  " not in text
    return (text if is_one else _BREAKS.sub(" ", text)).strip(" ")


def held(fields: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those of the named values that hold anything, each on one line."""
    found = [named for named in fields if named[1]]
    # Nearly always they are lines already. That is seen of all at once: a blank at an end becomes one of two here.
    whole = f" {' '.join([value for _name, value in found])} "
    if whole.isprintable() and "  " not in whole:
        return found
    return [(name, line) for name, value in found if (line := one_line(value))]


# A title goes into the files of all formats, and into the heads of three pages.
@lru_cache(maxsize=1 << 12)
def plain_line(words: EntryText) -> str:
    """The characters of a rich text on one line, formulas in Unicode."""
    return one_line(plain_text(words))


def plain_text(words: EntryText) -> str:
    """The characters of a rich text, formulas in Unicode: what people read where no markup can be."""
    return "".join(_characters(words))


@once_per_publication
def title_line(publication: Publication) -> str:
    """The title on one line."""
    return plain_line(publication.title)


@once_per_publication
def abstract_text(publication: Publication) -> str:
    """The abstract without its markup."""
    return plain_text(publication.abstract)


def _characters(words: EntryText) -> Iterator[str]:
    for inline in words:
        match inline:
            case Text(value):
                yield value
            case Math(latex):
                yield characters(latex)
            case Styled(Style.SUPERSCRIPT, children):
                yield _shifted("".join(_characters(children)), raised)
            case Styled(Style.SUBSCRIPT, children):
                yield _shifted("".join(_characters(children)), lowered)
            case Styled(_, children) | Linked(_, children):
                yield from _characters(children)


def _shifted(text: str, shift: Callable[[str], str]) -> str:
    """A superscript or a subscript: ``10⁴``, but ``5th`` and ``Vmax``."""
    shifted = shift(text)
    # What is longer has no such characters, or not all of them.
    return text if len(shifted) > len(text) and _ON_THE_LINE.fullmatch(text) else shifted
