"""Publications as plain-text references in the usual styles: a module for each style, and one table of all.

Italics are dropped. Titles keep the capitals of the .bib file, because no program can recognise the proper nouns.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module

from sphinx_cv_ext.model.publication import Publication

STYLES = ("apa", "mla", "chicago", "ieee")
"""The name of every style, which is also the name of its module."""


def reference(style: str, publication: Publication) -> str:
    """``publication`` as one line of plain text in a style of `STYLES`."""
    return _reference_in(style)(publication)


@cache
def _reference_in(style: str) -> Callable[[Publication], str]:
    # Loaded when needed: a build in which nothing has changed writes no references.
    written: Callable[[Publication], str] = import_module(f"{__name__}.{style}").reference
    return written
