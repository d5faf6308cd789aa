"""What is kept from build to build beside Sphinx's own environment, in files that may be lost at any time."""

from __future__ import annotations

import contextlib
import hashlib
import io
import operator
import os
import pickle
import sys
from collections.abc import Callable, Sequence
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

import docutils
import sphinx

from sphinx_cv_ext import garbage
from sphinx_cv_ext.model.links import LINK_KINDS, LinkKind
from sphinx_cv_ext.model.publication import PUBLICATION_TYPES, PublicationType

_PACKAGE = Path(__file__).parent.parent


@cache
def code_stamp() -> bytes:
    """What stands for all code that has a part in what is kept: ours file by file, and what it builds upon."""
    digest = hashlib.sha256(repr((sys.version, sphinx.__version__, docutils.__version__)).encode())
    for folder, _folders, names in sorted(os.walk(_PACKAGE)):
        for name in sorted(names):
            if not name.endswith(".pyc"):
                status = os.stat(os.path.join(folder, name))  # noqa: PTH116, PTH118 - a hundred files at every build
                digest.update(repr((folder, name, status.st_size, status.st_mtime_ns)).encode())
    return digest.digest()


def load(folder: Path | str, name: str, stamp: bytes, default: Any) -> Any:
    """What was saved in ``folder`` as ``name`` with this very ``stamp``; ``default`` where it was not, or is broken.

    It is a pickle beside Sphinx's own, and no less to be trusted than that.
    """
    try:
        data = _path(folder, name).read_bytes()
        found = loaded(memoryview(data)[len(stamp) :]) if data.startswith(stamp) else default
    except Exception:  # whatever a broken pickle raises
        return default
    return found if isinstance(found, type(default)) else default


def save(folder: Path | str, name: str, stamp: bytes, value: Any) -> None:
    """Save ``value`` as ``name`` for the next build; without room for it that just does without."""
    path = _path(folder, name)
    fresh = path.with_suffix(".new")
    with contextlib.suppress(OSError):
        fresh.write_bytes(stamp + dumped(value))
        fresh.replace(path)


class Pieces:
    """A long list that is kept in pieces: one whose items are those that were loaded is not pickled again.

    ``head`` is what else is kept with it.
    """

    def __init__(self, folder: Path | str, name: str, stamp: bytes) -> None:
        self._place = (folder, name, stamp)
        self._known: list[tuple[list[Any], bytes]] = []

    def load(self, head: Any) -> tuple[Any, list[Any]]:
        """The head and the items that were saved; the given ``head`` and none where `load` would give its default."""
        found, pieces = load(*self._place, (head, []))
        try:
            self._known = [(loaded(piece), piece) for piece in pieces]
        except Exception:  # as in `load`
            return head, []
        return found, [item for items, _piece in self._known for item in items]

    def save(self, head: Any, items: Sequence[Any]) -> None:
        """Save it as `save` does."""
        parts = [items[start : start + _SIZE] for start in range(0, len(items), _SIZE)]
        known = zip_longest(parts, self._known[: len(parts)], fillvalue=((), b""))
        pieces = [piece if _is_same(part, before) else dumped(part) for part, (before, piece) in known]
        save(*self._place, (head, pieces))


_SIZE = 100
"""How many items a piece has: few enough for one change, and enough to share what they have in common."""


def _is_same(some: Sequence[Any], others: Sequence[Any]) -> bool:
    return len(some) == len(others) and all(map(operator.is_, some, others))


def dumped(value: Any) -> bytes:
    """A value as `loaded` gives it back, in this process or in another."""
    buffer = io.BytesIO()
    pickler = pickle.Pickler(buffer, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = _REDUCERS
    pickler.dump(value)
    return buffer.getvalue()


def loaded(data: bytes | memoryview) -> Any:
    """What was `dumped`."""
    with garbage.not_searched_for():
        return pickle.loads(data)


def _path(folder: Path | str, name: str) -> Path:
    return Path(folder, f"cv-{name}.pickle")


def _link_kind(name: str) -> LinkKind:
    return LINK_KINDS[name]


def _publication_type(name: str) -> PublicationType:
    return PUBLICATION_TYPES[name]


def _reduced_link_kind(kind: LinkKind) -> Any:
    return (_link_kind, (kind.name,)) if LINK_KINDS.get(kind.name) is kind else kind.__reduce__()


_REDUCERS: dict[type, Callable[[Any], Any]] = {
    # The rows of our tables stay the very objects that the tables hold; others are of a project.
    LinkKind: _reduced_link_kind,
    PublicationType: lambda kind: (_publication_type, (kind.name,)),
}
