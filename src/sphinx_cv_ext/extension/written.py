"""Writes files to the output folder."""

from __future__ import annotations

import os
from pathlib import Path


def put(path: Path, content: bytes | str) -> None:
    """Write ``content`` to ``path``, text as UTF-8, unless the file has this content: then its time does not change."""
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    if not path.is_file() or path.read_bytes() != data:
        write(str(path), data)


def write(path: str, data: bytes) -> None:
    """Write ``data`` to ``path``, and make its folder if it is missing.

    Only a failure shows that the folder is missing: to look for it first would be slow for thousands of files.
    """
    try:
        _write(path, data)
    except FileNotFoundError:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        _write(path, data)


def _write(path: str, data: bytes) -> None:
    # Not `Path.write_bytes`: with its buffer it takes twice as long, and there are thousands of files.
    file = os.open(path, _ANEW, 0o666)
    try:
        # A disk that is nearly full takes only a part, and fails at the next call.
        while data:
            data = data[os.write(file, data) :]
    finally:
        os.close(file)


# Without O_BINARY Windows would change the line ends.
_ANEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
