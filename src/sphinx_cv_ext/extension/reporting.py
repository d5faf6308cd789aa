"""The one place that turns diagnostics into warnings of Sphinx."""

from __future__ import annotations

from sphinx.util.logging import getLogger

from sphinx_cv_ext.diagnostics import Diagnostic, Location, short_path

_logger = getLogger("sphinx_cv_ext")


def warn(diagnostic: Diagnostic) -> None:
    """Log a diagnostic as a warning ``[cv.CODE]`` at its place, which ``suppress_warnings`` can silence."""
    place = diagnostic.location
    # Without a line number Sphinx would take the location for the name of a page.
    location, message = (str(place), str(diagnostic)) if place.line else (None, f"{place}: {diagnostic}")
    _logger.warning("%s", message, location=location, type="cv", subtype=diagnostic.code.value)


def place(source: str | None, line: int | None) -> Location:
    """A place as docutils gives it; both values may be missing."""
    return Location(short_path(source or ""), line or 0)
