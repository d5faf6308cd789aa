"""The publications of a build: read once, before any page, and compared with what pages showed last time."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.logging import getLogger

from sphinx_cv_ext.extension import citing, settings
from sphinx_cv_ext.extension.domain import CvDomain
from sphinx_cv_ext.extension.reporting import warn
from sphinx_cv_ext.sources import Database, load

_logger = getLogger(__name__)


def read(app: Sphinx) -> None:
    """Read the files of ``bibtex_bibfiles`` for us and for the ``cite`` domain alike."""
    bibfiles = [(Path(app.confdir) / name).resolve() for name in app.config.bibtex_bibfiles]
    domain = CvDomain.of(app.env)
    domain.repository = Path(app.confdir) / app.config.cv_files if app.config.cv_files else None
    roots = (Path(app.srcdir), Path(app.confdir))
    database = load(bibfiles, roots, settings.owner(app.config), warn, domain.repository)
    domain.library = database.library
    _log_count(database)
    citing.provide_entries(app.env, app.config.bibtex_encoding, bibfiles, database)


def _log_count(database: Database) -> None:
    """Say how many entries there are, in numbers that add up."""
    kept, parents = len(database.entries), len(database.entries) - len(database.library.listed)
    counts = (database.read, kept - parents, parents, database.read - kept)
    _logger.info("publications: %d entries read = %d to list + %d that lend to others + %d left out", *counts)


def outdated_documents(
    app: Sphinx,
    env: BuildEnvironment,
    added: AbstractSet[str],
    changed: AbstractSet[str],
    removed: AbstractSet[str],
) -> list[str]:
    """The pages that show something else of the publications than when they were read."""
    return CvDomain.of(env).outdated()
