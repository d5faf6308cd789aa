"""The pages of publications shared among processes: each page is written by itself, and there may be thousands."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from sphinx.application import Sphinx
from sphinx.util.parallel import ParallelTasks, parallel_available

from sphinx_cv_ext.extension.exporting import Exporter, Texts
from sphinx_cv_ext.extension.fast_pages import Press
from sphinx_cv_ext.extension.made_files import MadeFiles
from sphinx_cv_ext.extension.page import Page
from sphinx_cv_ext.extension.searching import Terms

_WORTH_IT = 50
"""From how many pages on other processes save more time than they take."""
_AT_MOST = 4
"""How many processes there are without being asked for: each takes memory, and disks are no faster for more."""

_Stale = tuple[Page, str]
"""A page that is to be written, and the digest of what it is made of."""


class _Written(NamedTuple):
    """What a process has written: what each page says, None where only the theme can write it, and its files."""

    terms: list[Terms | None]
    files: list[list[str]]
    texts: Texts


def shared(app: Sphinx, press: Press, made: MadeFiles, stale: Sequence[_Stale]) -> Iterator[_Stale]:
    """Those of the pages that this process has to write, while others write theirs."""
    jobs = _jobs(app) if len(stale) >= _WORTH_IT else 1
    alike: list[_Stale] = []
    for page, digest in stale:
        if jobs > 1 and press.is_sure_of(page.name, *page.has_neighbours):
            alike.append((page, digest))
        else:
            yield page, digest
    if alike:
        yield from _alike(Exporter.of(app.env), press, made, alike, jobs)


def _alike(exporter: Exporter, press: Press, made: MadeFiles, pages: Sequence[_Stale], jobs: int) -> Iterator[_Stale]:
    left: list[_Stale] = []

    def take(share: Sequence[_Stale], written: _Written) -> None:
        exporter.take(written.texts)
        for (page, digest), terms, files in zip(share, written.terms, written.files, strict=True):
            if terms:
                page.index(terms)
                made.note(page.name, digest, files)
            else:
                left.append((page, digest))

    tasks = ParallelTasks(jobs)
    size = -(-len(pages) // jobs)
    try:
        for start in range(size, len(pages), size):
            tasks.add_task(partial(_write, press, exporter), pages[start : start + size], take)
        yield from pages[:size]
        tasks.join()
    finally:
        tasks.terminate()
    yield from left


def _jobs(app: Sphinx) -> int:
    """How many processes write pages: as many as ``-j`` or conf.py says, else one for each processor.

    Without being told so nothing is forked where threads run, nor on macOS, whose libraries start some; and functions
    of conf.py that write a format all run in one process.
    """
    told: int = app.parallel if app.parallel > 1 else app.config.cv_jobs
    if told or not parallel_available:
        return told if parallel_available else 1
    is_safe = sys.platform == "linux" and threading.active_count() == 1
    return min(_AT_MOST, len(os.sched_getaffinity(0))) if is_safe and not app.config.cv_exports else 1


def _write(press: Press, exporter: Exporter, share: Sequence[_Stale]) -> _Written:
    known = set(exporter.texts)
    terms = [_filled(press, page) for page, _digest in share]
    texts = {key: text for key, text in exporter.texts.items() if key not in known}
    return _Written(terms, [page.files for page, _digest in share], texts)


def _filled(press: Press, page: Page) -> Terms | None:
    context, terms = page.make()
    html = press.page(page.name, context)
    if html is None:
        return None
    page.write(html)
    page.export_for_site()
    return terms
