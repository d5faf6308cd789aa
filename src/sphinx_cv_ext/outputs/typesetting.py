"""Typst, where it is installed: which fonts it finds, and which characters they lack."""

from __future__ import annotations

import functools
import json
import re
import unicodedata
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typst

FAMILIES = ("Libertinus Serif", "Noto Serif CJK SC", "DejaVu Sans")
"""The fonts of our documents: Typst carries the first, a system may have the others and more."""

GLYPHS = Path(__file__).with_name("glyphs.typ")

_IN_FIRST_FONT = re.compile(r"[\x20-\x7e\xa0-\u017f–—‘’“”…·•†‡]*")
_PLAIN = {"−": "-", "‐": "-", "‑": "-", "′": "'", "″": '"', "⁄": "/", "∗": "*", "★": "*", "☆": "*"}


def is_available() -> bool:
    """Whether Typst is installed."""
    return bool(version())


def version() -> str:
    """The version of Typst; empty where there is none."""
    try:
        return metadata.version("typst")
    except metadata.PackageNotFoundError:
        return ""


@functools.cache
def fonts(with_system: bool = True) -> typst.Fonts:
    """All fonts that Typst carries, and those that it finds on the system."""
    import typst

    return typst.Fonts(include_system_fonts=with_system)


def missing(text: str) -> frozenset[str]:
    """The characters of ``text`` that no font has."""
    return _missing("".join(sorted(set(_IN_FIRST_FONT.sub("", text)))))


@functools.lru_cache(maxsize=64)
def _missing(characters: str) -> frozenset[str]:
    if not characters:
        return frozenset()
    import typst

    inputs = {"characters": json.dumps(list(characters)), "families": json.dumps(FAMILIES)}
    compiler = typst.Compiler(GLYPHS.read_bytes(), font_paths=fonts(), sys_inputs=inputs)
    return frozenset(json.loads(compiler.query("<missing>", field="value", one=True)))


def stand_ins(characters: frozenset[str], lacking: frozenset[str]) -> dict[str, str]:
    """What stands for each of ``characters``: something plainer that is not ``lacking``, or nothing."""
    found = {}
    for character in characters:
        plainer = _PLAIN.get(character, unicodedata.normalize("NFKD", character))
        kept = [c for c in plainer if not unicodedata.combining(c) and c not in lacking and c != character]
        found[character] = "".join(c for c in kept if ord(c) < 0x180 or c in _PLAIN.values())
    return found
