"""Where the finished site stands, which builders make one, and how one goes through its pages."""

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
"""The builders that make a site of many pages. A single page, a book and the formats of help systems are none."""

WITH_FILES = WITH_PAGES | {"singlehtml"}
"""The builders whose output is put on a web server."""


def is_site(builder: Builder) -> bool:
    """Whether ``builder`` makes a site of many pages."""
    return builder.name in WITH_PAGES


def base(config: Config) -> str:
    """The address of the finished site with a slash at its end; empty where nobody has told it.

    ``html_baseurl`` tells it, or Read the Docs:
    https://docs.readthedocs.com/platform/stable/reference/environment-variables.html
    """
    address = config.html_baseurl or os.environ.get("READTHEDOCS_CANONICAL_URL", "")
    # Asked before conf.py has been put in order, too.
    return f"{address.rstrip('/')}/" if isinstance(address, str) and is_on_web(address) else ""


def is_given(config: Config, confdir: Path | str, name: str) -> bool:
    """Whether the project itself has the file ``name`` of the site, in ``html_extra_path``; it stays then."""
    folders = (Path(confdir, entry) for entry in config.html_extra_path)
    return any((folder / name).exists() or folder.name == name for folder in folders)


def beside(builder: Builder, page: str, name: str) -> str:
    """The address of a file that lies in the folder of a page, as seen from the top of the site."""
    folder, slash, _leaf = builder.get_target_uri(page).rpartition("/")
    return f"{folder}{slash}{name}"


def absolute(config: Config, uri: str) -> str:
    """The address of a file of the site, ``uri`` seen from its top; empty where that or the site's own is not known."""
    return below(base(config), uri)


def below(address: str, uri: str) -> str:
    """The same where the address of the site, see `base`, has been found out already."""
    return f"{address}{uri}" if uri and address else ""


def order(env: BuildEnvironment) -> Iterator[str]:
    """The pages as the toctrees lead through them; those outside of any come last, by name."""
    seen: set[str] = set()
    waiting = [env.config.root_doc]
    while waiting:
        docname = waiting.pop()
        if docname not in seen and docname in env.found_docs:
            seen.add(docname)
            yield docname
            waiting.extend(reversed(env.toctree_includes.get(docname, [])))
    yield from sorted(env.found_docs - seen)


def downloads(env: BuildEnvironment) -> dict[str, str]:
    """Where the finished site has the local files to which its pages lead, by their paths, as seen from its top.

    Sphinx copies them there for all builders that make pages.
    """
    folder = Path(env.srcdir)
    return {
        str((folder / name).resolve()): f"_downloads/{quote(Path(place).as_posix())}"
        for name, (_docnames, place) in env.dlfiles.items()
    }


def is_at_top(config: Config) -> bool:
    """Whether the site's top is that of its host; Read the Docs takes files of the host from the site."""
    is_on_read_the_docs = os.environ.get("READTHEDOCS") == "True"
    return bool(base(config)) and (is_on_read_the_docs or urlsplit(base(config)).path == "/")
