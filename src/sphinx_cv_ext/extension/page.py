"""The page of one publication while it is made, and the files that go with it."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.osutil import relative_uri

from sphinx_cv_ext.diagnostics import Code, Diagnostic, short_path
from sphinx_cv_ext.extension import site
from sphinx_cv_ext.extension.bodies import PublicationBodies
from sphinx_cv_ext.extension.build import Build
from sphinx_cv_ext.extension.fast_pages import COMMON
from sphinx_cv_ext.extension.features import is_on
from sphinx_cv_ext.extension.heads import Head, PublicationHeads
from sphinx_cv_ext.extension.made_files import stat
from sphinx_cv_ext.extension.reporting import warn
from sphinx_cv_ext.extension.searching import Feed
from sphinx_cv_ext.extension.shells import by_leaf
from sphinx_cv_ext.extension.tables import offered
from sphinx_cv_ext.extension.theme_html import ThemeHtml
from sphinx_cv_ext.extension.written import write
from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.links import Link
from sphinx_cv_ext.model.publication import Publication
from sphinx_cv_ext.outputs import listing
from sphinx_cv_ext.outputs.elements import Element, words
from sphinx_cv_ext.outputs.escaping import in_html
from sphinx_cv_ext.outputs.exports import EXPORTS
from sphinx_cv_ext.outputs.lines import title_line

_TWO_ENDINGS = (".tar.gz", ".tar.bz2", ".tar.xz", ".tar.zst")


def pages_of(makers: Makers, publications: Sequence[Publication]) -> Iterator[Page]:
    """The pages of ``publications`` in their order; each is the neighbour of the next."""
    names = makers.build.pages
    places = [_place(makers.build, names[publication.key], publication) for publication in publications]
    neighbours = zip([None, *places], [*places[1:], None], strict=False)
    for publication, place, (before, after) in zip(publications, places, neighbours, strict=False):
        yield Page(makers, publication, place, before, after)


class Makers:
    """What is the same for all pages of a build, first of all what makes the parts of each."""

    def __init__(self, app: Sphinx, builder: StandaloneHTMLBuilder, theme: ThemeHtml, feed: Feed) -> None:
        self.config = app.config
        self.formats = EXPORTS if is_on(app.config, "exports") else [export.name for export in offered(app.config)]
        self.builder = builder
        self.file = by_leaf(lambda name: str(builder.get_outfilename(name)))
        self.build = Build.of(app.env)
        self.theme = theme
        self.feed = feed
        self.heads = PublicationHeads(app)
        self.bodies = PublicationBodies(app, builder)


@frozen
class _Place:
    """What a page is called, where it is as seen from the top of the site, and its title in HTML.

    Its neighbours show the title, too.
    """

    name: str
    uri: str
    title: str


def _place(build: Build, name: str, publication: Publication) -> _Place:
    return _Place(name, build.target_uri(name), in_html(title_line(publication)))


@frozen
class Parts:
    """What a page is made of: what the theme's template is given, and all that it says."""

    context: dict[str, Any]
    said: str


def make(pages: Sequence[Page]) -> list[Parts]:
    """What ``pages`` of a build are made of; writes the files that go with them.

    It is made step by step, each for all of them: what a step works with, its own code above all, stays in the caches
    of the processor meanwhile. Page by page it takes a quarter longer.
    """
    makers = pages[0].makers
    makers.build.exporter.prepare(makers.formats, [page.publication for page in pages])
    for page in pages:
        page.write_files()
    bodies = [page.body() for page in pages]
    said = [words(body) for body in bodies]
    written = [makers.theme.html(body) for body in bodies]
    heads = makers.heads.html([page.head() for page in pages])
    return [Parts(page.context(*parts), words) for page, words, *parts in zip(pages, said, written, heads, strict=True)]


