"""Corrections of .bib files that are certain."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.sources.links import identifier
from sphinx_cv_ext.sources.raw import RawEntry

# Lines with the same line ends that the reader counts.
_LINE = pattern(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_IDENTIFIER_FIELDS = {"doi": "doi", "eprint": "arxiv", "arxiv": "arxiv"}


def fixed(text: str, entries: Iterable[RawEntry]) -> str:
    """The text of a .bib file with corrections that are certain, and every other character unchanged.

    ``entries`` are the entries of the file as they were read. DOIs and arXiv ids that are written with their address or
    a prefix are made bare, if they are on one line: ``doi = {https://doi.org/10.1/x}`` becomes ``doi = {10.1/x}``.
    """
    lines = _LINE.findall(text)
    for entry in entries:
        for name, kind in _IDENTIFIER_FIELDS.items():
            field = entry.fields.get(name)
            if not field or (kind == "arxiv" and (entry.get("eprinttype") or "arxiv").lower() != "arxiv"):
                continue
            value, bare = field.value.strip(), identifier(kind, field.value)
            at = field.location.line - 1
            if bare and bare != value and at < len(lines):
                before = rf"(\b{re.escape(name)}\s*=\s*[{{\"]\s*)"
                parts = re.split(
                    rf"{before}{re.escape(value)}(?=\s*[}}\"])", lines[at], maxsplit=1, flags=re.IGNORECASE
                )
                if len(parts) == 3:
                    lines[at] = f"{parts[0]}{parts[1]}{bare}{parts[2]}"
    return "".join(lines)
