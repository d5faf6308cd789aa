"""Reads JSON, YAML and TOML into records. Files are not trusted: a value that is not as expected counts as missing.

A record knows its place in the file, and which of its values nobody has asked for, so that those can be reported.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from sphinx_cv_ext.diagnostics import Location, short_path
from sphinx_cv_ext.importers.imported import Finding, Report

LARGEST = 32 * 1024 * 1024
"""The greatest size of a file in bytes; a CV is much smaller."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NOTHING = frozenset({"", "~", "null", "None"})


class Record:
    """A mapping in a file, with methods to get values by name. Values of the wrong type count as missing.

    ``location`` is its place, and ``name`` describes it in reports, such as "work 2".
    """

    def __init__(self, values: object, location: Location, name: str = "") -> None:
        given = values if isinstance(values, dict) else {}
        self._values: dict[Any, Any] = {key if key == _LINE else str(key): value for key, value in given.items()}
        self._location = location
        self._asked: set[str] = set()
        self.name = name

    def __bool__(self) -> bool:
        return bool(self._values)

    @property
    def location(self) -> Location:
        """Its place in the file, as exactly as it is known."""
        return self.at("")

    def at(self, name: str) -> Location:
        """The place of one of its values, as exactly as it is known."""
        lines: dict[str, int] = self._values.get(_LINE, {})
        return Location(self._location.file, lines.get(name) or lines.get("") or self._location.line)

    def raw(self, name: str) -> object:
        """A value as it is."""
        self._asked.add(name)
        return self._values.get(name)

    def text(self, *names: str) -> str:
        """The first of these values that is a text or a number; empty where none is."""
        self._asked.update(names)
        return next(filter(None, (_scalar(self._values.get(name)) for name in names)), "")

    def texts(self, *names: str) -> tuple[str, ...]:
        """The texts of the first of these values that is a list of them, or one text."""
        self._asked.update(names)
        for name in names:
            value = self._values.get(name)
            found = tuple(filter(None, map(_scalar, value if isinstance(value, list) else [value])))
            if found:
                return found
        return ()

    def record(self, name: str) -> Record:
        """The mapping of that name; one without values where there is none."""
        return Record(self.raw(name), self.location, f"{self.name} {name}".strip())

    def records(self, name: str) -> list[Record]:
        """The mappings of the list of that name, each with its number."""
        value = self.raw(name)
        found = value if isinstance(value, list) else [value]
        return [
            Record(item, self.location, f"{name} {number}")
            for number, item in enumerate(found, start=1)
            if isinstance(item, dict)
        ]

    def skip(self, *names: str) -> None:
        """Mark values as known but of no use for a site, so that `tell` does not report them."""
        self._asked.update(names)

    def names(self) -> list[str]:
        """The names of all values."""
        return [name for name in self._values if name != _LINE]

    def has(self, name: str) -> bool:
        """Whether there is a value of that name."""
        return self._values.get(name) not in (None, "", [], {})

    def tell(self, report: Report) -> None:
        """Report the values that nobody has asked for."""
        for name, value in self._values.items():
            if name not in self._asked and name != _LINE and value not in (None, "", [], {}, "null", "~"):
                what = f"{name!r} of {re.sub(r' [0-9]+$', '', self.name)}" if self.name else repr(name)
                report(Finding(self.location, f"{what} has no place here"))


# The key for the line numbers of a mapping's names, and under "" its own: a tuple, so that no key of a file equals it.
_LINE: Any = ("line",)


