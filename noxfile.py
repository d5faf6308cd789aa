"""Tests every supported version, and the package as people install it; CONTRIBUTING.md has the command."""

from __future__ import annotations

import itertools
import os
import re
from pathlib import Path
from tempfile import TemporaryDirectory

import nox

PROJECT = nox.project.load_toml("pyproject.toml")["project"]

VERSIONS = [("3.11", "lowest"), ("3.11", "8.2"), ("3.11", "9.0"), ("3.12", "9.1"), ("3.13", "newest")]
"""Pairs of Python and Sphinx: each Sphinx once, with a Python that it supports.

``lowest`` pins every requirement to its lower bound in pyproject.toml; ``newest`` takes the newest version of each.
"""

nox.options.default_venv_backend = "venv"
nox.options.error_on_missing_interpreters = True


def lowest() -> list[str]:
    """The requirements in pyproject.toml, each pinned to its lower bound."""
    requirements = [*PROJECT["dependencies"], *itertools.chain(*PROJECT["optional-dependencies"].values())]
    floors = (re.match(r"([\w.-]+)>=([\w.]+)", requirement) for requirement in requirements)
    return [f"{floor[1]}=={floor[2]}" for floor in floors if floor]


@nox.session
@nox.parametrize(("python", "sphinx"), VERSIONS)
def tests(session: nox.Session, sphinx: str) -> None:
    """Run the tests with one pair of versions; arguments after ``--`` are passed on to pytest."""
    pins = {"lowest": lowest(), "newest": []}.get(sphinx, [f"sphinx=={sphinx}.*"])
    session.install(".[test]", *pins)
    session.run("pytest", *session.posargs)


@nox.session
def package(session: nox.Session) -> None:
    """Build wheel and sdist, install each in an empty environment, and build a new site there without a warning."""
    session.install("build", "twine")
    with TemporaryDirectory() as folder:
        packages = Path(folder, "packages")
        session.run("python", "-m", "build", "--outdir", str(packages))
        session.run("twine", "check", "--strict", *map(str, packages.iterdir()))
        for path in sorted(packages.iterdir()):
            place = Path(folder, path.suffix.strip("."))
            programs = place / ("Scripts" if os.name == "nt" else "bin")
            site = place / "site"
            session.run("python", "-m", "venv", str(place))
            for program, *arguments in (
                ("pip", "install", "--quiet", f"{path}[docs]"),
                ("sphinx-cv", "init", str(site), "--name", "Ada Example", "--yes"),
                ("sphinx-build", "-nW", "--keep-going", "-q", str(site / "docs"), str(site / "out")),
            ):
                session.run(str(programs / program), *arguments, external=True)
