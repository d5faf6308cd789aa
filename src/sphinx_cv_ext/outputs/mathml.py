"""Formulas as MathML, which every browser can draw without a script."""

from __future__ import annotations

import re
from functools import lru_cache
from html.entities import html5

from docutils.utils.math.latex2mathml import tex2mathml

from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.outputs.tex import readable


# Cached, because a formula in a title occurs on several pages, and many titles have the same one.
@lru_cache(maxsize=1 << 12)
def mathml(latex: str) -> str:
    """A formula in LaTeX as a ``math`` element; empty if docutils cannot parse it."""
    try:
        element: str = tex2mathml(readable(latex))
    # From 0.21 on docutils raises a MathError of its own, but also SyntaxError, IndexError and others.
    except Exception:
        return ""
    # XHTML has only five named characters.
    numbered = _NAMED.sub(lambda match: "".join(f"&#{ord(c)};" for c in html5.get(f"{match[1]};", "")), element)
    signed = _SIGN.sub(r"<mo>\1</mo>", re.sub(r">\s+<", "><", numbered).strip())
    return _APPLIED.sub(r'<mo rspace="0.167em">&#8289;</mo>\1', signed)


# TeX puts a thin space between a function and its argument (TeXbook, page 170); browsers do not.
_APPLIED = pattern(r"<mo>&#8289;</mo>(<m[in]>)")
# An operator that docutils treats as text.
_SIGN = pattern(r"<mtext>([^\x00-\x7f\w\s])</mtext>")
_NAMED = pattern(r"&(?!(?:lt|gt|amp|quot|apos);)(\w+);")
