"""The pages of publications shared among processes, where ``-j`` asks for more than one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from sphinx.application import Sphinx
from sphinx.util.parallel import ParallelTasks, parallel_available

from sphinx_cv_ext.extension.exporting import Exporter, Texts
from sphinx_cv_ext.extension.fast_pages import Press
from sphinx_cv_ext.extension.made_files import MadeFiles
from sphinx_cv_ext.extension.page import Page
from sphinx_cv_ext.extension.searching import Feed, Said

_WORTH_IT = 50
"""From how many pages on other processes save more time than they take."""

_Stale = tuple[Page, str]
"""A page that is to be written, and the digest of what it is made of."""


class _Written(NamedTuple):
    """What a process has written: what is to be said of each page, None where only the theme can, and its files."""

    said: list[Said | None]
    files: list[list[str]]
    texts: Texts


def shared(app: Sphinx, press: Press, made: MadeFiles, feed: Feed, stale: Sequence[_Stale]) -> Iterator[_Stale]:
    """Those of the pages that this process has to write; the others are written when there are no more."""
    jobs = app.parallel if parallel_available and len(stale) >= _WORTH_IT else 1
    for_others: list[_Stale] = []
    for page, digest in stale:
        if jobs > 1 and press.is_sure_of(page.name, *page.has_neighbours):
            for_others.append((page, digest))
        else:
            yield page, digest
    exporter = Exporter.of(app.env)
    left: list[_Stale] = []

    def take(share: Sequence[_Stale], written: _Written) -> None:
        exporter.take(written.texts)
        for (page, digest), said, files in zip(share, written.said, written.files, strict=True):
            if said:
                page.index(feed, said)
                made.note(page.name, digest, files)
            else:
                left.append((page, digest))

    if for_others:
        tasks = ParallelTasks(jobs)
        size = -(-len(for_others) // jobs)
        for start in range(0, len(for_others), size):
            tasks.add_task(partial(_write, press, exporter), for_others[start : start + size], take)
        tasks.join()
    yield from left


def _write(press: Press, exporter: Exporter, share: Sequence[_Stale]) -> _Written:
    known = set(exporter.texts)
    said = [_filled(press, page) for page, _digest in share]
    texts = {key: text for key, text in exporter.texts.items() if key not in known}
    return _Written(said, [page.files for page, _digest in share], texts)


def _filled(press: Press, page: Page) -> Said | None:
    context, said = page.make()
    html = press.page(page.name, context)
    if html is None:
        return None
    page.write(html)
    return said
