"""Text that stays on its line, whatever a program takes for the end of one."""

from __future__ import annotations

import re

# All white space, which Unicode's line and paragraph separators are, and the control characters.
_BREAKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


def one_line(text: str) -> str:
    """``text`` with one plain blank for any white space and control characters in it, and none at its ends."""
    return _BREAKS.sub(" ", text).strip(" ")
