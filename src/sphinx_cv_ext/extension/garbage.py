"""Python's search for garbage, which a build of thousands of publications would spend a quarter of its time on."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from sphinx.application import Sphinx

_NEW_OBJECTS = 100_000
"""How many new objects start a search during a build. Most of a page's are gone by themselves."""
_USUAL = gc.get_threshold()


@contextmanager
def not_searched_for() -> Iterator[None]:
    """Keep Python from looking for garbage among thousands of new objects again and again, where there is none."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@contextmanager
def spared() -> Iterator[None]:
    """Have what is there behind this left out of every search, also of that at the end: it stays as long as the build.

    Nor is anything searched while it is made.
    """
    if gc.get_freeze_count():
        # What an earlier build of this process has left is garbage now.
        gc.unfreeze()
        gc.collect()
    with not_searched_for():
        try:
            yield
        finally:
            gc.freeze()
            gc.set_threshold(_NEW_OBJECTS, *_USUAL[1:])


def search_as_usual(_app: Sphinx, _failure: Exception | None) -> None:
    """Have whatever else the process does searched as it was."""
    gc.set_threshold(*_USUAL)
