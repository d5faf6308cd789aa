"""Reports folders with pages that are not taken over."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sphinx_cv_ext.diagnostics import Location, short_path
from sphinx_cv_ext.importers.imported import Finding, Report

_WORDS = "the words of a page are yours to copy; the landing page is docs/index.md"
_REASONS = {
    "news": "news are not part of a CV",
    **dict.fromkeys(("blog", "post", "posts"), "a blog is not part of a CV"),
    **dict.fromkeys(("portfolio", "project", "projects"), "pages of projects have no dates; write {project} entries"),
    **dict.fromkeys(
        ("course", "courses", "teaching", "teachings"),
        "pages of courses have no dates that can be read; write {teaching} entries",
    ),
}


def tell_of_pages(folders: Iterable[Path], report: Report) -> None:
    """Report how many pages of each of ``folders`` are left out, and why."""
    for folder in folders:
        # Hugo's "_index.md" is a list of the others.
        count = sum(file.suffix in (".md", ".markdown") and file.stem != "_index" for file in folder.rglob("*"))
        if count:
            reason = _REASONS.get(folder.name.strip("_").lower(), _WORDS)
            report(Finding(Location(short_path(folder)), f"{count} left out: {reason}"))
