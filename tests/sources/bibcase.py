"""How the case files of .bib reading print what was read."""

from __future__ import annotations

from collections.abc import Iterable

from sphinx_cv_ext.diagnostics import Diagnostic
from sphinx_cv_ext.sources.raw import RawEntry


def printed(entries: Iterable[RawEntry], said: Iterable[Diagnostic]) -> str:
    """Each entry with a line for each field, then each warning; numbers are lines of the input."""
    lines = []
    for entry in entries:
        lines.append(f"{entry.location.line} @{entry.type} {entry.key}")
        lines += [f"  {field.location.line} {name} = {field.value}" for name, field in entry.fields.items()]
    lines += [f"{d.code.value} {d.location} {d}" for d in said]
    return "\n".join(lines)
