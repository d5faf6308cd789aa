"""The page of one publication, and how it is made together with the files beside it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.osutil import relative_uri

from sphinx_cv_ext.diagnostics import Code, Diagnostic, short_path
from sphinx_cv_ext.extension import kept, site
from sphinx_cv_ext.extension.bodies import PublicationBodies
from sphinx_cv_ext.extension.build import Build
from sphinx_cv_ext.extension.fast_pages import COMMON, Around
from sphinx_cv_ext.extension.features import is_on
from sphinx_cv_ext.extension.heads import Head, PublicationHeads
from sphinx_cv_ext.extension.made_files import stat
from sphinx_cv_ext.extension.reporting import warn
from sphinx_cv_ext.extension.searching import IndexFeed
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
    """The pages of ``publications`` in their order, each with links to the one before and the one after."""
    names = makers.build.pages
    places = [_place(makers.build, names[publication.key], publication) for publication in publications]
    neighbours = zip([None, *places], [*places[1:], None], strict=False)
    for publication, place, (before, after) in zip(publications, places, neighbours, strict=False):
        yield Page(makers, publication, place, before, after)


class Makers:
    """What all pages of a build have in common: the build itself, and the objects that make the parts of a page."""

    def __init__(self, app: Sphinx, builder: StandaloneHTMLBuilder, theme: ThemeHtml, index: IndexFeed) -> None:
        self.config = app.config
        self.formats = EXPORTS if is_on(app.config, "exports") else [export.name for export in offered(app.config)]
        self.builder = builder
        self.file = by_leaf(lambda name: str(builder.get_outfilename(name)))
        self.build = Build.of(app.env)
        self.theme = theme
        self.index = index
        self.heads = PublicationHeads(app)
        self.bodies = PublicationBodies(app, builder)
        self.trail = cache(self._trail)

    def _trail(self, docname: str) -> tuple[_Place, ...]:
        """``docname`` and the pages above it, as Sphinx gives them to themes: without the first page of the site."""
        relations = self.builder.relations
        names: list[str] = []
        name: str | None = docname
        while name and name != self.config.root_doc:
            names.append(name)
            name = relations[name][0] if name in relations else None
        return tuple(map(self._project_place, reversed(names)))

    def _project_place(self, name: str) -> _Place:
        title = self.builder.render_partial(self.builder.env.titles[name])["title"]
        return _Place(name, self.build.target_uri(name), title)


@frozen
class _Place:
    """The name of a page, its address as seen from the top of the site, and its title in HTML.

    The pages before, after and below it need these, too.
    """

    name: str
    uri: str
    title: str


def _place(build: Build, name: str, publication: Publication) -> _Place:
    return _Place(name, build.target_uri(name), in_html(title_line(publication)))


@frozen
class Parts:
    """The ingredients of a page: the values for the theme's template, and its text for the search index."""

    context: dict[str, Any]
    said: str


def make(pages: Sequence[Page]) -> list[Parts]:
    """Make the parts of some ``pages`` of one build, and write the files that lie beside them.

    Each step is done for all pages before the next step begins: the code and data of a step then stay in the caches of
    the processor. Page by page the same work takes a quarter longer.
    """
    makers = pages[0].makers
    makers.build.exporter.prepare(makers.formats, [page.publication for page in pages])
    for page in pages:
        page.write_files()
    bodies = [page.body() for page in pages]
    texts = [words(body) for body in bodies]
    written = [makers.theme.html(body) for body in bodies]
    heads = makers.heads.html([page.head() for page in pages])
    made = zip(pages, texts, written, heads, strict=True)
    return [Parts(page.context(body, head), said) for page, said, body, head in made]


