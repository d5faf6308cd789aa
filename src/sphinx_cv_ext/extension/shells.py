"""Text of somebody else's making that is asked for once and then filled in: the same characters in less time.

It is made with words in place of what differs from page to page, and the words are looked for in what comes out.
Between the two ends of each stand characters that tell how its maker writes it::

    <title>cvSLOT0A&amp;cvSLOT0B - Ada</title>    becomes    "<title>", the title as it is, " - Ada</title>"
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import AnyStr, NamedTuple

from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.patterns import pattern

_LEAF = "cv-leaf-of-the-page"
_PLAIN_LEAF = pattern(r"[A-Za-z0-9_-]+")
_PLACE = pattern(r"cv(?:SLOT(\d)A(.*?)cvSLOT\1B|-leaf-of-the-page)", re.DOTALL)


class Slot(NamedTuple):
    """The place of a value, and which of the ways it is written in there."""

    name: str
    way: int


_LEAF_ITSELF = Slot("leaf", -1)


@frozen
class Shell:
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
        written = self.written(shell, leaf, values)
        return interleaved("", shell.pieces, [written[slot] for slot in shell.slots])

    def written(self, shell: Shell, leaf: str, values: Mapping[str, str]) -> dict[Slot, str]:
        """What stands in each slot on that page; a value stands in several places, and is written alike in most."""
        return {
            slot: leaf if slot == _LEAF_ITSELF else self._ways[slot.way](values[slot.name]) for slot in set(shell.slots)
        }


def interleaved(empty: AnyStr, pieces: Sequence[AnyStr], between: Sequence[AnyStr]) -> AnyStr:
    """``pieces``, and what is ``between`` each two of them, as one."""
    parts = [empty] * (len(pieces) + len(between))
    parts[::2] = pieces
    parts[1::2] = between
    return empty.join(parts)


def stand_in(folder: str) -> str:
    """The name of the page in ``folder`` that a text is asked for."""
    return f"{folder}/{_LEAF}" if folder else _LEAF


def leaf_of(name: str) -> str:
    """The last part of the name of a page; empty where it may be written otherwise in addresses."""
    leaf = name.rpartition("/")[2]
    # To dirhtml the page called index is no folder in its folder, as all others are.
    return leaf if leaf != "index" and _PLAIN_LEAF.fullmatch(leaf) else ""


def by_leaf(make: Callable[[str], str]) -> Callable[[str], str]:
    """``make``, which makes an address or a path of the name of a page, asked once for each folder of pages.

    A name whose last part may be written otherwise is made by itself.
    """
    in_folder = cache(lambda folder: make(stand_in(folder)))

    def made(name: str) -> str:
        leaf = leaf_of(name)
        return in_folder(name.rpartition("/")[0]).replace(_LEAF, leaf) if leaf else make(name)

    return made
