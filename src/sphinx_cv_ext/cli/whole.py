"""Changes existing files atomically, so that a full disk cannot truncate somebody's .bib file."""

from __future__ import annotations

import shutil
from pathlib import Path

from sphinx_cv_ext.cli.command import UsageError
from sphinx_cv_ext.diagnostics import short_path


def write_whole(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path``, which may exist; a `UsageError`, and no change, if that is not possible."""
    there = path.resolve()  # a link is kept, and its target is changed
    fresh = there.with_name(f"{there.name}.new")
    try:
        fresh.write_bytes(data)
        if there.exists():
            shutil.copymode(there, fresh)
        fresh.replace(there)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        problem = f"cannot write {short_path(path)}: {error.strerror or error}; it was not changed"
        raise UsageError(problem) from error
