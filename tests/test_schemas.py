"""Files that other people's services read follow the published schemas, in this repository and in a new site."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sphinx_cv_ext.cli import main

ROOT = Path(__file__).resolve().parents[1]
SCHEMAS = {
    ".readthedocs.yaml": ["vendor.readthedocs"],
    ".github/workflows/pages.yml": ["vendor.github-workflows"],
    ".gitlab-ci.yml": ["vendor.gitlab-ci", "--data-transform", "gitlab-ci"],
    "CITATION.cff": ["vendor.citation-file-format"],
}
"""The schema of each file; check-jsonschema contains them."""


def complaints(path: Path, name: str) -> str:
    """What the schema of a file called ``name`` says against the one at ``path``; empty if nothing."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", *SCHEMAS[name], str(path)]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    return run.stdout + run.stderr if run.returncode else ""


@pytest.mark.parametrize("name", [".readthedocs.yaml", "CITATION.cff"])
def test_ours(name: str) -> None:
    assert complaints(ROOT / name, name) == ""


# A name in Chinese brings fonts along.
@pytest.mark.parametrize("owner", ["Ada Example", "例中"])
def test_those_of_a_new_site(tmp_path: Path, owner: str) -> None:
    main(["init", str(tmp_path), "--name", owner, "--yes"])
    for name in (".readthedocs.yaml", ".github/workflows/pages.yml", ".gitlab-ci.yml"):
        assert complaints(tmp_path / name, name) == ""


def test_a_slip_is_seen(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("version: 2\nbild: {}\n", encoding="utf-8")
    for name in SCHEMAS:
        assert "broken.yaml" in complaints(broken, name)
