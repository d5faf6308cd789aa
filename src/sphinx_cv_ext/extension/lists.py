"""A list of publications on a page: a single node until the page is written.

Sphinx and other extensions go through all nodes of a page again and again, and a long list would have very many. In a
site the single node is written as HTML directly. For all other builders it is replaced with the nodes of its items,
before any other post-transform runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.osutil import relative_uri
from sphinx.writers.html5 import HTML5Translator

from sphinx_cv_ext.extension import site
from sphinx_cv_ext.extension.build import Build, Home
from sphinx_cv_ext.extension.domain import ENTRY, FILE, PAGE
from sphinx_cv_ext.extension.entries import remarks
from sphinx_cv_ext.extension.kept_items import KeptItems
from sphinx_cv_ext.extension.locale import ngettext
from sphinx_cv_ext.extension.panels import panels
from sphinx_cv_ext.extension.processes import TOGETHER, shares
from sphinx_cv_ext.extension.reading import cross_reference, make_context
from sphinx_cv_ext.extension.theme_html import ThemeHtml, is_free
from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.cv import Entry
from sphinx_cv_ext.model.publication import Publication
from sphinx_cv_ext.outputs import listing
from sphinx_cv_ext.outputs.doctree import to_node
from sphinx_cv_ext.outputs.elements import DOWNLOAD, Element, Part, unlinked, words
from sphinx_cv_ext.outputs.exports import EXPORTS
from sphinx_cv_ext.outputs.lines import title_line
from sphinx_cv_ext.outputs.unfolding import fold

LONG = 200
"""The number of publications from which a list leaves out what is not needed when a page is first shown."""

FOLDED = 1_000
"""The number from which it is folded and leaves links and remarks to the publications' pages, unless told otherwise."""


@frozen
class Form:
    """How a list shows its publications, by the options of its directive; ``is_long`` if it has `LONG` or more."""

    compact: bool = False
    max_authors: int = 0
    is_numbered: bool = False
    panels: tuple[str, ...] = ()
    is_long: bool = False


class PublicationList(nodes.General, nodes.Element):
    """A list, with these attributes: ``docname``, ``keys`` of its publications, ``targets`` and ``form``.

    ``targets`` maps keys to the ids of the items. ``heading`` is that of a group that is folded below it, or empty;
    only sites fold lists. The children are the local files and pictures of the list, so that Sphinx copies them.
    """

    @classmethod
    def of(
        cls,
        env: BuildEnvironment,
        publications: Sequence[Publication],
        ids: Mapping[str, str],
        form: Form,
        heading: str = "",
    ) -> Any:
        """A list of ``publications`` for the page that is being read; ``ids`` are those of its items by key."""
        shown = {"docname": env.docname, "keys": [p.key for p in publications], "targets": dict(ids), "form": form}
        shown["heading"] = heading
        files = [] if form.compact else _files(publications, make_context(env))
        looks = {"cv-compact": form.compact, "cv-long": form.is_long}
        classes = ["cv-publications", *(name for name, has in looks.items() if has)]
        return cls("", *files, classes=classes, **shown)


def _files(publications: Sequence[Publication], context: listing.Context) -> Iterator[nodes.Element]:
    assert context.picture
    for publication in publications:
        made = {link.file: context.file_link(link) for link in publication.links if link.file}
        if publication.preview:
            made[publication.preview] = context.picture(publication.preview)
        for path, element in made.items():
            node = to_node(element)
            node[_FILE] = path
            yield node


_FILE = "cv-file"


