"""Characters that a format cannot hold as they are, and how they are written there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping

from sphinx_cv_ext.model.patterns import pattern


def escaper(escapes: Mapping[str, str]) -> Callable[[str], str]:
    """A function that replaces the characters in ``escapes``, all at once: a replacement is not escaped again.

    It is much faster than `html.escape` and `str.translate` because most texts hold none of the characters. Looking for
    one after the other is much faster than looking for any of them, and than `str.replace`, which counts them first.
    """
    characters = tuple(escapes)
    any_of_them = pattern(f"[{re.escape(''.join(characters))}]")

    def escaped(text: str) -> str:
        for character in characters:
            if character in text:
                return any_of_them.sub(lambda match: escapes[match[0]], text)
        return text

    return escaped


in_html = escaper({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})
"""The same as `html.escape`."""

# A script element ends at "</script", and before ES2019 its lines at U+2028, too (HTML Standard, section 4.12.1.3).
_in_script = escaper({c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"})
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def json_in_script(value: object) -> str:
    """``value`` as JSON for the inside of a ``script`` element, which nothing in it can end."""
    # A file in UTF-8 cannot hold half of a surrogate pair.
    return _in_script(_encode(value).encode("utf-8", "ignore").decode("utf-8"))
