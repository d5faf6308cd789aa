"""Files that keep something from one build to the next, beside Sphinx's own environment.

They are caches: any of them may be missing or broken, and is then made anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import operator
import os
import pickle
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property
from itertools import zip_longest
from pathlib import Path
from typing import Any, Generic, TypeVar

import docutils
import sphinx

from sphinx_cv_ext import garbage
from sphinx_cv_ext.model.links import LINK_KINDS, LinkKind
from sphinx_cv_ext.model.publication import PUBLICATION_TYPES, PublicationType

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")

_PACKAGE = Path(__file__).parent.parent


@cache
def code_stamp() -> bytes:
    """A digest of all code on which kept files depend: our own files, Python, Sphinx and docutils.

    Of our files it takes name, size and time, which is faster than reading them.
    """
    digest = hashlib.sha256(repr((sys.version, sphinx.__version__, docutils.__version__)).encode())
    for folder, _folders, names in sorted(os.walk(_PACKAGE)):
        for name in sorted(names):
            if not name.endswith(".pyc"):
                status = os.stat(os.path.join(folder, name))  # noqa: PTH116, PTH118 - a hundred files at every build
                digest.update(repr((folder, name, status.st_size, status.st_mtime_ns)).encode())
    return digest.digest()


def load(folder: Path | str, name: str, stamp: bytes, default: Any) -> Any:
    """The value that was saved in ``folder`` as ``name`` with the same ``stamp``.

    ``default`` if there is none, if the stamp is another, or if the file is broken. The file is a pickle: it lies
    beside those of Sphinx, and is trusted as they are.
    """
    try:
        data = _path(folder, name).read_bytes()
        found = loaded(memoryview(data)[len(stamp) :]) if data.startswith(stamp) else default
    except Exception:  # whatever a broken pickle raises
        return default
    return found if isinstance(found, type(default)) else default


def save(folder: Path | str, name: str, stamp: bytes, value: Any) -> None:
    """Save ``value`` as ``name`` for the next build; nothing happens if that is not possible, as on a full disk."""
    path = _path(folder, name)
    fresh = path.with_suffix(".new")
    with contextlib.suppress(OSError):
        fresh.write_bytes(stamp + dumped(value))
        fresh.replace(path)


class Kept(Generic[_Key, _Value]):
    """A dictionary that is kept as ``name``, from build to build with the same ``stamp``."""

    def __init__(self, folder: Path | str, name: str, stamp: bytes) -> None:
        self._place = (folder, name, stamp)

    @cached_property
    def before(self) -> Mapping[_Key, _Value]:
        """That of the last build; empty where `load` would give its default."""
        found: Mapping[_Key, _Value] = load(*self._place, {})
        return found

    def save(self, now: Mapping[_Key, _Value]) -> None:
        """Keep ``now`` for the next build, unless it is the same as before."""
        if now != self.before:
            save(*self._place, now)


class Pieces:
    """A long list that is kept in pieces, so that a piece in which nothing has changed need not be pickled again.

    A ``head`` is kept with it, which may be any value.
    """

    def __init__(self, folder: Path | str, name: str, stamp: bytes) -> None:
        self._place = (folder, name, stamp)
        self._known: list[tuple[list[Any], bytes]] = []

    def load(self, head: Any) -> tuple[Any, list[Any]]:
        """The saved head and items; the given ``head`` and no items where `load` would give its default."""
        found, pieces = load(*self._place, (head, []))
        try:
            self._known = [(loaded(piece), piece) for piece in pieces]
        except Exception:  # as in `load`
            return head, []
        return found, [item for items, _piece in self._known for item in items]

    def save(self, head: Any, items: Sequence[Any]) -> None:
        """Save head and items as `save` does; items that are the very objects of `load` are not pickled again."""
        parts = [items[start : start + _SIZE] for start in range(0, len(items), _SIZE)]
        known = zip_longest(parts, self._known[: len(parts)], fillvalue=((), b""))
        pieces = [piece if _is_same(part, before) else dumped(part) for part, (before, piece) in known]
        save(*self._place, (head, pieces))


_SIZE = 100
"""How many items a piece has: few enough that one change is cheap, and enough to store common parts only once."""


def _is_same(some: Sequence[Any], others: Sequence[Any]) -> bool:
    return len(some) == len(others) and all(map(operator.is_, some, others))


def digest(value: object) -> str:
    """A digest of what `repr` says of ``value``: it changes whenever the value does, and only then."""
    return hashlib.sha256(repr(value).encode("utf-8", "surrogatepass")).hexdigest()


def dumped(value: Any) -> bytes:
    """Pickle ``value``, for `loaded` to read in this process or another."""
    buffer = io.BytesIO()
    pickler = pickle.Pickler(buffer, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = _REDUCERS
    pickler.dump(value)
    return buffer.getvalue()


def loaded(data: bytes | memoryview) -> Any:
    """Unpickle what `dumped` has pickled."""
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
    # A row of one of our tables is pickled by its name, so that unpickling gives the row itself. Other kinds of links
    # come from a project's conf.py, and are pickled as a whole.
    LinkKind: _reduced_link_kind,
    PublicationType: lambda kind: (_publication_type, (kind.name,)),
}