def _maker(env: BuildEnvironment, node: PublicationList, links: _Links) -> Callable[[Publication], Element]:
    """A function that makes the item of a publication in the list ``node``, with links made by ``links``."""
    form = cast(Form, node["form"])
    build = Build.of(env)
    # The BibTeX entry is the longest part of an item: a long list links to the file beside the publication's page.
    linked = build.pages if form.is_long and "bibtex" in form.panels else {}

    def bibtex(publication: Publication) -> list[Part]:
        if publication.key not in linked:
            return []
        export = EXPORTS["bibtex"]
        words = listing.button_words(export.label, title_line(publication), DOWNLOAD)
        path = site.beside(build.builder, linked[publication.key], f"{publication.anchor}.{export.suffix}")
        return [links.file(path, words)]

    # Sphinx has processed these nodes, so that they hold the addresses of the files in the output.
    known = {child[_FILE]: child for child in node.children if isinstance(child, nodes.Element)}
    context = replace(
        make_context(env, node["docname"]),
        title_link=links.title,
        told=lambda publication: remarks(env, publication.key, links.entry),
        file_link=lambda link: _again(known[link.file]),
        picture=lambda path: _again(known[path]),
        compact=form.compact,
        max_authors=form.max_authors,
        more_links=bibtex,
        # A compact list is read for its titles, and in print names are only names.
        people=build.people if site.is_site(build.builder) and not form.compact else None,
        page_uri=partial(build.uri_from, node["docname"]),
        numbers=build.numbers if form.is_numbered else {},
        panels=panels(form.panels, build.exporter, linked),
    )
    return lambda publication: listing.item(publication, node["targets"].get(publication.key, ""), context)


def _again(node: nodes.Element) -> Element:
    given = {name: value for name, value in node.non_default_attributes().items() if name != _FILE}
    return Element(type(node), **given)


class _Links:
    """Makes the links of a list as references that Sphinx resolves later."""

    def __init__(self, node: PublicationList) -> None:
        self._docname = node["docname"]
        self._targets = node["targets"]

    def title(self, publication: Publication, title: Part) -> Part:
        """A title as a link to its publication."""
        content = Element(nodes.inline, title)
        return cross_reference("publication", publication.key, self._docname, content)

    def entry(self, entry: Entry, content: Part) -> Part:
        """A link to a dated entry."""
        return cross_reference(ENTRY, entry.target, self._docname, content, **{PAGE: entry.docname})

    def file(self, path: str, content: Part) -> Element:
        """A link to a file of the site, ``path`` seen from its top."""
        return cross_reference(FILE, path, self._docname, content)


class _ResolvedLinks(_Links):
    """Makes the links of a list in their final form, in which `CvDomain.resolve_xref` would give them."""

    def __init__(self, node: PublicationList, builder: Builder) -> None:
        super().__init__(node)
        self._build = Build.of(builder.env)
        self._here = self._build.target_uri(self._docname)

    def title(self, publication: Publication, title: Part) -> Part:
        """A title as a link to its publication, unless that would lead to the title itself."""
        content = Element(nodes.inline, title)
        place = self._build.place_of(publication.key)
        here = Home(self._docname, self._targets.get(publication.key, ""))
        return self._to(place, unlinked(content)) if place and place != here else content

    def entry(self, entry: Entry, content: Part) -> Part:
        """A link to a dated entry."""
        return self._to(Home(entry.docname, entry.target), content)

    def file(self, path: str, content: Part) -> Element:
        """A link to a file of the site; the link gets the classes of ``content``, for it to look like a button."""
        assert isinstance(content, Element)
        words = Element(content.kind, *content.children)
        uri = relative_uri(self._here, path)
        return Element(nodes.reference, words, refuri=uri, internal=True, classes=content.classes)

    def _to(self, place: Home, content: Part) -> Element:
        target = f"#{place.target}" if place.target else ""
        is_here = place.docname == self._docname and target
        uri = "" if is_here else relative_uri(self._here, self._build.target_uri(place.docname))
        return Element(nodes.reference, content, refuri=f"{uri}{target}", internal=True)


