"""Lists of dated entries from all pages, which are filled in once all pages have been read.

Like a CV, they are made from what is recorded about each entry, not from its nodes: these belong to another page, and
so do the footnotes and pictures in them.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from typing import Any

from docutils import nodes
from sphinx.addnodes import download_reference, pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_cv_ext.diagnostics import Code, Diagnostic, Location
from sphinx_cv_ext.extension import site
from sphinx_cv_ext.extension.build import Build
from sphinx_cv_ext.extension.domain import ENTRY, PAGE, CvDomain
from sphinx_cv_ext.extension.entries import entries_of
from sphinx_cv_ext.extension.entry_nodes import PARTS
from sphinx_cv_ext.extension.locale import _
from sphinx_cv_ext.extension.reading import cross_reference, make_context, publication_button
from sphinx_cv_ext.extension.reporting import warn
from sphinx_cv_ext.model.cv import (
    Block,
    Bullets,
    Cited,
    Entry,
    EntrySelection,
    EntryText,
    Paragraph,
    Quote,
    select,
    texts,
)
from sphinx_cv_ext.model.links import LINK_KINDS, Link
from sphinx_cv_ext.model.text import separated
from sphinx_cv_ext.outputs import listing
from sphinx_cv_ext.outputs.doctree import dated_item, dated_list, to_nodes
from sphinx_cv_ext.outputs.elements import Element, Part, parted, unlinked
from sphinx_cv_ext.outputs.rich_text import rich_text
from sphinx_cv_ext.outputs.words import when_words

TITLE_OF_PAGE = "cv-title-of-page"
"""The attribute of a section with the title of a page that has no other heading before it."""


class CollectedEntries(nodes.General, nodes.Element):
    """A placeholder on the page ``docname`` for the entries of a ``selection``, in ``compact`` form or not.

    ``place`` is where the page asks for them. ``section`` is the id of a section that contains nothing else. If there
    are no such entries, that section is left out; without a ``section``, there is a warning.
    """

    @classmethod
    def of(
        cls, env: BuildEnvironment, selection: EntrySelection, is_compact: bool, place: Location, section: str = ""
    ) -> Any:
        """The node for the page that is being read; from now on this page depends on the entries."""
        domain = CvDomain.of(env)
        domain.collected.setdefault(env.docname, []).append(selection)
        if section:
            domain.parts.setdefault(env.docname, {})[section] = selection
        return cls(docname=env.docname, selection=selection, compact=is_compact, place=place, section=section)


def arrange(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Leave sections without entries out of their pages' tables of contents. No page has to be written again for it."""
    for docname, parts in CvDomain.of(env).parts.items():
        _contents(env, docname, {f"#{section}" for section, asked in parts.items() if not _selected(env, asked)})
    return []


def entitle(app: Sphinx, document: nodes.document) -> None:
    """Give a page that begins with a CV the title of the CV.

    Sphinx has taken that of its first section, which may be left out.
    """
    env, first = app.env, next(document.findall(nodes.section), None)
    if first and (title := first.get(TITLE_OF_PAGE)):
        env.titles[env.docname] = env.longtitles[env.docname] = nodes.title("", title)


def said(env: BuildEnvironment, docname: str) -> list[object]:
    """Everything that a page shows of the entries that it collects, and of the publications that they name or cite."""
    build = Build.of(env)
    cite: Any = env.get_domain("cite")
    known = build.library.by_key
    entries = [entry for asked in CvDomain.of(env).collected.get(docname, ()) for entry in _selected(env, asked)]
    named = [key for entry in entries for key in entry.publications if key in known]
    words = (one for entry in entries for text in texts(entry.body) for one in text)
    cited = [key for one in words if isinstance(one, Cited) for key in one.keys]
    return [
        *entries,
        *((build.digest_of(known[key]), build.place_of(key)) for key in named),
        *map(cite.gives, cited),
    ]


def _contents(env: BuildEnvironment, docname: str, left_out: Container[str]) -> None:
    """Remove the sections that are ``left_out`` from the table of contents that Sphinx made when it read the page."""
    whole = CvDomain.of(env).contents.setdefault(docname, env.tocs[docname])
    env.tocs[docname] = shown = whole.deepcopy()
    for reference in [*shown.findall(nodes.reference)]:
        if reference["anchorname"] in left_out:
            item = reference.parent.parent
            # A list without items is none.
            gone = item if len(item.parent) > 1 else item.parent
            gone.parent.remove(gone)
    env.toc_num_entries[docname] = len([*shown.findall(nodes.reference)])


