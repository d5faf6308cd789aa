"""A tolerant reader of .bib files: a mistake affects one entry at most, and never ends the build.

The grammar is that of BibTeX (btxdoc; "Tame the BeaST", section 3) with biber's additions. Where a file breaks it, a
`Diagnostic` says where, and what was read instead. A line that begins with ``@word{`` always begins an entry, so that a
missing brace has no effect beyond that line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from sphinx_cv_ext.diagnostics import Code, Diagnostic, Location, Report
from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.sources.bibtex_entry import EntryScanner
from sphinx_cv_ext.sources.bibtex_macros import Macros
from sphinx_cv_ext.sources.bibtex_shelf import Shelf
from sphinx_cv_ext.sources.bibtex_source import BLANK, BOUNDARY, NAME, TOP, TYPE, Source, shown
from sphinx_cv_ext.sources.raw import RawEntry

_FRONT_MATTER = pattern(r"\s*---[ \t]*\n(?:(?!---[ \t]*$)[^\n]*+\n)*+---[ \t]*$", re.MULTILINE)
_CONFLICT = pattern(r"^(?:<{7}|={7}|>{7}|\|{7})(?:[ \t][^\n]*)?$", re.MULTILINE)
_COMMENT = pattern(r"(?:\s*+|[^\n{]*+)(\{)")
_COMMENT_OR_BRACE = pattern(rf"@(?i:comment)(?![\w-]){_COMMENT.pattern}|[{{}}]")
# A field, or the head of an entry without its "@".
_STRAY_FIELD = pattern(
    rf'^[ \t]*+(?:(?:,[ \t]*+)?+{NAME}[ \t]*+=[ \t]*+["{{]|({TYPE}[ \t]*+\{{[^\s,{{}}]++,[ \t]*+$))',
    re.MULTILINE,
)


@frozen
class Bibliography:
    """The content of some .bib files.

    ``entries`` are in the order of the files. ``read`` is how many entries the files have, without ``@string``,
    ``@preamble`` and ``@comment``; for each one that is not in ``entries`` there was a diagnostic
    (`Code.BIB_DUPLICATE_KEY` or `Code.BIB_EMPTY_ENTRY`). ``work`` is how many characters were looked at, counted again
    each time: tests check with it that reading takes linear time, which a clock could not show reliably.
    """

    entries: list[RawEntry]
    read: int
    work: int


def read(files: Iterable[tuple[str, str]], report: Report) -> Bibliography:
    r"""Read ``files``, pairs of a name for diagnostics and a text with ``\n`` as its line end.

    The files share their ``@string`` macros and their keys, as several files given to BibTeX do. A macro is its
    last definition before the use, or else its first one after it. Of entries with one key the first stands, and
    any other whose title is another gets a key of its own; keys that differ in case are different. Runs of white
    space in values become one space. A value's braces need not be balanced. Lines with ``%`` or ``//`` are comments
    between entries and between fields, as they are for biber: BibTeX would read ``%@article{``. Nothing is raised,
    whatever the text holds.
    """
    macros = Macros(report)
    shelf = Shelf(report)
    work = 0
    for name, text in files:
        source = Source(name, _without_conflicts(name, text, report), report)
        _Scanner(source, macros, shelf).scan()
        work += source.work
    return Bibliography(shelf.entries(macros), shelf.read, work)


def _without_conflicts(name: str, text: str, report: Report) -> str:
    """``text`` without the marks that git puts around both sides of a conflict; the lines themselves remain, empty."""
    if "<<<<<<<" not in text:
        return text
    at, line = 0, 1
    for mark in _CONFLICT.finditer(text):
        if mark[0].startswith("<"):
            line += text.count("\n", at, mark.start())
            at = mark.start()
            problem = f"a merge conflict is not resolved: {mark[0]!r}"
            report(Diagnostic(Code.BIB_CONFLICT, Location(name, line), problem, "both sides are read"))
    return _CONFLICT.sub("", text)


class _Scanner:
    """Reads one file, from its first character to its last."""

    def __init__(self, source: Source, macros: Macros, shelf: Shelf) -> None:
        self._source = source
        self._macros = macros
        self._shelf = shelf
        self._comment_ends: dict[int, int] | None = None

    def scan(self) -> None:
        """Read the file: entries are added to the shelf, and ``@string`` definitions to the macros."""
        text = self._source.text
        front = _FRONT_MATTER.match(text)
        pos = front.end() if front and not BOUNDARY.search(text, 0, front.end()) else 0
        while found := TOP.search(text, pos):
            self._look_for_stray_field(pos, found.start())
            pos = self._item(found)
        self._look_for_stray_field(pos, len(text))

    def _item(self, found: re.Match[str]) -> int:
        """Read the item that begins with ``found``, a match of ``TOP``; returns where it ends."""
        pos = found.end()
        if found["comment"]:
            return self._comment(found.start("comment"), pos)
        kind = found["line_type"] or found["inline_type"]
        if not kind:
            return pos
        location = self._source.place(found.start(found.lastgroup or 0))
        is_string = kind.lower() == "string"
        what = "the macro definition" if is_string else f"the entry @{kind}"
        entry = EntryScanner(self._source, what, location, self._source.text[pos - 1], self._macros.time)
        if is_string:
            return self._string(entry, pos)
        if kind.lower() == "preamble":
            return self._preamble(entry, location, pos)
        key, pos = entry.key(pos)
        pos = entry.body(pos)
        self._shelf.add(RawEntry(kind.lower(), key, entry.fields, location), entry.pending)
        return pos

    def _look_for_stray_field(self, start: int, end: int) -> None:
        """Report what looks like a field between entries, because it may be part of a broken one."""
        self._source.work += end - start
        said = False
        for stray in _STRAY_FIELD.finditer(self._source.text, start, end):
            # An entry without its "@" has many fields, but is one mistake.
            if stray[1] or not said:
                said = True
                problem = f"{shown(stray[0])} is outside any entry"
                self._source.say(Code.BIB_STRAY_FIELD, self._source.place(stray.end() - 1), problem, "it is ignored")

    def _comment(self, start: int, pos: int) -> int:
        """Skip a comment to its closing brace, or to the end of the line if it has no braces."""
        text = self._source.text
        line_end = text.find("\n", pos)
        line_end = len(text) if line_end < 0 else line_end
        opener = _COMMENT.match(text, pos)
        if not opener:
            return line_end
        end = self._source.brace_end(opener.start(1), self._source.boundary_after(pos))
        if end < 0:
            # The comment may hold whole entries, so it may go on beyond a line that begins one.
            end = self._closed_comments().get(opener.start(1), -1)
        if end < 0:
            problem, fallback = "a comment is not closed", "only its line is ignored"
            self._source.say(Code.BIB_UNCLOSED, self._source.place(start), problem, fallback)
            return line_end
        return end

    def _closed_comments(self) -> dict[int, int]:
        """The ends of all comments in the file that are closed, by the positions of their opening braces."""
        if self._comment_ends is None:
            self._source.work += len(self._source.text)
            self._comment_ends = {}
            depth, stack = 0, list[tuple[int, int]]()
            for found in _COMMENT_OR_BRACE.finditer(self._source.text):
                if found[0] != "}":
                    if found[1]:
                        stack.append((found.start(1), depth))
                    depth += 1
                    continue
                depth -= 1
                while stack and stack[-1][1] >= depth:
                    self._comment_ends[stack.pop()[0]] = found.end()
        return self._comment_ends

    def _string(self, entry: EntryScanner, pos: int) -> int:
        end = entry.body(pos)
        waiting = {pending.name: pending.parts for pending in entry.pending}
        for name, field in entry.fields.items():
            self._macros.define(name, waiting.get(name, (field.value,)), field.location)
        return end

    def _preamble(self, entry: EntryScanner, location: Location, pos: int) -> int:
        """Skip a preamble: it holds LaTeX for a reference list."""
        source = self._source
        if source.text[pos - 1] == "{":
            end = source.brace_end(pos - 1, source.boundary_after(pos))
        else:
            end = source.skip(BLANK, entry.value(pos)[1])
            end = end + 1 if source.text[end : end + 1] == ")" else -1
        if end < 0:
            source.say_unclosed(location, "the @preamble", end := source.boundary_after(pos))
        return end
