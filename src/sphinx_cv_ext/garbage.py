"""Less garbage collection: a build of thousands of publications would spend a quarter of its time on it.

What a build reads and loads stays in use until its end, so there is hardly any garbage for Python's cyclic collector
(`gc`) to find. The public functions here are named after what they ask of the collector.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_NEW_OBJECTS = 100_000
"""How many new objects start a collection during a build; most of what a page leaves is freed without one."""
_USUAL = gc.get_threshold()


def search_seldom() -> None:
    """Collect only after very many new objects, until `search_as_usual`."""
    gc.set_threshold(_NEW_OBJECTS, *_USUAL[1:])


@contextmanager
def not_searched_for() -> Iterator[None]:
    """Do not collect during the block, which makes thousands of objects that stay in use."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@contextmanager
def spared() -> Iterator[None]:
    """Do not collect during the block, and leave all objects that exist at its end out of every later collection.

    They live as long as the build. That includes the collection that Python makes when it exits.
    """
    if gc.get_freeze_count():
        # What an earlier build in this process has spared is garbage by now.
        gc.unfreeze()
        gc.collect()
    with not_searched_for():
        try:
            yield
        finally:
            spare()
            search_seldom()


def spare() -> None:
    """Leave all objects that exist now out of every later collection."""
    gc.freeze()


def search_as_usual(_app: Sphinx, _failure: Exception | None) -> None:
    """Go back to Python's own threshold, for whatever the process does after the build."""
    gc.set_threshold(*_USUAL)
