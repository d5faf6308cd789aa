"""The ``@string`` macros of .bib files, and the white space in values."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from sphinx_cv_ext.diagnostics import Code, Diagnostic, Location, Report
from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.dates import MONTHS
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.sources.raw import RawField

MAX_VALUE_GROWTH = 1 << 20
"""How many characters macros may add to one value."""
MAX_TOTAL_GROWTH = 1 << 25
"""How many characters macros may add to all values of one reading."""

# Every standard style defines jan to dec (btxdoc, section 2.3); people use the other names as well.
_MONTHS = {name: month for month in MONTHS for name in (month[:3].lower(), month.lower())}
_MONTHS["sept"] = "September"
# `selected = true` says what it says.
_FLAGS = frozenset({"true", "false"})

_NEWLINE = pattern(r"\n[ \t\n]*+")
_SPACE = pattern(r"[ \t]++")


@frozen
class Macro:
    """A name that stands for text."""

    name: str


Part = str | Macro
"""A part of a value; ``#`` joins them."""


def folded(value: str) -> str:
    """``value`` with one space for each run of white space, as BibTeX does it; no-break spaces stay."""
    if "\n" in value:
        # This is mostly all that is needed, and ten times faster than the pattern below.
        value = _NEWLINE.sub(" ", value)
    return _SPACE.sub(" ", value) if "  " in value or "\t" in value else value


@frozen
class Pending:
    """A field whose value uses macros, and so has to wait until all files are read.

    ``time`` is how many macros had been defined before it.
    """

    fields: dict[str, RawField]
    name: str
    parts: Sequence[Part]
    time: int
    location: Location


class _Definition:
    """One ``@string``; ``value`` is None until somebody needs it."""

    __slots__ = ("location", "parts", "time", "value")

    def __init__(self, parts: Sequence[Part], time: int, location: Location) -> None:
        self.parts = parts
        self.time = time
        self.location = location
        self.value: str | None = None


class Macros:
    """The ``@string`` macros of all files; a name is the same in any case (btxdoc, section 2.3)."""

    def __init__(self, report: Report) -> None:
        self.time = 0
        self._definitions: dict[str, list[_Definition]] = {}
        self._growth = 0
        self._report = report

    def define(self, name: str, parts: Sequence[Part], location: Location) -> None:
        """Give ``name`` a value from here on."""
        self._definitions.setdefault(name.lower(), []).append(_Definition(parts, self.time, location))
        self.time += 1

    def fill(self, field: Pending) -> None:
        """Give a field its value, once all macros are defined."""
        for definition in self._needed(field.parts, field.time):
            self._settle(definition)
        value = folded(self._join(field.parts, field.time, field.location))
        field.fields[field.name] = RawField(value, field.location)

    def _find(self, name: str, time: int) -> _Definition | None:
        definitions = self._definitions.get(name.lower())
        if not definitions or len(definitions) == 1:
            return definitions[0] if definitions else None
        before = bisect_left(definitions, time, key=lambda definition: definition.time)
        return definitions[max(before - 1, 0)]

    def _needed(self, parts: Sequence[Part], time: int) -> list[_Definition]:
        """The definitions that ``parts`` use and that have no value yet."""
        names = dict.fromkeys(part.name for part in parts if isinstance(part, Macro))
        found = (self._find(name, time) for name in names)
        return [definition for definition in found if definition and definition.value is None]

    def _settle(self, top: _Definition) -> None:
        """Compute the value of ``top``, after all definitions that it needs. A stack of its own allows any depth."""
        stack, opened = [top], set[_Definition]()
        while stack:
            definition = stack[-1]
            if definition.value is not None:
                stack.pop()
            elif definition in opened:
                definition.value = self._join(definition.parts, definition.time, definition.location)
            else:
                opened.add(definition)
                needed = self._needed(definition.parts, definition.time)
                if any(other in opened for other in needed):
                    problem = "a macro is defined by itself"
                    fallback = "its name is the text where it would repeat"
                    self._report(Diagnostic(Code.BIB_MACRO_CYCLE, definition.location, problem, fallback))
                stack.extend(other for other in needed if other not in opened)

    def _join(self, parts: Sequence[Part], time: int, location: Location) -> str:
        """``parts`` as one text; a macro in a cycle, or one that makes the text too long, is left as its name."""
        texts: list[str] = []
        growth = 0
        said: set[str] = set()
        for part in parts:
            if isinstance(part, str):
                texts.append(part)
                continue
            definition = self._find(part.name, time)
            if definition:
                value = definition.value
            else:
                word = part.name.lower()
                value = word if word in _FLAGS else _MONTHS.get(word)
                if value is None and part.name not in said:
                    said.add(part.name)
                    self._say_undefined(part.name, location)
            if value is None:
                texts.append(part.name)
            elif growth + len(value) > MAX_VALUE_GROWTH or self._growth + len(value) > MAX_TOTAL_GROWTH:
                texts.append(part.name)
                if "" not in said:
                    said.add("")
                    self._say_too_long(part.name, location)
            else:
                texts.append(value)
                growth += len(value)
                self._growth += len(value)
        return "".join(texts)

    def _say_undefined(self, name: str, location: Location) -> None:
        problem = f"no @string defines {name!r}"
        self._report(Diagnostic(Code.BIB_UNDEFINED_MACRO, location, problem, "the word itself is the text"))

    def _say_too_long(self, name: str, location: Location) -> None:
        problem = f"the macro {name!r} makes a value too long"
        self._report(Diagnostic(Code.BIB_MACRO_SIZE, location, problem, "its name is the text"))
