"""A .bib entry as it was written: macros put in, everything else still LaTeX."""

from __future__ import annotations

from collections.abc import Sequence

from sphinx_cv_ext.diagnostics import Location
from sphinx_cv_ext.frozen import frozen


@frozen
class RawField:
    """A field's value without its outer braces or quotes, macros expanded, and its place."""

    value: str
    location: Location


@frozen
class RawEntry:
    """One entry of a .bib file.

    ``type`` and the names of ``fields`` are lower case; ``key`` is as written. ``fields`` keeps the file's
    order. ``location`` is the line of the ``@``.
    """

    type: str
    key: str
    fields: dict[str, RawField]
    location: Location

    def get(self, name: str) -> str:
        """The value of a field, without white space around it; empty where there is none."""
        return self.fields[name].value.strip() if name in self.fields else ""

    def first(self, names: Sequence[str]) -> str:
        """The value of the first of ``names`` that has one."""
        for name in names:
            if name in self.fields and (text := self.get(name)):
                return text
        return ""

    def where(self, name: str) -> Location:
        """The place of a field, or of the entry where it has none."""
        return self.fields[name].location if name in self.fields else self.location
