"""Academic titles before a name, which stand on a page but in no list of authors."""

from __future__ import annotations

import re

from sphinx_cv_ext.model.patterns import pattern

_TITLES = pattern(
    r"(?:(?:(?:PD|apl\.|Univ\.-|Jun\.-)\s*(?=Prof|Dr))?"
    r"(?:Prof(?:essor(?:in)?)?|Dr)\b\.?"
    r"(?:[ -]*(?:h\.\s?c|mult|rer|nat|phil|med|jur|iur|theol|pol|oec|habil|Ing)\.)*\s+)+",
    re.IGNORECASE,
)


def without_titles(name: str) -> str:
    """``name`` without "Prof. Dr." and the like before it; it stays as it is where that would be all."""
    found = _TITLES.match(name)
    return name[found.end() :] if found else name
