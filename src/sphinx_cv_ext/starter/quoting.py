"""Quotes any text for files of different kinds, so that it is plain text there and nothing else."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence

from sphinx_cv_ext.model.patterns import pattern

PythonValue = str | Sequence["PythonValue"] | Mapping[str, "PythonValue"]
"""The values that settings may have."""

# Markup within a line. A backslash escapes any ASCII punctuation (CommonMark, section 2.4).
_MARKDOWN = pattern(r"[\\`*_{}\[\]<#|~$=]|&(?=#?\w+;)|:(?=:)|^:")
_WIDTH = 100


def one_line(text: str) -> str:
    """``text`` on one line, without invisible characters: controls, direction marks, surrogates and the like."""
    # The joiners, of category Cf, are needed to spell names in some scripts.
    kept = (
        " " if unicodedata.category(c) in _UNSEEN and c not in "\u200c\u200d" else c
        for c in unicodedata.normalize("NFC", text)
    )
    return " ".join("".join(kept).split())


_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def python(value: PythonValue, indent: int = 0) -> str:
    """A value as Python source, on one line if it is short enough."""
    inner, outer = " " * (indent + 4), " " * indent
    match value:
        case str():
            # Without controls and surrogates, JSON's strings are the same as Python's.
            return json.dumps(one_line(value), ensure_ascii=False)
        case Mapping():
            if not value:
                return "{}"
            lines = [f"{inner}{python(key)}: {python(of, indent + 4)},\n" for key, of in value.items()]
            return f"{{\n{''.join(lines)}{outer}}}"
        case _:
            short = f"[{', '.join(python(item) for item in value)}]"
            if indent + len(short) <= _WIDTH:
                return short
            return "[\n" + "".join(f"{inner}{python(item)},\n" for item in value) + f"{outer}]"


def markdown(text: str) -> str:
    """Plain text for a line of Markdown, with all markup escaped."""
    return _MARKDOWN.sub(r"\\\g<0>", one_line(text))
