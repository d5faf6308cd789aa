"""Our pages in Sphinx's search index, which knows documents of the project alone and forgets all others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from functools import cache, cached_property

from docutils import nodes
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.search import IndexBuilder, SearchLanguage
from sphinx.util.docutils import new_document

from sphinx_cv_ext.extension.build import Build
from sphinx_cv_ext.extension.lists import SAID, PublicationList
from sphinx_cv_ext.extension.processes import chore
from sphinx_cv_ext.extension.shells import by_leaf
from sphinx_cv_ext.frozen import frozen


def keep(builder: StandaloneHTMLBuilder, build: Build) -> None:
    """Have the index keep the own pages of ``build`` that it knows from the last build, and those that it is fed.

    Of a list it is fed no more than `SAID`. It is written where something in it is new, by whatever process.
    """
    load, dump = builder.load_indexer, builder.dump_search_index

    def load_and_keep(docnames: Set[str]) -> None:
        if builder.indexer:
            _keep(builder.indexer, build)
        load(docnames)

    def dump_what_is_new() -> None:
        # It is empty where none could be loaded.
        if build.is_index_new or not (builder.indexer and builder.indexer._titles):
            build.chores.append(chore(dump))

    builder.load_indexer = load_and_keep  # type: ignore[method-assign]
    builder.dump_search_index = dump_what_is_new  # type: ignore[method-assign]


def _keep(indexer: IndexBuilder, build: Build) -> None:
    prune = indexer.prune

    def prune_all_but_ours(docnames: Iterable[str]) -> None:
        kept = {*docnames, *build.pages.values()}
        gone = indexer._titles.keys() - kept
        # Sphinx goes through all words, also where there is nothing to strike out.
        if gone:
            prune(kept)
            build.is_index_new = True

    indexer.prune = prune_all_but_ours  # type: ignore[method-assign]
    indexer.lang.stem = _Stems(indexer.lang.stem)  # type: ignore[method-assign,assignment]
    feed = indexer.feed

    def feed_without_lists(docname: str, filename: str, title: str, doctree: nodes.document) -> None:
        build.is_index_new = True
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
class Told:
    """What an index is to be told of some pages.

    ``pages`` are the file, the title in HTML and that in characters of each by its name. The others are the pages by
    the words that stand in their titles and on them.
    """

    pages: dict[str, tuple[str, str, str]]
    in_titles: Mapping[str, Sequence[str]]
    on_pages: Mapping[str, Sequence[str]]


class Feed:
    """Tells the index of ``builder`` of our pages what `IndexBuilder.feed` would find in their documents.

    Most words stand on many pages, and it takes long to find out what each is in the index. So they are gathered first,
    in whatever process, and then told all at once.
    """

    def __init__(self, builder: StandaloneHTMLBuilder, build: Build) -> None:
        self._builder = builder
        self._build = build
        self._path = by_leaf(lambda name: str(builder.env.doc2path(name, base=False)))
        self._terms = cache(self._terms_of)
        self._term = cache(self._term_of)
        self._begin()

    def _begin(self) -> None:
        self._pages: dict[str, tuple[str, str, str]] = {}
        self._in_titles: defaultdict[str, list[str]] = defaultdict(list)
        self._on_pages: defaultdict[str, list[str]] = defaultdict(list)

    def page(self, name: str, html: str, title: str, said: str) -> None:
        """Gather what there is to tell of the page ``name``, on which ``said`` stands under ``title``, in ``html``."""
        # Sphinx passes over pages without a title.
        if self._builder.indexer and html:
            self._pages[name] = (self._path(name), html, title)
            for found, text in ((self._in_titles, title), (self._on_pages, said)):
                for word in self._words(text):
                    found[word].append(name)

    def gathered(self) -> Told:
        """What was gathered since this was asked for the last time."""
        told = Told(self._pages, dict(self._in_titles), dict(self._on_pages))
        self._begin()
        return told

    def tell(self, told: Told) -> None:
        """Tell the index what was gathered, in this or in another process."""
        indexer = self._builder.indexer
        if not indexer:
            return
        for name, (path, html, title) in told.pages.items():
            indexer._filenames[name] = path
            indexer._titles[name] = html
            indexer._all_titles[name] = [(title, self._target)]
            indexer._index_entries[name] = []
            self._build.is_index_new = True
        in_titles = indexer._title_mapping
        for word, pages in told.in_titles.items():
            for term in self._terms(word):
                _add(in_titles, term, pages)
        for word, pages in told.on_pages.items():
            for term in self._terms(word):
                titled = in_titles.get(term)
                _add(indexer._mapping, term, set(pages) - titled if titled else pages)

    @cached_property
    def _target(self) -> str | None:
        """What Sphinx takes for the target of a page's title, which differs from version to version."""
        assert self._builder.indexer
        document = new_document("")
        document += nodes.section("", nodes.title(), ids=["publication"])
        return self._builder.indexer._word_collector(document).titles[0][1]

    def _words(self, text: str) -> Set[str]:
        """The parts of ``text`` that are terms each by itself; the index does not count how often a page has one."""
        assert self._builder.indexer
        language = self._builder.indexer.lang
        # No word of its holds a blank, and what stands between two blanks does so on many pages.
        return set(text.split() if type(language).split is SearchLanguage.split else language.split(text))

    def _terms_of(self, part: str) -> list[str]:
        """The terms of a part of a text."""
        assert self._builder.indexer
        language = self._builder.indexer.lang
        words = language.split(part) if type(language).split is SearchLanguage.split else [part]
        return [term for term in map(self._term, words) if term]

    def _term_of(self, word: str) -> str:
        """What stands in the index for ``word``: its stem, else the word itself, or nothing."""
        assert self._builder.indexer
        language = self._builder.indexer.lang
        # A number is its own stem, and there is one in each address and for most pages.
        stem = word if word.isdigit() else language.stem(word).lower()
        return next(filter(language.word_filter, (stem, word)), "")


def _add(mapping: dict[str, set[str]], term: str, pages: Collection[str]) -> None:
    if term in mapping:
        mapping[term].update(pages)
    elif pages:
        mapping[term] = set(pages)


def knows(builder: StandaloneHTMLBuilder, name: str) -> bool:
    """Whether the page ``name`` is in the index, if there is one."""
    return not builder.indexer or name in builder.indexer._titles


def forget(builder: StandaloneHTMLBuilder, names: Collection[str]) -> None:
    """Strike out of the index what is fed to it anew."""
    indexer = builder.indexer
    if indexer and not indexer._titles.keys().isdisjoint(names):
        IndexBuilder.prune(indexer, indexer._titles.keys() - set(names))
