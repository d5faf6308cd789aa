"""Programs that some tests need beside Python: a browser, node, java, biber."""

from __future__ import annotations

import os
import shutil

import pytest


def needed(*names: str) -> str:
    """Path of the first program there is; without any the test is skipped, and in continuous integration it fails.

    ``CI`` is the variable that every service of that kind sets.
    """
    for name in names:
        if path := shutil.which(name):
            return path
    missing = f"needs {' or '.join(names)}"
    if os.environ.get("CI"):
        pytest.fail(f"{missing}, which continuous integration must have")
    pytest.skip(missing)