class Page:
    """One page while it is made. The files that belong to it lie in its folder, and their names begin with its anchor.

    `write_files` comes first: `body` and `head` lead to what it has copied.
    """

    def __init__(
        self, makers: Makers, publication: Publication, place: _Place, before: _Place | None, after: _Place | None
    ) -> None:
        self.makers = makers
        self.publication = publication
        self._place = place
        self._before = before
        self._after = after
        self.name = place.name
        home = makers.build.gathered.homes.get(publication.key)
        self._trail = makers.trail(home.docname) if home else ()
        self._copied: dict[Link, str] = {}
        self._preview = ""

    @cached_property
    def files(self) -> list[str]:
        """The file of the page, and those beside it as far as they have been written."""
        return [self._file]

    @cached_property
    def _file(self) -> str:
        return self.makers.file(self.name)

    @cached_property
    def around(self) -> Around:
        """What is around it."""
        above = tuple([(parent["link"], parent["title"]) for parent in map(self._link, self._trail[:-1])])
        return Around(self._before is not None, self._after is not None, bool(self._trail), above)

    def digest(self, mark: str) -> str:
        """A digest of everything that the page depends on; empty if that is not known.

        ``mark`` is what `Press.mark` says of the theme's part of the page, which may be empty.
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
            self._trail,
            build.gathered.homes.get(publication.key),
            build.gathered.told.get(publication.key),
            [(path, stat(path)) for path in publication.files],
            build.exporter.of_project([publication]),
        )
        return kept.digest(said)

    def write(self, html: bytes) -> None:
        """Write the page."""
        write(self._file, html)

    def write_files(self) -> None:
        """Write the files beside it: local files that it links to, its picture, and its exports."""
        publication = self.publication
        self._copied = {link: self._copy(link.file, link.kind.name) for link in publication.links if link.file}
        self._preview = self._copy(publication.preview, "preview") if publication.preview else ""
        for export in offered(self.makers.config):
            text = self.makers.build.exporter.text(export.name, [self.publication])
            write(self._path(f"{self.publication.anchor}.{export.suffix}"), text.encode())

    def body(self) -> Element:
        """Everything that readers see of it."""
        return self.makers.bodies.element(
            self.name,
            self.publication,
            file_link=lambda link: Element(nodes.reference, refuri=self._copied[link], internal=True),
            picture=lambda _path: listing.picture(self._preview),
        )

    def head(self) -> Head:
        """What `PublicationHeads` needs to write its head."""
        paper = f"{self.publication.anchor}.pdf"
        pdf = site.beside(self.makers.builder, self.name, paper) if paper in self._copied.values() else ""
        return Head(self.publication, self.name, self._place.uri, pdf)

    def context(self, body: str, head: str) -> dict[str, Any]:
        """The values for the theme's template, given its body and head in HTML."""
        return {
            "title": self._place.title,
            "body": body,
            "metatags": head,
            "prev": self._link(self._before) if self._before else None,
            "next": self._link(self._after) if self._after else None,
            "parents": [self._link(parent) for parent in self._trail],
            **COMMON,
        }

    def index(self, said: str) -> None:
        """Add it to the search index, with ``said`` as its text."""
        self.makers.index.page(self.name, self._place.title, title_line(self.publication), said)

    def _link(self, other: _Place) -> dict[str, str]:
        return {"link": relative_uri(self._place.uri, other.uri), "title": other.title}

    @cached_property
    def _folder(self) -> str:
        """The folder of the page, which also holds the files beside it."""
        return self._file.rpartition(os.sep)[0]

    def _path(self, name: str) -> str:
        path = f"{self._folder}{os.sep}{name}"
        self.files.append(path)
        return path

    def _copy(self, file: str, kind: str) -> str:
        """Copy ``file`` beside the page and return its name there; a warning if that fails.

        The paper becomes ``ANCHOR.pdf``, from which Google Scholar knows that it belongs to the page; everything else
        becomes ``ANCHOR.KIND.ENDING``. No anchor has a dot in it, so no two files get the same name.
        """
        ending = "".join(Path(file).suffixes[-2:]) if file.endswith(_TWO_ENDINGS) else Path(file).suffix
        is_paper = kind == "pdf" and ending.lower() == ".pdf"
        name = f"{self.publication.anchor}{'' if is_paper else f'.{kind}'}{ending.lower()}"
        try:
            Path(self._folder).mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, self._path(name))
        except OSError as error:
            problem = f"cannot copy {short_path(file)!r}: {error.strerror or error}"
            warn(Diagnostic(Code.FILE_MISSING, self.publication.location, problem, "links to it lead nowhere"))
        return name
