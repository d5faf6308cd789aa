"""Text of somebody else's making that is asked for once and then filled in: the same characters in less time.

It is made with words in place of what differs from page to page, and the words are looked for in what comes out.
Between the two ends of each stand characters that tell how its maker writes it::

    <title>cvSLOT0A&amp;cvSLOT0B - Ada</title>    becomes    "<title>", the title as it is, " - Ada</title>"
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from sphinx_cv_ext.model.patterns import pattern

_LEAF = "cv-leaf-of-the-page"
_PLAIN_LEAF = pattern(r"[A-Za-z0-9_-]+")
_PLACE = pattern(r"cv(?:SLOT(\d)A(.*?)cvSLOT\1B|-leaf-of-the-page)", re.DOTALL)


class Slot(NamedTuple):
    """The place of a value, and which of the ways it is written in there."""

    name: str
    way: int


_LEAF_ITSELF = Slot("leaf", -1)


class Shell(NamedTuple):
    """A text in pieces, between each two of which there is a slot."""

    pieces: tuple[str, ...]
    slots: tuple[Slot, ...]


class Form:
    """What the texts of one maker have in common.

    ``probes`` are what tells the ways apart, for each value that differs; there can be ten. ``ways`` are those in which
    the maker may write a value.
    """

    def __init__(self, probes: Mapping[str, str], ways: Sequence[Callable[[str], str]]) -> None:
        self._probes = tuple(probes.items())
        self._ways = ways

    @property
    def words(self) -> dict[str, str]:
        """What the maker is to be given for each value."""
        return {name: f"cvSLOT{place}A{probe}cvSLOT{place}B" for place, (name, probe) in enumerate(self._probes)}

    def shell(self, text: str) -> Shell | None:
        """The shell that a text made of the words is; None where one of them is written in no known way."""
        pieces: list[str] = []
        slots: list[Slot] = []
        end = 0
        for match in _PLACE.finditer(text):
            pieces.append(text[end : match.start()])
            end = match.end()
            slot = self._slot(match) if match[1] else _LEAF_ITSELF
            if not slot:
                return None
            slots.append(slot)
        pieces.append(text[end:])
        return None if any("cvSLOT" in piece for piece in pieces) else Shell(tuple(pieces), tuple(slots))

    def _slot(self, match: re.Match[str]) -> Slot | None:
        name, probe = self._probes[int(match[1])]
        ways = (place for place, way in enumerate(self._ways) if way(f"A{probe}B") == f"A{match[2]}B")
        return next((Slot(name, way) for way in ways), None)

    def filled(self, shell: Shell, leaf: str, values: Mapping[str, str]) -> str:
        """The text of the page whose name ends in ``leaf``."""
        # A value stands in several places, and is written alike in most.
        written = {_LEAF_ITSELF: leaf}
        for slot in shell.slots:
            if slot not in written:
                written[slot] = self._ways[slot.way](values[slot.name])
        parts = [""] * (len(shell.pieces) + len(shell.slots))
        parts[::2] = shell.pieces
        parts[1::2] = map(written.__getitem__, shell.slots)
        return "".join(parts)


def stand_in(folder: str) -> str:
    """The name of the page in ``folder`` that a text is asked for."""
    return f"{folder}/{_LEAF}" if folder else _LEAF


def leaf_of(name: str) -> str:
    """The last part of the name of a page; empty where it may be written otherwise in addresses."""
    leaf = name.rpartition("/")[2]
    # To dirhtml the page called index is no folder in its folder, as all others are.
    return leaf if leaf != "index" and _PLAIN_LEAF.fullmatch(leaf) else ""
