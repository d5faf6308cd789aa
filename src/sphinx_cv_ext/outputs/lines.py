"""Text on one line, without any character that a program may take for the end of a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from sphinx_cv_ext.model.cv import EntryText
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.model.publication import Publication, once_per_publication
from sphinx_cv_ext.model.text import Linked, Math, Style, Styled, Text
from sphinx_cv_ext.outputs.plain_math import characters, lowered, raised

# All white space, including Unicode's line and paragraph separators, and control characters.
_BREAKS = pattern(r"[\s\x00-\x1f\x7f-\x9f]+")
# Words, the endings of ordinals in Romance languages, and marks are readable without being raised or lowered.
_ON_THE_LINE = pattern(r"[^\W\d_]{2,}\.?|[aeoªº]|[^\w+\-−=()/⊙⊕∞]*")


def one_line(text: str) -> str:
    """``text`` with a single blank for each run of white space and controls, and none at its ends."""
    # The blank is the only printable white space.
    is_one = text.isprintable() and "  " not in text
    return (text if is_one else _BREAKS.sub(" ", text)).strip(" ")


def held(fields: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The pairs of name and value whose values are not empty, with each value on one line."""
    found = [named for named in fields if named[1]]
    # Nearly always all are on one line already. One test shows that: a blank at an end would make two blanks here.
    whole = f" {' '.join([value for _name, value in found])} "
    if whole.isprintable() and "  " not in whole:
        return found
    return [(name, line) for name, value in found if (line := one_line(value))]


# Cached, because a title is needed for the files of all formats and for the heads of three pages.
@lru_cache(maxsize=1 << 12)
def plain_line(words: EntryText) -> str:
    """The characters of a rich text on one line, formulas in Unicode."""
    return one_line(plain_text(words))


def plain_text(words: EntryText) -> str:
    """The characters of a rich text, formulas in Unicode, for people to read where markup is not possible."""
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
    # A longer result means that Unicode does not have all the characters.
    return text if len(shifted) > len(text) and _ON_THE_LINE.fullmatch(text) else shifted
