"""Formulas as plain Unicode characters, where no markup is possible: in pictures and in lines of text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from xml.etree import ElementTree

from docutils.utils.math.latex2mathml import functions

from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.outputs.mathml import mathml

_RAISED = str.maketrans("0123456789+-−=()in∘′", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁱⁿ°′")
# Relations, which get a blank on both sides, like the space that they have in print.
_RELATIONS = frozenset("=<>≤≥≠≈≡≃≅∼∝≪≫∈∉⊂⊆⊃⊇→←↔⇒⇐⇔↦≺≻≲≳⩽⩾⟶⟵⟹⟺↪⇌≔")
# Next to these characters a fraction needs no parentheses, and the name of a function no blank.
_OPENING, _CLOSING = "([{⟨|,;:.+−±∓×⋅*∘", ")]}⟩|,;:.+−±∓×⋅*∘"
_LOWERED = str.maketrans("0123456789+-−=()aeijox", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑᵢⱼₒₓ")
# The signs that docutils puts above and below letters, and the corresponding combining marks; a brace has none.
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
_SCRIPTS = r"(?:[⁰¹²³⁴-⁹⁺⁻⁼⁽⁾ⁱⁿ₀-₎ₐₑᵢⱼₒₓ°′]|[\^_](?:\w|\([^()]*\)))*"
# A number, a letter with its marks, or parentheses.
_ONE = pattern(rf"√?(?:\d[\d.]*|[^\W\d_][\u0300-\u036f\u20d0-\u20ff]*|\([^()]*\)){_SCRIPTS}")
_LOOSE = pattern(r"[+−±/ \u2061]")
# Function application (U+2061), which later becomes a blank or nothing.
_BESIDE = "\u2061 "
_FUNCTIONS = frozenset(functions.values())
_APPLICATION = pattern(rf"(?<=[^\s\u2061/^_{re.escape(_OPENING)}])\u2061+(?=[^\s\u2061/^_({{\[⟨{re.escape(_CLOSING)}])")
# Letters and digits in bold, italic, sans serif and monospace, which become ordinary ones. Script, Fraktur and
# blackboard bold are kept, because they have meanings of their own.
_FONTS = pattern("[\U0001d400-\U0001d49b\U0001d5a0-\U0001d7d7\U0001d7e2-\U0001d7ff\u210e]+")
# A letter with all its marks: another mark has to come after these.
_LETTER = pattern(r"([^\W_⁰¹²³⁴-⁹ⁱⁿ₀-₉ₐₑᵢⱼₒₓ])([\u0300-\u036f\u20d0-\u20ff]*)")


# Cached, because a title is needed for the files of all formats.
@lru_cache(maxsize=1 << 12)
def characters(latex: str) -> str:
    r"""A formula in LaTeX as one line of Unicode; the source itself if docutils cannot parse it.

    >>> characters(r"\ell_0"), characters(r"O(n^2)"), characters(r"\frac{1}{2}"), characters("p<0.05")
    ('ℓ₀', 'O(n²)', '1/2', 'p < 0.05')
    """
    element = mathml(latex)
    if not element:
        return latex
    try:
        found = _characters(ElementTree.fromstring(element))
    except ElementTree.ParseError:
        return latex
    found = _APPLICATION.sub(" ", found).replace("\u2061", "")
    found = _FONTS.sub(lambda run: unicodedata.normalize("NFKC", run[0]), found)
    return unicodedata.normalize("NFC", " ".join(found.split()))


def _characters(element: ElementTree.Element) -> str:
    if not len(element):
        return _token(element, element.text or "")
    if element.get("class") == "binom":
        return f"C({','.join(map(_characters, element[1]))})"
    parts = [_characters(child) for child in element]
    match _tag(element), parts:
        case "mover", [base, high] if high.strip() in _ABOVE:
            return _marked(base, _ABOVE[high.strip()])
        case "munder", [base, low] if low.strip() in _BELOW:
            return _marked(base, _BELOW[low.strip()])
        case "munderover", [base, low, high] if high.strip() in _ABOVE:  # how docutils has \bar{\nu}_e
            return _marked(base, _ABOVE[high.strip()]) + lowered(low)
        case "msup", [base, high]:
            return _scripted(element[0], base, raised(high))
        case "msub", [base, low]:
            return _scripted(element[0], base, lowered(low))
        case "msubsup", [base, low, high]:
            return _scripted(element[0], base, lowered(low) + raised(high))
        case "mover", [base, high]:
            return f"{base.rstrip(_BESIDE)}{raised(high)} "
        case "munder", [base, low]:
            return f"{base.rstrip(_BESIDE)}{lowered(low)} "
        case "munderover", [base, low, high]:
            return f"{base.rstrip(_BESIDE)}{lowered(low)}{raised(high)} "
        case "mfrac", [above, below]:
            return f"{f'({above})' if _is_loose(above) else above}/{_one(below)}"
        case "msqrt", _:
            return f"√{_one(''.join(parts))}"
        case "mroot", [base, degree]:
            return f"{_one(base)}^(1/{_one(degree)})"
        case "mtable", _:
            return ";".join(parts)
        case "mtr", _:
            return ",".join(parts)
        case _:
            return "".join(_parted(element, parts))


def _token(element: ElementTree.Element, text: str) -> str:
    match _tag(element):
        case "mo" if text in _RELATIONS:
            return f" {text} "
        case "mi" | "mo" if len(text) > 1 and _is_function(element):
            return f"\u2061{text}\u2061"
        case "mtext":
            return text
        case "mspace":
            return "" if element.get("width", "").startswith("-") else " "
    return text.strip()


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _is_function(element: ElementTree.Element) -> bool:
    """Whether the element is the name of a function, such as ``log``, which needs a blank next to letters."""
    if _tag(element) == "mo":
        return (element.text or "").isalpha()
    return element.text in _FUNCTIONS or element.get("mathvariant") == "normal"


def _scripted(element: ElementTree.Element, base: str, scripts: str) -> str:
    """``base``, the text of ``element``, with superscripts and subscripts."""
    if base.startswith("\u2061"):
        return base.rstrip(_BESIDE) + scripts + "\u2061"
    # Only for these does print show that the script belongs to the whole; in a line of text it takes parentheses.
    return (f"({base})" if _tag(element) in ("mfrac", "msqrt", "mroot") else base) + scripts


def _parted(element: ElementTree.Element, parts: Sequence[str]) -> Sequence[str]:
    """The parts of a row, with parentheses around fractions that have neighbours."""
    if not any("/" in part for part in parts):
        return parts
    found = list(parts)
    for at, child in enumerate(element):
        if _tag(child) != "mfrac":
            continue
        before, behind = "".join(parts[at - 1 : at]).strip()[-1:], "".join(parts[at + 1 : at + 2]).strip()[:1]
        if before not in {*_OPENING, *_RELATIONS, ""} or behind not in {*_CLOSING, *_RELATIONS, ""}:
            found[at] = f"({parts[at]})"
    return found


def _is_loose(text: str) -> bool:
    """Whether ``text`` needs parentheses before a slash, because it is a sum or the like."""
    text, found = text.strip().lstrip("−+"), 1
    while found:
        text, found = _IN_PARENTHESES.subn("", text)
    return _LOOSE.search(text) is not None


def _one(text: str) -> str:
    """``text``, in parentheses unless it is a single unit."""
    text = text.strip()
    return text if _ONE.fullmatch(text) else f"({text})"


def raised(text: str) -> str:
    """A superscript: ``⁻¹``, or ``^(−0.5)`` where Unicode has no raised character."""
    return _shifted(text, _RAISED, "^")


def lowered(text: str) -> str:
    """A subscript: ``ᵢ``, or ``_T``."""
    return _shifted(text, _LOWERED, "_")


def _shifted(text: str, table: dict[int, int], sign: str) -> str:
    """``text`` in the characters of ``table``; after ``sign`` if the table does not have all of them."""
    text = text.strip()
    if all(ord(character) in table for character in text):
        return text.translate(table)
    is_one = len(unicodedata.normalize("NFC", text)) == 1 or _IN_PARENTHESES.fullmatch(text)
    return sign + (text if is_one else f"({text})")


def _marked(base: str, mark: str) -> str:
    """``base`` with a combining mark on each letter, so that together the marks span all of it."""
    base = base.strip()
    if mark == _OVERLINE and len(base) == 1:
        mark = _MACRON  # looks the same, and there are precomposed characters for many letters
    found, count = _LETTER.subn(rf"\1\2{mark}", base)
    return found if count or not base else base + mark