def _scalar(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else ""
    # TOML has dates of its own.
    text = str(value).strip() if isinstance(value, str | int | float | date) else ""
    # JSON can contain lone surrogates, which cannot be written to a file.
    return "" if text in _NOTHING else _CONTROL.sub(" ", text.encode("utf-8", "replace").decode())


def read_text(path: Path, report: Report) -> str:
    """The text of a file in UTF-8; reported, and empty, where it cannot be read."""
    location = Location(short_path(path))
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        report(Finding(location, f"cannot read the file: {error.strerror or error}", is_broken=True))
        return ""
    if len(data) > LARGEST:
        report(Finding(location, "the file is too large to be a CV", is_broken=True))
        return ""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        report(Finding(location, "the file is not in UTF-8; it is read as Windows-1252"))
        text = data.decode("cp1252", "replace")
    return _CONTROL.sub(" ", text)


def read_record(path: Path, report: Report) -> Record:
    """The record in a JSON or YAML file; a list is under the name "items". If it cannot be read, that is reported."""
    text = read_text(path, report)
    parse = parse_json if path.suffix.lower() == ".json" else parse_yaml
    return parse(text, Location(short_path(path)), report) if text.strip() else Record({}, Location(short_path(path)))


def parse_json(text: str, location: Location, report: Report) -> Record:
    """The record in JSON; empty, with a report, if it cannot be read."""
    try:
        return _record(json.loads(text), location)
    except json.JSONDecodeError as error:
        broken = Finding(Location(location.file, error.lineno), f"this is not JSON: {error.msg}", is_broken=True)
    except (ValueError, RecursionError) as error:
        broken = Finding(location, f"this JSON cannot be read: {_told(error)}", is_broken=True)
    report(broken)
    return Record({}, location)


def parse_yaml(text: str, location: Location, report: Report) -> Record:
    """The record in YAML, with all values as text; ``location`` is the place of its first line."""
    try:
        import yaml
    except ImportError:
        problem = "reading YAML needs PyYAML: pip install 'sphinx-cv-ext[import]'"
        report(Finding(location, problem, is_broken=True))
        return Record({}, location)
    try:
        # Only nodes are made: tags have no effect, and impossible dates or numbers do no harm.
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        return _record(_plain(node, max(location.line, 1), {}), location)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + max(location.line, 1) if mark else location.line
        problem = f"this is not YAML: {getattr(error, 'problem', None) or 'it cannot be read'}"
        report(Finding(Location(location.file, line), problem, is_broken=True))
    except (ValueError, RecursionError) as error:
        report(Finding(location, f"this YAML cannot be read: {_told(error)}", is_broken=True))
    return Record({}, location)


def _plain(node: Any, first: int, known: dict[int, Any]) -> Any:
    """The lists, mappings and texts of a node. All aliases of an anchor give one object, so nothing can explode."""
    if id(node) in known:
        return known[id(node)]
    kind = getattr(node, "id", "")
    if kind == "sequence":
        items: list[Any] = []
        known[id(node)] = items
        items.extend(_plain(item, first, known) for item in node.value)
        return items
    if kind == "mapping":
        lines = {"": node.start_mark.line + first}
        values: dict[Any, Any] = {_LINE: lines}
        known[id(node)] = values
        for key, value in node.value:
            if key.id == "scalar":
                lines.setdefault(key.value, key.start_mark.line + first)
                values.setdefault(key.value, _plain(value, first, known))
        return values
    is_null = node is None or node.tag == "tag:yaml.org,2002:null"
    return None if is_null else node.value


def front_matter(path: Path, report: Report) -> tuple[Record, str]:
    """The front matter of a Markdown file, YAML between ``---`` or TOML between ``+++``, and the text below it."""
    text = read_text(path, report)
    location = Location(short_path(path), 2)
    match = re.match(r"(---|\+\+\+)[ \t]*\r?\n(.*?\n)\1[ \t]*(?:\r?\n|\Z)", text, re.DOTALL)
    if not match:
        return Record({}, location), text
    if match[1] == "---":
        return parse_yaml(match[2], location, report), text[match.end() :]
    try:
        return _record(tomllib.loads(match[2].replace("\r\n", "\n")), location), text[match.end() :]
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        report(Finding(location, f"this is not TOML: {_told(error)}", is_broken=True))
        return Record({}, location), text[match.end() :]


def _record(value: object, location: Location) -> Record:
    return Record({"items": value} if isinstance(value, list) else value, location)


def _told(error: Exception) -> str:
    return "it goes too deep" if isinstance(error, RecursionError) else str(error).partition("\n")[0]


def markdown_files(folder: Path) -> Iterator[Path]:
    """The Markdown files of ``folder``, by name."""
    if folder.is_dir():
        yield from sorted(path for path in folder.iterdir() if path.suffix in (".md", ".markdown") and path.is_file())
