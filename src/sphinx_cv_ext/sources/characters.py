"""The characters of a value: which are kept, and what HTML entities stand for.

- Removed are control characters, those that steer the direction of text (U+061C, U+200E, U+200F, U+202A to
  U+202E, U+2066 to U+2069), interlinear marks (U+FFF9 to U+FFFB), soft hyphens, and what has no width and no
  meaning (U+200B, U+2060, U+FEFF). The joiners U+200C and U+200D stay, since Persian, Indic scripts and emoji
  are spelt with them. A lone surrogate becomes U+FFFD.
- Text is in NFC, save that compatibility ideographs stay: they are the very letters of some people's names.
"""

from __future__ import annotations

import html
import re
import unicodedata
from html.entities import html5

from sphinx_cv_ext.model.patterns import pattern

WHITE = " \t-\r\x85\u2028\u2029"
"""White space, as the inside of a class in a pattern; no-break spaces are none."""

_SPACES = pattern(f"[{WHITE}]+")
_UNWANTED = pattern(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]+"
)
_SURROGATES = pattern("[\ud800-\udfff\ufffe\uffff]")
_COMPOSABLE = pattern("[^\uf900-\ufaff\U0002f800-\U0002fa1f]+")
# UAX #15's stream-safe format allows 30 marks on a letter. No script needs more than a few, and without a
# limit a hundred thousand of them would take quadratic time to sort and run across the page.
_MAX_MARKS = 8
_MARKED = pattern(f"[^\0-\u02ff]{{{_MAX_MARKS + 1},}}")
_ENTITY = pattern(r"&(?P<reference>#[0-9]{1,7};|#[xX][0-9A-Fa-f]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)")


def cleaned(text: str) -> str:
    """``text`` with single spaces, in NFC, without the characters that the module's docstring lists."""
    if text.isascii() and text.isprintable():
        return _SPACES.sub(" ", text) if "  " in text else text
    # In this order: two blanks around an unwanted character have to become one.
    text = _SPACES.sub(" ", _UNWANTED.sub("", text))
    if text.isascii():
        return text
    text = _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)
    text = _MARKED.sub(_without_surplus_marks, text)
    return _COMPOSABLE.sub(lambda run: unicodedata.normalize("NFC", run[0]), text)


def _without_surplus_marks(run: re.Match[str]) -> str:
    kept = []
    marks = 0
    for character in run[0]:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MAX_MARKS:
            kept.append(character)
    return "".join(kept)


def read_entity(entity: re.Match[str]) -> str | None:
    """The character for the group ``reference`` of a match; None if there is no such entity."""
    reference = entity["reference"].lstrip("{\\").replace("}", "")
    if reference.startswith("#") or reference in html5:
        return html.unescape(f"&{reference}")
    return None


def without_entities(text: str) -> str:
    """``text`` with HTML entities replaced; what is no entity stays as it is."""
    return _ENTITY.sub(lambda match: read_entity(match) or match[0], text)
