"""Examines a project for ``sphinx-cv doctor``: it reads it as ``sphinx-build`` does, but leaves no files behind."""

from __future__ import annotations

import io
import os
import platform
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import field
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.docutils import docutils_namespace, patch_docutils

from sphinx_cv_ext import lint, starter
from sphinx_cv_ext.diagnostics import Code, Diagnostic, Location, Severity
from sphinx_cv_ext.extension.build import Build
from sphinx_cv_ext.extension.directives import DIRECTIVES
from sphinx_cv_ext.extension.domain import CvDomain
from sphinx_cv_ext.extension.profile import CONF
from sphinx_cv_ext.extension.roles import PERSON
from sphinx_cv_ext.extension.settings import SETTINGS
from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.model.text import plain
from sphinx_cv_ext.starter.owner import similar

OPTIONAL: dict[str, str] = {
    "myst-parser": "pages in Markdown",
    "furo": "the theme that most sites begin with",
    "typst": "CVs as PDF, and pictures for shared links",
    "PyYAML": "importing what other tools keep in YAML",
    "sphinx-autobuild": "the site in the browser while you write",
}
"""Packages that are optional for a site, and what each is for."""

_OTHER = "other"
_NEIGHBOURS = ("bibtex_bibfiles", "html_baseurl", "html_theme", "language", "suppress_warnings")
_COLOUR = pattern(r"\x1b\[[0-9;]*m")
_CODE = pattern(r" \[([\w.-]+)\]$")
_SEVERITIES = {f"cv.{code.value}": code.severity for code in Code}
_WEIGHTS = (Severity.ERROR, Severity.WARNING, None, Severity.ADVICE)
_NO_EXTENSION = pattern(r"Could not import extension (\S+)")
_NO_MARKDOWN = pattern(r"unable to load the master document|parser for markdown not registered")
_MODULES = ("myst_parser", "sphinx_cv_ext")
_COLON_FENCE = pattern(r":{3,}\{\w")
_OPTION = pattern(r":([a-z]+):(?:\s|$)")
_NO_FENCES = 'add "colon_fence" to myst_enable_extensions in conf.py'
_NO_BRACES = "write its name in braces and a space after them, as in ':::{talk} 2019', and its options right below"
_LEVEL = pattern(r"(?:^|: )(?:WARNING|ERROR|CRITICAL|SEVERE): ")


@frozen
class Examination:
    """The result of an examination.

    ``versions`` maps Python and packages to their versions, which are empty for packages that are not installed.
    ``settings`` are those of ours, and a few related ones, that conf.py sets. ``files`` counts the pages, and the
    entries of each .bib file. ``warnings`` counts warnings and advice by code. ``failure`` says why the project cannot
    be read, and is empty if it can. ``first`` is the message to deal with first. ``has_errors`` is whether anything is
    lost.
    """

    versions: Mapping[str, str]
    settings: Mapping[str, object] = field(default_factory=dict)
    files: Mapping[str, int] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    warnings: Mapping[str, int] = field(default_factory=dict)
    failure: str = ""
    first: str = ""
    has_errors: bool = False


def examine(folder: Path) -> Examination:
    """Examine the project whose conf.py is in ``folder``. Its conf.py is run, as in every build."""
    said = io.StringIO()
    messages: list[str] = []
    settings: dict[str, object] = {}
    files: dict[str, int] = {}
    counts: dict[str, int] = {}
    failure = ""
    with tempfile.TemporaryDirectory() as out:
        try:
            # This builder reads and resolves all pages, and writes none.
            with _sphinx(folder, out, "dummy", said) as app:
                settings = dict(_settings(app))
                app.build()
                files = dict(_files(app))
                counts = dict(_counts(app))
                found = [_line(diagnostic) for diagnostic in (*_silent_fences(app), *_unmet(app), *_examples(app))]
            if not counts:
                failure = "the extension is not loaded; conf.py needs: extensions = ['myst_parser', 'sphinx_cv_ext']"
            messages = [*_messages(said, folder), *found]
            # Only a builder of HTML loads the theme, and warns of what is wrong with it.
            with _sphinx(folder, out, "html", html_said := io.StringIO()):
                messages += [message for message in _messages(html_said, folder) if message not in messages]
        except SphinxError as error:
            said_so = " ".join(_COLOUR.sub("", f"{error.category}: {error}").split())
            failure = failure or f"{said_so} {_remedy(said_so, folder)}".rstrip()
        # Another extension may raise anything.
        except Exception as error:
            failure = failure or f"{type(error).__name__}: {error}"
    first = failure or next(iter(sorted(messages, key=_weight)), "")
    warnings = dict(Counter(map(_code, messages)).most_common())
    has_errors = bool(failure) or any(map(_is_error, messages))
    return Examination(_versions(), settings, files, counts, warnings, failure, first, has_errors)


def _remedy(failure: str, folder: Path) -> str:
    """What to do about a ``failure`` of Sphinx that comes of a slip in conf.py; empty where that is not known."""
    if missing := _NO_EXTENSION.search(failure):
        name = missing[1]
        if "-" in name and find_spec(name.replace("-", "_")):
            return f"(in conf.py it is called {name.replace('-', '_')!r}; only pip calls it {name!r})"
        parts = (part for part in _MODULES if part in name and part != name)
        if part := next(parts, ""):
            return f"(is there a comma missing beside {part!r} in conf.py?)"
    if _NO_MARKDOWN.search(failure) and (folder / "index.md").is_file():
        return "(there is an index.md; to read it, extensions in conf.py must have 'myst_parser')"
    return ""


