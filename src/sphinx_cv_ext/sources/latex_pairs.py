"""Which tokens belong together: the braces of a group, both ends of a formula, two HTML tags."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from sphinx_cv_ext.sources.latex_math import is_formula
from sphinx_cv_ext.sources.latex_tables import HTML_RAW, HTML_STYLES
from sphinx_cv_ext.sources.latex_tokens import Token, read_tag

_MATH_ENDS = {"(": ")", "[": "]"}
_PAIRED = frozenset({"open", "close", "tag", "dollar", "symbol", "comment"})


class Pairs:
    """Finds the tokens that belong together: braces, the ends of formulas, HTML tags. Pairs never overlap partly.

    ``closing`` maps the index of an opening token to that of the one which closes it, ``formulas`` the first token of a
    formula to the last. A token without a partner is in neither.
    """

    def __init__(self, source: str, tokens: Sequence[Token]) -> None:
        self.closing: dict[int, int] = {}
        self.formulas: dict[int, int] = {}
        self._source = source
        self._tokens = tokens
        self._stack: list[tuple[str, int]] = []
        self._braces = 0
        at = 0
        while at < len(tokens):
            at = self._take(at) if tokens[at].lastgroup in _PAIRED else at + 1

    @cached_property
    def _enders(self) -> dict[str, list[int]]:
        """The indices of tokens that can end a formula, a comment or a raw HTML element, by what they are."""
        places: dict[str, list[int]] = defaultdict(list)
        for at, token in enumerate(self._tokens):
            if token.lastgroup == "dollar":
                places["$"].append(at)
            elif token.lastgroup == "symbol" and token["character"] in "()[]":
                places[token["character"]].append(at)
            elif token.lastgroup == "comment_end":
                places["-->"].append(at)
            elif token.lastgroup == "tag":
                closes, name, _ = read_tag(token)
                if closes and name in HTML_RAW:
                    places[name].append(at)
        return places

    def _next(self, kind: str, at: int) -> int:
        """The first token of ``kind`` at or after ``at``; -1 if there is none."""
        places = self._enders[kind]
        found = bisect_left(places, at)
        return places[found] if found < len(places) else -1

    def _take(self, at: int) -> int:
        """Record what the token at ``at`` opens or closes; returns the index of the next token to look at."""
        token = self._tokens[at]
        match token.lastgroup:
            case "open":
                self._stack.append(("{", at))
                self._braces += 1
            case "close" if self._braces:
                self._braces -= 1
                while True:
                    kind, opened = self._stack.pop()
                    if kind == "{":
                        break
                self.closing[opened] = at
            case "tag":
                return self._take_tag(at, *read_tag(token)[:2])
            case "dollar":
                return self._take_dollar(at)
            case "symbol" if token["character"] in _MATH_ENDS:
                return self._take_math(at, token["character"])
            case "comment":
                return self._take_raw(at, "-->")
        return at + 1

    def _take_raw(self, at: int, kind: str) -> int:
        end = self._next(kind, at + 1)
        if end < 0:
            return at + 1
        self.closing[at] = end
        return end + 1

    def _take_math(self, at: int, kind: str) -> int:
        end, again = self._next(_MATH_ENDS[kind], at + 1), self._next(kind, at + 1)
        # Formulas do not nest. Without this rule many openings would each be read up to one far end.
        if end < 0 or 0 < again < end or not _balanced(self._tokens[at + 1 : end]):
            return at + 1
        self.formulas[at] = end
        return end + 1

    def _take_tag(self, at: int, closes: bool, name: str) -> int:
        if name in HTML_RAW and not closes:
            return self._take_raw(at, name)
        if name in HTML_STYLES or name in ("span", "a"):
            if not closes:
                self._stack.append((name, at))
            while closes and self._stack and self._stack[-1][0] != "{":
                kind, opened = self._stack.pop()
                if kind == name:
                    self.closing[opened] = at
                    break
        return at + 1

    def _take_dollar(self, at: int) -> int:
        display = self._is_dollar(at + 1) and self._tokens[at].end() == self._tokens[at + 1].start()
        first = at + 2 if display else at + 1
        end = self._next("$", first)
        if end < 0 or (display and not self._is_dollar(end + 1)):
            return at + 1
        inside = self._source[self._tokens[first - 1].end() : self._tokens[end].start()]
        after = self._tokens[end].end()
        if not is_formula(inside, self._source[after : after + 1]) or not _balanced(self._tokens[first:end]):
            return at + 1
        self.formulas[at] = end + display
        return end + display + 1

    def _is_dollar(self, at: int) -> bool:
        return at < len(self._tokens) and self._tokens[at].lastgroup == "dollar"


def _balanced(tokens: Sequence[Token]) -> bool:
    depth = 0
    for token in tokens:
        if token.lastgroup == "open":
            depth += 1
        elif token.lastgroup == "close":
            depth -= 1
            if depth < 0:
                return False
    return depth == 0
