"""The code keeps the rules that it sets itself: types, style, and imports that go one way."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import sphinx

from sphinx_cv_ext import __version__

ROOT = Path(__file__).resolve().parents[1]
CHECKS = {
    "types": ["-m", "mypy"],
    "style": ["-m", "ruff", "check", "."],
    "format": ["-m", "ruff", "format", "--check", "."],
    "layers": ["-c", "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"],
}


# Before version 9 the types that Sphinx gives to what we call and override were others.
OTHER_TYPES = pytest.mark.skipif(sphinx.version_info < (9,), reason="the types are those of Sphinx 9")


@pytest.mark.parametrize("check", [pytest.param("types", marks=OTHER_TYPES), "style", "format", "layers"])
def test_check(check: str) -> None:
    run = subprocess.run(
        [sys.executable, *CHECKS[check]], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_translators_are_offered_the_words_of_the_code() -> None:
    from babel.messages.pofile import read_po

    from sphinx_cv_ext.extension.locale import CATALOG, FOLDER
    from tools.catalogues import template

    with (FOLDER / f"{CATALOG}.pot").open("rb") as file:
        written = {message.id: message.locations for message in read_po(file)}
    of_the_code = {message.id: [(module, None) for module, _ in message.locations] for message in template()}
    assert written == of_the_code, "run: python tools/catalogues.py"


def test_the_version_is_that_of_the_package() -> None:
    from importlib.metadata import version

    import sphinx_cv_ext

    assert version("sphinx-cv-ext") == sphinx_cv_ext.__version__


@pytest.mark.parametrize("module", ["sphinx_cv_ext", "sphinx_cv_ext.model.library", "sphinx_cv_ext.sources"])
def test_the_model_and_its_sources_need_no_sphinx(module: str) -> None:
    code = f"import sys, {module}; sys.exit(any(name in sys.modules for name in ('sphinx', 'docutils', 'pybtex')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_what_contributing_names_is_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| [^|]+ \| `(\w+)`, `([\w/.]+)` \|", text, re.MULTILINE)
    assert len(rows) > 10
    for name, path in rows:
        source = (ROOT / "src" / "sphinx_cv_ext" / path).read_text(encoding="utf-8")
        assert re.search(rf"^(?:class )?{name}\b", source, re.MULTILINE), (name, path)
    for path in re.findall(r"`((?:tests|static|tools)/[\w/.-]+)`", text):
        assert (ROOT / path).exists() or (ROOT / "src" / "sphinx_cv_ext" / path).exists(), path


def test_there_is_one_version() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"version: {__version__}\n" in citation
