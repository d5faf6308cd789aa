"""Programs that some tests need besides Python: a browser, node, java, biber, and packages for node."""

from __future__ import annotations

import fcntl
import functools
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import NoReturn

import pytest

NODE = Path(__file__).parent / "node"
"""The folder of ``package.json``, which names the packages for node and their exact versions."""


def needed(*names: str) -> str:
    """Path of the first program there is; without any the test is skipped, and in continuous integration it fails.

    ``CI`` is the variable that every service of that kind sets.
    """
    path = next(filter(None, map(shutil.which, names)), None)
    if not path:
        _do_without(f"needs {' or '.join(names)}")
    return path


def node_modules() -> Path:
    """The folder of the packages for node, installed when it is first asked for; without them as `needed` says."""
    needed("node")
    if problem := _install():
        _do_without(f"needs the packages of {NODE.name}/package.json: {problem}")
    return NODE / "node_modules"


@functools.cache
def _install() -> str:
    """What went wrong when missing packages were installed; empty if all are there."""
    manifest = NODE / "package.json"
    with manifest.open(encoding="utf-8") as file:
        # One process installs, the others wait for it.
        fcntl.flock(file, fcntl.LOCK_EX)
        wanted = json.load(file)["dependencies"]
        if all(_version(name) == version for name, version in wanted.items()):
            return ""
        npm = shutil.which("npm")
        if not npm:
            return "there is no npm"
        run = subprocess.run([npm, "install"], cwd=NODE, capture_output=True, text=True, check=False)
    return run.stderr.strip() if run.returncode else ""


def _version(name: str) -> str:
    manifest = NODE / "node_modules" / name / "package.json"
    return str(json.loads(manifest.read_text(encoding="utf-8"))["version"]) if manifest.is_file() else ""


def _do_without(missing: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(f"{missing}, which continuous integration must have")
    pytest.skip(missing)
