"""Files that are written, but never over what somebody else has written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sphinx_cv_ext.frozen import frozen


@frozen
class Written:
    """The names of files: those that were ``made``, were there with the same content, or were ``left`` as they are."""

    made: tuple[str, ...]
    same: tuple[str, ...]
    left: tuple[str, ...]


def write(folder: Path, files: Mapping[str, bytes]) -> Written:
    """Write ``files``, contents by their names in ``folder``; a file that is there stays as it is.

    An OSError says where that is not possible.
    """
    made: list[str] = []
    same: list[str] = []
    left: list[str] = []
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with path.open("xb") as file:  # Not even a link that leads nowhere is followed.
                file.write(content)
            made.append(name)
        except FileExistsError:
            is_same = path.is_file() and path.read_bytes() == content
            (same if is_same else left).append(name)
    return Written(tuple(made), tuple(same), tuple(left))
