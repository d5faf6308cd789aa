"""Publications for tests of the model, read from BibTeX: the shortest way to write them down."""

from __future__ import annotations

import tempfile
from pathlib import Path

from sphinx_cv_ext.diagnostics import Diagnostic
from sphinx_cv_ext.model.library import Library
from sphinx_cv_ext.model.people import Name, Owner
from sphinx_cv_ext.sources import Settings, load

ADA = Owner([Name("Example", "Ada")])


def library(text: str, owner: Owner = ADA) -> Library:
    """The publications of a .bib file in which nothing is wrong."""
    said: list[Diagnostic] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "refs.bib"
        path.write_text(text, encoding="utf-8")
        found = load(Settings([path], owner), said.append).library
    assert said == []
    return found
