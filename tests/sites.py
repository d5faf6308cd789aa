"""A site as ``sphinx-build`` builds it, with every warning an error."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bs4 import BeautifulSoup


def build(folder: Path, *options: str) -> str:
    """Build the site of ``folder`` into its ``out``; returns its warnings."""
    command = [sys.executable, "-m", "sphinx", "-n", "-W", "--keep-going", "-q", *options, "docs", "out"]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)
    assert bool(run.stderr) == bool(run.returncode), run
    return run.stderr


def page(folder: Path, name: str) -> BeautifulSoup:
    """A page of the finished site."""
    return BeautifulSoup((folder / "out" / f"{name}.html").read_text(encoding="utf-8"), "html.parser")


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of ``folder`` by its name."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}
