"""What a build puts off is done before anybody needs it, in several builds and after one that failed."""

from __future__ import annotations

import multiprocessing
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.errors import ExtensionError
from sphinx.util.docutils import docutils_namespace
from sphinx.util.parallel import parallel_available

from sphinx_cv_ext.extension import page, processes, sharing
from tests.project import DEFAULTS, Project

# Python warns of forking beside threads, of which pytest-xdist has some.
pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")

ENTRIES = "".join(f"@misc{{k{at}, title={{Work {at}}}, author={{Example, Ada}}, year=2020}}\n" for at in range(30))
FILES: dict[str, str | bytes] = {"index.md": "# Home\n\n:::{publications}\n:::\n", "refs.bib": ENTRIES}
FROM_OTHERS = [*DEFAULTS["extensions"], "others_extension"]


@pytest.fixture
def others_extension(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Somebody else's extension; a test says what it sets up."""
    module = ModuleType("others_extension")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    return module


@pytest.fixture(params=[1, 3])
def jobs(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(processes, "_WORTH_IT", 10)
    monkeypatch.setattr(sharing, "_WORTH_IT", 10)
    monkeypatch.setattr(sharing, "TOGETHER", 2)
    return int(request.param)


def test_an_application_that_builds_twice_writes_all_twice(tmp_path: Path, jobs: int) -> None:
    project = Project(tmp_path, FILES, cv_pages="all", cv_jobs=jobs)
    out = tmp_path / "_build" / "html"
    with docutils_namespace():
        app = Sphinx(tmp_path, tmp_path, out, tmp_path / "_build" / "doctrees", "html", status=None, warning=None)
        app.build()
        project.edit("index.md", "# Home", "# Zebra")
        (out / "objects.inv").unlink()
        app.build()
    assert "zebra" in (out / "searchindex.js").read_text()
    assert (out / "objects.inv").exists()


def test_an_extension_that_is_named_first_finds_what_is_new(tmp_path: Path, others_extension: Any) -> None:
    found: list[bool] = []

    def look(app: Sphinx, _failure: Exception | None) -> None:
        found.append('"zebra":' in (app.outdir / "searchindex.js").read_text())

    others_extension.setup = lambda app: app.connect("build-finished", look) and None
    files = {**FILES, "index.md": "# Home\n\nA horse.\n"}
    project = Project(tmp_path, files, cv_pages="all", extensions=FROM_OTHERS[::-1])
    project.build()
    # No other file of the site says it.
    project.edit("index.md", "horse", "zebra")
    project.build()
    assert found == [False, True]


@pytest.mark.skipif(not parallel_available, reason="Sphinx forks only where forking is safe")
def test_nobody_writes_on_when_a_build_has_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, others_extension: Any
) -> None:
    monkeypatch.setattr(sharing, "TOGETHER", 1)
    monkeypatch.setattr(sharing, "_WORTH_IT", 10)
    write = page.Page.write
    monkeypatch.setattr(page.Page, "write", lambda self, html: (time.sleep(0.5), write(self, html)))

    def fail(_app: Sphinx, _document: object, _docname: str) -> None:
        raise KeyError("theirs")

    others_extension.setup = lambda app: app.connect("doctree-resolved", fail) and None
    before = set(multiprocessing.active_children())
    project = Project(tmp_path, FILES, cv_pages="all", cv_jobs=3, extensions=FROM_OTHERS)
    with pytest.raises(ExtensionError, match="theirs"):
        project.build()
    assert set(multiprocessing.active_children()) <= before
    folder = tmp_path / "_build" / "html" / "publications"
    written = sorted(folder.glob("*.html"))
    assert len(written) < 30
    time.sleep(0.5)
    assert sorted(folder.glob("*.html")) == written


def test_what_fails_is_told_once_and_others_hear_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, others_extension: Any
) -> None:
    tried: list[str] = []
    told: list[str] = []

    def fail(_builder: StandaloneHTMLBuilder) -> None:
        tried.append("objects.inv")
        raise OSError("No space left on device")

    monkeypatch.setattr(StandaloneHTMLBuilder, "dump_inventory", fail)
    others_extension.setup = lambda app: (
        app.connect("build-finished", lambda _app, failure: told.append(str(failure))) and None
    )
    with pytest.raises(ExtensionError, match="No space left"):
        Project(tmp_path, FILES, extensions=FROM_OTHERS).build()
    assert len(tried) == len(told) == 1
    assert "No space left" in told[0]
