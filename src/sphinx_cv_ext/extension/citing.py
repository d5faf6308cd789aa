"""The one module that touches sphinxcontrib-bibtex: it gets our entries, and citations lead to our lists.

Left to itself it reads the .bib files with a strict parser of its own, and knows only the entries that a
``{bibliography}`` shows. Two things are put into its domain instead, both of its documented records:

- before it reads, the entries that our tolerant reader found, as complete as if it had just read the files;
- when a ``{cite}`` is resolved, beside the citations of every ``{bibliography}``, one for each publication that
  stands in a list of ours and so has an address. Citing then goes on as usual: on the page itself, else to our list.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar, cast

from docutils import nodes
from pybtex.backends.plaintext import Backend as PlainTextBackend
from pybtex.bibtex.utils import split_tex_string
from pybtex.database import BibliographyData, Entry, Person
from pybtex.exceptions import PybtexError
from pybtex.plugin import find_plugin, register_plugin
from pybtex.richtext import Text
from pybtex.style import FormattedEntry
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinxcontrib.bibtex.bibfile import BibData, BibFile
from sphinxcontrib.bibtex.citation_target import parse_citation_targets
from sphinxcontrib.bibtex.directives import BibliographyKey, BibliographyValue
from sphinxcontrib.bibtex.domain import BibtexDomain, Citation
from sphinxcontrib.bibtex.roles import CiteRole

from sphinx_cv_ext.diagnostics import Code, Diagnostic
from sphinx_cv_ext.extension.build import Build, Home
from sphinx_cv_ext.extension.reporting import place, warn
from sphinx_cv_ext.model.links import is_safe_url
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.model.people import Name, once_per_name
from sphinx_cv_ext.model.publication import Publication
from sphinx_cv_ext.outputs.bibtex import escape
from sphinx_cv_ext.outputs.lines import title_line
from sphinx_cv_ext.sources import Database
from sphinx_cv_ext.sources.latex import decode_plain
from sphinx_cv_ext.sources.links import clean_url
from sphinx_cv_ext.sources.raw import RawEntry

_BACKENDS = "pybtex.backends"

_OURS = "cv-publications"
"""The id of the bibliography that stands for the lists on a page; there is no node with it."""


@cache
def _remember_backends() -> None:
    """Register two backends with pybtex, which would otherwise scan all installed packages at every ``{cite}``."""
    for name in ("plaintext", "docutils"):
        register_plugin(_BACKENDS, name, find_plugin(_BACKENDS, name), force=True)


class _Entries(Mapping[str, Any]):
    """Entries for pybtex by key, each made when it is asked for.

    pybtex ignores the case of keys: of keys that differ only in case it gets the first. `exactly` finds any of them.
    """

    def __init__(self, database: Database) -> None:
        self._by_key = database.library.by_key
        self._database = database
        self._made: dict[str, Any] = {}
        self._first: dict[str, str] = {}
        for key in database.path_of:
            self._first.setdefault(key.lower(), key)

    @cached_property
    def _raw(self) -> dict[str, RawEntry]:
        """The raw entries by key. If no file has changed, the files are only scanned for this."""
        return {raw.key: raw for raw in self._database.entries}

    def exactly(self, key: str) -> Any:
        """The entry with this key, in this case."""
        if key not in self._made:
            self._made[key] = _entry(self._raw[key], self._by_key[key])
        return self._made[key]

    def __getitem__(self, key: str) -> Any:
        return self.exactly(self._first[key.lower()])

    def __iter__(self) -> Iterator[str]:
        return iter(self._first.values())

    def __len__(self) -> int:
        return len(self._first)

    def __reduce__(self) -> Any:
        # Sphinx pickles the environment with an empty dictionary instead: each build provides the entries again.
        return dict, ()


class TolerantCiteRole(CiteRole):
    """``{cite}`` with a warning for a target that cannot be parsed, which would otherwise end the build."""

    def run(self) -> Any:
        """The citation, or its text as a literal if it cannot be parsed."""
        try:
            list(parse_citation_targets(self.target))
        except (ValueError, RecursionError):
            problem = f"cite: {self.target!r} cannot be read; it is written KEY or KEY,KEY"
            where = place(*self.get_source_info())
            warn(Diagnostic(Code.KEY_UNKNOWN, where, problem, "it is shown as it is written"))
            return [nodes.literal(self.target, self.target)], []
        _remember_backends()
        return super().run()


class CiteDomain(BibtexDomain):
    """The domain of sphinxcontrib-bibtex, extended to find publications in our lists.

    sphinxcontrib-bibtex goes through all citations twice for each ``{cite}``. Here a citation of ours is made when it
    is needed, and each ``{cite}`` sees only the citations of its own keys. ``entries`` belong to the running build, see
    `provide_entries`.
    """

    roles: ClassVar[dict[str, Any]] = {name: TolerantCiteRole() for name in BibtexDomain.roles}
    entries: _Entries
    _addresses: Mapping[str, Home] = MappingProxyType({})
    _by_key: Mapping[str, list[Any]] = MappingProxyType({})

    def offer(self, addresses: Mapping[str, Home]) -> None:
        """Make the publications with these keys citable, in addition to those in a ``{bibliography}``."""
        self._addresses = addresses
        by_key: dict[str, list[Any]] = {}
        for citation in self.citations:
            by_key.setdefault(citation.key, []).append(citation)
        self._by_key = by_key

    def gives(self, key: str) -> tuple[str, ...]:
        """Everything that a citation of ``key`` shows: label, tooltip, authors, year and address."""
        found: tuple[str, ...] = ()
        if key in self._addresses:
            found = (*_what_we_give(Build.of(self.env).library.by_key[key]), *self._addresses[key])
        for citation in self._by_key.get(key, ()):
            found += _what_it_gives(citation)
        return found

    def resolve_xref(self, *given: Any) -> Any:
        """Resolve a ``{cite}``."""
        with self._only(target.key for target in parse_citation_targets(given[4])):
            return super().resolve_xref(*given)

    def resolve_any_xref(self, *given: Any) -> Any:
        """Resolve an ``{any}`` whose target may be the key of a publication."""
        with self._only(key.strip() for key in given[3].split(",")):
            return super().resolve_any_xref(*given)

    @contextmanager
    def _only(self, keys: Iterable[str]) -> Iterator[None]:
        _remember_backends()
        every = self.data["citations"]
        self.data["citations"] = [citation for key in dict.fromkeys(keys) for citation in self._of(key)]
        try:
            yield
        finally:
            self.data["citations"] = every

    def _of(self, key: str) -> list[Any]:
        if key in self._addresses:
            home = self._addresses[key]
            where = BibliographyKey(docname=home.docname, id_=_OURS)
            self.bibliographies.setdefault(where, _no_bibliography())
            publication = Build.of(self.env).library.by_key[key]
            entry = self.entries.exactly(key)
            ours = [_citation(publication, home, where, entry, self.env.config.bibtex_tooltips)]
        else:
            ours = []
        return [*self._by_key.get(key, ()), *ours]


def provide_entries(env: BuildEnvironment, encoding: str, bibfiles: Sequence[Path], database: Database) -> None:
    """Give the ``cite`` domain our entries, in the form in which it would keep its own."""
    entries = _Entries(database)
    keys: dict[Path, dict[str, None]] = {bibfile: {} for bibfile in bibfiles}
    # Of keys that differ only in case the others are still citable, if they are in one of our lists.
    for key in entries:
        keys[database.path_of[key]][key] = None
    data = BibliographyData()
    data.entries = entries
    cite = cast(CiteDomain, env.get_domain("cite"))
    cite.entries = entries
    cite.data["bibdata"] = BibData(
        encoding=encoding,
        bibfiles={bibfile: BibFile(_mtime(bibfile), keys[bibfile]) for bibfile in bibfiles},
        data=data,
    )
    for where in [where for where in cite.bibliographies if where.id_ == _OURS]:
        del cite.bibliographies[where]


def _mtime(path: Path) -> float:
    try:
        return path.lstat().st_mtime
    except OSError:
        return -math.inf


# The types for which pybtex's styles have a template; any other type makes it fail.
_KNOWN_TYPES = frozenset(
    [
        "article",
        "book",
        "booklet",
        "inbook",
        "incollection",
        "inproceedings",
        "manual",
        "mastersthesis",
        "misc",
        "online",
        "patent",
        "phdthesis",
        "proceedings",
        "techreport",
        "unpublished",
    ]
)
_NEAREST_TYPES = {
    "thesis": "phdthesis",
    "report": "techreport",
    "chapter": "incollection",
    "conference": "inproceedings",
    "workshop": "inproceedings",
}
# BibTeX's names for fields that biblatex calls otherwise.
_BIBTEX_NAMES = {"journaltitle": "journal", "location": "address", "eprinttype": "archiveprefix"}


def _entry(raw: RawEntry, publication: Publication) -> Any:
    """An entry for pybtex: its fields as LaTeX, as they are written; its people as we have read them."""
    entry_type = raw.type if raw.type in _KNOWN_TYPES else _NEAREST_TYPES.get(publication.type.name, "misc")
    fields = {
        _BIBTEX_NAMES.get(name, name): field.value
        for name, field in raw.fields.items()
        if name not in ("author", "editor") and "+an" not in name
    }
    fields = {name: value for name, value in fields.items() if _is_harmless(name, value)}
    fields.setdefault("title", escape(title_line(publication)))
    if publication.year:
        fields.setdefault("year", str(publication.year))
    for name, other in (("institution", "school"), ("school", "institution")):
        if other in fields:
            fields.setdefault(name, fields[other])
    people = {"editor" if publication.part == "editor" else "author": [author.name for author in publication.authors]}
    if editors := publication.credited("editor"):
        people["editor"] = list(editors)
    persons = {role: [_person(name) for name in names] for role, names in people.items() if names}
    entry = Entry(entry_type, fields=fields, persons=persons)
    entry.key = raw.key
    return entry


_URL_COMMAND = pattern(r"\\(?:url|href)\s*\{([^{}]*)")


def _is_harmless(name: str, value: str) -> bool:
    """Whether all addresses in a field are safe: sphinxcontrib-bibtex makes a link of any address."""
    addresses = [value] if name == "url" else _URL_COMMAND.findall(value) if "\\" in value else []
    return all(is_safe_url(clean_url(address)) for address in addresses)


@once_per_name
def _person(name: Name) -> Any:
    # pybtex parses names as LaTeX. Braces keep the name of a group together.
    family = escape(name.family) if name.given else f"{{{escape(name.family)}}}"
    person = Person()
    person.first_names = _words(escape(name.given))
    person.prelast_names = _words(escape(name.particle))
    person.last_names = _words(family)
    person.lineage_names = _words(escape(name.suffix))
    return person


def _words(text: str) -> list[str]:
    """A part of a name split into words, as pybtex does it, whose own function is slow."""
    is_plain = "{" not in text and "\\" not in text and "~" not in text
    return text.split() if is_plain else [*split_tex_string(text)]


def make_bibliographies_safe(app: Sphinx, env: BuildEnvironment) -> None:
    """Replace fields that pybtex cannot parse in entries that a ``{bibliography}`` shows.

    pybtex raises an error if braces do not match, escaped ones included. Such a field is replaced with what our decoder
    makes of it, escaped again.
    """
    cite: Any = env.get_domain("cite")
    files = {path for key, value in cite.bibliographies.items() if key.id_ != _OURS for path in value.bibfiles}
    for path in files:
        for key in cite.bibdata.bibfiles[path].keys:
            found = cite.bibdata.data.entries[key].fields
            for name, value in list(found.items()):
                if not _is_pybtex_latex(value):
                    found[name] = escape(decode_plain(value).translate(_NO_BRACES))


_NO_BRACES = str.maketrans("", "", "{}")


def _is_pybtex_latex(value: str) -> bool:
    try:
        Text.from_latex(value)
    except (PybtexError, ValueError, RecursionError):
        return False
    return True


def provide_citations(app: Sphinx, env: BuildEnvironment) -> None:
    """Make every publication with a home citable."""
    build = Build.of(env)
    cite: Any = env.get_domain("cite")
    # A citation leads to a publication's own page only if no list and no {bibliography} has it.
    shown = {citation.key for citation in cite.citations}
    pages = {key: Home(page, "") for key, page in build.pages.items() if key not in shown}
    addresses = {**pages, **build.gathered.homes}
    for preprint, work in build.library.preprints.items():
        if work in addresses:
            addresses.setdefault(preprint, addresses[work])
    cite.offer(addresses)


def _no_bibliography() -> Any:
    """The record of a bibliography without a .bib file, for which sphinxcontrib-bibtex formats nothing."""
    return BibliographyValue(
        line=0,
        bibfiles=[],
        style="plain",
        list_="citation",
        enumtype="",
        start=1,
        labelprefix="",
        keyprefix="",
        filter_=ast.parse("False"),
        citation_nodes={},
        keys=[],
    )


def _citation(publication: Publication, home: Home, where: Any, entry: Any, tooltips: bool) -> Any:
    formatted = FormattedEntry(publication.key, Text(_tooltip(publication)), publication.citing_label)
    return Citation(
        citation_id=home.target,
        bibliography_key=where,
        key=publication.key,
        entry=entry,
        formatted_entry=formatted,
        tooltip_entry=formatted if tooltips else None,
    )


def _tooltip(publication: Publication) -> str:
    names = [str(author.name) for author in publication.authors]
    people = ", ".join(names[:6]) + (" et al." if len(names) > 6 or publication.et_al else "")
    said = (people.rstrip("."), title_line(publication).rstrip("."), publication.occasion)
    return ". ".join(filter(None, said)) + "."


def _what_we_give(publication: Publication) -> tuple[str, ...]:
    people = [str(name) for name in (*(author.name for author in publication.authors), *publication.credited("editor"))]
    return publication.citing_label, _tooltip(publication), str(publication.year or ""), "; ".join(people)


def _what_it_gives(citation: Any) -> tuple[str, ...]:
    return (
        citation.formatted_entry.label,
        citation.tooltip_entry.text.render(_plain_text()) if citation.tooltip_entry else "",
        str(citation.entry.fields.get("year", "")),
        str(citation.entry.persons),
        citation.bibliography_key.docname,
        citation.citation_id,
    )


@cache
def _plain_text() -> Any:
    return PlainTextBackend()
