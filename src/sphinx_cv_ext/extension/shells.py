"""Texts that somebody else's code makes: it is asked once, and the result is then filled in for all pages.

Instead of the values that differ from page to page the code is given marker words, which are then looked for in its
result. Each marker encloses a probe: characters that show in which way the value was written, escaped or not::

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
    """A place for a value: the value's name, and the index of the way in which it is written there."""

    name: str
    way: int


_LEAF_ITSELF = Slot("leaf", -1)


@frozen
class Shell:
    """A text in pieces, with a slot between each two of them."""

    pieces: tuple[str, ...]
    slots: tuple[Slot, ...]


class Form:
    """Which values differ between the texts of one maker, and how it may write them.

    ``probes`` maps the name of each value to a text that every one of the ``ways`` writes differently. There can be ten
    values, because a marker has room for one digit.
    """

    def __init__(self, probes: Mapping[str, str], ways: Sequence[Callable[[str], str]]) -> None:
        self._probes = tuple(probes.items())
        self._ways = ways

    @property
    def words(self) -> dict[str, str]:
        """The marker that the maker is given in place of each value."""
        return {name: f"cvSLOT{place}A{probe}cvSLOT{place}B" for place, (name, probe) in enumerate(self._probes)}

    def shell(self, text: str) -> Shell | None:
        """The shell in ``text``, which was made with the markers; None if a marker is written in no known way."""
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
        """The text with these values, for the page whose name ends in ``leaf``."""
        written = self.written(shell, leaf, values)
        return interleaved("", shell.pieces, [written[slot] for slot in shell.slots])

    def written(self, shell: Shell, leaf: str, values: Mapping[str, str]) -> dict[Slot, str]:
        """What goes into each slot. A value is often written in the same way in several places, but made only once."""
        return {
            slot: leaf if slot == _LEAF_ITSELF else self._ways[slot.way](values[slot.name]) for slot in set(shell.slots)
        }


def interleaved(empty: AnyStr, pieces: Sequence[AnyStr], between: Sequence[AnyStr]) -> AnyStr:
    """``pieces`` joined, with one item of ``between`` after each but the last; ``empty`` is ``""`` or ``b""``."""
    parts = [empty] * (len(pieces) + len(between))
    parts[::2] = pieces
    parts[1::2] = between
    return empty.join(parts)


def stand_in(folder: str) -> str:
    """The name of an imaginary page in ``folder``, for which the maker is asked."""
    return f"{folder}/{_LEAF}" if folder else _LEAF


def leaf_of(name: str) -> str:
    """The last part of the name of a page; empty if an address may have it in another form, such as encoded."""
    leaf = name.rpartition("/")[2]
    # The builder dirhtml makes a folder of every page except those called index.
    return leaf if leaf != "index" and _PLAIN_LEAF.fullmatch(leaf) else ""


def by_leaf(make: Callable[[str], str]) -> Callable[[str], str]:
    """A faster form of ``make``, which turns the name of a page into an address or a path.

    It calls ``make`` once for each folder and then replaces the last part, unless an address may have that in another
    form.
    """
    in_folder = cache(lambda folder: make(stand_in(folder)))

    def made(name: str) -> str:
        leaf = leaf_of(name)
        return in_folder(name.rpartition("/")[0]).replace(_LEAF, leaf) if leaf else make(name)

    return made
