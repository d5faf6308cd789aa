"""Regular expressions that are compiled when they are first asked.

To compile those of a module is most of what its import takes, and a build in which little has changed asks few of them.

What is searched for begins with a character or a class of them, rather than with what stands before it or with one of
several things: `re` passes over all else four times as fast.
"""

from __future__ import annotations

import re
from typing import Any, cast


def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, but later; whether ``source`` is right is only known then."""
    return cast("re.Pattern[str]", _Pattern(source, flags))


class _Pattern:
    def __init__(self, source: str, flags: int) -> None:
        self.pattern = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self.pattern, self._flags), name)
        # The next time Python finds it by itself.
        setattr(self, name, found)
        return found
