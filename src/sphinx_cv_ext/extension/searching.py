"""Our pages in Sphinx's search index, which knows documents of the project alone and forgets all others."""

from __future__ import annotations

from collections.abc import Collection, Set
from functools import cache

from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.search import IndexBuilder

from sphinx_cv_ext.extension.domain import CvDomain


def keep(builder: StandaloneHTMLBuilder, domain: CvDomain) -> None:
    """Have the index keep the pages of ``domain`` that it knows from the last build, and those that it is fed."""
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


def knows(builder: StandaloneHTMLBuilder, name: str) -> bool:
    """Whether the page ``name`` is in the index, if there is one."""
    return not builder.indexer or name in builder.indexer._titles


def forget(builder: StandaloneHTMLBuilder, names: Collection[str]) -> None:
    """Strike out of the index what is fed to it anew."""
    indexer = builder.indexer
    if indexer and not indexer._titles.keys().isdisjoint(names):
        IndexBuilder.prune(indexer, indexer._titles.keys() - set(names))
