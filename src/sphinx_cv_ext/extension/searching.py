"""Our pages in Sphinx's search index, which knows documents of the project alone and forgets all others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Set
from functools import cache
from typing import NamedTuple

from docutils import nodes
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.search import IndexBuilder
from sphinx.util.docutils import new_document

from sphinx_cv_ext.extension.domain import CvDomain
from sphinx_cv_ext.extension.lists import SAID, PublicationList


def keep(builder: StandaloneHTMLBuilder, domain: CvDomain) -> None:
    """Have the index keep the pages of ``domain`` that it knows from the last build, and those that it is fed.

    Of a list it is fed no more than `SAID`. It is written where something in it is new.
    """
    load, dump = builder.load_indexer, builder.dump_search_index
    new: list[str] = []

    def load_and_keep(docnames: Set[str]) -> None:
        if builder.indexer:
            _keep(builder.indexer, domain, new)
        load(docnames)

    def dump_what_is_new() -> None:
        # It is empty where none could be loaded.
        if new or not (builder.indexer and builder.indexer._titles):
            dump()

    builder.load_indexer = load_and_keep  # type: ignore[method-assign]
    builder.dump_search_index = dump_what_is_new  # type: ignore[method-assign]


def _keep(indexer: IndexBuilder, domain: CvDomain, new: list[str]) -> None:
    prune = indexer.prune

    def prune_all_but_ours(docnames: Iterable[str]) -> None:
        kept = {*docnames, *domain.pages.values()}
        gone = indexer._titles.keys() - kept
        # Sphinx goes through all words, also where there is nothing to strike out.
        if gone:
            prune(kept)
            new.extend(gone)

    indexer.prune = prune_all_but_ours  # type: ignore[method-assign]
    # Sphinx remembers a stem for one page only, and pages share most of their words.
    indexer.lang.stem = cache(indexer.lang.stem)  # type: ignore[method-assign]
    feed = indexer.feed

    def feed_without_lists(docname: str, filename: str, title: str, doctree: nodes.document) -> None:
        new.append(docname)
        lists = [(node, node.children) for node in doctree.findall(nodes.Element) if _is_list(node)]
        for node, _children in lists:
            node.children = [nodes.Text(node[SAID])]
        feed(docname, filename, title, doctree)
        for node, children in lists:
            node.children = children

    indexer.feed = feed_without_lists  # type: ignore[method-assign,assignment]


def _is_list(node: nodes.Element) -> bool:
    return isinstance(node, PublicationList | nodes.bullet_list) and SAID in node


class Terms(NamedTuple):
    """What the index is told of a page: its title, and what stands for the words on it."""

    title: str
    words: Collection[str]


class Feed:
    """Tells the index of ``builder`` of our pages, as fast as many pages that share most of their words ask for.

    A page's terms may be found in one process, and the index be told of them in another.
    """

    def __init__(self, builder: StandaloneHTMLBuilder) -> None:
        self._builder = builder
        self._term = cache(self._term_of)
        # A document takes longer to be made than to be fed, and there are thousands of titles.
        self._title = nodes.title()
        self._document = new_document("")
        self._document += nodes.section("", self._title, ids=["publication"])

    def terms(self, title: str, said: str) -> Terms:
        """The terms of a page with a ``title``, on which ``said`` stands."""
        indexer = self._builder.indexer
        # The index does not count how often a page has a word.
        words = set(map(self._term, indexer.lang.split(said))) if indexer else set()
        return Terms(title, sorted(words - {""}))

    def page(self, name: str, title: str, terms: Terms) -> None:
        """Tell of the page ``name``, whose ``title`` is HTML, what `IndexBuilder.feed` would find in its document."""
        indexer = self._builder.indexer
        if indexer:
            self._title.children = [nodes.Text(terms.title)]
            self._builder.index_page(name, self._document, title)
            for term in terms.words:
                if name not in indexer._title_mapping.get(term, ()):
                    indexer._mapping.setdefault(term, set()).add(name)

    def _term_of(self, word: str) -> str:
        """What stands in the index for ``word``: its stem, else the word itself, or nothing."""
        assert self._builder.indexer
        language = self._builder.indexer.lang
        return next(filter(language.word_filter, (language.stem(word).lower(), word)), "")


def knows(builder: StandaloneHTMLBuilder, name: str) -> bool:
    """Whether the page ``name`` is in the index, if there is one."""
    return not builder.indexer or name in builder.indexer._titles


def forget(builder: StandaloneHTMLBuilder, names: Collection[str]) -> None:
    """Strike out of the index what is fed to it anew."""
    indexer = builder.indexer
    if indexer and not indexer._titles.keys().isdisjoint(names):
        IndexBuilder.prune(indexer, indexer._titles.keys() - set(names))