class Page:
    """One page while it is made; files that go with it lie in its folder, under its anchor."""

    def __init__(
        self, makers: Makers, publication: Publication, place: _Place, before: _Place | None, after: _Place | None
    ) -> None:
        self.makers = makers
        self.publication = publication
        self._place = place
        self._before = before
        self._after = after
        self.has_neighbours = (before is not None, after is not None)
        self.name = place.name

    @cached_property
    def files(self) -> list[str]:
        """The page and what goes with it, as far as it is written."""
        return [self._file]

    @cached_property
    def _file(self) -> str:
        return self.makers.file(self.name)

    def digest(self, mark: str) -> str:
        """What stands for all that makes the page what it is; empty where that is not known.

        ``mark`` is what the theme puts on it, and may be empty if that is not known.
        """
        if not mark:
            return ""
        publication, build = self.publication, self.makers.build
        said = (
            mark,
            self.name,
            build.digest_of(publication),
            self._before,
            self._after,
            build.gathered.homes.get(publication.key),
            build.gathered.told.get(publication.key),
            [(path, stat(path)) for path in publication.files],
            build.exporter.of_project([publication]),
        )
        return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()

    def write(self, html: bytes) -> None:
        """Write the page."""
        write(self._file, html)

    def write_files(self) -> None:
        """Write the files that go with it."""
        self._copied = {link: self._copy(link) for link in self.publication.links if link.file}
        for export in offered(self.makers.config):
            text = self.makers.build.exporter.text(export.name, [self.publication])
            write(self._path(f"{self.publication.anchor}.{export.suffix}"), text.encode())

    def body(self) -> Element:
        """All that it shows, when its files are written."""
        return self.makers.bodies.element(
            self.name,
            self.publication,
            file_link=lambda link: Element(nodes.reference, refuri=self._copied[link], internal=True),
            picture=lambda path: listing.picture(self._copy_file(path, "preview")),
        )

    def head(self) -> Head:
        """What its head is made of."""
        pdf = next((self._uri(name) for name in self._copied.values() if name == f"{self.publication.anchor}.pdf"), "")
        return Head(self.publication, self.name, self._place.uri, pdf)

    def context(self, body: str, head: str) -> dict[str, Any]:
        """What the theme's template is given for it, with its body and its head in HTML."""
        return {
            "title": self._place.title,
            "body": body,
            "metatags": head,
            "prev": self._neighbour(self._before),
            "next": self._neighbour(self._after),
            **COMMON,
        }

    def index(self, said: str) -> None:
        """Have the search index told of the page, which says ``said``."""
        self.makers.feed.page(self.name, self._place.title, title_line(self.publication), said)

    def _uri(self, name: str) -> str:
        """A file beside the page, as seen from the top of the site."""
        return site.beside(self.makers.builder, self.name, name)

    def _neighbour(self, other: _Place | None) -> dict[str, str] | None:
        return {"link": relative_uri(self._place.uri, other.uri), "title": other.title} if other else None

    @cached_property
    def _folder(self) -> str:
        """The folder of the page and of what goes with it."""
        return self._file.rpartition(os.sep)[0]

    def _path(self, name: str) -> str:
        path = f"{self._folder}{os.sep}{name}"
        self.files.append(path)
        return path

    def _copy(self, link: Link) -> str:
        """Copy a local file beside the page; returns its name there."""
        return self._copy_file(link.file, link.kind.name)

    def _copy_file(self, file: str, kind: str) -> str:
        """Copy ``file`` beside the page: the paper as ``ANCHOR.pdf``, all else as ``ANCHOR.KIND.ENDING``.

        By its name Google Scholar knows the paper as that of the page. No anchor has a dot, so that nothing else of
        this or another publication has the name.
        """
        ending = "".join(Path(file).suffixes[-2:]) if file.endswith(_TWO_ENDINGS) else Path(file).suffix
        is_paper = kind == "pdf" and ending.lower() == ".pdf"
        name = f"{self.publication.anchor}{'' if is_paper else f'.{kind}'}{ending.lower()}"
        try:
            Path(self._folder).mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, self._path(name))
        except OSError as error:
            problem = f"cannot copy {short_path(file)!r}: {error.strerror or error}"
            warn(Diagnostic(Code.FILE_MISSING, self.publication.location, problem, "what leads to it leads nowhere"))
        return name
