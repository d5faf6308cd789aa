"""A researcher's home page and CV, built by Sphinx from one BibTeX database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_cv_ext.garbage import search_seldom

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__version__ = "0.1.0"


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension with Sphinx, which calls this.

    The import waits until here so that the command line and the tests of the model need no Sphinx.
    """
    search_seldom()
    from sphinx_cv_ext.extension import setup as setup_extension

    return setup_extension(app)
