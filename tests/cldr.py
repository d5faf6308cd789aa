"""What Babel's copy of CLDR says, which is not the same in all versions of it."""

from __future__ import annotations

from importlib.metadata import version

_BABEL = tuple(map(int, version("babel").split(".")[:2]))

CHINESE_TO = "至" if _BABEL < (2, 19) else " – "
"""What separates two dates in Chinese."""
