"""Our pages in Sphinx's search index, which knows documents of the project alone and forgets all others."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Set
from functools import cache
from itertools import chain

from docutils import nodes
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.search import IndexBuilder, SearchLanguage
from sphinx.util.docutils import new_document

from sphinx_cv_ext.extension.build import Build
from sphinx_cv_ext.extension.lists import SAID, PublicationList
from sphinx_cv_ext.frozen import frozen


def keep(builder: StandaloneHTMLBuilder, build: Build) -> None:
    """Have the index keep the own pages of ``build`` that it knows from the last build, and those that it is fed.

    Of a list it is fed no more than `SAID`. It is written where something in it is new.
    """
    load, dump = builder.load_indexer, builder.dump_search_index
    new: list[str] = []

    def load_and_keep(docnames: Set[str]) -> None:
        if builder.indexer:
            _keep(builder.indexer, build, new)
        load(docnames)

    def dump_what_is_new() -> None:
        # It is empty where none could be loaded.
        if new or not (builder.indexer and builder.indexer._titles):
            dump()

    builder.load_indexer = load_and_keep  # type: ignore[method-assign]
    builder.dump_search_index = dump_what_is_new  # type: ignore[method-assign]


def _keep(indexer: IndexBuilder, build: Build, new: list[str]) -> None:
    prune = indexer.prune

    def prune_all_but_ours(docnames: Iterable[str]) -> None:
        kept = {*docnames, *build.pages.values()}
        gone = indexer._titles.keys() - kept
        # Sphinx goes through all words, also where there is nothing to strike out.
        if gone:
            prune(kept)
            new.extend(gone)

    indexer.prune = prune_all_but_ours  # type: ignore[method-assign]
    indexer.lang.stem = _Stems(indexer.lang.stem)  # type: ignore[method-assign,assignment]
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


class _Stems(dict[str, str]):
    """The stems of words: Sphinx remembers one for a single page, and pages share most of their words."""

    def __init__(self, stem: Callable[[str], str]) -> None:
        super().__init__()
        self._stem = stem

    def __missing__(self, word: str) -> str:
        found = self[word] = self._stem(word)
        return found

    __call__ = dict.__getitem__


@frozen
class Terms:
    """What the index is told of a page: its title, and what stands for the words on it that the title has not."""

    title: str
    words: Set[str]


class Feed:
    """Tells the index of ``builder`` of our pages, as fast as many pages that share most of their words ask for.

    A page's terms may be found in one process, and the index be told of them in another.
    """

    def __init__(self, builder: StandaloneHTMLBuilder) -> None:
        self._builder = builder
        self._terms_in = cache(self._terms_of)
        self._term = cache(self._term_of)
        # A document takes longer to be made than to be fed, and there are thousands of titles.
        self._title = nodes.title()
        self._document = new_document("")
        self._document += nodes.section("", self._title, ids=["publication"])

    @property
    def stems(self) -> dict[str, str]:
        """The stems of all words so far; those that another process has found can be added."""
        found = self._builder.indexer and self._builder.indexer.lang.stem
        return found if isinstance(found, _Stems) else {}

    def terms(self, title: str, said: str) -> Terms:
        """The terms of a page with a ``title``, on which ``said`` stands."""
        found = self._found(said)
        found -= self._found(title)
        return Terms(title, found)

    def page(self, name: str, title: str, terms: Terms) -> None:
        """Tell of the page ``name``, whose ``title`` is HTML, what `IndexBuilder.feed` would find in its document."""
        indexer = self._builder.indexer
        if indexer:
            self._title.children = [nodes.Text(terms.title)]
            self._builder.index_page(name, self._document, title)
            mapping = indexer._mapping
            for term in terms.words:
                # Nearly always it is there, and `setdefault` would make a set to throw away.
                if term in mapping:
                    mapping[term].add(name)
                else:
                    mapping[term] = {name}

    def _found(self, text: str) -> set[str]:
        """The terms of ``text``; the index does not count how often a page has one."""
        indexer = self._builder.indexer
        if not indexer:
            return set()
        if type(indexer.lang).split is SearchLanguage.split:
            # No word of its holds a blank, and what stands between two blanks does so on many pages.
            return set(chain.from_iterable(map(self._terms_in, set(text.split()))))
        return set(self._terms_of(text))

    def _terms_of(self, text: str) -> list[str]:
        assert self._builder.indexer
        return [term for term in map(self._term, self._builder.indexer.lang.split(text)) if term]

    def _term_of(self, word: str) -> str:
        """What stands in the index for ``word``: its stem, else the word itself, or nothing."""
        assert self._builder.indexer
        language = self._builder.indexer.lang
        # A number is its own stem, and there is one in each address and for most pages.
        stem = word if word.isdigit() else language.stem(word).lower()
        return next(filter(language.word_filter, (stem, word)), "")


def knows(builder: StandaloneHTMLBuilder, name: str) -> bool:
    """Whether the page ``name`` is in the index, if there is one."""
    return not builder.indexer or name in builder.indexer._titles


def forget(builder: StandaloneHTMLBuilder, names: Collection[str]) -> None:
    """Strike out of the index what is fed to it anew."""
    indexer = builder.indexer
    if indexer and not indexer._titles.keys().isdisjoint(names):
        IndexBuilder.prune(indexer, indexer._titles.keys() - set(names))
