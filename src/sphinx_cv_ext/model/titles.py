"""What a page says around a name and no list of authors: titles, degrees, pronouns."""

from __future__ import annotations

import re

from sphinx_cv_ext.model.patterns import pattern

_BEFORE = pattern(
    r"(?:(?:Frau|Herr|Mrs?\.?|Ms\.?) )?"
    r"(?:(?:(?:PD|apl\.|Univ\.-|Jun\.-) ?(?=Prof|Dr))?"
    r"(?:Prof(?:essor(?:in)?)?|Dr)\b\.?"
    r"(?:[ -]*(?:h\. ?c|mult|rer|nat|phil|med|jur|iur|theol|pol|oec|habil|Ing)\.)* )*",
    re.IGNORECASE,
)
# "Example MD" may be somebody with two initials, but for a comma.
_BEHIND = pattern(
    r"(?:,? (?:Ph\.? ?D|D\.? ?Phil|Sc\.? ?D)\b\.?|, ?(?:M\.? ?[DA]|M\.? ?Sc|B\.? ?Sc)\b\.?| \([^()]*\))+",
    re.IGNORECASE,
)


def without_titles(name: str) -> str:
    """``name`` without "Prof. Dr." before it and "PhD" or "(she/her)" after it; unchanged if nothing would be left.

    Several blanks become one: patterns that had to look for the end of each run would take quadratic time.
    """
    name = " ".join(name.split())
    before = _BEFORE.match(name)
    start = before.end() if before else 0
    behind = next((found.start() for found in _BEHIND.finditer(name, start) if found.end() == len(name)), len(name))
    return name[start:behind] or name
