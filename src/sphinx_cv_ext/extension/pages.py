"""A page for every publication, in the HTML builders: what Google Scholar asks for, and a place to link to."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import partial
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment

from sphinx_cv_ext.diagnostics import Code, Diagnostic
from sphinx_cv_ext.extension import not_found, searching, site
from sphinx_cv_ext.extension.build import Build
from sphinx_cv_ext.extension.made_files import MadeFiles
from sphinx_cv_ext.extension.processes import chore
from sphinx_cv_ext.extension.reporting import warn
from sphinx_cv_ext.extension.theme_html import ThemeHtml, may_write
from sphinx_cv_ext.model.library import Library, Selection
from sphinx_cv_ext.model.publication import Publication

if TYPE_CHECKING:
    from sphinx_cv_ext.extension.page import Page
    from sphinx_cv_ext.extension.sharing import ForTheme


def plan(app: Sphinx, env: BuildEnvironment, *_changes: AbstractSet[str]) -> list[str]:
    """Decide which publications have a page in this build, and under which name; see `Build.pages`.

    Called when the project's own pages are known and none is read yet; returns that none is outdated by it.
    """
    build = Build.of(env)
    build.writing = None
    build.pages = dict(_planned(app, env, build.library))
    return []


def take_part(app: Sphinx) -> None:
    """Begin with our pages before Sphinx writes the project's, and put off what any process can do.

    Called once when there is a builder, which may build more than once.
    """
    builder = app.builder
    if not isinstance(builder, StandaloneHTMLBuilder) or not site.is_site(builder):
        return
    build = Build.of(app.env)
    searching.keep(builder, build)
    copy, inventory = builder.copy_assets, builder.dump_inventory

    def copy_and_begin() -> None:
        copy()
        begin(app)

    # The last thing that Sphinx does before it writes pages.
    builder.copy_assets = copy_and_begin  # type: ignore[method-assign]
    builder.dump_inventory = lambda: build.chores.append(chore(inventory))  # type: ignore[method-assign]


def _planned(app: Sphinx, env: BuildEnvironment, library: Library) -> Iterator[tuple[str, str]]:
    """The keys of the publications that have a page, each with its name."""
    if not site.is_site(app.builder) or app.config.cv_pages == "none":
        return
    target_uri = Build.of(env).target_uri

    def file(name: str) -> str:
        """What stands for the file of a page, and is the same for two that are one file on some system."""
        return target_uri(name).lower()

    taken = set(map(file, _others(app, env)))
    for publication in _in_order(library):
        if app.config.cv_pages == "selected" and not publication.selected:
            continue
        name = app.config.cv_permalink.format(anchor=publication.anchor, year=publication.year or "undated")
        if file(name) in taken:
            problem = f"the page {name!r} of {publication.key} is there already"
            warn(Diagnostic(Code.PAGE_TAKEN, publication.location, problem, "the publication has no page"))
        else:
            taken.add(file(name))
            yield publication.key, name


def _others(app: Sphinx, env: BuildEnvironment) -> Iterator[str]:
    """The pages of the project, and those that Sphinx makes."""
    yield from env.found_docs
    yield from ("genindex", "search", not_found.PAGE, *app.config.html_additional_pages)
    yield from (f"{domain.name}-{index.name}" for domain in env.domains.sorted() for index in domain.indices)


def _in_order(library: Library) -> list[Publication]:
    """The publications as a reader leafs through their pages: newest first."""
    return library.select(Selection())


def begin(app: Sphinx) -> None:
    """Find out which pages are not there as they should be, and begin to write them where there are many."""
    builder = app.builder
    build = Build.of(app.env)
    if not isinstance(builder, StandaloneHTMLBuilder):
        return
    # Only sites load what makes pages.
    from sphinx_cv_ext.extension.fast_pages import Press
    from sphinx_cv_ext.extension.page import Makers, pages_of
    from sphinx_cv_ext.extension.sharing import Pages

    press = Press(app, builder)
    made = MadeFiles(app, builder, "pages")
    index = searching.IndexFeed(builder, build)
    theme = ThemeHtml(builder, partial(_by_theme, builder), is_free=may_write(app), is_same={})

    def is_there(page: Page) -> bool:
        if not (searching.knows(builder, page.name) and made.knows(page.name)):
            return False
        return made.is_current(page.name, page.digest(press.mark(page.name)))

    with_page = [publication for publication in _in_order(build.library) if publication.key in build.pages]
    stale = [page for page in pages_of(Makers(app, builder, theme, index), with_page) if not is_there(page)]
    searching.forget(builder, {page.name for page in stale})
    build.writing = Pages(app, builder, press, index, made)
    build.writing.begin(stale)


def write(app: Sphinx) -> Iterator[ForTheme]:
    """Write the pages that are not written yet; those that only the theme can write are yielded to Sphinx."""
    build = Build.of(app.env)
    if not build.writing:
        begin(app)
    if build.writing:
        yield from build.writing.finish()


def _by_theme(builder: StandaloneHTMLBuilder, node: nodes.Element) -> str:
    # The translator asks for these, which Sphinx sets for each document that it writes, in whatever process.
    builder.secnumbers = {}
    builder.fignumbers = {}
    # A part of a line has to stand in one.
    is_inline = isinstance(node.parent, nodes.TextElement)
    html: str = builder.render_partial(nodes.inline("", "", node) if is_inline else node)["fragment"]
    return html.removeprefix("<span>").removesuffix("</span>") if is_inline else html
