"""The text of a .bib file: where its entries begin, where braces end, and in which line something is."""

from __future__ import annotations

import re
from collections.abc import Callable

from sphinx_cv_ext.diagnostics import Code, Diagnostic, Location, Report
from sphinx_cv_ext.model.patterns import pattern

NAME = r"\w[\w+:.*/-]*+"
"""The name of a field."""
TYPE = r"[^\W\d][\w-]*+"
"""The type of an entry."""
# "@home (or elsewhere)" at the start of a line is prose, "@article(key," is an entry.
_OPEN = r'(?:\{|\((?=\s*+(?:"|[^\s,{}]*+\s*+[,=])))'

BLANK = pattern(r"(?:\s++|%[^\n]*+|//[^\n]*+)*+")
"""White space and comments, or nothing."""
BOUNDARY = pattern(rf"^[ \t]*+@[ \t]*+{TYPE}\s*+{_OPEN}", re.MULTILINE)
"""The beginning of a line that always begins an entry."""
TOP = pattern(
    r"^[ \t]*+(?:%|//)[^\n]*+"
    r"|(?<![\w.+-])(?P<comment>@(?i:comment)(?![\w-]))"
    rf"|^[ \t]*+@[ \t]*+(?P<line_type>{TYPE})\s*+{_OPEN}"
    # Within a line only the tight form counts, and no e-mail address.
    rf"|(?<![\w.+-])@(?P<inline_type>{TYPE})\{{",
    re.MULTILINE,
)
"""What may stand between entries: a line that is a comment, an ``@comment``, or the beginning of an entry."""
_BRACE = pattern(r"[{}]")


class Source:
    """A file that is being read. ``work`` is how many characters were looked at, see `Bibliography`."""

    def __init__(self, name: str, text: str, report: Report) -> None:
        self.name = name
        self.text = text
        self.work = 0
        self.line, self.line_at = 1, 0
        self._boundary = -1
        self._report = report

    def skip(self, what: re.Pattern[str], pos: int) -> int:
        """Where ``what`` ends if it is at ``pos``, or else ``pos``."""
        found = what.match(self.text, pos)
        return found.end() if found else pos

    def boundary_after(self, pos: int) -> int:
        """The start of the next line after ``pos`` that begins an entry, or the end of the file."""
        if self._boundary <= pos:
            found = BOUNDARY.search(self.text, pos)
            self._boundary = found.start() if found else len(self.text)
            self.work += self._boundary - pos
        return self._boundary

    def brace_end(self, pos: int, limit: int, is_text: Callable[[int], bool] = lambda _end: False) -> int:
        """The end of the braces that open at ``pos``; -1 if they are not closed before ``limit``.

        BibTeX counts escaped braces like all others ("Tame the BeaST", section 3). ``is_text`` gets the end of a brace
        that would close them, and tells whether it is text all the same.
        """
        depth = 0
        for brace in _BRACE.finditer(self.text, pos, limit):
            depth += 1 if brace[0] == "{" else -1
            if depth > 0:
                continue
            end = brace.end()
            if not is_text(end):
                self.work += end - pos
                return end
            depth = 1
        self.work += limit - pos
        return -1

    def line_of(self, pos: int) -> int:
        """The line number of ``pos``, counted from the position of the last call, so that no text is counted twice."""
        start, end = sorted((self.line_at, pos))
        lines = self.text.count("\n", start, end)
        self.work += end - start
        self.line += lines if pos >= self.line_at else -lines
        self.line_at = pos
        return self.line

    def place(self, pos: int) -> Location:
        """The line of ``pos`` in the file."""
        return Location(self.name, self.line_of(pos))

    def say(self, code: Code, location: Location, problem: str, fallback: str) -> None:
        """Report a problem."""
        self._report(Diagnostic(code, location, problem, fallback))

    def say_unclosed(self, location: Location, what: str, end: int) -> None:
        """Report that ``what`` goes on to ``end``, where something else begins, because it is not closed."""
        where = f"before line {self.line_of(end)}" if end < len(self.text) else "at the end of the file"
        self.say(Code.BIB_UNCLOSED, location, f"{what} is not closed", f"it is assumed to end {where}")


def shown(text: str) -> str:
    """The beginning of ``text``, for a message."""
    text = " ".join(text.split())
    return repr(text if len(text) <= 40 else text[:39] + "…")
