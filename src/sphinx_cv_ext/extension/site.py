"""The finished site: its address, the builders that make one, and the order of its pages."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

from sphinx.builders import Builder
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from sphinx_cv_ext.model.links import is_on_web

WITH_PAGES = frozenset({"html", "dirhtml"})
"""The builders that make a site of many pages; the others make a single page, a book or files for help systems."""

WITH_FILES = WITH_PAGES | {"singlehtml"}
"""The builders whose output is put on a web server."""


def is_site(builder: Builder) -> bool:
    """Whether ``builder`` makes a site of many pages."""
    return builder.name in WITH_PAGES


def base(config: Config) -> str:
    """The address of the finished site, with a slash at its end; empty if it is not known.

    It comes from ``html_baseurl`` or from Read the Docs:
    https://docs.readthedocs.com/platform/stable/reference/environment-variables.html
    """
    address = config.html_baseurl or os.environ.get("READTHEDOCS_CANONICAL_URL", "")
    # This is also called before the settings have been checked.
    return f"{address.rstrip('/')}/" if isinstance(address, str) and is_on_web(address) else ""


def is_given(config: Config, confdir: Path | str, name: str) -> bool:
    """Whether the project provides the file ``name`` itself, through ``html_extra_path``; then it is left alone."""
    folders = (Path(confdir, entry) for entry in config.html_extra_path)
    return any((folder / name).exists() or folder.name == name for folder in folders)


def beside(builder: Builder, page: str, name: str) -> str:
    """The address of the file ``name`` in the folder of a page, as seen from the top of the site."""
    folder, slash, _leaf = builder.get_target_uri(page).rpartition("/")
    return f"{folder}{slash}{name}"


def absolute(config: Config, uri: str) -> str:
    """The whole address of ``uri``, which is as seen from the top of the site; empty if either is not known."""
    return below(base(config), uri)


def below(address: str, uri: str) -> str:
    """The same as `absolute`, for callers that have the result of `base` already."""
    return f"{address}{uri}" if uri and address else ""


def order(env: BuildEnvironment) -> Iterator[str]:
    """The pages in the order of the toctrees; pages that are in none come last, by name."""
    seen: set[str] = set()
    waiting = [env.config.root_doc]
    while waiting:
        docname = waiting.pop()
        if docname not in seen and docname in env.found_docs:
            seen.add(docname)
            yield docname
            waiting.extend(reversed(env.toctree_includes.get(docname, [])))
    yield from sorted(env.found_docs - seen)


def copied(env: BuildEnvironment) -> dict[str, str]:
    """Where Sphinx puts the local files to which pages lead, by their paths, as seen from its folder for them."""
    folder = Path(env.srcdir)
    return {str((folder / name).resolve()): Path(place).as_posix() for name, (_docs, place) in env.dlfiles.items()}


def downloads(env: BuildEnvironment) -> dict[str, str]:
    """The addresses of the local files that pages link to, by the paths of the files, as seen from the top of the site.

    Sphinx copies these files for all builders that make pages.
    """
    return {path: f"_downloads/{quote(place)}" for path, place in copied(env).items()}


def is_at_top(config: Config) -> bool:
    """Whether files at the top of the site, such as robots.txt, are at the top of the host; true on Read the Docs."""
    is_on_read_the_docs = os.environ.get("READTHEDOCS") == "True"
    return bool(base(config)) and (is_on_read_the_docs or urlsplit(base(config)).path == "/")
