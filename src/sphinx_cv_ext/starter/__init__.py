"""Makes a new site: a few files with comments that can be built as they are."""

from __future__ import annotations

import json
import re
import string
from collections.abc import Mapping
from dataclasses import field
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from importlib.resources import files
from pathlib import Path

from sphinx_cv_ext.diagnostics import Diagnostic
from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.outputs import bibtex
from sphinx_cv_ext.outputs.words import Translate
from sphinx_cv_ext.sources import Database, Settings, load
from sphinx_cv_ext.starter.owner import name_parts
from sphinx_cv_ext.starter.quoting import PythonValue, markdown, one_line, python


@frozen
class Theme:
    """A theme: its package, unless that is installed with ours, and lines for conf.py that improve it."""

    package: str = ""
    settings: str = ""


THEMES: dict[str, Theme] = {
    "furo": Theme(),
    "alabaster": Theme(),
    "pydata_sphinx_theme": Theme(
        "pydata-sphinx-theme",
        '# All pages are in the top bar, so there is nothing to show on the left.\nhtml_sidebars = {"**": []}\n',
    ),
    "sphinx_book_theme": Theme("sphinx-book-theme"),
    "sphinx_rtd_theme": Theme("sphinx-rtd-theme"),
}
"""The themes that a new site can have."""

PREVIEW = "sphinx-autobuild --open-browser --watch . docs out"
"""The command that shows a site in the browser, and updates it whenever a file changes."""

_FILES = {
    "docs/conf.py": "conf.py.txt",
    "docs/index.md": "index.md",
    "docs/publications.md": "publications.md",
    "docs/experience.md": "experience.md",
    "docs/cv.md": "cv.md",
    "refs.bib": "refs.bib",
    "requirements.txt": "requirements.txt",
    ".readthedocs.yaml": "readthedocs.yaml",
    ".github/workflows/pages.yml": "pages.yml",
    ".gitlab-ci.yml": "gitlab-ci.yml",
    ".gitignore": "gitignore",
    "README.md": "README.md",
}
_EXAMPLES = ("refs.bib", "docs/experience.md")

