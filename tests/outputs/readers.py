"""Other people's programs that read our exports, and tables of what they find."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pybtex.database import parse_string

from tests.tools import NODE, needed, node_modules

Found = dict[str, str]
"""What a reader finds in an entry: the values by the names that it has for the fields."""

_TYPES = {
    "bibtex": "@bibtex/text",
    "biblatex": "@biblatex/text",
    "ris": "@ris/file",
    "csl-json": "@else/json",
}
# What it adds for itself.
_OF_CITATION_JS = frozenset({"_graph", "citation-key", "citation-label"})


def citation_js(name: str, text: str) -> list[Found]:
    """What citation-js finds in a file in one of our formats."""
    return [
        {field: _shown(value) for field, value in item.items() if field not in _OF_CITATION_JS}
        for item in _cite(text, _TYPES[name])
    ]


def apa(text: str) -> list[str]:
    """The references that a processor of the Citation Style Language, citeproc-js, makes of CSL-JSON in APA style."""
    return _cite(text, _TYPES["csl-json"], "apa")


def _cite(text: str, *arguments: str) -> list[Any]:
    node_modules()
    command = [needed("node"), NODE / "read.js", *arguments]
    run = subprocess.run(command, input=text, capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stderr
    items: list[Any] = json.loads(run.stdout)
    return items


def _shown(value: Any) -> str:
    """A value of CSL-JSON on one line: names or words separated by semicolons, a date or a range in ISO 8601."""
    if isinstance(value, list):
        return "; ".join(one if isinstance(one, str) else _person(one) for one in value)
    if isinstance(value, dict):
        if "date-parts" not in value:
            return str(value)
        return "/".join("-".join(f"{part:02d}" for part in date) for date in value["date-parts"])
    return str(value)


def _person(name: Mapping[str, str]) -> str:
    family = " ".join(filter(None, (name.get("non-dropping-particle"), name.get("family"), name.get("literal"))))
    return ", ".join(filter(None, (family, name.get("suffix"), name.get("given"))))


def pybtex(text: str) -> list[Found]:
    """What pybtex finds in a .bib file."""
    found = []
    for key, entry in parse_string(text, "bibtex").entries.items():
        people = {role: "; ".join(map(str, persons)) for role, persons in entry.persons.items()}
        found.append({"key": key, "type": entry.type, **people, **dict(entry.fields)})
    return found


def biber(text: str) -> list[Found]:
    """What biber makes of a .bib file in its tool mode; it must not complain."""
    with tempfile.TemporaryDirectory() as folder:
        source, result = Path(folder) / "refs.bib", Path(folder) / "again.bib"
        source.write_text(text, encoding="utf-8", newline="")
        run = subprocess.run(
            [needed("biber"), "--tool", "--output-fieldcase=lower", "--output-file", result, source],
            cwd=folder,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert run.returncode == 0, run.stdout
        assert "WARN" not in run.stdout, run.stdout
        return pybtex(result.read_text(encoding="utf-8"))


def table(found: Mapping[str, Found]) -> str:
    """What each reader finds: a line with what most find in a field, and below it those that find something else.

    A reader that finds nothing in a field has a hyphen there.
    """
    fields = sorted({field for entry in found.values() for field in entry}, key=str.lower)
    lines = []
    for field in fields:
        values = {reader: entry.get(field, "-") for reader, entry in found.items()}
        ((usual, _count),) = Counter(values.values()).most_common(1)
        lines.append(f"{field:<22}{usual}")
        lines += (f"  in {reader:<17}{value}" for reader, value in values.items() if value != usual)
    return "\n".join(lines)


def columns(entries: Mapping[str, Sequence[Found]], place: int) -> dict[str, Found]:
    """What each reader finds in the entry at ``place``."""
    return {reader: found[place] for reader, found in entries.items()}
