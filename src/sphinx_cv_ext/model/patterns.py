"""Regular expressions that are compiled when they are first used.

Compiling its patterns would take most of the time of importing a module, and a build in which little has changed uses
few of them.

A pattern for ``search`` should begin with a character or a set of characters, and not with a lookbehind or
alternatives: `re` then skips text four times as fast. That is why some patterns have a lookbehind after their first
character.
"""

from __future__ import annotations

import re
from typing import Any, cast


def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """Like ``re.compile(source, flags)``, but it compiles at the first use: an error in ``source`` only shows then."""
    return cast("re.Pattern[str]", _Pattern(source, flags))


class _Pattern:
    def __init__(self, source: str, flags: int) -> None:
        self.pattern = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self.pattern, self._flags), name)
        # From now on Python finds the attribute without calling this method.
        setattr(self, name, found)
        return found
