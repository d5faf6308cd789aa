"""Reads the publications of a build, once and before any page, and finds the pages that show something outdated."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import partial
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.logging import getLogger

from sphinx_cv_ext import garbage, lint
from sphinx_cv_ext.diagnostics import Code, Diagnostic
from sphinx_cv_ext.extension import citing, kept, profile, tables
from sphinx_cv_ext.extension.build import Build
from sphinx_cv_ext.extension.domain import CvDomain
from sphinx_cv_ext.extension.processes import chore, in_shares
from sphinx_cv_ext.extension.reporting import warn
from sphinx_cv_ext.model.library import owner_roles
from sphinx_cv_ext.model.people import People
from sphinx_cv_ext.sources import Database, Settings, load
from sphinx_cv_ext.sources.memory import NOTHING_READ

_logger = getLogger(__name__)

_READING = "publications"
# The keys of cv_profile by which the owner is found among authors.
_NAMES = {"name", "native_name", "spellings"}


@garbage.spared()
def read(app: Sphinx) -> None:
    """Read the files of ``bibtex_bibfiles``, for us and for the ``cite`` domain of sphinxcontrib-bibtex."""
    settings = Settings(
        [(Path(app.confdir) / name).resolve() for name in app.config.bibtex_bibfiles],
        profile.owner(app.config),
        roots=(Path(app.srcdir), Path(app.confdir)),
        repository=Path(app.confdir) / app.config.cv_files if app.config.cv_files else None,
        kinds=tables.kinds(app.config),
        this_year=_this_year(),
    )
    pieces = kept.Pieces(app.doctreedir, _READING, kept.code_stamp())
    head, works = pieces.load(NOTHING_READ)
    last = replace(head, works=works)
    rules = (*lint.SLIPS, _missing_owner) if app.config.cv_profile.keys() & _NAMES else lint.SLIPS
    database = load(settings, _warn, last, rules, partial(in_shares, app))
    said = {work.publication.key: work.said for work in database.reading.works}
    build = CvDomain.of(app.env).build = Build(app, database.library, said, settings.repository, _people(app))
    if database.reading is not last:
        keep = partial(pieces.save, replace(database.reading, works=()), database.reading.works)
        build.chores.append(chore(keep))
    _log_count(database)
    citing.provide_entries(app.env, app.config.bibtex_encoding, settings.bibfiles, database)


def _people(app: Sphinx) -> People | None:
    if not app.config.cv_people:
        return None
    # Imported here because few projects name people.
    from sphinx_cv_ext.extension.people import people

    return people(app.config)


def _this_year() -> int:
    """The year of the build, or the one that SOURCE_DATE_EPOCH puts in its place (reproducible-builds.org)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return (time.gmtime(int(epoch)) if epoch else time.localtime()).tm_year


def _warn(diagnostic: Diagnostic) -> None:
    """Warn of a problem in a .bib file; if the file itself is missing, the place of the problem is conf.py."""
    if diagnostic.code is Code.BIB_MISSING:
        problem = f"bibtex_bibfiles: {diagnostic.location}: {diagnostic.problem}"
        diagnostic = replace(diagnostic, location=profile.CONF, problem=problem)
    warn(diagnostic)


def _missing_owner(database: Database) -> Iterator[Diagnostic]:
    """A warning if no publication has the owner as an author or editor: nothing else says why no name stands out."""
    listed, owner = database.library.listed, database.library.owner
    if listed and not any(owner_roles(publication, owner) for publication in listed):
        problem = "cv_profile: no publication has an author or editor of that name"
        fallback = "nobody stands out; add the spelling of the .bib file to 'spellings'"
        yield Diagnostic(Code.OWNER_NOT_FOUND, profile.CONF, problem, fallback)


def _log_count(database: Database) -> None:
    """Log how many entries were read and what became of them, in numbers that add up."""
    entries, listed = len(database.library.by_key), len(database.library.listed)
    counts = (database.read, listed, entries - listed, database.read - entries)
    _logger.info("publications: %d entries read = %d to list + %d that lend to others + %d left out", *counts)


def outdated_documents(
    app: Sphinx,
    env: BuildEnvironment,
    added: AbstractSet[str],
    changed: AbstractSet[str],
    removed: AbstractSet[str],
) -> list[str]:
    """The pages that show publications which have changed since the pages were read."""
    return CvDomain.of(env).outdated()
