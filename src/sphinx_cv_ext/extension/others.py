"""Packages whose code we have read, and which do not interfere with what we make in a faster way.

Where code of any other package has a part, the faster way is not taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

_BOTH = (
    *("sphinx", "sphinx_cv_ext", "sphinxext.opengraph", "notfound"),
    *("furo", "sphinx_basic_ng", "alabaster", "sphinx_rtd_theme"),
)

LEAVE_PAGES = (*_BOTH, "pydata_sphinx_theme", "sphinx_book_theme", "ablog")
"""Packages whose handlers of ``html-page-context`` do the same for all pages that are no documents."""

LEAVE_NODES = (*_BOTH, "docutils", "myst_parser", "sphinxcontrib.bibtex", "sphinx_design", "sphinx_copybutton")
"""Packages whose post-transforms and handlers of ``doctree-resolved`` do nothing to the nodes of a list."""

WRITE_ALL_ALIKE = (*LEAVE_NODES, "pydata_sphinx_theme")
"""Packages whose visitors write a node by its kind alone, whoever has made it."""

STAY_THE_SAME = (*LEAVE_PAGES, "jinja2", "markupsafe", "builtins", "_operator")
"""Packages whose filters and tests for templates are the same in the next build."""


def module_of(handler: Callable[..., object]) -> str:
    """The name of the module of a handler; empty if it has none."""
    return getattr(handler, "__module__", None) or ""


def are_all_of(modules: Iterable[str], packages: tuple[str, ...]) -> bool:
    """Whether all ``modules`` belong to ``packages``."""
    below = tuple(f"{package}." for package in packages)
    return all(module in packages or module.startswith(below) for module in modules)
