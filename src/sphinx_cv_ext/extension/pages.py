"""A page for every publication, in the builders of sites: decides which there are, and has them written.

Google Scholar asks for such pages, and they are places to link to.
"""

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
from sphinx_cv_ext.model.library import Library

if TYPE_CHECKING:
    from sphinx_cv_ext.extension.page import Page
    from sphinx_cv_ext.extension.sharing import ForTheme


def plan(app: Sphinx, env: BuildEnvironment, *_changes: AbstractSet[str]) -> list[str]:
    """Decide which publications have a page in this build, and its name; see `Build.pages`.

    Called when the project's own pages are known but none is read yet. None is outdated by this: the result is empty.
    """
    build = Build.of(env)
    build.writing = None
    build.pages = dict(_planned(app, env, build.library))
    return []


def take_part(app: Sphinx) -> None:
    """Make the builder begin with our pages before it writes the project's, and leave the inventory as a chore.

    Called once for each builder, which may build more than once. Sphinx has no event between ``env-updated`` and the
    first page, so a method is wrapped; if Sphinx should not call it in time, `write` begins with our pages.
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

    # Copying the assets is the last thing that Sphinx does before it writes pages.
    builder.copy_assets = copy_and_begin  # type: ignore[method-assign]
    builder.dump_inventory = lambda: build.chores.append(chore(inventory))  # type: ignore[method-assign]


def _planned(app: Sphinx, env: BuildEnvironment, library: Library) -> Iterator[tuple[str, str]]:
    """The keys of the publications that have a page, each with its name."""
    if not site.is_site(app.builder) or app.config.cv_pages == "none":
        return
    target_uri = Build.of(env).target_uri

    def file(name: str) -> str:
        """The file of a page, in lower case: some systems take two names for one that differ only in case."""
        return target_uri(name).lower()

    taken = set(map(file, _others(app, env)))
    for publication in library.select():
        if app.config.cv_pages == "selected" and not publication.selected:
            continue
        name = app.config.cv_permalink.format(anchor=publication.anchor, year=publication.year or "undated")
        if file(name) in taken:
            problem = f"the page {name!r} of {publication.key} already exists"
            warn(Diagnostic(Code.PAGE_TAKEN, publication.location, problem, "the publication has no page"))
        else:
            taken.add(file(name))
            yield publication.key, name


def _others(app: Sphinx, env: BuildEnvironment) -> Iterator[str]:
    """The names of the project's pages, and of those that Sphinx makes."""
    yield from env.found_docs
    yield from ("genindex", "search", not_found.PAGE, *app.config.html_additional_pages)
    yield from (f"{domain.name}-{index.name}" for domain in env.domains.sorted() for index in domain.indices)


def begin(app: Sphinx) -> None:
    """Find the pages that are missing or outdated, and begin to write them."""
    builder = app.builder
    build = Build.of(app.env)
    if not isinstance(builder, StandaloneHTMLBuilder):
        return
    # Imported here because only sites need it.
    from sphinx_cv_ext.extension.fast_pages import Press
    from sphinx_cv_ext.extension.page import Makers, pages_of
    from sphinx_cv_ext.extension.sharing import Pages

    press = Press(app, builder)
    made = MadeFiles(app, builder, "pages")
    index = searching.IndexFeed(builder, build)
    theme = ThemeHtml(builder, partial(_by_theme, builder), is_free=may_write(app), is_same={})

    def is_there(page: Page) -> bool:
        if not (index.knows(page.name) and made.knows(page.name)):
            return False
        return made.is_current(page.name, page.digest(press.mark(page.name, page.around)))

    with_page = [publication for publication in build.library.select() if publication.key in build.pages]
    stale = [page for page in pages_of(Makers(app, builder, theme, index), with_page) if not is_there(page)]
    index.forget({page.name for page in stale})
    build.writing = Pages(app, builder, press, index, made)
    build.writing.begin(stale)


def write(app: Sphinx) -> Iterator[ForTheme]:
    """Write the pages that are not written yet; those that need the theme are yielded for Sphinx to write."""
    build = Build.of(app.env)
    if not build.writing:
        begin(app)
    if build.writing:
        yield from build.writing.finish()


def _by_theme(builder: StandaloneHTMLBuilder, node: nodes.Element) -> str:
    # The translator needs these attributes. Sphinx sets them for each document, but perhaps in another process.
    builder.secnumbers = {}
    builder.fignumbers = {}
    # Part of a line has to be rendered within a line.
    is_inline = isinstance(node.parent, nodes.TextElement)
    html: str = builder.render_partial(nodes.inline("", "", node) if is_inline else node)["fragment"]
    return html.removeprefix("<span>").removesuffix("</span>") if is_inline else html
