"""Building with several jobs gives the same bytes as with one."""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path
from typing import Any

import pytest
from sphinx.util.parallel import parallel_available

from sphinx_cv_ext.extension import processes
from sphinx_cv_ext.sources import publications
from tests.extension.everything import FILES, SETTINGS
from tests.project import Built, Project

LIST = "# T\n\n:::{publications}\n:::\n"

# Python warns of forking beside threads, of which pytest-xdist has some.
pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")


def many_pages() -> dict[str, str | bytes]:
    """Sphinx divides the work among processes only from six pages on."""
    pages = {
        f"page{at}.md": f"# Page {at}\n\n{{cite:t}}`example2021net`\n\n"
        f":::{{publications}}\n:year: {2018 + at % 4}\n:::\n"
        for at in range(12)
    }
    index = str(FILES["index.md"]).replace("plain\n", "plain\n" + "".join(f"page{at}\n" for at in range(12)))
    return {**FILES, **pages, "index.md": index}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(tmp_path_factory.mktemp("parallel"), many_pages(), **SETTINGS)


def both(project: Project, builder: str) -> tuple[Built, Built]:
    return project.build(builder, into="one"), project.build(builder, jobs=4, into="four")


@pytest.mark.parametrize("builder", ["html", "text"])
def test_four_jobs_write_the_same_bytes_as_one(project: Project, builder: str) -> None:
    one, four = both(project, builder)
    assert (one.warnings, four.warnings) == ([], [])
    assert four.files().keys() == one.files().keys()
    assert [name for name, data in one.files().items() if four.files()[name] != data] == []
    assert len(one.files()) > 15


def test_the_work_was_divided(project: Project) -> None:
    again = Project(project.folder / "_divided", many_pages(), exclude_patterns=["_build"], **SETTINGS)
    built = again.build(jobs=4)
    # Pages that are read by other processes are not seen by this one.
    assert built.read == []
    assert built.warnings == []


def test_building_again_with_several_jobs_writes_what_changed(tmp_path: Path) -> None:
    project = Project(tmp_path, many_pages(), **SETTINGS)
    project.build(jobs=4)
    project.edit("refs.bib", "abbr      = {ICE}", "abbr      = {FIRE}")
    built = project.build(jobs=4)
    fresh = {name: data for name, data in project.build(into="fresh").files().items() if name.endswith(".html")}
    assert "NetOfThings, FIRE 2021" in built.text("index.html")
    assert [name for name, data in fresh.items() if built.files()[name] != data] == []


@pytest.mark.skipif(not parallel_available, reason="Sphinx forks only where forking is safe")
def test_entries_that_processes_share_are_read_as_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_WORTH_IT", 10)
    monkeypatch.setattr(processes, "TOGETHER", 4)
    read: list[int] = []
    original = publications._read
    here, elsewhere = (multiprocessing.get_context("fork").Event() for _ in range(2))
    pid = os.getpid()

    def noting(kinds: Any, given: Any) -> Any:
        read.append(len(given))
        # However busy the machine is, both this process and another read some pages.
        mine, other = (here, elsewhere) if os.getpid() == pid else (elsewhere, here)
        mine.set()
        assert other.wait(60)
        return original(kinds, given)

    def several() -> None:
        read.clear()
        here.clear()
        elsewhere.clear()

    monkeypatch.setattr(publications, "_read", noting)
    entries = [
        f"@article{{k{at}, title={{T {at}}}, author={{Example, Ada}}, year={{{'20xx' if at % 7 == 3 else 2000 + at}}},"
        f" {'pdf' if at % 5 == 0 else 'abstract'}={{{at}.pdf}}, code={{https://example.org/{at}}}}}\n"
        for at in range(40)
    ]
    files = {"index.md": LIST, "refs.bib": "".join(entries), "5.pdf": b"%PDF"}
    project = Project(tmp_path, files, cv_pages="all")
    elsewhere.set()
    one = project.build(into="one", cv_jobs=1)
    assert read == [4] * 10
    several()
    three = project.build(into="three", cv_jobs=3)
    assert read == [4] * len(read)
    assert 0 < len(read) < 10
    assert len(one.warnings) == 7 + 6
    assert three.warnings == one.warnings
    assert three.files() == one.files()
    # What an entry was made from is also known for entries that other processes have read.
    several()
    project.edit("refs.bib", "{T 8}", "{Eight}")
    again = project.build(into="three", cv_jobs=3)
    # That entry, and the twelve that have warnings; other processes read some of them.
    assert sum(read) < 13
    fresh = project.build(into="fresh", cv_jobs=1).files()
    # Sphinx 8.1 keeps the words of deleted titles in its index, without a page.
    assert {name for name, data in fresh.items() if again.files()[name] != data} <= {"searchindex.js"}
    assert again.files().keys() == fresh.keys()