_FONTS = "fonts-noto-cjk"
_ON_GITHUB = f"      - run: sudo apt-get update && sudo apt-get install --yes {_FONTS}\n"
# Chinese, Japanese and Korean characters, which Typst's own font does not have.
_CJK = pattern("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


_MANY = 30
_FEWER = 10
_FEWER_AUTHORS = f"""
# Lists show this many authors of a work, and always you; without this line they show all.
cv_max_authors = {_FEWER}
"""


class _Template(string.Template):
    # "$" and "{{" have a meaning in the files themselves.
    delimiter = "@@"


@frozen
class Answers:
    """What a site is made from.

    ``profile`` has the values of ``cv_profile``, at least "name". ``bib`` is the content of ``refs.bib``; with None it
    has two examples. ``pages`` maps names to the content of pages that replace our example page, unless it is None.
    ``settings`` are further values for conf.py. ``translate`` translates our words into the ``language`` of the site.
    """

    profile: Mapping[str, PythonValue]
    bib: bytes | None = None
    theme: str = "furo"
    pages: Mapping[str, str] | None = None
    settings: Mapping[str, PythonValue] = field(default_factory=dict)
    language: str = "en"
    translate: Translate = str


HEADINGS = {
    "publications": "Publications",
    "experience": "Experience",
    "cv": "CV",
    "everything": "Everything on these pages in one document.",
}
"""The headings and other words of the pages, by their names in the templates."""

LISTS = ("Selected publications", "Recent publications")
"""The heading of the list on the landing page: if publications are marked for it, and if none are."""


def read_bib(path: Path) -> tuple[Database, list[Diagnostic]]:
    """The content of a .bib file, and the problems in it."""
    found: list[Diagnostic] = []
    return load(Settings([path]), found.append), found


def site(answers: Answers, database: Database | None = None) -> dict[str, bytes]:
    """The files of a site by name; ``database`` is the content of ``answers.bib``."""
    values = _values(answers, database)
    found = {name: _filled(template, values).encode() for name, template in _FILES.items()}
    if answers.bib is not None:
        found["refs.bib"] = answers.bib
    if database and not database.library.listed:
        del found["docs/publications.md"]
    if answers.pages is not None:
        del found["docs/experience.md"]
        found |= {name: text.encode() for name, text in answers.pages.items()}
    return found


def examples(name: str, translate: Translate = str) -> dict[str, bytes]:
    """The files that contain only examples, on the site of ``name``."""
    values = {"author": bibtex.names([name_parts(name)]), **_headings(translate)}
    return {file: _filled(_FILES[file], values).encode() for file in _EXAMPLES}


def is_example(*texts: str) -> bool:
    """Whether all of ``texts``, a key and a title or what and where, are together in one of our examples."""
    return texts in _examples()


@cache
def _examples() -> frozenset[tuple[str, ...]]:
    jobs = re.findall(r":what: (.*)\n:where: (.*)", _template("experience.md"))
    return frozenset([*_works(), *jobs])


def _works() -> list[tuple[str, ...]]:
    """The keys and titles of our examples of publications."""
    return re.findall(r"@\w+\{(\w+),\s*title *= \{(.*)\}", _template("refs.bib"))


def landing_page(name: str, database: Database | None = None, translate: Translate = str) -> bytes:
    """The landing page of a site; ``database`` is the content of ``refs.bib``, or None for our examples."""
    return _filled("index.md", _landing(one_line(name), database, translate)).encode()


def _filled(template: str, values: Mapping[str, str]) -> str:
    return _Template(_template(template)).substitute(values).rstrip() + "\n"


def _template(name: str) -> str:
    return (files(__package__) / "templates" / name).read_text(encoding="utf-8")


def _values(answers: Answers, database: Database | None) -> dict[str, str]:
    name = one_line(str(answers.profile["name"]))
    needs_fonts = bool(_CJK.search(str(answers.profile)))
    requirement, comment = _requirement()
    theme = THEMES.get(answers.theme, Theme())
    return {
        "name": python(name),
        "profile": python(answers.profile),
        "settings": "".join(f"{key} = {python(value)}\n" for key, value in answers.settings.items()),
        "fewer_authors": _FEWER_AUTHORS if database and _has_long_lists(database) else "",
        "theme": python(answers.theme),
        "language": python(answers.language),
        **_headings(answers.translate),
        **_landing(name, database, answers.translate),
        "author": bibtex.names([name_parts(name)]),
        "requirement": requirement,
        "comment": comment,
        "theme_requirement": theme.package,
        "theme_settings": theme.settings,
        "preview": PREVIEW,
        "fonts_on_read_the_docs": f"  apt_packages:\n    - {_FONTS}\n" if needs_fonts else "",
        "fonts_on_github": _ON_GITHUB if needs_fonts else "",
        "fonts_on_gitlab": f"    - apt-get update && apt-get install --yes {_FONTS}\n" if needs_fonts else "",
    }


def _has_long_lists(database: Database) -> bool:
    return any(len(publication.authors) > _MANY for publication in database.library.listed)


def _headings(translate: Translate) -> dict[str, str]:
    return {name: markdown(translate(words)) for name, words in HEADINGS.items()}


def _landing(name: str, database: Database | None, translate: Translate) -> dict[str, str]:
    """The values for the landing page; without publications it has no list, which would be a warning."""
    listed = database.library.listed if database else ()
    is_empty = database is not None and not listed
    has_selected = database is None or any(publication.selected for publication in listed)
    lists = {
        "heading": markdown(translate(LISTS[0 if has_selected else 1])),
        "option": "selected:" if has_selected else "limit: 5",
    }
    keys = [publication.key for publication in listed] or [key for key, *_words in _works()]
    return {
        "key": keys[0],
        "heading": markdown(name),
        "lists": "" if is_empty else _filled("lists.md", lists) + "\n",
        "first": "" if is_empty else "publications\n",
    }


def _requirement() -> tuple[str, str]:
    """The requirement with which pip finds this package again, and a comment if others cannot use it.

    PEP 610 records where pip has installed the package from.
    """
    try:
        recorded = json.loads(distribution("sphinx-cv-ext").read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        recorded = {}
    if "vcs_info" in recorded:
        commit = recorded["vcs_info"].get("commit_id", "")
        return f"sphinx-cv-ext[docs] @ {recorded['vcs_info']['vcs']}+{recorded['url']}@{commit}".rstrip("@"), ""
    comment = "# Installed from a folder here. Elsewhere pip needs its repository: sphinx-cv-ext[docs] @ git+URL\n"
    return "sphinx-cv-ext[docs]", comment if "dir_info" in recorded else ""
