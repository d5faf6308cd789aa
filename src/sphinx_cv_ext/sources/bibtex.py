"""A tolerant reader of .bib files: a mistake affects one entry at most, and never ends the build.

The grammar is that of BibTeX (btxdoc; "Tame the BeaST", section 3) with biber's additions. Where a file breaks it, a
`Diagnostic` says where, and what was read instead. A line that begins with ``@word{`` always begins an entry, so that a
missing brace has no effect beyond that line.

An ordinary field is read by one regular expression, everything else by the slower methods of `_Scanner`. No pattern can
backtrack far and no text is searched again and again, so that the time grows linearly with the length of the input.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from sphinx_cv_ext.diagnostics import Code, Diagnostic, Location, Report
from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.sources.bibtex_macros import Macro, Macros, Part, folded
from sphinx_cv_ext.sources.raw import RawEntry, RawField

# How many characters the pattern for an ordinary field may look at; longer values are read piece by piece.
_WINDOW = 4096

_NAME = r"\w[\w+:.*/-]*+"
_TYPE = r"[^\W\d][\w-]*+"
# "@home (or elsewhere)" at the start of a line is prose, "@article(key," is an entry.
_OPEN = r'(?:\{|\((?=\s*+(?:"|[^\s,{}]*+\s*+[,=])))'
_BRACED = r"[^{}]*+"
for _ in range(3):
    _BRACED = rf"[^{{}}]*+(?:\{{{_BRACED}\}}[^{{}}]*+)*+"
_QUOTED = rf'[^"{{}}]*+(?:\{{{_BRACED}\}}[^"{{}}]*+)*+'

_BLANK = pattern(r"(?:\s++|%[^\n]*+|//[^\n]*+)*+")
_FRONT_MATTER = pattern(r"\s*---[ \t]*\n(?:(?!---[ \t]*$)[^\n]*+\n)*+---[ \t]*$", re.MULTILINE)
_CONFLICT = pattern(r"^(?:<{7}|={7}|>{7}|\|{7})(?:[ \t][^\n]*)?$", re.MULTILINE)
_BOUNDARY = pattern(rf"^[ \t]*+@[ \t]*+{_TYPE}\s*+{_OPEN}", re.MULTILINE)
_TOP = pattern(
    r"^[ \t]*+(?:%|//)[^\n]*+"
    r"|(?<![\w.+-])(?P<comment>@(?i:comment)(?![\w-]))"
    rf"|^[ \t]*+@[ \t]*+(?P<line_type>{_TYPE})\s*+{_OPEN}"
    # Within a line only the tight form counts, and no e-mail address.
    rf"|(?<![\w.+-])@(?P<inline_type>{_TYPE})\{{",
    re.MULTILINE,
)
_COMMENT = pattern(r"(?:\s*+|[^\n{]*+)(\{)")
_COMMENT_OR_BRACE = pattern(rf"@(?i:comment)(?![\w-]){_COMMENT.pattern}|[{{}}]")
_KEY = pattern(r"[^,={}\n]*+")
# BibTeX's names may start with a backslash, as those of journals from ADS do.
_FIELD_START = pattern(rf'(\\?{_NAME})\s*+(=|(?=["{{]))')
_FIELD_LINE = pattern(rf"^[ \t]*+(?:,[ \t]*+)?+{_NAME}[ \t]*+=", re.MULTILINE)
# A field, or the head of an entry without its "@".
_STRAY_FIELD = pattern(
    rf'^[ \t]*+(?:(?:,[ \t]*+)?+{_NAME}[ \t]*+=[ \t]*+["{{]|({_TYPE}[ \t]*+\{{[^\s,{{}}]++,[ \t]*+$))',
    re.MULTILINE,
)
# Of "title = year = 2020" and "title =⏎ year=2020" the title has no value; "url = x?a=b" has one.
_NO_VALUE = pattern(rf'[ \t]*+(?:\n\s*+{_NAME}\s*+=|{_NAME}(?:\s++=|=\s*+["{{]))')
_OPENS_FIELD = pattern(rf"[,\n]\s*+{_NAME}\s*+=\s*+\Z")
_MACRO_NAME = pattern(r"\\?[^\W\d][\w:.+/-]*")
_BRACE = pattern(r"[{}]")
_BRACE_OR_QUOTE = pattern(r'[{}"]')
_ESCAPED_BRACE = pattern(r"\\[{}]")
_LEFTOVER = pattern(r'[^\s,{}()"@]++|[^\n]')


@frozen
class _Outer:
    """The patterns that depend on the bracket that closes the entry."""

    closer: str
    field: re.Pattern[str]
    """An ordinary field with the comma after it; the group that matched last tells the kind of its value."""
    words: re.Pattern[str]
    """A value without braces or quotes, to the end of its line at most."""
    value_end: re.Pattern[str]
    surplus: re.Pattern[str]
    """A bracket that closes the entry too early: another field follows."""


_NUMBER_GROUP, _MACRO_GROUP = 4, 5


def _outer(closer: str, not_in_words: str) -> _Outer:
    end = re.escape(closer)
    word = rf'(?![%@])[^\s,{{}}"#{not_in_words}]++'
    return _Outer(
        closer,
        pattern(
            rf'\s*+({_NAME})\s*+=\s*+(?:\{{({_BRACED})\}}|"({_QUOTED})"|(\d++)|([^\W\d][\w:.+/-]*+))'
            rf"\s*+(?:,\s*+|(?={end}))"
        ),
        pattern(rf"{word}(?:[ \t]++(?!{_NAME}\s*+=){word})*+"),
        pattern(rf"\s*+(?:[,#%{end}]|\Z|{_NAME}\s*+=)"),
        pattern(rf'{end}\s*+,{_BLANK.pattern}{_NAME}\s*+=\s*+["{{\w]'),
    )


# How much of two titles is compared, and what share of it two spellings of one title have in common at least; and with
# how many works under one key, for it takes long.
_COMPARED, _ALIKE, _COMPARED_WORKS = 200, 0.8, 20

_OUTERS = {"{": _outer("}", ""), "(": _outer(")", "()")}


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
    shelf = _Shelf(report)
    work = 0
    for name, text in files:
        scanner = _Scanner(name, _without_conflicts(name, text, report), macros, shelf, report)
        scanner.scan()
        work += scanner.work
    for pending in shelf.pending:
        pending.fields[pending.name] = RawField(
            macros.expand(pending.parts, pending.time, pending.location), pending.location
        )
    return Bibliography(_with_keys(shelf.entries, report), shelf.read, work)


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


def _with_keys(entries: list[RawEntry], report: Report) -> list[RawEntry]:
    """Give entries without a key of their own one of type, year and title, which does not depend on other entries."""
    taken = {entry.key for entry in entries}
    first: dict[str, Location] = {}
    counts: dict[str, int] = {}
    keyed = []
    for entry in entries:
        if not entry.key or first.setdefault(entry.key, entry.location) is not entry.location:
            code, problem = Code.BIB_NO_KEY, "an entry has no key"
            if entry.key:
                code, problem = Code.BIB_SHARED_KEY, f"another work has the key {entry.key!r}, at {first[entry.key]}"
            year = (entry.get("year") or entry.get("date"))[:4]
            words = re.findall(r"\w+", entry.get("title").lower()[:200])[:4]
            # A year may be "in press", and a key has no blanks.
            stem = key = "-".join([entry.type, *([year] if year.isdigit() else []), *words])
            while key in taken:
                counts[stem] = counts.get(stem, 1) + 1
                key = f"{stem}-{counts[stem]}"
            taken.add(key)
            entry = replace(entry, key=key)
            report(Diagnostic(code, entry.location, problem, f"it is kept as {key!r}"))
        keyed.append(entry)
    return keyed


def _is_other_work(entry: RawEntry, first: RawEntry) -> bool:
    """Whether titles tell that two entries are two works: Crossref's keys, ``Example_2024``, are those of many."""
    title, other = ("".join(filter(str.isalnum, one.get("title").lower()))[:_COMPARED] for one in (entry, first))
    if not title or not other or title.startswith(other) or other.startswith(title):
        return False
    return SequenceMatcher(None, title, other).ratio() < _ALIKE


