"""What a build puts off is there before anybody looks for it, in each of several builds and after one that failed."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from sphinx_cv_ext.extension import processes, sharing
from tests.project import DEFAULTS, Project

# Python warns of forking beside threads, of which pytest-xdist has some.
pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")

ENTRIES = "".join(f"@misc{{k{at}, title={{Work {at}}}, author={{Example, Ada}}, year=2020}}\n" for at in range(30))
FILES: dict[str, str | bytes] = {"index.md": "# Home\n\n:::{publications}\n:::\n", "refs.bib": ENTRIES}
FROM_OTHERS = [*DEFAULTS["extensions"], "others_extension"]


@pytest.fixture
def others_extension(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """An extension of somebody else; a test gives it what to set up."""
    module = ModuleType("others_extension")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    return module


@pytest.fixture(params=[1, 3])
def jobs(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(processes, "_WORTH_IT", 10)
    monkeypatch.setattr(sharing, "_WORTH_IT", 10)
    monkeypatch.setattr(sharing, "_AT_ONCE", 2)
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
