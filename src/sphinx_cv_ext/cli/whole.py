"""Files of somebody else's are written whole or not at all: a full disk must not cut a .bib file."""

from __future__ import annotations

import shutil
from pathlib import Path

from sphinx_cv_ext.cli.command import UsageError
from sphinx_cv_ext.diagnostics import short_path


def write_whole(path: Path, data: bytes) -> None:
    """Have ``data`` in the file ``path``, which may be there or not; a `UsageError` where that cannot be done."""
    there = path.resolve()  # a link goes on leading there
    fresh = there.with_name(f"{there.name}.new")
    try:
        fresh.write_bytes(data)
        if there.exists():
            shutil.copymode(there, fresh)
        fresh.replace(there)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        problem = f"cannot write {short_path(path)}: {error.strerror or error}; it is as it was"
        raise UsageError(problem) from error
