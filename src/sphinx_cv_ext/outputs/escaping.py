"""Characters that a format cannot hold as they are, and what it has for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from sphinx_cv_ext.model.patterns import pattern


def escaper(escapes: Mapping[str, str]) -> Callable[[str], str]:
    """What puts ``escapes`` in the place of characters, all at once: what it has put there stays.

    Far faster than `html.escape` and `str.translate`, for most text has none of them. To look for each by itself is
    far faster than to look for all, and than `str.replace`, which counts them first.
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
"""What `html.escape` makes of a text."""
