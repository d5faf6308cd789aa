"""How the styles put text together, whatever it says: how it is joined, closed, quoted and shortened."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sphinx_cv_ext.model.patterns import pattern

_RANGE = pattern(r"(?<!\w)(\d+)–(\d+)(?!\w)")
_QUOTED = pattern(r'(["„])([^"„“”]*)"')
# German closes with what opens in English, and French, Japanese and others have marks that stay within any.
_INNER_MARKS = str.maketrans("“”„", "‘’‚")
_CLOSING_MARKS = "”’“‘»«›‹」』"


def listed(items: Sequence[str], conjunction: str) -> str:
    """``A``, ``A and B``, ``A, B, and C``."""
    if len(items) < 3:
        return f" {conjunction} ".join(items)
    return f"{', '.join(items[:-1])}, {conjunction} {items[-1]}"


def one_or_more(count: int, one: str, more: str) -> str:
    """The word for one of something, or the word for any other number of it."""
    return one if count == 1 else more


def with_brackets(title: str, in_parentheses: str = "", in_brackets: str = "") -> str:
    """``A (B) [C]``, as far as there is something to go into each."""
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
    """What there is of ``parts``, each with its full stop."""
    return " ".join([ended(part) for part in parts if part])


def commas(*parts: str) -> str:
    """What there is of ``parts``, with commas between."""
    return ", ".join(filter(None, parts))


def quoted(title: str, stop: str) -> str:
    """A title in quotation marks, those inside it single; ``stop`` goes before the last, unless the title has one."""
    inner = title
    if '"' in title or not title.isascii():
        inner = _QUOTED.sub(lambda found: f"‚{found[2]}‘" if found[1] == "„" else f"‘{found[2]}’", title)
        inner = inner.translate(_INNER_MARKS)
    return f"“{inner}{'' if inner.rstrip(_CLOSING_MARKS).endswith(('.', '?', '!')) else stop}”"


def in_capitals(numbered: str) -> str:
    """``Technical Report`` for ``Technical report``, and likewise patents and applications."""
    return re.sub(r"\b(?:report|patent|application)\b", lambda match: match[0].capitalize(), numbered)
