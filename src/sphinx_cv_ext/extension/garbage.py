"""Python's search for garbage, which a build of thousands of publications would spend a quarter of its time on."""

from __future__ import annotations

import gc

from sphinx.application import Sphinx

_NEW_OBJECTS = 100_000
"""How many new objects start a search during a build. Most of a page's are gone by themselves."""
_USUAL = gc.get_threshold()


def spare(_app: Sphinx) -> None:
    """Have what is there now, which stays as long as the build, left out of every search, also of that at the end."""
    if gc.get_freeze_count():
        # What an earlier build of this process has left is garbage now.
        gc.unfreeze()
        gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, *_USUAL[1:])


def search_as_usual(_app: Sphinx, _failure: Exception | None) -> None:
    """Have whatever else the process does searched as it was."""
    gc.set_threshold(*_USUAL)