@contextmanager
def _sphinx(folder: Path, out: str, builder: str, said: io.StringIO) -> Iterator[Sphinx]:
    """A Sphinx application with ``builder`` for the project in ``folder``; its warnings are written to ``said``."""
    with docutils_namespace(), patch_docutils(folder):
        yield Sphinx(folder, folder, out, out, builder, status=None, warning=said, freshenv=True)


def _messages(said: io.StringIO, folder: Path) -> list[str]:
    """The warnings and errors in what Sphinx ``said``, a line each."""
    text = _COLOUR.sub("", said.getvalue()).replace(f"{folder.resolve()}/", "")
    return [line for line in text.splitlines() if _LEVEL.search(line)]


def _line(said: Diagnostic) -> str:
    """A diagnostic that no build reports, in the form of Sphinx's warnings."""
    return f"{said.location}: {said.code.severity.name}: {said} [cv.{said.code.value}]"


def _versions() -> dict[str, str]:
    needed = [re.split(r"[^\w.-]", line)[0] for line in requires("sphinx-cv-ext") or () if "extra ==" not in line]
    return {
        "Python": platform.python_version(),
        **{name: _version(name) for name in ("sphinx-cv-ext", *needed, *OPTIONAL)},
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _settings(app: Sphinx) -> Iterator[tuple[str, object]]:
    """The settings that differ from their defaults, with the values that are used."""
    defaults = {setting.name: setting.default for setting in SETTINGS} | dict.fromkeys(_NEIGHBOURS)
    for name, default in defaults.items():
        if name in app.config and app.config[name] and app.config[name] != default:
            yield name, app.config[name]


def _files(app: Sphinx) -> Iterator[tuple[str, int]]:
    """The pages, and the entries that each .bib file has."""
    yield "pages", len(app.env.found_docs)
    if "cv" in app.env.domains:
        library = Build.of(app.env).library
        for name in app.config.bibtex_bibfiles:
            path = (Path(app.confdir) / name).resolve()
            yield name, sum(Path(work.location.file).resolve() == path for work in library.listed)


def _counts(app: Sphinx) -> Iterator[tuple[str, int]]:
    if "cv" in app.env.domains:
        domain = CvDomain.of(app.env)
        yield "publications", len(Build.of(app.env).library.listed)
        yield "entries", sum(map(len, domain.entries.values()))
        yield "CVs", sum(map(len, domain.plans.values()))


def _examples(app: Sphinx) -> Iterator[Diagnostic]:
    """The examples with which the site began."""
    if "cv" in app.env.domains:
        yield from lint.examples(Build.of(app.env).library.listed)
        for docname, entries in CvDomain.of(app.env).entries.items():
            place = Location(os.path.relpath(app.env.doc2path(docname), app.confdir))
            for what, where in ((plain(entry.what), plain(entry.where)) for entry in entries):
                if starter.is_example(what, where):
                    yield lint.example(what, place)


def _unmet(app: Sphinx) -> Iterator[Diagnostic]:
    """The people of ``cv_people`` whom no publication and no page names, and the names there that may be theirs."""
    people = Build.of(app.env).people if "cv" in app.env.domains else None
    if people is None:
        return
    listed = Build.of(app.env).library.listed
    authors = [author for publication in listed for author in publication.people]
    found = {person.name for person in map(people.find, authors) if person}
    found |= {
        node[PERSON]
        for docname in app.env.found_docs
        for node in app.env.get_doctree(docname).findall(nodes.Element)
        if PERSON in node
    }
    for person in people.all:
        if person.name not in found:
            near = similar(person.names[0], (author.name for author in authors)) if person.names else ()
            words = f" (but there is {' and '.join(map(repr, near))}, for 'spellings')" if near else ""
            problem = f"cv_people: no publication names {person.name!r}{words}"
            yield Diagnostic(Code.PERSON_NOT_FOUND, CONF, problem, "the address is shown nowhere")


def _silent_fences(app: Sphinx) -> Iterator[Diagnostic]:
    """The first of the directives that pages show as text: MyST does not recognise them, and says nothing."""
    if "myst_parser" not in app.extensions:
        return
    has_fences = "colon_fence" in app.config.myst_enable_extensions
    texts = (
        (docname, text)
        for docname in sorted(app.env.found_docs)
        for text in app.env.get_doctree(docname).findall(nodes.paragraph)
        # Not what is written as code.
        if isinstance(text.next_node(), nodes.Text)
        and (_is_option if has_fences else _COLON_FENCE.match)(text.astext())
    )
    if found := next(texts, None):
        docname, text = found
        more = sum(1 for _text in texts)
        place = Location(os.path.relpath(app.env.doc2path(docname), app.confdir), text.line or 0)
        what = f"{text.astext().splitlines()[0]!r}{f' (and {more} more)' if more else ''}"
        problem = f"MyST reads no directive in {what}; {_NO_BRACES if has_fences else _NO_FENCES}"
        yield Diagnostic(Code.FENCE_UNREAD, place, problem, "it is shown as text")


def _is_option(text: str) -> bool:
    """Whether a paragraph begins like an option of ours; its directive was none then."""
    found = _OPTION.match(text)
    return found is not None and any(found[1] in directive.OPTIONS for directive in DIRECTIVES.values())


def _code(message: str) -> str:
    found = _CODE.search(message)
    return found[1] if found else _OTHER


def _weight(message: str) -> int:
    """The rank of a message: errors, then warnings of ours, then warnings of Sphinx, then advice."""
    return _WEIGHTS.index(_SEVERITIES.get(_code(message)))


def _is_error(message: str) -> bool:
    """Whether a message is an error, by our code or, without one, by the level that Sphinx gives it."""
    severity = _SEVERITIES.get(_code(message))
    return severity is Severity.ERROR or (severity is None and ": WARNING: " not in f": {message}")
