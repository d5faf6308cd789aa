"""Publications as plain-text references in the styles that people are asked for: a module for each, one table of all.

Italics are dropped. Titles keep the letter case of the .bib file: no program can tell the proper nouns in them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module

from sphinx_cv_ext.model.publication import Publication

STYLES = ("apa", "mla", "chicago", "ieee")
"""The name of every style, which is that of its module."""


def reference(style: str, publication: Publication) -> str:
    """``publication`` as one line of plain text in a style of `STYLES`."""
    return _reference_in(style)(publication)


@cache
def _reference_in(style: str) -> Callable[[Publication], str]:
    # A build in which nothing has changed writes no reference, and need not load what does.
    written: Callable[[Publication], str] = import_module(f"{__name__}.{style}").reference
    return written
