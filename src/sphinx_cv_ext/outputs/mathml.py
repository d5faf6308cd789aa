"""Formulas as MathML, which every browser draws by itself: no script, and nothing from another host."""

from __future__ import annotations

import re
from functools import lru_cache
from html.entities import html5

from docutils.utils.math.latex2mathml import tex2mathml

from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.outputs.tex import readable


# The formula of a title stands in lists and on a page of its own, and many titles have the same.
@lru_cache(maxsize=1 << 12)
def mathml(latex: str) -> str:
    """A formula of LaTeX as a ``math`` element; empty where docutils cannot read it."""
    try:
        element: str = tex2mathml(readable(latex))
    # From 0.21 on docutils raises a MathError of its own, but also SyntaxError, IndexError and others.
    except Exception:
        return ""
    # XHTML knows five names of characters only.
    numbered = _NAMED.sub(lambda match: "".join(f"&#{ord(c)};" for c in html5.get(f"{match[1]};", "")), element)
    signed = _SIGN.sub(r"<mo>\1</mo>", re.sub(r">\s+<", "><", numbered).strip())
    return _APPLIED.sub(r'<mo rspace="0.167em">&#8289;</mo>\1', signed)


# TeX has a thin space between a function and its argument (TeXbook, page 170); browsers have none of their own.
_APPLIED = pattern(r"<mo>&#8289;</mo>(<m[in]>)")
# A sign that docutils takes as text alone.
_SIGN = pattern(r"<mtext>([^\x00-\x7f\w\s])</mtext>")
_NAMED = pattern(r"&(?!(?:lt|gt|amp|quot|apos);)(\w+);")
