"""Whose code leaves alone what is ours, as far as we have read it; anybody else's is asked each time."""

from __future__ import annotations

from collections.abc import Callable, Iterable

_BOTH = (
    *("sphinx", "sphinx_cv_ext", "sphinxext.opengraph", "notfound"),
    *("furo", "sphinx_basic_ng", "alabaster", "sphinx_rtd_theme"),
)

LEAVE_PAGES = (*_BOTH, "pydata_sphinx_theme", "sphinx_book_theme", "ablog")
"""Whose handlers of ``html-page-context`` treat all pages alike that are no documents."""

LEAVE_NODES = (*_BOTH, "docutils", "myst_parser", "sphinxcontrib.bibtex", "sphinx_design", "sphinx_copybutton")
"""Whose post-transforms and handlers of ``doctree-resolved`` do nothing to the nodes of a list."""


WRITE_ALL_ALIKE = (*LEAVE_NODES, "pydata_sphinx_theme")
"""Whose writers of nodes treat ours by their kinds alone."""


STAY_THE_SAME = (*LEAVE_PAGES, "jinja2", "markupsafe", "builtins", "_operator")
"""Whose filters and tests of templates are the same in the next build."""


def module_of(handler: Callable[..., object]) -> str:
    """The module of a handler; empty for one that has none."""
    return getattr(handler, "__module__", None) or ""


def are_all_of(modules: Iterable[str], packages: tuple[str, ...]) -> bool:
    """Whether all ``modules`` belong to ``packages``."""
    below = tuple(f"{package}." for package in packages)
    return all(module in packages or module.startswith(below) for module in modules)
