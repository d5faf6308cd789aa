"""How the styles put text together, whatever its content: how it is joined, ended, quoted and shortened."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sphinx_cv_ext.model.patterns import pattern

_RANGE = pattern(r"(?<!\w)(\d+)–(\d+)(?!\w)")
_QUOTED = pattern(r'(["„])([^"„“”]*)"')
# Closing marks in German are opening marks in English. French, Japanese and other marks are kept inside any others.
_INNER_MARKS = str.maketrans("“”„", "‘’‚")
_CLOSING_MARKS = "”’“‘»«›‹」』"


def listed(items: Sequence[str], conjunction: str) -> str:
    """``A``, ``A and B``, ``A, B, and C``."""
    if len(items) < 3:
        return f" {conjunction} ".join(items)
    return f"{', '.join(items[:-1])}, {conjunction} {items[-1]}"


def one_or_more(count: int, one: str, more: str) -> str:
    """The singular or the plural of a word, by the number of things."""
    return one if count == 1 else more


def with_brackets(title: str, in_parentheses: str = "", in_brackets: str = "") -> str:
    """``A (B) [C]``, without the parts that are empty."""
    parts = (title, in_parentheses and f"({in_parentheses})", in_brackets and f"[{in_brackets}]")
    return " ".join(filter(None, parts))


def shortened(pages: str, *, chicago: bool) -> str:
    """Page ranges with as few digits of the second number as the style wants.

    MLA Handbook, section 2.139: its last two digits, or more where more differ. Chicago, section 9.61: likewise,
    but one digit will do after a number that ends in 01 to 09, and all are kept after a multiple of 100.
    """

    def shorten(match: re.Match[str]) -> str:
        first, last = match.groups()
        if len(first) != len(last) or len(first) < 3 or (chicago and first.endswith("00")):
            return match[0]
        least = 1 if chicago and first[-2] == "0" else 2
        same = next((place for place in range(len(first)) if first[place] != last[place]), len(first))
        return f"{first}–{last[min(same, len(last) - least) :]}"

    return _RANGE.sub(shorten, pages)


def capital(text: str) -> str:
    """``text`` with a capital letter."""
    return f"{text[:1].upper()}{text[1:]}"


def ended(text: str) -> str:
    """``text`` with a full stop, unless it ends like a sentence."""
    return text if not text or text.rstrip(_CLOSING_MARKS)[-1:] in (".", "?", "!") else f"{text}."


def sentences(*parts: str) -> str:
    """The ``parts`` that are not empty, each with a full stop."""
    return " ".join([ended(part) for part in parts if part])


def commas(*parts: str) -> str:
    """The ``parts`` that are not empty, separated by commas."""
    return ", ".join(filter(None, parts))


def quoted(title: str, stop: str) -> str:
    """A title in double quotation marks, with single ones inside it.

    ``stop`` goes before the last mark, unless the title already ends in one.
    """
    inner = title
    if '"' in title or not title.isascii():
        inner = _QUOTED.sub(lambda found: f"‚{found[2]}‘" if found[1] == "„" else f"‘{found[2]}’", title)
        inner = inner.translate(_INNER_MARKS)
    return f"“{inner}{'' if inner.rstrip(_CLOSING_MARKS).endswith(('.', '?', '!')) else stop}”"


def in_capitals(numbered: str) -> str:
    """``Technical Report`` for ``Technical report``, and likewise patents and applications."""
    return re.sub(r"\b(?:report|patent|application)\b", lambda match: match[0].capitalize(), numbered)
