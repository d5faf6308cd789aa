"""The pages of publications in Sphinx's search index.

Sphinx feeds the index with the documents of the project, and removes every other page from it at the start of a build.
Our pages are no documents. So this module keeps Sphinx from removing them, and feeds them itself, without making a
document of each. For that it uses attributes of `IndexBuilder` that Sphinx calls private. They are the same in all
versions that we know, which tests/extension/test_searching.py makes sure of. In a later version without them the site
is built all the same, with a warning that the pages of publications cannot be searched.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from functools import cache, cached_property

from docutils import nodes
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.search import IndexBuilder, SearchLanguage
from sphinx.util.docutils import new_document
from sphinx.util.logging import getLogger

from sphinx_cv_ext.extension.build import Build
from sphinx_cv_ext.extension.lists import SAID, PublicationList
from sphinx_cv_ext.extension.processes import chore
from sphinx_cv_ext.extension.shells import by_leaf
from sphinx_cv_ext.frozen import frozen

_logger = getLogger(__name__)

PRIVATE = ("_all_titles", "_filenames", "_index_entries", "_mapping", "_title_mapping", "_titles", "_word_collector")
"""The private attributes of `IndexBuilder` that are used here."""


def index_of(builder: StandaloneHTMLBuilder) -> IndexBuilder | None:
    """The search index of ``builder``; None without one, and if it lacks an attribute in `PRIVATE`."""
    indexer = builder.indexer
    return indexer if indexer and all(hasattr(indexer, name) for name in PRIVATE) else None


def keep(builder: StandaloneHTMLBuilder, build: Build) -> None:
    """Make the index of ``builder`` keep our pages: those of the last build, and those that are fed to it in this one.

    Of a list of publications only the text in `SAID` is fed. The index is written only if something in it is new, and
    as a chore.
    """
    load, dump = builder.load_indexer, builder.dump_search_index

    def load_and_keep(docnames: Set[str]) -> None:
        if indexer := index_of(builder):
            _keep(indexer, build)
        elif builder.indexer and build.pages:
            problem = "the search index of this version of Sphinx is not known; publications' pages are not in it"
            _logger.warning("%s", problem, type="cv", subtype="search_index")
        load(docnames)

    def dump_what_is_new() -> None:
        # The index is empty if there was no file to load it from.
        indexer = index_of(builder)
        if build.is_index_new or not (indexer and indexer._titles):
            build.chores.append(chore(dump))

    builder.load_indexer = load_and_keep  # type: ignore[method-assign]
    builder.dump_search_index = dump_what_is_new  # type: ignore[method-assign]


def _keep(indexer: IndexBuilder, build: Build) -> None:
    prune = indexer.prune

    def prune_all_but_ours(docnames: Iterable[str]) -> None:
        kept = {*docnames, *build.pages.values()}
        gone = indexer._titles.keys() - kept
        # Sphinx would go through all words even if there is nothing to remove.
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
    """The stems of words, remembered for the whole build: pages share most of their words.

    Sphinx itself remembers them for one page only. An object of this class stands in for the method ``stem``.
    """

    def __init__(self, stem: Callable[[str], str]) -> None:
        super().__init__()
        self._stem = stem

    def __missing__(self, word: str) -> str:
        found = self[word] = self._stem(word)
        return found

    __call__ = dict.__getitem__


@frozen
class Told:
    """What is to be added to the index for some pages.

    ``pages`` maps the name of each page to its file, its title in HTML and its title in plain text. ``in_titles`` maps
    each word to the pages with that word in their title, ``on_pages`` to those with that word in their text.
    """

    pages: dict[str, tuple[str, str, str]]
    in_titles: Mapping[str, Sequence[str]]
    on_pages: Mapping[str, Sequence[str]]


class IndexFeed:
    """Adds our pages to the index of ``builder``, as `IndexBuilder.feed` would do with a document for each.

    Most words stand on many pages, and it takes long to find out under which term a word belongs in the index. So the
    words of many pages are gathered first, which any process can do, and then added together.
    """

    def __init__(self, builder: StandaloneHTMLBuilder, build: Build) -> None:
        self._indexer = index_of(builder)
        self._build = build
        self._path = by_leaf(lambda name: str(builder.env.doc2path(name, base=False)))
        self._terms = cache(self._terms_of)
        self._term = cache(self._term_of)
        self._begin()

    def _begin(self) -> None:
        self._pages: dict[str, tuple[str, str, str]] = {}
        self._in_titles: defaultdict[str, list[str]] = defaultdict(list)
        self._on_pages: defaultdict[str, list[str]] = defaultdict(list)

    def knows(self, name: str) -> bool:
        """Whether the page ``name`` is in the index; true as well if there is no index."""
        return not self._indexer or name in self._indexer._titles

    def forget(self, names: Collection[str]) -> None:
        """Remove pages from the index that will be fed to it again."""
        indexer = self._indexer
        if indexer and not indexer._titles.keys().isdisjoint(names):
            IndexBuilder.prune(indexer, indexer._titles.keys() - set(names))

    def page(self, name: str, html: str, title: str, said: str) -> None:
        """Gather the words of the page ``name``: its ``title``, which is ``html`` in HTML, and its text ``said``."""
        # Sphinx does the same: a page without a title is not found.
        if self._indexer and html:
            self._pages[name] = (self._path(name), html, title)
            for found, text in ((self._in_titles, title), (self._on_pages, said)):
                for word in self._words(text):
                    found[word].append(name)

    def gathered(self) -> Told:
        """What has been gathered since the last call."""
        told = Told(self._pages, dict(self._in_titles), dict(self._on_pages))
        self._begin()
        return told

    def tell(self, told: Told) -> None:
        """Add to the index what this or another process has gathered."""
        indexer = self._indexer
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
        """What the index has as the target of the title of a page; it differs between versions of Sphinx."""
        assert self._indexer
        document = new_document("")
        document += nodes.section("", nodes.title(), ids=["publication"])
        return self._indexer._word_collector(document).titles[0][1]

    def _words(self, text: str) -> Set[str]:
        """The parts of ``text`` that can be turned into terms one by one, each once: the index does not count them."""
        assert self._indexer
        language = self._indexer.lang
        # Sphinx's own way to split never joins two parts at a blank. Parts between blanks recur on many pages, so that
        # `_terms` remembers most of them.
        return set(text.split() if type(language).split is SearchLanguage.split else language.split(text))

    def _terms_of(self, part: str) -> list[str]:
        """The terms for one part of a text; see `_words`."""
        assert self._indexer
        language = self._indexer.lang
        words = language.split(part) if type(language).split is SearchLanguage.split else [part]
        return [term for term in map(self._term, words) if term]

    def _term_of(self, word: str) -> str:
        """The term under which the index has ``word``: its stem, or the word itself; empty if it has neither."""
        assert self._indexer
        language = self._indexer.lang
        # A number is its own stem, and there are very many of them: in addresses, and as page numbers.
        stem = word if word.isdigit() else language.stem(word).lower()
        return next(filter(language.word_filter, (stem, word)), "")


def _add(mapping: dict[str, set[str]], term: str, pages: Collection[str]) -> None:
    if term in mapping:
        mapping[term].update(pages)
    elif pages:
        mapping[term] = set(pages)
