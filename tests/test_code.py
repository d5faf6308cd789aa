"""The code keeps the rules that it sets itself: types, style, and imports that go one way."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CHECKS = {
    "types": ["-m", "mypy"],
    "style": ["-m", "ruff", "check", "."],
    "format": ["-m", "ruff", "format", "--check", "."],
    "layers": ["-c", "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"],
}


@pytest.mark.parametrize("check", CHECKS)
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
