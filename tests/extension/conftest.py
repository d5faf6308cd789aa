"""What the tests of bad input and of safety share."""

from __future__ import annotations

import pytest

from tests.extension.test_bad_input import ENTRY, LIST, dangers
from tests.project import Project


@pytest.fixture(scope="session")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """What `dangers` finds in every page of the theme."""
    files = {"refs.bib": ENTRY + "@misc{formula, title={$x$}}", "index.md": LIST}
    project = Project(tmp_path_factory.mktemp("harmless"), files, mathjax_path="mathjax.js")
    return set(dangers(project.build().text("index.html")))
