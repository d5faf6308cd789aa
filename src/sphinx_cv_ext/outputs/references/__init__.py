"""Publications as plain-text references in the styles that people are asked for: a module for each, one table of all.

Italics are dropped. Titles keep the letter case of the .bib file: no program can tell the proper nouns in them.
"""

from __future__ import annotations

from collections.abc import Callable

from sphinx_cv_ext.model.publication import Publication
from sphinx_cv_ext.outputs.references import apa, chicago, ieee, mla

STYLES: dict[str, Callable[[Publication], str]] = {
    "apa": apa.reference,
    "mla": mla.reference,
    "chicago": chicago.reference,
    "ieee": ieee.reference,
}
"""Every style by name: a publication into one line of plain text."""
