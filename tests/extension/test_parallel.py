"""Building with several jobs gives the same bytes as with one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extension.everything import FILES, SETTINGS
from tests.project import Built, Project

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