@frozen
class _Pending:
    """A field whose value uses macros, and so has to wait until all files are read.

    ``time`` is how many macros had been defined before it.
    """

    fields: dict[str, RawField]
    name: str
    parts: Sequence[Part]
    time: int
    location: Location


class _Shelf:
    """The entries that have been read so far, from all files."""

    def __init__(self, report: Report) -> None:
        self.entries: list[RawEntry] = []
        self.pending: list[_Pending] = []
        self.read = 0
        self._of_key: dict[str, list[RawEntry]] = {}
        self._report = report

    def add(self, entry: RawEntry, pending: Iterable[_Pending]) -> None:
        """Add ``entry``, or report why it is left out."""
        self.read += 1
        if not entry.key and not entry.fields:
            problem = f"an entry @{entry.type} has neither a key nor a field"
            self._report(Diagnostic(Code.BIB_EMPTY_ENTRY, entry.location, problem, "it is left out"))
            return
        works = self._of_key.setdefault(entry.key, []) if entry.key else []
        if first := next((work for work in works[:_COMPARED_WORKS] if not _is_other_work(entry, work)), None):
            problem = f"the key {entry.key!r} was given at {first.location} already"
            fallback = f"the entry at {first.location} is kept, this one is left out"
            self._report(Diagnostic(Code.BIB_DUPLICATE_KEY, entry.location, problem, fallback))
            return
        works.append(entry)
        self.entries.append(entry)
        self.pending.extend(pending)


