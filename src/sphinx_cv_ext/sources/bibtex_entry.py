"""One entry of a .bib file: its key, and its fields up to the bracket that closes it.

An ordinary field is read by one regular expression, everything else by slower methods. No pattern can backtrack far and
no text is searched again and again, so that the time grows linearly with the length of the input.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sphinx_cv_ext.diagnostics import Code, Location
from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.sources.bibtex_macros import Macro, Part, Pending, folded
from sphinx_cv_ext.sources.bibtex_source import BLANK, BOUNDARY, NAME, TOP, Source, shown
from sphinx_cv_ext.sources.raw import RawField

# How many characters the pattern for an ordinary field may look at; longer values are read piece by piece.
_WINDOW = 4096

_BRACED = r"[^{}]*+"
for _ in range(3):
    _BRACED = rf"[^{{}}]*+(?:\{{{_BRACED}\}}[^{{}}]*+)*+"
_QUOTED = rf'[^"{{}}]*+(?:\{{{_BRACED}\}}[^"{{}}]*+)*+'

_KEY = pattern(r"[^,={}\n]*+")
# BibTeX's names may start with a backslash, as those of journals from ADS do.
_FIELD_START = pattern(rf'(\\?{NAME})\s*+(=|(?=["{{]))')
_FIELD_LINE = pattern(rf"^[ \t]*+(?:,[ \t]*+)?+{NAME}[ \t]*+=", re.MULTILINE)
# Of "title = year = 2020" and "title =⏎ year=2020" the title has no value; "url = x?a=b" has one.
_NO_VALUE = pattern(rf'[ \t]*+(?:\n\s*+{NAME}\s*+=|{NAME}(?:\s++=|=\s*+["{{]))')
_OPENS_FIELD = pattern(rf"[,\n]\s*+{NAME}\s*+=\s*+\Z")
_MACRO_NAME = pattern(r"\\?[^\W\d][\w:.+/-]*")
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
            rf'\s*+({NAME})\s*+=\s*+(?:\{{({_BRACED})\}}|"({_QUOTED})"|(\d++)|([^\W\d][\w:.+/-]*+))'
            rf"\s*+(?:,\s*+|(?={end}))"
        ),
        pattern(rf"{word}(?:[ \t]++(?!{NAME}\s*+=){word})*+"),
        pattern(rf"\s*+(?:[,#%{end}]|\Z|{NAME}\s*+=)"),
        pattern(rf'{end}\s*+,{BLANK.pattern}{NAME}\s*+=\s*+["{{\w]'),
    )


_OUTERS = {"{": _outer("}", ""), "(": _outer(")", "()")}


class EntryScanner:
    """Reads one entry, which is called ``what`` in messages, from its opening ``bracket`` on.

    ``time`` is how many macros have been defined before it. ``fields`` are those that have been read so far; those
    whose value is ``pending`` are empty.
    """

    def __init__(self, source: Source, what: str, location: Location, bracket: str, time: int) -> None:
        self.fields: dict[str, RawField] = {}
        self.pending: list[Pending] = []
        self._source = source
        self._text = source.text
        self._what = what
        self._location = location
        self._outer = _OUTERS[bracket]
        self._time = time
        self._open = True
        self._recovering = False
        self._next_field = -1
        self._leftover_line = 0
        self._field_name, self._field_location = what, location
        self._last: tuple[str, Location, Sequence[Part], int] | None = None

    def key(self, pos: int) -> tuple[str, int]:
        """Read the key; returns it, empty if there is none, and where the fields begin."""
        text = self._text
        start = self._source.skip(BLANK, pos)
        end = self._source.skip(_KEY, start)
        words = text[start:end].split()
        follower = text[end : end + 1]
        self._source.work += end - pos
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
                end = self._source.skip(BLANK, end)
            follower = text[end : end + 1]
        key = " ".join(words)
        if key:
            self._what = f"the entry {key!r}"
        if key and follower not in {",", self._outer.closer, ""}:
            self._say_missing(self._location, f"no comma after the key {key!r}")
        return key, end + (follower == ",")

    def body(self, pos: int) -> int:
        """Read fields up to the closing bracket; returns where the text after it begins.

        This is the loop in which most of the time is spent. It keeps line and position in local variables, and writes
        them back before it calls a method that uses them.
        """
        source, text, fields, closer = self._source, self._text, self.fields, self._outer.closer
        match = self._outer.field.match
        line, line_at, work = source.line, source.line_at, 0
        last: re.Match[str] | None = None
        location = self._location
        while self._open:
            field = match(text, pos, pos + _WINDOW)
            kind = field.lastindex if field else None
            if not field or not kind or ("@" in (value := field[kind]) and self._crosses_boundary(field)):
                work += min(_WINDOW, len(text) - pos)
                source.line, source.line_at = line, line_at
                if last:
                    self._remember(last, location)
                    last = None
                pos = self._step(pos)
                line, line_at = source.line, source.line_at
                continue
            at, end = field.start(1), field.end()
            line += text.count("\n", line_at, at)
            line_at = at
            work += end - pos
            location = Location(source.name, line)
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
        source.line, source.line_at = line, line_at
        source.work += work
        return pos

    def _crosses_boundary(self, field: re.Match[str]) -> bool:
        """Whether a value goes on into the next entry, because its closing brace is missing."""
        kind = field.lastindex or 0
        return BOUNDARY.search(self._text, field.start(kind), field.end(kind)) is not None

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
        start, pos = pos, self._source.skip(BLANK, pos)
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
        if newline >= 0 and BOUNDARY.match(self._text, newline + 1):
            return True
        found = TOP.match(self._text, pos)
        return found is not None and bool(found["comment"] or found["inline_type"])

    def _close(self, pos: int) -> int:
        if self._outer.surplus.match(self._text, pos):
            problem = f"{self._outer.closer!r} closes {self._what} before its last field"
            self._source.say(Code.BIB_SURPLUS_BRACE, self._source.place(pos), problem, "it is ignored")
        else:
            self._open = False
        return pos + 1

    def _end_unclosed(self, pos: int) -> int:
        """Handle the end of the file, or the start of the next entry, inside an entry; returns where to go on."""
        if not self._recovering:
            if self._last:
                name, location, parts, start = self._last
                self._source.work += pos - start
                swallowed = _FIELD_LINE.search(self._text, start, pos)
                if swallowed:
                    # The value has no closing brace, and has taken that of the entry for its own.
                    self._recovering = True
                    end = swallowed.start()
                    self._source.say_unclosed(location, f"the value of {name!r}", end)
                    if self.fields[name].location is location:
                        if self.pending and self.pending[-1].name == name:
                            self.pending.pop()
                        self._put(name, [*parts[:-1], self._tidied(start, end)], location)
                    return end
            self._source.say_unclosed(self._location, self._what, pos)
        self._open = False
        return pos

    def _pass_over(self, pos: int) -> int:
        """Skip a word, or a pair of braces, that belongs to no field."""
        found = _LEFTOVER.match(self._text, pos)
        end = found.end() if found else pos + 1
        if self._text[pos] == "{":
            end = self._source.brace_end(pos, self._limit(pos))
            if end < 0:
                self._recovering = True
                end = self._limit(pos + 1)
        self._source.work += end - pos
        location = self._source.place(pos)
        if location.line != self._leftover_line:
            self._leftover_line = location.line
            problem = f"{shown(self._text[pos : min(end, pos + 60)])} is not a field"
            self._source.say(Code.BIB_LEFTOVER, location, f"{problem} of {self._what}", "it is ignored")
        return end

    def _field(self, start: re.Match[str]) -> int:
        name = start[1].lower()
        location = self._source.place(start.start())
        if not start[2]:
            self._say_missing(location, f"no equals sign after {name!r}")
        self._last = None
        self._field_name, self._field_location = name, location
        parts, end = self.value(start.end())
        if not parts:
            self._source.say(Code.BIB_NO_VALUE, location, f"the field {name!r} has no value", "it is left out")
        elif name in self.fields:
            self._say_duplicate(name, folded("".join(map(str, parts))), location)
        else:
            self._put(name, parts, location)
        after = self._source.skip(BLANK, end)
        if self._text[after : after + 1] == ",":
            return after + 1
        following = _FIELD_START.match(self._text, after)
        if following and following[2] and parts and not self._recovering:
            self._say_missing(location, f"no comma between {name!r} and {following[1].lower()!r}")
        return end

    def _put(self, name: str, parts: Sequence[Part], location: Location) -> None:
        """Store a value; if it uses macros, an empty one until all files are read."""
        if all(isinstance(part, str) for part in parts):
            self.fields[name] = RawField(folded("".join(map(str, parts))), location)
        else:
            self._wait(name, parts, location)

    def _wait(self, name: str, parts: Sequence[Part], location: Location) -> None:
        self.fields[name] = RawField("", location)
        self.pending.append(Pending(self.fields, name, parts, self._time, location))

    def value(self, pos: int) -> tuple[list[Part], int]:
        """Read the parts of a value that ``#`` joins; returns them, none if there is no value, and where they end."""
        text = self._text
        parts: list[Part] = []
        while True:
            if not parts and _NO_VALUE.match(text, pos):
                return parts, pos
            pos = self._source.skip(BLANK, pos)
            opener = text[pos : pos + 1]
            if opener in {"{", '"'}:
                end = self._quote_end(pos) if opener == '"' else self._value_end(pos)
                if end < 0:
                    return self._cut(parts, pos + 1)
                self._last = (self._field_name, self._field_location, parts, pos + 1)
                parts.append(text[pos + 1 : end - 1])
            else:
                words = self._outer.words.match(text, pos)
                if not words:
                    if parts:
                        problem = "nothing follows a '#'"
                        self._source.say(Code.BIB_PUNCTUATION, self._source.place(pos), problem, "it is ignored")
                    return parts, pos
                end = words.end()
                parts.append(self._bare(words[0]))
            self._source.work += end - pos
            after = self._source.skip(BLANK, end)
            if text[after : after + 1] != "#":
                return parts, end
            pos = after + 1

    def _bare(self, words: str) -> Part:
        """The meaning of a value without braces or quotes: a number, a macro, or text without its quotes."""
        if words.isdecimal():
            return words
        if _MACRO_NAME.fullmatch(words):
            return Macro(words)
        problem = f"the value {shown(words)} has neither braces nor quotes"
        self._source.say(Code.BIB_BARE_VALUE, self._field_location, problem, "it is taken as text")
        return words

    def _cut(self, parts: list[Part], start: int) -> tuple[list[Part], int]:
        """End an unclosed value, which begins at ``start``, where the next field or entry begins."""
        self._recovering = True
        end = self._limit(start)
        self._source.say_unclosed(self._field_location, f"the value of {self._field_name!r}", end)
        parts.append(self._tidied(start, end))
        self._last = None
        return parts, end

    def _tidied(self, start: int, end: int) -> str:
        """The text of an unclosed value, without commas, braces or a quote at its end that do not belong to it."""
        text = self._text
        self._source.work += end - start
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
                    self._source.work += found.end() - pos
                    return found.end()
                if _OPENS_FIELD.search(text, max(pos, found.start() - 80), found.start()):
                    break
                if not inner:
                    inner = True
                    problem = "a quote is inside quotes without braces around it"
                    self._source.say(Code.BIB_SURPLUS_BRACE, self._field_location, problem, "it is read as text")
        self._source.work += limit - pos
        return -1

    def _value_end(self, pos: int) -> int:
        r"""The end of the braces that open at ``pos``; -1 if they are not closed.

        A ``\}`` that would close the value in the middle of text is taken as text.
        """
        return self._source.brace_end(pos, self._limit(pos), self._is_text)

    def _is_text(self, end: int) -> bool:
        text = self._text
        is_escaped = text[end - 2] == "\\" and text[end - 3] != "\\"
        if not is_escaped or self._outer.value_end.match(text, end):
            return False
        problem = "a backslash does not keep a brace from closing a value"
        self._source.say(Code.BIB_SURPLUS_BRACE, self._field_location, problem, "it is read as text")
        return True

    def _limit(self, pos: int) -> int:
        """Where a value at ``pos`` must end at the latest: at the next entry or, in a broken entry, the next field."""
        boundary = self._source.boundary_after(pos)
        if not self._recovering:
            return boundary
        if self._next_field <= pos:
            found = _FIELD_LINE.search(self._text, pos, boundary)
            self._next_field = found.start() if found else boundary
            self._source.work += self._next_field - pos
        return self._next_field

    def _say_missing(self, location: Location, problem: str) -> None:
        self._source.say(Code.BIB_PUNCTUATION, location, problem, "read as if there were one")

    def _say_duplicate(self, name: str, value: str, location: Location) -> None:
        if value == self.fields[name].value:
            return
        problem = f"{self._what} has the field {name!r} at line {self.fields[name].location.line} already"
        self._source.say(Code.BIB_DUPLICATE_FIELD, location, problem, "the first one counts")
