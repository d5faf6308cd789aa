"""Typst, if it is installed: its fonts, and the characters that these lack."""

from __future__ import annotations

import functools
import hashlib
import json
import re
import unicodedata
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_cv_ext.model.patterns import pattern

if TYPE_CHECKING:
    import typst

FAMILIES = ("Libertinus Serif", "Noto Serif CJK SC", "DejaVu Sans")
"""The fonts of our documents: Typst brings the first; the others come from the system, if it has them."""

GLYPHS = Path(__file__).with_name("glyphs.typ")

# Characters that change the direction of the text after them.
_TURNS = pattern("[\u202a-\u202e\u2066-\u2069]")
# Unicode categories without glyphs: controls, unassigned, private use, surrogates.
_NEVER_DRAWN = frozenset(("Cc", "Cn", "Co", "Cs"))
_IN_FIRST_FONT = pattern(r"[\x20-\x7e\xa0-\u017f–—‘’“”…·•†‡]*")
_PLAIN = {"−": "-", "‐": "-", "‑": "-", "′": "'", "″": '"', "⁄": "/", "∗": "*", "★": "*", "☆": "*"}


def is_available() -> bool:
    """Whether Typst is installed."""
    return bool(version())


def version() -> str:
    """The version of Typst; empty if it is not installed."""
    try:
        return metadata.version("typst")
    except metadata.PackageNotFoundError:
        return ""


@functools.cache
def fonts(with_system: bool = True) -> typst.Fonts:
    """All fonts that Typst brings, and those that it finds on the system."""
    import typst

    return typst.Fonts(include_system_fonts=with_system)


def drawable(text: str) -> str:
    """``text`` on one line, without characters that have no glyph or change the direction of others.

    Blanks at its ends and no-break spaces are kept.
    """
    flat = re.sub(r"[^\S\u00a0]", " ", _TURNS.sub("", text))
    return "".join(c for c in flat if unicodedata.category(c) not in _NEVER_DRAWN)


def digest(said: str, files: tuple[Path, ...]) -> str:
    """A digest of what Typst makes from ``said`` with the code in ``files``, which are read only once."""
    parts = (said.encode(), version().encode(), _code((Path(__file__), *files)))
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


@functools.cache
def _code(files: tuple[Path, ...]) -> bytes:
    return b"".join(hashlib.sha256(path.read_bytes()).digest() for path in files)


@functools.cache
def families() -> tuple[str, ...]:
    """The names of all fonts that Typst brings or finds."""
    return tuple(fonts().families())


def missing(text: str) -> frozenset[str]:
    """The characters of ``text`` that are in no font."""
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
    """A replacement for each of ``characters``: something plainer that is not in ``lacking``, or an empty text."""
    found = {}
    for character in characters:
        plainer = _PLAIN.get(character, unicodedata.normalize("NFKD", character))
        kept = [c for c in plainer if not unicodedata.combining(c) and c not in lacking and c != character]
        found[character] = "".join(c for c in kept if ord(c) < 0x180 or c in _PLAIN.values())
    return found
