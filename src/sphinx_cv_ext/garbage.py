"""Python's search for garbage, which a build of thousands of publications would spend a quarter of its time on."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_NEW_OBJECTS = 100_000
"""How many new objects start a search during a build: what is loaded stays, and most of a page goes by itself."""
_USUAL = gc.get_threshold()


def search_seldom() -> None:
    """Have nothing searched until there are very many new objects, or `search_as_usual`."""
    gc.set_threshold(_NEW_OBJECTS, *_USUAL[1:])


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
            spare()
            search_seldom()


def spare() -> None:
    """Have what is there now left out of every search."""
    gc.freeze()


def search_as_usual(_app: Sphinx, _failure: Exception | None) -> None:
    """Have whatever else the process does searched as it was."""
    gc.set_threshold(*_USUAL)