def decide(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Decide how this build writes lists; no page is outdated by that, so the result is empty."""
    builder = app.builder
    Build.of(env).items = (
        KeptItems(app, builder) if isinstance(builder, StandaloneHTMLBuilder) and is_free(app) else None
    )
    return []


def save(app: Sphinx, failure: Exception | None) -> None:
    """Keep the HTML of items for the next build."""
    items = Build.of(app.env).items
    if items and not failure:
        items.save(app.env)


SAID = "cv-said"
"""The attribute of a list with its text for the search index: that of publications without a page of their own."""

TITLES = "cv-titles"
"""The attribute of a list with the titles of its first publications, for a description of the page."""

_FIRST = 10


class WriteLists(SphinxPostTransform):
    """Replace lists with the nodes of their items, unless this build writes lists as HTML directly."""

    # Before every other post-transform, because these look at nodes.
    default_priority = 1

    def run(self, **kwargs: Any) -> None:
        """Go through the lists of the whole page."""
        build = Build.of(self.env)
        is_site = site.is_site(build.builder)
        found: list[PublicationList] = [*self.document.findall(PublicationList)]
        for node in found:
            shown = node if build.items else unfolded(self.env, node)
            if shown is not node and is_site and node["heading"]:
                start, end = (nodes.raw("", markup, format="html") for markup in _fold(node))
                place = shown.parent.index(shown)
                shown.parent[place : place + 1] = [start, shown, end]
            if is_site:
                shown[SAID] = " ".join(_words_without_page(self.env, node))
                first = (build.library.by_key[key] for key in node["keys"][:_FIRST])
                shown[TITLES] = "; ".join(title_line(publication) or publication.key for publication in first)


def unfolded(env: BuildEnvironment, node: PublicationList) -> nodes.Element:
    """Put the nodes of a list in its place in the page, and return them."""
    item_of = _maker(env, node, _Links(node))
    by_key = Build.of(env).library.by_key
    items = [to_node(item_of(by_key[key])) for key in node["keys"]]
    unfolded = nodes.bullet_list("", *items, bullet="*", classes=node["classes"])
    node.replace_self(unfolded)
    return unfolded


def _fold(node: PublicationList) -> tuple[str, str]:
    """The HTML before and after a list that folds it; empty if it is not folded."""
    return fold(len(node["keys"]), node["heading"], ngettext) if node["heading"] else ("", "")


def _words_without_page(env: BuildEnvironment, node: PublicationList) -> Iterator[str]:
    build = Build.of(env)
    context = make_context(env, node["docname"])
    return (words(listing.entry(build.library.by_key[k], context)) for k in node["keys"] if k not in build.pages)


def write(translator: HTML5Translator, node: PublicationList) -> None:
    """Write a list as HTML: the visitor of `PublicationList`."""
    builder = translator.builder

    def by_theme(child: nodes.Element) -> str:
        before, translator.body = translator.body, []
        child.walkabout(translator)
        made, translator.body = "".join(translator.body), before
        return made

    build = Build.of(builder.env)
    kept = build.items
    assert kept
    theme = ThemeHtml(builder, by_theme, is_free=True, is_same=kept.is_same)
    links = _ResolvedLinks(node, builder)
    item_of = _maker(builder.env, node, links)
    form = cast(Form, node["form"])
    alike = repr(form)
    start, end = _fold(node)
    translator.body.append(start + translator.starttag(node, "ul"))

    def made_of(publication: Publication) -> object:
        """Everything that an item depends on; None with local files, because it is not known where Sphinx puts them."""
        key = publication.key
        if publication.files:
            return None
        return (
            *(build.digest_of(publication), build.numbers.get(key) if form.is_numbered else None),
            *(alike, node["targets"].get(key)),
            *(build.place_of(key), build.gathered.told.get(key)),
        )

    def written(publications: Sequence[Publication]) -> list[str]:
        # Each step for all publications before the next step, for the reason that `page.make` gives.
        items = [item_of(publication) for publication in publications]
        return [theme.html(item) for item in items]

    for keys in shares(node["keys"], TOGETHER):
        some = [build.library.by_key[key] for key in keys]
        translator.body += kept.html(node["docname"], some, made_of, written)
    translator.body.append(f"</ul>\n{end}")
    raise nodes.SkipNode
