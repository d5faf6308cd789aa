"""What is kept from build to build beside Sphinx's own environment, in files that may be lost at any time."""

from __future__ import annotations

import contextlib
import dataclasses
import gc
import hashlib
import io
import operator
import os
import pickle
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import docutils
import sphinx

from sphinx_cv_ext.diagnostics import Location
from sphinx_cv_ext.model.dates import Date
from sphinx_cv_ext.model.links import LINK_KINDS, Link, LinkKind
from sphinx_cv_ext.model.people import Author, Name
from sphinx_cv_ext.model.publication import PUBLICATION_TYPES, Details, Publication, PublicationType, Venue
from sphinx_cv_ext.model.text import Text
from sphinx_cv_ext.sources.memory import Reading, Work

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
        with _nothing_to_collect():
            found = pickle.loads(memoryview(data)[len(stamp) :]) if data.startswith(stamp) else default
    except Exception:  # whatever a broken pickle raises
        return default
    return found if isinstance(found, type(default)) else default


def save(folder: Path | str, name: str, stamp: bytes, value: Any) -> None:
    """Save ``value`` as ``name`` for the next build; without room for it that just does without."""
    buffer = io.BytesIO()
    buffer.write(stamp)
    pickler = pickle.Pickler(buffer, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = _REDUCERS
    pickler.dump(value)
    path = _path(folder, name)
    fresh = path.with_suffix(".new")
    with contextlib.suppress(OSError):
        fresh.write_bytes(buffer.getbuffer())
        fresh.replace(path)


@contextlib.contextmanager
def _nothing_to_collect() -> Iterator[None]:
    """Keep Python from looking for garbage among thousands of new objects again and again, where there is none."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _path(folder: Path | str, name: str) -> Path:
    return Path(folder, f"cv-{name}.pickle")


def _link_kind(name: str) -> LinkKind:
    return LINK_KINDS[name]


def _publication_type(name: str) -> PublicationType:
    return PUBLICATION_TYPES[name]


def _by_fields(kind: type) -> Callable[[Any], Any]:
    """A record as its class and fields, which is read back in half the time that `dataclasses` needs for it."""
    values = operator.attrgetter(*(field.name for field in dataclasses.fields(kind)))
    return lambda record: (kind, values(record))


_LINK_KIND = _by_fields(LinkKind)


def _reduced_link_kind(kind: LinkKind) -> Any:
    return (_link_kind, (kind.name,)) if LINK_KINDS.get(kind.name) is kind else _LINK_KIND(kind)


_REDUCERS: dict[type, Callable[[Any], Any]] = {
    # The rows of our tables stay the very objects that the tables hold; others are of a project.
    LinkKind: _reduced_link_kind,
    PublicationType: lambda kind: (_publication_type, (kind.name,)),
    **{
        kind: _by_fields(kind)
        for kind in (Reading, Work, Publication, Author, Name, Venue, Details, Date, Link, Location)
    },
    Text: lambda text: (Text, (text.value,)),
}
