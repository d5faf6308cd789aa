"""The profile itself in every builder of Sphinx, as somebody would run it, with warnings as errors."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RESULTS = {
    "html": "publications.html",
    "dirhtml": "publications/index.html",
    "singlehtml": "index.html",
    "epub": "publications.xhtml",
    "latex": "wei-wen.tex",
    "text": "publications.txt",
    "man": "wei-wen.7",
    "texinfo": "weiwen.texi",
    "xml": "publications.xml",
    "pseudoxml": "publications.pseudoxml",
    "gettext": "publications.pot",
}


@pytest.mark.parametrize("builder", RESULTS)
def test_builds_without_a_warning(builder: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sphinx", "-n", "-W", "--keep-going", "-q", "-b", builder, "docs", str(tmp_path)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    text = (tmp_path / RESULTS[builder]).read_text(encoding="utf-8")
    assert ("TernGrad" in text) == (builder != "gettext")  # a title is not translated
