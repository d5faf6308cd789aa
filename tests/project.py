"""A small Sphinx project that is written to a folder and built for real, as often as a test needs it.

::

    project = Project(folder, {"index.md": "# Home", "refs.bib": "@misc{a}"}, html_theme="furo")
    built = project.build("html")
    built.warnings, built.text("index.html"), built.doctree("index")
"""

from __future__ import annotations

import io
import os
import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.locale import translators
from sphinx.util.docutils import docutils_namespace, patch_docutils

from sphinx_cv_ext.extension.lists import PublicationList, unfolded

DEFAULTS: dict[str, Any] = {
    "project": "Ada Example",
    "author": "Ada Example",
    "copyright": "Ada Example",
    "extensions": ["myst_parser", "sphinx_cv_ext"],
    "myst_enable_extensions": ["attrs_inline", "colon_fence"],
    "bibtex_bibfiles": ["refs.bib"],
    "exclude_patterns": ["_*"],
    # The Sphinx Book Theme appends to this list; Sphinx's default would be shared by all builds of the process.
    "templates_path": [],
    "nitpicky": True,
    "html_theme": "basic",
    "html_show_sphinx": False,
    "html_copy_source": False,
    "cv_pages": "none",
}
"""The settings in conf.py unless a test gives others; a value of ``...`` leaves the setting out."""

HOME = "# Home\n\n:::{toctree}\n:hidden:\n:glob:\n\n*\n:::\n"
"""A first page with a toctree of all others, because Sphinx warns of pages that are in none."""

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Built:
    """The result of a build: its output folder, its warnings with paths relative to the project, and its pages.

    ``read`` and ``written`` are the names of the pages that were read and written; both are only complete with one job.
    ``deprecated`` are the deprecation warnings that our own code has caused.
    """

    out: Path
    warnings: list[str]
    read: list[str]
    written: list[str]
    env: BuildEnvironment
    deprecated: list[str]

    def text(self, name: str) -> str:
        return (self.out / name).read_text(encoding="utf-8")

    def soup(self, name: str) -> BeautifulSoup:
        return BeautifulSoup(self.text(name), "html.parser")

    def doctree(self, docname: str) -> nodes.document:
        """Load the page as it was read, before anything is resolved or kept for one builder alone."""
        document = self.env.get_doctree(docname)
        for node in list(document.findall(PublicationList)):
            unfolded(self.env, node)
        return document

    def files(self) -> dict[str, bytes]:
        """Read every file of the output by its name, except those in which Sphinx keeps its own state."""
        return {
            path.relative_to(self.out).as_posix(): path.read_bytes()
            for path in sorted(self.out.rglob("*"))
            if path.is_file() and path.name not in {".buildinfo", "environment.pickle"}
        }

    def codes(self) -> list[str]:
        """Name the kind of each warning, such as ``cv.rate_invalid``; the whole warning where it has none."""
        return [found[1] if (found := re.search(r" \[([\w.]+)\]$", warning)) else warning for warning in self.warnings]


class Project:
    """Files in a folder, conf.py among them, and what Sphinx makes of them."""

    def __init__(self, folder: Path, files: Mapping[str, str | bytes], **settings: Any) -> None:
        self.folder = folder
        for name, content in files.items():
            self.write(name, content)
        self.configure(**settings)

    def write(self, name: str, content: str | bytes) -> None:
        """Write a file; its time is always later than before, however fast a test is."""
        path = self.folder / name
        before = path.stat().st_mtime_ns if path.exists() else 0
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        if path.stat().st_mtime_ns <= before:
            os.utime(path, ns=(before + 1_000_000, before + 1_000_000))

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace ``old``, which must be there once."""
        text = (self.folder / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new))

    def remove(self, name: str) -> None:
        (self.folder / name).unlink()

    def configure(self, **settings: Any) -> None:
        """Write conf.py: the default settings, and these instead or beside them."""
        values = {name: value for name, value in (DEFAULTS | settings).items() if value is not ...}
        self.write("conf.py", "".join(f"{name} = {value!r}\n" for name, value in values.items()))

    def build(self, builder: str = "html", *, jobs: int = 1, into: str = "", only: str = "", **overrides: Any) -> Built:
        """Build as ``sphinx-build`` does; an earlier build ``into`` the same place is continued.

        ``only`` is the source of the one page to write.
        """
        base = self.folder / "_build" / into
        out = base / builder
        said = io.StringIO()
        read: list[str] = []
        written: list[str] = []
        # Otherwise Sphinx would keep the catalogues of other languages from earlier builds in this process.
        translators.clear()
        with (
            docutils_namespace(),
            patch_docutils(self.folder),
            warnings.catch_warnings(record=True) as python_warnings,
        ):
            warnings.simplefilter("always", DeprecationWarning)
            warnings.simplefilter("always", PendingDeprecationWarning)
            app = Sphinx(
                self.folder,
                self.folder,
                out,
                base / "doctrees",
                builder,
                confoverrides=overrides,
                status=None,
                warning=said,
                parallel=jobs,
            )
            app.connect("source-read", lambda _app, docname, _source: read.append(docname))
            _listen(app.builder, written)
            app.build(filenames=[str(self.folder / only)] if only else ())
        plain = _COLOUR.sub("", said.getvalue()).replace(f"{self.folder}{os.sep}", "")
        lines = plain.replace(f"'{self.folder}'", "'.'").splitlines()
        deprecated = [str(w.message) for w in python_warnings if "sphinx_cv_ext" in w.filename]
        return Built(out, lines, sorted(read), sorted(written), app.env, deprecated)


def _listen(builder: Builder, written: list[str]) -> None:
    """Note the pages that ``builder`` writes.

    A handler of an event would do as well, but then somebody looks at each page, and lists are written in another way.
    """
    write_doc = builder.write_doc

    def noting(docname: str, document: nodes.document) -> None:
        written.append(docname)
        write_doc(docname, document)

    builder.write_doc = noting  # type: ignore[method-assign]
