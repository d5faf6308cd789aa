"""The one place that turns what is wrong with somebody's input into Sphinx's warnings."""

from __future__ import annotations

from sphinx.util.logging import getLogger

from sphinx_cv_ext.diagnostics import Diagnostic, Location, short_path

_logger = getLogger("sphinx_cv_ext")


def warn(diagnostic: Diagnostic) -> None:
    """Log a diagnostic as a warning ``[cv.CODE]`` at its place, which ``suppress_warnings`` can silence."""
    place = diagnostic.location
    # Without a line Sphinx would take the place for the name of a page.
    location, message = (str(place), str(diagnostic)) if place.line else (None, f"{place}: {diagnostic}")
    _logger.warning("%s", message, location=location, type="cv", subtype=diagnostic.code.value)


def place(source: str | None, line: int | None) -> Location:
    """A place as docutils tells it; what a text without a file holds has no more than a line."""
    return Location(short_path(source or ""), line or 0)
