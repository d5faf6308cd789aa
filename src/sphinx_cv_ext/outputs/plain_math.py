"""Formulas as plain characters, for a picture or a line of text that can hold no markup."""

from __future__ import annotations

from functools import lru_cache
from xml.etree import ElementTree

from sphinx_cv_ext.outputs.mathml import mathml

_RAISED = str.maketrans("0123456789+-−=()in", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁱⁿ")
# What stands between two sides has a blank before and behind, as it has room there on paper.
_RELATIONS = frozenset("=<>≤≥≠≈≡≃≅∼∝≪≫∈∉⊂⊆⊃⊇→←↔⇒⇐⇔↦≺≻")
_LOWERED = str.maketrans("0123456789+-−=()aeijox", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑᵢⱼₒₓ")


# A title goes into the files of all formats, and the formulas of a field are few.
@lru_cache(maxsize=1 << 12)
def characters(latex: str) -> str:
    r"""A formula of LaTeX in one line of Unicode; the source where docutils cannot read it.

    >>> characters(r"\ell_0"), characters(r"O(n^2)"), characters(r"\frac{1}{2}"), characters("p<0.05")
    ('ℓ₀', 'O(n²)', '1/2', 'p < 0.05')
    """
    element = mathml(latex)
    try:
        return " ".join(_characters(ElementTree.fromstring(element)).split()) if element else latex
    except ElementTree.ParseError:
        return latex


def _characters(element: ElementTree.Element) -> str:
    parts = [_characters(child) for child in element]
    match element.tag.rpartition("}")[2], parts:
        case "msup", [base, high]:
            return base + raised(high)
        case "msub", [base, low]:
            return base + lowered(low)
        case "msubsup", [base, low, high]:
            return base + lowered(low) + raised(high)
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
    if all(ord(character) in table for character in text):
        return text.translate(table)
    return sign + (text if len(text) == 1 else f"({text})")
