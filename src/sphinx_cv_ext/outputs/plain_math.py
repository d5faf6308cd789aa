"""Formulas as plain characters, for a picture or a line of text that can hold no markup."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from xml.etree import ElementTree

from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.outputs.mathml import mathml

_RAISED = str.maketrans("0123456789+-−=()in", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁱⁿ")
# What stands between two sides has a blank before and behind, as it has room there on paper.
_RELATIONS = frozenset("=<>≤≥≠≈≡≃≅∼∝≪≫∈∉⊂⊆⊃⊇→←↔⇒⇐⇔↦≺≻")
_LOWERED = str.maketrans("0123456789+-−=()aeijox", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑᵢⱼₒₓ")
# What docutils has above and below a letter, and the same as a mark that joins it. A brace needs none.
_ABOVE = dict(
    zip(
        ["´", "`", "ˆ", "^", "~", "ˉ", "_", "˘", "˙", "¨", "˙˙˙", "˙˙˙˙", "˚", "ˇ", "←", "→", "↔", "⏞"],
        [*"\u0301\u0300\u0302\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u20db\u20dc\u030a\u030c\u20d6\u20d7\u20e1", ""],
        strict=True,
    )
)
_BELOW = {"_": "\u0332", "←": "\u20ee", "→": "\u20ef", "↔": "\u034d", "⏟": ""}
_MACRON, _OVERLINE = _ABOVE["ˉ"], _ABOVE["_"]
_IN_PARENTHESES = pattern(r"\([^()]*\)")
# With the marks that it has already, for another goes above or below those.
_LETTER = pattern(r"([^\W_⁰¹²³⁴-⁹ⁱⁿ₀-₉ₐₑᵢⱼₒₓ])([\u0300-\u036f\u20d0-\u20ff]*)")


# A title goes into the files of all formats, and the formulas of a field are few.
@lru_cache(maxsize=1 << 12)
def characters(latex: str) -> str:
    r"""A formula of LaTeX in one line of Unicode; the source where docutils cannot read it.

    >>> characters(r"\ell_0"), characters(r"O(n^2)"), characters(r"\frac{1}{2}"), characters("p<0.05")
    ('ℓ₀', 'O(n²)', '1/2', 'p < 0.05')
    """
    element = mathml(latex)
    try:
        found = _characters(ElementTree.fromstring(element)) if element else latex
    except ElementTree.ParseError:
        return latex
    return unicodedata.normalize("NFC", " ".join(found.split())) if element else latex


def _characters(element: ElementTree.Element) -> str:
    parts = [_characters(child) for child in element]
    match element.tag.rpartition("}")[2], parts:
        case "mover", [base, high] if high.strip() in _ABOVE:
            return _marked(base, _ABOVE[high.strip()])
        case "munder", [base, low] if low.strip() in _BELOW:
            return _marked(base, _BELOW[low.strip()])
        case "munderover", [base, low, high] if high.strip() in _ABOVE:  # how docutils has \bar{\nu}_e
            return _marked(base, _ABOVE[high.strip()]) + lowered(low)
        case "msup", [base, high]:
            return base + raised(high)
        case "msub", [base, low]:
            return base + lowered(low)
        case "msubsup", [base, low, high]:
            return base + lowered(low) + raised(high)
        case "mover", [base, high]:
            return f"{base.rstrip()}{raised(high)} "
        case "munder", [base, low]:
            return f"{base.rstrip()}{lowered(low)} "
        case "munderover", [base, low, high]:
            return f"{base.rstrip()}{lowered(low)}{raised(high)} "
        case "mfrac", [above, below]:
            return f"{above}/{below}"
        case "msqrt", _:
            return f"√{''.join(parts)}"
        case "mo", _ if (element.text or "").strip() in _RELATIONS:
            return f" {element.text} "
        case "mi", _ if len(element.text or "") > 1:
            return f" {element.text}"  # the name of a function, which the sign of its application parts from the rest
        case _:
            return "".join([(element.text or "").strip().replace("\u2061", " "), *parts])


def raised(text: str) -> str:
    """A superscript: ``⁻¹``, or ``^(−0.5)`` where Unicode has no raised character."""
    return _shifted(text, _RAISED, "^")


def lowered(text: str) -> str:
    """A subscript: ``ᵢ``, or ``_T``."""
    return _shifted(text, _LOWERED, "_")


def _shifted(text: str, table: dict[int, int], sign: str) -> str:
    """``text`` in the characters of ``table``, or behind ``sign`` where it has not all of them."""
    text = text.strip()
    if all(ord(character) in table for character in text):
        return text.translate(table)
    is_one = len(unicodedata.normalize("NFC", text)) == 1 or _IN_PARENTHESES.fullmatch(text)
    return sign + (text if is_one else f"({text})")


def _marked(base: str, mark: str) -> str:
    """``base`` with a mark on each letter, so that it spans them all."""
    base = base.strip()
    if mark == _OVERLINE and len(base) == 1:
        mark = _MACRON  # which has a character together with many letters, and looks the same
    found, count = _LETTER.subn(rf"\1\2{mark}", base)
    return found if count or not base else base + mark