def _selected(env: BuildEnvironment, selection: EntrySelection) -> list[Entry]:
    return select(entries_of(env), selection, Build.of(env).library.this_year)


class CollectEntries(SphinxPostTransform):
    """Put the entries in the place of their placeholders."""

    # Before everything that looks at nodes.
    default_priority = 1

    def run(self, **kwargs: Any) -> None:
        """Go through the whole page."""
        for node in list(self.document.findall(CollectedEntries)):
            if entries := _selected(self.env, node["selection"]):
                view = _View(self.env, node["docname"], node["compact"])
                node.replace_self(dated_list(map(view.item, entries)))
            elif node["section"]:
                _leave_out(node)
            else:
                node.parent.remove(node)
                problem = f"entries: no page has a {' or '.join(node['selection'].kinds)} that fits"
                warn(Diagnostic(Code.SELECTION_EMPTY, node["place"], problem, "nothing is shown"))


def _leave_out(node: CollectedEntries) -> None:
    """Remove ``node`` with its section, or with its rubric if `PlaceGroups` has turned the heading into one.

    Links to the section lead to where it would be.
    """
    if isinstance(node.parent, nodes.section):
        node.parent.replace_self(nodes.target("", "", ids=node.parent["ids"]))
    else:
        place = node.parent.index(node)
        del node.parent[place - 1 : place + 1]


class _View:
    """Entries as the page ``docname`` shows them."""

    def __init__(self, env: BuildEnvironment, docname: str, is_compact: bool) -> None:
        self._docname = docname
        self._is_compact = is_compact
        self._language = env.config.language
        self._by_key = Build.of(env).library.by_key
        self._cite: Any = env.get_domain("cite")
        copied = site.copied(env)

        def file_link(link: Link) -> Element:
            # Sphinx finds the files to copy when it reads pages; it has found this one on the entry's own page.
            return Element(download_reference, filename=copied.get(link.file, ""))

        self._context = replace(make_context(env, docname), file_link=file_link)

    def item(self, entry: Entry) -> nodes.list_item:
        """An entry as an item of a list."""
        parts = {name: rich_text(getattr(entry, name)) for name in PARTS} | {"what": self._what(entry)}
        lead, rest = entry.kind.arranged(parts)
        when = when_words(entry, self._language, _)
        lines: dict[str, list[Part]] = {
            "when": [when] if when else [],
            "lead": lead or [],
            "rest": separated(rest, ", "),
        }
        body: list[Element] = []
        if not self._is_compact:
            lines |= {name: parts[name] for name in ("people", "details")}
            publications = [self._by_key[key] for key in entry.publications if key in self._by_key]
            buttons = [publication_button(publication, self._docname) for publication in publications]
            lines["links"] = parted([*buttons, *listing.links(entry.links, "", self._context)])
            body = [*self._blocks(entry.body)]
        return dated_item({name: to_nodes(line) for name, line in lines.items()}, to_nodes(body))

    def _what(self, entry: Entry) -> list[Part]:
        """The title: a link if the entry has one, and in a compact list otherwise a link to the entry itself."""
        words = rich_text(entry.what)
        if words and (entry.url or entry.file):
            bare = self._context.link(Link(LINK_KINDS["website"], url=entry.url, file=entry.file))
            return [Element(bare.kind, *map(unlinked, words), **bare.attributes)]
        if words and self._is_compact:
            content = Element(nodes.inline, *map(unlinked, words))
            return [cross_reference(ENTRY, entry.target, self._docname, content, **{PAGE: entry.docname})]
        return words

    def _blocks(self, blocks: Iterable[Block]) -> Iterator[Element]:
        for block in blocks:
            match block:
                case Paragraph(text):
                    yield Element(nodes.paragraph, *self._cited(text))
                case Bullets(items):
                    made = (Element(nodes.list_item, *self._blocks(item)) for item in items)
                    yield Element(nodes.bullet_list, *made, bullet="*")
                case Quote(inner):
                    yield Element(nodes.block_quote, *self._blocks(inner))

    def _cited(self, text: EntryText) -> Iterator[Part]:
        """A text; sphinxcontrib-bibtex resolves the citations in it.

        The page that the entry stands on has warned of those that lead nowhere.
        """
        for one in text:
            if isinstance(one, Cited):
                keys = ",".join(key for key in one.keys if self._cite.gives(key))
                if not keys:
                    continue
                to: dict[str, Any] = {"refdomain": "cite", "reftype": "p", "reftarget": keys, "refdoc": self._docname}
                yield Element(pending_xref, Element(nodes.inline, keys), **to)
            else:
                yield from rich_text((one,))
