"""The pages of publications, written by several processes: no page needs another, and there may be thousands.

There are two ways to write pages. In shares (`Pages._write_share`) is the fast one, and any process can do it, but it
takes a `Press` that has compared its output with the theme's. One by one (`Pages._one_by_one`) is for the first page of
each kind, with which the press is compared once Sphinx has written it, and for pages that only the theme can write.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from sphinx_cv_ext.extension.build import Build
from sphinx_cv_ext.extension.exporting import Texts
from sphinx_cv_ext.extension.fast_pages import Press
from sphinx_cv_ext.extension.made_files import Made, MadeFiles, made_of
from sphinx_cv_ext.extension.page import Page, make
from sphinx_cv_ext.extension.processes import TOGETHER, Crew, Task, chore, jobs, shares
from sphinx_cv_ext.extension.searching import IndexFeed, Told
from sphinx_cv_ext.frozen import frozen

_WORTH_IT = 50
"""The number of pages from which on other processes save more time than they take."""
_EACH = 4
"""How many shares there are for each process, at least: with several small ones no process waits long for the last."""

ForTheme = tuple[str, dict[str, Any], str]
"""A page that only the theme can write, as Sphinx asks for it: its name, what its template is given, the template."""


@frozen
class _Written:
    """What a process sends back after writing a share of pages.

    ``told`` is for the search index, ``made`` says what the files of each page were made of, and ``texts`` are the
    exported texts that were not known before. ``left`` are the places, within the share, of the pages that only the
    theme can write.
    """

    told: Told
    made: dict[str, Made]
    texts: Texts
    left: list[int]


class Pages:
    """The pages that a build has to write.

    Between `begin` and `finish` other processes write them, if there are enough for that to pay.
    """

    def __init__(
        self, app: Sphinx, builder: StandaloneHTMLBuilder, press: Press, index: IndexFeed, made: MadeFiles
    ) -> None:
        self._app = app
        self._builder = builder
        self._build = Build.of(app.env)
        self._press = press
        self._index = index
        self._made = made
        self._crew: Crew | None = None
        self._left: list[Page] = []

    def begin(self, stale: Sequence[Page]) -> None:
        """Have other processes begin to write the ``stale`` pages, except those that need the theme: they wait.

        The chores that have been left so far are done by the same processes, before any page.
        """
        self._left.extend(stale)
        count = jobs(self._app) if len(stale) >= _WORTH_IT else 1
        if count == 1:
            return
        alike, self._left = [], []
        for page in stale:
            if self._press.is_sure_of(page.name, page.around):
                alike.append(page)
            elif self._press.mark(page.name, page.around):
                # The first of its kind: the theme writes it at once, so that the next ones can be compared with it.
                for asked in self._one_by_one([page]):
                    self._builder.handle_page(*asked)
            else:
                self._left.append(page)
        size = min(TOGETHER, -(-len(alike) // (_EACH * count)))
        tasks = [Task(partial(self._write_share, share), partial(self._take, share)) for share in shares(alike, size)]
        self._crew = Crew(count - 1, [*self._build.chores, *tasks])
        self._build.chores.clear()

    def finish(self) -> Iterator[ForTheme]:
        """Write the pages that are not written yet; those that need the theme are yielded for Sphinx to write."""
        if self._crew:
            self._crew.finish()
        yield from self._one_by_one(self._left)
        self._index.tell(self._index.gathered())
        self._build.chores.append(chore(self._made.save))

    def stop(self) -> None:
        """Stop the other processes, in a build that has failed."""
        if self._crew:
            self._crew.stop()

    def _one_by_one(self, pages: Sequence[Page]) -> Iterator[ForTheme]:
        """Write each page before the next is looked at; those that need the theme are yielded."""
        for share in shares(pages, TOGETHER):
            for page, made in zip(share, make(share), strict=True):
                page.index(made.said)
                html = self._press.page(page.name, page.around, made.context)
                if html is None:
                    yield page.name, made.context, "page.html"
                else:
                    page.write(html)
                self._made.note(page.name, self._made_of(page))

    def _made_of(self, page: Page) -> Made:
        return made_of(page.digest(self._press.mark(page.name, page.around)), page.files)

    def _write_share(self, pages: Sequence[Page]) -> _Written:
        """Write those of ``pages`` that need no theme, in whatever process; one step after the other, as in `make`."""
        with self._build.exporter.noting() as texts:
            parts = make(pages)
        files = [
            self._press.page(page.name, page.around, part.context) for page, part in zip(pages, parts, strict=True)
        ]
        left = [place for place, file in enumerate(files) if file is None]
        written = [(page, part, file) for page, part, file in zip(pages, parts, files, strict=True) if file is not None]
        for page, part, _file in written:
            page.index(part.said)
        for page, _part, file in written:
            page.write(file)
        made = {page.name: self._made_of(page) for page, _part, _file in written}
        return _Written(self._index.gathered(), made, texts, left)

    def _take(self, pages: Sequence[Page], written: _Written) -> None:
        self._index.tell(written.told)
        self._build.exporter.take(written.texts)
        for name, made in written.made.items():
            self._made.note(name, made)
        self._left += [pages[place] for place in written.left]
