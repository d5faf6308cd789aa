"""Our pages in Sphinx's search index, which knows documents of the project alone and forgets all others."""

from __future__ import annotations

from collections.abc import Collection, Set
from functools import cache

from docutils import nodes
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.search import IndexBuilder

from sphinx_cv_ext.extension.domain import CvDomain
from sphinx_cv_ext.extension.lists import SAID, PublicationList


def keep(builder: StandaloneHTMLBuilder, domain: CvDomain) -> None:
    """Have the index keep the pages of ``domain`` that it knows from the last build, and those that it is fed.

    Of a list it is fed no more than `SAID`.
    """
    load = builder.load_indexer

    def load_and_keep(docnames: Set[str]) -> None:
        if builder.indexer:
            _keep(builder.indexer, domain)
        load(docnames)

    builder.load_indexer = load_and_keep  # type: ignore[method-assign]


def _keep(indexer: IndexBuilder, domain: CvDomain) -> None:
    prune = indexer.prune
    indexer.prune = lambda docnames: prune({*docnames, *domain.pages.values()})  # type: ignore[method-assign]
    # Sphinx remembers a stem for one page only, and pages share most of their words.
    indexer.lang.stem = cache(indexer.lang.stem)  # type: ignore[method-assign]
    feed = indexer.feed

    def feed_without_lists(docname: str, filename: str, title: str, doctree: nodes.document) -> None:
        lists = [(node, node.children) for node in doctree.findall(nodes.Element) if _is_list(node)]
        for node, _children in lists:
            node.children = [nodes.Text(node[SAID])]
        feed(docname, filename, title, doctree)
        for node, children in lists:
            node.children = children

    indexer.feed = feed_without_lists  # type: ignore[method-assign,assignment]


def _is_list(node: nodes.Element) -> bool:
    return isinstance(node, PublicationList | nodes.bullet_list) and SAID in node


def knows(builder: StandaloneHTMLBuilder, name: str) -> bool:
    """Whether the page ``name`` is in the index, if there is one."""
    return not builder.indexer or name in builder.indexer._titles


def forget(builder: StandaloneHTMLBuilder, names: Collection[str]) -> None:
    """Strike out of the index what is fed to it anew."""
    indexer = builder.indexer
    if indexer and not indexer._titles.keys().isdisjoint(names):
        IndexBuilder.prune(indexer, indexer._titles.keys() - set(names))
