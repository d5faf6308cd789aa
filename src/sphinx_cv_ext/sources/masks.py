"""LaTeX source with a mask, so that separators are searched for at the top level only.

A mask is a string of the same length in which everything that braces, commands or entities keep together is blotted
out.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from sphinx_cv_ext.model.patterns import pattern

_BLOT = "\x00"
_KEPT_TOGETHER = pattern(
    r"""\\[A-Za-z]+(?:[ \t\r\n]+(?!(?i:and|others|et)\b)(?=[^\s,;{}\\\x00]))?  # \o and the blank that ends it
      | \\.
      | &(?:\#[0-9]{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});""",
    re.VERBOSE | re.DOTALL,
)
_BRACES = pattern(r"\\.|[{}]", re.DOTALL)
# Without any of these characters, nothing is kept together.
NOT_PLAIN = pattern(r"[\\{&]")
BLANKS = " \t\r\n"
EDGES = f"{BLANKS}~"
COMMA = pattern("[,，]")
_WORD = pattern(r"[^\s~]+")
_WORD_OR_COMMA = pattern(rf"({COMMA.pattern})|[^\s~,，]+")
PAIRED = r"[^{}]*+"
for _ in range(2):
    PAIRED = rf"[^{{}}]*+(?:(?<!\\)\{{{PAIRED}(?<!\\)\}}[^{{}}]*+)*+"


class Masked(NamedTuple):
    """LaTeX source, and its mask."""

    source: str
    mask: str

    def strip(self, start: int = 0, end: int | None = None, edges: str = EDGES) -> Masked:
        """From ``start`` to ``end``, without ``edges`` at both ends, except those that belong to a command."""
        part = self.mask[start:end]
        mask = part.strip(edges)
        start += part.find(mask)
        return Masked(self.source[start : start + len(mask)], mask)

    def split(self, separator: re.Pattern[str]) -> list[Masked]:
        """Split the source where its mask has separators; the parts are stripped and may be empty."""
        parts, start = [], 0
        for match in separator.finditer(self.mask):
            parts.append(self.strip(start, match.start()))
            start = match.end()
        return [*parts, self.strip(start)]

    def words(self) -> list[str]:
        """The words, which white space and ties separate."""
        return [self.source[slice(*word.span())] for word in _WORD.finditer(self.mask)]

    def words_by_comma(self) -> list[list[str]]:
        """The words, in a list for each part between commas; empty parts at the end are dropped."""
        parts: list[list[str]] = [[]]
        for word in _WORD_OR_COMMA.finditer(self.mask):
            if word[1]:
                parts.append([])
            else:
                parts[-1].append(self.source[slice(*word.span())])
        while parts and not parts[-1]:
            parts.pop()
        return parts


NOTHING = Masked("", "")


def masked(source: str) -> Masked:
    """Mask ``source``; a brace without a partner keeps nothing together."""
    if not NOT_PLAIN.search(source):
        return Masked(source, source)
    outermost: list[tuple[int, int]] = []
    opened: list[int] = []
    for match in _BRACES.finditer(source):
        if match[0] == "{":
            opened.append(match.start())
        elif match[0] == "}" and opened:
            start = opened.pop()
            while outermost and outermost[-1][0] > start:
                outermost.pop()
            outermost.append((start, match.end()))
    mask: list[str] = []
    at = 0
    for start, end in outermost:
        mask += source[at:start], _BLOT * (end - start)
        at = end
    mask.append(source[at:])
    return Masked(source, _KEPT_TOGETHER.sub(_blot, "".join(mask)))


def _blot(match: re.Match[str]) -> str:
    return _BLOT * len(match[0])
