"""How files are written beside the pages: those of the site only where they have changed, so that none looks newer."""

from __future__ import annotations

import os
from pathlib import Path


def put(path: Path, content: bytes | str) -> None:
    """Have ``content`` in the file ``path``, text as UTF-8; a file that holds just this is left as it is."""
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    if not path.is_file() or path.read_bytes() != data:
        write(str(path), data)


def write(path: str, data: bytes) -> None:
    """Write ``data`` to the file ``path``.

    Its folder is made where it is missing. That shows by itself, and thousands of files share one.
    """
    try:
        _write(path, data)
    except FileNotFoundError:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        _write(path, data)


def _write(path: str, data: bytes) -> None:
    # There are thousands, and a `Path` and a buffer take as long again as the system does.
    file = os.open(path, _ANEW, 0o666)
    try:
        # A disk that is nearly full takes a part of it, and then fails.
        while data:
            data = data[os.write(file, data) :]
    finally:
        os.close(file)


# Windows would end lines in its own way.
_ANEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
