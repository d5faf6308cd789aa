"""What is shipped: the files of the wheel and of the sdist, and what both say of themselves."""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest

from sphinx_cv_ext import __version__
from tests.tools import needed

ROOT = Path(__file__).resolve().parents[1]
NAME = f"sphinx_cv_ext-{__version__}"


@pytest.fixture(scope="module")
def wheel(packages: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(packages / f"{NAME}-py3-none-any.whl") as file:
        return {name: file.read(name) for name in file.namelist()}


@pytest.fixture(scope="module")
def sdist(packages: Path) -> dict[str, bytes]:
    with tarfile.open(packages / f"{NAME}.tar.gz") as file:
        found = {member.name: file.extractfile(member) for member in file.getmembers() if member.isfile()}
        return {name.removeprefix(f"{NAME}/"): content.read() for name, content in found.items() if content}


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which both were built."""
    folder = tmp_path_factory.mktemp("packages")
    command = [sys.executable, "-m", "hatchling", "build", "--directory", str(folder)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return folder


def test_the_wheel_holds_the_package_and_nothing_else(wheel: dict[str, bytes]) -> None:
    source = ROOT / "src"
    files = (path for path in source.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    package = {path.relative_to(source).as_posix(): path.read_bytes() for path in files}
    about = {f"{NAME}.dist-info/{name}" for name in ("METADATA", "WHEEL", "RECORD", "entry_points.txt")}
    assert wheel.keys() - package.keys() == {*about, f"{NAME}.dist-info/licenses/LICENSE"}
    assert {name: wheel.get(name) for name in package} == package


def test_the_sdist_holds_the_repository(sdist: dict[str, bytes]) -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("this is not a clone of the repository")

    def listed(*options: str) -> set[str]:
        command = [needed("git"), "ls-files", "-z", *options]
        run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True)
        return set(filter(None, run.stdout.split("\0")))

    assert listed() - sdist.keys() == set()
    assert sdist.keys() - listed("--cached", "--others", "--exclude-standard") == {"PKG-INFO"}


def test_the_versions_that_are_named_are_the_same_everywhere(wheel: dict[str, bytes]) -> None:
    said = message_from_bytes(wheel[f"{NAME}.dist-info/METADATA"])
    pythons = re.findall(r"Python :: (\d\.\d+)$", "\n".join(said.get_all("Classifier", [])), re.MULTILINE)
    floor = re.search(r"^sphinx[<>=\d.,]*>=([\d.]+)", "\n".join(said.get_all("Requires-Dist", [])), re.MULTILINE)
    assert floor
    assert said["Requires-Python"] == f">={pythons[0]}"
    sessions = (ROOT / "noxfile.py").read_text(encoding="utf-8")
    assert all(f'("{python}", ' in sessions for python in pythons)
    for name in ("README.md", "CHANGELOG.md", "docs/guide/versions.md"):
        words = " ".join((ROOT / name).read_text(encoding="utf-8").split())
        assert f"Python {pythons[0]} to {pythons[-1]} and Sphinx {floor[1]} to" in words, name


def test_they_say_what_they_are(wheel: dict[str, bytes], sdist: dict[str, bytes]) -> None:
    metadata = wheel[f"{NAME}.dist-info/METADATA"]
    assert sdist["PKG-INFO"] == metadata
    said = message_from_bytes(metadata)
    names = ("Name", "Version", "License-Expression", "License-File")
    assert [said[name] for name in names] == ["sphinx-cv-ext", __version__, "MIT", "LICENSE"]
    assert metadata.endswith((ROOT / "README.md").read_bytes())
    assert b"sphinx-cv = sphinx_cv_ext.cli:main" in wheel[f"{NAME}.dist-info/entry_points.txt"]
