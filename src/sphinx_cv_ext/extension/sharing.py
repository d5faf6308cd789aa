"""The pages of publications shared among processes: each page is written by itself, and there may be thousands."""

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
from sphinx_cv_ext.extension.searching import Feed, Told
from sphinx_cv_ext.frozen import frozen

_WORTH_IT = 50
"""From how many pages on other processes save more time than they take."""
_EACH = 4
"""How often each process takes some pages, or more often: so no process waits long for the last."""

ForTheme = tuple[str, dict[str, Any], str]
"""A page that only the theme can write, as Sphinx asks for it: its name, what its template is given, the template."""


@frozen
class _Written:
    """What came of some pages: what the search index is told, what their files were made of, texts not known before.

    ``left`` are the places of those that only the theme can write.
    """

    told: Told
    made: dict[str, Made]
    texts: Texts
    left: list[int]


class Pages:
    """The pages that a build has to write.

    Between `begin` and `finish` they are written by other processes, where that is worth while.
    """

    def __init__(self, app: Sphinx, builder: StandaloneHTMLBuilder, press: Press, feed: Feed, made: MadeFiles) -> None:
        self._app = app
        self._builder = builder
        self._build = Build.of(app.env)
        self._press = press
        self._feed = feed
        self._made = made
        self._crew: Crew | None = None
        self._left: list[Page] = []

    def begin(self, stale: Sequence[Page]) -> None:
        """Have other processes begin with the pages that are ``stale``; those that the theme makes wait."""
        self._left.extend(stale)
        count = jobs(self._app) if len(stale) >= _WORTH_IT else 1
        if count == 1:
            return
        alike, self._left = [], []
        for page in stale:
            if self._press.is_sure_of(page.name, *page.has_neighbours):
                alike.append(page)
            elif self._press.mark(page.name):
                for asked in self._by_one([page]):
                    self._builder.handle_page(*asked)
            else:
                self._left.append(page)
        size = min(TOGETHER, -(-len(alike) // (_EACH * count)))
        tasks = [Task(partial(self._written, share), partial(self._take, share)) for share in shares(alike, size)]
        self._crew = Crew(count - 1, [*self._build.chores, *tasks])
        self._build.chores.clear()

    def finish(self) -> Iterator[ForTheme]:
        """Write all that are not written yet, but for those that it gives."""
        if self._crew:
            self._crew.finish()
        yield from self._by_one(self._left)
        self._feed.tell(self._feed.gathered())
        self._build.chores.append(chore(self._made.save))

    def stop(self) -> None:
        """Have no other process write any more, in a build that has failed."""
        if self._crew:
            self._crew.stop()

    def _by_one(self, pages: Sequence[Page]) -> Iterator[ForTheme]:
        for share in shares(pages, TOGETHER):
            for page, made in zip(share, make(share), strict=True):
                page.index(made.said)
                html = self._press.page(page.name, made.context)
                if html is None:
                    yield page.name, made.context, "page.html"
                else:
                    page.write(html)
                self._made.note(page.name, self._made_of(page))

    def _made_of(self, page: Page) -> Made:
        return made_of(page.digest(self._press.mark(page.name)), page.files)

    def _written(self, pages: Sequence[Page]) -> _Written:
        exporter = self._build.exporter
        known = len(exporter.texts)
        found = make(pages)
        files = [self._press.page(page.name, made.context) for page, made in zip(pages, found, strict=True)]
        left = [place for place, file in enumerate(files) if file is None]
        written = [(page, made, file) for page, made, file in zip(pages, found, files, strict=True) if file is not None]
        for page, made, _file in written:
            page.index(made.said)
        for page, _made, file in written:
            page.write(file)
        made_of = {page.name: self._made_of(page) for page, _made, _file in written}
        return _Written(self._feed.gathered(), made_of, exporter.texts_after(known), left)

    def _take(self, pages: Sequence[Page], written: _Written) -> None:
        self._feed.tell(written.told)
        self._build.exporter.take(written.texts)
        for name, made in written.made.items():
            self._made.note(name, made)
        self._left += [pages[place] for place in written.left]
