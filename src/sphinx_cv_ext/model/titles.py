"""What a page says around a name and no list of authors: titles, degrees, pronouns."""

from __future__ import annotations

import re

from sphinx_cv_ext.model.patterns import pattern

_BEFORE = pattern(
    r"(?:(?:Frau|Herr|Mrs?\.?|Ms\.?)\s+)?"
    r"(?:(?:(?:PD|apl\.|Univ\.-|Jun\.-)\s*(?=Prof|Dr))?"
    r"(?:Prof(?:essor(?:in)?)?|Dr)\b\.?"
    r"(?:[ -]*(?:h\.\s?c|mult|rer|nat|phil|med|jur|iur|theol|pol|oec|habil|Ing)\.)*\s+)*",
    re.IGNORECASE,
)
# "Example MD" may be somebody with two initials, but for a comma.
_BEHIND = pattern(
    r"(?:,?\s+(?:Ph\.?\s?D|D\.?\s?Phil|Sc\.?\s?D)\b\.?|,\s*(?:M\.?\s?[DA]|M\.?\s?Sc|B\.?\s?Sc)\b\.?|\s+\([^()]*\))+",
    re.IGNORECASE,
)


def without_titles(name: str) -> str:
    """``name`` without "Prof. Dr." before it and "PhD" or "(she/her)" after it; unchanged if nothing would be left."""
    before = _BEFORE.match(name)
    start = before.end() if before else 0
    behind = next((found.start() for found in _BEHIND.finditer(name, start) if found.end() == len(name)), len(name))
    return name[start:behind] or name
