"""The pages of publications shared among processes: each page is written by itself, and there may be thousands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from functools import partial
from typing import TypeVar

from sphinx.application import Sphinx

from sphinx_cv_ext.extension.build import Build
from sphinx_cv_ext.extension.exporting import Exporter, Texts
from sphinx_cv_ext.extension.fast_pages import Press
from sphinx_cv_ext.extension.made_files import MadeFiles
from sphinx_cv_ext.extension.page import Page
from sphinx_cv_ext.extension.processes import jobs, others
from sphinx_cv_ext.extension.searching import Feed, Terms
from sphinx_cv_ext.frozen import frozen

_WORTH_IT = 50
"""From how many pages on other processes save more time than they take."""

_Key = TypeVar("_Key")
_Stale = tuple[Page, str]
"""A page that is to be written, and the digest of what it is made of."""


@frozen
class _Written:
    """What a process has written: what each page says, None where only the theme can write it, and its files.

    ``texts`` and ``stems`` are those that were not known before.
    """

    terms: list[Terms | None]
    files: list[list[str]]
    texts: Texts
    stems: dict[str, str]


def shared(app: Sphinx, press: Press, feed: Feed, made: MadeFiles, stale: Sequence[_Stale]) -> Iterator[_Stale]:
    """Those of the pages that this process has to write, while others write theirs."""
    count = jobs(app) if len(stale) >= _WORTH_IT else 1
    alike: list[_Stale] = []
    for page, digest in stale:
        if count > 1 and press.is_sure_of(page.name, *page.has_neighbours):
            alike.append((page, digest))
        else:
            yield page, digest
    if alike:
        yield from _alike(Build.of(app.env).exporter, press, feed, made, alike, count)


def _alike(
    exporter: Exporter, press: Press, feed: Feed, made: MadeFiles, pages: Sequence[_Stale], count: int
) -> Iterator[_Stale]:
    left: list[_Stale] = []

    def take(share: Sequence[_Stale], written: _Written) -> None:
        exporter.take(written.texts)
        feed.stems.update(written.stems)
        for (page, digest), terms, files in zip(share, written.terms, written.files, strict=True):
            if terms:
                page.index(terms)
                made.note(page.name, digest, files)
            else:
                left.append((page, digest))

    with others(count, partial(_write, press, exporter, feed), pages, take) as mine:
        yield from mine
    yield from left


def _write(press: Press, exporter: Exporter, feed: Feed, share: Sequence[_Stale]) -> _Written:
    texts, stems = set(exporter.texts), set(feed.stems)
    terms = [_filled(press, page) for page, _digest in share]
    files = [page.files for page, _digest in share]
    return _Written(terms, files, _without(texts, exporter.texts), _without(stems, feed.stems))


def _without(known: Set[_Key], found: Mapping[_Key, str]) -> dict[_Key, str]:
    return {key: value for key, value in found.items() if key not in known}


def _filled(press: Press, page: Page) -> Terms | None:
    context, terms = page.make()
    html = press.page(page.name, context)
    if html is None:
        return None
    page.write(html)
    page.export_for_site()
    return terms