class _Scanner:
    """Reads one file, from its first character to its last."""

    def __init__(self, name: str, text: str, macros: Macros, shelf: _Shelf, report: Report) -> None:
        self.work = 0
        self._name = name
        self._text = text
        self._macros = macros
        self._shelf = shelf
        self._report = report
        self._line, self._line_at = 1, 0
        self._boundary = -1
        self._comment_ends: dict[int, int] | None = None
        self._begin("", Location(name), _OUTERS["{"])

    # -- between entries

    def scan(self) -> None:
        """Read the file: entries are added to the shelf, and ``@string`` definitions to the macros."""
        text = self._text
        front = _FRONT_MATTER.match(text)
        pos = front.end() if front and not _BOUNDARY.search(text, 0, front.end()) else 0
        while found := _TOP.search(text, pos):
            self._look_for_stray_field(pos, found.start())
            pos = self._item(found)
        self._look_for_stray_field(pos, len(text))

    def _item(self, found: re.Match[str]) -> int:
        """Read the item that begins with ``found``, a match of ``_TOP``; returns where it ends."""
        pos = found.end()
        if found["comment"]:
            return self._comment(found.start("comment"), pos)
        kind = found["line_type"] or found["inline_type"]
        if not kind:
            return pos
        location = Location(self._name, self._line_of(found.start(found.lastgroup or 0)))
        self._begin(f"the entry @{kind}", location, _OUTERS[self._text[pos - 1]])
        kind = kind.lower()
        if kind == "string":
            return self._string(pos)
        if kind == "preamble":
            return self._preamble(pos)
        key, pos = self._key(pos)
        if key:
            self._what = f"the entry {key!r}"
        pos = self._body(pos)
        self._shelf.add(RawEntry(kind, key, self._fields, location), self._pending)
        return pos

    def _look_for_stray_field(self, start: int, end: int) -> None:
        """Report what looks like a field between entries, because it may be part of a broken one."""
        self.work += end - start
        said = False
        for stray in _STRAY_FIELD.finditer(self._text, start, end):
            # An entry without its "@" has many fields, but is one mistake.
            if stray[1] or not said:
                said = True
                problem = f"{_shown(stray[0])} is outside any entry"
                self._say(Code.BIB_STRAY_FIELD, self._place(stray.end() - 1), problem, "it is ignored")

    def _comment(self, start: int, pos: int) -> int:
        """Skip a comment to its closing brace, or to the end of the line if it has no braces."""
        text = self._text
        line_end = text.find("\n", pos)
        line_end = len(text) if line_end < 0 else line_end
        opener = _COMMENT.match(text, pos)
        if not opener:
            return line_end
        end = self._brace_end(opener.start(1), self._boundary_after(pos))
        if end < 0:
            # The comment may hold whole entries, so it may go on beyond a line that begins one.
            end = self._closed_comments().get(opener.start(1), -1)
        if end < 0:
            problem, fallback = "a comment is not closed", "only its line is ignored"
            self._say(Code.BIB_UNCLOSED, self._place(start), problem, fallback)
            return line_end
        return end

    def _closed_comments(self) -> dict[int, int]:
        """The ends of all comments in the file that are closed, by the positions of their opening braces."""
        if self._comment_ends is None:
            self.work += len(self._text)
            self._comment_ends = {}
            depth, stack = 0, list[tuple[int, int]]()
            for found in _COMMENT_OR_BRACE.finditer(self._text):
                if found[0] != "}":
                    if found[1]:
                        stack.append((found.start(1), depth))
                    depth += 1
                    continue
                depth -= 1
                while stack and stack[-1][1] >= depth:
                    self._comment_ends[stack.pop()[0]] = found.end()
        return self._comment_ends

    def _string(self, pos: int) -> int:
        self._what = "the macro definition"
        end = self._body(pos)
        waiting = {pending.name: pending.parts for pending in self._pending}
        for name, field in self._fields.items():
            self._macros.define(name, waiting.get(name, (field.value,)), field.location)
        return end

    def _preamble(self, pos: int) -> int:
        """Skip a preamble: it holds LaTeX for a reference list."""
        if self._outer.closer == "}":
            end = self._brace_end(pos - 1, self._boundary_after(pos))
        else:
            end = self._skip(_BLANK, self._value(pos)[1])
            end = end + 1 if self._text[end : end + 1] == ")" else -1
        if end < 0:
            self._say_unclosed(self._location, "the @preamble", end := self._boundary_after(pos))
        return end

    # -- an entry

    def _begin(self, what: str, location: Location, outer: _Outer) -> None:
        self._what = what
        self._location = location
        self._outer = outer
        self._fields: dict[str, RawField] = {}
        self._pending: list[_Pending] = []
        self._open = True
        self._recovering = False
        self._next_field = -1
        self._leftover_line = 0
        self._field_name, self._field_location = what, location
        self._last: tuple[str, Location, Sequence[Part], int] | None = None

    def _key(self, pos: int) -> tuple[str, int]:
        """Read the key; returns it, empty if there is none, and where the fields begin."""
        text = self._text
        start = self._skip(_BLANK, pos)
        end = self._skip(_KEY, start)
        words = text[start:end].split()
        follower = text[end : end + 1]
        self.work += end - pos
        if follower == "{" and words and words[0].startswith("@"):
            return "", start
        if follower == "=":
            # The last word of what looks like the key is the name of the first field.
            end = start + text[start:end].rstrip().rfind(words[-1]) if words else end
            words = words[:-1]
        elif follower in {"\n", ""}:
            if self._outer.closer == ")" and words and words[-1].endswith(")"):
                end = text.rfind(")", start, end)
                words = text[start:end].split()
            else:
                end = self._skip(_BLANK, end)
            follower = text[end : end + 1]
        key = " ".join(words)
        if key and follower not in {",", self._outer.closer, ""}:
            self._say_missing(self._location, f"no comma after the key {key!r}")
        return key, end + (follower == ",")

    def _body(self, pos: int) -> int:
        """Read fields up to the closing bracket; returns where the text after it begins.

        This is the loop in which most of the time is spent. It keeps line and position in local variables, and writes
        them back before it calls a method that uses them.
        """
        text, name, fields, closer = self._text, self._name, self._fields, self._outer.closer
        match = self._outer.field.match
        line, line_at, work = self._line, self._line_at, 0
        last: re.Match[str] | None = None
        location = self._location
        while self._open:
            field = match(text, pos, pos + _WINDOW)
            kind = field.lastindex if field else None
            if not field or not kind or ("@" in (value := field[kind]) and self._crosses_boundary(field)):
                work += min(_WINDOW, len(text) - pos)
                self._line, self._line_at = line, line_at
                if last:
                    self._remember(last, location)
                    last = None
                pos = self._step(pos)
                line, line_at = self._line, self._line_at
                continue
            at, end = field.start(1), field.end()
            line += text.count("\n", line_at, at)
            line_at = at
            work += end - pos
            location = Location(name, line)
            key = field[1].lower()
            if key in fields:
                self._say_duplicate(key, folded(value), location)
            elif kind == _MACRO_GROUP:
                self._wait(key, (Macro(value),), location)
            else:
                fields[key] = RawField(folded(value), location)
            last, pos = field, end
            if text[end : end + 1] == closer:
                pos = self._close(end)
        self._line, self._line_at = line, line_at
        self.work += work
        return pos

    def _crosses_boundary(self, field: re.Match[str]) -> bool:
        """Whether a value goes on into the next entry, because its closing brace is missing."""
        kind = field.lastindex or 0
        return _BOUNDARY.search(self._text, field.start(kind), field.end(kind)) is not None

    def _remember(self, field: re.Match[str], location: Location) -> None:
        """Remember where the value of ``field`` begins, unless it is a number or a macro.

        If the entry turns out to be unclosed, this value may have taken in the fields after it.
        """
        kind = field.lastindex or 0
        swallows = kind < _NUMBER_GROUP
        self._last = (field[1].lower(), location, ("",), field.start(kind)) if swallows else None

    def _step(self, pos: int) -> int:
        """Read the next thing in an entry that is no ordinary field; returns where it ends."""
        text = self._text
        start, pos = pos, self._skip(_BLANK, pos)
        next_char = text[pos : pos + 1]
        if not next_char or (next_char == "@" and self._begins_entry(start, pos)):
            return self._end_unclosed(pos)
        if next_char == self._outer.closer:
            return self._close(pos)
        if next_char == ",":
            return pos + 1
        field = _FIELD_START.match(text, pos)
        if field and (field[2] or self._follows_comma(pos)):
            return self._field(field)
        return self._pass_over(pos)

    def _follows_comma(self, pos: int) -> bool:
        """Whether a field may begin at ``pos``: at the start of a line, or after a comma."""
        before = self._text[max(pos - 80, 0) : pos].rstrip(" \t")
        return before.endswith(("\n", ","))

    def _begins_entry(self, start: int, pos: int) -> bool:
        """Whether the ``@`` at ``pos`` begins an entry; between ``start`` and there is white space only."""
        newline = self._text.rfind("\n", max(start - 1, 0), pos)
        if newline >= 0 and _BOUNDARY.match(self._text, newline + 1):
            return True
        found = _TOP.match(self._text, pos)
        return found is not None and bool(found["comment"] or found["inline_type"])

    def _close(self, pos: int) -> int:
        if self._outer.surplus.match(self._text, pos):
            problem = f"{self._outer.closer!r} closes {self._what} before its last field"
            self._say(Code.BIB_SURPLUS_BRACE, self._place(pos), problem, "it is ignored")
        else:
            self._open = False
        return pos + 1

    def _end_unclosed(self, pos: int) -> int:
        """Handle the end of the file, or the start of the next entry, inside an entry; returns where to go on."""
        if not self._recovering:
            if self._last:
                name, location, parts, start = self._last
                self.work += pos - start
                swallowed = _FIELD_LINE.search(self._text, start, pos)
                if swallowed:
                    # The value has no closing brace, and has taken that of the entry for its own.
                    self._recovering = True
                    end = swallowed.start()
                    self._say_unclosed(location, f"the value of {name!r}", end)
                    if self._fields[name].location is location:
                        if self._pending and self._pending[-1].name == name:
                            self._pending.pop()
                        self._put(name, [*parts[:-1], self._tidied(start, end)], location)
                    return end
            self._say_unclosed(self._location, self._what, pos)
        self._open = False
        return pos

    def _pass_over(self, pos: int) -> int:
        """Skip a word, or a pair of braces, that belongs to no field."""
        found = _LEFTOVER.match(self._text, pos)
        end = found.end() if found else pos + 1
        if self._text[pos] == "{":
            end = self._brace_end(pos, self._limit(pos))
            if end < 0:
                self._recovering = True
                end = self._limit(pos + 1)
        self.work += end - pos
        location = self._place(pos)
        if location.line != self._leftover_line:
            self._leftover_line = location.line
            problem = f"{_shown(self._text[pos : min(end, pos + 60)])} is not a field"
            self._say(Code.BIB_LEFTOVER, location, f"{problem} of {self._what}", "it is ignored")
        return end

    # -- a field

    def _field(self, start: re.Match[str]) -> int:
        name = start[1].lower()
        location = self._place(start.start())
        if not start[2]:
            self._say_missing(location, f"no equals sign after {name!r}")
        self._last = None
        self._field_name, self._field_location = name, location
        parts, end = self._value(start.end())
        if not parts:
            self._say(Code.BIB_NO_VALUE, location, f"the field {name!r} has no value", "it is left out")
        elif name in self._fields:
            self._say_duplicate(name, folded("".join(map(str, parts))), location)
        else:
            self._put(name, parts, location)
        after = self._skip(_BLANK, end)
        if self._text[after : after + 1] == ",":
            return after + 1
        following = _FIELD_START.match(self._text, after)
        if following and following[2] and parts and not self._recovering:
            self._say_missing(location, f"no comma between {name!r} and {following[1].lower()!r}")
        return end

    def _put(self, name: str, parts: Sequence[Part], location: Location) -> None:
        """Store a value; if it uses macros, an empty one until all files are read."""
        if all(isinstance(part, str) for part in parts):
            self._fields[name] = RawField(folded("".join(map(str, parts))), location)
        else:
            self._wait(name, parts, location)

    def _wait(self, name: str, parts: Sequence[Part], location: Location) -> None:
        self._fields[name] = RawField("", location)
        self._pending.append(_Pending(self._fields, name, parts, self._macros.time, location))

    def _value(self, pos: int) -> tuple[list[Part], int]:
        """Read the parts of a value that ``#`` joins; returns them, none if there is no value, and where they end."""
        text = self._text
        parts: list[Part] = []
        while True:
            if not parts and _NO_VALUE.match(text, pos):
                return parts, pos
            pos = self._skip(_BLANK, pos)
            opener = text[pos : pos + 1]
            if opener in {"{", '"'}:
                end = self._brace_end(pos, self._limit(pos), True) if opener == "{" else self._quote_end(pos)
                if end < 0:
                    return self._cut(parts, pos + 1)
                self._last = (self._field_name, self._field_location, parts, pos + 1)
                parts.append(text[pos + 1 : end - 1])
            else:
                words = self._outer.words.match(text, pos)
                if not words:
                    if parts:
                        problem = "nothing follows a '#'"
                        self._say(Code.BIB_PUNCTUATION, self._place(pos), problem, "it is ignored")
                    return parts, pos
                end = words.end()
                parts.append(self._bare(words[0]))
            self.work += end - pos
            after = self._skip(_BLANK, end)
            if text[after : after + 1] != "#":
                return parts, end
            pos = after + 1

    def _bare(self, words: str) -> Part:
        """The meaning of a value without braces or quotes: a number, a macro, or text without its quotes."""
        if words.isdecimal():
            return words
        if _MACRO_NAME.fullmatch(words):
            return Macro(words)
        problem = f"the value {_shown(words)} has neither braces nor quotes"
        self._say(Code.BIB_BARE_VALUE, self._field_location, problem, "it is taken as text")
        return words

    def _cut(self, parts: list[Part], start: int) -> tuple[list[Part], int]:
        """End an unclosed value, which begins at ``start``, where the next field or entry begins."""
        self._recovering = True
        end = self._limit(start)
        self._say_unclosed(self._field_location, f"the value of {self._field_name!r}", end)
        parts.append(self._tidied(start, end))
        self._last = None
        return parts, end

    def _tidied(self, start: int, end: int) -> str:
        """The text of an unclosed value, without commas, braces or a quote at its end that do not belong to it."""
        text = self._text
        self.work += end - start
        value = _ESCAPED_BRACE.sub("", text[start:end])
        surplus = value.count("}") - value.count("{")
        quote = text[start - 1] == '"'
        while end > start:
            last = text[end - 1]
            if last == "}" and surplus > 0:
                surplus -= 1
            elif last == '"' and quote:
                quote = False
            elif last not in ", \t\n":
                break
            end -= 1
        return text[start:end]

    def _brace_end(self, pos: int, limit: int, in_field: bool = False) -> int:
        r"""The end of the braces that open at ``pos``; -1 if they are not closed before ``limit``.

        BibTeX counts escaped braces like all others ("Tame the BeaST", section 3). But in a field, a ``\}`` that would
        close the value in the middle of text is taken as text.
        """
        text = self._text
        depth = 0
        for brace in _BRACE.finditer(text, pos, limit):
            if brace[0] == "{":
                depth += 1
                continue
            depth -= 1
            if depth > 0:
                continue
            end = brace.end()
            if in_field and self._is_escaped(end - 1) and not self._outer.value_end.match(text, end):
                problem = "a backslash does not keep a brace from closing a value"
                self._say(Code.BIB_SURPLUS_BRACE, self._field_location, problem, "it is read as text")
                depth = 1
                continue
            self.work += end - pos
            return end
        self.work += limit - pos
        return -1

    def _is_escaped(self, pos: int) -> bool:
        return self._text[pos - 1] == "\\" and self._text[pos - 2] != "\\"

    def _quote_end(self, pos: int) -> int:
        r"""The end of the quoted text that opens at ``pos``; -1 if it is not closed.

        To BibTeX every quote outside braces closes the value, also behind a backslash. But one in the middle of text,
        as in ``"M\"uller"``, is taken as text.
        """
        text = self._text
        limit = self._limit(pos)
        depth, inner = 0, False
        for found in _BRACE_OR_QUOTE.finditer(text, pos + 1, limit):
            if found[0] == "{":
                depth += 1
            elif found[0] == "}":
                depth -= 1
                if depth < 0:
                    break
            elif depth == 0:
                if self._outer.value_end.match(text, found.end()):
                    self.work += found.end() - pos
                    return found.end()
                if _OPENS_FIELD.search(text, max(pos, found.start() - 80), found.start()):
                    break
                if not inner:
                    inner = True
                    problem = "a quote is inside quotes without braces around it"
                    self._say(Code.BIB_SURPLUS_BRACE, self._field_location, problem, "it is read as text")
        self.work += limit - pos
        return -1

    # -- places

    def _limit(self, pos: int) -> int:
        """Where a value at ``pos`` must end at the latest: at the next entry or, in a broken entry, the next field."""
        boundary = self._boundary_after(pos)
        if not self._recovering:
            return boundary
        if self._next_field <= pos:
            found = _FIELD_LINE.search(self._text, pos, boundary)
            self._next_field = found.start() if found else boundary
            self.work += self._next_field - pos
        return self._next_field

    def _boundary_after(self, pos: int) -> int:
        """The start of the next line after ``pos`` that begins an entry, or the end of the file."""
        if self._boundary <= pos:
            found = _BOUNDARY.search(self._text, pos)
            self._boundary = found.start() if found else len(self._text)
            self.work += self._boundary - pos
        return self._boundary

    def _skip(self, what: re.Pattern[str], pos: int) -> int:
        found = what.match(self._text, pos)
        return found.end() if found else pos

    def _line_of(self, pos: int) -> int:
        """The line number of ``pos``, counted from the position of the last call, so that no text is counted twice."""
        start, end = sorted((self._line_at, pos))
        lines = self._text.count("\n", start, end)
        self.work += end - start
        self._line += lines if pos >= self._line_at else -lines
        self._line_at = pos
        return self._line

    def _place(self, pos: int) -> Location:
        return Location(self._name, self._line_of(pos))

    # -- saying it

    def _say(self, code: Code, location: Location, problem: str, fallback: str) -> None:
        self._report(Diagnostic(code, location, problem, fallback))

    def _say_missing(self, location: Location, problem: str) -> None:
        self._say(Code.BIB_PUNCTUATION, location, problem, "read as if there were one")

    def _say_unclosed(self, location: Location, what: str, end: int) -> None:
        where = f"before line {self._line_of(end)}" if end < len(self._text) else "at the end of the file"
        self._say(Code.BIB_UNCLOSED, location, f"{what} is not closed", f"it is assumed to end {where}")

    def _say_duplicate(self, name: str, value: str, location: Location) -> None:
        if value == self._fields[name].value:
            return
        problem = f"{self._what} has the field {name!r} at line {self._fields[name].location.line} already"
        self._say(Code.BIB_DUPLICATE_FIELD, location, problem, "the first one counts")


def _shown(text: str) -> str:
    """The beginning of ``text``, for a message."""
    text = " ".join(text.split())
    return repr(text if len(text) <= 40 else text[:39] + "…")
