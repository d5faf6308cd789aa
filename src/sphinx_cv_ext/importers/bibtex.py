"""A .bib file of any program, which the reader of the site knows already."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sphinx_cv_ext.diagnostics import short_path
from sphinx_cv_ext.importers.imported import Finding, Imported, Report
from sphinx_cv_ext.importers.local_files import with_files
from sphinx_cv_ext.importers.records import read_text
from sphinx_cv_ext.importers.works import with_keys
from sphinx_cv_ext.sources import bibtex
from sphinx_cv_ext.sources.raw import RawEntry


def read(path: Path, report: Report) -> Imported:
    """What the file ``path`` holds."""
    works = with_keys(entries([path], report))
    return with_files(((work, [path.parent]) for work in works), path.parent, report)


def entries(paths: Sequence[Path], report: Report) -> list[RawEntry]:
    """The entries of .bib files with all of their fields, as they are written, and macros put in."""
    texts = [(short_path(path), read_text(path, report)) for path in paths]
    found = bibtex.read(texts, lambda diagnostic: report(Finding(diagnostic.location, str(diagnostic))))
    return found.entries
