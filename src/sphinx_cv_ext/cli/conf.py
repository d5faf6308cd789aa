"""Finds the conf.py of a project, and reads some of its settings without running it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

_PLACES = ("", "docs", "source", "docs/source")
_NAMES = ("name", "native_name", "spellings")


def find_conf(folder: Path) -> Path | None:
    """The conf.py in ``folder`` or in one of the usual folders below it; None if there is none."""
    found = (folder / place / "conf.py" for place in _PLACES)
    return next((path for path in found if path.is_file()), None)


def names(conf: Path) -> list[str]:
    """The names in ``cv_profile``, as far as they are plain values in conf.py."""
    match assigned(_source(conf), "cv_profile"):
        case ast.Dict(keys=keys, values=values):
            pairs = zip(keys, values, strict=True)
            given = {key.value: value for key, value in pairs if isinstance(key, ast.Constant)}
            return [text for name in _NAMES if name in given for text in _texts(given[name])]
    return []


def files_folder(conf: Path) -> Path | None:
    """The folder in ``cv_files``, if it is a plain value in conf.py."""
    value = assigned(_source(conf), "cv_files")
    name = next(_texts(value), "") if value else ""
    return conf.parent / name if name else None


def _source(conf: Path) -> bytes:
    try:
        return conf.read_bytes()
    except OSError:
        return b""


def assigned(source: bytes | str, name: str) -> ast.expr | None:
    """The expression that conf.py assigns to ``name`` last; None without one, or if the file is no valid Python."""
    try:
        statements = ast.parse(source).body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None
    found = None
    for statement in statements:
        match statement:
            case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
                found = value
    return found


def _texts(node: ast.expr) -> Iterator[str]:
    """The text of a constant, or the texts in a list; anything that would have to be computed is left out."""
    for one in node.elts if isinstance(node, ast.List | ast.Tuple) else [node]:
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value
