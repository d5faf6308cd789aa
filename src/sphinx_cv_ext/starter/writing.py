"""Writes files, but never overwrites one that exists."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sphinx_cv_ext.frozen import frozen


@frozen
class Written:
    """The names of files that were ``made``, existed with the ``same`` content, or were ``left`` as they were."""

    made: tuple[str, ...]
    same: tuple[str, ...]
    left: tuple[str, ...]


def write(folder: Path, files: Mapping[str, bytes]) -> Written:
    """Write ``files``, a mapping from names in ``folder`` to contents; existing files are not changed.

    An OSError if a file cannot be written.
    """
    made: list[str] = []
    same: list[str] = []
    left: list[str] = []
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with path.open("xb") as file:  # does not even follow a dangling link
                file.write(content)
            made.append(name)
        except FileExistsError:
            is_same = path.is_file() and path.read_bytes() == content
            (same if is_same else left).append(name)
    return Written(tuple(made), tuple(same), tuple(left))
