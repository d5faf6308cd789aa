"""How files are written beside the pages: those of the site only where they have changed, so that none looks newer."""

from __future__ import annotations

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
    # It is whole already and needs no buffer. A disk that is nearly full takes a part of it, and then fails.
    with open(path, "wb", buffering=0) as file:  # noqa: PTH123 - a `Path` takes as long again, and there are thousands
        while data:
            data = data[file.write(data) :]
