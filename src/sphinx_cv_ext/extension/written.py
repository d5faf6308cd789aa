"""How files are written beside the pages: only what has changed, so that nothing looks newer than it is."""

from __future__ import annotations

from pathlib import Path


def put(path: Path, content: bytes | str) -> None:
    """Have ``content`` in the file ``path``, text as UTF-8; a file that holds just this is left as it is."""
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    if not path.is_file() or path.read_bytes() != data:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
